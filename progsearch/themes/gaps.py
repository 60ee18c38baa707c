"""Passages that a theme may miss: those most like its hits that it does not find.

Which words tell its hits from the other passages is weighed as in relevance feedback
(Robertson & Sparck Jones, "Relevance Weighting of Search Terms", 1976), and the words that
count are chosen by Robertson's offer weight ("On Term Selection for Query Expansion", 1990).
A passage is as near as the weights of the words that it shares, for its length.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from progsearch.analysis import tokens
from progsearch.clause import AllOf, FacetIn
from progsearch.languages import LANGUAGES
from progsearch.meaning.near import folder_of
from progsearch.meaning.store import Store, open_store
from progsearch.model import Passage
from progsearch.scope import Filters, scope_of
from progsearch.search import Hit, Index
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.clauses import ThemeClauses

__all__ = ["Gap", "gaps", "telling"]

_SHORTEST = 3  # letters of a lemma; shorter ones are particles and abbreviations
_COMMON = 0.1  # of the passages without a hit; a word in more of them is no content word
_LEAST = 3  # hits in which a word must stand
_WORDS = 60  # words of a language that tell hits from others
_SHOWN = 6  # words of a passage that are named
_BY_MEANING = 200  # passages that their meaning may add
_K = 60  # of reciprocal rank fusion (Cormack, Clarke & Büttcher, 2009)
_SHARED = 2  # of them a passage must have; one alone may be there for any reason


@dataclass(frozen=True, slots=True)
class Gap:
    """A passage that a theme does not find, and the words that it shares with its hits.

    ``words`` are lemmas that a term could take, the most telling first; ``score`` orders the
    passages of one language and means nothing else.
    """

    hit: Hit
    score: float
    words: tuple[str, ...]


def gaps(
    theme: str,
    catalogue: Catalogue,
    index: Index,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    meaning: bool = False,
) -> list[Gap]:
    """The passages most like a theme's hits that it does not find, ``limit`` a language.

    With ``meaning`` also those nearest to the middle of the hits' vectors, in one order with
    the others. Only languages that the theme has terms in, and
    finds something in, have any. Raises ProgsearchError for an unknown theme, and where vectors
    are missing.
    """
    store = open_store(index, folder_of(index)) if meaning else None
    clause = ThemeClauses.of(catalogue, index).clause(theme)
    spoken = {lang for one in catalogue.within(theme) for lang in one.terms}
    scope = scope_of((filters or Filters()).counting(), index.engine, index.summary)
    found: list[Gap] = []
    for lang in index.summary.languages:
        if lang not in spoken:
            continue
        here = FacetIn("lang", frozenset({lang}))

        def passages(asked: AllOf | FacetIn) -> Iterator[Passage]:
            results = index.engine.search(
                asked, scope=scope.narrow, limit=None, ranked=False, once=scope.once
            )
            return (passage for passage, _ in results.hits)

        hits = {passage.id for passage in passages(AllOf((here, clause)))}
        read = [(one, _lemmas(one, lang, index)) for one in index.each(passages(here))]
        weights = telling(
            [lemmas for one, lemmas in read if one.id in hits],
            [lemmas for one, lemmas in read if one.id not in hits],
        )
        others = ((one, lemmas) for one, lemmas in read if one.id not in hits)
        near = sorted(_near(others, weights), key=lambda pair: (-pair[1], pair[0].id))
        if store and hits:
            near = _also_by_meaning(near, read, hits, weights, store)
        shown = index.hits([(passage, score) for passage, score, _ in near[:limit]], clause)
        for hit, (_, score, words) in zip(shown, near, strict=False):
            found.append(Gap(hit, score, words))
    return found


_Near = tuple[Passage, float, tuple[str, ...]]


def _also_by_meaning(
    near: Sequence[_Near],
    read: Sequence[tuple[Passage, frozenset[str]]],
    hits: Collection[str],
    weights: Mapping[str, float],
    store: Store,
) -> list[_Near]:
    """The same with what is near the middle of the hits in meaning, ordered by both ranks."""
    by_id = {one.id: (one, lemmas) for one, lemmas in read if one.id not in hits}
    by_meaning = [one for one in store.nearest_to_all(hits) if one in by_id][:_BY_MEANING]
    words = {one.id: shared for one, _, shared in near}
    order: dict[str, float] = {}
    for ranking in ([one.id for one, _, _ in near], by_meaning):
        for rank, ident in enumerate(ranking, 1):
            order[ident] = order.get(ident, 0.0) + 1 / (_K + rank)
    found: list[_Near] = []
    for ident in sorted(order, key=lambda one: (-order[one], one)):
        passage, lemmas = by_id[ident]
        shared = sorted(lemmas & weights.keys(), key=lambda lemma: (-weights[lemma], lemma))
        found.append((passage, order[ident], words.get(ident, tuple(shared[:_SHOWN]))))
    return found


def _lemmas(passage: Passage, lang: str, index: Index) -> frozenset[str]:
    """The content words of a passage."""
    stop = LANGUAGES[lang].stop_list if lang in LANGUAGES else frozenset[str]()
    return frozenset(
        token.keys[0]
        for token in tokens(passage.text, lang, index.engine.vocabulary)
        if len(token.keys[0]) >= _SHORTEST
        and token.keys[0][0].isalpha()
        and token.form not in stop
        and token.keys[0] not in stop
    )


def telling(
    hits: Sequence[frozenset[str]], others: Sequence[frozenset[str]]
) -> Mapping[str, float]:
    """The words that tell hits from others, each with its weight."""
    inside = Counter(lemma for lemmas in hits for lemma in lemmas)
    outside = Counter(lemma for lemmas in others for lemma in lemmas)
    weights: dict[str, float] = {}
    for lemma, have in inside.items():
        other = outside[lemma]
        if have < _LEAST or other > _COMMON * len(others):
            continue
        odds = (have + 0.5) * (len(others) - other + 0.5)
        weight = math.log(odds / ((other + 0.5) * (len(hits) - have + 0.5)))
        if weight > 0:
            weights[lemma] = weight
    best = sorted(weights, key=lambda lemma: (-weights[lemma] * inside[lemma], lemma))
    return {lemma: weights[lemma] for lemma in best[:_WORDS]}


def _near(
    others: Iterator[tuple[Passage, frozenset[str]]], weights: Mapping[str, float]
) -> Iterator[tuple[Passage, float, tuple[str, ...]]]:
    for passage, lemmas in others:
        shared = sorted(lemmas & weights.keys(), key=lambda lemma: (-weights[lemma], lemma))
        if len(shared) >= _SHARED:
            # The root of the length: a long passage has more of any words, though not in vain.
            score = sum(weights[lemma] for lemma in shared) / math.sqrt(1 + len(lemmas))
            yield passage, score, tuple(shared[:_SHOWN])
