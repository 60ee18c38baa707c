"""Pictures of a comparison for an article: a heat map and a chart, as SVG or PNG.

They need matplotlib, which ``pip install progsearch[plot]`` brings along, and which is loaded
only when a picture is drawn. The same comparison gives the same picture, byte for byte.
"""

from __future__ import annotations

import os
import tempfile
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch import __version__
from progsearch.compare import Cell, Comparison
from progsearch.errors import ProgsearchError
from progsearch.report import Names, ui_language
from progsearch.report.chart import overall, ranked, scale_of
from progsearch.report.heatmap import limits_of, steps_named
from progsearch.report.markup import readable
from progsearch.report.model import Pair
from progsearch.report.palette import LIGHT, step

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "chart", "check_picture", "heat_map"]

FORMATS = (".svg", ".png")
"""What the name of a picture can end in."""

DPI = 200
"""Dots per inch of a PNG: 1,600 across, enough for two columns of print."""

WIDTH = 8.0
"""Inches; heights follow from the number of groups and questions. All lengths are in inches."""

_ROW, _NARROW_ROW = 0.4, 0.27
_HEAD = 0.55  # the title
_LEFT = 2.35  # names of groups
_LETTER = 0.076  # a letter, on average
_LINE = 0.155
_INK, _QUIET, _GRID, _DOT = "#14202b", "#4a5968", "#dde3e9", "#00508a"
_SILENT = "#f0f2f4"
_SETTINGS: Any = {
    # The one family that matplotlib brings along: with all Czech and Swedish letters.
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    # Letters as outlines look the same where that family is not installed.
    "svg.fonttype": "path",
    "svg.hashsalt": "progsearch",
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    # A dollar sign in a party's name is one, and begins no formula.
    "text.parse_math": False,
}


def check_picture(path: Path) -> None:
    """Raise ProgsearchError unless a picture with that name can be drawn."""
    if path.suffix.lower() not in FORMATS:
        raise ProgsearchError(
            "no format for pictures", where=str(path), remedy=f"end it in {' or '.join(FORMATS)}"
        )
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise ProgsearchError(
            "pictures need matplotlib",
            where="--plot",
            remedy="run: pip install progsearch[plot]",
        ) from None


def heat_map(comparison: Comparison, path: Path, lang: str = "en") -> None:
    """Draw the rates of all questions and groups as a table with colours.

    ``lang`` is the language of the picture, ``path`` ends in ``.svg`` or ``.png``. Raises
    ProgsearchError when matplotlib is not there or the file cannot be written.
    """
    check_picture(path)
    names = Names(comparison, ui_language(lang))
    groups, questions = names.groups(), list(names.numbered())
    wide = WIDTH - _LEFT - 0.15
    letters = int(wide / max(1, len(questions)) / _LETTER)
    heads = [_wrapped(question.label, letters, 4) for _, question, _ in questions]
    notes = _notes(names, [])
    legend = 0.45
    bottom = 0.2 + _LINE * len(notes) + legend
    tall = _ROW * max(1, len(groups))
    top = _HEAD + 0.1 + _LINE * max((head.count("\n") + 1 for head in heads), default=1)
    height = bottom + tall + top
    with _figure(height) as figure:
        axes = figure.add_axes((_LEFT / WIDTH, bottom / height, wide / WIDTH, tall / height))
        axes.set_xlim(0, max(1, len(questions)))
        axes.set_ylim(max(1, len(groups)), 0)
        limits = limits_of(comparison.cells)
        for at, _, pairs in questions:
            for number, _, cell in pairs:
                _square(axes, names, at - 1, number - 1, cell, limits)
        axes.set_xticks([at - 0.5 for at, _, _ in questions], heads)
        rows = [_wrapped(names.group(group), 30, 2) for group in groups]
        axes.set_yticks([at + 0.5 for at in range(len(groups))], rows)
        axes.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
        axes.spines[:].set_visible(False)
        _title(figure, height, names)
        _legend(figure, height, bottom - legend, names, limits)
        _below(figure, height, notes)
        _save(figure, path)


def chart(comparison: Comparison, path: Path, lang: str = "en") -> None:
    """Draw the rates of each question as dots, with their 95 % intervals as lines.

    ``lang`` is the language of the picture, ``path`` ends in ``.svg`` or ``.png``. Raises
    ProgsearchError when matplotlib is not there or the file cannot be written.
    """
    check_picture(path)
    names = Names(comparison, ui_language(lang))
    questions = list(names.numbered())
    labels = [_wrapped(names.group(group), 30, 2) for group in names.groups()]
    row = _ROW if any("\n" in label for label in labels) else _NARROW_ROW
    panel = row * max(1, len(labels))
    signs = [names.lang.text("picture_interval")]
    if any(_goes_beyond(comparison.cells_of(one.id)) for one in comparison.themes):
        signs.append(names.lang.text("chart_cut"))
    notes = _notes(names, signs)
    bottom = 0.25 + _LINE * len(notes)
    height = bottom + (panel + 0.75) * len(questions) + _HEAD
    with _figure(height) as figure:
        for at, question, pairs in questions:
            low = height - _HEAD - (panel + 0.75) * at + 0.4
            axes = figure.add_axes((_LEFT / WIDTH, low / height, 0.58, panel / height))
            _intervals(axes, names, ranked(pairs))
            axes.set_title(_shortened(question.label, 70), loc="left", size=10, weight="bold")
        _title(figure, height, names)
        _below(figure, height, notes)
        _save(figure, path)


def _goes_beyond(cells: Sequence[Cell]) -> bool:
    end = scale_of(cells).end
    return any(cell.high > end for cell in cells)


def _square(axes: Axes, names: Names, x: int, y: int, cell: Cell, limits: Sequence[float]) -> None:
    from matplotlib.patches import Rectangle

    at = step(cell.rate_per_1000, limits)
    colour = "white" if cell.small else LIGHT.steps[at - 1] if at else _SILENT
    ink = _INK if cell.small or not at else LIGHT.inks[at - 1]
    inner = (x + 0.015, y + 0.03), 0.97, 0.94
    axes.add_patch(Rectangle(*inner, facecolor=colour, edgecolor=_GRID, linewidth=0.5))
    text = names.rate(cell) if cell.passages else "(0)" if cell.small else "0"
    axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", color=ink)


def _intervals(axes: Axes, names: Names, rows: Sequence[Pair]) -> None:
    cells = [cell for _, _, cell in rows]
    scale, ui = scale_of(cells), names.lang
    axes.set_xlim(0, scale.end)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(overall(cells), color=_QUIET, linestyle=(0, (4, 3)), linewidth=0.8, zorder=1)
    for y, cell in enumerate(cells):
        face = "white" if cell.small else _DOT
        width = 0.8 if cell.small else 1.8
        high = min(cell.high, scale.end)
        axes.hlines(y, cell.low, high, color=_DOT, linewidth=width, zorder=2)
        if cell.high > scale.end:
            axes.plot(scale.end, y, ">", ms=4, color=_DOT, clip_on=False, zorder=2)
        rate = cell.rate_per_1000
        axes.plot(rate, y, "o", ms=5.5, mfc=face, mec=_DOT, mew=1.2, clip_on=False, zorder=3)
        beside = ("axes fraction", "data")
        axes.annotate(names.rate(cell), (1.16, y), xycoords=beside, ha="right", va="center")
    axes.set_yticks(range(len(rows)), [_wrapped(names.group(one), 30, 2) for _, one, _ in rows])
    axes.set_xticks(scale.marks, [ui.number(mark, int(mark % 1 > 0)) for mark in scale.marks])
    axes.tick_params(length=0, pad=7)
    axes.tick_params(axis="x", labelcolor=_QUIET, labelsize=8, pad=3)
    axes.grid(axis="x", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)


def _title(figure: Figure, height: float, names: Names) -> None:
    text = f"{names.lang.text('picture_title')}, {names.by}"
    figure.text(0.02, 1 - 0.12 / height, _wrapped(text, 80, 2), va="top", size=12, weight="bold")


def _legend(
    figure: Figure, height: float, bottom: float, names: Names, limits: Sequence[float]
) -> None:
    """What the colours stand for, as a row of small squares."""
    from matplotlib.patches import Rectangle

    x = 0.16
    for at, text in steps_named(names, limits):
        square = (x / WIDTH, (bottom + 0.1) / height), 0.2 / WIDTH, 0.14 / height
        colour = LIGHT.steps[at - 1] if at else _SILENT
        figure.add_artist(Rectangle(*square, facecolor=colour, edgecolor=_GRID, linewidth=0.5))
        place = (x + 0.25) / WIDTH, (bottom + 0.17) / height
        figure.text(*place, text, va="center", size=7.5, color=_QUIET)
        x += 0.4 + 0.064 * len(text)


def _notes(names: Names, further: Sequence[str]) -> list[str]:
    """What stands below a picture: what its signs mean, and where the numbers are from."""
    comparison, ui = names.comparison, names.lang
    notes = list(further)
    if any(group.small for group in comparison.groups):
        key = "chart_small" if further else "legend_small"
        notes.append(ui.text(key, few=names.few))
    passages = sum(group.passages for group in comparison.groups)
    source = ui.text(
        "picture_source",
        version=__version__,
        hash=comparison.corpus_hash,
        scope=ui.counted("passages", passages),
    )
    return [line for note in (*notes, source) for line in textwrap.wrap(note, 120)]


def _below(figure: Figure, height: float, notes: Sequence[str]) -> None:
    figure.text(0.02, 0.08 / height, "\n".join(notes), va="bottom", size=7.5, color=_QUIET)


def _wrapped(text: str, letters: int, lines: int) -> str:
    letters = max(4, letters)
    found = textwrap.wrap(readable(text), letters)
    if len(found) > lines:
        found = [*found[: lines - 1], _shortened(" ".join(found[lines - 1 :]), letters)]
    return "\n".join(found)


def _shortened(text: str, most: int) -> str:
    text = readable(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@contextmanager
def _figure(height: float) -> Iterator[Figure]:
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        # Letters that the family lacks are drawn as boxes.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield Figure(figsize=(WIDTH, height), facecolor="white")


def _save(figure: Figure, path: Path) -> None:
    """Write a picture aside, and then in the place of the old one."""
    drawn = BytesIO()
    kind = path.suffix.lower().removeprefix(".")
    # The day of drawing would make each file another one.
    metadata = {"Date": None} if kind == "svg" else {"Software": f"progsearch {__version__}"}
    figure.savefig(drawn, format=kind, dpi=DPI, metadata=metadata)
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(drawn.getvalue())
                out.flush()
                os.fsync(out.fileno())
            aside = Path(name)
            aside.chmod(0o644)
            aside.replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise ProgsearchError(
            f"cannot be written: {error.strerror}", where=str(path), remedy="choose another file"
        ) from None
