"""Lines at the head of a text that state a fact of it: ``Party: X``, ``**Datum:** 1. 5. 2024``.

They stand alone, first or below a title. What they state is a fact of the document, and they are
no text of it. A line that is named like a field, but whose value is none, is told; it states
nothing. So is a line of another name among them, which stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import NamedTuple

from progsearch.blocks.dates import date_of_line
from progsearch.blocks.levels import TERM_LEVEL
from progsearch.blocks.lines import Line, line_of, line_starts, lines_of, unified
from progsearch.blocks.sentences import ends_sentence
from progsearch.blocks.tableheads import BESIDE, INNER, cells_of
from progsearch.facts.fields import fields_of, meant_by
from progsearch.facts.keys import FACT_KEYS
from progsearch.facts.partynames import Reading, in_one_line, reading_of
from progsearch.facts.registry import candidates
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.markdown.front import opens_with_head
from progsearch.readers.severalparties import added_to, names_one

__all__ = ["HeadLines", "head_lines", "with_head", "with_head_of_blocks"]

FIRST = 6000
"""Characters among which head lines are looked for."""
MOST = 20
"""Lines and blocks that are looked at."""
MOST_UNKNOWN = 3
"""Lines of other names among them."""
MIN_TERMS = 2
"""Lines of other names that make a glossary of them."""
MAX_WORDS = 12
_TITLE_WORDS = 20
_FIELD = re.compile(
    r"(?:[-*•>|]\s++)?[*_]{0,3}(?P<name>[^\W\d_][^:=：\n*_]{1,38}?)\s{0,20}[*_]{0,3}\s{0,20}"
    r"(?:[:=：]|(?P<column>\t|\|| {2}))\s*+[*_]{0,3}\s*+(?P<value>[^\s*_|].*)$"
)
_BEHIND = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "*_|"
"""What may stand behind the value."""
_NEXT = re.compile(
    r"(?<!\s)\s*+[,;|/•·]\s++(?=[^\W\d_][^:=：\t\n*_,;|]{1,38}?\s{0,20}[:=：]\s*+\S)"
)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_INSIDE = re.compile(r"\s(?P<name>[^\W\d_][^\s:=]{0,40})\s{0,4}[:=]\s")
"""A name inside of a value: that of another field."""
_IN_COLUMNS = re.compile(r"(?:\|\s*+)?[^:=：\t\n|]{2,40}?(?:\t|\|| {2})")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
SIDES = 2
"""Cells of a row that states a fact: its name, and what it is."""
MIN_SPACED = 2
"""Rows that name fields, where nothing but blanks parts their cells."""
_HEADS = ("---\n", "+++\n")
_RULE = re.compile(r"([-=_*~])\1{2,}$|[|:= \t-]++$")
_NO_TERM = "{!r} stands among other terms, is no party, and states nothing"
_STATED = (*FACT_KEYS, "author")
_SHAPES = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.HEADING, Shape.TABLE_HEAD))
_DESCRIBED = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.NAVIGATION))
"""What may stand below a term; numbers alone are set aside."""


class _Told(NamedTuple):
    """What a line says: the field, or nothing, and what is told of it otherwise."""

    field: str
    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadLines:
    """Where head lines stand in a text, what they state, and what was not taken."""

    blocks: tuple[Block, ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def masked(self, text: str) -> str:
        """The text with blanks instead of these lines."""
        for block in self.blocks:
            blank = " " * (block.end - block.start)
            text = text[: block.start] + blank + text[block.end :]
        return text


def head_lines(text: str) -> HeadLines:
    """The head lines of a text; none where it opens with front matter."""
    source = unified(text[:FIRST])
    # Without its first lines, a head that nobody can read might be one that somebody can.
    if opens_with_head(source) or source.lstrip().startswith(_HEADS):
        return HeadLines()
    if len(text) > FIRST:
        source = source[: source.rfind("\n") + 1]
    blocks: list[Block] = []
    meta: dict[str, object] = {}
    notes: list[str] = []
    unknown: list[str] = []
    last = ""
    starts = line_starts(text[:FIRST])
    lines = list(_below_title(lines_of(source)))
    for number, line in enumerate(lines):
        told = _all_told(line.text, meta)
        if not told and last == "party" and (party := names_one(line.text)):
            meta[last] = added_to(meta[last], party)
            blocks.append(Block(Shape.BYLINE, line.start, line.end))
            continue
        if not told or len(unknown) > MOST_UNKNOWN:
            break
        rows = list(_table_from(source, lines[number:]))
        if not meta and (_heads_columns(rows) or _is_spaced_alone(rows)):
            break
        if not meta and _heads_fields(rows):
            blocks.append(Block(Shape.BYLINE, line.start, line.end))
            continue
        where = f"line {line_of(starts, line.start)}: "
        shape = Shape.PARAGRAPH
        last = told[-1].field
        for one in told:
            if one.field:
                meta[one.field] = one.value
            if one.note:
                notes.append(where + one.note)
            elif not one.field:
                unknown.append(f"{where}{one.name!r} is not known as a field, and is read as text")
                continue
            shape = Shape.BYLINE
        if shape is Shape.BYLINE or "|" not in line.text:  # another row is of a table
            blocks.append(Block(shape, line.start, line.end))
    if meta.keys() == {"party"} and len(unknown) >= MIN_TERMS and _defines(str(meta["party"])):
        notes.append(_NO_TERM.format(meta["party"]))
        meta.clear()
    if not meta:
        return HeadLines(notes=tuple(notes))
    return HeadLines(tuple(blocks), meta, (*notes, *unknown))


def with_head(raw: RawDocument, text: str, found: HeadLines) -> RawDocument:
    """A document that was read from the masked text, with its text and its head lines."""
    if not found.blocks and not found.notes:
        return raw
    blocks = sorted([*raw.blocks, *found.blocks], key=lambda block: block.start)
    return replace(
        raw,
        text=text,
        meta={**raw.meta, **found.meta},
        blocks=blocks,
        notes=(*raw.notes, *found.notes),
    )


def with_head_of_blocks(raw: RawDocument, *, lines_told: bool = False) -> RawDocument:
    """A document with the facts that its first blocks state: line by line, in rows of two cells,
    or as a term above its description. Of the lines of a text, which :func:`head_lines` has told,
    none is told again."""
    blocks = list(raw.blocks)
    meta: dict[str, object] = {}
    notes: list[str] = []
    titled, last = False, ""
    number = terms = 0
    while number < min(MOST, len(blocks)):
        pair = blocks[number : number + MOST]
        others = takewhile(_is_row_below, blocks[number + 1 :])
        rows = [_row(raw.text, row) for row in (pair[0], *others)] if _is_row(pair[0]) else []
        if not meta and _heads_columns(rows):
            break
        if not meta and _heads_fields(rows):
            blocks[number] = replace(pair[0], shape=Shape.BYLINE, level=0, label="")
            number += 1
            continue
        lines, used = _lines_of(raw.text, pair)
        seen = lines_told and used == 1 and not _is_row(pair[0])
        stated = {**(raw.meta if lines_told else {}), **meta}
        each = [_all_told(line, stated) for line in lines]
        told = [one for all_ in each for one in all_]
        if not lines:
            pass
        elif seen and all(each):
            titled = True
        elif all(each) and all(one.field for one in told):
            meta |= {one.field: one.value for one in told}
            notes += [one.note for one in told if one.note]
            last = told[-1].field
            blocks[number : number + used] = [
                replace(block, shape=Shape.BYLINE, level=0, label="") for block in pair[:used]
            ]
        elif last == "party" and lines and all(map(names_one, lines)):
            for line in lines:
                meta[last] = added_to(meta[last], names_one(line))
            blocks[number] = replace(pair[0], shape=Shape.BYLINE, level=0, label="")
        elif all(each):
            notes += [one.note for one in told if one.note]
            terms += sum(not one.note for one in told)
            titled, last = True, ""
        elif titled or (pair[0].shape is not Shape.HEADING and not _is_title(lines)):
            break
        else:
            titled = True
        number += used
    if not meta and not notes:
        return raw
    terms += sum(map(_is_term, blocks))
    if meta.keys() == {"party"} and terms >= MIN_TERMS and _defines(str(meta["party"])):
        return replace(raw, notes=(*raw.notes, *notes, _NO_TERM.format(meta["party"])))
    stands = {key: value for key, value in meta.items() if key == "title" or not raw.meta.get(key)}
    return replace(raw, blocks=blocks, meta={**raw.meta, **stands}, notes=(*raw.notes, *notes))


def _lines_of(text: str, pair: Sequence[Block]) -> tuple[list[str], int]:
    """The lines of the first of some blocks, or of a term and the one below it, or of a cell and
    those beside it, and how many blocks these are; none for a block that is no text."""
    block = pair[0]
    whole = text[block.start : block.end]
    if block.shape not in _SHAPES:
        return [], 1
    if _is_row(block):
        return [_row(text, block)], 1
    if _is_term(block) and len(pair) > 1 and pair[1].shape in _DESCRIBED:
        below = text[pair[1].start : pair[1].end]
        named = f"{' '.join(whole.split()).rstrip(':')}: {' '.join(below.split())}"
        if _known(named) and len(named.split()) < MAX_WORDS:
            return [named], 2
    if block.label == "cell" and (beside := list(takewhile(_is_beside, pair[1:]))):
        values = [text[one.start : one.end] for one in beside]
        named = f"{' '.join(whole.split()).rstrip(':')}: {in_one_line(values)}"
        if _known(named) and len(named.split()) < MAX_WORDS:
            return [named], 1 + len(beside)
    return [line.strip() for line in whole.split("\n") if line.strip()], 1


def _is_term(block: Block) -> bool:
    return block.shape is Shape.HEADING and block.level == TERM_LEVEL


def _is_beside(block: Block) -> bool:
    """Whether a block is of a cell, or of rows, beside one that names them."""
    return block.label == INNER or (block.label == "row" and block.level >= BESIDE)


def _is_row(block: Block) -> bool:
    return block.label == "row" or block.shape is Shape.TABLE_HEAD


def _is_row_below(block: Block) -> bool:
    """Whether a row is of the table of the one above: a head begins another."""
    return _is_row(block) and block.shape is not Shape.TABLE_HEAD


def _table_from(source: str, lines: Sequence[Line]) -> Iterator[str]:
    """The rows of the table that begins with the first of some lines; a blank line ends it."""
    end = lines[0].start
    for line in takewhile(lambda one: _IN_COLUMNS.match(one.text), lines):
        if _BLANK_LINE.search(source, end, line.start):
            return
        yield line.text
        end = line.end


def _row(text: str, block: Block) -> str:
    """A row of two cells as a line."""
    cells = [" ".join(cell.split()) for cell in cells_of(text[block.start : block.end])]
    if cells and not cells[0]:
        del cells[0]  # before the first tag
    return (": " if len(cells) == SIDES else " | ").join(cells)


def _heads_columns(rows: Sequence[str]) -> bool:
    """Whether the first of some rows names what stands below it in columns (*Party | Promise*),
    and not what stands beside it: no other row is named like a field."""
    return len(rows) > 1 and _known(rows[0]) and not any(map(_known, rows[1:]))


def _heads_fields(rows: Sequence[str]) -> bool:
    """Whether the first of some rows stands above names and values of fields (*Field | Value*)."""
    named = _FIELD.match(rows[0].rstrip(_BEHIND)) if len(rows) > 1 else None
    return named is not None and not fields_of(named["name"]) and _known(rows[1])


def _is_spaced_alone(rows: Sequence[str]) -> bool:
    """Whether nothing but blanks parts the cells of a row, and no other row names a field."""
    shaped = _FIELD.match(rows[0].rstrip(_BEHIND)) if rows else None
    spaced = shaped is not None and shaped["column"] == "  "
    return spaced and sum(map(_known, rows)) < MIN_SPACED


def _is_title(lines: Sequence[str]) -> bool:
    words = " ".join(lines)
    return len(words.split()) <= _TITLE_WORDS and not ends_sentence(words)


def _below_title(lines: Iterable[Line]) -> Iterator[Line]:
    """The first lines that are not blank, without a title and the rule below it."""
    seen = 0
    for line in lines:
        text = line.text.lstrip("\ufeff")
        if not text or _RULE.match(text):
            continue
        seen += 1
        if seen > MOST:
            return
        if seen == 1 and not _known(text):
            if text.startswith("<") or len(text.split()) > _TITLE_WORDS or ends_sentence(text):
                return
            continue
        yield line if text == line.text else Line(line.end - len(text), line.end, text)


def _known(text: str) -> bool:
    shaped = _FIELD.match(text.rstrip(_BEHIND))
    return shaped is not None and any(one in _STATED for one in fields_of(shaped["name"]))


def _all_told(text: str, before: Mapping[str, object]) -> list[_Told]:
    """What a line says, which may name several fields; nothing for a line of text."""
    told: list[_Told] = []
    seen = dict(before)
    for part in _NEXT.split(text):
        one = _told(part, seen)
        if one is None:
            return []
        if one.field:
            seen[one.field] = one.value
        told.append(one)
    return told


def _told(text: str, before: Mapping[str, object]) -> _Told | None:
    """What a line of that shape says; None for any other line."""
    shaped = _FIELD.match(text.rstrip(_BEHIND))
    if shaped is None or len(shaped["name"].split()) > 4:
        return None
    name, value = shaped["name"].strip(), shaped["value"].strip()
    column = shaped["column"]
    if len(value.split()) > MAX_WORDS or value.startswith("//") or (column == "|" and "|" in value):
        return None
    fields = [one for one in fields_of(name) if one in _STATED]
    if column == "  " and not (fields and column not in value):
        return None
    if not fields:
        return _Told("", name, value)
    value = in_one_line(_BREAK.split(value))
    if "date" in fields:
        value = date_of_line(value) or value
    meant = meant_by(name, (value,))
    named = " or ".join(fields)
    none = not meant or meant not in fields or (value[-1] in ".!?" and len(value.split()) > 3)
    if none or _has_field(value):
        return _Told("", name, value, f"{name}: {value!r} is no {named}, and states nothing")
    if meant == "party" and meant in before:
        together = added_to(before[meant], value)
        told = f"{name}: {value!r} is a second party, and a document has one"
        return _Told(meant, name, together, told if together != before[meant] else "")
    if meant in before:
        return _Told("", name, value, f"{name}: {value!r} is a second {meant}, and states nothing")
    return _Told(meant, name, value)


def _defines(party: str) -> bool:
    """Whether the party that a line states may be what the word means."""
    return not candidates(party) and reading_of(party) is Reading.DOUBT


def _has_field(value: str) -> bool:
    """Whether another field is named in a value (*Piráti Kraj: Liberecký*)."""
    return any(fields_of(inside["name"]) for inside in _INSIDE.finditer(value))
