"""A part of an index as rows: which are whose, and which have a facet.

A document's row comes first, then its passages. What is said of a document is posted
under its row; what differs among its passages (language, role, words) is in columns.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Protocol

from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.engine.masks import Kept, Mask, both
from progsearch.engine.postings import kept_scores
from progsearch.engine.shelf import mask_shelf, score_shelf

__all__ = ["UNKNOWN", "Lists", "Part", "standing"]

UNKNOWN = "\x01"
"""Stands in the index for a facet without a value; Whoosh has no empty terms."""


class Lists(Protocol):
    """The posting lists and columns of a segment, as they are stored."""

    size: int
    gone: frozenset[int]

    def terms(self, field: str, beginning: str = "") -> Iterator[str]:
        """The terms of a field that begin so, in order."""

    def frequency(self, field: str, term: str) -> int:
        """How many rows have a term; those that are gone count."""

    def rows(self, field: str, term: str) -> Sequence[int]:
        """The rows that have a term, ascending; some may be gone."""

    def places(self, field: str, term: str) -> Sequence[int]:
        """For each row of a term, its first position."""

    def more(self, field: str, term: str) -> Iterable[tuple[int, float]]:
        """The rows that have a term more than once, and how many times more."""

    def repeats(
        self, field: str, term: str, among: Container[int] | None = None
    ) -> Iterable[tuple[int, bytes]]:
        """The rows that have a term more than once, and its further positions, four bytes each."""

    def numbers(self, name: str, kind: str) -> array[Any]:
        """A column of numbers of an array's kind; 0 for rows without one."""

    def values(self, name: str) -> tuple[Sequence[int], list[str]]:
        """A column of names: for each row the number of one, and the names."""

    def record(self, name: str, row: int) -> bytes:
        """What a column of bytes holds for a row."""

    def close(self) -> None:
        """Let go of the files."""


class Part:
    """One segment, as :class:`Postings` and :class:`Layout` want it.

    ``state`` tells the state of the whole index, see :class:`progsearch.engine.shelf.Shelf`.
    """

    def __init__(self, lists: Lists, offset: int, state: Callable[[], str] = str) -> None:
        self.lists = lists
        self.offset = offset
        self.size = lists.size
        self._state = state
        self.masks = Kept[Mask](len, mask_shelf(self._told, lists.size))
        self.scopes = Kept[Mask](len)
        self.scored = kept_scores(score_shelf(self._told))
        self.frequency = lists.frequency
        self.rows, self.places = lists.rows, lists.places
        self.more, self.repeats = lists.more, lists.repeats
        self._weights: dict[str, Sequence[float]] = {}
        self._facets: dict[tuple[str, str], Mask] = {}
        self._by_document: dict[str, Sequence[str]] = {}
        self._by_passage: dict[str, Mapping[str, Mask]] = {}

    def _told(self) -> str:
        state = self._state()
        return state and f"{state} {self.offset} {self.size}"

    # Layout

    @cached_property
    def starts(self) -> Sequence[int]:
        """The rows of documents; some may be gone."""
        return self.rows("rec", "d")

    @cached_property
    def ends(self) -> Sequence[int]:
        """For each document, the row behind its last passage."""
        marks = sorted(row for term in self.lists.terms("rec") for row in self.rows("rec", term))
        marks.append(self.size)
        following = dict(pairwise(marks))
        return [following[row] for row in self.starts]

    @cached_property
    def words(self) -> Sequence[int]:
        """The words of each row."""
        return self.lists.numbers("words", "I")

    @cached_property
    def words_before(self) -> Sequence[int]:
        """The words of all rows before each, and before the end."""
        return array("Q", accumulate(self.words, initial=0))

    def passages(self, row: int) -> range:
        """The rows of the passages of the document in a row."""
        return range(row + 1, self.ends[bisect_left(self.starts, row)])

    def of_documents(self, facet: str) -> Sequence[str]:
        """For each document, its value of a facet; an empty string for none."""
        if facet not in self._by_document:
            if facet == "document":
                found = [self.lists.record("id", row).decode() for row in self.starts]
            else:
                place = dict(zip(self.starts, range(len(self.starts)), strict=True))
                found = [""] * len(place)
                for value in self.lists.terms(facet):
                    for row in self.rows(facet, value) if value != UNKNOWN else ():
                        found[place[row]] = value
            self._by_document[facet] = found
        return self._by_document[facet]

    def of_passages(self, facet: str) -> Mapping[str, Mask]:
        """For each value of a facet in which passages differ, the rows that have it."""
        if facet not in self._by_passage:
            numbers, names = self.lists.values(facet)
            # The row of a document has no name either, so only passages are asked for.
            self._by_passage[facet] = {
                name: both(_equal(numbers, number), self._every)
                for number, name in enumerate(names)
            }
        return self._by_passage[facet]

    # Postings

    def weights(self, field: str) -> Sequence[float]:
        """For each row, the weight of a term that stands once in a field."""
        if field not in self._weights:
            self._weights[field] = self.lists.numbers(f"{field}_weight", "f")
        return self._weights[field]

    @cached_property
    def _alive(self) -> Mask:
        mask = bytearray(b"\1") * self.size
        for row in self.lists.gone:
            mask[row] = 0
        return mask

    @cached_property
    def _every(self) -> Mask:
        mask = bytearray(self.size)
        for start, end in zip(self.starts, self.ends, strict=True):
            mask[start + 1 : end] = b"\1" * (end - start - 1)
        return both(mask, self._alive) if self.lists.gone else bytes(mask)

    def every(self) -> Mask:
        """All passages."""
        return self._every

    def facet(self, field: str, value: str) -> Mask:
        """The passages with a value of a facet."""
        name = (field, value)
        if name not in self._facets:
            if field in PASSAGE_FACETS:
                found = self.of_passages(field).get(value, bytes(self.size))
            else:
                found = self._below(self.rows(field, value or UNKNOWN))
            self._facets[name] = found
        return self._facets[name]

    def dated(self, since: int, until: int) -> Mask:
        """The passages whose date may lie between two days."""
        found: list[int] = []
        for term in self.lists.terms("days"):
            first, _, last = term.partition(" ")
            if int(last) >= since and int(first) <= until:
                found += self.rows("days", term)
        return self._below(found)

    def of(self, documents: Iterable[str]) -> Mask:
        """The passages of documents, by their ids."""
        return self._below(row for one in documents for row in self.rows("document", one))

    def _below(self, documents: Iterable[int]) -> Mask:
        """The passages of documents."""
        mask = bytearray(self.size)
        for row in documents:
            if row not in self.lists.gone:
                found = self.passages(row)
                mask[found.start : found.stop] = b"\1" * len(found)
        return mask

    def has(self, field: str, term: str) -> bool:
        """Whether a row that is not gone has a term."""
        if not self.lists.gone or not self.frequency(field, term):
            return self.frequency(field, term) > 0
        return any(row not in self.lists.gone for row in self.rows(field, term))


def standing(parts: Iterable[Part], field: str, term: str) -> Iterator[tuple[Part, int]]:
    """The rows that have a term and are not gone."""
    for part in parts:
        for row in part.rows(field, term):
            if row not in part.lists.gone:
                yield part, row


def _equal(numbers: Sequence[int], number: int) -> Mask:
    """The mask of the places where a number stands."""
    if isinstance(numbers, bytes):
        return numbers.translate(bytes(one == number for one in range(256)))
    return bytes(one == number for one in numbers)
