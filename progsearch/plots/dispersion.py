"""Where in documents something stands: a line a document, a stroke a place."""

from __future__ import annotations

import warnings
from pathlib import Path
from textwrap import wrap
from typing import Any

from progsearch import __version__
from progsearch.concordance import Dispersion
from progsearch.errors import ProgsearchError
from progsearch.plots.canvas import (
    DOT,
    GRID,
    INK,
    LINE,
    QUIET,
    WIDTH,
    check_picture,
    saved,
    settings,
    shortened,
)

__all__ = ["MOST", "barcode"]

MOST = 200
"""Documents of a picture: with more it is longer than any page, and nobody reads it."""

_ROW = 0.21
_NAMES, _COUNT = 2.9, 0.7  # inches beside the lines
_HEAD, _GROUP = 0.5, 0.26


def barcode(found: Dispersion, path: Path, title: str) -> None:
    """Draw a line for each document, from its beginning to its end, with a stroke a place.

    Documents of a group stand below its name. Raises ProgsearchError when matplotlib is not
    there, the file cannot be written, or there are none or more than :data:`MOST` documents.
    """
    check_picture(path)
    many = len(found.documents)
    if not many or many > MOST:
        what = "there is nothing to draw" if not many else f"{many:,} documents are too many"
        raise ProgsearchError(what, where="--plot", remedy="ask for something else, or filter")
    from matplotlib.figure import Figure

    groups = {group.values: " · ".join(group.labels) for group in found.groups}
    heads = len({row.group for row in found.documents}) if found.by else 0
    count = sum(len(row.places) for row in found.documents)
    told = (
        f"{count:,} places in {many:,} documents; each line is a document's source from its "
        f"beginning to its end. progsearch {__version__}, corpus {found.corpus_hash}"
    )
    notes = wrap(told, 124)
    below = 0.45 + LINE * len(notes)
    panel = _ROW * many + _GROUP * heads
    height = _HEAD + panel + below
    with settings(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(WIDTH, height), facecolor="white")
        wide = WIDTH - _NAMES - _COUNT
        axes = figure.add_axes(
            (_NAMES / WIDTH, below / height, wide / WIDTH, panel / height), frameon=False
        )
        axes.set_xlim(0, 1)
        axes.set_ylim(panel, 0)
        at, before = 0.0, None
        left = -(_NAMES - 0.16) / wide
        place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center"}
        for row in found.documents:
            if found.by and row.group != before:
                name = shortened(groups[row.group], 60)
                axes.text(left, at + _GROUP / 2, name, weight="bold", size=9, **place)
                at, before = at + _GROUP, row.group
            y = at + _ROW / 2
            axes.plot([0, 1], [y, y], color=GRID, linewidth=0.8, zorder=1, solid_capstyle="butt")
            axes.vlines(
                row.places, y - _ROW * 0.38, y + _ROW * 0.38, color=DOT, linewidth=0.7, zorder=2
            )
            name = row.document.title or row.file.rpartition("/")[2]
            axes.text(left, y, shortened(name, 42), size=7.5, color=INK, **place)
            axes.text(
                1 + (_COUNT - 0.15) / wide,
                y,
                f"{len(row.places):,}",
                size=7.5,
                color=QUIET,
                ha="right",
                **place,
            )
            at += _ROW
        axes.set_yticks([])
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["start", "¼", "½", "¾", "end"])
        axes.tick_params(length=0, pad=3, labelsize=8, labelcolor=QUIET)
        figure.text(0.02, 1 - 0.12 / height, shortened(title, 80), va="top", size=12, weight="bold")
        figure.text(0.02, 0.08 / height, "\n".join(notes), va="bottom", size=7.5, color=QUIET)
        saved(figure, path)
