"""What is drawn on a page and not written: bullets before lines, rules of tables, pictures."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Sequence
from typing import Any

from progsearch.readers.pdf.layout import Drawn, Figure, Piece
from progsearch.readers.pdf.turning import placed

__all__ = ["drawn_on", "mark_bulleted"]

MAX_OBJECTS = 4_000
"""A page with more is a map or a chart."""
MAX_FIGURES = 200
MIN_SIDE, MAX_SIDE = 1.5, 40.0
"""Points; how large a figure is that may be a bullet."""
THIN = 3.5
MIN_RULE = 8.0
"""Points; how thick a rule is at most, and how long at least."""
MIN_HIGH = 24.0
"""How high a box is at least that holds a heading and a text."""
MAX_RULES = 1_000
MAX_CLIPS = 20
GROUND = 0.9
MIN_ALIKE = 2
SAME_SIZE = 0.6
FAR = 2.5
"""How far from its text a bullet stands at most, in sizes of the letters."""


def drawn_on(raw: Any, page: Any, held: int) -> Drawn:  # noqa: ANN401 - of a library
    """What is drawn on a page that is ``held`` turned by so many degrees."""
    count = raw.FPDFPage_CountObjects(page)
    found = Drawn()
    if not 0 < count <= MAX_OBJECTS:
        return found
    whole = page.get_bbox()
    _, _, width, height = placed(whole, whole, held)
    image, path = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH
    kinds = (path, image, raw.FPDF_PAGEOBJ_SHADING)
    edges = [ctypes.c_float() for _ in range(4)]
    places = [ctypes.byref(edge) for edge in edges]
    for number in range(count):
        item = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(item)
        if kind not in kinds or not raw.FPDFPageObj_GetBounds(item, *places):
            continue
        x0, y0, x1, y1 = (edge.value for edge in edges)
        one = Figure(*placed((x0, y0, x1, y1), whole, held))
        wide, high = one.x1 - one.x0, one.y1 - one.y0
        if MIN_SIDE <= wide <= MAX_SIDE and MIN_SIDE <= high <= MAX_SIDE:
            found.figures.append(one)
        if kind == image and min(wide, high) > MAX_SIDE:
            seen = _clipped(raw, item, (x0, y0, x1, y1))
            found.pictures.append(Figure(*placed(seen, whole, held)))
        elif kind == path:
            _add_edges(found, one, width, height)
        if (
            kind != image
            and wide > MAX_SIDE
            and high > MIN_HIGH
            and not _is_ground(one, width, height)
        ):
            found.boxes.append(one)
    if max(len(found.levels), len(found.walls)) > MAX_RULES:
        found.levels, found.walls = [], []
    return found


def _clipped(
    raw: Any,  # noqa: ANN401
    item: Any,  # noqa: ANN401
    edges: tuple[float, float, float, float],
) -> tuple[float, float, float, float]:
    """What is seen of a picture within the frames that cut it."""
    left, low, right, high = edges
    clip = raw.FPDFPageObj_GetClipPath(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(MAX_CLIPS, raw.FPDFClipPath_CountPaths(clip))):
        xs, ys = [], []
        for place in range(min(MAX_CLIPS, raw.FPDFClipPath_CountPathSegments(clip, path))):
            segment = raw.FPDFClipPath_GetPathSegment(clip, path, place)
            if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                xs.append(x.value)
                ys.append(y.value)
        if xs and min(xs) < right and max(xs) > left and min(ys) < high and max(ys) > low:
            left, right = max(left, min(xs)), min(right, max(xs))
            low, high = max(low, min(ys)), min(high, max(ys))
    return left, low, right, high


def _is_ground(one: Figure, width: float, height: float) -> bool:
    return one.x1 - one.x0 > GROUND * width and one.y1 - one.y0 > GROUND * height


def _add_edges(found: Drawn, one: Figure, width: float, height: float) -> None:
    """Take a rule, or the edges of a box; what is as large as the page is its ground."""
    wide, high = one.x1 - one.x0, one.y1 - one.y0
    if _is_ground(one, width, height):
        return
    if high <= THIN and wide > MIN_RULE:
        found.levels.append(one)
    elif wide <= THIN and high > MIN_RULE:
        found.walls.append(one)
    elif wide > MIN_RULE and high > MIN_RULE:
        found.levels.append(one._replace(y0=one.y1))
        found.levels.append(one._replace(y1=one.y0))
        found.walls.append(one._replace(x1=one.x0))
        found.walls.append(one._replace(x0=one.x1))


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
