"""``progsearch evaluate``: how well themes find what people coded by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.table_files import Format, chosen_format, write_listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from progsearch.export.tables import Table, Value
    from progsearch.judgements import Agreement, Coded, Estimate, Measures, Unit
    from progsearch.search import Index

__all__ = ["register"]

PARTS = ("measures", "agreement", "disagreements")


def evaluate(
    coded: Annotated[
        Path | None,
        typer.Argument(
            metavar="CODED.csv",
            help="Rows with theme, relevance (0, 1, 2), and id, or file with line or text; "
            "relevance_2 for a second coder. CSV or JSON Lines.",
            show_default=False,
        ),
    ] = None,
    labels: Annotated[
        str | None,
        typer.Option(
            "--labels",
            metavar="marpor|cap",
            help="Take the codes that passages came with, in this scheme, and no file.",
        ),
    ] = None,
    relevant: Annotated[
        int,
        typer.Option("--relevant", min=1, max=2, help="The lowest relevance that counts."),
    ] = 1,
    part: Annotated[
        str | None,
        typer.Option("--part", metavar="|".join(PARTS), help="Only this; needed for csv, json."),
    ] = None,
    qrels: Annotated[
        Path | None, typer.Option("--qrels", help="Also write the judgements for trec_eval.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option("--run", help="Also write the ranking for trec_eval.")
    ] = None,
    themes: o.ThemeFolders = None,
    format_: Format = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Measure themes on passages coded by hand, and how far the coders agree.

    Examples:
      progsearch evaluate coded.csv
      progsearch evaluate --labels marpor --part measures -o measures.csv
    """
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say, sink
    from progsearch.errors import ProgsearchError
    from progsearch.judgements import agreement, disagreements, measures, read_coded
    from progsearch.judgements.trec import write_qrels, write_run

    chosen = chosen_format(format_, output)
    if part not in (None, *PARTS):
        raise ProgsearchError(
            f"no part {part!r}", where="--part", remedy=f"choose {', '.join(PARTS)}"
        )
    if (coded is None) == (labels is None):
        raise ProgsearchError("either CODED.csv or --labels", remedy="give one of the two")
    with opened(index) as asked:
        rows = read_coded(coded) if coded else _labelled(asked, str(labels), themes)
        units, lost = _units(asked, rows, themes)
    for row in lost[:5]:
        where = row.id or f"{row.file}:{row.line or ''}"
        say(f"{coded}:{row.number}: the index has no such passage: {where} {row.text[:60]}")
    if lost:
        say(f"{len(lost)} of {len(rows)} rows were left out; are their files ingested?")
    for path, write in ((qrels, write_qrels), (run, write_run)):
        if path:
            with sink(path) as out:
                write(units, out)
    # A file of rows has room for one table, the others have it for all.
    one_only = chosen in ("csv", "json")
    shown = [part] if part else ["measures"] if one_only else PARTS
    tables = []
    for name in shown:
        if name == "measures":
            each, together = measures(units, relevant=relevant)
            tables.append(_measures_table([*each, together], people=chosen in ("table", "md")))
        elif name == "agreement":
            tables.append(_agreement_table(agreement(rows)))
        else:
            tables.append(_disagreements_table(disagreements(rows)))
    kept = [table for table in tables if table.rows or len(tables) == 1]
    write_listing(kept, chosen, output)


def _labelled(asked: Index, scheme: str, folders: list[Path] | None) -> Sequence[Coded]:
    """The rows that the labels of passages make. Raises ProgsearchError when there are none."""
    from progsearch.cli._support.index import catalogue_of
    from progsearch.engine.whole import whole
    from progsearch.errors import ProgsearchError
    from progsearch.judgements.labels import SCHEMES, coded_by_labels

    if scheme not in SCHEMES:
        raise ProgsearchError(
            f"no scheme {scheme!r}", where="--labels", remedy=f"choose {', '.join(SCHEMES)}"
        )
    passages = (passage for _, some in whole(asked.engine) for passage in some)
    themes = catalogue_of(folders, asked.summary.roots).themes.values()
    rows = list(coded_by_labels(passages, themes, scheme))
    if not rows:
        raise ProgsearchError(
            "no passage of the index has a label",
            where="--labels",
            remedy="ingest coded tables; see docs/formats.md",
        )
    return rows


def _units(
    asked: Index, rows: Sequence[Coded], folders: list[Path] | None
) -> tuple[Mapping[str, Sequence[Unit]], Sequence[Coded]]:
    from progsearch.judgements import locate, ranked
    from progsearch.themes import ThemeClauses
    from progsearch.themes.folders import catalogue_of

    clauses = ThemeClauses.of(catalogue_of(folders, asked.summary.roots), asked)
    by_theme = {theme: clauses.clause(theme) for theme in dict.fromkeys(r.theme for r in rows)}
    found, lost = locate(rows, asked)
    units = {
        theme: ranked([unit for unit in found if unit.row.theme == theme], clause, asked)
        for theme, clause in by_theme.items()
    }
    return units, lost


_RANKING = ("nDCG@10", "P@10", "R@20")
_SHARES = ("precision", "recall", "f1")


def _measures_table(found: Sequence[Measures], *, people: bool) -> Table:
    """One row a theme; ``people`` read a share and its interval in one cell."""
    from progsearch.export.tables import Column, Table

    ends = {"": "", "_low": "lower end of its 95 % interval", "_high": "upper end of it"}
    shares = [
        Column(f"{name}{end}", "number", f"{name}, {about}" if about else name, digits=3)
        for name in _SHARES
        for end, about in ends.items()
    ]
    columns = [
        Column("theme", "string", "Id of the theme"),
        Column("coded", "integer", "Passages that were coded"),
        Column("relevant", "integer", "Those that belong to the theme"),
        Column("found", "integer", "Those that the theme finds"),
        *([Column(name, "string", name) for name in _SHARES] if people else shares),
        *(Column(name, "number", f"{name} of the ranking", digits=3) for name in _RANKING),
    ]
    rows: list[list[Value]] = []
    for one in found:
        row: list[Value] = [one.theme, one.coded, one.relevant, one.found]
        for estimate in (one.precision, one.recall, one.f1):
            row += [_interval(estimate)] if people else _estimate(estimate)
        rows.append([*row, *(_number((one.ranking or {}).get(name)) for name in _RANKING)])
    return Table("measures", "How well themes find", tuple(columns), rows, key=("theme",))


def _interval(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    return f"{estimate.value:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"


def _estimate(estimate: Estimate | None) -> list[Value]:
    values = (estimate.value, estimate.low, estimate.high) if estimate else (None,) * 3
    return [_number(value) for value in values]


def _number(value: float | None) -> Value:
    return None if value is None else round(value, 4)


def _agreement_table(found: Sequence[Agreement]) -> Table:
    from progsearch.export.tables import Column, Table

    columns = (
        Column("theme", "string", "Id of the theme"),
        Column("coded_twice", "integer", "Passages that two people coded"),
        Column("same", "integer", "Those that they coded alike"),
        Column("kappa", "number", "Cohen's kappa", digits=3),
        Column("alpha", "number", "Krippendorff's alpha", digits=3),
    )
    rows: list[list[Value]] = [
        [one.theme, one.rows, one.same, _number(one.kappa), _number(one.alpha)] for one in found
    ]
    return Table("agreement", "How far the coders agree", columns, rows, key=("theme",))


def _disagreements_table(found: Sequence[Coded]) -> Table:
    from progsearch.export.tables import Column, Table

    columns = (
        Column("theme", "string", "Id of the theme"),
        Column("relevance", "integer", "What the first coder wrote"),
        Column("relevance_2", "integer", "What the second wrote"),
        Column("passage", "string", "Id or place of the passage"),
        Column("text", "string", "How it begins"),
        Column("row", "integer", "Row of the coded file"),
    )
    rows: list[list[Value]] = [
        [
            row.theme,
            row.relevance,
            row.second,
            row.id or f"{row.file}:{row.line or ''}",
            " ".join(row.text.split())[:100],
            row.number,
        ]
        for row in found
    ]
    return Table("disagreements", "Where they do not", columns, rows)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("evaluate")(evaluate)
