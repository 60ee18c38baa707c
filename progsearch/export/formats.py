"""The list of all formats that something can be written in, and by which suffix each is known.

To add one, write its module and put one line here: the commands offer it, choose it by the
name of the file, and refuse it for what it is not made for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from progsearch.classes import dataclass
from progsearch.errors import ProgsearchError

__all__ = ["FORMATS", "TERMINAL", "Format", "Kind", "chosen", "formats_of", "writer"]

Kind = Literal["hits", "tables", "corpus", "dfm", "references", "themes", "report"]
"""What is written: each kind has its own way to call a writer, see :data:`FORMATS`."""

TERMINAL = "table"
"""What is made for a terminal; a file gets it by this name, or where its name has no suffix."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one kind of output.

    ``writer`` is ``module:function``. ``binary`` formats are no text for a terminal; ``people``
    read a format, and want the best and not all. Without ``suffixes`` the name is the suffix.
    """

    kind: Kind
    name: str
    writer: str
    suffixes: tuple[str, ...] = ()
    binary: bool = False
    people: bool = False

    def is_for(self, suffix: str) -> bool:
        """Whether files with that suffix (without its dot) are of this format."""
        return suffix in (self.suffixes or (self.name,))


FORMATS = (
    # Hits: write(hits, out). A workbook is written as a table.
    Format("hits", "kwic", "progsearch.export.kwic:write", people=True),
    Format("hits", "csv", "progsearch.export.csv:write"),
    Format("hits", "json", "progsearch.export.json:write"),
    Format("hits", "jsonl", "progsearch.export.jsonl:write", ("jsonl", "ndjson")),
    Format("hits", "md", "progsearch.export.markdown:write", ("md", "markdown"), people=True),
    Format("hits", "xlsx", "progsearch.export.tables.xlsx:write", binary=True),
    # Tables: write(tables, about, out), where out takes bytes for a binary one.
    Format("tables", "csv", "progsearch.export.tables.csv:write"),
    Format("tables", "json", "progsearch.export.tables.json:write"),
    Format("tables", "md", "progsearch.export.tables.markdown:write", ("md", "markdown")),
    Format("tables", "xlsx", "progsearch.export.tables.xlsx:write", binary=True),
    # The whole corpus: write(rows, out), or write(rows, path) for a binary one.
    Format("corpus", "jsonl", "progsearch.export.corpus:write_jsonl", ("jsonl", "ndjson")),
    Format("corpus", "csv", "progsearch.export.corpus:write_csv"),
    Format("corpus", "parquet", "progsearch.export.corpus:write_parquet", binary=True),
    Format(
        "corpus",
        "sqlite",
        "progsearch.export.sqlite:write_sqlite",
        ("sqlite", "sqlite3", "db"),
        binary=True,
    ),
    # A document-feature matrix: write(matrix, path).
    Format("dfm", "mtx", "progsearch.export.dfm:write_matrix_market", binary=True),
    Format("dfm", "parquet", "progsearch.export.dfm:write_parquet", binary=True),
    # References: write(references) gives the text.
    Format("references", "bibtex", "progsearch.citation:bibtex", ("bib", "bibtex")),
    Format("references", "csl", "progsearch.citation:csl_json", ("json",)),
    Format("references", "ris", "progsearch.citation:ris"),
    # Themes: write(themes, out).
    Format("themes", "skos", "progsearch.themes.skos:write_skos", ("ttl",)),
    Format("themes", "quanteda", "progsearch.themes.quanteda:write_quanteda", ("yml",)),
    Format("themes", "yaml", "progsearch.themes.writing:write_yaml"),
    Format("report", "html", "progsearch.report:html", ("html", "htm")),
)
"""All formats, those of a kind in the order in which they are offered."""


def formats_of(kind: Kind) -> dict[str, Format]:
    """The formats of a kind by name."""
    return {one.name: one for one in FORMATS if one.kind == kind}


def writer(kind: Kind, name: str) -> Callable[..., Any]:
    """What writes a format. Raises KeyError for one that the kind does not have."""
    module, _, function = formats_of(kind)[name].writer.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found


def chosen(kind: Kind, name: str | None, output: Path | None, default: str = TERMINAL) -> str:
    """The format that was named, or the one of the file's suffix.

    Without both it is ``default``; so it is for a file whose name has no suffix, and what is
    made for a terminal may be kept as ``.txt``. Raises ProgsearchError for a format that there
    is not, for a suffix of none, and for a binary one without a file.
    """
    known = formats_of(kind)
    offered = [*([TERMINAL] if default == TERMINAL else []), *known]
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if name is None:
        by_suffix = [one.name for one in known.values() if one.is_for(suffix)]
        if default == TERMINAL and suffix == "txt":
            by_suffix = [TERMINAL]
        if suffix and not by_suffix:
            endings = ", ".join(
                f".{end}" for one in known.values() for end in one.suffixes or (one.name,)
            )
            raise ProgsearchError(
                f"no format is known by .{suffix}",
                where=f"--output {output}",
                remedy=f"end it in {endings}" + ("" if len(known) == 1 else ", or name a --format"),
            )
        name = by_suffix[0] if by_suffix else default
    if name not in offered:
        raise ProgsearchError(
            f"no format {name!r}", where="--format", remedy=f"choose {', '.join(offered)}"
        )
    if output is None and name in known and known[name].binary:
        raise ProgsearchError(
            "this is no text for a terminal",
            where=f"--format {name}",
            remedy="name a file with --output",
        )
    return name
