"""What is told of the passages of a segment: by its file of places where it has one, else by what
is stored of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from tantivy import DocAddress, Searcher

from progsearch.engine.satisfied import Satisfied
from progsearch.engine.tantivy.places import Places, SegmentPlaces

__all__ = ["Segments"]

KEYS_A_PASSAGE = 10
"""Keys that are looked up in a segment's file in the time that reading a passage takes."""


class Segments:
    """Tells of the passages at addresses that are in the order of the segments."""

    def __init__(self, searcher: Searcher, places: SegmentPlaces) -> None:
        self._searcher = searcher
        self._places = places

    def satisfying(
        self, satisfied: Satisfied, field: str, addresses: Iterable[DocAddress]
    ) -> Iterator[tuple[int, Iterable[str]]]:
        """The numbers of terms, and the ids of some of the passages that satisfy each."""
        for segment, rows in _by_segment(addresses):
            places = self._of(segment, rows[0])
            if places and len(rows) * KEYS_A_PASSAGE > len(satisfied.wanted):
                for number, some in places.satisfying(satisfied, field, rows):
                    yield number, map(places.passage, some)
                continue
            for row in rows:
                stored: Any = self._searcher.doc(DocAddress(segment, row))
                numbers = satisfied.by(stored.get_first(f"{field}_keys"))
                passage = stored.get_first("passage") if numbers else ""
                for number in numbers:
                    yield number, (passage,)

    def ids(self, addresses: Iterable[DocAddress]) -> list[str]:
        """The ids of passages."""
        found: list[str] = []
        for segment, rows in _by_segment(addresses):
            places = self._of(segment, rows[0])
            of = places.passage if places else lambda row, at=segment: self._id(at, row)
            found += map(of, rows)
        return found

    def _of(self, segment: int, row: int) -> Places | None:
        return self._places.of(segment, row, self._id(segment, row))

    def _id(self, segment: int, row: int) -> str:
        stored: Any = self._searcher.doc(DocAddress(segment, row))
        return str(stored.get_first("passage"))


def _by_segment(addresses: Iterable[DocAddress]) -> Iterator[tuple[int, Sequence[int]]]:
    for segment, some in groupby(addresses, attrgetter("segment_ord")):
        yield segment, [address.doc for address in some]
