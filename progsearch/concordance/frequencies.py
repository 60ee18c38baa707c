"""Frequency lists: how often each word, or each sequence of words, stands in a group's text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from heapq import nsmallest

from progsearch.classes import dataclass
from progsearch.clause import AllOf, Clause
from progsearch.compare.asking import groups_of
from progsearch.compare.table import Group
from progsearch.concordance.items import Items
from progsearch.concordance.passages import Values, texts_in
from progsearch.concordance.spools import Spools
from progsearch.errors import ProgsearchError
from progsearch.query import Exact, Lemma
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.statistics import dispersion, wilson

__all__ = ["LONGEST", "SORTS", "Frequencies", "Frequency", "frequencies"]

LONGEST = 5
"""Words of a sequence at most."""

SORTS = ("count", "documents", "dp", "words")
"""What a list is in the order of: the most frequent first, those in most documents, the most
evenly spread, or the alphabet."""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a word, or a sequence of words, stands in the text of a group in a language.

    ``count`` of the group's ``of_words`` words in this language; ``documents`` are those that
    have it, ``parts`` the parts of the corpus that have it. ``low`` and ``high`` bound the
    share of words: the Wilson interval at 95 %. ``dp`` and ``dp_norm`` are its dispersion over
    the parts (:func:`progsearch.statistics.dispersion`), and nothing where there is one only.
    """

    group: Values
    lang: str
    words: tuple[str, ...]
    count: int
    of_words: int
    documents: int
    of_documents: int
    parts: int
    of_parts: int
    low: float
    high: float
    dp: float | None
    dp_norm: float | None
    query: Lemma | Exact | None


@dataclass(frozen=True, slots=True)
class Frequencies:
    """A frequency list, the rows of a group and a language together.

    ``of`` is what words were counted by, ``size`` the words of a sequence, ``over`` what the
    parts are that dispersion is over. ``kinds`` says how many different ones a group has in a
    language, the rarer ones too.
    """

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    rows: tuple[Frequency, ...]
    filters: Filters
    of: str
    size: int
    over: str
    kinds: Mapping[tuple[Values, str], int]
    left_out: int = 0


def frequencies(
    index: Index,
    by: Sequence[str],
    filters: Filters | None = None,
    *,
    clause: Clause | None = None,
    of: str = "lemma",
    size: int = 1,
    over: str = "document",
    minimum: int = 1,
    limit: int | None = None,
    stop_words: bool = True,
    sort: str = "count",
) -> Frequencies:
    """The frequency list of each group and language, in passages that match ``clause``.

    Words are counted ``of`` lemmas or forms, ``size`` of them next to each other within a
    passage. ``over`` is the facet whose values are the parts for dispersion. At most ``limit``
    a group and language, each there ``minimum`` times; without ``stop_words``, none that
    begins or ends with one. Raises ProgsearchError for what is no choice.
    """
    items = Items(index, of)
    if sort not in SORTS:
        raise ProgsearchError(
            f"not a choice: {sort!r}"[:200], where="--sort", remedy=f"write {', '.join(SORTS)}"
        )
    filters = (filters or Filters()).counting()
    scope = scope_of(filters, index.engine, index.summary, by)
    inside = scope.narrow if clause is None else AllOf((scope.narrow, clause))
    scope = replace(scope, clause=inside)
    sizes = index.engine.tally([], scope=scope.clause, by=by, once=scope.once)
    counts = _Counts(items, size, stop_words)
    with closing(counts.spools):
        for group, (lang, part, document), keys in texts_in(
            index, scope, by, "lang", over, "document"
        ):
            counts.add(group, lang, part, document, keys)
        rows = counts.rows(minimum, limit, sort)
    groups = groups_of(index, by, sizes.scope)
    ordered = [
        row
        for group in groups
        for place in sorted(counts.places, key=lambda place: place[1])
        if place[0] == group.values
        for row in rows[counts.places[place]]
    ]
    return Frequencies(
        tuple(by),
        groups,
        tuple(ordered),
        filters,
        of,
        size,
        over,
        {place: counts.kinds[number] for place, number in counts.places.items()},
        sizes.left_out,
    )


_Ranked = tuple[float, int, tuple[str, ...], int, Sequence[tuple[int, ...]]]
"""What a row is in the order of, its words, its count, and where it was counted."""


class _Numbers(dict[str, int]):
    """Numbers of texts, in the order in which they were met."""

    def __missing__(self, text: str) -> int:
        self[text] = found = len(self)
        return found


class _NumbersOfKeys(dict[str, int]):
    """The numbers of what keys of forms count as."""

    def __init__(self, items: Items, words: _Numbers) -> None:
        super().__init__()
        self._items = items
        self._words = words

    def __missing__(self, key: str) -> int:
        self[key] = found = self._words[self._items.of(key)]
        return found


class _Counts:
    """Counts sequences of words by group, language, part and document."""

    def __init__(self, items: Items, size: int, stop_words: bool) -> None:
        self._items = items
        self._size = size
        self._stop_words = stop_words
        self.spools = Spools(item=1 + size, where=2)
        self.places: dict[tuple[Values, str], int] = {}
        self.kinds: Counter[int] = Counter()
        self._words, self._parts, self._documents = _Numbers(), _Numbers(), _Numbers()
        self._numbers = _NumbersOfKeys(items, self._words)
        self._sizes: dict[int, Counter[int]] = defaultdict(Counter)
        self._texts: dict[int, set[int]] = defaultdict(set)
        self._now: tuple[int, int, int] | None = None
        self._met: Counter[tuple[int, ...]] = Counter()
        self._totals: dict[int, int] = {}
        self._smallest: dict[int, int] = {}

    def add(self, group: Values, lang: str, part: str, document: str, keys: Sequence[str]) -> None:
        """Count the words of a passage."""
        place = self.places.setdefault((group, lang), len(self.places))
        where = (place, self._parts[part], self._documents[document])
        if where != self._now:
            self._flush()
            self._now = where
        self._sizes[place][where[1]] += len(keys)
        self._texts[place].add(where[2])
        numbers = [self._numbers[key] for key in keys]
        if self._size == 1:
            self._met.update(zip(numbers, strict=True))
        else:
            self._met.update(zip(*(numbers[at:] for at in range(self._size)), strict=False))

    def _flush(self) -> None:
        if self._now and self._met:
            place, *where = self._now
            counts = {(place, *item): count for item, count in self._met.items()}
            self.spools.add(counts, tuple(where))
        self._met.clear()

    def rows(self, minimum: int, limit: int | None, sort: str) -> list[list[Frequency]]:
        """The rows of each place, in order."""
        self._flush()
        self._totals = {place: sizes.total() for place, sizes in self._sizes.items()}
        self._smallest = {place: min(sizes.values()) for place, sizes in self._sizes.items()}
        words = list(self._words)
        names = {number: place for place, number in self.places.items()}
        stops = {
            number: frozenset() if self._stop_words else self._items.stops(lang)
            for number, (_, lang) in names.items()
        }
        rows: list[list[_Ranked]] = [[] for _ in names]
        for share in self.spools.shares():
            for (place, *item), found in share.items():
                self.kinds[place] += 1
                count = sum(one for one, *_ in found)
                if count < minimum or words[item[0]] in stops[place]:
                    continue
                if words[item[-1]] not in stops[place]:
                    told = tuple([words[number] for number in item])
                    rank = self._rank(sort, place, count, found)
                    rows[place].append((*rank, told, count, found))
            if limit is not None:
                # All of a row is made only for those that are shown.
                rows = [nsmallest(limit, some) for some in rows]
        return [
            [
                self._row(names[place], place, told, count, found)
                for _, _, told, count, found in sorted(some)
            ]
            for place, some in enumerate(rows)
        ]

    def _rank(
        self, sort: str, place: int, count: int, found: Sequence[tuple[int, ...]]
    ) -> tuple[float, int]:
        """What rows are in the order of, before their words."""
        match sort:
            case "documents":
                return -len({document for _, _, document in found}), -count
            case "dp":
                deviation, _ = self._spread(place, found)
                return (1.0 if deviation is None else deviation), -count
            case "words":
                return 0, 0
            case _:
                return -count, 0

    def _row(
        self,
        name: tuple[Values, str],
        place: int,
        words: tuple[str, ...],
        count: int,
        found: Sequence[tuple[int, ...]],
    ) -> Frequency:
        sizes = self._sizes[place]
        size = self._totals[place]
        deviation, normal = self._spread(place, found)
        return Frequency(
            group=name[0],
            lang=name[1],
            words=words,
            count=count,
            of_words=size,
            documents=len({document for _, _, document in found}),
            of_documents=len(self._texts[place]),
            parts=len({part for _, part, _ in found}),
            of_parts=len(sizes),
            low=wilson(count, size)[0],
            high=wilson(count, size)[1],
            dp=deviation,
            dp_norm=normal,
            query=self._items.query(words),
        )

    def _spread(
        self, place: int, found: Sequence[tuple[int, ...]]
    ) -> tuple[float | None, float | None]:
        sizes = self._sizes[place]
        if len(sizes) < 2:
            return None, None
        by_part: Counter[int] = Counter()
        for count, part, _ in found:
            by_part[part] += count
        pairs = [(count, sizes[part]) for part, count in by_part.items()]
        return dispersion(pairs, self._totals[place], self._smallest[place])
