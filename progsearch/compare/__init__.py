"""Comparing groups of a corpus: what each says on a question, how much, and where."""

from __future__ import annotations

from progsearch.compare.asking import comparison, documents_in, groups_of
from progsearch.compare.differences import Difference, Differences, Spread, differences
from progsearch.compare.grouping import DIMENSIONS
from progsearch.compare.silence import Silence, Why, silences
from progsearch.compare.table import SMALL, Cell, Comparison, Group, Question, Shared

__all__ = [
    "DIMENSIONS",
    "SMALL",
    "Cell",
    "Comparison",
    "Difference",
    "Differences",
    "Group",
    "Question",
    "Shared",
    "Silence",
    "Spread",
    "Why",
    "comparison",
    "differences",
    "documents_in",
    "groups_of",
    "silences",
]
