"""Collocates: the words that stand near others more often than chance has it.

What is counted are words within a window of so many words on both sides of a place that matched,
inside of the passage, each once, places themselves left out: surface cooccurrence as Evert,
"Corpora and Collocations" (2008), has it, from whom the table of counts is, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field, replace

from progsearch import query as q
from progsearch.classes import dataclass
from progsearch.clause import AllOf, Clause
from progsearch.compare.asking import groups_of
from progsearch.compare.table import Group
from progsearch.concordance.items import Items
from progsearch.concordance.lines import places_of
from progsearch.concordance.passages import Values, matching, texts_in
from progsearch.errors import ProgsearchError
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.statistics import association, log_dice, mutual_information

__all__ = ["MEASURES", "Collocate", "Collocates", "collocates"]

MEASURES = ("logdice", "g2", "mi", "count")
"""What collocates are in the order of, the strongest first."""


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word near the places that matched, in a group and a language.

    It stands ``count`` times in their windows, ``left`` and ``right`` of the nearest place, and
    ``of_count`` times in all; the ``places`` have ``near`` words around them, of ``of_words`` that
    are no place. ``expected`` is what chance would give. The association: ``logdice``, ``g2`` and
    ``mi`` (:mod:`progsearch.statistics`). ``query`` finds the passages.
    """

    group: Values
    lang: str
    word: str
    count: int
    left: int
    right: int
    passages: int
    documents: int
    places: int
    of_count: int
    near: int
    of_words: int
    expected: float
    logdice: float
    g2: float
    mi: float
    query: q.Query | None


@dataclass(frozen=True, slots=True)
class Collocates:
    """Collocates, those of a group and a language together, the strongest first."""

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    rows: tuple[Collocate, ...]
    filters: Filters
    window: int
    left_out: int = 0


@dataclass(slots=True)
class _Windows:
    """What stands in the windows of a group's places in a language."""

    places: int = 0
    near: int = 0
    at_places: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    passages: Counter[str] = field(default_factory=Counter)
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, document: str, words: Sequence[str], runs: Sequence[range], window: int) -> None:
        """Count the words around runs of positions."""
        inside = {at for run in runs for at in run}
        self.places += len(runs)
        self.at_places.update(words[at] for at in inside)
        sides: dict[int, tuple[int, Counter[str]]] = {}
        for run in runs:
            for away in range(1, window + 1):
                for at, side in ((run[0] - away, self.left), (run[-1] + away, self.right)):
                    nearer = at in sides and sides[at][0] <= away
                    if 0 <= at < len(words) and at not in inside and not nearer:
                        sides[at] = (away, side)
        self.near += len(sides)
        for at, (_, side) in sides.items():
            side[words[at]] += 1
        for word in {words[at] for at in sides}:
            self.passages[word] += 1
            self.documents[word].add(document)


def collocates(
    index: Index,
    query: q.Query,
    by: Sequence[str],
    filters: Filters | None = None,
    *,
    clauses: Sequence[Clause] = (),
    of: str = "lemma",
    window: int = 5,
    minimum: int = 3,
    limit: int | None = None,
    measure: str = "logdice",
    stop_words: bool = True,
) -> Collocates:
    """The collocates of what a query and all ``clauses`` find, by group and language.

    At most ``limit`` a group and language, each ``minimum`` times within ``window`` words of a
    place. Raises ProgsearchError for what is no choice.
    """
    if measure not in MEASURES:
        raise ProgsearchError(
            f"not a choice: {measure!r}"[:200],
            where="--sort",
            remedy=f"write {', '.join(MEASURES)}",
        )
    items = Items(index, of)
    filters = (filters or Filters()).counting()
    scope = scope_of(filters, index.engine, index.summary, by)
    # Chance is that of all that is looked at, so what is chosen of what is said bounds it, too.
    scope = replace(scope, clause=scope.narrow)
    clause = AllOf((index.clause(query), *clauses))
    totals: dict[tuple[Values, str], Counter[str]] = defaultdict(Counter)
    for group, (lang,), keys in texts_in(index, scope, by, "lang"):
        totals[group, lang].update(keys)
    found: dict[tuple[Values, str], _Windows] = defaultdict(_Windows)
    for group, passage in matching(index, clause, scope, by):
        hit = index.hit(passage, 0.0, clause)
        places = places_of(hit)
        if places:
            lang = passage.lang.value
            indexed = index.indexed(passage.text, lang)
            words = [items.of(key) for key in forms_at(indexed.keys, lang)]
            runs = _runs(places, indexed.spans)
            found[group, lang].add(passage.document, words, runs, window)
    sizes = index.engine.tally([], scope=scope.clause, by=by, once=scope.once)
    groups = groups_of(index, by, sizes.scope)
    rows: list[Collocate] = []
    for group_ in groups:
        for place in sorted(place for place in found if place[0] == group_.values):
            counted: Counter[str] = Counter()
            for key, count in totals[place].items():
                counted[items.of(key)] += count
            stops = frozenset[str]() if stop_words else items.stops(place[1])
            some = [
                _row(place, word, found[place], counted, query, window, items)
                for word, count in (found[place].left + found[place].right).items()
                if count >= minimum and word not in stops
            ]
            some.sort(key=lambda row: (-getattr(row, measure), -row.count, row.word))
            rows += some[:limit]
    return Collocates(tuple(by), groups, tuple(rows), filters, window, sizes.left_out)


def forms_at(keys: Iterable[frozenset[str]], lang: str) -> list[str]:
    """The key of the form at each position."""
    begin = f"{lang}="
    return [next(key for key in there if key.startswith(begin)) for there in keys]


def _runs(places: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> list[range]:
    """The positions of stretches of a text."""
    starts = [start for start, _ in spans]
    return [range(bisect_left(starts, start), bisect_left(starts, end)) for start, end in places]


def _row(
    place: tuple[Values, str],
    word: str,
    windows: _Windows,
    counted: Counter[str],
    query: q.Query,
    window: int,
    items: Items,
) -> Collocate:
    count = windows.left[word] + windows.right[word]
    size = counted.total() - windows.at_places.total()
    elsewhere = counted[word] - windows.at_places[word]
    g2, expected = association(count, windows.near, elsewhere, size)
    return Collocate(
        group=place[0],
        lang=place[1],
        word=word,
        count=count,
        left=windows.left[word],
        right=windows.right[word],
        passages=windows.passages[word],
        documents=len(windows.documents[word]),
        places=windows.places,
        of_count=counted[word],
        near=windows.near,
        of_words=size,
        expected=expected,
        logdice=log_dice(count, windows.places, counted[word]),
        g2=g2,
        mi=mutual_information(count, expected),
        query=_near(query, items.query((word,)), window),
    )


def _near(query: q.Query, word: q.Plain | None, window: int) -> q.Query | None:
    """The query that finds a word near what another finds, as far as one can be written."""
    if word is None:
        return None
    plain = query.parts if isinstance(query, q.Or) else (query,)
    if all(isinstance(part, q.Plain) for part in plain) and 1 <= window <= 100:
        side = query if isinstance(query, q.Plain | q.Or) else None
        return q.Near(side, word, window) if side is not None else None
    return q.conjunction([query, word])
