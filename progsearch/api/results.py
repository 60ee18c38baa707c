"""Results as typed rows that go to pandas, polars and Arrow in one call.

A result is a sequence of frozen dataclasses. Its table has the same columns and numbers as
the CSV file of the command of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from progsearch.compare import Comparison
    from progsearch.export.tables import Table

__all__ = [
    "CellRow",
    "ComparisonRows",
    "CountRow",
    "DocumentRow",
    "EvidenceRow",
    "HitRow",
    "Hits",
    "KeywordRow",
    "PassageRow",
    "Placed",
    "Rows",
    "SilenceRow",
    "ThemeRow",
    "WholeDocument",
    "rows_of",
]

_PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
_POLARS = {"string": "String", "integer": "Int64", "number": "Float64", "boolean": "Boolean"}
_ARROW = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool_"}


class Placed:
    """A row that stands in a file."""

    __slots__ = ()

    file: str
    line: int | None
    page: int | None

    @property
    def place(self) -> str:
        """Where it stands, as ``search`` prints it: ``file:line``, in files with pages
        ``file:p3:line``."""
        page = f":p{self.page}" if self.page else ""
        return f"{self.file}{page}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class HitRow(Placed):
    """A passage that was found; ``matched`` are its words that matched."""

    id: str
    document: str
    file: str
    line: int
    end_line: int
    page: int | None
    title: str
    heading: str
    role: str
    commitment: str
    lang: str
    country: str
    region: str
    region_name: str
    party: str
    kind: str
    date: str
    speaker: str
    label: str
    matched: str
    text: str
    score: float
    inferred: str
    copy_of: str
    link: str


@dataclass(frozen=True, slots=True)
class PassageRow(Placed):
    """A passage of a document, in the order of the source."""

    id: str
    document: str
    file: str
    line: int
    end_line: int
    page: int | None
    heading: str
    role: str
    commitment: str
    lang: str
    speaker: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document; ``inferred`` names the facts that were told from its text."""

    document: str
    file: str
    title: str
    lang: str
    country: str
    region: str
    region_name: str
    party: str
    kind: str
    date: str
    copy_of: str
    inferred: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """What was found in a group. Rates and their 95 % interval are per 1,000 passages, and the
    passages per million words stand beside them.

    ``unknown`` names the dimensions of the group that are not known.
    """

    group: Mapping[str, str]
    passages: int
    documents: int
    of_passages: int
    rate_per_1000: float
    low: float
    high: float
    share_of_words: float
    per_million_words: float
    theme: str = ""
    region_name: str = ""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class CellRow(CountRow):
    """What a group says on a question; the last five are there where groups were tested."""

    of_documents: int = 0
    words: int = 0
    of_words: int = 0
    small: bool = False
    g2: float | None = None
    p: float | None = None
    p_corrected: float | None = None
    log_ratio: float | None = None
    difference: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One of the strongest passages of a cell; ``rank`` counts from 1."""

    group: Mapping[str, str]
    theme: str
    rank: int
    file: str
    line: int
    role: str
    commitment: str
    matched: str
    text: str
    title: str
    date: str
    passage: str
    link: str


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """A group without a passage on a question, and why."""

    group: Mapping[str, str]
    theme: str
    why: str
    of_passages: int
    of_documents: int
    of_words: int
    expected: float | None
    high: float | None
    small: bool
    region_name: str = ""


@dataclass(frozen=True, slots=True)
class KeywordRow:
    """A word, or two, that set a group apart, with the place of an example."""

    group: Mapping[str, str]
    lang: str
    words: str
    lemmas: str
    count: int
    per_10000: float
    rest_per_10000: float
    documents: int
    g2: float
    log_ratio: float
    file: str | None
    line: int | None
    region_name: str = ""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme: the number of its terms by language, and the file that it was read from."""

    id: str
    label: str
    broader: str
    terms: Mapping[str, int]
    file: str


Row = TypeVar("Row")


class Rows(Sequence[Row], Generic[Row]):
    """Typed rows, and the table that they make.

    ``notes`` are the rules by which the numbers are to be read, ``warnings`` what may be wrong
    with them.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        table: Table,
        *,
        notes: Sequence[str] = (),
        warnings: Sequence[str] = (),
    ) -> None:
        self._rows = tuple(rows)
        self._table = table
        self.notes = tuple(notes)
        self.warnings = tuple(warnings)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        return self._rows[at]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return NotImplemented
        return self.columns == other.columns and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(tuple(self.columns)) ^ len(self)

    def __repr__(self) -> str:
        names = ", ".join(self.columns[:6]) + (", …" if len(self.columns) > 6 else "")
        rows = "1 row" if len(self) == 1 else f"{len(self):,} rows"
        return f"<{self._table.name}: {rows} of {names}>"

    @property
    def columns(self) -> list[str]:
        """The names of the table's columns."""
        return [column.name for column in self._table.columns]

    @property
    def about(self) -> dict[str, str]:
        """What each column holds."""
        return {column.name: column.about for column in self._table.columns}

    def to_dicts(self) -> list[dict[str, str | int | float | bool | None]]:
        """The rows as dicts by the names of the columns."""
        return self._table.records()

    def to_pandas(self) -> pd.DataFrame:
        """The table for pandas. Raises ProgsearchError where pandas is not installed."""
        pandas: Any = _library("pandas")
        columns = {
            column.name: pandas.array(values, dtype=_PANDAS[column.kind])
            for column, values in self._columns()
        }
        frame: pd.DataFrame = pandas.DataFrame(columns)
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The table for polars. Raises ProgsearchError where polars is not installed."""
        polars: Any = _library("polars")
        columns = {column.name: values for column, values in self._columns()}
        schema = {one.name: getattr(polars, _POLARS[one.kind]) for one in self._table.columns}
        frame: pl.DataFrame = polars.DataFrame(columns, schema=schema)
        return frame

    def to_arrow(self) -> pa.Table:
        """The table for Arrow, the sentence on each column in its metadata.

        Raises ProgsearchError where pyarrow is not installed.
        """
        arrow: Any = _library("pyarrow")
        schema = arrow.schema(
            [
                arrow.field(
                    one.name, getattr(arrow, _ARROW[one.kind])(), metadata={"about": one.about}
                )
                for one in self._table.columns
            ]
        )
        columns = {column.name: values for column, values in self._columns()}
        table: pa.Table = arrow.table(columns, schema=schema)
        return table

    def _columns(self) -> Iterator[tuple[Any, list[Any]]]:
        for at, column in enumerate(self._table.columns):
            values = [row[at] for row in self._table.rows]
            if column.kind == "number":
                values = [None if value is None else float(value) for value in values]
            yield column, values


def _library(name: str) -> Any:  # noqa: ANN401 - of a library
    try:
        return import_module(name)
    except ImportError:
        raise ProgsearchError(
            f"this needs {name}, which is not installed", remedy=f"run: pip install {name}"
        ) from None


class Hits(Rows[HitRow]):
    """The hits shown; ``total`` counts all that match, ``left_out`` documents that repeat others
    and were not searched."""

    total: int = 0
    left_out: int = 0


class ComparisonRows(Rows[CellRow]):
    """The cells of a comparison: one a question and group, also where nothing matches."""

    comparison: Comparison
    evidence: Rows[EvidenceRow]
    silences: Rows[SilenceRow]

    def plot(self, file: str | Path, *, lang: str = "en") -> Path:
        """Draw it as ``compare --plot`` does; ``.svg``, ``.png`` or ``.pdf`` by the name.

        Raises ProgsearchError for another name, and where matplotlib is not installed.
        """
        from progsearch.plots import check_picture, draw

        picture = Path(file)
        check_picture(picture)
        draw(self.comparison, picture, lang)
        return picture


@dataclass(frozen=True)
class WholeDocument:
    """A document with its passages and its source text, to the letter."""

    facts: DocumentRow
    passages: Rows[PassageRow] = field(repr=False)
    text: str = field(repr=False)


def rows_of(kind: Callable[..., Row], table: Table, by: Sequence[str] = ()) -> list[Row]:
    """The rows of a table as dataclasses; the columns of ``by`` become ``group``."""
    names = {one.name for one in fields(kind)}  # type: ignore[arg-type]
    found: list[Row] = []
    for record in table.records():
        given: dict[str, Any] = {name: record[name] for name in names if name in record}
        if "group" in names:
            given["group"] = {name: record[name] for name in by}
        found.append(kind(**given))
    return found
