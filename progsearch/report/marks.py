"""The words of a passage that matched: marked, and joined faintly where they belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from progsearch.clause import How
from progsearch.export.display import cut, merged, shown_text
from progsearch.report.markup import Node, el
from progsearch.search import Hit

__all__ = ["clipped", "marked", "marked_heading"]

_FIRST = re.compile(r"\S+")
_LAST = re.compile(r"\S+$")

_Piece = tuple[str, str]
"""A piece of a text, and what it is: ``word``, ``join`` for what lies between two, or nothing."""


def _pieces(hit: Hit) -> Iterator[_Piece]:
    text, spans = shown_text(hit)
    hows = [match.how for match in hit.matches if match.where == "text"]
    words, joins = [], []
    for (start, end), how in zip(spans, hows, strict=True):
        ends = _ends(text, start, end) if how is How.NEAR else None
        if ends is None:
            words.append((start, end))
        else:
            words += ends
            joins.append((start, end))
    for start, end, kind in _laid(merged(words), merged(joins), len(text)):
        yield text[start:end], kind


def _ends(text: str, start: int, end: int) -> list[tuple[int, int]] | None:
    """The first and the last word of a stretch: of words that are near each other, those that
    were looked for. Nothing where there is but one."""
    first, last = _FIRST.match(text, start, end), _LAST.search(text, start, end)
    if first is None or last is None or last.start() <= first.end():
        return None
    return [first.span(), last.span()]


def _laid(
    words: list[tuple[int, int]], joins: list[tuple[int, int]], size: int
) -> Iterator[tuple[int, int, str]]:
    """Stretches of a text in order, without gaps; what is a word is no join."""
    edges = sorted({0, size, *(edge for span in (*words, *joins) for edge in span)})
    for start, end in pairwise(edges):
        if any(low <= start and end <= high for low, high in words):
            yield start, end, "word"
        elif any(low <= start and end <= high for low, high in joins):
            yield start, end, "join"
        else:
            yield start, end, ""


def _node(piece: _Piece) -> Node:
    text, kind = piece
    if not kind:
        return text
    return el("mark", text) if kind == "word" else el("mark", text, class_="join")


def marked(hit: Hit) -> list[Node]:
    """The text of a passage with the words that matched."""
    return [_node(piece) for piece in _pieces(hit) if piece[0]]


def clipped(hit: Hit, most: int) -> list[Node]:
    """The same, of so many letters at most, around the first word that matched."""
    pieces = [piece for piece in _pieces(hit) if piece[0]]
    size = sum(len(text) for text, _ in pieces)
    if size <= most:
        return [_node(piece) for piece in pieces]
    text = "".join(text for text, _ in pieces)
    first = at = 0
    for part, kind in pieces:
        if kind == "word":
            first = at
            break
        at += len(part)
    start = _word_start(text, max(0, min(first - most // 3, size - most)))
    end = _word_end(text, start, min(size, start + most))
    found: list[Node] = ["… "] if start else []
    at = 0
    for part, kind in pieces:
        low, high = max(start, at), min(end, at + len(part))
        if low < high:
            found.append(_node((part[low - at : high - at], kind)))
        at += len(part)
    return [*found, " …"] if end < size else found


def _word_start(text: str, at: int) -> int:
    """Where the next word begins."""
    if at == 0 or text[at - 1].isspace():
        return at
    space = re.compile(r"\s").search(text, at)
    return space.end() if space and space.end() - at < 40 else at


def _word_end(text: str, start: int, at: int) -> int:
    """Where the word before ends."""
    if at == len(text) or text[at].isspace():
        return at
    space = max(text.rfind(" ", start, at), text.rfind("\n", start, at))
    return space if space > start and at - space < 40 else at


def marked_heading(hit: Hit) -> list[Node]:
    """The headings above a passage, with the words in them that matched."""
    path = "\n".join(hit.passage.headings)
    spans = merged((m.start, m.end) for m in hit.matches if m.where == "heading")
    return [
        el("mark", _path(text)) if matched else _path(text) for text, matched in cut(path, spans)
    ]


def _path(text: str) -> str:
    return text.replace("\n", " › ")
