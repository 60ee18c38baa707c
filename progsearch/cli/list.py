"""``progsearch list``: what an index holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from collections.abc import Iterable

    from progsearch.cli._support.tables import Cell
    from progsearch.search import Index

__all__ = ["register"]

KINDS = ("documents", "regions", "parties", "languages", "failures", "notes")


def list_(
    what: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="What to list.")],
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="table|csv|json|md", help="How to show them.")
    ] = "table",
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """List the documents, regions, parties or languages of an index, or the files that failed."""
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import sink
    from progsearch.cli._support.tables import check_format, write_table
    from progsearch.errors import ProgsearchError

    check_format(format_)
    if what not in KINDS:
        raise ProgsearchError(f"cannot list {what!r}", remedy=f"choose {', '.join(KINDS)}")
    with opened(index) as asked:
        columns, rows = _LISTS[what](asked)
        found = list(rows)
    with sink(output) as out:
        write_table(columns, found, out, format_)


def _documents(asked: Index) -> tuple[list[str], Iterable[list[Cell]]]:
    from progsearch.export.rows import inferred

    columns = ["document", "file", "title", "lang", "region", "party", "kind", "date"]
    columns += ["copy_of", "inferred"]

    def rows() -> Iterable[list[Cell]]:
        paths = {one.id: one.path for one in asked.engine.documents()}
        for one in asked.engine.documents():
            original = asked.summary.copies.get(one.id, "")
            yield [
                one.id,
                asked.file(one.path),
                one.title,
                str(one.lang),
                one.region.value.code if one.region else "",
                str(one.party or ""),
                str(one.kind or ""),
                str(one.date or ""),
                asked.file(paths[original]) if original else "",
                " ".join(inferred(one)),
            ]

    return columns, rows()


def _facet(name: str) -> _Lister:
    def listed(asked: Index) -> tuple[list[str], Iterable[list[Cell]]]:
        from progsearch.query import Everything
        from progsearch.scope import Filters

        counted = asked.tally(Everything(), Filters(), by=[name])
        rows: list[list[Cell]] = [
            [*_named(name, group[0]), counts.documents, counts.passages, counts.words]
            for group, counts in sorted(counted.of.items())
        ]
        extra = ["name"] if name in ("region", "lang") else []
        return [name, *extra, "documents", "passages", "words"], rows

    return listed


def _named(name: str, value: str) -> list[str]:
    if name == "region":
        from progsearch.facts.regions import load_regions

        known = load_regions().get(value)
        return [value or "unknown", known.region.name if known else ""]
    if name == "lang":
        from progsearch.languages.profiles import name_of

        return [value, name_of(value)]
    return [value or "unknown"]


def _failures(asked: Index) -> tuple[list[str], Iterable[list[Cell]]]:
    from progsearch.state import files_of

    problems = files_of(asked.engine).failures.values()
    rows: list[list[Cell]] = [
        [asked.file(one.path), one.line or "", one.what, one.remedy] for one in problems
    ]
    return ["file", "line", "what", "remedy"], rows


def _notes(asked: Index) -> tuple[list[str], Iterable[list[Cell]]]:
    from progsearch.state import files_of

    notes = files_of(asked.engine).notes
    rows: list[list[Cell]] = [
        [asked.file(path), note] for path, all_ in notes.items() for note in all_
    ]
    return ["file", "note"], rows


if TYPE_CHECKING:
    from collections.abc import Callable

    _Lister = Callable[[Index], tuple[list[str], Iterable[list[Cell]]]]

_LISTS = {
    "documents": _documents,
    "regions": _facet("region"),
    "parties": _facet("party"),
    "languages": _facet("lang"),
    "failures": _failures,
    "notes": _notes,
}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("list", short_help="List documents, regions, parties, failures …")(list_)
