"""What an engine is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from progsearch.classes import dataclass
from progsearch.clause import Clause
from progsearch.engine.copies import Once
from progsearch.model import Passage

__all__ = ["Asked", "Counts", "Results", "Sought", "Tally", "Total"]


@dataclass(frozen=True, slots=True)
class Results:
    """The passages asked for, each with its score, and how many match in all.

    ``left_out`` counts the documents in scope that repeat another and were not looked at.
    """

    hits: Sequence[tuple[Passage, float]]
    total: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Passages, the documents that they stand in, and the words that they hold."""

    passages: int = 0
    documents: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """Passages of all groups together, and the words that they hold."""

    passages: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by group: of every passage in scope, and of those that match each clause.

    A group is the tuple of its facets' values, in the order asked for. ``total`` and
    ``totals`` are what all groups have together: less than their sum where each text is taken
    once and stands in several. ``left_out`` counts the documents that repeat another one in
    scope; ``shared`` the texts that two groups have, told apart by facets of documents.
    """

    scope: Mapping[tuple[str, ...], Counts]
    clauses: Sequence[Mapping[tuple[str, ...], Counts]]
    total: Total = Total()
    totals: Sequence[Total] = ()
    left_out: int = 0
    shared: Mapping[tuple[tuple[str, ...], tuple[str, ...]], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A tally of all passages of a scope, by some facets, and of those that match clauses."""

    scope: Clause
    by: Sequence[str]
    once: Once | None = None
    clauses: Sequence[Clause] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """A ranked search, as :meth:`Engine.search` is asked for it."""

    clause: Clause
    scope: Clause
    limit: int
    once: Once | None = None
