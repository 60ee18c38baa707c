"""Bullets that are drawn and not written: small figures before lines, as designers set them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from progsearch.readers.pdf.layout import Piece

__all__ = ["Figure", "figures_of", "mark_bulleted"]

MAX_OBJECTS = 4_000
"""A page with more is a map or a chart."""
MAX_FIGURES = 200
MIN_SIDE, MAX_SIDE = 1.5, 40.0
"""Points; how large a figure is that may be a bullet."""
MIN_ALIKE = 2
SAME_SIZE = 0.6
FAR = 2.5
"""How far from its text a bullet stands at most, in sizes of the letters."""


class Figure(NamedTuple):
    """A small figure on a page: its edges in points."""

    x0: float
    y0: float
    x1: float
    y1: float


def figures_of(raw: Any, page: Any) -> list[Figure]:  # noqa: ANN401 - of a library
    """The small figures of a page that stands upright."""
    count = raw.FPDFPage_CountObjects(page)
    if page.get_rotation() or not 0 < count <= MAX_OBJECTS:
        return []
    first, lowest, _, _ = page.get_bbox()
    kinds = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING)
    edges = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(edge) for edge in edges]
    found = []
    for number in range(count):
        item = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(item) not in kinds:
            continue
        if not raw.FPDFPageObj_GetBounds(item, *places):
            continue
        x0, y0, x1, y1 = (edge.value for edge in edges)
        if MIN_SIDE <= x1 - x0 <= MAX_SIDE and MIN_SIDE <= y1 - y0 <= MAX_SIDE:
            found.append(Figure(x0 - first, y0 - lowest, x1 - first, y1 - lowest))
    return found


def mark_bulleted(pieces: Sequence[Piece], figures: Sequence[Figure]) -> None:
    """Note with the pieces before which a drawn bullet stands that it does.

    Figures are bullets when several of one size stand before the beginnings of lines.
    """
    before: list[tuple[Figure, Piece]] = []
    for figure in list(dict.fromkeys(figures))[:MAX_FIGURES]:
        middle = (figure.y0 + figure.y1) / 2
        beside = [
            piece
            for piece in pieces
            if piece.bottom < middle < piece.top
            and 0 < piece.x0 - figure.x1 < FAR * piece.size
            and figure.y1 - figure.y0 < 1.5 * piece.size
        ]
        covered = any(
            piece.x0 < figure.x1 and piece.x1 > figure.x0 and piece.bottom < middle < piece.top
            for piece in pieces
        )
        if beside and not covered:
            before.append((figure, min(beside, key=lambda piece: piece.x0)))
    sizes = Counter(_size(figure) for figure, _ in before)
    for figure, piece in before:
        if sizes[_size(figure)] >= MIN_ALIKE:
            piece.bulleted = True


def _size(figure: Figure) -> tuple[int, int]:
    return round((figure.x1 - figure.x0) / SAME_SIZE), round((figure.y1 - figure.y0) / SAME_SIZE)
