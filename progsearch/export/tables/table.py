"""A table whose columns say what they hold, and the account of how it came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from progsearch import __version__
from progsearch.classes import dataclass
from progsearch.visible import visible

if TYPE_CHECKING:
    from progsearch.scope import Filters
    from progsearch.state import Summary

__all__ = ["About", "Column", "Kind", "Table", "Value", "decimal", "filters_record", "shown"]

Value = str | int | float | bool | None
"""What may stand in a cell; nothing where a value makes no sense."""

Kind = Literal["string", "integer", "number", "boolean"]
"""What a column holds, by the names of the Table Schema (Frictionless Data)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and a sentence on it.

    ``digits`` is after how many decimals a number is cut for people to read; files that
    programs read have it in full. ``share`` marks a part of 1 that people read in percent.
    """

    name: str
    kind: Kind
    about: str
    digits: int = 1
    share: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. ``key`` names the columns that tell the rows apart.

    ``links`` gives the address of a cell by row and column, both from 0.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    key: tuple[str, ...] = ()
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def records(self) -> list[dict[str, Value]]:
        """The rows as objects."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class About:
    """How a table came about: enough to judge it and to make it again.

    ``asked`` is what was asked, by name (themes, words, groups); ``made`` the day, as
    ``YYYY-MM-DD``; ``denominator`` says what rates are of, ``notes`` are the rules by which the
    table is to be read.
    """

    command: str
    asked: Mapping[str, Any]
    filters: Filters
    corpus: Summary
    made: str
    left_out: int = 0
    notes: tuple[str, ...] = ()
    denominator: str = ""

    def record(self) -> dict[str, Any]:
        """The same as a JSON object."""
        return {
            "command": self.command,
            "query": dict(self.asked),
            "filters": filters_record(self.filters),
            **({"denominator": self.denominator} if self.denominator else {}),
            "corpus": {
                "hash": self.corpus.corpus_hash,
                "folders": sorted(self.corpus.roots),
                "documents": self.corpus.documents,
                "passages": self.corpus.passages,
                "copies_left_out": self.left_out,
                "language_data": self.corpus.language_data,
            },
            "progsearch": __version__,
            "made": self.made,
            "notes": list(self.notes),
        }

    def lines(self) -> list[tuple[str, str]]:
        """The same as pairs of texts, for people."""
        found: list[tuple[str, str]] = [("command", f"progsearch {self.command}")]
        found += ((name, _text(value)) for name, value in self.asked.items() if value)
        found += ((n, _text(value)) for n, value in filters_record(self.filters).items())
        found += [("denominator", self.denominator)] if self.denominator else []
        corpus = self.record()["corpus"]
        found += ((f"corpus {name.replace('_', ' ')}", _text(v)) for name, v in corpus.items())
        found += [("progsearch", __version__), ("made", self.made)]
        return [*found, *(("note", note) for note in self.notes)]


def filters_record(filters: Filters) -> dict[str, Any]:
    """Filters as a JSON object, those left out that let everything through."""
    names = ("lang", "country", "region", "party", "kind", "role", "commitment", "year", "document")
    record: dict[str, Any] = {
        name: list(getattr(filters, name)) for name in names if getattr(filters, name)
    }
    record |= {
        name: str(getattr(filters, name)) for name in ("since", "until") if getattr(filters, name)
    }
    for name in ("promises", "asides"):
        if getattr(filters, name):
            record[name] = True
    record["duplicates"] = "keep" if filters.copies else "once"
    return record


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(one)}" for name, one in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def decimal(value: float, digits: int = 1) -> str:
    """A number with so many decimals; what is not 0 is never written as if it were."""
    if value and abs(value) < 0.5 * 10**-digits:
        return f"<{10**-digits:.{digits}f}"
    return f"{value:,.{digits}f}"


def shown(column: Column, value: Value) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if column.kind == "boolean":
        return "yes" if value else ""
    if column.kind == "number" and isinstance(value, int | float):
        if column.share:
            return f"{value:.{column.digits}%}"
        return decimal(value, column.digits)
    if column.kind == "integer" and isinstance(value, int):
        return f"{value:,}"
    return visible(str(value))
