"""Lines of printed pages to paragraphs, items and headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from progsearch.blocks.building import Builder, stands_as_heading
from progsearch.blocks.dates import begins_with_date
from progsearch.blocks.levels import BOLD_LEVEL
from progsearch.blocks.settling import settled
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.pdf.pages import BULLET, PageLine
from progsearch.readers.text.prose import ends_sentence

__all__ = ["document", "hyphenless"]

LARGER = 1.12
"""How much larger than running text a heading is."""
MAX_HEADING_WORDS = 40
SAME_SIZE = 0.08
NEW_PARAGRAPH = 1.3
"""How much farther apart than lines of a paragraph two paragraphs are."""

LAST = 200
"""Leaders stand among so many letters at the end of a line."""

_NUMBER = re.compile(r"(?:\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_LEADERS = re.compile(r"(?:\s?\.){4,}\s*\d{0,4}$|\s…+\s*\d{1,4}$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]{2,})([-\u2010\u00ad])$")
_FIRST = re.compile(r"[^\W\d_]+")
_CONJUNCTIONS = frozenset(
    ("och", "eller", "samt", "respektive", "a", "i", "nebo", "či", "und", "oder", "and", "or")
)
"""Before these words a hyphen at a line's end is meant: ``hälso-`` / ``och sjukvård``."""


@dataclass(slots=True)
class _Paragraph:
    lines: list[PageLine]
    bullet: int = 0

    @property
    def first(self) -> PageLine:
        return self.lines[0]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a document: the size of running text, the distance of its lines, and
    where the lines of a column end."""

    body: float
    pitches: Mapping[float, float]
    ends: Mapping[tuple[int, ...], float]

    def pitch(self, size: float) -> float:
        return self.pitches.get(round(size), 1.15 * size)


def document(
    pages: Sequence[Sequence[PageLine]],
    left_out: set[tuple[int, int]],
    properties: Mapping[str, str],
    notes: Sequence[str],
) -> RawDocument:
    """The document of these pages; ``left_out`` are the places (page, line) of furniture.

    Raises ProgsearchError when no line is left.
    """
    lines = [line for page in pages for line in page if (line.page, line.number) not in left_out]
    if not lines:
        raise ProgsearchError("the PDF has no text", remedy="write its text, or take it away")
    measures = _measures(lines)
    paragraphs = list(_paragraphs(lines, measures))
    words = Counter(
        word.lower() for line in lines for word in _WORD.findall(line.text) if len(word) > 2
    )
    return _built(paragraphs, measures, words, len(pages), properties, notes)


def _measures(lines: Sequence[PageLine]) -> _Measures:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    pitches: dict[float, list[float]] = defaultdict(list)
    ends: dict[tuple[int, ...], list[float]] = defaultdict(list)
    for before, line in zip([None, *lines], lines, strict=False):
        ends[line.region].append(line.x1)
        if before and _side_by_side(before, line) and abs(before.size - line.size) < 0.5:
            distance = before.middle - line.middle
            if 0 < distance < 3 * line.size:
                pitches[round(line.size)].append(distance)
    return _Measures(
        body,
        {size: _usual(found) for size, found in pitches.items()},
        {region: sorted(found)[len(found) * 98 // 100] for region, found in ends.items()},
    )


def _usual(distances: Sequence[float]) -> float:
    """The distance of lines: the smaller ones are within paragraphs, the larger between."""
    rounded = Counter(round(distance * 2) / 2 for distance in distances)
    often = [value for value, count in rounded.items() if count >= 0.15 * len(distances)]
    return min(often) if often else median(distances)


def _side_by_side(before: PageLine, line: PageLine) -> bool:
    return before.page == line.page and before.region == line.region


def _paragraphs(lines: Sequence[PageLine], measures: _Measures) -> Iterator[_Paragraph]:
    made: _Paragraph | None = None
    for line in lines:
        bullet = _bullet(line.text)
        if made is not None and (bullet or not _belongs(made, line, measures)):
            yield made
            made = None
        if made is None:
            made = _Paragraph([line], bullet)
        else:
            made.lines.append(line)
    if made is not None:
        yield made


def _bullet(text: str) -> int:
    found = BULLET.match(text)
    if found is None and not begins_with_date(text[:30]):
        found = _NUMBER.match(text)
    return found.end() if found and found.end() < len(text) else 0


def _belongs(made: _Paragraph, line: PageLine, measures: _Measures) -> bool:
    """Whether a line carries a paragraph on."""
    before = made.lines[-1]
    if abs(before.size - line.size) > SAME_SIZE * max(before.size, line.size):
        return False
    if _LEADERS.search(before.text[-LAST:]):
        return False
    broken = _BROKEN.search(before.text) is not None
    lower = line.text[0].islower()
    full = not _would_fit(before, line, measures)
    if not _side_by_side(before, line) or line.middle > before.middle:
        # A column or a page ends here; the sentence tells whether the paragraph does.
        return broken or (not ends_sentence(before.text) and (lower or full) and not before.bold)
    if before.middle - line.middle > NEW_PARAGRAPH * measures.pitch(line.size):
        return False
    if before.size > LARGER * measures.body:
        return True
    if before.bold != line.bold and not (full and lower):
        return False
    if broken:
        return True
    start = made.first.text_x0
    if line.x0 < start - 0.8 * line.size and (made.bullet or len(made.lines) > 1):
        return False
    if line.x0 > before.x0 + 0.8 * line.size and len(made.lines) > 1 and ends_sentence(before.text):
        return False
    return full or (lower and not ends_sentence(before.text) and before.x1 > 0.6 * line.x1)


def _would_fit(before: PageLine, line: PageLine, measures: _Measures) -> bool:
    """Whether the first word of a line had room in the line before it."""
    room = measures.ends[before.region] - before.x1
    first = line.text.split(maxsplit=1)[0]
    width = (line.x1 - line.x0) * (len(first) + 1) / max(1, len(line.text))
    return room > 1.15 * width + 2


def hyphenless(lines: Sequence[str], words: Counter[str]) -> list[str]:
    """The lines with each word that a hyphen broke whole again, at the end of its first line.

    ``words`` are those of the whole document: a hyphen stays that stands in them.
    """
    done = list(lines)
    for number in range(len(done) - 1):
        broken = _BROKEN.search(done[number])
        following = _FIRST.match(done[number + 1])
        if broken is None or following is None or not following[0][0].islower():
            continue
        if following[0] in _CONJUNCTIONS and broken[2] != "\u00ad":
            continue
        tail, _, rest = done[number + 1].partition(" ")
        whole = (broken[1] + following[0]).lower()
        kept = f"{broken[1]}-{following[0]}".lower()
        meant = broken[2] != "\u00ad" and words[kept] > words[whole]
        head = done[number][: broken.start(2)]
        done[number] = head + ("-" if meant else "") + tail
        done[number + 1] = rest
    return done


def _built(
    paragraphs: Sequence[_Paragraph],
    measures: _Measures,
    words: Counter[str],
    count: int,
    properties: Mapping[str, str],
    notes: Sequence[str],
) -> RawDocument:
    builder = Builder()
    sizes = sorted(
        {round(one.first.size) for one in paragraphs if _is_large(one, measures)}, reverse=True
    )
    indents = _indents([made for made in paragraphs if not _is_large(made, measures)])
    starts: dict[int, int] = {}
    largest: tuple[float, str] = (0.0, "")
    for made in paragraphs:
        shape, level, label = _shape(made, measures, sizes, indents)
        if shape is Shape.HEADING and made.first.page <= 2 and made.first.size > largest[0] + 0.5:
            largest = (made.first.size, made.text)
        texts = hyphenless([line.text for line in made.lines], words)
        at = builder.length
        for text, line in zip(texts, made.lines, strict=True):
            starts.setdefault(line.page, at)
            at += len(text) + 1
        numbers = [line.number for line in made.lines]
        bullet = made.bullet if shape is Shape.ITEM else 0
        builder.add("\n".join(texts), numbers, shape, level=level, label=label, bullet=bullet)
    if not builder.blocks:
        raise ProgsearchError("the PDF has no text", remedy="write its text, or take it away")
    builder.blocks = settled(builder.text(), builder.blocks)
    meta: dict[str, object] = {f"file_{key}": value for key, value in properties.items()}
    title = largest[1] or properties.get("title", "")
    if title:
        meta["title"] = " ".join(title.split())
    found = builder.document("pdf", meta, notes=notes)
    return replace(found, pages=_page_starts(starts, count, builder.length))


def _page_starts(starts: Mapping[int, int], count: int, end: int) -> tuple[int, ...]:
    """Where each page begins; one without text, where the next one does."""
    found: list[int] = []
    following = end
    for page in range(count, 0, -1):
        following = starts.get(page, following)
        found.append(following)
    return tuple(reversed(found))


def _is_large(made: _Paragraph, measures: _Measures) -> bool:
    return (
        made.first.size > LARGER * measures.body
        and len(made.text.split()) <= MAX_HEADING_WORDS
        and any(map(str.isalpha, made.text))
    )


def _indents(paragraphs: Sequence[_Paragraph]) -> list[float]:
    """How far in items stand, each depth once, from the beginning of their column."""
    found: list[float] = []
    for x0 in sorted({made.first.x0 for made in paragraphs if made.bullet}):
        if not found or x0 - found[-1] > 5:
            found.append(x0)
    return found


def _shape(
    made: _Paragraph, measures: _Measures, sizes: Sequence[int], indents: Sequence[float]
) -> tuple[Shape, int, str]:
    text = made.text
    if _LEADERS.search(text[-LAST:]):
        return Shape.CONTENTS, 0, ""
    if _is_large(made, measures):
        return Shape.HEADING, min(6, 1 + sizes.index(round(made.first.size))), ""
    bold = all(line.bold for line in made.lines)
    typed = made.bullet and not text[0].isalnum()
    if bold and not typed and stands_as_heading(text):
        return Shape.HEADING, BOLD_LEVEL, "bold"
    if made.bullet:
        depth = max(0, bisect_left(indents, made.first.x0 + 5) - 1)
        label = text[: made.bullet].strip()
        return Shape.ITEM, 1 + min(depth, 5), label if typed else ""
    return Shape.PARAGRAPH, 0, ""
