"""The shipped themes as they were read before: kept between runs by the bytes of their files.

To read all of their YAML takes a third of a second and more with each language that they get; a
search for one theme needs them all, since any may be narrower, but the terms of that one only: they
are read when somebody looks at them. Where nothing can be kept all are read each time, and that is
all. At which lines terms stand only a check of themes asks; it is as much as all else, and lies in
a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from progsearch import kept
from progsearch.errors import Problem
from progsearch.themes.theme import Theme, ThemeFile

__all__ = ["as_read"]

_NAME, _PLACES = "themes", "themes-lines"
_LISTS = ("terms", "exclude", "close", "broad", "sets")
"""What is long of a theme; it lies behind all else, a line a theme."""

K = TypeVar("K")
V = TypeVar("V")


def as_read(files: Sequence[Path], read: Callable[[], Sequence[ThemeFile]]) -> Sequence[ThemeFile]:
    """What ``read`` makes of these files, or what it made when their names and bytes were the
    same."""
    try:
        data = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    except OSError:
        return read()  # it says which, and why
    made_of = kept.digest(kept.sources("themes", "query"), *data)
    found = _loaded(kept.load(_NAME, made_of, plain=True), _Places(made_of, read))
    if found is None:
        found = list(read())
        lines = [[_record(one) for one in found], *(_lists_record(one.theme) for one in found)]
        kept.keep(_NAME, made_of, b"\n".join(map(_written, lines)), plain=True)
        places = {one.id: [_lines_record(one), one.sets] for one in found}
        kept.keep(_PLACES, made_of, _written(places))
    return found


def _written(record: object) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


class _Places:
    """At which lines the terms and the words of sets stand, read when the first is asked for."""

    def __init__(self, made_of: str, read: Callable[[], Sequence[ThemeFile]]) -> None:
        self._made_of = made_of
        self._read = read

    @cached_property
    def _found(self) -> Mapping[str, tuple[_Lines, _Sets]]:
        try:
            told = json.loads(kept.load(_PLACES, self._made_of) or b"")
            return {
                id_: ({(lang, term): line for lang, term, line in lines}, sets)
                for id_, (lines, sets) in told.items()
            }
        except (ValueError, TypeError, AttributeError):
            return {one.id: (one.lines, one.sets) for one in self._read()}

    def lines(self, id_: str) -> _Lines:
        """Those of the terms of a theme."""
        return self._found[id_][0]

    def sets(self, id_: str) -> _Sets:
        """Those of the words of its sets."""
        return self._found[id_][1]


class _Later(Mapping[K, V]):
    """A mapping that is made when it is looked into."""

    def __init__(self, made: Callable[[], Mapping[K, V]]) -> None:
        self._made = made

    @cached_property
    def _found(self) -> Mapping[K, V]:
        return self._made()

    def __getitem__(self, key: K) -> V:
        return self._found[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


_Lines = Mapping[tuple[str, str], int]
_Sets = Mapping[str, Mapping[str, Mapping[str, int]]]


def _loaded(data: bytes | None, places: _Places) -> Sequence[ThemeFile] | None:
    if data is None:
        return None
    try:
        head, *lists = data.split(b"\n")
        records = json.loads(head)
        return [_from_record(*one, places) for one in zip(records, lists, strict=True)]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _record(read: ThemeFile) -> Mapping[str, Any]:
    theme = read.theme
    told = theme and {one: getattr(theme, one) for one in Theme.__slots__ if one not in _LISTS}
    return {
        "path": read.path,
        "id": read.id,
        "theme": told,
        "problems": [
            [one.path, one.line, one.what, one.remedy, one.fatal] for one in read.problems
        ],
        "broader_line": read.broader_line,
    }


def _lists_record(theme: Theme | None) -> Mapping[str, Any]:
    return {one: getattr(theme, one) for one in _LISTS} if theme else {}


def _lines_record(read: ThemeFile) -> list[tuple[str, str, int]]:
    return [(lang, term, line) for (lang, term), line in read.lines.items()]


def _from_record(record: Mapping[str, Any], lists: bytes, places: _Places) -> ThemeFile:
    theme = record["theme"]
    return ThemeFile(
        record["path"],
        record["id"],
        theme and _theme(theme, _Lists(lists)),
        tuple(Problem(*one) for one in record["problems"]),
        _Later(partial(places.lines, record["id"])),
        record["broader_line"],
        _Later(partial(places.sets, record["id"])),
    )


class _Lists:
    """The lists of one theme, read when the first is looked into."""

    def __init__(self, line: bytes) -> None:
        self._line = line

    @cached_property
    def _found(self) -> Mapping[str, Any]:
        told = json.loads(self._line)
        return {name: _lists(told[name]) for name in _LISTS if name != "sets"} | {
            "sets": {lang: _lists(found) for lang, found in told["sets"].items()}
        }

    def of(self, name: str) -> Mapping[str, Any]:
        """One of them."""
        found: Mapping[str, Any] = self._found[name]
        return found


def _theme(told: Mapping[str, Any], lists: _Lists) -> Theme:
    later: dict[str, Any] = {name: _Later(partial(lists.of, name)) for name in _LISTS}
    return Theme(**told, **later)


def _lists(told: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in told.items()}
