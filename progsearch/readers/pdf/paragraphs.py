"""Lines of printed pages to paragraphs and items."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from progsearch.blocks.sentences import ends_sentence
from progsearch.readers.pdf.hyphens import BROKEN
from progsearch.readers.pdf.layout import Line
from progsearch.readers.pdf.marks import Marks

__all__ = ["LARGER", "Measures", "Paragraph", "measures_of", "paragraphs_of"]

LARGER = 1.12
"""How much larger than running text a heading is."""
SAME_SIZE, SAME_LARGE = 0.08, 0.04
"""How much the sizes of lines of one paragraph differ at most; those of a heading, less."""
NEW_PARAGRAPH = 1.3
"""How much farther apart than lines of a paragraph two paragraphs are."""
SAME_BODY = 0.3
HELD = 4
"""A paragraph that goes on in the next column or overleaf may have so many blocks between."""
SURE = 0.9
MIN_SEEN = 12
_OPEN = frozenset("\u2013\u2014/(&")
"""What no paragraph ends with: a span of years may be broken behind its dash."""
EDGE = 6
"""Points; how exactly columns begin at the same place."""


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; ``mark`` is how long the bullet or number of an item is, if
    it is written."""

    lines: list[Line]
    mark: int = 0
    item: bool = False

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in a document: the size and font of running text, the distance of its
    lines, where the lines of a part of a page end, and what blanks at lines' ends tell.

    Typesetters leave a blank behind each line that they broke, and none behind a paragraph:
    ``blanks_wrap`` when lines that go on have one, ``blanks_end`` when others have none.
    """

    body: float
    font: str
    fonts: Mapping[str, float]
    pitches: Mapping[float, float]
    ends: Mapping[tuple[int, tuple[int, ...]], float] = field(repr=False)
    blanks_wrap: bool = False
    blanks_end: bool = False

    def pitch(self, before: Line, line: Line) -> float:
        """How far two lines below each other are when they belong together."""
        sizes = (before.size, line.size)
        return min(self.pitches.get(round(size), 1.2 * size) for size in sizes)

    def end(self, line: Line) -> float:
        """Where the lines of a line's part of the page end."""
        return self.ends.get((line.page, line.region), line.x1)


def family(font: str) -> str:
    """A font without its weight and slope."""
    return font.replace(",", "-").partition("-")[0].casefold()


def measures_of(lines: Sequence[Line]) -> Measures:
    """What is usual in these lines."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        fonts[line.font] += len(line.text)
    body = sizes.most_common(1)[0][0]
    total = sum(fonts.values())
    of_body: Counter[str] = Counter()
    for line in lines:
        if abs(line.size - body) < SAME_BODY:
            of_body[line.font] += len(line.text)
    pitches: dict[float, list[float]] = defaultdict(list)
    for before, line in pairwise(lines):
        if _beneath(before, line) and abs(before.size - line.size) < 0.5:
            distance = before.base - line.base
            if 0.5 * line.size < distance < 3 * line.size:
                pitches[round(line.size)].append(distance)
    wrap, end = _blanks(lines)
    return Measures(
        body,
        of_body.most_common(1)[0][0] if of_body else "",
        {font: count / total for font, count in fonts.items()},
        {size: _usual(found) for size, found in pitches.items()},
        _ends(lines),
        wrap,
        end,
    )


def _usual(distances: Sequence[float]) -> float:
    """The distance of lines: the smaller ones are within paragraphs, the larger between."""
    rounded = Counter(round(distance * 2) / 2 for distance in distances)
    often = [value for value, count in rounded.items() if count >= 0.15 * len(distances)]
    return min(often) if often else median(distances)


def _ends(lines: Sequence[Line]) -> dict[tuple[int, tuple[int, ...]], float]:
    """Where the lines end in each part of each page: as far as its own lines reach, or those
    of most others that begin at the same place."""
    own: dict[tuple[int, tuple[int, ...]], list[Line]] = defaultdict(list)
    for line in lines:
        own[line.page, line.region].append(line)
    by_edge: dict[int, list[float]] = defaultdict(list)
    for found in own.values():
        if len(found) >= 5:
            left = min(line.x0 for line in found)
            by_edge[round(left / EDGE)].append(max(line.x1 for line in found))
    ends = {}
    for place, found in own.items():
        far = max(line.x1 for line in found)
        if len(found) < 8:
            others = by_edge.get(round(min(line.x0 for line in found) / EDGE))
            far = max(far, median(others)) if others else far
        ends[place] = far
    return ends


def _blanks(lines: Sequence[Line]) -> tuple[bool, bool]:
    goes_on, ends = Counter[bool](), Counter[bool]()
    for before, line in pairwise(lines):
        if not _beneath(before, line) or BROKEN.search(before.text):
            continue
        if line.text[0].islower() and not ends_sentence(before.text):
            goes_on[before.trailing] += 1
        elif ends_sentence(before.text) and before.base - line.base > 1.6 * line.size:
            ends[before.trailing] += 1
    wrap = goes_on.total() >= MIN_SEEN and goes_on[True] >= SURE * goes_on.total()
    return wrap, wrap and ends.total() >= MIN_SEEN and ends[False] >= SURE * ends.total()


def _same_part(before: Line, line: Line) -> bool:
    return before.page == line.page and before.region == line.region


def _beneath(before: Line, line: Line) -> bool:
    return _same_part(before, line) and line.base < before.base


def paragraphs_of(lines: Sequence[Line], measures: Measures) -> list[Paragraph]:
    """The paragraphs of a document in its order."""
    return _carried_on(list(_paragraphs(lines, measures)), measures)


def _paragraphs(lines: Sequence[Line], measures: Measures) -> Iterator[Paragraph]:
    marks = Marks()
    made: Paragraph | None = None
    for line in lines:
        running = line.font == measures.font and abs(line.size - measures.body) < SAME_BODY
        mark = marks.mark(line, running=running and not line.bold)
        item = mark > 0 or (line.pieces[0].bulleted and not line.row)
        if made is not None and (made.last.row or line.row):
            if _same_row(made.last, line):
                made.lines.append(line)
                continue
            yield made
            made = None
        if made is not None and (
            (item and not _mid_sentence(made, line, measures)) or not _belongs(made, line, measures)
        ):
            yield made
            made = None
        if made is None:
            made = Paragraph([line], mark, item)
        else:
            made.lines.append(line)
    if made is not None:
        yield made


def _same_row(before: Line, line: Line) -> bool:
    # One that a page cuts is of two.
    return before.row == line.row and (line.row < 0 or _same_part(before, line))


def _mid_sentence(made: Paragraph, line: Line, measures: Measures) -> bool:
    """Whether what looks like a number or dash before an item stands within a sentence."""
    before = made.last
    if line.kind:
        return False
    first = line.text[0]
    large = before.size > LARGER * measures.body
    if large and first in "-–—" and not made.item:
        return True  # the second line of a title
    if not (first.isdigit() or first in "-–—") or not _beneath(before, line):
        return False
    rest = line.text.lstrip("0123456789.)-–— ")
    if line.x0 > before.x0 + line.size or (len(line.pieces) > 1 and not rest[:1].islower()):
        return False
    if made.item and not made.first.text_x0 - line.size < line.x0:
        return False
    close = before.base - line.base <= NEW_PARAGRAPH * measures.pitch(before, line)
    return close and not ends_sentence(before.text) and not _would_fit(before, line, measures)


def _belongs(made: Paragraph, line: Line, measures: Measures) -> bool:
    """Whether a line carries a paragraph on."""
    before = made.last
    if before.kind != line.kind:
        return False
    if before.pieces[0].key or line.pieces[0].key:  # each key figure with its own words
        return before.pieces[0].key and line.pieces[0].key and _same_part(before, line)
    larger = min(before.size, line.size) > LARGER * measures.body and not line.confidence
    same = SAME_LARGE if larger else SAME_SIZE
    if abs(before.size - line.size) > same * max(before.size, line.size):
        return False
    broken = BROKEN.search(before.text) is not None and line.text[0].islower()
    if not _beneath(before, line):
        return _goes_on(before, line, measures)
    lift = max(piece.lift for piece in line.pieces)
    if before.base - line.base - lift > NEW_PARAGRAPH * measures.pitch(before, line):
        return False
    if broken or before.text[-1] in _OPEN:
        return True
    lower = line.text[0].islower()
    full = not _would_fit(before, line, measures)
    if made.item and _hangs(made, line):
        return True
    if before.size > LARGER * measures.body and before.bold == line.bold:
        return not (ends_sentence(before.text) and not full)
    if before.bold != line.bold or family(before.font) != family(line.font):
        ended = ends_sentence(before.text) and not made.item
        return full and (lower or (before.trailing and measures.blanks_end and not ended))
    if _is_lead(made, line) and ends_sentence(before.text):
        return False
    if line.x0 < made.first.text_x0 - 0.8 * line.size and made.item and not full:
        return False
    if line.bold and not full and not ends_sentence(before.text) and before.text[-1] != ":":
        return True  # a heading in lines of its own
    if measures.blanks_wrap and not before.trailing:
        return lower and not ends_sentence(before.text)  # a line that was broken by hand
    if measures.blanks_end and before.trailing:
        return True
    later = [one for one in made.lines[1:] if _same_part(one, line)]
    start = later[0].x0 if later else before.x0
    if line.x0 > start + 0.8 * line.size and len(made.lines) > 1 and ends_sentence(before.text):
        return False
    if not made.item and line.x0 < start - 0.8 * line.size and len(made.lines) > 1:
        return False
    return full or (lower and not ends_sentence(before.text))


def _is_lead(made: Paragraph, line: Line) -> bool:
    """Whether several whole lines are in one font, and the next one is in another."""
    fonts = {one.font for one in made.lines}
    return not made.item and len(made.lines) > 1 and len(fonts) == 1 and line.font not in fonts


def _hangs(made: Paragraph, line: Line) -> bool:
    """Whether a line stands behind the mark of an item and below its text."""
    first = made.first
    if not made.mark:  # the mark is drawn: where the text begins is where its lines do
        return abs(line.x0 - first.x0) < 0.3 * line.size
    behind = line.x0 > first.x0 + 0.5 * line.size
    return behind and line.x0 >= first.text_x0 - 0.8 * line.size


def _goes_on(before: Line, line: Line, measures: Measures) -> bool:
    """Whether a paragraph goes on in the next column or overleaf: its sentence tells."""
    if not any(piece.letters for piece in before.pieces):
        return False  # a number alone
    if BROKEN.search(before.text):
        return line.text[0].islower()
    if before.text[-1] in _OPEN and before.size == line.size:
        return True
    if before.bold != line.bold and before.size > 0:
        return False
    if family(before.font) != family(line.font):
        return False
    if ends_sentence(before.text):
        return measures.blanks_end and before.trailing
    if line.text[0].islower():
        return True
    return not before.bold and not _would_fit(before, line, measures)


def _would_fit(before: Line, line: Line, measures: Measures) -> bool:
    """Whether the first word of a line had room in the line before it."""
    room = measures.end(before) - before.x1
    first = line.text.split(maxsplit=1)[0]
    width = (line.x1 - line.x0) * (len(first) + 1) / max(1, len(line.text))
    return room > 1.15 * width + 2


def _carried_on(paragraphs: list[Paragraph], measures: Measures) -> list[Paragraph]:
    """The paragraphs, with those joined that a picture's caption or a note stands between.

    What stands between comes before them, or behind when it stands overleaf, so that pages
    stay in their order.
    """
    done: list[Paragraph] = []
    number = 0
    waiting = list(paragraphs)
    while number < len(waiting):
        made = waiting[number]
        joined = _continuation(waiting, number, measures)
        if joined is not None:
            page = made.last.page
            between = waiting[number + 1 : joined]
            before = [one for one in between if one.first.page == page == made.first.page]
            after = [one for one in between if one not in before]
            made.lines += waiting[joined].lines
            waiting[number : joined + 1] = [*before, made, *after]
            continue
        done.append(made)
        number += 1
    return done


def _continuation(paragraphs: Sequence[Paragraph], number: int, measures: Measures) -> int | None:
    made = paragraphs[number]
    last = made.last
    if ends_sentence(last.text) or last.bold or last.size > LARGER * measures.body:
        return None
    if len(made.lines) < 2 or last.row or last.kind or last.pieces[0].key:
        return None
    held = 0
    for at in range(number + 2, len(paragraphs)):
        held += not paragraphs[at - 1].first.kind
        if held > HELD:
            break
        line = paragraphs[at].first
        before = paragraphs[at - 1].last
        if _beneath(last, line) or _beneath(before, line) or paragraphs[at].item:
            if (line.page, line.region) == (last.page, last.region):
                return None
            continue
        same = abs(line.size - last.size) < 0.3 and line.font == last.font
        same = same and not (line.row or line.kind or line.pieces[0].key)
        goes_on = line.text[0].islower() or not _would_fit(last, line, measures)
        if same and goes_on and line.page - last.page <= 1:
            between = paragraphs[number + 1 : at]
            return at if all(_unlike(one, last) for one in between) else None
    return None


def _unlike(one: Paragraph, line: Line) -> bool:
    """Whether a block is of another make than a line: not running text of the same kind."""
    return abs(one.first.size - line.size) > 0.3 or one.first.font != line.font
