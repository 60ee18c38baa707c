"""A second look at the blocks of a document, whatever its format: what is too long for one
statement is cut at the lists, lines and paragraphs inside of it, and numbers alone are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.blocks.bullets import inner_marks, marks_of, numbering
from progsearch.blocks.edges import trimmed
from progsearch.blocks.lines import Line, lines_of, unified
from progsearch.blocks.marks import has_words, masked, plain
from progsearch.blocks.wrapping import apart
from progsearch.model import Block, Shape

__all__ = ["MAX_WORDS", "longest", "recut"]

MAX_WORDS = 250
"""Words of a passage; a longer one holds more than one statement."""
MIN_LINES = 3

MIN_NOTES = 3
MAX_STEP = 4

_NOTE = re.compile(r"[.!?…][)\]”“\"'»’]*[ \t\u00a0]+(\d{1,4})$")
_IS_YEAR = re.compile(r"(?:19|20)\d\d$")
_TEXT = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE, Shape.FIELD))
_ROWS = frozenset(("row", "note"))

_Piece = tuple[int, int, Shape, str]


def recut(text: str, blocks: Sequence[Block], *, by_lines: bool = False) -> list[Block]:
    """The blocks of a text, those that are too long in pieces, and numbers alone set aside.

    ``by_lines`` says that the ends of lines are those of the file: a paragraph of lines that
    nobody wrapped has one for each.
    """
    if not blocks:
        return []
    source = unified(text)
    blocks = _without_notes(source, blocks)
    hidden = ""
    done: list[Block] = []
    for block in blocks:
        if block.shape not in _TEXT or block.code:
            done.append(block)
            continue
        inside = source[block.start : block.end]
        if not any(map(str.isalpha, inside)):
            done.append(replace(block, shape=Shape.NAVIGATION, level=0))
            continue
        long = _words(inside) > MAX_WORDS
        lined = by_lines and block.shape is Shape.PARAGRAPH and inside.count("\n") >= MIN_LINES - 1
        if block.label in _ROWS or not (long or lined):
            done.append(block)
            continue
        hidden = hidden or masked(source)
        done += _cut(hidden, block, long=long)
    return done


def _without_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the numbers of notes behind their last sentences, set aside.

    They rise from block to block; a single number, or years, may belong to the text.
    """
    found: list[tuple[int, int, int]] = []  # block, place of the number, number
    for place, block in enumerate(blocks):
        if block.shape in _TEXT and not block.code and block.label not in _ROWS:
            note = _NOTE.search(text, max(block.start, block.end - 12), block.end)
            if note and not _IS_YEAR.match(note[1]):
                found.append((place, note.start(1), int(note[1])))
    runs: list[list[tuple[int, int, int]]] = []
    for one in found:
        if runs and 0 < one[2] - runs[-1][-1][2] <= MAX_STEP:
            runs[-1].append(one)
        else:
            runs.append([one])
    told = {place: at for run in runs if len(run) >= MIN_NOTES for place, at, _ in run}
    done: list[Block] = []
    for place, block in enumerate(blocks):
        if place not in told:
            done.append(block)
            continue
        at = told[place]
        done.append(replace(block, end=block.start + len(text[block.start : at].rstrip())))
        done.append(Block(Shape.NAVIGATION, at, block.end, label="note"))
    return done


def longest(text: str, blocks: Sequence[Block]) -> tuple[int, int, int]:
    """How many blocks are too long for a statement, and the place and words of the longest."""
    count = words = place = 0
    for block in blocks:
        if block.shape not in _TEXT or block.code or block.end - block.start < 2 * MAX_WORDS:
            continue
        size = len(plain(text[block.start : block.end]).split())
        if size > MAX_WORDS:
            count += 1
            if size > words:
                words, place = size, block.start
    return count, place, words


def _words(text: str) -> int:
    return len(text.split()) if len(text) > 2 * MAX_WORDS else 0


def _cut(text: str, block: Block, *, long: bool) -> Iterator[Block]:
    whole: _Piece = (block.start, block.end, block.shape, block.label)
    pieces = [whole]
    for step in (_by_paragraphs, _by_marks, _by_lines, _by_inner_marks) if long else (_by_lines,):
        further: list[_Piece] = []
        for piece in pieces:
            needed = not long or _words(text[piece[0] : piece[1]]) > MAX_WORDS
            further += step(text, piece) if needed else [piece]
        pieces = further
    kept = []
    for start, end, shape, label in pieces:
        begin, stop, _ = trimmed(text, start, end)
        if begin < stop and has_words(text[begin:stop]):
            level = (block.level or 1) if shape is Shape.ITEM else block.level
            mark = numbering(label) if shape is Shape.ITEM and label != block.label else block.mark
            kept.append(
                replace(
                    block, shape=shape, start=begin, end=stop, level=level, label=label, mark=mark
                )
            )
    yield from kept if len(kept) > 1 else [block]


def _lines(text: str, piece: _Piece) -> list[Line]:
    return [
        Line(line.start + piece[0], line.end + piece[0], line.text)
        for line in lines_of(text[piece[0] : piece[1]])
    ]


def _between(piece: _Piece, begins: Sequence[tuple[int, int, Shape, str]]) -> Iterator[_Piece]:
    """The pieces that begin at these places, each up to the mark of the next."""
    ends = [begin for begin, *_ in begins[1:]] + [piece[1]]
    for (_, start, shape, label), end in zip(begins, ends, strict=True):
        yield start, end, shape, label


def _by_paragraphs(text: str, piece: _Piece) -> Iterator[_Piece]:
    begins = [(piece[0], piece[0], piece[2], piece[3])]
    blank = False
    for line in _lines(text, piece):
        if not line.text:
            blank = True
        elif blank:
            begins.append((line.start, line.start, piece[2], ""))
            blank = False
    yield from _between(piece, begins)


def _by_marks(text: str, piece: _Piece) -> Iterator[_Piece]:
    lines = _lines(text, piece)
    begins = [(piece[0], piece[0], piece[2], piece[3])]
    shape = piece[2] if piece[2] in (Shape.FIELD, Shape.QUOTE) else Shape.ITEM
    for line, mark in zip(lines, marks_of([line.text for line in lines]), strict=True):
        if mark is not None:
            label = piece[3] if shape is Shape.FIELD else mark.label
            begins.append((line.start, line.start + mark.end, shape, label))
    yield from _between(piece, begins)


def _by_lines(text: str, piece: _Piece) -> Iterator[_Piece]:
    lines = [line for line in _lines(text, piece) if line.text]
    begins = [(piece[0], piece[0], piece[2], piece[3])]
    for line, begun in zip(lines[1:], apart([line.text for line in lines])[1:], strict=False):
        if begun:
            begins.append((line.start, line.start, piece[2], piece[3]))
    yield from _between(piece, begins)


def _by_inner_marks(text: str, piece: _Piece) -> Iterator[_Piece]:
    begins = [(piece[0], piece[0], piece[2], piece[3])]
    shape = piece[2] if piece[2] in (Shape.FIELD, Shape.QUOTE) else Shape.ITEM
    label = piece[3] if shape is Shape.FIELD else ""
    for start, _ in inner_marks(text[piece[0] : piece[1]]):
        begins.append((piece[0] + start, piece[0] + start, shape, label))
    yield from _between(piece, begins)
