"""The languages that progsearch knows, and telling which of them a text is in."""

from __future__ import annotations

from progsearch.languages.detect import Detector, detect_document, detect_passage
from progsearch.languages.table import LANGUAGES, UNDETERMINED, Compounding, Language

__all__ = [
    "LANGUAGES",
    "UNDETERMINED",
    "Compounding",
    "Detector",
    "Language",
    "detect_document",
    "detect_passage",
]
