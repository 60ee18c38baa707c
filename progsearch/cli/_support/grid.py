"""Tables on a terminal that give up columns, the least needed first, where it is narrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len

from progsearch.classes import dataclass
from progsearch.cli._support.wrapping import wrapped

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text as Coloured

__all__ = ["Grid", "GridColumn", "Text", "dropped", "fitting", "grid", "room"]

_BETWEEN = 3  # columns of the terminal between two of the table


@dataclass(frozen=True, slots=True)
class Text:
    """A text in a style, by rich's name of it; none where what is read has no colours."""

    plain: str
    style: str = ""

    def __rich__(self) -> Coloured:
        """The same in colours."""
        from rich.text import Text as Coloured

        return Coloured(self.plain, self.style)


@dataclass(frozen=True)
class GridColumn:
    """A column of texts under a name.

    ``spare`` is what can be done without: the highest goes first, 0 never. ``least`` is to
    how many columns of the terminal its texts may be folded; 0 for not at all.
    """

    name: str
    texts: Sequence[Text]
    right: bool = True
    spare: int = 0
    least: int = 0

    @cached_property
    def natural(self) -> int:
        """The width that it takes unfolded; asked for again and again until all have room."""
        lines = "\n".join((self.name, *(text.plain for text in self.texts))).split("\n")
        return max(map(cell_len, lines))

    @property
    def needed(self) -> int:
        """The width that it cannot do without."""
        return min(self.natural, self.least) if self.least else self.natural


def room(columns: Sequence[GridColumn]) -> int:
    """The width that columns need beside each other."""
    return sum(one.needed + _BETWEEN for one in columns) - _BETWEEN


def fitting(columns: Sequence[GridColumn], width: int) -> list[GridColumn]:
    """The columns that a width has room for."""
    kept = list(columns)
    while room(kept) > width and (most := max(one.spare for one in kept)):
        kept = [one for one in kept if one.spare < most]
    return kept


def dropped(columns: Sequence[GridColumn], width: int) -> list[str]:
    """The names of the columns for which there is no room."""
    kept = fitting(columns, width)
    # The scale above a drawing is no name.
    return [one.name for one in columns if one not in kept and one.name and "  " not in one.name]


def grid(columns: Sequence[GridColumn], width: int, apart: int | None = None) -> Grid:
    """The table of the columns that fit, with a line above row ``apart``, counted from 0.

    Texts break between words and behind slashes. Below stands for what there is no room.
    """
    left_out = dropped(columns, width)
    kept = fitting(columns, width)
    too_narrow = room(kept) > width
    given = [one.needed for one in kept] if too_narrow else _shares(kept, width)
    return Grid(
        [
            GridColumn(
                wrapped(one.name, share),
                [Text(wrapped(text.plain, share), text.style) for text in one.texts],
                one.right,
                one.spare,
                one.least,
            )
            if one.least
            else one
            for one, share in zip(kept, given, strict=True)
        ],
        # Where there is no room at all, numbers are cut before names are.
        [None if too_narrow and not one.least else one.needed for one in kept],
        apart,
        f"no room for {', '.join(left_out)}: a wider terminal or -o FILE.csv has them"
        if left_out
        else "",
        fits=not too_narrow,
    )


@dataclass(frozen=True)
class Grid:
    """Columns whose texts are broken into lines, each at least as wide as ``widths`` says.

    ``fits`` tells that they stand in the width that they were made for as they are.
    """

    columns: Sequence[GridColumn]
    widths: Sequence[int | None]
    apart: int | None
    caption: str
    fits: bool

    def plain(self) -> Iterator[str]:
        """The lines of what has no colours, as Rich's table shows it."""
        pairs = zip(self.columns, self.widths, strict=True)
        widths = [max(one.natural, least or 0) for one, least in pairs]
        if widths == [0]:
            widths = [1]  # as Rich has it
        names = [one.name for one in self.columns]
        most = max(name.count("\n") for name in names)
        yield from self._lines(["\n" * (most - name.count("\n")) + name for name in names], widths)
        yield "─" * (sum(widths) + _BETWEEN * (len(widths) - 1))
        rows = zip(*(column.texts for column in self.columns), strict=True)
        for at, row in enumerate(rows):
            if at and at == self.apart:
                yield " " * (sum(widths) + _BETWEEN * (len(widths) - 1))
            yield from self._lines([text.plain for text in row], widths)

    def _lines(self, texts: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        """The lines of texts beside each other."""
        for parts in zip_longest(*(text.split("\n") for text in texts), fillvalue=""):
            yield (" " * _BETWEEN).join(
                _filled(part, width, right=column.right)
                for part, width, column in zip(parts, widths, self.columns, strict=True)
            )

    def __rich__(self) -> Table:
        """The same in colours."""
        from rich.box import SIMPLE_HEAD
        from rich.table import Table

        table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        if self.caption:
            table.caption = self.caption
            table.caption_style, table.caption_justify = "dim", "left"
        for column, least in zip(self.columns, self.widths, strict=True):
            table.add_column(
                column.name,
                justify="right" if column.right else "left",
                overflow="fold",
                no_wrap=not column.least,
                min_width=least,
            )
        for at, row in enumerate(zip(*(column.texts for column in self.columns), strict=True)):
            if at and at == self.apart:
                table.add_section()
            table.add_row(*(text.__rich__() for text in row))
        return table


def _filled(text: str, width: int, *, right: bool) -> str:
    """A text with blanks up to a width, which numbers have before them."""
    if right:
        text = text.rstrip()
    more = " " * (width - cell_len(text))
    return more + text if right else text + more


def _shares(columns: Sequence[GridColumn], width: int) -> list[int]:
    """The widths of columns: what they need, and then what they would like, evenly."""
    shares = [one.needed for one in columns]
    left = width - room(columns)
    while left > 0:
        waiting = [at for at, one in enumerate(columns) if shares[at] < one.natural]
        if not waiting:
            break
        for at in waiting:
            more = min(max(1, left // len(waiting)), columns[at].natural - shares[at], left)
            shares[at] += more
            left -= more
            if not left:
                break
    return shares
