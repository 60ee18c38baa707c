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
from progsearch.engine import Asked, Sought
from progsearch.engine.copies import own
from progsearch.errors import ProgsearchError
from progsearch.keyness import Key, keyness
from progsearch.model import Passage
from progsearch.scope import Filters, Scope, scope_of
from progsearch.search import Hit, Index
from progsearch.statistics import holm, p_value

__all__ = ["MINIMUM", "Keyword", "Keywords", "keywords"]

MINIMUM = 5
"""How often a word must stand in a group; what is rarer says little of it."""

_EXAMPLES = 10  # passages in which to look for how a form is written
_LEVEL = 0.05

_Values = tuple[str, ...]

_Sure = tuple[Key[Lemmas], float]
"""A word or pair, and its corrected p."""

_Spread = tuple[Key[Lemmas], float, int]
"""The same, and in how many documents of the group it stands."""


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
    makers = [
        _Maker(index, tuple(by), scope, texts, group, lang, inside)
        for group in groups
        for inside in [_within(by, group, scope)]
        for lang in texts.languages(group.values)
    ]
    spoken = Counter(maker.lang for maker in makers)
    # A step at a time for all, so that an engine on another machine is asked once for each.
    sure = [maker.sure(limit, minimum) for maker in makers]
    spread = list(_spread(index, makers, sure, limit))
    found = list(_shown(index, makers, spread))
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
    inside: Clause
    """The passages of the group: one clause for all that is asked of them."""

    def sure(self, limit: int, minimum: int) -> list[_Sure]:
        """The words and pairs that are no chance, the surest first, some more than are wanted."""
        size, rest_size = self.texts.sizes(self.lang, self.group.values)
        if not rest_size:
            return []
        own, rest = self.texts.counts(self.lang, self.group.values)
        keys = keyness(
            own, rest, target_size=size, rest_size=rest_size, minimum=minimum, threshold=0.0
        )
        # What is no more frequent than elsewhere was looked at as well.
        others = sum(1 for count in own.values() if count >= minimum) - len(keys)
        corrected = holm([p_value(key.score) for key in keys] + [1.0] * others)
        sure = [(key, p) for key, p in zip(keys, corrected, strict=False) if p < _LEVEL]
        # Some of them may stand in one document only.
        return sure[: 3 * limit]

    def documents(self, sure: Sequence[_Sure]) -> Asked:
        """The tally that tells in how many documents of the group each of them stands."""
        clauses = [_clause([lemma_key(self.lang, one) for one in key.item]) for key, _ in sure]
        once = self.scope.once
        if once:
            facets = _facets(own(self.by), self.by, self.group)
            once = replace(once, among=AllOf((*facets, once.among)))
        return Asked(self.inside, (), once, clauses)

    def examples(self, kept: Sequence[_Spread]) -> list[tuple[Forms, Sought]]:
        """How each of them is written most often, and the search for its passages."""
        forms = self.texts.written(self.lang, self.group.values, {key.item for key, _, _ in kept})
        found = []
        for key, _, _ in kept:
            written = forms[key.item]
            clause = _clause([form_key(self.lang, form) for form in written])
            found.append((written, Sought(clause, self.inside, _EXAMPLES)))
        return found

    def shown(self, one: _Spread, text: str, example: Hit | None) -> Keyword:
        """A keyword with its numbers."""
        (key, p, documents), (size, rest) = one, self.texts.sizes(self.lang, self.group.values)
        return Keyword(
            group=self.group.values,
            lang=self.lang,
            lemmas=key.item,
            text=text,
            count=key.target,
            of_words=size,
            rest=key.rest,
            of_rest=rest,
            documents=documents,
            g2=key.score,
            corrected=p,
            ratio=key.ratio,
            example=example,
        )


def _within(by: Sequence[str], group: Group, scope: Scope) -> Clause:
    """The passages of a group that are looked at."""
    return AllOf((*_facets(by, by, group), scope.clause))


def _facets(names: Sequence[str], by: Sequence[str], group: Group) -> list[Clause]:
    values = dict(zip(by, group.values, strict=True))
    return [FacetIn(name, frozenset({values[name]})) for name in names]


def _spread(
    index: Index, makers: Sequence[_Maker], sure: Sequence[Sequence[_Sure]], limit: int
) -> Iterator[list[_Spread]]:
    """Of what is sure in each group, that which stands in two documents, and in how many."""
    asked = [maker.documents(some) for maker, some in zip(makers, sure, strict=True)]
    index.engine.prefetch(scopes=[one for one in asked if one.clauses])
    for maker, one, some in zip(makers, asked, sure, strict=True):
        if not some:
            yield []
            continue
        tally = index.engine.tally(one.clauses, scope=one.scope, by=one.by, once=one.once)
        documents = [counts[()].documents if counts else 0 for counts in tally.clauses]
        least = min(2, maker.group.documents)
        pairs = zip(some, documents, strict=True)
        yield [(key, p, found) for (key, p), found in pairs if found >= least][:limit]


def _shown(
    index: Index, makers: Sequence[_Maker], kept: Sequence[Sequence[_Spread]]
) -> Iterator[Keyword]:
    """The keywords with an example each."""
    asked = [maker.examples(some) for maker, some in zip(makers, kept, strict=True)]
    index.engine.prefetch(searches=[sought for some in asked for _, sought in some])
    found = [
        [index.engine.search(one.clause, scope=one.scope, limit=one.limit).hits for _, one in some]
        for some in asked
    ]
    index.ahead([passage for some in found for hits in some for passage, _ in hits], words=False)
    for maker, some, written, each in zip(makers, kept, asked, found, strict=True):
        for one, (forms, sought), hits in zip(some, written, each, strict=True):
            text, example = _example(maker, forms, sought.clause, hits)
            yield maker.shown(one, text, example)


def _example(
    maker: _Maker, forms: Forms, clause: Clause, found: Sequence[tuple[Passage, float]]
) -> tuple[str, Hit | None]:
    """How the forms are written, and the strongest passage that has them."""
    small = " ".join(forms)
    written: Counter[str] = Counter()
    example: Hit | None = None
    for hit in maker.index.hits(found, clause, maker.texts.indexed):
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
