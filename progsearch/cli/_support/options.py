"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from progsearch.api.words import FilterWords

__all__ = [
    "DEFAULT_CORPUS",
    "DEFAULT_INDEX",
    "Asides",
    "Committing",
    "Country",
    "Duplicates",
    "Expand",
    "IndexFolder",
    "Kind",
    "Lang",
    "Output",
    "Party",
    "Promises",
    "Region",
    "Role",
    "Since",
    "TableFormat",
    "Theme",
    "ThemeFolders",
    "Until",
    "Words",
    "filters",
]

DEFAULT_INDEX = Path("index")
DEFAULT_CORPUS = Path("corpus")

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY]...",
        help='Words, "phrases", prefix*, ="exact form", a NEAR/5 b, AND OR NOT, brackets, '
        "field:value.",
        show_default=False,
    ),
]
IndexFolder = Annotated[
    Path, typer.Option("--index", help="Folder of the index.", envvar="PROGSEARCH_INDEX")
]
Lang = Annotated[
    list[str] | None, typer.Option("--lang", help="Language of the passage: cs, sv, en, …")
]
Country = Annotated[list[str] | None, typer.Option("--country", help="Country: CZ, SE, …")]
Region = Annotated[
    list[str] | None,
    typer.Option("--region", help="Region by ISO 3166-2 code or name: SE-G, Kronoberg."),
]
Party = Annotated[
    list[str] | None, typer.Option("--party", help="Party or organisation; unknown for none.")
]
Kind = Annotated[
    list[str] | None,
    typer.Option("--kind", help="programme, fulfilment-report, news, budget, post, …"),
]
Role = Annotated[
    list[str] | None,
    typer.Option("--role", help="goal, measure, statement, quotation, intro, motto, heading, …"),
]
Committing = Annotated[
    list[str] | None,
    typer.Option("--commitment", help="How far it commits: strong, weak, done, criticism, plain."),
]
Promises = Annotated[
    bool,
    typer.Option(
        "--promises",
        help="What is promised (strong or weak), of all that is said.",
    ),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Not before: YYYY, YYYY-MM-DD.")
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Not after: YYYY, YYYY-MM-DD.")
]
Asides = Annotated[
    bool,
    typer.Option(
        "--asides", help="Also headings, lead-ins, teasers, bylines, navigation, contents."
    ),
]
Duplicates = Annotated[
    str,
    typer.Option(
        "--duplicates",
        metavar="keep|once",
        help="Documents that repeat another: keep them all, or take each text once.",
    ),
]
Theme = Annotated[
    list[str] | None,
    typer.Option(
        "--theme", metavar="ID", help="A theme (progsearch themes list); of several, any."
    ),
]
ThemeFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--themes", metavar="DIR", help="Folder of theme files that add to or replace the shipped."
    ),
]
Expand = Annotated[
    bool, typer.Option("--expand", help="English words also search for the theme that has them.")
]
Source = Annotated[
    str,
    typer.Option("--source", metavar="TEXT", help="What the texts are, for the line of sources."),
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort", metavar="value|name", help="Order of the groups: highest first, or the alphabet."
    ),
]
TableFormat = Annotated[
    str, typer.Option("--format", "-f", metavar="table|csv|json|md", help="How to show them.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file, and not to the terminal."),
]


def filters(
    *,
    lang: Lang = None,
    country: Country = None,
    region: Region = None,
    party: Party = None,
    kind: Kind = None,
    role: Role = None,
    commitment: Committing = None,
    promises: Promises = False,
    since: Since = None,
    until: Until = None,
    asides: Asides = False,
    duplicates: Duplicates = "once",
) -> FilterWords:
    """The filters that the options are, by name."""
    return {
        "lang": lang,
        "country": country,
        "region": region,
        "party": party,
        "kind": kind,
        "role": role,
        "commitment": commitment,
        "promises": promises,
        "since": since,
        "until": until,
        "asides": asides,
        "duplicates": duplicates,
    }
