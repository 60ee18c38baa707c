"""``progsearch search``: the passages that match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli import options as o
from progsearch.cli.filtering import Wanted, filtered
from progsearch.cli.saving import Save

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from progsearch.search import Hit

__all__ = ["register"]

FORMATS = ("table", "kwic", "csv", "json", "jsonl", "md")


@filtered(duplicates="keep")
def search(
    *,
    context: typer.Context,
    query: o.Words = None,
    theme: o.Theme = None,
    wanted: Wanted,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", min=0, help="Hits at most. [default: 20; all for csv, json, jsonl]"
        ),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="How to show them.")
    ] = "table",
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin with a byte order mark, for spreadsheets.")
    ] = False,
    save: Save = None,
    themes: o.ThemeFolders = None,
    expand: o.Expand = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Find passages; without a query, all that the filters let through, in source order."""
    from progsearch.cli.hits import write_hits
    from progsearch.cli.opening import opened, query_of
    from progsearch.cli.output import say, sink, use_colour
    from progsearch.cli.theming import looked_for, offer
    from progsearch.errors import ProgsearchError

    if format_ not in FORMATS:
        raise ProgsearchError(
            f"no format {format_!r}", where="--format", remedy=f"choose {', '.join(FORMATS)}"
        )
    parsed = query_of(query)
    if limit is None and format_ in ("table", "kwic", "md"):
        limit = 20
    with opened(index) as asked:
        sought = looked_for(asked, parsed, theme, themes, expand=expand)
        found = asked.search(sought.query, wanted, limit=limit, clauses=sought.clauses)
        met: list[str] = []
        hits = _noted(found.hits, met)
        with sink(output, bom=bom) as out:
            if format_ == "table":
                write_hits(hits, out, colour=use_colour(out), terms=bool(sought.each))
            else:
                from progsearch.export import writer

                writer(format_)(hits, out)
        if save:
            from progsearch.cli.saving import save_recipe, themes_of

            total = {"passages": found.total}
            hashes = themes_of(asked, theme, themes)
            save_recipe(context, save, asked, hashes, total, [[one] for one in met])
        shown = found.total if limit is None else min(limit, found.total)
        say(summary_line(found.total, shown, found.left_out))
        hint = "" if sought.each or expand else offer(asked, parsed, themes)
        if hint:
            say(hint)


def _noted(hits: Iterable[Hit], met: list[str]) -> Iterator[Hit]:
    """The same hits; their ids are put into ``met``."""
    for hit in hits:
        met.append(hit.passage.id)
        yield hit


def summary_line(total: int, shown: int, left_out: int) -> str:
    """What was found, in one line."""
    from progsearch.cli.output import left_out_line

    if not total:
        line = "no passage matches"
    elif shown < total:
        line = f"{shown} of {total:,} passages; --limit shows more"
    else:
        line = f"{total:,} passage{'s' if total != 1 else ''}"
    return f"{line}; {left_out_line(left_out)}" if left_out else line


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("search", short_help="Find passages.")(search)
