"""``progsearch themes coverage|suggest|audit``: what a theme does with an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli.themes.at_hand import Id

if TYPE_CHECKING:
    from progsearch.cli._support.tables import Cell
    from progsearch.search import Hit
    from progsearch.themes.coverage import Coverage

__all__ = ["register"]

AROUND = 40
"""Characters shown on each side of a match in an example."""


@filtered("role", "asides")
def coverage(
    *,
    theme: Id,
    wanted: Wanted,
    themes: o.ThemeFolders = None,
    format_: o.TableFormat = "table",
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """What each term finds: the dead ones, those that carry the hits, an example of each."""
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.tables import check_format, write_table
    from progsearch.themes.coverage import coverage as covered

    check_format(format_)
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        found = covered(theme, catalogue, asked, filters_of(**wanted))
        narrower = [one.id for one in catalogue.within(theme)[1:]]
    langs = filters_of(**wanted).lang
    rows: list[list[Cell]] = [
        [
            one.lang,
            one.term,
            one.passages,
            one.documents,
            round(100 * one.share, 1),
            _place(one.examples[0]) if one.examples else "",
            _around(one.examples[0]) if one.examples else "",
        ]
        for one in found.terms
        if not langs or one.lang in langs
    ]
    columns = ["lang", "term", "passages", "documents", "percent", "example_at", "example"]
    with sink(output) as out:
        write_table(columns, rows, out, format_)
    for line in _summary(found, narrower):
        say(line)


def _summary(found: Coverage, narrower: list[str]) -> list[str]:
    lines = []
    for lang in dict.fromkeys(one.lang for one in found.terms):
        of = found.of.get(lang)
        own, whole = found.own.get(lang), found.whole.get(lang)
        if of is None:
            continue
        count = own.passages if own else 0
        lines.append(f"{lang}: {count:,} of {of.passages:,} passages")
        if narrower and whole:
            lines[-1] += f", {whole.passages:,} with {', '.join(narrower)}"
        dead = found.dead(lang)
        total = sum(one.lang == lang for one in found.terms)
        if dead:
            lines.append(f"{lang}: {len(dead)} of {total} terms find nothing: {'; '.join(dead)}")
        heavy = [f"{one.term} ({one.share:.0%})" for one in found.heavy(lang)]
        if heavy:
            lines.append(f"{lang}: most hits come from {', '.join(heavy)}")
    return lines


@filtered("role", "asides", "duplicates")
def suggest(
    *,
    theme: Id,
    wanted: Wanted,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="Terms at most in each language.")
    ] = 20,
    least: Annotated[
        int, typer.Option("--least", min=1, help="Hits in which a term must stand at least.")
    ] = 3,
    themes: o.ThemeFolders = None,
    format_: o.TableFormat = "table",
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Propose terms: words and pairs unusually frequent in its hits (log-likelihood)."""
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.tables import check_format, write_table
    from progsearch.themes.suggestions import suggestions

    check_format(format_)
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        found = suggestions(
            theme, catalogue, asked, filters_of(**wanted), limit=limit, minimum=least
        )
    rows: list[list[Cell]] = [
        [
            one.lang,
            one.term,
            one.form,
            one.hits,
            one.rest,
            round(one.score, 1),
            round(one.ratio, 1),
            one.theme,
            one.example,
        ]
        for one in found
    ]
    columns = ["lang", "term", "written", "hits", "elsewhere", "log_likelihood", "log_ratio"]
    with sink(output) as out:
        write_table([*columns, "in_theme", "example"], rows, out, format_)
    say("read the examples (progsearch show ID) before you take a term over")


@filtered("role", "asides", "duplicates")
def audit(
    *,
    theme: Id,
    sample: Annotated[
        int,
        typer.Option("--sample", min=1, help="Passages to draw of those found, and of the others."),
    ] = 50,
    seed: Annotated[int, typer.Option("--seed", help="Another number draws other passages.")] = 1,
    wanted: Wanted,
    themes: o.ThemeFolders = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte order mark, for spreadsheets.")
    ] = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Draw passages that it finds and passages that it does not, as a CSV to code by hand."""
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say, sink
    from progsearch.cli._support.tables import write_table
    from progsearch.themes.audit import COLUMNS, cells
    from progsearch.themes.audit import audit as sampled

    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        rows = sampled(theme, catalogue, asked, filters_of(**wanted), size=sample, seed=seed)
    with sink(output, bom=bom) as out:
        write_table(COLUMNS, [cells(theme, row) for row in rows], out, "csv")
    say(
        f"{len(rows)} passages; write 0, 1 or 2 under relevance (not, partly, fully relevant), "
        "then run: progsearch evaluate FILE"
    )


def _place(hit: Hit) -> str:
    from progsearch.model import place_of

    return place_of(hit.file, hit.passage)


def _around(hit: Hit) -> str:
    """The first match with some text around it; of a match in the headings, those."""
    match = next((one for one in hit.matches if one.where == "text"), None)
    if match is None:
        return "# " + " › ".join(hit.passage.headings)
    text = hit.passage.text
    start, end = max(0, match.start - AROUND), min(len(text), match.end + AROUND)
    cut = " ".join(text[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text) else "")


def register(app: typer.Typer) -> None:
    """Add the commands to those of themes."""
    app.command("coverage")(coverage)
    app.command("suggest")(suggest)
    app.command("audit")(audit)
