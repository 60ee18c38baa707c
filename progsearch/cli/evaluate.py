"""``progsearch evaluate``: how well themes find what people coded by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from progsearch.cli._support.tables import Cell
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
    format_: o.TableFormat = "table",
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Measure themes on passages coded by hand, and how far the coders agree."""
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.tables import check_format
    from progsearch.errors import ProgsearchError
    from progsearch.judgements import agreement, disagreements, measures, read_coded
    from progsearch.judgements.trec import write_qrels, write_run

    check_format(format_)
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
    with sink(output) as out:
        shown = [part] if part else ["measures"] if format_ in ("csv", "json") else PARTS
        for name in shown:
            if name == "measures":
                each, together = measures(units, relevant=relevant)
                _write_measures([*each, together], out, format_)
            elif name == "agreement":
                _write_agreement(agreement(rows), out, format_)
            else:
                _write_disagreements(disagreements(rows), out, format_)


def _labelled(asked: Index, scheme: str, folders: list[Path] | None) -> Sequence[Coded]:
    """The rows that the labels of passages make. Raises ProgsearchError when there are none."""
    from progsearch.cli._support.index import catalogue_of
    from progsearch.errors import ProgsearchError
    from progsearch.judgements.labels import SCHEMES, coded_by_labels

    if scheme not in SCHEMES:
        raise ProgsearchError(
            f"no scheme {scheme!r}", where="--labels", remedy=f"choose {', '.join(SCHEMES)}"
        )
    passages = (
        passage
        for document in asked.engine.documents()
        for passage in asked.engine.passages(document.id)
    )
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


def _write_measures(found: Sequence[Measures], out: TextIO, format_: str) -> None:
    from progsearch.cli._support.tables import write_table

    names = ("nDCG@10", "P@10", "R@20")
    shares = ("precision", "recall", "f1")
    columns = ["theme", "coded", "relevant", "found"]
    rows: list[list[Cell]] = [[one.theme, one.coded, one.relevant, one.found] for one in found]
    for one, row in zip(found, rows, strict=True):
        for estimate in (one.precision, one.recall, one.f1):
            row += _estimate(estimate, format_)
        row += [_number(one.ranking.get(name) if one.ranking else None, format_) for name in names]
    if format_ in ("csv", "json"):
        columns += [f"{name}{end}" for name in shares for end in ("", "_low", "_high")]
    else:
        columns += shares
    write_table([*columns, *names], rows, out, format_)


def _estimate(estimate: Estimate | None, format_: str) -> list[Cell]:
    if format_ in ("csv", "json"):
        values = (estimate.value, estimate.low, estimate.high) if estimate else (None,) * 3
        return [_number(value, format_) for value in values]
    if estimate is None:
        return ["–"]
    return [f"{estimate.value:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"]


def _number(value: float | None, format_: str) -> Cell:
    if format_ in ("csv", "json"):
        return "" if value is None else round(value, 4)
    return "–" if value is None else f"{value:.3f}"


def _write_agreement(found: Sequence[Agreement], out: TextIO, format_: str) -> None:
    from progsearch.cli._support.tables import write_table

    if not found:
        return
    rows: list[list[Cell]] = [
        [
            one.theme,
            one.rows,
            one.same,
            _number(one.kappa, format_),
            _number(one.alpha, format_),
        ]
        for one in found
    ]
    out.write("\n" if format_ in ("table", "md") else "")
    write_table(["theme", "coded_twice", "same", "kappa", "alpha"], rows, out, format_)


def _write_disagreements(found: Sequence[Coded], out: TextIO, format_: str) -> None:
    from progsearch.cli._support.tables import write_table

    if not found:
        return
    rows: list[list[Cell]] = [
        [
            row.theme,
            row.relevance,
            row.second if row.second is not None else "",
            row.id or f"{row.file}:{row.line or ''}",
            " ".join(row.text.split())[:100],
            row.number,
        ]
        for row in found
    ]
    out.write("\n" if format_ in ("table", "md") else "")
    columns = ["theme", "relevance", "relevance_2", "passage", "text", "row"]
    write_table(columns, rows, out, format_)


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("evaluate", short_help="Measure themes on passages coded by hand.")(evaluate)
