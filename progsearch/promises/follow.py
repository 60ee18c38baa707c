"""What the reports say near each promise: passages to read, and no verdict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from progsearch.blocks.unseen import is_struck
from progsearch.meaning.passages import Nearest
from progsearch.model import PROMISED, Role
from progsearch.pairing import Unit, normalised
from progsearch.pairing.fusion import led
from progsearch.pairing.grams import in_sequence
from progsearch.pairing.neighbours import Near, Neighbours
from progsearch.promises.alone import Placed, placed
from progsearch.promises.cells import status_columns
from progsearch.promises.repeating import cut, promise_cells, repeats_another
from progsearch.promises.sides import Said, Side
from progsearch.promises.signs import Doubt, Stated, is_sign, legend_of
from progsearch.promises.status import (
    is_footnoted,
    is_marked,
    is_others,
    signs,
    states,
)
from progsearch.promises.vocabulary import vocabulary

__all__ = ["FLOOR", "NEAREST", "Followed", "Following", "Report", "follow", "is_restated"]

NEAREST = 3
"""Passages that are shown of the reports for a promise, at most."""
FLOOR = 0.08
"""Score of the nearest passage below which nothing is near. A low one: ranks are told and the
reader judges, while what is not shown cannot be judged."""
RESTATED = 0.85
"""Share of a report's pairs of neighbouring words that stand in the programme, from which on it
says nothing else; the rest are pairs over the ends of sentences that it brought together."""
HELD = 0.5
"""Share of the pairs of a promise, or of the report if that is the shorter, that both have."""
SURE = 0.5
"""Score from which on a status that a passage states is said of the promise that is nearest to
it. Of other promises it says nothing, however near the passage is."""
FEW = 5
"""A passage of fewer words repeats nothing."""
RANKED = 40
"""Nearest passages of each ranking, by words and by meaning, that are brought together."""


@dataclass(frozen=True, slots=True)
class Report:
    """A passage of a report near a promise: the ``rank``-th, from 1.

    ``shared`` are the words of the report, as written, whose ``lemmas`` the promise has too,
    the rarest first. ``restated`` is true where it repeats the promise and says nothing else;
    ``stated`` is the status that it states in so many words, ``doubt`` what it has in place of one
    that is known and is said of this promise. ``by_meaning`` is true where its
    words alone would not have brought it, ``struck`` where something in it is struck out.
    """

    rank: int
    said: Said
    shared: Sequence[str]
    lemmas: Sequence[str]
    restated: bool
    stated: Stated | None
    by_meaning: bool = False
    struck: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A promise, and the passages of the reports that are nearest; there may be none."""

    promise: Said
    reports: Sequence[Report]

    @property
    def restated(self) -> bool:
        """Whether a report repeats the promise, and none says anything near it of its own."""
        return any(one.restated for one in self.reports)


@dataclass(frozen=True)
class Following:
    """All promises of a programme, in its order, with what the reports say near them."""

    promises: Sequence[Followed]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many promises: all, with a near passage, restated only, stated, without; and where
        there are any, to which passages are near by their meaning alone."""
        told: Counter[str] = Counter()
        for one in self.promises:
            told["promises"] += 1
            told["near" if one.reports else "nothing"] += 1
            told["restated"] += one.restated
            told["stated"] += any(report.stated for report in one.reports)
            alone = bool(one.reports) and all(report.by_meaning for report in one.reports)
            told["meaning"] += alone
        names = ("promises", "near", "restated", "stated", "nothing")
        return {name: told[name] for name in (*names, *["meaning"] * bool(told["meaning"]))}

    @cached_property
    def early(self) -> int:
        """Of how many promises a status is told by a report that is older than the programme."""
        return sum(
            any(report.stated and _is_older(report.said, one.promise) for report in one.reports)
            for one in self.promises
        )

    @cached_property
    def doubted(self) -> int:
        """Of how many promises a report has words like a status, and none is told."""
        return sum(
            any(report.doubt for report in one.reports)
            and not any(report.stated for report in one.reports)
            for one in self.promises
        )


def follow(
    programme: Side,
    reports: Side,
    limit: int = NEAREST,
    *,
    everything: bool = False,
    nearest: Nearest | None = None,
) -> Following:
    """For each passage of the programme that promises something, what the reports say near it.

    With ``everything``, all of its passages are followed, and also where none of them is told
    to be a promise: what a promise is, is told for some languages only. ``nearest`` knows the
    passages of both sides by their meaning: then its ranks and those of words are fused.
    """
    asked = [one for one in programme.said if not one.unit.heading]
    promised = any(one.passage.commitment in PROMISED for one in asked)
    whose = _Whose(asked, reports.said)
    at_places = list(placed(reports.said, whose.nearest))
    said = [one.said for one in at_places]
    words = Words.of(one.unit.plain for one in asked)
    near = Neighbours([one.unit for one in said], [one.unit for one in asked])
    signed = _Signed(at_places)
    meant = None
    if nearest and said:
        meant = nearest.between([one.passage for one in asked], [one.passage for one in said])
    wanted = promised and not everything
    followed = []
    for at, promise in enumerate(asked):
        if wanted and promise.passage.commitment not in PROMISED:
            continue
        found = near.nearest(promise.unit, RANKED if meant else limit, floor=FLOOR)
        shown = found[:limit]
        if meant:
            order = _in_order(limit, found, meant(at, RANKED))
            shown = [near.near(promise.unit, one) for one in order]
        worded = {one.unit for one in found[:limit]}
        told = _reports(promise, shown, worded, at_places, words, whose, signed)
        followed.append(Followed(promise, list(told)))
    return Following(followed)


def _in_order(limit: int, by_words: Sequence[Near], by_meaning: Sequence[int]) -> list[int]:
    """The passages of both rankings; that comes first of which the words are sure."""
    order = led(limit, [one.unit for one in by_words], by_meaning)
    if by_words and by_words[0].score >= SURE:
        first = by_words[0].unit
        order = [first, *(one for one in order if one != first)]
    return order[:limit]


def _reports(
    promise: Said,
    found: Sequence[Near],
    worded: AbstractSet[int],
    said: Sequence[Placed],
    words: Words,
    whose: _Whose,
    signed: _Signed,
) -> Iterator[Report]:
    """What is shown of the ``found``; ``worded`` are those that the words alone would show."""
    for rank, near in enumerate(found, 1):
        report = said[near.unit].said
        stating = signed.of(near.unit)
        restated = not stating.adds and is_restated(promise.unit.plain, report.unit.plain, words)
        told = [one for one in stating.states if whose.is_said(one, report, promise, near.score)]
        only = told[0] if len({one.status for one in told}) == 1 else None
        doubt = None
        if only and only.status and repeats_another(promise, report, only):
            doubt, only = Doubt(only.quote, other=True), None
        elif only is None or not only.status:
            doubt = Doubt(only.quote) if only else None
            beside = said[near.unit].doubt
            if beside and whose.is_doubted(report, promise):
                doubt = Doubt(beside, astray=True)
            only = None
        shared = report.written(near.shared)
        alone = near.unit not in worded
        yield Report(
            rank, report, shared, near.shared, restated, only, alone, stating.struck, doubt
        )


class _Stating(NamedTuple):
    """What a passage of a report states, whatever promise it is near to; whether something in it
    is struck out, and whether it ``adds`` anything of that kind to the words of a promise."""

    states: Sequence[Stated]
    struck: bool
    adds: bool


class _Signed:
    """What the passages of reports state, by what their documents mean by signs: those of a list
    that has ``✅`` before each item are bullets, and a legend may say what else they are."""

    def __init__(self, said: Sequence[Placed]) -> None:
        self._said = said
        self._told: dict[int, _Stating] = {}
        texts: dict[str, list[str]] = defaultdict(list)
        langs: dict[str, Counter[str]] = defaultdict(Counter)
        for one in (place.said for place in said):
            texts[one.document.id].append(f"{one.passage.mark} {one.unit.text}".strip())
            langs[one.document.id][one.passage.lang.value] += 1
        self._legends = {
            ident: legend_of(some, vocabulary(langs[ident].most_common(1)[0][0]))
            for ident, some in texts.items()
        }
        # In one list or table: ✔ before what we want and ✘ before what others do are bullets.
        kinds: dict[tuple[str, Sequence[str]], set[str]] = defaultdict(set)
        rows: dict[tuple[str, Sequence[str]], list[str]] = defaultdict(list)
        for place in said:
            one = place.said
            passage, legend, text = one.passage, self._legends[one.document.id], one.unit.text
            table = one.document.id, () if place.by_sign else _above_list(passage.headings)
            kinds[table] |= signs(text.strip(), passage.mark, passage.headings, legend)
            if "|" in text and table[1]:
                rows[table].append(text)
        self._differ = {ident for (ident, _), some in kinds.items() if len(some) > 1}
        self._columns = {
            table: status_columns(
                some,
                table[1],
                vocabulary(langs[table[0]].most_common(1)[0][0]),
                self._legends[table[0]],
            )
            for table, some in rows.items()
        }

    def of(self, at: int) -> _Stating:
        """What the passage of a number states; told once, whatever it is near to."""
        if at not in self._told:
            place = self._said[at]
            states = self._stated(place)
            struck = is_struck(place.said.passage.text)
            text, mark = place.said.unit.text.strip(), place.said.passage.mark
            adds = bool(states or place.doubt or struck or is_marked(text, mark))
            self._told[at] = _Stating(states, struck, adds)
        return self._told[at]

    def _stated(self, report: Placed) -> list[Stated]:
        """What a passage states of whatever it is near to, by its cells where each has its own;
        nothing where it is struck out, or quotes somebody. What it leaves open is without a
        status."""
        said, above = report.said, report.headings
        passage, ident = said.passage, said.document.id
        legend, lang = self._legends[ident], passage.lang.value
        quoted = passage.role is Role.QUOTATION or is_footnoted(passage.text)
        if quoted or is_struck(passage.text) or is_others(said.document.title, lang):
            return []
        columns = self._columns.get((ident, _above_list(passage.headings)), frozenset())
        bullets = ident not in self._differ
        text = said.unit.text.strip()
        return states(text, above, lang, passage.mark, legend, columns, bullets=bullets)


def _above_list(headings: Sequence[str]) -> Sequence[str]:
    """What stands above all of a table or list, without signs and names of rows."""
    table = next((n for n, one in enumerate(headings) if "|" in one), len(headings))
    return tuple(one for one in headings[: table + 1] if not is_sign(one))


class _Whose:
    """Which promise a passage of a report is about, if it is about any; ``said`` is all that the
    reports say, for how rare its words are."""

    def __init__(self, asked: Sequence[Said], said: Sequence[Said]) -> None:
        self._asked, self._said = asked, said
        self._back: Neighbours | None = None
        self._found: dict[tuple[str, str], tuple[str, float]] = {}

    def is_said(self, told: Stated, report: Said, promise: Said, score: float) -> bool:
        """Whether a status is said of a promise: its passage or cell is of that promise alone."""
        unit = report.unit
        if told.cell:
            return self._named(report, told.cell) == promise.unit.plain
        if not _is_said_of(told, promise):
            return False
        some = promise_cells(unit.text)
        named = {plain for one in some if (plain := self._named(report, one))}
        if named:
            return named == {promise.unit.plain}
        return score >= SURE and self._about(report, unit.text)[0] == promise.unit.plain

    def is_doubted(self, report: Said, promise: Said) -> bool:
        """Whether a passage is surely near that promise, of which a line beside it may be said."""
        return self._named(report, report.unit.text) == promise.unit.plain

    def nearest(self, unit: Unit) -> str:
        """The promise that is surely nearest to a unit, in plain words; nothing if none is."""
        plain, score = self._nearest(unit)
        return plain if score > SURE else ""

    def _named(self, report: Said, text: str) -> str:
        plain, score = self._about(report, text)
        return plain if score > SURE else ""

    def _about(self, report: Said, text: str) -> tuple[str, float]:
        """What is nearest to a stretch of a passage; looked for once, however many promises the
        passage is near to."""
        key = report.passage.id, text
        if key not in self._found:
            unit = report.unit
            self._found[key] = self._nearest(unit if text == unit.text else cut(unit, text))
        return self._found[key]

    def _nearest(self, unit: Unit) -> tuple[str, float]:
        if self._back is None:
            asking = [one.unit for one in self._said]
            self._back = Neighbours([one.unit for one in self._asked], asking)
        best = self._back.nearest(unit, 1)
        return (self._asked[best[0].unit].unit.plain, best[0].score) if best else ("", 0.0)


def _is_older(report: Said, promise: Said) -> bool:
    """Whether a report has a date, and all of it is before that of a promise."""
    dates = report.document.date, promise.document.date
    if not all(dates):
        return False
    told, promised = (one.value for one in dates if one)
    return told.last < promised.first


def _is_said_of(told: Stated, promise: Said) -> bool:
    """Whether a status that stands behind a dash stands behind the words of the promise, and not
    behind what somebody says of it (*The opposition: new roads – broken*)."""
    if ":" in told.of:
        return False
    return not told.of or in_sequence(promise.unit.plain, normalised(told.of))[0] >= HELD


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a programme, and its pairs of neighbouring words."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Of its passages, as :func:`progsearch.pairing.normalised` has them."""
        cut = [text.split() for text in texts]
        return cls(
            frozenset(word for words in cut for word in words),
            frozenset(pair for words in cut for pair in pairwise(words)),
        )


def is_restated(promise: str, report: str, programme: Words) -> bool:
    """Whether a report repeats a promise, and beside it nothing but words of the programme.

    A report may have brought several promises together. What it adds, and be it a single
    word behind them, is what it reports.
    """
    if promise == report:
        return True
    words = report.split()
    if len(words) < FEW or not programme.words.issuperset(words):
        return False
    pairs = set(pairwise(words))
    return in_sequence(promise, report)[0] >= HELD and len(
        pairs & programme.pairs
    ) >= RESTATED * len(pairs)
