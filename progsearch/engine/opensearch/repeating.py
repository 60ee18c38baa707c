"""What is noted on the rows of texts that several documents have: whether each is of the first.

So a question that takes each text once names no documents: it leaves out the later ones, but for
those whose first is not looked at. Notes are rows of their generation like all others: what was
written before is written anew with them, and its old rows die.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from progsearch.clause import AllOf, Clause, FacetIn, NoneOf
from progsearch.engine import Once
from progsearch.engine.copies import Repeats, families_of
from progsearch.engine.opensearch.client import Client, encode
from progsearch.engine.opensearch.queries import terms
from progsearch.engine.opensearch.rows import action_line
from progsearch.engine.opensearch.upkeep import mark, undo
from progsearch.engine.opensearch.view import View

__all__ = ["NOTED", "Noted", "note_repeats", "undo_notes"]

FIRST, LATER = "first", "later"

NOTED = -1
"""The share of rows that were written anew for their note, which is none of the shares of many
writers: a commit that is repeated takes them away first."""

TOGETHER = 500
"""Documents whose rows are looked up together."""

ROWS = 500
"""Rows with all that is stored of them in an answer, at most."""


class Noted:
    """What a generation has noted of copies, and how a question is asked by it."""

    def __init__(self, copies: Mapping[str, str]) -> None:
        self._families = families_of(copies)

    def family(self, once: Once) -> Clause:
        """The passages of documents that repeat another or are repeated."""
        if once.families == self._families:
            return FacetIn("family", frozenset((FIRST, LATER)))
        return FacetIn("document", once.documents())

    def left_out(self, once: Once, repeats: Repeats, scope: Clause) -> Clause:
        """The passages in a scope of documents that repeat another."""
        named = FacetIn("document", repeats.left_out)
        within = all(part in _parts(scope) for part in _parts(once.among))
        # Of a later document that has nothing in ``among`` it is not known whether it repeats one.
        if once.families != self._families or not within:
            return named
        if len(repeats.left_out) < len(repeats.taken):
            return named
        later = FacetIn("family", frozenset((LATER,)))
        taken = NoneOf(FacetIn("document", repeats.taken))
        return AllOf((later, taken)) if repeats.taken else later


def _parts(clause: Clause) -> list[Clause]:
    """What must all hold."""
    if isinstance(clause, AllOf):
        return [one for part in clause.parts for one in _parts(part)]
    return [clause]


def note_repeats(client: Client, view: View, copies: Mapping[str, str]) -> bool:
    """Note copies on the rows of a generation that is not committed; whether there was need to.

    ``view`` shows it. Rows that it has written are written over, those of before anew.
    """
    wanted = dict.fromkeys(copies.values(), FIRST) | dict.fromkeys(copies, LATER)
    there = _noted(view)
    changed = sorted(
        one for one in wanted.keys() | there.keys() if wanted.get(one) != there.get(one)
    )
    for at in range(0, len(changed), TOGETHER):
        some = changed[at : at + TOGETHER]
        for index in (view.indices.passages, view.indices.documents):
            _note(client, view, index, some, wanted)
    return bool(changed)


def undo_notes(client: Client, view: View) -> None:
    """Take away what was noted for a generation whose commit was stopped."""
    undo(client, view.indices, (view.manifest.generation,), share=NOTED)


def _noted(view: View) -> Mapping[str, str]:
    """By document what is noted now."""
    more = {"size": 10_000, "sort": ["row", "born"], "_source": ["document", "family"]}
    query = {"exists": {"field": "family"}}
    found = view.pages(view.indices.documents, query, more)
    return {one["_source"]["document"]: one["_source"]["family"] for one in found}


def _note(
    client: Client, view: View, index: str, documents: Sequence[str], wanted: Mapping[str, str]
) -> None:
    generation = view.manifest.generation
    more = {"size": ROWS, "sort": ["row", "born"], "seq_no_primary_term": True}
    waiting: list[Any] = []
    for hit in view.pages(index, terms("document", documents), more):
        waiting.append(hit)
        if len(waiting) == ROWS:
            _write(client, waiting, wanted, generation)
            waiting = []
    _write(client, waiting, wanted, generation)


def _write(
    client: Client, hits: Iterable[Mapping[str, Any]], wanted: Mapping[str, str], generation: int
) -> None:
    hits = list(hits)
    if not hits:
        return
    client.bulk([*_rows(hits, wanted, generation)])
    mark(client, [hit for hit in hits if hit["_source"]["born"] != generation], generation, NOTED)


def _rows(
    hits: Iterable[Mapping[str, Any]], wanted: Mapping[str, str], generation: int
) -> Iterator[str]:
    for hit in hits:
        row = dict(hit["_source"])
        if row["born"] != generation:
            row |= {"born": generation, "share": NOTED}
        row.pop("died", None)  # an abandoned writer may have marked it
        row.pop("family", None)
        if note := wanted.get(row["document"]):
            row["family"] = note
        ident = f"{hit['_id'].rpartition('@')[0]}@{generation}"
        yield f"{action_line(hit['_index'], ident, hit['_routing'])}\n{encode(row)}"
