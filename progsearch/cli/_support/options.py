"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support.completion import lexicon_languages, themes_at_hand, values_of
from progsearch.cli._support.panels import FILTERS, OUTPUT, THEMES

if TYPE_CHECKING:
    from progsearch.api.words import FilterWords

__all__ = [
    "DEFAULT_CORPUS",
    "DEFAULT_INDEX",
    "Asides",
    "Committing",
    "Country",
    "Duplicates",
    "EachTheme",
    "Expand",
    "From",
    "IndexFolder",
    "Kind",
    "Lang",
    "Meaning",
    "Of",
    "Output",
    "Party",
    "Promises",
    "Region",
    "Role",
    "Since",
    "StopWords",
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
        help='Words, "phrases", prefix*, *part*, /pattern/, ="exact form", lemma:word, a NEAR/5 b, '
        "AND OR NOT, brackets, field:value.",
        show_default=False,
    ),
]
Of = Annotated[
    str,
    typer.Option(
        "--of", metavar="lemma|form", help="Count words by lemma, or as they are written."
    ),
]
StopWords = Annotated[
    bool,
    typer.Option(
        "--stop-words/--no-stop-words",
        help="With or without words that mean little by themselves (a, the, och).",
    ),
]
IndexFolder = Annotated[
    Path, typer.Option("--index", help="Folder of the index.", envvar="PROGSEARCH_INDEX")
]
Lang = Annotated[
    list[str] | None,
    typer.Option(
        "--lang",
        help="Language of the passage: cs, sv, en, …",
        autocompletion=values_of("lang"),
        rich_help_panel=FILTERS,
    ),
]
Country = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        help="Country: CZ, SE, …",
        autocompletion=values_of("country"),
        rich_help_panel=FILTERS,
    ),
]
Region = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        help="Region by ISO 3166-2 code or name: SE-G, Kronoberg.",
        autocompletion=values_of("region"),
        rich_help_panel=FILTERS,
    ),
]
Party = Annotated[
    list[str] | None,
    typer.Option(
        "--party",
        help="Party or organisation; unknown for none.",
        autocompletion=values_of("party"),
        rich_help_panel=FILTERS,
    ),
]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        help="programme, fulfilment-report, news, budget, post, …",
        autocompletion=values_of("kind"),
        rich_help_panel=FILTERS,
    ),
]
Role = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        help="goal, measure, statement, quotation, intro, motto, heading, …",
        autocompletion=values_of("role"),
        rich_help_panel=FILTERS,
    ),
]
Committing = Annotated[
    list[str] | None,
    typer.Option(
        "--commitment",
        help="strong (a firm promise), weak (a loose one), done, criticism, plain.",
        autocompletion=values_of("commitment"),
        rich_help_panel=FILTERS,
    ),
]
Promises = Annotated[
    bool,
    typer.Option(
        "--promises",
        help="What is promised, firmly or loosely (strong or weak), of all that is said.",
        rich_help_panel=FILTERS,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", help="Not before: YYYY, YYYY-MM-DD.", rich_help_panel=FILTERS
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="DATE", help="Not after: YYYY, YYYY-MM-DD.", rich_help_panel=FILTERS
    ),
]
Asides = Annotated[
    bool,
    typer.Option(
        "--asides",
        help="Also headings, lead-ins, teasers, bylines, navigation, contents, repetitions.",
        rich_help_panel=FILTERS,
    ),
]
Duplicates = Annotated[
    str,
    typer.Option(
        "--duplicates",
        metavar="keep|once",
        help="Documents that repeat another: keep them all, or take each text once.",
        rich_help_panel=FILTERS,
    ),
]
Theme = Annotated[
    list[str] | None,
    typer.Option(
        "--theme",
        metavar="ID",
        help="A theme (progsearch themes list); of several, any.",
        autocompletion=themes_at_hand,
        rich_help_panel=THEMES,
    ),
]
EachTheme = Annotated[
    list[str] | None,
    typer.Option(
        "--theme",
        metavar="ID",
        help="A theme (progsearch themes list).",
        autocompletion=themes_at_hand,
        rich_help_panel=THEMES,
    ),
]
ThemeFolders = Annotated[
    list[Path] | None,
    typer.Option(
        "--themes",
        metavar="DIR",
        help="Folder of theme files; wins over ./themes, the corpus's and the shipped ones.",
        rich_help_panel=THEMES,
    ),
]
Expand = Annotated[
    bool,
    typer.Option(
        "--expand",
        help="English words also search for the theme that has them.",
        rich_help_panel=THEMES,
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="LANG",
        help="Language of the words, which are then looked for in translation: en, de, …",
        autocompletion=lexicon_languages,
    ),
]
Meaning = Annotated[
    bool,
    typer.Option(
        "--meaning",
        help="Also by nearness of meaning (~); needs progsearch[meaning] and its vectors.",
    ),
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
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Write to this file, and not to the terminal.",
        rich_help_panel=OUTPUT,
    ),
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
