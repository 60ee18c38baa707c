"""The shipped themes as they were read before: kept between runs by the bytes of their files.

To read all of their YAML takes a third of a second and more with each language that they get; a
search for one theme needs them all, since any may be narrower. Where nothing can be kept they are
read each time, and that is all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from progsearch import kept
from progsearch.errors import Problem
from progsearch.themes.theme import Theme, ThemeFile

__all__ = ["as_read"]

_NAME = "themes"


def as_read(files: Sequence[Path], read: Callable[[], Sequence[ThemeFile]]) -> Sequence[ThemeFile]:
    """What ``read`` makes of these files, or what it made when their names and bytes were the
    same."""
    try:
        data = [part for file in files for part in (file.name.encode(), file.read_bytes())]
    except OSError:
        return read()  # it says which, and why
    made_of = kept.digest(kept.sources("themes", "query"), *data)
    found = _loaded(kept.load(_NAME, made_of))
    if found is None:
        found = list(read())
        records = [_record(one) for one in found]
        text = json.dumps(records, ensure_ascii=False, separators=(",", ":"))
        kept.keep(_NAME, made_of, text.encode())
    return found


def _loaded(data: bytes | None) -> Sequence[ThemeFile] | None:
    if data is None:
        return None
    try:
        return [_from_record(record) for record in json.loads(data)]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _record(read: ThemeFile) -> Mapping[str, Any]:
    theme = read.theme
    return {
        "path": read.path,
        "id": read.id,
        "theme": theme and {name: getattr(theme, name) for name in Theme.__slots__},
        "problems": [
            [one.path, one.line, one.what, one.remedy, one.fatal] for one in read.problems
        ],
        "lines": [[lang, term, line] for (lang, term), line in read.lines.items()],
        "broader_line": read.broader_line,
        "sets": read.sets,
    }


def _from_record(record: Mapping[str, Any]) -> ThemeFile:
    theme = record["theme"]
    return ThemeFile(
        record["path"],
        record["id"],
        theme and _theme(theme),
        tuple(Problem(*one) for one in record["problems"]),
        {(lang, term): line for lang, term, line in record["lines"]},
        record["broader_line"],
        record["sets"],
    )


def _theme(told: Mapping[str, Any]) -> Theme:
    lists = {name: _lists(told[name]) for name in ("terms", "exclude", "close", "broad")}
    sets = {lang: _lists(found) for lang, found in told["sets"].items()}
    return Theme(**{**told, **lists, "sets": sets})


def _lists(told: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(items) for name, items in told.items()}
