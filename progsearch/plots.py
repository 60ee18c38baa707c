"""Pictures of a comparison for an article: a heat map and a chart, as SVG or PNG.

They need matplotlib, which ``pip install progsearch[plot]`` brings along, and which is loaded
only when a picture is drawn. The same comparison gives the same file, byte for byte.
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
from progsearch.report import Names, UiLanguage, ui_language
from progsearch.report.chart import overall, ranked, scale_of
from progsearch.report.heatmap import limits_of
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
"""Dots per inch of a PNG: 1,600 for a picture of 8 inches, enough for two columns of print."""

WIDTH = 8.0
"""Inches; heights follow from the number of groups and questions."""

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
    # A dollar sign in a party's name is one, and begins no formula.
    "text.parse_math": False,
}
_WRAP = 18  # letters of a question in a column's head


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
    ui = ui_language(lang)
    names = Names(comparison, ui)
    groups, questions = names.groups(), list(names.numbered())
    height = 1.5 + 0.4 * len(groups) + 0.16 * _lines(one.label for _, one, _ in questions)
    with _figure(height) as figure:
        axes = figure.add_axes((0.3, 0.9 / height, 0.68, 0.4 * len(groups) / height))
        axes.set_xlim(0, len(questions))
        axes.set_ylim(len(groups), 0)
        limits = limits_of(comparison.cells)
        for at, _, pairs in questions:
            for number, _, cell in pairs:
                _square(axes, ui, at - 1, number - 1, cell, limits)
        heads = [_wrapped(question.label) for _, question, _ in questions]
        axes.set_xticks([at - 0.5 for at, _, _ in questions], heads)
        axes.tick_params(axis="x", top=False, labeltop=True, bottom=False, labelbottom=False)
        rows = [_shortened(names.group(group), 36) for group in groups]
        axes.set_yticks([at + 0.5 for at in range(len(groups))], rows)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        _title(figure, height, f"{ui.text('chart_axis').capitalize()}, {names.by}")
        notes = [ui.text("legend_small", few=names.few)] if _any_small(comparison) else []
        _source(figure, height, names, notes)
        _save(figure, path)


def chart(comparison: Comparison, path: Path, lang: str = "en") -> None:
    """Draw the rates of each question as dots, with their 95 % intervals as lines.

    ``lang`` is the language of the picture, ``path`` ends in ``.svg`` or ``.png``. Raises
    ProgsearchError when matplotlib is not there or the file cannot be written.
    """
    check_picture(path)
    ui = ui_language(lang)
    names = Names(comparison, ui)
    questions = list(names.numbered())
    panel = 0.26 * len(comparison.groups) + 0.75
    height = 1.2 + panel * len(questions)
    with _figure(height) as figure:
        for at, question, pairs in questions:
            bottom = height - 0.55 - panel * at + 0.4
            place = (0.34, bottom / height, 0.6, (panel - 0.75) / height)
            axes = figure.add_axes(place)
            _intervals(axes, names, ranked(pairs))
            axes.set_title(_shortened(question.label, 70), loc="left", size=10, weight="bold")
        _title(figure, height, f"{ui.text('chart_axis').capitalize()}, {names.by}")
        notes = [ui.text("picture_interval")]
        if _any_small(comparison):
            notes.append(ui.text("chart_small", few=names.few))
        _source(figure, height, names, notes)
        _save(figure, path)


def _square(
    axes: Axes, ui: UiLanguage, x: int, y: int, cell: Cell, limits: Sequence[float]
) -> None:
    from matplotlib.patches import Rectangle

    at = step(cell.rate_per_1000, limits)
    colour = "white" if cell.small else LIGHT.steps[at - 1] if at else _SILENT
    ink = _INK if cell.small or not at else LIGHT.inks[at - 1]
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, edgecolor="white", linewidth=1.5))
    text = ui.number(cell.rate_per_1000, 1) if cell.passages else "0"
    axes.text(
        x + 0.5,
        y + 0.5,
        f"({text})" if cell.small else text,
        ha="center",
        va="center",
        color=ink,
    )


def _intervals(axes: Axes, names: Names, rows: Sequence[Pair]) -> None:
    cells = [cell for _, _, cell in rows]
    scale, ui = scale_of(cells), names.lang
    axes.set_xlim(0, scale.end)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.axvline(overall(cells), color=_QUIET, linestyle=(0, (4, 3)), linewidth=0.8, zorder=1)
    for y, cell in enumerate(cells):
        face = "white" if cell.small else _DOT
        width = 0.8 if cell.small else 1.8
        axes.hlines(y, cell.low, min(cell.high, scale.end), color=_DOT, linewidth=width, zorder=2)
        dot = min(cell.rate_per_1000, scale.end)
        axes.plot(dot, y, "o", ms=5.5, mfc=face, mec=_DOT, mew=1.2, clip_on=False, zorder=3)
        text = ui.number(cell.rate_per_1000, 1)
        axes.annotate(
            f"({text})" if cell.small else text,
            (1.09, y),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="center",
        )
    axes.set_yticks(range(len(rows)), [_shortened(names.group(g), 38) for _, g, _ in rows])
    marks = [ui.number(mark, int(mark % 1 > 0)) for mark in scale.marks]
    axes.set_xticks(scale.marks, marks)
    axes.tick_params(length=0)
    axes.tick_params(axis="x", colors=_QUIET, labelsize=8)
    axes.grid(axis="x", color=_GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)


def _title(figure: Figure, height: float, text: str) -> None:
    figure.text(0.02, 1 - 0.12 / height, readable(text), va="top", size=12, weight="bold")


def _source(figure: Figure, height: float, names: Names, notes: Sequence[str]) -> None:
    """What stands below a picture: what its signs mean, and where the numbers are from."""
    comparison, ui = names.comparison, names.lang
    passages = sum(group.passages for group in comparison.groups)
    source = ui.text(
        "picture_source",
        version=__version__,
        hash=comparison.corpus_hash,
        scope=ui.counted("passages", passages),
    )
    lines = [line for note in (*notes, source) for line in textwrap.wrap(note, 120)]
    figure.text(0.02, 0.08 / height, "\n".join(lines), va="bottom", size=7.5, color=_QUIET)


def _any_small(comparison: Comparison) -> bool:
    return any(group.small for group in comparison.groups)


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(readable(text), _WRAP))


def _lines(texts: Iterator[str]) -> int:
    return max((_wrapped(text).count("\n") + 1 for text in texts), default=1)


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
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise ProgsearchError(
            f"cannot be written: {error.strerror}", where=str(path), remedy="choose another file"
        ) from None
