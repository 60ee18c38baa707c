"""How rare keys and terms are, which a rank depends on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from progsearch.clause import Textual
from progsearch.engine.bm25 import inverse_frequency

__all__ = ["Rarity"]


class Counted(Protocol):
    """A part of an index, which counts its rows."""

    def frequency(self, field: str, key: str) -> int:
        """The rows that have a key."""

    def having(self, term: Textual, field: str) -> int:
        """The rows that have a term."""

    def times(self, term: Textual, field: str) -> Mapping[int, int]:
        """How often a term stands in each row that has it."""


class Rarity:
    """How rare keys and terms are in all parts of an index together.

    The list of ``parts`` may grow until the first one is asked.
    """

    def __init__(self, passages: int, parts: Sequence[Counted]) -> None:
        self.parts = parts
        self._passages = passages
        self._keys: dict[tuple[str, str], float] = {}
        self._terms: dict[tuple[str, int], float] = {}

    def of_key(self, field: str, key: str, rows: int) -> float:
        """The rarity of a key that has so many rows in one of the parts."""
        name = (field, key)
        if name not in self._keys:
            if len(self.parts) > 1:
                rows = sum(part.frequency(field, key) for part in self.parts)
            self._keys[name] = self._of(rows)
        return self._keys[name]

    def of_term(self, field: str, term: Textual, *, counted: bool) -> float:
        """The rarity of a term, whatever keys satisfy it. The evaluations hold on to it.

        With ``counted`` its rows are only counted, else how often it stands in each is kept.
        """
        name = (field, id(term))
        if name not in self._terms:
            having = (
                part.having(term, field) if counted else len(part.times(term, field))
                for part in self.parts
            )
            self._terms[name] = self._of(sum(having))
        return self._terms[name]

    def _of(self, matching: int) -> float:
        return inverse_frequency(self._passages, min(matching, self._passages))
