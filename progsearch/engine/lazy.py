"""Hits that are read one at a time, so that nobody holds all passages of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from progsearch.model import Passage

__all__ = ["LazyHits"]

P = TypeVar("P")
Hit = tuple[Passage, float]


class LazyHits(Sequence[Hit], Generic[P]):
    """Passages with their scores, made of their places in an engine each time they are looked at.

    The engine must be open still.
    """

    def __init__(self, places: Sequence[P], made: Callable[[P], Hit]) -> None:
        self._places = places
        self._made = made

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Hit]:
        return map(self._made, self._places)

    @overload
    def __getitem__(self, at: int) -> Hit: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Hit]: ...
    def __getitem__(self, at: int | slice) -> Hit | Sequence[Hit]:
        """A hit, or some of them as they are."""
        if isinstance(at, slice):
            return LazyHits(self._places[at], self._made)
        return self._made(self._places[at])
