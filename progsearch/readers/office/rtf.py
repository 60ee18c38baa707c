"""Rich Text Format: the paragraphs, as striprtf tells them from the commands.

What striprtf does not tell apart is marked before it reads: the paragraphs inside of a cell, and
the heads of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath
from typing import NamedTuple

from progsearch.blocks import tableheads
from progsearch.blocks.bullets import bare_start
from progsearch.blocks.columns import Cell, Columns, Grid, tell_columns
from progsearch.blocks.levels import LABEL_LEVEL
from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.settling import settled
from progsearch.blocks.tableheads import BESIDE, INNER, inner, names_row
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.office.rtfgroups import with_what_is_shown
from progsearch.readers.source import Source, library
from progsearch.readers.text import plaintext

__all__ = ["read", "sniff"]

_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
_ROW_END = re.compile(r"\\row(?![a-z])")
_ROW = re.compile(r"\\trowd(?![a-z]).*?\\row(?![a-z])", re.DOTALL)
_BREAK = re.compile(r"\\(?:par|line|sect)(?![a-z])")
_HEAD = re.compile(r"\\trhdr(?![a-z])")
_FIRST = ("first", "first below")
"""Labels of the first of the cells of a row, and below a cell that covers it."""
PARTED = "\ue001"
"""Stands between the paragraphs of a cell while the file is read."""
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
MAX_DEPTH = 500
"""Groups inside each other; real files have about ten."""


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the file begins as Rich Text does."""
    return head.startswith(b"{\\rtf")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document; the numbers of lines are those of the paragraphs.

    Raises ProgsearchError when it is empty or damaged, or striprtf is not installed.
    """
    striprtf = library("striprtf.striprtf", "rtf", "reading Rich Text")
    written = source.data.decode("latin-1")
    depth = deepest = 0
    for brace in re.finditer(r"(?<!\\)[{}]", written):
        depth += 1 if brace[0] == "{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ProgsearchError(
            "groups are nested too deeply", remedy=f"keep to {MAX_DEPTH}, or save it as .docx"
        )
    text = with_what_is_shown(written)
    page = _CODE_PAGE.search(source.data[:4096])
    encoding = f"cp{page[1].decode('ascii')}" if page else "cp1252"
    notes = []
    marked = _ROW.sub(lambda row: _BREAK.sub(f"\\\\u{ord(PARTED) - (1 << 16)}?", row[0]), text)
    try:
        plain = striprtf.rtf_to_text(marked, encoding=encoding, errors="replace")
    except LookupError:
        plain = striprtf.rtf_to_text(marked, encoding="cp1252", errors="replace")
        notes.append(f"the encoding {encoding} is not known: read as Windows-1252")
    except Exception as error:
        raise ProgsearchError(
            f"the Rich Text is damaged: {error}", remedy="save it anew, or as .docx"
        ) from error
    parts = list(_parts(plain.splitlines(), text))
    # A blank line between them, so that none is taken for a part of the one above.
    raw = plaintext.read("\n\n".join(part.text for part in parts), source.path)
    if not raw.blocks:
        raise ProgsearchError("the file is empty", remedy="write its text, or take it away")
    starts = line_starts(raw.text)
    blocks = [_told(block, parts[(line_of(starts, block.start) - 1) // 2]) for block in raw.blocks]
    blocks = settled(_closed_up(raw.text, blocks), blocks)
    lines = [number for part in parts for number in (part.number, part.number)]
    meta = dict(raw.meta)
    if (title := _TITLE.search(text)) and "title" not in meta:
        meta["title"] = title[1].strip()
    yield replace(
        raw, format="rtf", meta=meta, blocks=blocks, lines=lines, notes=[*notes, *raw.notes]
    )


def _closed_up(text: str, blocks: Sequence[Block]) -> str:
    """The text without the blank lines inside of tables, each place where it was."""
    done = list(text)
    for above, below in pairwise(blocks):
        if above.label in tableheads.IN_TABLE and below.label in tableheads.IN_TABLE:
            done[above.end + 1 : below.start] = " " * (below.start - above.end - 1)
    return "".join(done)


class _Part(NamedTuple):
    """A paragraph, a row or its head, a cell that stands above rows, or a paragraph of a cell that
    holds several, with the number of its paragraph; ``columns`` and ``above`` are those of a
    :class:`Block`."""

    text: str
    number: int
    label: str = ""
    columns: Columns = ()
    above: str = ""


class _Row(NamedTuple):
    """The cells of a row, by paragraphs, without those that are one with another cell."""

    cells: list[list[str]]
    columns: Columns
    over: str  # what the cells say that cover it from above
    head: bool
    covers: bool
    beside: bool


def _row(text: str, told: str, grid: Grid) -> _Row:
    """A row with the columns of its cells, by what is ``told`` of them before their texts."""
    texts = [_paragraphs(cell) for cell in text.strip().removesuffix("|").split("|")]
    defined = told.split("\\cellx")[: len(texts)]
    defined += [""] * (len(texts) - len(defined))
    cells: list[list[str]] = []
    spans: list[Cell] = []
    for cell, one in zip(texts, defined, strict=True):
        if "\\clmrg" in one and spans:
            spans[-1] = spans[-1]._replace(wide=spans[-1].wide + 1)
            continue
        spans.append(Cell(opens="\\clvmgf" in one, goes_on="\\clvmrg" in one))
        cells.append(cell)
    row = grid.row(spans, lambda place: _name(cells[place]), head=_HEAD.search(told) is not None)
    kept = [cell for cell, one in zip(cells, spans, strict=True) if not one.goes_on]
    covers = row.covers and texts[0] != []
    return _Row(kept, row.columns, row.over, row.head, covers, row.beside)


def _name(cell: Sequence[str]) -> str:
    """What a cell says of the rows that it covers, if that is short."""
    name = " ".join(cell)
    return name if names_row(name) else ""


def _parts(paragraphs: Sequence[str], source: str) -> Iterator[_Part]:
    rows = [n for n, one in enumerate(paragraphs) if one.rstrip().endswith("|")]
    defined = [one.partition("\\trowd")[2] for one in _ROW_END.split(source)[:-1]]
    known = dict(zip(rows, defined, strict=True)) if len(rows) == len(defined) else {}
    grid = Grid()
    for place, text in enumerate(paragraphs):
        number = place + 1
        if not text.rstrip().endswith("|"):
            if text.strip(f" {PARTED}"):
                yield _Part(text.replace(PARTED, " "), number)
                grid = Grid()
            continue
        row = _row(text, known.get(place, ""), grid)
        cells, columns, beside = row.cells, row.columns, row.covers or row.beside
        if row.covers:
            yield _Part(" ".join(cells[0]), number, "cell")
            cells, columns = cells[1:], columns[1:]
        row = row._replace(cells=cells, columns=columns)
        if not row.head and any(len(cell) > 1 or any(map(bare_start, cell)) for cell in cells):
            yield from _in_pieces(row, number, beside=beside)
            continue
        label = "head" if row.head else "beside" if beside else "row"
        while len(cells) > 1 and not cells[0]:
            cells, columns = cells[1:], columns[1:]
        said = " | ".join(" ".join(cell) for cell in cells)
        whole = len(row.columns) == 1 and not beside  # as wide as the table
        width = columns[-1][1] if columns and not whole else 0
        if not (row.head or tell_columns(width, sum(map(bool, cells)), named=False)):
            columns = ()
        yield _Part(said.rstrip(" |") or said, number, label, columns, row.over)


def _paragraphs(cell: str) -> list[str]:
    return [text for one in cell.split(PARTED) if (text := one.strip())]


def _in_pieces(row: _Row, number: int, *, beside: bool) -> Iterator[_Part]:
    """The paragraphs and items of a row of which a cell holds several, below the first cell where
    that names the row, and below the heads of their columns."""
    cells = row.cells
    filled = sum(map(bool, cells))
    label = _FIRST[beside]
    named = filled > 1 and len(cells[0]) == 1 and names_row(cells[0][0])
    if named:
        yield _Part(cells[0][0], number, "below" if beside else "cell", above=row.over)
        cells = [[], *cells[1:]]
        label = INNER
    placed = tell_columns(row.columns[-1][1], filled, named=named)
    for cell, span in zip(cells, row.columns, strict=True):
        for text in cell:
            yield _Part(text, number, label, (span,) if placed else (), row.over)
            label = INNER


def _told(block: Block, part: _Part) -> Block:
    """A block with what is known of it as a row or a part of one."""
    label = part.label
    block = replace(block, columns=part.columns, above=part.above)
    if label in ("cell", "below"):
        return tableheads.beside(block, below=label == "below")
    if label in (INNER, *_FIRST):
        closes = LABEL_LEVEL + _FIRST.index(label) if label in _FIRST else 0
        return replace(inner(_plain(block)), closes=closes)
    if not label:
        return block
    if label == "head":
        return tableheads.head(replace(_plain(block), label="row"))
    level = BESIDE if label == "beside" else 0
    return replace(block, shape=Shape.PARAGRAPH, level=level, label="row")


def _plain(block: Block) -> Block:
    """A block as a paragraph or an item, whatever its line looks like."""
    if block.shape is Shape.ITEM:
        return block
    return replace(block, shape=Shape.PARAGRAPH, level=0, label="")
