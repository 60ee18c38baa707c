"""Of which promise is a status said that stands on a line of its own?

Reports print one below its promise, above it, or above all the promises that it is said of, in one
and the same form: a bold line, a heading, a badge in a box. Which of them it is, is told from the
whole of a document: above, where a status comes before the first promise and a promise behind the
last status; below, where it is the other way round. What neither the ends nor the parts between
them decide has no status, and is doubted in so many words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from progsearch.pairing import Unit, normalised
from progsearch.promises.cells import MIN_PROMISE_WORDS
from progsearch.promises.lonesigns import is_lone_sign, with_signs
from progsearch.promises.sides import Said
from progsearch.promises.status import is_counted, is_introduced, is_status

__all__ = ["Placed", "placed"]

_ITEM = re.compile(r"^[ \t]*(?:[-*+•–]|\d+[.)])[ \t]+\Z", re.MULTILINE)
Nearest = Callable[[Unit], str]
"""Which promise of the programme a unit repeats, in plain words; nothing where none surely."""
MIN_WORDS = 2
"""A passage or heading of fewer words repeats no promise."""
FEW = 2
"""So many lines may be sections of which the last has nothing in it."""


class _Side(Enum):
    """Where a line stands, seen from what its status is said of."""

    BELOW = auto()
    ABOVE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage of a report, the headings that stand above it, the title among them if no other
    does, and the line beside it of which it is not told whether it is said of this passage."""

    said: Said
    headings: Sequence[str]
    doubt: str = ""
    by_sign: bool = False  # the status on a line of its own is a sign, which is no bullet there


def placed(said: Sequence[Said], nearest: Nearest) -> Iterator[Placed]:
    """What reports say, without headings; a status on a line of its own is one unit with the
    promise that it is said of, and stands above nothing that it is not said of."""
    for _, some in groupby(said, lambda one: one.document.id):
        yield from _Report(with_signs(list(some)), nearest).placed()


class _Report:
    """The passages of a document, among them lines that are a status and nothing else."""

    def __init__(self, said: Sequence[Said], nearest: Nearest) -> None:
        self._said = said
        self._lines = {at for at, one in enumerate(said) if _is_alone(one)}
        self._repeats = _repeated(said, self._lines, nearest) if self._lines else {}
        self._joined: dict[int, int] = {}
        self._doubts: dict[int, str] = {}
        self._no_headings: set[str] = set()
        for kind in (True, False):
            found = [at for at in sorted(self._lines) if _is_introduced(said[at]) is kind]
            if lines := self._without_lists(found):
                self._settle(lines)

    def placed(self) -> Iterator[Placed]:
        """The passages without headings and lines; these where they are joined."""
        for at, one in enumerate(self._said):
            if at in self._lines:
                if at in self._joined:
                    of = self._said[self._joined[at]]
                    yield Placed(_joined(of, one), self._above(of), by_sign=is_lone_sign(one))
            elif not one.unit.heading or at in self._doubts:
                yield Placed(one, self._above(one), self._doubts.get(at, ""))

    def _above(self, one: Said) -> Sequence[str]:
        # The first heading of a document is its title, and stands above no other one.
        headings = one.passage.headings or tuple(filter(None, [one.document.title]))
        return tuple(text for text in headings if normalised(text) not in self._no_headings)

    def _without_lists(self, lines: Sequence[int]) -> list[int]:
        """The lines without those of a legend or of buttons, which follow upon each other."""
        plain = {at for at in lines if not self._said[at].unit.heading}
        return [at for at in lines if at not in plain or not {at - 1, at + 1} & plain]

    def _settle(self, lines: Sequence[int]) -> None:
        """Tell of what lines of one kind are said."""
        side = self._side(lines)
        if side is not _Side.ABOVE:
            self._no_headings |= {self._said[at].unit.plain for at in lines}
        gaps = list(self._gaps(lines, side))
        explained = len(lines) > FEW and all(len(gap) > 1 for gap in gaps)
        explained = explained and not any(at - 1 in self._repeats for at in lines)
        before = ""
        for at, gap in zip(lines, gaps, strict=True):
            near = [one for one in gap if self._repeats.get(one, before) != before]
            of = None if side is _Side.UNKNOWN else self._of(at, near, side, explained=explained)
            if of is not None:
                self._joined[at] = of
                before = self._repeats[of] if side is _Side.BELOW else ""
            elif side is not _Side.ABOVE or not self._said[at].unit.heading:
                self._doubts |= dict.fromkeys(near, self._said[at].unit.text.strip())

    def _of(self, at: int, near: Sequence[int], side: _Side, *, explained: bool) -> int | None:
        """The one promise that a line is said of: the one next to it, or in whose section it is;
        where all are ``explained`` by a text between, the one before that. A heading above its
        promise says so itself."""
        line = self._said[at]
        if side is _Side.ABOVE:
            if at + 1 not in near:
                return None
            stands_above = line.unit.plain in map(normalised, self._above(self._said[at + 1]))
            return None if line.unit.heading and stands_above else at + 1
        path = line.passage.headings
        own = normalised(path[-1] if path else line.document.title)
        for one in near:
            if one == at - 1 or self._said[one].unit.plain == own:
                return one
        between = self._said[near[0] + 1 : at] if explained and len(near) == 1 else []
        return near[0] if between and not any(one.unit.heading for one in between) else None

    def _gaps(self, lines: Sequence[int], side: _Side) -> Iterator[range]:
        """What stands beside each line up to the next one; on both sides, if it is unknown."""
        ends = [-1, *lines, len(self._said)]
        for before, at, after in zip(ends[:-2], lines, ends[2:], strict=True):
            first = at + 1 if side is _Side.ABOVE else before + 1
            yield range(first, at if side is _Side.BELOW else after)

    def _side(self, lines: Sequence[int]) -> _Side:
        gaps = list(self._gaps(lines, _Side.ABOVE))
        sections = any(self._has_headings(at, gap) for at, gap in zip(lines, gaps, strict=True))
        if sections or any(_is_counted(self._said[at]) for at in lines):
            return _Side.ABOVE
        nested = all(self._is_nested(at) for at in lines)
        side = _Side.BELOW if nested else self._by_lines(lines)
        if side is _Side.UNKNOWN:
            side = self._by_ends(lines)
        return self._by_lists(lines, gaps) if side is _Side.UNKNOWN else side

    def _has_headings(self, at: int, gap: range) -> bool:
        """Whether headings stand below a line that is one itself."""
        line = self._said[at].unit
        below = [self._said[one].passage for one in gap if self._said[one].unit.heading]
        return line.heading and any(
            line.plain in map(normalised, passage.headings) for passage in below
        )

    def _is_nested(self, at: int) -> bool:
        """Whether a line is an item that is nested in the one before it."""
        path = self._said[at].passage.headings
        if not at or not path or not _is_item(self._said[at]):
            return False
        return normalised(path[-1]) == self._said[at - 1].unit.plain

    def _by_lines(self, lines: Sequence[int]) -> _Side:
        """On which side of all lines the text goes on nearer, without a blank one."""
        sides = set()
        for at in lines:
            if not 0 < at < len(self._said) - 1:
                continue
            before, line, after = (self._said[n].passage for n in (at - 1, at, at + 1))
            up, down = line.line - before.end_line, after.line - line.end_line
            told = before.page == line.page == after.page and up != down and min(up, down) <= 1
            sides.add((_Side.BELOW if up < down else _Side.ABOVE) if told else _Side.UNKNOWN)
        return sides.pop() if len(sides) == 1 else _Side.UNKNOWN

    def _by_ends(self, lines: Sequence[int]) -> _Side:
        """By what stands before the first line and behind the last one: anything, or promises."""
        first, last = lines[0], lines[-1]
        before = [at for at in range(first) if self._is_text(at, first)]
        behind = [at for at in range(last + 1, len(self._said)) if self._is_text(at, first)]
        repeats = self._repeats
        # What is named first and again below is a summary, and a comment on the last promise may
        # repeat it.
        below = {plain for at, plain in repeats.items() if at > first}
        own = range(lines[-2] + 1 if len(lines) > 1 else 0, last)
        again = {repeats[at] for at in own if at in repeats}
        promised = any(at in repeats and repeats[at] not in below for at in before)
        reported = last + 1 in repeats and repeats[last + 1] not in again
        if not before and behind:
            return _Side.ABOVE
        if before and not behind and (promised or len(lines) > FEW):
            return _Side.BELOW
        if promised != reported:
            return _Side.BELOW if promised else _Side.ABOVE
        return _Side.UNKNOWN

    def _is_text(self, at: int, first: int) -> bool:
        """Whether a passage is no line, nor a heading; one that repeats a promise, or may be one
        right above the ``first`` line, is a text."""
        unit = self._said[at].unit
        if at in self._lines:
            return False
        if not unit.heading or at in self._repeats:
            return True
        may_be = at == first - 1 and len(unit.text.split()) >= MIN_PROMISE_WORDS
        return may_be and not self._said[first].unit.heading

    def _by_lists(self, lines: Sequence[int], gaps: Sequence[range]) -> _Side:
        """Whether right below headings stand lists, of which one has a promise, or several."""
        if not all(self._said[at].unit.heading for at in lines[:-1]):
            return _Side.UNKNOWN
        for gap in gaps:
            two = gap[:2] if len(gap) > 1 else ()
            listed = all(_is_item(self._said[at]) for at in two)
            promised = [at in self._repeats for at in (gap if listed else two)]
            if two and (any(promised) if listed else all(promised)):
                return _Side.ABOVE
        return _Side.UNKNOWN


def _repeated(said: Sequence[Said], lines: set[int], nearest: Nearest) -> dict[int, str]:
    """Which promise each passage repeats, in plain words. Where one stands in its own words, what
    is near to it is about it and does not repeat it."""
    found = {}
    for at, one in enumerate(said):
        if at not in lines and len(one.unit.text.split()) >= MIN_WORDS:
            found[at] = nearest(one.unit)
    exact = {plain for at, plain in found.items() if said[at].unit.plain == plain}
    return {
        at: plain
        for at, plain in found.items()
        if plain and (plain not in exact or said[at].unit.plain == plain)
    }


def _is_item(one: Said) -> bool:
    mark = one.document.between[one.passage.number - 1 : one.passage.number]
    return bool(mark) and _ITEM.search(mark[0]) is not None


def _is_alone(one: Said) -> bool:
    text = one.unit.text.strip()
    return "|" not in text and (is_status(text, one.passage.lang.value) or _is_counted(one))


def _is_counted(one: Said) -> bool:
    return one.unit.heading and is_counted(one.unit.text.strip(), one.passage.lang.value)


def _is_introduced(one: Said) -> bool:
    return is_introduced(one.unit.text.strip(), one.passage.lang.value)


def _joined(above: Said, line: Said) -> Said:
    """A promise and the status that is said of it, with a dash between them."""
    first, second = above.unit, line.unit
    before = f"{first.text.rstrip()} – "
    shift = len(before)
    spans = [*first.spans, *((start + shift, end + shift) for start, end in second.spans)]
    lemmas = [*first.lemmas, *second.lemmas]
    unit = replace(second, text=before + second.text, lemmas=lemmas, spans=spans, heading=False)
    return replace(above if is_lone_sign(line) else line, unit=unit)
