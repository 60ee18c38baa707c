"""Hits in order of their words and their meaning, and what is near in meaning alone.

Scores of words and cosines become comparable by their mean and deviation among the passages
that either ranks first, and are added (Bruch, Gai & Ingber, "An Analysis of Fusion Functions
for Hybrid Retrieval", 2023, find a sum of normalised scores better than one of ranks; so it
was on the judged passages, docs/questions.md). Of the words' scores the root is taken, for they
grow with the square of the words that are met. Meaning weighs more where the words of a question
went through a lexicon, which does not know which of several is meant. Hits that have the words
come first; those that are near in meaning alone come after them.

A theme is asked by its label and definition in each language, and by the middle of its hits there,
the better ones weighing more (Rocchio, "Relevance Feedback in Information Retrieval", 1971). Its
terms were chosen, so its hits stay in the order of words, and meaning fills up below them
(docs/themes.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.clause import All, AllOf, Clause, FacetIn
from progsearch.errors import ProgsearchError
from progsearch.meaning.encoders import encoder_of
from progsearch.meaning.store import Store, open_store
from progsearch.model import Passage
from progsearch.scope import Filters, scope_of
from progsearch.search import Found, Hit, Index

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray

__all__ = ["NEAR", "RANKED", "folder_of", "fused", "like", "near_passages", "question_vector"]

NEAR = 20
"""Passages that are added for their meaning alone."""

RANKED = 200
"""Hits of words whose order the meaning may change."""

TRANSLATED = 1.5
"""What the meaning of a translated question weighs against its words: on government articles and
answers of parties, by the themes of 42 labels, 1.5 was better than 0.5, 1, 2 and 3."""

_BATCH = 200  # passages that are held to the filters together
_FAR = 5_000  # passages that are looked at for enough that pass the filters


def folder_of(index: Index) -> Path:
    """The folder of an index. Raises ProgsearchError for one that is not in a folder."""
    folder = getattr(index.engine, "folder", None)
    if not isinstance(folder, Path):
        raise ProgsearchError("the index is in no folder", where="--meaning")
    return folder


def question_vector(
    index: Index,
    text: str,
    translated: Sequence[str] = (),
    described: Sequence[tuple[str, str]] = (),
    hits: Sequence[Hit] = (),
) -> tuple[Store, NDArray[Any]]:
    """The vectors of an index, and those of a question by the same encoder, a row each.

    Of a question that is ``translated``, each row is between it as it was asked and one of its
    translations: an encoder knows how the question hangs together, and finds a text better by
    words of its language. What themes are about is ``described``, a language and a text each; a
    row is then between such a text, the middle of the ``hits`` in its language, and the question
    where there is one. What is common to a language is taken from each. Raises ProgsearchError
    where vectors, their encoder or the words of the question are missing.
    """
    asked = [text, *translated] if text.strip() else []
    if not asked and not described:
        raise ProgsearchError(
            "no words whose meaning could be looked for", where="--meaning", remedy="give words"
        )
    store = open_store(index, folder_of(index))
    encoder = encoder_of(store.named)
    if encoder.name != store.encoder:
        raise ProgsearchError(
            f"the vectors are of {store.encoder}, and {encoder.name} is here",
            where="--meaning",
            remedy="run: progsearch meaning",
        )
    vectors = encoder.questions([*asked, *(about for _, about in described)])
    question, themes = vectors[: len(asked)], vectors[len(asked) :]
    if translated and asked:
        question = _unit(question[1:] + question[0])
    question = store.of_questions(question, [""] * len(question))
    if not described:
        return store, question
    langs = [lang for lang, _ in described]
    themes = store.of_questions(themes, langs)
    themes = _unit(themes + _middles(store, langs, hits))
    if not asked:
        return store, themes
    return store, _unit(themes[:, None, :] + question[None, :, :]).reshape(-1, vectors.shape[1])


def _middles(store: Store, langs: Sequence[str], hits: Sequence[Hit]) -> NDArray[Any]:
    """The middle of the hits in each language, a row each; zeros where there is none."""
    import numpy as np

    scores = {hit.passage.id: (hit.passage.lang.value, hit.score) for hit in hits}
    middles = {lang: np.zeros(store.vectors.shape[1], dtype=np.float32) for lang in langs}
    there = [row for row, ident in enumerate(store.ids) if ident in scores]
    for row, vector in zip(there, store.rows(there), strict=True):
        lang, score = scores[store.ids[row]]
        if lang in middles:
            middles[lang] += math.sqrt(score) * vector
    return _unit(np.stack([middles[lang] for lang in langs]))


def _unit(vectors: NDArray[Any]) -> NDArray[Any]:
    """Vectors of length 1 in the same directions."""
    import numpy as np

    unit: NDArray[Any] = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True).clip(min=1e-9)
    return unit


def near_passages(
    index: Index, store: Store, vector: NDArray[Any], filters: Filters, bound: Clause | None = None
) -> Iterator[Passage]:
    """The passages that the filters and a ``bound`` let through, the nearest to a vector first."""
    scope = scope_of(filters, index.engine, index.summary)
    inside = AllOf((scope.clause, scope.said, bound or All()))
    ids = (ident for ident, _ in islice(store.nearest(vector), _FAR))
    while some := list(islice(ids, _BATCH)):
        documents = frozenset(ident.rpartition(".")[0] for ident in some)
        here: Clause = FacetIn("document", documents)
        results = index.engine.search(
            All(), scope=AllOf((here, inside)), limit=None, ranked=False, once=scope.once
        )
        passing = {one.id: one for one, _ in results.hits}
        yield from (passing[ident] for ident in some if ident in passing)


def fused(
    index: Index,
    found: Found,
    clause: Clause,
    text: str,
    filters: Filters,
    limit: int | None,
    bound: Clause | None = None,
    translated: Sequence[str] = (),
    described: Sequence[tuple[str, str]] = (),
) -> Found:
    """Hits of words in the order of words and meaning, then those of meaning alone.

    ``clause`` is what the hits were found by; at least :data:`RANKED` of them are wanted. What is
    near in meaning has to match the ``bound``: fields of the query, and what it excludes.
    ``translated`` is the question in languages of the index, a text each; ``described`` is what
    themes of the question are about, a language and a text each; where there are no words beside
    them, hits stay in the order of words. Scores are
    ranks. ``total`` counts the hits of words, ``near`` the others.
    """
    first = list(islice(found.hits, RANKED))
    store, vector = question_vector(index, text, translated, described, first)
    nearest = list(islice(near_passages(index, store, vector, filters, bound), RANKED))
    matching = _matching(index, clause, nearest)
    by_words = matching | {hit.passage.id: hit.score for hit in first}
    known = {hit.passage.id for hit in first}
    first += (
        index.hit(one, matching[one.id], clause)
        for one in nearest
        if one.id in matching and one.id not in known
    )
    order = by_words
    if text.strip() or not described:
        weight = TRANSLATED if translated else 1.0
        order = _weights(store, vector, by_words, [one.id for one in nearest], weight)
    first.sort(key=lambda hit: -order[hit.passage.id])
    met = {hit.passage.id for hit in first}
    rest = (hit for hit in found.hits if hit.passage.id not in met)
    alone = [one for one in nearest if one.id not in by_words][:NEAR]
    added = (replace(index.hit(one, 0.0, All()), by_meaning=True) for one in alone)
    hits = (
        replace(hit, score=float(rank)) for rank, hit in enumerate(chain(first, rest, added), 1)
    )
    return replace(found, hits=islice(hits, limit), near=len(alone))


def _weights(
    store: Store,
    vector: NDArray[Any],
    by_words: Mapping[str, float],
    nearest: Sequence[str],
    weight: float,
) -> dict[str, float]:
    """What the hits of words and the nearest passages weigh, by words and meaning."""
    pool = list(dict.fromkeys([*by_words, *nearest]))
    words = _standard([math.sqrt(by_words.get(ident, 0.0)) for ident in pool])
    both = zip(words, _standard(store.cosines(vector, pool)), strict=True)
    return dict(zip(pool, (one + weight * other for one, other in both), strict=True))


def _standard(scores: Sequence[float]) -> list[float]:
    """Scores as deviations from their mean, in units of their standard deviation."""
    mean = sum(scores) / max(1, len(scores))
    spread = math.sqrt(sum((one - mean) ** 2 for one in scores) / max(1, len(scores)))
    return [(one - mean) / (spread or 1.0) for one in scores]


def _matching(index: Index, clause: Clause, some: Sequence[Passage]) -> dict[str, float]:
    """The scores of those passages that match a clause, by their ids."""
    here = FacetIn("document", frozenset(one.document for one in some))
    results = index.engine.search(clause, scope=here, limit=None)
    wanted = {one.id for one in some}
    return {one.id: score for one, score in results.hits if one.id in wanted}


def like(index: Index, wanted: str, filters: Filters, limit: int) -> Found:
    """The passages nearest in meaning to a passage. Raises ProgsearchError for an unknown one."""
    store = open_store(index, folder_of(index))
    vector = store.vector(wanted)
    if vector is None:
        raise ProgsearchError(
            f"the index has no passage {wanted!r}",
            where="--like",
            remedy="give the id of a passage, as in the id column of --format csv",
        )
    others = (one for one in near_passages(index, store, vector, filters) if one.id != wanted)
    some: Sequence[Passage] = list(islice(others, limit))
    hits = (
        replace(index.hit(one, float(rank), All()), by_meaning=True)
        for rank, one in enumerate(some, 1)
    )
    return Found(hits, 0, near=len(some))
