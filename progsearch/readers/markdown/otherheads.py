"""Front matter that is not YAML: TOML between lines of ``+++``, and JSON in braces, as Hugo
has them, and other languages named behind the first ``---``."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time

from progsearch.blocks.lines import line_of, line_starts
from progsearch.errors import ProgsearchError
from progsearch.readers.markdown.head import MAX_DEPTH, MAX_VALUES, TEXT_KEYS, Head

__all__ = ["is_other_head", "other_head"]

_TOML = re.compile(r"(?:\+\+\+|---[ \t]*toml)[ \t]*\n", re.IGNORECASE)
_TOML_END = re.compile(r"^(?:\+\+\+|---)[ \t]*$", re.MULTILINE)
_JSON_FENCE = re.compile(r"(?:---[ \t]*json|;;;)[ \t]*\n", re.IGNORECASE)
_JSON_END = re.compile(r"^(?:---|;;;)[ \t]*$", re.MULTILINE)
_JSON = re.compile(r"\{\s*(?:\"[^\"\n]{1,100}\"\s*:|\}\s*\n)")
_YAML = re.compile(r"---[ \t]*ya?ml[ \t]*\n", re.IGNORECASE)
_PROGRAM = re.compile(r"---[ \t]*([A-Za-z][\w-]{0,20})[ \t]*\n")
_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*=[ \t]*\S", re.MULTILINE)
_HEAD = 2000


def is_other_head(text: str) -> bool:
    """Whether a unified text opens with front matter in another language than YAML."""
    head = text.lstrip("\ufeff \t\n")[:_HEAD]
    if _PROGRAM.match(head) and not _YAML.match(head):
        return True
    if _TOML.match(head):
        return _TOML_END.search(text, text.find("\n") + 1) is not None or (
            _KEY.search(head) is not None
        )
    return _JSON_FENCE.match(head) is not None or _opens_json(text)


def _opens_json(text: str) -> bool:
    """Whether a text opens with an object in braces, and goes on behind it."""
    bare = text.lstrip("\ufeff \t\n")
    if not _JSON.match(bare):
        return False
    try:
        found, end = json.JSONDecoder().raw_decode(bare)
    except (ValueError, RecursionError):
        return False
    rest = bare[end:]
    return isinstance(found, dict) and rest[:1] == "\n" and bool(rest.strip())


def other_head(text: str) -> Head | None:
    """The front matter of a unified text, or None when it opens with none of these.

    Raises ProgsearchError for front matter that is a program, that is damaged or nested too
    deeply.
    """
    if not is_other_head(text):
        return None
    begin = len(text) - len(text.lstrip("\ufeff \t\n"))
    if fence := _TOML.match(text, begin):
        return _toml(text, fence.end())
    if fence := _JSON_FENCE.match(text, begin):
        closing = _JSON_END.search(text, fence.end())
        end = closing.start() if closing else len(text)
        return _json(text, fence.end(), end, _line_after(text, end))
    if program := _PROGRAM.match(text, begin):
        raise ProgsearchError(
            f"front matter in {program[1]}, which is a program and is not run",
            where=f"line {line_of(line_starts(text), begin)}",
            remedy="write it in YAML, TOML or JSON",
        )
    _, end = json.JSONDecoder().raw_decode(text, begin)
    return _json(text, begin, end, _line_after(text, end))


def _line_after(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _toml(text: str, begin: int) -> Head:
    closing = _TOML_END.search(text, begin)
    notes: list[str] = []
    if closing:
        end, body = closing.start(), _line_after(text, closing.start())
    else:
        end = body = text.find("\n\n", begin) + 1 or len(text)
        line = line_of(line_starts(text), end)
        notes.append(f"the front matter has no closing +++: it ends at line {line}")
    source = text[begin:end]
    try:
        found = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found, lost = _line_by_line(source)
        reason = str(error).split(" (at")[0]
        notes.append(f"the front matter is not TOML ({reason}): read line by line")
        notes += [f"the line {line.strip()!r} of it is left out" for line in lost[:5]]
    return _head(found, text, begin, end, body, notes)


def _line_by_line(source: str) -> tuple[dict[str, object], list[str]]:
    found: dict[str, object] = {}
    lost: list[str] = []
    for line in source.split("\n"):
        try:
            found |= tomllib.loads(line)
        except (tomllib.TOMLDecodeError, RecursionError):
            bare = _KEY.match(line)
            if bare and '"' not in line and "'" not in line:
                found[bare[1]] = line.partition("=")[2].strip()  # a text without its quotes
            else:
                lost.append(line)
    return found, lost


def _json(text: str, begin: int, end: int, body: int) -> Head:
    try:
        found = json.loads(text[begin:end])
    except RecursionError:
        raise ProgsearchError(
            "the front matter is nested too deeply", remedy=f"keep to {MAX_DEPTH} levels"
        ) from None
    except ValueError as error:
        line = line_of(line_starts(text), begin + getattr(error, "pos", 0))
        raise ProgsearchError(
            f"the front matter is not JSON: {error}",
            where=f"line {line}",
            remedy="mend it, or write it in YAML",
        ) from error
    if not isinstance(found, dict):
        found = {}
    return _head(found, text, begin, end, body, [])


def _head(
    found: Mapping[str, object], text: str, begin: int, end: int, body: int, notes: list[str]
) -> Head:
    left = [MAX_VALUES]
    meta: dict[str, object] = {key: _written(value, left, 1) for key, value in found.items()}
    texts = []
    for key, value in found.items():
        if key not in TEXT_KEYS or not isinstance(value, str) or not value.strip():
            continue
        # As the value stands there; one with escapes is another text than its source.
        at = text.find(value.strip(), begin, end)
        if at < 0:
            notes.append(f"the text of {key!r} is written with escapes: it is no passage")
        else:
            texts.append((key, at, at + len(value.strip())))
    params = meta.get("params")
    if isinstance(params, dict):
        # Hugo keeps there what it does not know itself.
        meta = {**params, **meta}
    # Two keys may have the same text, and stand at the same place.
    apart = {(start, stop): key for key, start, stop in reversed(texts)}
    places = sorted((start, stop, key) for (start, stop), key in apart.items())
    kept: list[tuple[str, int, int]] = []
    for start, stop, key in places:
        if not kept or start >= kept[-1][2]:
            kept.append((key, start, stop))
    return Head(meta, tuple(kept), body, tuple(notes))


def _written(value: object, left: list[int], depth: int) -> object:
    """A value as front matter in YAML would have it: text, None, lists and mappings."""
    left[0] -= 1
    if left[0] < 0 or depth > MAX_DEPTH:
        raise ProgsearchError(
            "the front matter has too many values, or is nested too deeply",
            remedy=f"keep to {MAX_VALUES} values in {MAX_DEPTH} levels",
        )
    match value:
        case None:
            return None
        case dict():
            return {str(key): _written(one, left, depth + 1) for key, one in value.items()}
        case list():
            return [_written(one, left, depth + 1) for one in value]
        case bool():
            return str(value).lower()
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            return str(value)
