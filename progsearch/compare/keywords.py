"""What words and phrases set each group of a corpus apart from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from progsearch.clause import (
    AllOf,
    Clause,
    FacetIn,
    How,
    Leaf,
    Sequential,
    form_key,
    lemma_key,
)
from progsearch.compare.asking import groups_of
from progsearch.compare.table import Group
from progsearch.compare.texts import Forms, Lemmas, Texts
from progsearch.engine.copies import own
from progsearch.errors import ProgsearchError
from progsearch.keyness import Key, keyness
from progsearch.scope import Filters, Scope, scope_of
from progsearch.search import Hit, Index
from progsearch.statistics import holm, p_value

__all__ = ["MINIMUM", "Keyword", "Keywords", "keywords"]

MINIMUM = 5
"""How often a word must stand in a group; what is rarer says little of it."""

_EXAMPLES = 10  # passages in which to look for how a form is written
_LEVEL = 0.05

_Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word, or two next to each other, that a group uses more than the others do.

    ``lemmas`` is what was counted, ``text`` how it is written most often. It stands ``count``
    times in the group's text in this language, of ``of_words`` words, and ``rest`` times in
    the ``of_rest`` words of the others; ``documents`` counts those of the group. ``g2`` is
    the log-likelihood, ``corrected`` its probability corrected for all words of the group,
    and ``ratio`` the effect: 1 is twice as frequent, 2 four times. ``example`` has it.
    """

    group: _Values
    lang: str
    lemmas: Lemmas
    text: str
    count: int
    of_words: int
    rest: int
    of_rest: int
    documents: int
    g2: float
    corrected: float
    ratio: float
    example: Hit | None


@dataclass(frozen=True, slots=True)
class Keywords:
    """The keywords of all groups, those of a group and a language together, the most unusual first.

    ``left_out`` counts the documents that repeat another; ``alone`` are languages in which one
    group only has text, so that there is nothing to compare it with.
    """

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    words: tuple[Keyword, ...]
    filters: Filters
    left_out: int = 0
    corpus_hash: str = ""
    alone: tuple[str, ...] = ()


def keywords(
    index: Index,
    by: Sequence[str],
    filters: Filters | None = None,
    *,
    clause: Clause | None = None,
    limit: int = 20,
    minimum: int = MINIMUM,
) -> Keywords:
    """The words and pairs of words of each group that are unusually frequent there.

    Each group is compared with all others together, a language at a time, in the passages
    that match ``clause``, where there is one. A word must stand ``minimum`` times in the
    group and in two documents of it, unless it has one only, and its G² must not be chance
    (p < .05 after Holm, for all words of the group). At most ``limit`` a group and language.
    Raises ProgsearchError for groups of nothing but a language, which have no others.
    """
    if set(by) <= {"lang"}:
        raise ProgsearchError(
            "a language has no others to be compared with",
            where="--by",
            remedy="group by party, region, year …",
        )
    filters = (filters or Filters()).counting()
    scope = scope_of(filters, index.engine, index.summary, by)
    looked_at = AllOf((scope.narrow, clause)) if clause is not None else scope.narrow
    scope = replace(scope, clause=looked_at)
    sizes = index.engine.tally([], scope=scope.clause, by=by, once=scope.once)
    groups = groups_of(index, by, sizes.scope)
    texts = Texts(index, by, scope, minimum)
    found: list[Keyword] = []
    spoken: Counter[str] = Counter()
    for group in groups:
        for lang in texts.languages(group.values):
            spoken[lang] += 1
            maker = _Maker(index, tuple(by), scope, texts, group, lang)
            found += maker.keywords(limit, minimum)
    return Keywords(
        tuple(by),
        groups,
        tuple(found),
        filters,
        sizes.left_out,
        index.summary.corpus_hash,
        tuple(sorted(lang for lang, count in spoken.items() if count == 1)),
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the keywords of one group in one language."""

    index: Index
    by: tuple[str, ...]
    scope: Scope
    texts: Texts
    group: Group
    lang: str

    def keywords(self, limit: int, minimum: int) -> Iterator[Keyword]:
        size, rest_size = self.texts.sizes(self.lang, self.group.values)
        if not rest_size:
            return
        own, rest = self.texts.counts(self.lang, self.group.values)
        keys = keyness(
            own, rest, target_size=size, rest_size=rest_size, minimum=minimum, threshold=0.0
        )
        # What is no more frequent than elsewhere was looked at as well.
        others = sum(1 for count in own.values() if count >= minimum) - len(keys)
        corrected = holm([p_value(key.score) for key in keys] + [1.0] * others)
        sure = [(key, p) for key, p in zip(keys, corrected, strict=False) if p < _LEVEL]
        # Some of them may stand in one document only.
        sure = sure[: 3 * limit]
        documents = self._documents([key for key, _ in sure])
        spread = min(2, self.group.documents)
        kept = [(k, p, d) for (k, p), d in zip(sure, documents, strict=True) if d >= spread][:limit]
        forms = self.texts.written(self.lang, self.group.values, {key.item for key, _, _ in kept})
        for key, p, found in kept:
            text, example = self._example(forms[key.item])
            yield Keyword(
                group=self.group.values,
                lang=self.lang,
                lemmas=key.item,
                text=text,
                count=key.target,
                of_words=size,
                rest=key.rest,
                of_rest=rest_size,
                documents=found,
                g2=key.score,
                corrected=p,
                ratio=key.ratio,
                example=example,
            )

    def _documents(self, keys: Sequence[Key[Lemmas]]) -> list[int]:
        """In how many documents of the group each of them stands."""
        clauses = [_clause([lemma_key(self.lang, one) for one in key.item]) for key in keys]
        once = self.scope.once
        if once:
            once = replace(once, among=AllOf((*self._facets(own(self.by)), once.among)))
        counted = self.index.engine.tally(clauses, scope=self._inside(), by=(), once=once)
        return [counts[()].documents if counts else 0 for counts in counted.clauses]

    def _inside(self) -> Clause:
        return AllOf((*self._facets(self.by), self.scope.clause))

    def _facets(self, names: Sequence[str]) -> list[Clause]:
        values = dict(zip(self.by, self.group.values, strict=True))
        return [FacetIn(name, frozenset({values[name]})) for name in names]

    def _example(self, forms: Forms) -> tuple[str, Hit | None]:
        """How the forms are written, and the strongest passage of the group that has them."""
        clause = _clause([form_key(self.lang, form) for form in forms])
        engine = self.index.engine
        found = engine.search(clause, scope=self._inside(), limit=_EXAMPLES)
        small = " ".join(forms)
        written: Counter[str] = Counter()
        example: Hit | None = None
        for hit in self.index.hits(found.hits, clause, self.texts.indexed):
            passage = hit.passage
            places = [match for match in hit.matches if match.where == "text"]
            example = example or (hit if places else None)
            texts = (" ".join(passage.text[m.start : m.end].split()) for m in places)
            # What a line's end has broken is written otherwise.
            written.update(text for text in texts if text.lower() == small)
            if small in written:
                break  # which settles it
        # A capital may be that of a sentence's first word; a name never goes without it.
        if small in written or not written:
            return small, example
        return written.most_common(1)[0][0], example


def _clause(keys: Sequence[str]) -> Clause:
    leaves = [Leaf(key, {key: How.LEMMA}) for key in keys]
    return leaves[0] if len(leaves) == 1 else Sequential(" ".join(keys), tuple(leaves))
