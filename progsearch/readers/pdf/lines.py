"""Pieces of a part of a page to its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from progsearch.blocks.bullets import mark_of
from progsearch.readers.pdf.cells import put_rules
from progsearch.readers.pdf.layout import Line, Piece

__all__ = ["line_of", "lines_of"]

_SAME_LINE = 0.35
"""How far apart the bases of pieces of one line may be, in the smaller size."""


def lines_of(pieces: Iterable[Piece], page: int, region: tuple[int, ...]) -> Iterator[Line]:
    """The lines of a part of a page, the highest first."""
    opened: list[Piece] = []
    rows = 0
    for piece in sorted(pieces, key=lambda piece: (-piece.base, piece.x0)):
        if piece.cells:
            if opened:
                yield line_of(opened, page, region)
                opened = []
            rows += 1
            yield from _lines_of_row(piece, page, region, rows)
            continue
        if opened:
            main = max(opened, key=lambda other: other.size)
            if main.base - piece.base > _SAME_LINE * min(main.size, piece.size):
                yield line_of(opened, page, region)
                opened = []
        opened.append(piece)
    if opened:
        yield line_of(opened, page, region)


def _lines_of_row(row: Piece, page: int, region: tuple[int, ...], number: int) -> Iterator[Line]:
    """The lines of a row, cell by cell, with a rule behind each but the last, empty ones too."""
    done: list[Line] = []
    for place, cell in enumerate(row.cells):
        for line in lines_of(cell, page, region):
            line.cell = place
            done.append(line)
    put_rules(done)
    for line in done:
        line.row, line.part, line.opens = number, row.part, row.opens
    yield from done


def line_of(pieces: Sequence[Piece], page: int, region: tuple[int, ...]) -> Line:
    """The line that these pieces make."""
    pieces = sorted(pieces, key=lambda piece: piece.x0)
    text = " ".join(" ".join(piece.text.split()) for piece in pieces)
    main = max(pieces, key=lambda piece: (piece.letters, piece.size))
    letters = sum(len(piece.text) - piece.text.count(" ") for piece in pieces)
    bold = sum(piece.bold for piece in pieces)
    mark = mark_of(text)
    first = pieces[0]
    text_x0 = first.x0
    if len(pieces) > 1 and first.letters <= 1 and len(first.text.strip()) <= 6:
        text_x0 = pieces[1].x0
    elif mark is not None:
        text_x0 += (first.x1 - first.x0) * mark.end / max(1, len(first.text))
    return Line(
        page=page,
        pieces=pieces,
        region=region,
        text=text,
        x0=first.x0,
        x1=max(piece.x1 for piece in pieces),
        base=main.base,
        size=round(main.size, 1),
        font=main.font,
        bold=letters > 0 and bold >= 0.8 * letters,
        trailing=pieces[-1].trailing,
        text_x0=text_x0,
        kind=main.kind,
    )
