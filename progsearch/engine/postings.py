"""What the evaluation of clauses asks of an index: posting lists, facets and dates."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Container, Iterable, Sequence
from typing import Protocol

from progsearch.engine.masks import Beside, Kept, Mask

__all__ = ["Postings", "Scored", "kept_scores", "positions"]

Scored = tuple[Sequence[int], Sequence[float]]
"""Rows, ascending, and the score of each."""


def kept_scores(beside: Beside[Scored] | None = None) -> Kept[Scored]:
    """Room for scores: four bytes a row and eight a score."""
    return Kept(lambda scored: 12 * len(scored[0]), beside)


def positions(packed: bytes) -> Sequence[int]:
    """Positions as they are stored, four bytes each, the lowest first."""
    found = array("I", packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found


class Postings(Protocol):
    """The posting lists of an index, or of a part of one; rows are numbers in that part."""

    @property
    def size(self) -> int:
        """The number of rows."""

    @property
    def masks(self) -> Kept[Mask]:
        """Masks of clauses that were evaluated over these rows."""

    @property
    def scored(self) -> Kept[Scored]:
        """Scores of alternatives, in all rows that meet one of them."""

    def frequency(self, field: str, key: str) -> int:
        """How many rows have a key in a field; those that are gone count."""

    def rows(self, field: str, key: str) -> Sequence[int]:
        """The rows that have a key in a field, ascending; some may be gone."""

    def places(self, field: str, key: str) -> Sequence[int]:
        """For each of :meth:`rows`, the first position of the key."""

    def more(self, field: str, key: str) -> Iterable[tuple[int, float]]:
        """The rows that have the key more than once, and how many times more."""

    def repeats(
        self, field: str, key: str, among: Container[int] | None = None
    ) -> Iterable[tuple[int, bytes]]:
        """The rows that have the key more than once, and its further :func:`positions`."""

    def weights(self, field: str) -> Sequence[float]:
        """For each row, the weight of a term that stands once in the field."""

    def facet(self, field: str, value: str) -> Mask:
        """The passages with a value of a facet."""

    def dated(self, since: int, until: int) -> Mask:
        """The passages whose date may lie between two days (proleptic ordinals)."""

    def every(self) -> Mask:
        """All passages."""
