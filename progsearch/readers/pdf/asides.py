"""What stands beside the text of printed pages: captions of pictures, and who signs a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from progsearch.blocks.dates import date_of_line
from progsearch.blocks.sentences import ends_sentence
from progsearch.model import Shape
from progsearch.readers.pdf.boxes import empty_boxes
from progsearch.readers.pdf.layout import Figure, Line, Sheet
from progsearch.readers.pdf.paragraphs import LARGER, Measures, Paragraph
from progsearch.readers.pdf.shaped import Shaped

__all__ = ["with_asides"]

SMALLER = 0.95
MAX_CAPTION = 40
MAX_NAMED = 25
"""Words of a caption, and of one that only its first word tells."""
MAX_FOLLOWED = 12
NEAR = 2.5
"""How far from its picture a caption stands at most, in sizes of its letters."""
MIN_DRAWING = 40.0
"""Points; how high something drawn is at least that has a caption."""
MAX_SIGNED = 16
MAX_NAME = 6
"""Words of the lines that sign a text, and of a name."""
UNDER_RULE = 2.0
"""How far below a rule somebody's name stands who signs on it, in sizes of its letters."""

_NAME = re.compile(r"[^\W\d_]+(?:[-\u2010'\u2019.][^\W\d_]+)*\.?,?")
_PARTICLES = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "af",
        "av",
        "zu",
        "zur",
        "da",
        "di",
        "du",
        "la",
        "le",
        "el",
        "al",
    ]
)
_CREDIT = re.compile(r"[^\W\d_]+[.]?\s?[:/]\s?\S")


def with_asides(
    shaped: Sequence[Shaped], sheets: Sequence[Sheet], measures: Measures
) -> list[Shaped]:
    """The blocks with captions and signatures as what stands aside."""
    drawn = {sheet.number: sheet.drawn for sheet in sheets}
    lines: dict[int, list[Line]] = {sheet.number: [] for sheet in sheets}
    for line in (line for one in shaped for line in one.made.lines):
        lines[line.page].append(line)
    vectors = {
        number: [box for box in empty_boxes(page.boxes, lines[number]) if _is_high(box)]
        for number, page in drawn.items()
    }
    done = list(shaped)
    for place, one in enumerate(shaped):
        page = drawn[one.made.first.page]
        number = one.made.first.page
        if one.shape is Shape.PARAGRAPH and (
            _is_caption(one.made, page.pictures, measures)
            or _is_below_drawing(one.made, vectors[number], measures)
        ):
            done[place] = _aside(one, "caption")
        elif one.shape is Shape.PARAGRAPH and _signs_on_rule(one.made, page.levels):
            done[place] = _aside(one, "signature")
    for place in range(len(done)):
        for at in _signature(done, place):
            done[at] = _aside(done[at], "signature")
    return done


def _aside(one: Shaped, label: str) -> Shaped:
    return replace(one, shape=Shape.NAVIGATION, level=0, label=label, mark=0)


# --- captions


def _is_caption(made: Paragraph, pictures: Sequence[Figure], measures: Measures) -> bool:
    words = len(made.text.split())
    if words > MAX_CAPTION or made.first.row or made.item or made.text.endswith(":"):
        return False
    smaller = made.first.size < SMALLER * measures.body
    other = smaller or made.first.font != measures.font
    if words <= MAX_NAMED and _is_named(made.text) and (other or words <= MAX_FOLLOWED):
        return True
    if not other or made.first.size > LARGER * measures.body:
        return False
    if not smaller and words > MAX_NAMED:
        return False
    return any(_is_beside(made, picture) for picture in pictures)


def _is_high(box: Figure) -> bool:
    return box.y1 - box.y0 > MIN_DRAWING


def _is_below_drawing(made: Paragraph, drawings: Sequence[Figure], measures: Measures) -> bool:
    """Whether a small text that is no sentence stands right below something drawn."""
    if ends_sentence(made.text) or not drawings:
        return False
    below = [one for one in drawings if made.first.top < one.y0 + made.first.size]
    return len(made.text.split()) <= MAX_NAMED and _is_caption(made, below, measures)


def _is_named(text: str) -> bool:
    """Whether a text begins as a caption does, or ends in who took the picture."""
    folded = text.casefold()
    for word in _words("captions"):
        if folded.startswith(word):
            rest = folded[len(word) :].lstrip(". ")
            if rest[:1] in (":", "/") or (rest[:1].isdigit() and folded[len(word)] in ". "):
                return True
        at = folded.rfind(f" {word}")
        if at > 0 and _CREDIT.match(folded[at + 1 :]) and len(folded[at:].split()) <= MAX_NAME:
            return folded[at + 1 + len(word) :].lstrip(". ")[:1] in (":", "/")
    return False


def _is_beside(made: Paragraph, picture: Figure) -> bool:
    """Whether a text stands right below a picture, or right above it."""
    left = min(line.x0 for line in made.lines)
    right = max(line.x1 for line in made.lines)
    shared = min(right, picture.x1) - max(left, picture.x0)
    if shared < 0.5 * (right - left) or left < picture.x0 - 3 * made.first.size:
        return False
    near = NEAR * made.first.size
    below = -0.5 * made.first.size < picture.y0 - made.first.top < near
    return below or 0 < made.last.bottom - picture.y1 < 0.5 * near


# --- signatures


def _signs_on_rule(made: Paragraph, levels: Sequence[Figure]) -> bool:
    """Whether names stand below the rules that somebody signs on."""
    pieces = [piece for line in made.lines for piece in line.pieces]
    if not all(_is_name(piece.text.partition(",")[0]) for piece in pieces):
        return False
    first = made.first
    return any(
        0 < level.y0 - first.base < UNDER_RULE * first.size + first.size
        and level.x0 < first.x1
        and level.x1 > first.x0
        for level in levels
    )


def _signature(shaped: Sequence[Shaped], place: int) -> Iterator[int]:
    """The blocks that sign a text, if they begin here: a name, and what office it has."""
    name = shaped[place]
    if name.made.first.row or name.shape not in (Shape.PARAGRAPH, Shape.HEADING):
        return
    lines = name.made.lines
    if not _is_name(lines[0].text.partition(",")[0]):
        return
    before = shaped[place - 1] if place else None
    ended = before is not None and (
        ends_sentence(before.made.text) or before.label == "signature" or _is_dated(before)
    )
    if not ended or before is None or before.made.first.page != lines[0].page:
        return
    texts = [line.text for line in lines]
    texts[0] = texts[0].partition(",")[2] or texts[0]
    at = [place]
    if len(lines) == 1 and not _has_office(texts) and place + 1 < len(shaped):
        below = shaped[place + 1]
        if not _stands_below(name.made.last, below.made.first):
            return
        at.append(place + 1)
        texts += [line.text for line in below.made.lines]
    if sum(len(text.split()) for text in texts) <= MAX_SIGNED and _has_office(texts):
        yield from at


def _is_dated(one: Shaped) -> bool:
    return bool(date_of_line(one.made.text))


def _stands_below(line: Line, following: Line) -> bool:
    near = 0 < line.base - following.base < NEAR * max(line.size, following.size)
    return near and line.page == following.page and abs(line.x0 - following.x0) < following.size


def _is_name(text: str) -> bool:
    """Whether words can be somebody's name: two to six with capitals, but for particles."""
    words = text.split()
    if not 2 <= len(words) <= MAX_NAME or text.isupper():
        return False
    return all(
        word.casefold() in _PARTICLES or (word[0].isupper() and _NAME.fullmatch(word))
        for word in words
    )


def _has_office(texts: Sequence[str]) -> bool:
    offices = _words("offices")
    for text in texts:
        words = text.casefold().split()
        if any(" ".join(words[at:]).startswith(offices) for at in range(min(3, len(words)))):
            return True
    return False


@cache
def _words(kind: str) -> tuple[str, ...]:
    source = files("progsearch").joinpath("data", "captions.toml")
    languages = tomllib.loads(source.read_text(encoding="utf-8"))[kind]
    return tuple(dict.fromkeys(word for words in languages.values() for word in words))
