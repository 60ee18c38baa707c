"""Samples to code by hand: of what a theme finds, and of what it does not find.

Found and not found passages are sampled apart, for at random one would read thousands
to meet a few that the theme has missed. So each row says for how many passages it stands,
and :mod:`progsearch.judgements` weighs it by that.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from progsearch.clause import AllOf, Clause, FacetIn, NoneOf
from progsearch.scope import Filters, Scope, scope_of
from progsearch.search import Hit, Index
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.clauses import ThemeClauses

__all__ = ["COLUMNS", "Sampled", "audit", "cells"]

COLUMNS = (
    "theme",
    "id",
    "file",
    "line",
    "lang",
    "region",
    "party",
    "heading",
    "text",
    "relevance",
    "relevance_2",
    "note",
    "weight",
)
"""``relevance`` and, for a second coder, ``relevance_2`` are to be filled in: 0, 1 or 2."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A passage drawn, and how many passages it stands for."""

    hit: Hit
    weight: float


def audit(
    theme: str,
    catalogue: Catalogue,
    index: Index,
    filters: Filters | None = None,
    *,
    size: int = 50,
    seed: int = 1,
) -> list[Sampled]:
    """Draw ``size`` passages that the theme finds and as many that it does not, in an order
    that does not tell them apart; the same seed draws the same from the same index.

    Only languages that the theme has terms in count as not found. Raises ProgsearchError
    for an unknown theme.
    """
    clause = ThemeClauses.of(catalogue, index).clause(theme)
    spoken = frozenset(lang for one in catalogue.within(theme) for lang in one.terms)
    others = AllOf((FacetIn("lang", spoken), NoneOf(clause)))
    scope = scope_of((filters or Filters()).counting(), index.engine, index.summary)
    draw = random.Random(seed)  # noqa: S311
    drawn = [
        *_drawn(index, clause, scope, size, draw),
        *_drawn(index, others, scope, size, draw),
    ]
    draw.shuffle(drawn)
    return drawn


def _drawn(
    index: Index, clause: Clause, scope: Scope, size: int, draw: random.Random
) -> list[Sampled]:
    found = index.engine.search(
        clause, scope=scope.narrow, limit=None, ranked=False, once=scope.once
    ).hits
    chosen = draw.sample(found, min(size, len(found)))
    weight = len(found) / max(1, len(chosen))
    return [Sampled(hit, weight) for hit in index.hits(chosen, clause)]


def cells(theme: str, row: Sampled) -> list[str | int | float]:
    """A sampled passage under :data:`COLUMNS`, ready to be coded."""
    passage, document = row.hit.passage, row.hit.document
    return [
        theme,
        passage.id,
        row.hit.file,
        passage.line,
        passage.lang.value,
        document.region.value.code if document.region else "",
        str(document.party or ""),
        " > ".join(passage.headings),
        passage.text,
        "",
        "",
        "",
        round(row.weight, 4),
    ]
