"""Rows of tables to documents: rows that state the same facts are passages of one document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from progsearch.blocks.building import Builder
from progsearch.defaults import FILE_NAME
from progsearch.errors import ProgsearchError
from progsearch.facts.fields import fields_of
from progsearch.model import RawDocument, Shape
from progsearch.readers.tables.answers import label_of
from progsearch.readers.tables.cells import CellPiece, bare, pieces_of
from progsearch.readers.tables.mapping import Columns, listed

__all__ = ["Row", "documents", "is_deep", "values_in"]

MAX_PART = 120
MOST_VALUES = 200
"""Values of a column that are looked at to tell what it is."""
TITLE_LEVEL = 2
"""Level of the title above a row; headings inside of a cell stand below it."""
MAX_LEVEL = 6

TEXT_WORDS = 6
"""Words from which on a value is no fact but a text that somebody may look for."""

_AGAIN = re.compile(r" \(\d+\)$")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\#]+")


class Row(NamedTuple):
    """A row by the names of the columns; ``number`` is what a person sees beside it, ``above``
    are the titles that stand above its own."""

    number: int
    cells: Mapping[str, str]
    above: tuple[str, ...] = ()


def documents(
    rows: Iterable[Row],
    columns: Columns,
    format_: str,
    path: PurePath,
    *,
    meta: Mapping[str, object] | None = None,
    headings: frozenset[str] = frozenset(),
    sheet: str = "",
    whole: bool = False,
    name: str = "",
    left: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Iterator[RawDocument]:
    """The documents of a table.

    ``meta`` is what is known of all of them, ``name`` what they are called instead of the
    file, ``headings`` are the codes of rows that are headings, ``left`` names beside the
    columns of which nothing is taken. A row that is ``whole``, as those that somebody coded,
    is one passage whatever it holds; others are cut. Raises ProgsearchError when no row has a
    text.
    """
    groups: dict[tuple[str, ...], list[Row]] = {}
    unread: dict[str, None] = {}
    mapped = columns.mapped()
    for row in rows:
        unread.update(
            dict.fromkeys(k for k, v in row.cells.items() if v.strip() and k not in mapped)
        )
        meant = row._replace(cells={k: _meant(columns, k, v) for k, v in row.cells.items()})
        if any(meant.cells.get(name) for name in columns.text):
            groups.setdefault(_key(meant, columns), []).append(meant)
    if not groups:
        raise ProgsearchError(
            f"no row has a text in {', '.join(columns.text)}",
            where="line 1",
            remedy="write it, or take the file away",
        )
    taken: dict[str, int] = {}
    kept = _kept_of_all(groups.values(), unread)
    if not whole:
        lost = [*(column for column in unread if column not in kept), *left]
        notes = (*notes, *_left_out(columns, lost))
    for group in groups.values():
        part = _part(group, columns, sheet)
        taken[part] = taken.get(part, 0) + 1
        if taken[part] > 1:
            part = f"{part}~{taken[part]}"
        facts = {**_facts(group, columns, name or _words_of(path), sheet), **(meta or {})}
        if name:
            facts.setdefault("title", name)
        yield _document(group, columns, headings, format_, facts, part, notes, whole=whole)
        notes = ()


def values_in(rows: Sequence[Row]) -> Callable[[str], Collection[str]]:
    """What stands in a column of these rows: so many different values as tell what it is."""

    def values(name: str) -> Collection[str]:
        found: dict[str, None] = {}
        for row in rows:
            if value := row.cells.get(name, "").strip():
                found[value] = None
            if len(found) >= MOST_VALUES:
                break
        return found

    return values


def is_deep(name: str) -> bool:
    """Whether a name of JSON is one of a field that lies deeper: it may be the document's, and may
    be that of its speaker or of its publisher."""
    return "." in name and any(map(fields_of, name.split(".")))


def _kept_of_all(groups: Iterable[Sequence[Row]], names: Iterable[str]) -> frozenset[str]:
    """The columns in which the rows of each document agree: they are kept with it, unless they
    hold a text."""
    kept = {
        name
        for name in names
        if "text" not in fields_of(_AGAIN.sub("", name)) and not is_deep(name)
    }
    for group in groups:
        first = group[0].cells
        kept = {
            name
            for name in kept
            if len(first.get(name, "").split()) < TEXT_WORDS
            and all(row.cells.get(name) == first.get(name) for row in group)
        }
    return frozenset(kept)


def _left_out(columns: Columns, names: Sequence[str]) -> Iterator[str]:
    """What is told of columns of which nothing is taken, unless somebody chose what is."""
    if columns.settled:
        names = [name for name in names if name in columns.doubtful]
    if names:
        one = "1 column is" if len(names) == 1 else f"{len(names)} columns are"
        yield f"{one} not read: {listed(names)}; [tables] of {FILE_NAME} says what a column is"


def _meant(columns: Columns, name: str, value: str) -> str:
    value = value.strip()
    return columns.values.get(name, {}).get(value, value)


def _key(row: Row, columns: Columns) -> tuple[str, ...]:
    if columns.rows == "documents":
        return (str(row.number),)
    return tuple(row.cells.get(name, "") for name in columns.facts.values())


def _part(group: Sequence[Row], columns: Columns, sheet: str) -> str:
    """What tells a document apart in its file; nothing when it is all of it."""
    row = group[0]
    if columns.rows == "documents":
        names = [row.cells.get(columns.id, "") or f"row {row.number}"]
    else:
        names = [value for value in _key(row, columns) if value]
    text = "; ".join(name for name in (sheet, *names) if name)
    return unicodedata.normalize("NFC", " ".join(_UNSAFE.sub("-", text).split()))[:MAX_PART]


def _words_of(path: PurePath) -> str:
    return " ".join(re.sub(r"[-_]+", " ", path.stem).split())


def _facts(group: Sequence[Row], columns: Columns, named: str, sheet: str) -> dict[str, object]:
    """What holds for all rows of a document: facts, and the columns that are none."""
    first = group[0].cells
    mapped = columns.mapped()
    facts: dict[str, object] = {
        name: value
        for name, value in first.items()
        if value and name not in mapped and all(row.cells.get(name) == value for row in group)
    }
    facts |= {fact: first[name] for fact, name in columns.facts.items() if first.get(name)}
    topics = {row.cells.get(columns.topic, "") for row in group}
    if columns.topic and len(topics) == 1 and (topic := next(iter(topics))):
        facts["topic"] = topic
    if columns.rows == "documents":
        if first.get(columns.title):
            facts["title"] = first[columns.title]
        return facts
    told = [value for value in _key(group[0], columns) if value]
    if told or sheet:
        facts["title"] = f"{named}: {', '.join([sheet, *told] if sheet else told)}"
    return facts


def _document(
    group: Sequence[Row],
    columns: Columns,
    headings: frozenset[str],
    format_: str,
    facts: dict[str, object],
    part: str,
    notes: Sequence[str],
    *,
    whole: bool,
) -> RawDocument:
    builder = Builder()
    above: tuple[str, ...] = ()
    for row in group:
        title = row.cells.get(columns.title, "") if columns.rows == "passages" else ""
        titles = (*row.above, title) if title else row.above
        if titles and titles != above:
            same = next(
                (n for n, (a, b) in enumerate(zip(titles, above, strict=False)) if a != b),
                min(len(titles), len(above)),
            )
            for level, one in enumerate(titles[same:], TITLE_LEVEL + same):
                builder.add(one, row.number, Shape.HEADING, level=level)
            above = titles
        level = TITLE_LEVEL + max(0, len(above) - 1)
        code = row.cells.get(columns.topic, "") or label_of(row.cells.get(columns.answer, ""))
        texts = [text for name in columns.text if (text := row.cells.get(name, ""))]
        if code in headings and code:
            builder.add("\n".join(texts), row.number, Shape.HEADING, level=3)
            continue
        pieces = [] if whole or (code and columns.rows == "passages") else pieces_of(texts)
        if len(pieces) > 1 or (pieces and columns.rows == "documents"):
            _put(builder, pieces, row.number, code, level)
        else:
            text = "\n".join(map(bare, texts))
            closes = 0 if whole else level + 1
            builder.add(text, row.number, Shape.PARAGRAPH, label="row", code=code, closes=closes)
    return builder.document(format_, facts, part=part, notes=notes)


def _put(builder: Builder, pieces: Sequence[CellPiece], number: int, code: str, below: int) -> None:
    """Put the pieces of a row into a document, below its title's level and under nothing that
    stood above the row before."""
    closes = below + 1
    for piece in pieces:
        level = piece.level
        if piece.shape is Shape.HEADING and level <= MAX_LEVEL:
            level = min(MAX_LEVEL, level + below)
        placed = builder.add(
            piece.text,
            number,
            piece.shape,
            level=level,
            label=piece.label,
            code=code,
            bullet=piece.bullet,
            closes=closes,
        )
        closes = 0 if placed else closes
