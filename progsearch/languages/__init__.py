"""The languages that progsearch knows; which of them a text is in is told by
:mod:`progsearch.languages.detect`."""

from __future__ import annotations

from progsearch.languages.table import LANGUAGES, UNDETERMINED, Compounding, Language

__all__ = ["LANGUAGES", "UNDETERMINED", "Compounding", "Language"]
