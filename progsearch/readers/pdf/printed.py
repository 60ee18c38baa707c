"""The pages of a document to its blocks, step by step.

Each step is a module: pieces of lines, numbers in the margin, furniture, parts of a page,
lines, contents, paragraphs, and what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from progsearch.blocks.building import Builder
from progsearch.blocks.levels import HEAD_LEVEL
from progsearch.blocks.settling import settled
from progsearch.blocks.tableheads import IN_TABLE, MIN_BELOW, is_of_names
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.pdf.asides import with_asides
from progsearch.readers.pdf.boxes import with_boxes_closed
from progsearch.readers.pdf.contents import contents_of
from progsearch.readers.pdf.furniture import furniture_of
from progsearch.readers.pdf.hyphens import WORD, Vocabulary, hyphenless
from progsearch.readers.pdf.imprint import with_imprints
from progsearch.readers.pdf.keyfigures import is_figure
from progsearch.readers.pdf.layout import Line, Piece, Sheet
from progsearch.readers.pdf.linenumbers import Numbered, without_line_numbers
from progsearch.readers.pdf.lines import lines_of
from progsearch.readers.pdf.nexttable import tell_other_tables
from progsearch.readers.pdf.notes import set_notes_aside
from progsearch.readers.pdf.overleaf import join_rows, with_rows_of_neighbours
from progsearch.readers.pdf.paragraphs import Paragraph, measures_of, paragraphs_of
from progsearch.readers.pdf.regions import are_spreads, regions_on
from progsearch.readers.pdf.ruled import with_ruled_rows
from progsearch.readers.pdf.shaped import Shaped
from progsearch.readers.pdf.shapes import shapes_of
from progsearch.readers.pdf.sideheads import with_side_heads
from progsearch.readers.pdf.spacing import part_initials
from progsearch.readers.pdf.tables import with_rows
from progsearch.readers.pdf.turning import set_turned_aside, turned_notes
from progsearch.readers.text.furniture import entry

__all__ = ["blocks_of", "document"]

Part = tuple[tuple[int, ...], list[Piece]]

TITLE_PAGES = 2
_NUMBER_BEHIND = re.compile(r"(?<![\s.·…])[\s.·…]*\d{1,4}$")


def document(
    sheets: Sequence[Sheet], properties: Mapping[str, str], notes: Sequence[str]
) -> RawDocument:
    """The document of these pages.

    Raises ProgsearchError when no line is left.
    """
    shaped = with_imprints(blocks_of(sheets), len(sheets))
    builder = Builder()
    words = Vocabulary(
        word
        for one in shaped
        for line in one.made.lines
        for word in WORD.findall(line.text)
        if len(word) > 2
    )
    starts: dict[int, int] = {}
    for one in shaped:
        lines = one.made.lines
        mended = hyphenless([line.text for line in lines], words)
        # Of a line whose only word went up nothing is left.
        lines = [line for line, text in zip(lines, mended, strict=True) if text]
        texts = [text for text in mended if text]
        if not texts:
            continue
        at = builder.length
        for text, line in zip(texts, lines, strict=True):
            starts.setdefault(line.page, at)
            at += len(text) + 1
        numbers = [line.number for line in lines]
        sure = sum(line.confidence for line in lines) / len(lines)
        builder.add(
            "\n".join(texts),
            numbers,
            one.shape,
            level=one.level,
            label=one.label,
            bullet=one.mark,
            ocr=max(1, round(sure)) if sure else 0,
            closes=one.closes,
            columns=one.columns,
        )
    if not builder.blocks:
        raise ProgsearchError("the PDF has no text", remedy="write its text, or take it away")
    builder.blocks = settled(builder.text(), builder.blocks)
    meta: dict[str, object] = {f"file_{key}": value for key, value in properties.items()}
    title = _title(shaped) or properties.get("title", "")
    if title:
        meta["title"] = " ".join(title.split())
    pages = _page_starts(starts, len(sheets), builder.length)
    aside = turned_notes([line for one in shaped for line in one.made.lines])
    overleaf = _told_overleaf(builder.text(), builder.blocks, pages)
    notes = [*notes, *overleaf, *aside]
    return replace(builder.document("pdf", meta, notes=notes), pages=pages)


def _told_overleaf(text: str, blocks: Sequence[Block], pages: Sequence[int]) -> Iterator[str]:
    """What is told of rows overleaf that are not below the head of the page before, or are for no
    other reason than that they have as many columns; once of each table."""
    told = False  # of this table
    for number, (before, block) in enumerate(pairwise(blocks), 1):
        other = block.closes == HEAD_LEVEL
        told = told and block.label in IN_TABLE and not other
        page = bisect_right(pages, block.start)
        overleaf = before.label in IN_TABLE and before.start < pages[page - 1]
        if told or not overleaf or block.label != "row" or block.shape is Shape.TABLE_HEAD:
            continue
        begins = f"page {page}: a table may begin here, or go on from the page before: its rows"
        if other:
            yield f"{begins} stand below no head"
        elif block.level and _only_names(text, blocks, number, pages):
            yield f"{begins} stand below the head of that page"
        else:
            continue
        told = True


def _only_names(text: str, blocks: Sequence[Block], number: int, pages: Sequence[int]) -> bool:
    """Whether the rows of the page before, and those that a page begins with, are nothing but
    short names."""
    page = bisect_right(pages, blocks[number].start)
    start = pages[bisect_right(pages, blocks[number - 1].start) - 1]
    end = pages[page] if page < len(pages) else len(text)
    above_it = (blocks[place] for place in range(number - 1, -1, -1))
    above = takewhile(lambda one: _is_row(one) and one.start >= start, above_it)
    from_it = (blocks[place] for place in range(number, len(blocks)))
    below = takewhile(lambda one: _is_row(one) and one.start < end, from_it)
    found = list(below)
    rows = (text[one.start : one.end] for one in (*above, *found))
    return len(found) >= MIN_BELOW and all(map(is_of_names, rows))


def _is_row(block: Block) -> bool:
    return block.label == "row" and block.shape is Shape.PARAGRAPH


def blocks_of(sheets: Sequence[Sheet]) -> list[Shaped]:
    """The blocks of these pages, in reading order; the sheets keep what is text."""
    part_initials(sheets)
    numbers = without_line_numbers(sheets)
    gone = furniture_of(sheets)
    set_notes_aside(sheets)
    spread = are_spreads(sheets)
    parts = [list(regions_on(sheet, spread=spread)) for sheet in sheets]

    def lines_on(sheet: Sheet, parts: Sequence[Part]) -> list[Line]:
        lines = [line for place, one in parts for line in lines_of(one, sheet.number, place)]
        _give_numbers(lines, gone.get(sheet.number, ()), numbers.get(sheet.number), sheet)
        return lines

    pages = list(map(lines_on, sheets, parts))
    contents = contents_of(pages, len(pages))
    leading = {page for page, _ in contents}
    rows: dict[int, list[Part]] = {}
    for place, sheet in enumerate(sheets):
        # Contents look like tables, and are told first.
        if sheet.number not in leading and (found := _with_tables(sheet, parts[place], spread)):
            rows[place] = found
    rows |= _with_rows_overleaf(sheets, [rows.get(n, part) for n, part in enumerate(parts)], spread)
    for place, found in rows.items():
        pages[place] = lines_on(sheets[place], found)
    join_rows(pages)
    tell_other_tables(pages, max(sheet.height for sheet in sheets))
    beside = set_turned_aside(sheets)
    for sheet, page in zip(sheets, pages, strict=True):
        for number, one in enumerate(beside[sheet.number], 1 + len(page)):
            one.number = number
            page.append(one)
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    text = [line for line in lines if (line.page, line.number) not in contents]
    measures = measures_of(text or lines)
    shaped: list[Shaped] = []
    stretch: list[Line] = []
    inside = False
    for line in [*lines, None]:
        leads = line is not None and (line.page, line.number) in contents
        if line is None or leads != inside:
            if inside:
                shaped += [Shaped(Paragraph([one]), Shape.CONTENTS) for one in stretch]
            elif stretch:
                shaped += shapes_of(paragraphs_of(stretch, measures), measures)
            stretch = []
            inside = leads
        if line is not None:
            stretch.append(line)
    return with_boxes_closed(with_asides(shaped, sheets, measures), sheets, measures)


def _with_tables(sheet: Sheet, parts: Sequence[Part], spread: bool) -> list[Part]:
    """The parts of a sheet with the rows of its tables put together; none without tables."""
    pieces = with_ruled_rows(sheet)
    if pieces is not sheet.pieces:
        parts = list(regions_on(replace(sheet, pieces=pieces), spread=spread))
    done = [(region, with_side_heads(with_rows(found), sheet)) for region, found in parts]
    return done if any(piece.cells for _, found in done for piece in found) else []


def _with_rows_overleaf(
    sheets: Sequence[Sheet], parts: Sequence[Sequence[Part]], spread: bool
) -> dict[int, list[Part]]:
    """The parts of those sheets, by their place, on which a table of their neighbours goes on."""
    pieces = [[piece for _, found in page for piece in found] for page in parts]
    return {
        place: list(regions_on(replace(sheets[place], pieces=found), spread=spread))
        for place, found in with_rows_of_neighbours(pieces).items()
    }


def _give_numbers(
    lines: Sequence[Line], gone: Sequence[Piece], numbered: Numbered | None, sheet: Sheet
) -> None:
    """Number the lines of a page: as its margin does, or in their order, furniture counted."""
    heads = sum(1 for piece in gone if piece.base > sheet.height / 2)
    for count, line in enumerate(lines, 1 + heads):
        line.number = count
    if not numbered:
        return
    for line in lines:
        near = [
            (abs(base - line.base), number)
            for _, base, number in numbered
            if abs(base - line.base) < 0.5 * line.size
        ]
        line.number = min(near)[1] if near else 0
    bases = sorted((-base, number) for _, base, number in numbered)
    for line in lines:
        if not line.number:
            place = bisect_left(bases, (-line.base, 0))
            line.number = bases[max(0, place - 1)][1]


def _title(shaped: Sequence[Shaped]) -> str:
    """The largest heading of the first pages, the first of them; no chapter of the contents."""
    entries = {
        entry(_NUMBER_BEHIND.sub("", one.made.text))
        for one in shaped
        if one.shape is Shape.CONTENTS
    }
    size, title = 0.0, ""
    for one in shaped:
        first = one.made.first
        heads = one.shape is Shape.HEADING and first.page <= TITLE_PAGES
        heads = heads and entry(one.made.text) not in entries and not is_figure(one.made.text)
        if heads and first.size > size + 0.5:
            size, title = first.size, one.made.text
    return title


def _page_starts(starts: Mapping[int, int], count: int, end: int) -> tuple[int, ...]:
    """Where each page begins; one without text, where the next one does."""
    found: list[int] = []
    following = end
    for page in range(count, 0, -1):
        following = starts.get(page, following)
        found.append(following)
    return tuple(reversed(found))
