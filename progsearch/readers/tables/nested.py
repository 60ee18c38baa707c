"""Objects that lie in each other, as rows: which of them have a text, and what holds for these.

A list of objects is a level, named by the way to it (``programme.promises``). A level is read when
its objects have a text of their own. What the objects around them state, such as the party, holds
for them unless they state it themselves; a title of theirs stands above their titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.readers.tables.mapping import (
    OWN_NAMES,
    Columns,
    NoTextError,
    columns_of,
    listed,
    no_text,
)
from progsearch.readers.tables.rows import Row, is_deep, values_in
from progsearch.soundness import sound

__all__ = ["Nested", "found_in", "too_deep"]

_OWN: Mapping[str, tuple[str, ...]] = {**OWN_NAMES, "text": ("text", "body", "content")}
_NEXT = "\x1e"
"""Between the values of a list until it is known what they are: paragraphs of a text, or names."""
MAX_DEPTH = 50
MAX_KEYS = 1_000
MAX_TITLES = 3
"""Titles that stand above the title of a row."""


@dataclass(frozen=True, slots=True)
class Nested:
    """The rows, what their names are, and what holds for all of them.

    ``title`` is that of the one object around all others; ``left`` are names of which nothing
    is taken, with the way to them. ``notes`` tell which lists were put together.
    """

    rows: Sequence[Row]
    columns: Columns
    meta: Mapping[str, object]
    title: str
    left: Sequence[str]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Object:
    """An object: its level, the number of its line or 0, its values, the object around it."""

    level: str
    line: int
    cells: dict[str, str]
    around: _Object | None


@dataclass(slots=True)
class _Level:
    objects: list[_Object] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    above: dict[str, None] = field(default_factory=dict)

    def put(self, one: _Object) -> None:
        self.objects.append(one)
        self.names.update(dict.fromkeys(one.cells))
        around = one.around
        while around is not None:
            self.above.update(dict.fromkeys(around.cells))
            around = around.around


def found_in(
    objects: Sequence[tuple[int, Mapping[str, Any]]], tables: Mapping[str, object], path: PurePath
) -> Nested:
    """The rows among some objects and those inside of them.

    Raises ProgsearchError when none has a text, and for settings that cannot be used.
    """
    levels: dict[str, _Level] = {}
    order = [one for line, value in objects for one in _walk(value, "", line, None, 1)]
    for one in order:
        levels.setdefault(one.level, _Level()).put(one)
    if sum(len(level.names) for level in levels.values()) > MAX_KEYS:
        raise ProgsearchError(
            f"the objects have more than {MAX_KEYS:,} names",
            remedy="make a CSV or JSON lines of it, with a column for each name",
        )
    columns = _columns(levels, tables, path)
    root = order[0] if len(objects) == 1 and len(order) > 1 else None
    head = root.cells if root else {}
    title = ""
    if root and (named := _title_of(root.level, levels, columns, tables, path)):
        title = _words(head.pop(named, ""))
    whole = next(iter(columns.values()))
    for other in columns.values():
        whole = _joined(whole, other)
    rows: list[Row] = []
    for one in order:
        if own := columns.get(one.level):
            number = one.line or len(rows) + 1
            rows.append(_row(one, own, whole, number))
    read = {name for own in columns.values() for name in own.mapped()}
    meta = {
        name: _words(value)
        for name, value in head.items()
        if root and root.level not in columns and value and name not in read and not is_deep(name)
    }
    left = [
        f"{way}.{name}" if way else name
        for way, level in levels.items()
        if way not in columns
        for name in level.names
        if name not in read
        and name not in meta
        and any(one.cells.get(name) for one in level.objects)
    ]
    notes = []
    if len(ways := [way for way in columns if way]) > 1:
        notes.append(f"rows of several lists are read together: {listed(ways)}")
    return Nested(rows, whole, meta, title, left, notes)


def _columns(
    levels: Mapping[str, _Level], tables: Mapping[str, object], path: PurePath
) -> dict[str, Columns]:
    """What the names mean on each level that has a text of its own."""
    found: dict[str, Columns] = {}
    refused: dict[str, ProgsearchError] = {}
    for way, level in levels.items():
        rows = [Row(0, one.cells) for one in level.objects]
        names = [*level.names, *(name for name in level.above if name not in level.names)]
        seen = [*rows, *_around(level)] if level.above else rows
        try:
            told = columns_of(names, tables, path, _OWN, values_in(seen))
        except ProgsearchError as error:
            refused[way] = error
            continue
        if any(name in level.names for name in told.text):
            found[way] = told
    if not found:
        raise _refusal(levels, refused)
    return found


def _refusal(
    levels: Mapping[str, _Level], refused: Mapping[str, ProgsearchError]
) -> ProgsearchError:
    """Why no level is read: what is wrong with the settings, or which names there are."""
    wrong = [error for error in refused.values() if not isinstance(error, NoTextError)]
    if wrong or not any(level.names for level in levels.values()):
        return next(iter(wrong), None) or ProgsearchError(
            "there is no list of objects in the JSON, which would be rows",
            remedy="make a CSV or JSON lines of it",
        )
    rows = [Row(0, one.cells) for level in levels.values() for one in level.objects]
    names = dict.fromkeys(name for level in levels.values() for name in level.names)
    return no_text(list(names), values_in(rows))


def _around(level: _Level) -> list[Row]:
    """The objects around those of a level, each once."""
    found: dict[int, _Object] = {}
    for one in level.objects:
        around = one.around
        while around is not None and id(around) not in found:
            found[id(around)] = around
            around = around.around
    return [Row(0, one.cells) for one in found.values()]


def _title_of(
    way: str,
    levels: Mapping[str, _Level],
    columns: Mapping[str, Columns],
    tables: Mapping[str, object],
    path: PurePath,
) -> str:
    """The name of the title on a level, whether it is read or not."""
    if way in columns:
        return columns[way].title
    names = list(levels[way].names)
    settings = {key: value for key, value in tables.items() if key == "title" and value in names}
    rows = [Row(0, {"text": "", **one.cells}) for one in levels[way].objects]
    return columns_of(["text", *names], settings, path, _OWN, values_in(rows)).title


def _joined(whole: Columns, other: Columns) -> Columns:
    """The columns of two levels as those of one table: rows of the second bear the names of the
    first, see :func:`_row`."""
    return Columns(
        text=tuple(dict.fromkeys((*whole.text, *other.text))),
        title=whole.title or other.title,
        topic="" if whole.answer else whole.topic or other.topic,
        answer=whole.answer or ("" if whole.topic else other.answer),
        id=whole.id or other.id,
        facts={**other.facts, **whole.facts},
        rows=whole.rows,
        values=whole.values,
        doubtful=tuple(dict.fromkeys((*whole.doubtful, *other.doubtful))),
        settled=whole.settled,
    )


def _row(one: _Object, own: Columns, whole: Columns, number: int) -> Row:
    """An object as a row, with what the objects around it state."""
    texts = set(own.text)
    cells = {
        name: value.replace(_NEXT, "\n\n") if name in texts else _words(value)
        for name, value in one.cells.items()
    }
    named = {"topic": (own.topic, whole.topic), "answer": (own.answer, whole.answer)}
    named |= {key: (name, whole.facts.get(key, name)) for key, name in own.facts.items()}
    for name, shown in named.values():
        value = cells.get(name) or _stated_around(one, name) if name else ""
        if value:
            cells[shown or name] = value
    titles = list(_titles_around(one, own.title)) if own.title else []
    if own.title and own.title != whole.title and own.title in cells:
        cells[whole.title] = cells.pop(own.title)
    if titles and not cells.get(whole.title):
        cells[whole.title] = titles.pop()
    return Row(number, cells, tuple(titles[-MAX_TITLES:]))


def _stated_around(one: _Object, name: str) -> str:
    around = one.around
    while around is not None:
        if value := around.cells.get(name):
            return _words(value)
        around = around.around
    return ""


def _titles_around(one: _Object, name: str) -> Iterator[str]:
    """The titles of the objects around, the outermost first."""
    if one.around is not None:
        yield from _titles_around(one.around, name)
        if title := one.around.cells.get(name):
            yield _words(title)


def _words(value: str) -> str:
    return value.replace(_NEXT, ", ")


def _walk(
    value: Mapping[str, Any], level: str, line: int, around: _Object | None, depth: int
) -> Iterator[_Object]:
    """An object and those in the lists inside of it, in their order."""
    cells: dict[str, str] = {}
    inside: list[tuple[str, Mapping[str, Any]]] = []
    _flatten(value, "", cells, inside, depth)
    one = _Object(level, line, cells, around)
    yield one
    for name, inner in inside:
        yield from _walk(inner, f"{level}.{name}" if level else name, line, one, depth + 1)


def _flatten(
    value: object,
    name: str,
    cells: dict[str, str],
    inside: list[tuple[str, Mapping[str, Any]]],
    depth: int,
) -> None:
    if depth > MAX_DEPTH:
        raise too_deep()
    match value:
        case dict():
            for key, one in value.items():
                inner = " ".join(str(key).split())
                _flatten(one, f"{name}.{inner}" if name else inner, cells, inside, depth + 1)
        case list():
            texts: list[str] = []
            for one in value:
                if isinstance(one, dict):
                    inside.append((name, one))
                elif isinstance(one, list):
                    held: dict[str, str] = {}
                    _flatten(one, name, held, inside, depth + 1)
                    texts += held.values()
                elif one is not None:
                    texts.append(_written(one))
            cells[name] = _NEXT.join(texts)
        case _:
            cells[name] = _written(value)


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(sound(str(value)))


def too_deep() -> ProgsearchError:
    """That objects lie in each other too deeply."""
    return ProgsearchError("nested too deeply", remedy=f"keep to {MAX_DEPTH} levels")
