"""Which column of a table is what, from the ``[tables]`` table of a ``progsearch.toml``.

    [tables]
    text = ["answer", "comment"]   # the passage; several columns stand under each other
    title = "question"             # the heading above a row's text, or its document's title
    party = "party"
    region = "region"
    date = "date"
    lang = "language"
    topic = "code"                 # the passage's label
    answer = "agrees"              # or: the label is what was answered to the question
    rows = "passages"              # or "documents"

    [tables.values.region]         # what the values of a column mean
    "1-stredocesky" = "CZ-20"

    [tables."surveys/*.csv"]       # for these files, over what is said above
    text = "statement"

What is not named there is found by its own name, in any language: a column ``text`` is the
text, a column ``Partei`` the party. Columns of which nothing is taken are told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.defaults import FILE_NAME, matches
from progsearch.errors import ProgsearchError
from progsearch.facts.fields import fields_of, meant_by
from progsearch.facts.names import did_you_mean

__all__ = ["FACTS", "KEYS", "Columns", "NoTextError", "columns_of", "listed", "no_text"]

FACTS = ("party", "region", "country", "kind", "date", "lang")
"""Facts of a document that a column may state."""
KEYS = ("text", "title", "topic", "answer", "id", *FACTS, "rows", "sheet", "values")
"""What may stand in the table."""
ROWS = ("passages", "documents")

OWN_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text",),
    "title": ("title",),
    "topic": ("topic",),
    "answer": (),
    "id": (),
    "lang": ("lang", "language"),
    **{fact: (fact,) for fact in FACTS if fact != "lang"},
}
"""Names of columns that say themselves what they are, before those of other languages."""
MAX_NAME_WORDS = 8
"""Words of the name of a column; a longer one is no name."""
NAMED = 12
"""Columns that are named when none is the text, or nothing is taken of them."""


class NoTextError(ProgsearchError):
    """No column is the text."""


def _nothing(_name: str) -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns, as the header writes them; empty for what there is not.

    ``values`` are the meanings of values by column. ``doubtful`` are columns named like a
    field whose values are none of it, or of which another column is taken; ``settled`` says
    that the settings name the text, so that the other columns are left out on purpose.
    """

    text: tuple[str, ...]
    title: str = ""
    topic: str = ""
    answer: str = ""
    id: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    rows: str = "passages"
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    doubtful: tuple[str, ...] = ()
    settled: bool = False

    def mapped(self) -> frozenset[str]:
        """All columns that are used for something."""
        named = (self.title, self.topic, self.answer, self.id, *self.facts.values(), *self.text)
        return frozenset(name for name in named if name)


def columns_of(
    header: Sequence[str],
    tables: Mapping[str, object],
    path: PurePath,
    own: Mapping[str, tuple[str, ...]] = OWN_NAMES,
    values_of: Callable[[str], Collection[str]] = _nothing,
) -> Columns:
    """The columns of a table with that header.

    ``own`` are the names that columns may have of themselves, ``values_of`` gives what stands
    in a column, by which names of other languages are told from words that look like them.
    Raises ProgsearchError when there is no column with the text, and for settings that cannot
    be used.
    """
    said = _said(tables, path)
    by_lower: dict[str, str] = {}
    for name in header:
        by_lower.setdefault(name.strip().lower(), name)
    by_lower.pop("", None)
    found: dict[str, list[str]] = {}
    for key, names in own.items():
        wanted = _texts(key, said[key]) if key in said else []
        for name in wanted:
            if name.strip().lower() not in by_lower:
                raise _unknown(key, name, header)
        chosen = [by_lower[name.strip().lower()] for name in wanted]
        found[key] = chosen or [by_lower[name] for name in names if name in by_lower][:1]
    doubtful = _otherwise_named(found, header, said, values_of)
    if "topic" in said and "answer" in said:
        raise _wrong("answer", "stands beside topic", "a passage has one label: choose one of them")
    if not found["text"]:
        raise no_text(header, values_of)
    rows = str(said.get("rows", "passages"))
    if rows not in ROWS:
        raise _wrong("rows", f"is {rows!r}", f"write {' or '.join(ROWS)}")
    values = said.get("values", {})
    if not isinstance(values, Mapping) or not all(isinstance(v, Mapping) for v in values.values()):
        raise _wrong("values", "is not a table of tables", 'write [tables.values.COLUMN] "a" = "b"')
    return Columns(
        text=tuple(found["text"]),
        title=_one(found, "title"),
        topic="" if found["answer"] else _one(found, "topic"),
        answer=_one(found, "answer"),
        id=_one(found, "id"),
        facts={fact: found[fact][0] for fact in FACTS if found.get(fact)},
        rows=rows,
        values={
            by_lower.get(str(name).strip().lower(), str(name)): {
                str(value): str(meaning) for value, meaning in meanings.items()
            }
            for name, meanings in values.items()
        },
        doubtful=doubtful,
        settled="text" in said,
    )


def _otherwise_named(
    found: dict[str, list[str]],
    header: Iterable[str],
    said: Mapping[str, object],
    values_of: Callable[[str], Collection[str]],
) -> tuple[str, ...]:
    """Find what is not found yet by the names of other languages; the columns that are named
    so, but are not taken."""
    taken = {name for names in found.values() for name in names}
    doubtful = []
    for name in header:
        fields = [field for field in fields_of(name) if field in found]
        if name in taken or not fields:
            continue
        key = meant_by(name, _meanings(said, name, values_of(name)))
        if "answer" in said and key == "topic":
            continue  # a passage has one label
        if key in found and not found[key]:
            found[key] = [name]
        elif values_of(name):
            doubtful.append(name)
    return tuple(doubtful)


def _meanings(said: Mapping[str, object], name: str, values: Collection[str]) -> Collection[str]:
    """The values of a column as the settings say that they are meant."""
    tables = said.get("values")
    meanings = tables.get(name, {}) if isinstance(tables, Mapping) else {}
    if not isinstance(meanings, Mapping):
        return values
    return [str(meanings.get(value, value)) for value in values]


def no_text(header: Iterable[str], values_of: Callable[[str], Collection[str]]) -> ProgsearchError:
    """That no column is the text; the remedy names the one with the longest values."""
    names = [name for name in header if name]
    if any(len(name.split()) > MAX_NAME_WORDS for name in names):
        return ProgsearchError(
            "the first row has no names of columns",
            where="line 1",
            remedy="write a row above it that names them, such as: party,text",
        )
    words = {name: sum(len(value.split()) for value in values_of(name)) for name in names}
    likely = max(names, key=lambda name: words[name], default="")
    return NoTextError(
        f"no column is the text; there are {listed(names)}",
        where="line 1",
        remedy=f'write [tables] and text = "{likely if words.get(likely) else "…"}" into the'
        f" {FILE_NAME} above it",
    )


def listed(names: Sequence[str]) -> str:
    """Names of columns as they are told: the first ones, and how many there are beside them."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _one(found: Mapping[str, list[str]], key: str) -> str:
    return next(iter(found.get(key, ())), "")


def _said(tables: Mapping[str, object], path: PurePath) -> dict[str, object]:
    """What the settings say of this file: all of it, and what they say of files like it."""
    said: dict[str, object] = {}
    patterns: dict[str, Mapping[str, object]] = {}
    for key, value in tables.items():
        if key in KEYS:
            said[key] = value
        elif isinstance(value, Mapping) and any(mark in key for mark in "./*"):
            patterns[key] = value
        else:
            raise _not_known(key)
    for pattern, more in patterns.items():
        if matches(f"**/{pattern.removeprefix('./')}", path.as_posix()):
            for key in more:
                if key not in KEYS:
                    raise _not_known(key)
            said |= more
    return said


def _texts(key: str, value: object) -> list[str]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) and name.strip() for name in names):
        raise _wrong(key, "is not the name of a column", f'write {key} = "…"')
    if len(names) > 1 and key != "text":
        raise _wrong(key, "names more than one column", f'write {key} = "{names[0]}"')
    return list(names)


def _not_known(key: str) -> ProgsearchError:
    remedy = did_you_mean(key, KEYS, f"known are {', '.join(KEYS)}", most=1)
    return _wrong(key, "is not known", remedy)


def _wrong(key: str, what: str, remedy: str) -> ProgsearchError:
    return ProgsearchError(f"[tables] of {FILE_NAME}: {key} {what}", remedy=remedy)


def _unknown(key: str, name: str, header: Iterable[str]) -> ProgsearchError:
    there = ", ".join(one for one in header if one)
    return ProgsearchError(
        f"[tables] of {FILE_NAME}: {key} is {name!r}, but there is no such column",
        where="line 1",
        remedy=did_you_mean(name, header, f"columns are {there}", most=1),
    )
