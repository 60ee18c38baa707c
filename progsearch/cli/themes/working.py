"""``progsearch themes coverage|suggest|audit|gaps``: what a theme does with an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.filters import Wanted, filtered
from progsearch.cli._support.table_files import Bom, Format, chosen_format, write_listing
from progsearch.cli.themes.at_hand import Id

if TYPE_CHECKING:
    from progsearch.themes.coverage import Coverage

__all__ = ["register"]


@filtered("role", "asides")
def coverage(
    *,
    theme: Id,
    wanted: Wanted,
    themes: o.ThemeFolders = None,
    format_: Format = None,
    bom: Bom = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """What each term finds: the dead ones, those that carry the hits, an example of each.

    Examples:
      progsearch themes coverage housing
      progsearch themes coverage housing --lang cs -o terms.xlsx
    """
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say
    from progsearch.export.theme_tables import coverage_table
    from progsearch.themes.coverage import coverage as covered

    chosen = chosen_format(format_, output)
    filters = filters_of(**wanted)
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        found = covered(theme, catalogue, asked, filters)
        narrower = [one.id for one in catalogue.within(theme)[1:]]
    write_listing([coverage_table(found, filters.lang)], chosen, output, bom=bom)
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
    lexicon: Annotated[
        bool,
        typer.Option(
            "--lexicon", help="Words of concepts that it names in other languages, and not in one."
        ),
    ] = False,
    themes: o.ThemeFolders = None,
    format_: Format = None,
    bom: Bom = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Propose terms: words and pairs unusually frequent in its hits (log-likelihood).

    Examples:
      progsearch themes suggest housing
      progsearch themes suggest housing --lang sv -n 40
      progsearch themes suggest housing --lexicon
    """
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say
    from progsearch.export.theme_tables import missing_table, suggestions_table
    from progsearch.themes.missing import missing_words
    from progsearch.themes.suggestions import suggestions

    chosen = chosen_format(format_, output)
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        if lexicon:
            words = missing_words(theme, catalogue, asked, filters_of(**wanted), limit=limit)
            if not words and not (format_ or output):
                say("no word of its concepts is missing in a language")
                return
            write_listing([missing_table(words)], chosen, output, bom=bom)
            say("new are the passages that it would find besides; read some before you take it")
            return
        found = suggestions(
            theme, catalogue, asked, filters_of(**wanted), limit=limit, minimum=least
        )
    if not found and not (format_ or output):
        say("no word is frequent enough in its hits to be proposed; --least asks for fewer")
        return
    write_listing([suggestions_table(found)], chosen, output, bom=bom)
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
    format_: Format = None,
    bom: Bom = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Draw passages that it finds and passages that it does not, as a CSV to code by hand.

    Examples:
      progsearch themes audit housing --bom -o sample.csv
      progsearch themes audit housing --sample 100 --seed 7 -o sample.csv
    """
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say
    from progsearch.export.theme_tables import audit_table
    from progsearch.themes.audit import audit as sampled

    # A sample is made to be filled in, so it is a spreadsheet also on a terminal.
    chosen = chosen_format(format_ or (None if output else "csv"), output)
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        rows = sampled(theme, catalogue, asked, filters_of(**wanted), size=sample, seed=seed)
    write_listing([audit_table(theme, rows)], chosen, output, bom=bom)
    say(
        f"{len(rows)} passages; write 0, 1 or 2 under relevance (not, partly, fully relevant), "
        "then run: progsearch evaluate FILE"
    )


@filtered("role", "asides", "duplicates")
def gaps(
    *,
    theme: Id,
    wanted: Wanted,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="Passages at most in each language.")
    ] = 20,
    meaning: o.Meaning = False,
    themes: o.ThemeFolders = None,
    format_: Format = None,
    bom: Bom = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """List the passages most like its hits that it does not find, with words for terms.

    As CSV they can be coded like those of audit; they are chosen, so they measure nothing.

    Examples:
      progsearch themes gaps housing
      progsearch themes gaps housing --lang sv -n 50 -o gaps.csv
    """
    from progsearch.api.words import filters_of
    from progsearch.cli._support.index import catalogue_of, opened
    from progsearch.cli._support.output import say
    from progsearch.export.theme_tables import gaps_table
    from progsearch.themes.gaps import gaps as found_near

    chosen = chosen_format(format_, output)
    with opened(index) as asked:
        catalogue = catalogue_of(themes, asked.summary.roots)
        filters = filters_of(**wanted)
        found = found_near(theme, catalogue, asked, filters, limit=limit, meaning=meaning)
    if not found and not (format_ or output):
        say("no passage that it does not find is like its hits")
        return
    table = gaps_table(theme, found, coded=chosen != "table")
    write_listing([table], chosen, output, bom=bom)
    say(f"{len(found)} passages, chosen for what they share with hits: they measure nothing")


def register(app: typer.Typer) -> None:
    """Add the commands to those of themes."""
    app.command("coverage")(coverage)
    app.command("suggest")(suggest)
    app.command("audit")(audit)
    app.command("gaps")(gaps)
