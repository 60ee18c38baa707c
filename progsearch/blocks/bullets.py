"""Where an item of a list begins: one set of marks for every format.

A mark is sure when it alone tells (``•``, ``2)``, ``#774``), and unsure when the same signs also
stand inside of sentences (``20. století``, a dash of a parenthesis). What is unsure is settled by
the lines around it: an item has a brother, the number before or after its own.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from progsearch.blocks.dates import begins_with_date

__all__ = [
    "TICKS",
    "Mark",
    "bare_start",
    "inner_marks",
    "is_ticks",
    "mark_of",
    "marks_of",
    "numbering",
    "tick_before",
]

REACH = 40
"""Lines that may lie between the marks of two neighbours in a list of numbers."""
REACH_OF_DASHES = 6
MAX_ROMAN = 60

_BLANK = "[ \\t\u00a0\u2002-\u200b\u202f\ufeff]"
_SIGNS = (
    "•●∙⋅·‣⁃◦○■□▪▫◾◽◼◻▶▷►▻▸▹◆◇❖★☆⚫⚪"
    "\u2701-\u27bf"  # dingbats: ticks, arrows, pointing hands
    "\u25a0-\u25ff"
    "\u2460-\u24ff"  # numbers in circles
    "\ue000-\uf8ff"  # what Word and InDesign take from Symbol and Wingdings
    "\x80-\x84\x86-\x9f"  # bullets and dashes of Windows-1252 that nobody recoded
    "\U0001f300-\U0001faff"
)
TICKS = "✓✔✅☑✗✘✕✖❌☒☐🟢🟡🟠🔴"
"""Signs that say of an item whether it is done, and not only that it is one."""
_AROUND = " \t\u00a0*_\u200d\ufe0f"
_NEAR = 12  # characters from such a sign to its item, at most: blanks, and marks of emphasis
_TICK = re.compile(rf"([{TICKS}])\ufe0f?(?:{_BLANK}|[*_\u200d])*\Z")
_BULLET = re.compile(
    rf"(?:[{_SIGNS}]\ufe0f?(?:{_BLANK}*[{_SIGNS}]\ufe0f?)?"
    rf"|[→⇒➜]|[*+](?={_BLANK})|[oO](?={_BLANK}{{2,}}|\t)){_BLANK}*"
)
_BOX = re.compile(rf"(?:[☐☑☒]\ufe0f?|\[[ xX]?\]){_BLANK}+(?=\S)")
"""A box to be ticked; it stays in the text, for it may say what became of a promise."""
_DASH = re.compile(rf"(?:[-‐‑‒–—―−]|--)(?:{_BLANK}+|(?=[^\W\d_]|[„“”\"»\[(]\w|\*\*))")
_STAR = re.compile(r"\*(?=[^\W_])(?!.*\*)")
_CLOSED = re.compile(
    r"(?:\((?P<inner>\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\)"
    r"|(?P<bare>\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})(?:\.?\)|/)"
    rf"|\#(?P<hash>\d{{1,5}})[.:)]?){_BLANK}+(?=\S)"
)
_DOTTED = re.compile(
    rf"(?:(?P<number>\d{{1,3}})|(?P<letter>[a-z])|(?P<roman>[IVXL]{{1,6}}))\.(?:{_BLANK}+(?=\S)|(?=[^\W\d_]{{2}}))"
)
_DEEP = re.compile(rf"(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})\.?{_BLANK}+(?=[^\W\d_])")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_SENTENCE_END = (".", "!", "?", "…", ":", ";")
_ITEM_END = (*_SENTENCE_END, ",")
_INNER = re.compile(
    rf"(?:^|(?<=\s))(?:[•●▪◦‣■□►▶✓✔➤❖\uf0b7\uf0a7\x95]{_BLANK}*"
    rf"|(?:\d{{1,2}}|[a-z])[.)]{_BLANK}+|\(\d{{1,2}}\){_BLANK}+|\#\d{{1,5}}{_BLANK}+)(?=\S)"
)
MIN_INNER = 3


class Mark(NamedTuple):
    """A mark: where the text of its item begins, the mark itself, and its place in a list.

    One that stays in the text has no label and ends where it begins.
    ``style`` is the same for the marks of one list, ``number`` its place there, 0 without one;
    ``sure`` whether it is a mark whatever stands around it.
    """

    end: int
    label: str
    style: str
    number: int = 0
    sure: bool = True

    @property
    def bare(self) -> bool:
        """Whether it is a bullet, which says nothing of its item."""
        return self.sure and not self.number and self.label != ""


def mark_of(
    line: str, start: int = 0, end: int | None = None, *, markdown: bool = False
) -> Mark | None:
    """The mark that ``line[start:end]`` begins with; it may be unsure (see :func:`marks_of`).

    In ``markdown`` a hyphen with a blank behind it is a mark whatever follows.
    """
    stop = len(line) if end is None else end
    if start >= stop:
        return None
    first = line[start]
    if first.isalpha() and first.isascii() is False:
        return None
    if found := _BULLET.match(line, start, stop):
        return Mark(found.end(), line[start : found.end()].strip(), first)
    if _BOX.match(line, start, stop):
        return Mark(start, "", "box")
    if found := _DASH.match(line, start, stop):
        return _dash(line, start, found, markdown)
    if found := _STAR.match(line, start, stop):
        return Mark(found.end(), first, "*tight", sure=False)
    if found := _CLOSED.match(line, start, stop):
        return _closed(line, start, found)
    if found := _DEEP.match(line, start, stop):
        label = line[start : found.end()].strip()
        return Mark(found.end(), label, "deep", sure=False)
    if found := _DOTTED.match(line, start, stop):
        return _dotted(line, start, stop, found)
    return None


def _dash(line: str, start: int, found: re.Match[str], markdown: bool) -> Mark:
    loose = found.end() > start + len(found[0].rstrip())
    after = line[found.end() : found.end() + 1]
    sure = not after.islower() and (loose or after.isupper() or not after.isalnum())
    sure = sure or (markdown and loose and found[0].strip() == "-")
    return Mark(found.end(), found[0].strip(), f"dash{line[start]}", sure=sure)


def _closed(line: str, start: int, found: re.Match[str]) -> Mark:
    label = line[start : found.end()].strip()
    inner = found["inner"] or found["bare"] or found["hash"]
    around = re.sub(r"[^()#./]", "", label)
    if inner.isdigit():
        return Mark(found.end(), label, f"number{around}", int(inner))
    place = "abcdefghijklmnopqrstuvwxyz".find(inner.lower()) + 1 if len(inner) == 1 else 0
    return Mark(found.end(), label, f"letter{around}", place or _value(inner))


def _dotted(line: str, start: int, stop: int, found: re.Match[str]) -> Mark | None:
    label = line[start : found.end()].strip()
    tight = found.end() == start + len(label)
    rest = line[found.end() : min(stop, found.end() + 40)]
    if found["number"]:
        if (
            begins_with_date(f"{label} {rest}")
            or _is_ordinal(rest)
            or (tight and rest[0].islower())
        ):
            return None
        return Mark(found.end(), label, "number.", int(found["number"]), sure=False)
    if tight:
        return None
    if found["letter"]:
        return Mark(found.end(), label, "letter.", ord(label[0]) - ord("a") + 1, sure=False)
    return Mark(found.end(), label, "roman.", _value(found["roman"]), sure=False)


def _is_ordinal(rest: str) -> bool:
    """Whether the word behind a number is one that is counted: a century, an anniversary."""
    word = re.match(r"[^\W\d_]+", rest)
    return word is not None and word[0] in _ordinals()


@cache
def _ordinals() -> frozenset[str]:
    text = files("progsearch").joinpath("data", "ordinals.toml").read_text(encoding="utf-8")
    return frozenset(word for words in tomllib.loads(text).values() for word in words)


def _value(roman: str) -> int:
    total, before = 0, 0
    for letter in reversed(roman.upper()):
        value = _ROMAN.get(letter, 0)
        total += value if value >= before else -value
        before = max(before, value)
    return total if total <= MAX_ROMAN else 0


def numbering(label: str) -> str:
    """The number or letter that a mark is, by which people cite what is behind it; a bullet is
    none, nor is a letter alone, which fonts of signs show as one."""
    lone = len(label) == 1 and label.isalpha()
    return label if any(map(str.isalnum, label)) and not lone else ""


def tick_before(text: str, start: int) -> str:
    """The sign by which an item that begins there is ticked off (``✅``), if there is one."""
    found = _TICK.search(text, max(0, start - _NEAR), start)
    return found[1] if found else ""


def is_ticks(text: str) -> bool:
    """Whether a text is such a sign and nothing else, as headings and cells of reports may be, or
    a row of them between bars."""
    cells = [cell.strip(_AROUND) for cell in text.split("|")]
    return any(cells) and all(len(cell) < 2 and cell in TICKS for cell in cells)


def marks_of(lines: Sequence[str], *, markdown: bool = False) -> list[Mark | None]:
    """The marks that lines begin with, one after the other; a blank line is an empty one.

    An unsure mark holds when a brother stands near it, or when it opens a paragraph and what
    follows it begins as a sentence does. In ``markdown`` any list may begin with its first number.
    """
    found = [mark_of(line, markdown=markdown) if line else None for line in lines]
    filled = [n for n, line in enumerate(lines) if line]
    place = {n: p for p, n in enumerate(filled)}
    by_style: dict[str, list[int]] = defaultdict(list)
    for n, mark in enumerate(found):
        if mark is not None:
            by_style[mark.style].append(n)
    settled: list[Mark | None] = list(found)
    for n, mark in enumerate(found):
        if mark is None or mark.sure:
            continue
        listed = _has_brother(mark, n, found, by_style[mark.style], place)
        if listed and mark.style.startswith("dash"):
            above = lines[n - 1] if n else ""
            below = found[n + 1] if n + 1 < len(found) else None
            listed = not above or above.endswith(_ITEM_END) or found[n - 1] is not None
            listed = listed or (below is not None and below.style == mark.style)
        listed = listed or _is_repeated(lines, n, found)
        first = markdown and mark.number == 1 and not (n and lines[n - 1])
        if not listed and not first and not _opens(lines, n, mark):
            settled[n] = None
    return settled


def _has_brother(
    mark: Mark,
    at: int,
    marks: Sequence[Mark | None],
    same: Sequence[int],
    place: dict[int, int],
) -> bool:
    here = bisect_left(same, at)
    reach = REACH if mark.number else REACH_OF_DASHES
    for step in (-1, 1):
        other = here + step
        if not 0 <= other < len(same) or abs(place[same[other]] - place[at]) > reach:
            continue
        brother = marks[same[other]]
        if brother is not None and (not mark.number or brother.number == mark.number + step):
            return True
    return False


def _is_repeated(lines: Sequence[str], at: int, marks: Sequence[Mark | None]) -> bool:
    """Whether a first number stands before each of several sentences, to be counted by the reader
    of the file; days of months go on in small letters."""
    mark = marks[at]
    return mark is not None and any(
        0 <= near < len(marks)
        and (other := marks[near]) is not None
        and (other.style, other.number, mark.number) == (mark.style, 1, 1)
        and lines[near][other.end : other.end + 1].isupper()
        and lines[at][mark.end : mark.end + 1].isupper()
        for near in (at - 1, at + 1)
    )


def _opens(lines: Sequence[str], at: int, mark: Mark) -> bool:
    """Whether an unsure mark without a brother opens a paragraph."""
    above = lines[at - 1] if at else ""
    after = lines[at][mark.end :].lstrip("„“”\"»'([*_")[:1]
    if mark.style.startswith("dash"):
        return not above or above.endswith(":")
    if mark.style in ("roman.", "letter.", "*tight"):
        return False
    if not after.isupper() and not (after.islower() and mark.number == 1 and above.endswith(":")):
        return False
    return not above or above.endswith(_SENTENCE_END)


def bare_start(text: str) -> int:
    """How long the mark is that a line by itself begins with, and the blanks around it."""
    blank = len(text) - len(text.lstrip())
    mark = marks_of([text.strip()])[0] if blank < len(text) else None
    return blank + mark.end if mark else 0


def inner_marks(text: str) -> list[tuple[int, int]]:
    """Where items of a list begin inside of a text that runs on, each with the end of its mark.

    There are three at least, with the same bullet or with numbers that follow each other.
    """
    runs: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for found in _INNER.finditer(text):
        label = found[0].strip()
        digits = re.sub(r"\D", "", label)
        number = int(digits) if digits else ord(label[0]) - 96 if label[0].isalpha() else 0
        style = re.sub(r"\d+", "1", label) if digits else "a" + label[1:] if number else label
        run = runs[style]
        if number and run and number != run[-1][2] + 1:
            continue
        if number > 1 and not run and not digits:
            continue
        run.append((found.start(), found.end(), number))
    best = max(runs.values(), key=len, default=[])
    places = [(start, end) for start, end, _ in best]
    return places if len(places) >= MIN_INNER else []
