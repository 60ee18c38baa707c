"""Promises over time and between parties: what changed, what became of it, who says the same.

Each question takes two sides, of files or of an index, and gives rows with both texts and
the places where they stand.
"""

from __future__ import annotations

from progsearch.promises.diff import Difference, Versions, diff
from progsearch.promises.follow import Followed, Following, Report, follow
from progsearch.promises.match import Cluster, Matched, Matching, match
from progsearch.promises.sides import Said, Side, side_of, side_of_files

__all__ = [
    "Cluster",
    "Difference",
    "Followed",
    "Following",
    "Matched",
    "Matching",
    "Report",
    "Said",
    "Side",
    "Versions",
    "diff",
    "follow",
    "match",
    "side_of",
    "side_of_files",
]
