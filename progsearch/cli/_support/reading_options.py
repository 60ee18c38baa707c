"""Options of the commands that read files, and the settings that they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from progsearch.settings import Settings

EXIT_FAILURES = 3
"""Exit code when the index was written, but some files could not be read."""

DEFAULT_MAX_MB = 50.0
DEFAULT_LANGUAGES = "cs,sv,en"

Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="A fact of all files that neither they nor their folders state: region=CZ-51.",
    ),
]
DefaultsFile = Annotated[
    Path | None,
    typer.Option(
        "--defaults",
        help="A file of defaults for folders that cannot hold their own progsearch.toml.",
    ),
]
Languages = Annotated[
    str,
    typer.Option(
        "--languages",
        help="The languages of the index; texts in others are kept by form.",
        metavar="TAG,TAG…",
    ),
]
MaxMb = Annotated[
    float, typer.Option("--max-mb", min=0, help="Size of the largest file that is read.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Refuse files that are only noted as odd otherwise.")
]
As = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="FORMAT",
        help="Read all files in this format, whatever they look like: pdf, html, csv, …",
        show_default=False,
    ),
]
Include = Annotated[
    list[str] | None,
    typer.Option(
        "--include",
        metavar="PATTERN",
        help="Only files that match, written as in .gitignore: '*.md', 'programmes/'.",
        show_default=False,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="PATTERN",
        help="No files that match; for good, write it into a .progsearchignore.",
        show_default=False,
    ),
]
Rev = Annotated[
    str,
    typer.Option(
        "--rev",
        metavar="REV",
        help="Read the files of this commit, branch or tag of a git repository.",
        show_default=False,
    ),
]
Ocr = Annotated[
    bool,
    typer.Option("--ocr", help="Read pages of a PDF that are pictures by Tesseract."),
]


def settings(
    set_: list[str] | None,
    defaults: Path | None,
    languages: str,
    max_mb: float,
    *,
    strict: bool,
    as_: str = "",
    rev: str = "",
) -> Settings:
    """The settings that the options mean. Raises ProgsearchError for what cannot be read."""
    from progsearch.errors import ProgsearchError
    from progsearch.facts.keys import read_given
    from progsearch.languages import LANGUAGES
    from progsearch.settings import Settings

    tags = tuple(tag.strip() for tag in languages.split(",") if tag.strip())
    for tag in tags:
        if tag not in LANGUAGES:
            raise ProgsearchError(
                f"no language {tag!r}", where="--languages", remedy=f"choose {', '.join(LANGUAGES)}"
            )
    if as_:
        from progsearch.readers import READERS

        if as_ not in READERS:
            raise ProgsearchError(
                f"no format {as_!r}", where="--as", remedy=f"choose {', '.join(READERS)}"
            )
    given = read_given(set_ or ())
    return Settings(given, defaults, tags, int(max_mb * 1e6), strict, format=as_, rev=rev)
