"""A report: one HTML file that shows a comparison and the passages behind it.

It loads nothing, runs nothing, and can be read on paper, on a telephone, in the dark, by
keyboard and by a screen reader.
"""

from __future__ import annotations

from progsearch.report.language import UI_LANGUAGES, UiLanguage, ui_language
from progsearch.report.model import SORTS, Names, Report, Sort, sort_of
from progsearch.report.page import html

__all__ = [
    "SORTS",
    "UI_LANGUAGES",
    "Names",
    "Report",
    "Sort",
    "UiLanguage",
    "html",
    "sort_of",
    "ui_language",
]
