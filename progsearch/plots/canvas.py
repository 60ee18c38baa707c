"""What all pictures have: a sheet with a title, notes below it, and a file that is whole."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch import __version__
from progsearch.compare import Group
from progsearch.errors import ProgsearchError
from progsearch.outputs import replaced
from progsearch.report import Names
from progsearch.report.basis import basis, caveats
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
    "LINE",
    "NOTE",
    "QUIET",
    "WIDTH",
    "Style",
    "check_picture",
    "names_beside",
    "names_width",
    "notes_of",
    "rows_of",
    "saved",
    "settings",
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
LINE = 0.155
NOTE = 0.128  # a line of the notes
NAME, BELOW_NAME = 9.0, 7.0  # sizes of a name, and of the years below it
_LETTERS = 30  # of a name on one line
_MARGIN = 0.16

COUNTRY = 0.6
"""The height of a country's name above its groups, in rows."""

INK, QUIET, GRID, DOT = "#14202b", "#4a5968", "#dde3e9", "#00508a"
_SETTINGS: Any = {
    # The one family that matplotlib brings along: with all Czech and Swedish letters.
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "svg.hashsalt": "progsearch",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    # A dollar sign in a party's name is one, and begins no formula.
    "text.parse_math": False,
}


@dataclass(frozen=True, slots=True)
class Style:
    """What a picture says of itself: its title, if not the usual one, and what the texts are.

    With ``svg_text`` the letters of an SVG are text, which can be edited and searched and looks
    like the fonts at hand; without it they are outlines, which look the same everywhere.
    """

    title: str = ""
    source: str = ""
    svg_text: bool = False


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


def _title(figure: Figure, height: float, names: Names, style: Style) -> None:
    """What is shown, and what the groups are."""
    promised = "promises" in names.comparison.filters.chosen(names.comparison.by)
    title = names.lang.text("picture_title_promises" if promised else "picture_title")
    text = style.title or f"{title}, {names.by}"
    figure.text(0.02, 1 - 0.12 / height, wrapped(text, 80, 2), va="top", size=12, weight="bold")


def notes_of(names: Names, further: Sequence[str], style: Style) -> list[str]:
    """What stands below a picture: what its signs mean, and where the numbers are from."""
    comparison, ui = names.comparison, names.lang
    notes = list(further)
    if any(group.small for group in comparison.groups):
        key = "chart_small" if further else "legend_small"
        notes.append(ui.text(key, few=names.few))
    notes = [*notes, *basis(names), *caveats(names)]
    passages = comparison.size.passages
    stated = readable(style.source).rstrip(".")
    source = ui.text(
        "picture_source",
        source=ui.text("source_stated", source=stated) if stated else ui.text("source_plain"),
        version=__version__,
        hash=comparison.corpus_hash,
        scope=ui.counted("passages", passages),
    )
    told = (readable(" ".join(notes)), readable(source))
    return [line for text in told for line in textwrap.wrap(text, 124)]


def _below(figure: Figure, height: float, notes: Sequence[str]) -> None:
    """Notes in small letters at the foot of the sheet."""
    figure.text(0.02, 0.08 / height, "\n".join(notes), va="bottom", size=7.5, color=QUIET)


def names_width(names: Names, groups: Sequence[Group]) -> float:
    """The inches that the names of groups take beside a picture, and no more."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    # The width is that of the family that outlines are made of, wherever it is drawn.
    def wide(text: str, size: float) -> float:
        # Two dollar signs would be read as a formula.
        text = text.replace("$", "S")
        font = FontProperties(family="DejaVu Sans", size=size)
        return float(TextPath((0, 0), text, prop=font, usetex=False).get_extents().width) / 72

    lines = [(line, NAME) for group in groups for line in _name(names, group).split("\n")]
    lines += [(_beside(names, group), BELOW_NAME) for group in groups]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        found = [wide(line, size) for line, size in lines if line.strip()]
    return 2 * _MARGIN + max(found, default=0.5)


def _name(names: Names, group: Group) -> str:
    return wrapped(names.group(group), _LETTERS, 2)


def _beside(names: Names, group: Group) -> str:
    """The size of a group and its years, in small letters."""
    size = names.lang.counted("passages", group.passages)
    return " · ".join(filter(None, (size, names.years(group))))


def names_beside(
    axes: Axes, names: Names, rows: Sequence[tuple[float, Group]], *, width: float
) -> None:
    """Write the names of groups left of a picture, each beside its row, with size and years.

    Rows are one apart; what is unknown stands below a line, in slanted letters, and a country
    above the first of its groups, where there is a row for it.
    """
    at_left = -(width - _MARGIN) / (axes.get_position().width * WIDTH)
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "ha": "left"}
    apart = country = None
    for y, group in rows:
        above = names.country(group)
        if above is not None and above != country:
            title = names.country_named(above)
            axes.text(at_left, y - 0.7, title, va="center", weight="bold", size=8.5, **place)
        country = above
        if not group.known and apart is None and rows[0][1].known:
            apart = axes.axhline(y - 0.5, color=QUIET, linewidth=0.8, zorder=4)
        kind: dict[str, Any] = {} if group.known else {"style": "italic", "color": QUIET}
        axes.text(at_left, y + 0.06, _name(names, group), va="bottom", size=NAME, **kind, **place)
        beside = _beside(names, group)
        axes.text(at_left, y + 0.12, beside, va="top", size=BELOW_NAME, color=QUIET, **place)


def rows_of(names: Names, groups: Sequence[Group]) -> tuple[list[float], float]:
    """Where the middle of each row stands, and how many rows there are with the countries'."""
    places, top, country = [], 0.0, None
    for group in groups:
        above = names.country(group)
        if above is not None and above != country:
            top += COUNTRY
        country = above
        places.append(top + 0.5)
        top += 1
    return places, top


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
def settings(*, svg_text: bool = False) -> Iterator[None]:
    """What holds for all pictures, while one is drawn."""
    import matplotlib

    letters = {"svg.fonttype": "none" if svg_text else "path"}
    with matplotlib.rc_context(_SETTINGS | letters):
        yield


@contextmanager
def sheet(
    path: Path, height: float, names: Names, notes: Sequence[str], style: Style
) -> Iterator[Figure]:
    """A sheet of that height, in inches, to draw on; with its title and its notes it becomes
    the file. Raises ProgsearchError when that cannot be written."""
    from matplotlib.figure import Figure

    with settings(svg_text=style.svg_text), warnings.catch_warnings():
        # Letters that the family lacks are drawn as boxes.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(WIDTH, height), facecolor="white")
        yield figure
        _title(figure, height, names, style)
        _below(figure, height, notes)
        saved(figure, path)


def saved(figure: Figure, path: Path) -> None:
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
