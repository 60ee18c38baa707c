"""What a page in Markdown with HTML in it is made of: tags of blocks, and text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from progsearch.blocks.bullets import Mark, marks_of
from progsearch.blocks.marks import BLOCK_TAG, INLINE_TAG, plain

__all__ = ["ATX", "BLANKS", "BOLD_LINE", "FOLD", "NOTES", "RULE", "Piece", "Tag", "events", "folds"]
__all__ += ["line_marks"]

ATX = re.compile(r"(#{1,6})(?:[ \t\u00a0]+|$)|(#{2,6})(?=[^\s#])")
RULE = re.compile(r"(?:[-_*=][ \t]*){3,}$")
BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).){1,300}\1[ \t]*:?[ \t]*$")
NOTES = "notes:"
"""Before the name of an element that holds foot- or endnotes."""
_NOTES = re.compile(
    r"""\b(?:role|epub:type)\s*=\s*["']?(?:doc-)?(?:foot|end|rear)notes?\b"""
    r"""|\bclass\s*+=\s*+["']?+[^"'<>]{0,200}?"""
    r"""\b(?:footnotes?|endnotes?|footnote-definition)(?![\w-])""",
    re.IGNORECASE,
)
_HOLDS = frozenset(("aside", "div", "li", "ol", "p", "section"))
FOLD = "fold"
"""The label of a heading that opens and closes what stands below it."""
_FOLDS = re.compile(r"aria-(?:expanded|controls)|accordion|collaps|toggle|harmonika", re.IGNORECASE)
_TITLES = ("div", "p")
"""Elements that builders of pages make the title of what they open, in place of a button."""
_IS_BUTTON = re.compile(r"""\brole\s*=\s*["']?(?:button|tab)(?![\w-])""", re.IGNORECASE)
_OPENS = re.compile(r"\baria-(?:expanded|controls)\b", re.IGNORECASE)
_MENU = re.compile(r"\baria-haspopup\b", re.IGNORECASE)
MAX_TITLE, MAX_TITLE_WORDS = 1_500, 25
"""Characters of such a title, with its tags, and its words: a longer one holds what it opens."""
BLANKS = " \t\u00a0\u200b\ufeff\r"


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that begins or ends a block."""

    name: str
    closing: bool
    start: int

    @property
    def ends(self) -> frozenset[str]:
        """The names of what it may end, if it does."""
        folds = {FOLD} if self.name in ("button", *_TITLES) else set()
        return frozenset((self.name, f"{NOTES}{self.name}", *folds))


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between tags and line ends; ``fresh`` at the beginning of a line."""

    start: int
    end: int
    fresh: bool
    whole: bool  # the whole of a line


def folds(tag: str) -> bool:
    """Whether a tag is of a button that opens what stands below it: its text is a heading."""
    return tag[:7].lower() == "<button" and _FOLDS.search(tag) is not None


def _is_title(tag: re.Match[str]) -> bool:
    """Whether a tag is of no button, and stands for one that opens what stands below it."""
    name = tag[2].lower()
    if tag[1] or name not in _TITLES or not _IS_BUTTON.search(tag[0]):
        return False
    if not _OPENS.search(tag[0]) or _MENU.search(tag[0]):
        return False
    depth = 1
    for other in BLOCK_TAG.finditer(tag.string, tag.end(), tag.end() + MAX_TITLE):
        if other[2].lower() == name:
            depth += -1 if other[1] else 1
        if not depth:
            words = plain(tag.string[tag.end() : other.start()])
            return len(words.split()) <= MAX_TITLE_WORDS
    return False


def _name(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in _HOLDS and not tag[1] and _NOTES.search(tag[0]):
        return NOTES + name
    return FOLD if folds(tag[0]) or _is_title(tag) else name


def events(
    text: str, start: int, end: int, whole: Sequence[tuple[int, int]] = ()
) -> Iterator[Tag | Piece]:
    """The tags of ``text[start:end]`` and the pieces of lines between them, in order.

    Lines that are ``whole`` are one piece, whatever tags they have.
    """
    at = start
    kept = iter([*whole, (end, end)])
    line = next(kept)
    for tag in BLOCK_TAG.finditer(text, start, end):
        while tag.start() >= line[1] < end:
            line = next(kept)
        if tag.start() >= line[0]:
            continue
        yield from _pieces(text, at, tag.start(), start)
        yield Tag(_name(tag), bool(tag[1]), tag.start())
        at = tag.end()
    yield from _pieces(text, at, end, start)


def _pieces(text: str, at: int, end: int, first: int) -> Iterator[Piece]:
    while at <= end:
        stop = text.find("\n", at, end)
        line_end = end if stop < 0 else stop
        fresh = at == first or text[at - 1] == "\n"
        yield Piece(at, line_end, fresh, fresh and stop >= 0)
        if stop < 0:
            return
        at = stop + 1


def line_marks(text: str, found: Sequence[Tag | Piece], *, markdown: bool) -> dict[int, Mark]:
    """The marks that begin lines, by the place where the line's text begins.

    They end at places of ``text``. In a page of the web a line begins after a tag only.
    """
    lines: list[str] = []
    places: list[tuple[int, int]] = []  # of the text, and without the tags that open it
    begun = True
    for event in found:
        if isinstance(event, Tag):
            begun = True
            if event.name != "br":
                lines.append("")
                places.append((0, 0))
            continue
        content = text[event.start : event.end]
        bare = content.strip(BLANKS)
        if not bare:
            if event.whole and markdown:
                lines.append("")
                places.append((0, 0))
            continue
        if begun or (markdown and event.fresh):
            at = event.start + content.index(bare)
            inner, stop = at, at + len(bare)
            while tag := INLINE_TAG.match(text, inner, stop):
                inner = tag.end()
                inner += len(text[inner:stop]) - len(text[inner:stop].lstrip())
            heads = markdown and _stands_alone(text, at, stop)
            lines.append("" if heads else text[inner:stop])
            places.append((at, inner))
        begun = False
    told = zip(places, marks_of(lines, markdown=markdown), strict=True)
    return {
        at: mark._replace(end=inner + mark.end) for (at, inner), mark in told if mark is not None
    }


def _stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether a line is a heading or a rule, so that the next one opens a paragraph."""
    return any(pattern.match(text, begin, end) for pattern in (ATX, RULE, BOLD_LINE))
