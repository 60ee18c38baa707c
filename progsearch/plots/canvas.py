"""What all pictures have: a sheet with a title, notes below it, and a file that is whole."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch import __version__
from progsearch.compare import Group
from progsearch.errors import ProgsearchError
from progsearch.outputs import replaced
from progsearch.report import Names
from progsearch.report.basis import basis
from progsearch.report.markup import readable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "DOT",
    "FORMATS",
    "GRID",
    "HEAD",
    "INK",
    "LEFT",
    "LINE",
    "QUIET",
    "WIDTH",
    "check_picture",
    "notes_of",
    "set_apart",
    "sheet",
    "shortened",
    "wrapped",
]

FORMATS = (".svg", ".png", ".pdf")
"""What the name of a picture can end in."""

DPI = 200
"""Dots per inch of a PNG: 1,600 across, enough for two columns of print."""

WIDTH = 8.0
"""Inches; heights follow from the number of groups and questions. All lengths are in inches."""

HEAD = 0.55  # the title
LEFT = 2.35  # names of groups
LINE = 0.155
INK, QUIET, GRID, DOT = "#14202b", "#4a5968", "#dde3e9", "#00508a"
_SETTINGS: Any = {
    # The one family that matplotlib brings along: with all Czech and Swedish letters.
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    # Letters as outlines look the same where that family is not installed.
    "svg.fonttype": "path",
    "svg.hashsalt": "progsearch",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    # A dollar sign in a party's name is one, and begins no formula.
    "text.parse_math": False,
}


def check_picture(path: Path) -> None:
    """Raise ProgsearchError unless a picture with that name can be drawn."""
    if path.suffix.lower() not in FORMATS:
        raise ProgsearchError(
            "no format for pictures", where=str(path), remedy=f"end it in {', '.join(FORMATS)}"
        )
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise ProgsearchError(
            "pictures need matplotlib",
            where="--plot",
            remedy='run: pip install "progsearch[plot]"',
        ) from None


def _title(figure: Figure, height: float, names: Names) -> None:
    """What is shown, and what the groups are."""
    promised = "promises" in names.comparison.filters.chosen(names.comparison.by)
    title = names.lang.text("picture_title_promises" if promised else "picture_title")
    text = f"{title}, {names.by}"
    figure.text(0.02, 1 - 0.12 / height, wrapped(text, 80, 2), va="top", size=12, weight="bold")


def notes_of(names: Names, further: Sequence[str]) -> list[str]:
    """What stands below a picture: what its signs mean, and where the numbers are from."""
    comparison, ui = names.comparison, names.lang
    notes = list(further)
    if any(group.small for group in comparison.groups):
        key = "chart_small" if further else "legend_small"
        notes.append(ui.text(key, few=names.few))
    notes = [*basis(names), *notes]
    passages = comparison.size.passages
    source = ui.text(
        "picture_source",
        version=__version__,
        hash=comparison.corpus_hash,
        scope=ui.counted("passages", passages),
    )
    return [line for note in (*notes, source) for line in textwrap.wrap(note, 120)]


def _below(figure: Figure, height: float, notes: Sequence[str]) -> None:
    """Notes in small letters at the foot of the sheet."""
    figure.text(0.02, 0.08 / height, "\n".join(notes), va="bottom", size=7.5, color=QUIET)


def set_apart(axes: Axes, groups: Sequence[Group], top: float) -> None:
    """Part what is unknown from the groups above it: a line, and slanted names.

    ``top`` is where the first row begins; rows are one apart.
    """
    unknown = [at for at, group in enumerate(groups) if not group.known]
    if unknown and unknown[0]:
        axes.axhline(top + unknown[0], color=QUIET, linewidth=0.8, zorder=4)
    labels = axes.get_yticklabels()
    for at in unknown:
        labels[at].set(style="italic", color=QUIET)


def wrapped(text: str, letters: int, lines: int) -> str:
    """A text in so many lines of so many letters, cut where it is longer."""
    letters = max(4, letters)
    found = textwrap.wrap(readable(text), letters)
    if len(found) > lines:
        found = [*found[: lines - 1], shortened(" ".join(found[lines - 1 :]), letters)]
    return "\n".join(found)


def shortened(text: str, most: int) -> str:
    """A text of so many letters at most."""
    text = readable(text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@contextmanager
def sheet(path: Path, height: float, names: Names, notes: Sequence[str]) -> Iterator[Figure]:
    """A sheet of that height, in inches, to draw on; with its title and its notes it becomes
    the file. Raises ProgsearchError when that cannot be written."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        # Letters that the family lacks are drawn as boxes.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, height), facecolor="white")
        yield figure
        _title(figure, height, names)
        _below(figure, height, notes)
        _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    """Write a picture aside, and then in the place of the old one."""
    kind = path.suffix.lower().removeprefix(".")
    # The day of drawing would make each file another one.
    program = f"progsearch {__version__}"
    metadata = {
        "svg": {"Date": None},
        "png": {"Software": program},
        "pdf": {"Creator": program, "CreationDate": None},
    }[kind]
    with replaced(path) as aside:
        figure.savefig(aside, format=kind, dpi=DPI, metadata=metadata)
