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

from progsearch.model import PROMISED
from progsearch.pairing import Unit, normalised
from progsearch.promises.sides import Said
from progsearch.promises.status import is_counted, is_introduced, is_status

__all__ = ["Placed", "placed"]

_ITEM = re.compile(r"^[ \t]+[-*+•–][ \t]+\Z", re.MULTILINE)
Nearest = Callable[[Unit], str]
"""Which promise of the programme a unit repeats, in plain words; nothing where none surely."""
MIN_WORDS = 2
"""A passage or heading of fewer words repeats no promise."""


class _Side(Enum):
    """Where what a status is said of stands, seen from its line."""

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


def placed(said: Sequence[Said], nearest: Nearest) -> Iterator[Placed]:
    """What reports say, without headings; a status on a line of its own is one unit with the
    promise that it is said of, and stands above nothing that it is not said of."""
    for _, some in groupby(said, lambda one: one.document.id):
        yield from _Report(list(some), nearest).placed()


class _Report:
    """The passages of a document, among them lines that are a status and nothing else."""

    def __init__(self, said: Sequence[Said], nearest: Nearest) -> None:
        self._said = said
        self._lines = {at for at, one in enumerate(said) if _is_alone(one)}
        apart = [at for at in range(len(said)) if self._lines and at not in self._lines]
        self._repeats = {
            at: plain
            for at in apart
            if len(said[at].unit.text.split()) >= MIN_WORDS and (plain := nearest(said[at].unit))
        }
        self._promising = {at for at in apart if said[at].passage.commitment in PROMISED}
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
            headings = self._above(one)
            if at in self._lines:
                if at in self._joined:
                    of = self._said[self._joined[at]]
                    yield Placed(_joined(of, one), self._above(of))
            elif not one.unit.heading or at in self._doubts:
                yield Placed(one, headings, self._doubts.get(at, ""))

    def _above(self, one: Said) -> Sequence[str]:
        # The first heading of a document is its title, and stands above no other one.
        headings = one.passage.headings or tuple(filter(None, [one.document.title]))
        return tuple(text for text in headings if normalised(text) not in self._no_headings)

    def _is_nested(self, at: int) -> bool:
        """Whether a line is an item that is nested in the one before it."""
        one = self._said[at]
        mark = one.document.between[one.passage.number - 1 : one.passage.number]
        if not at or not mark or _ITEM.search(mark[0]) is None or not one.passage.headings:
            return False
        return normalised(one.passage.headings[-1]) == self._said[at - 1].unit.plain

    def _without_lists(self, lines: Sequence[int]) -> list[int]:
        """The lines without those of a legend or of buttons, which follow upon each other."""
        plain = {at for at in lines if not self._said[at].unit.heading}
        return [at for at in lines if at not in plain or not {at - 1, at + 1} & plain]

    def _settle(self, lines: Sequence[int]) -> None:
        """Tell of what lines of one kind are said."""
        side = self._side(lines)
        if side is not _Side.ABOVE:
            self._no_headings |= {self._said[at].unit.plain for at in lines}
        before = ""
        for at, gap in zip(lines, self._gaps(lines, side), strict=True):
            near = [one for one in gap if one in self._repeats and self._repeats[one] != before]
            if side is _Side.UNKNOWN:
                self._doubts |= dict.fromkeys(near, self._said[at].unit.text.strip())
                continue
            of = self._of(at, near, side)
            if of is not None:
                self._joined[at] = of
                before = self._repeats[of] if side is _Side.BELOW else ""
            elif side is _Side.BELOW:
                self._doubts |= dict.fromkeys(near, self._said[at].unit.text.strip())

    def _of(self, at: int, near: Sequence[int], side: _Side) -> int | None:
        """The one promise that a line is said of; none where a heading says it already."""
        line = self._said[at]
        some = {self._repeats[one] for one in near}
        if side is _Side.ABOVE:
            next_one = next(iter(near), None)
            if next_one is None or (len(some) > 1 and not self._is_next(at, next_one)):
                return None
            stands_above = line.unit.plain in map(normalised, self._above(self._said[next_one]))
            return None if line.unit.heading and stands_above else next_one
        path = line.passage.headings
        own = normalised(path[-1] if path else line.document.title)
        named = [one for one in near if self._said[one].unit.plain == own]
        if named or len(some) == 1:
            return (named or near)[0]
        return None

    def _is_next(self, at: int, other: int) -> bool:
        return not set(range(at + 1, other)) - self._lines

    def _gaps(self, lines: Sequence[int], side: _Side) -> Iterator[range]:
        """What stands on the side of each line up to the next one; on both, if it is unknown."""
        ends = [-1, *lines, len(self._said)]
        for before, at, after in zip(ends[:-2], lines, ends[2:], strict=True):
            first = at + 1 if side is _Side.ABOVE else before + 1
            yield range(first, at if side is _Side.BELOW else after)

    def _side(self, lines: Sequence[int]) -> _Side:
        said, first, last = self._said, lines[0], lines[-1]
        gaps = list(self._gaps(lines, _Side.ABOVE))
        sections = any(self._has_headings(at, gap) for at, gap in zip(lines, gaps, strict=True))
        if sections or any(_is_counted(said[at]) for at in lines):
            return _Side.ABOVE
        repeats = self._repeats.keys()
        # A comment behind the last line may repeat the promise that stands before it.
        own = range(lines[-2] + 1 if len(lines) > 1 else 0, last)
        again = {self._repeats[at] for at in own if at in repeats}
        behind = {at for at in repeats if at > last and self._repeats[at] not in again}
        for promises, after in (
            (repeats, bool(behind)),
            (self._promising, any(at > last for at in self._promising)),
        ):
            before = any(at < first for at in promises)
            if before != after:
                return _Side.BELOW if before else _Side.ABOVE
            if before:
                return self._by_parts(lines, gaps)
        texts = [at for at, one in enumerate(said) if not one.unit.heading]
        told = [at for at in texts if at not in self._lines]
        if told and told[0] > first and told[-1] > last:
            return _Side.ABOVE
        return self._by_parts(lines, gaps)

    def _has_headings(self, at: int, gap: range) -> bool:
        """Whether headings stand below a line that is one itself."""
        line = self._said[at].unit
        below = [self._said[one].passage for one in gap if self._said[one].unit.heading]
        return line.heading and any(
            line.plain in map(normalised, passage.headings) for passage in below
        )

    def _by_parts(self, lines: Sequence[int], gaps: Sequence[range]) -> _Side:
        """Where promises, or none, stand at both ends: a list of several below one line is its
        section; the lines of a text may stand next to each other on one side only."""
        several = [{self._repeats[one] for one in gap if one in self._repeats} for gap in gaps]
        if all(self._said[at].unit.heading for at in lines[:-1]):
            # What is named first and again below is a summary.
            named = {self._repeats[at] for at in range(lines[0]) if at in self._repeats}
            if any(len(some) > 1 for some in several) and named <= set().union(*several):
                return _Side.ABOVE
            inside = (self._inside_of(gap) for gap in gaps)
            if not named and gaps[-1] and any(inside):
                return _Side.ABOVE
        if all(self._is_nested(at) for at in lines):
            return _Side.BELOW
        sides = {self._touches(at) for at in lines}
        return sides.pop() if len(sides) == 1 else _Side.UNKNOWN

    def _inside_of(self, gap: range) -> bool:
        """Whether a promise has others beside it, before the next line."""
        return any(one in self._repeats and one != gap[-1] for one in gap)

    def _touches(self, at: int) -> _Side:
        """On which side alone the text goes on in the next line, without a blank one."""
        if not 0 < at < len(self._said) - 1:
            return _Side.UNKNOWN
        before, line, after = (self._said[n].passage for n in (at - 1, at, at + 1))
        if len({before.page, line.page, after.page}) > 1:
            return _Side.UNKNOWN
        up, down = line.line - before.end_line, after.line - line.end_line
        if up == down or min(up, down) != 1:
            return _Side.UNKNOWN
        return _Side.BELOW if up == 1 else _Side.ABOVE


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
    return replace(line, unit=unit)
