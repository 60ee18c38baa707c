"""``progsearch cite``: references to passages for a bibliography."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from progsearch.cli._support import options as o
from progsearch.cli._support.panels import OUTPUT
from progsearch.cli._support.table_files import format_help, offered

if TYPE_CHECKING:
    from progsearch.model import Document, Passage
    from progsearch.search import Index

__all__ = ["register"]


def cite(
    wanted: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="Ids of passages, or FILE:LINE as search shows it."),
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar=offered("references", "bibtex"),
            help=format_help("bibtex"),
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Write references with title, organisation, date, file and line.

    Where a progsearch.toml above the file has a [web] table, with a permanent link.

    Examples:
      progsearch cite corpus/cz/unie-solidarnich-kraju/vysocina/skolstvi.md:14
      progsearch cite 667a0d3567.1 -o references.ris
    """
    from progsearch.citation import reference
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import say, sink
    from progsearch.export.formats import chosen, writer
    from progsearch.permalinks import Permalinks

    name = chosen("references", format_, output, "bibtex")
    with opened(index) as asked:
        links = Permalinks(asked)
        found = []
        for one in wanted:
            document, passage = _passage(asked, one)
            doubt = _doubt(asked, document)
            if doubt:
                say(f"{asked.file(document.path)} {doubt}")
            url = links.of(document, passage)
            found.append(reference(document, passage, url))
    with sink(output) as out:
        out.write(writer("references", name)(found))


def _passage(asked: Index, wanted: str) -> tuple[Document, Passage]:
    """The passage with that id, or at that place. Raises ProgsearchError for a document."""
    from progsearch.api.places import find
    from progsearch.errors import ProgsearchError

    document, passage = find(asked, wanted)
    if passage is None:
        raise ProgsearchError(
            f"{wanted!r} is a document and no passage",
            remedy="give an id, as search --format csv and show have it, or FILE:LINE",
        )
    return document, passage


def _doubt(asked: Index, document: Document) -> str:
    """Why the line may not be right, or nothing."""
    from hashlib import blake2b

    try:
        data = _file_of(Path(asked.here, asked.file(document.path))).read_bytes()
    except OSError:
        return "cannot be read now; the line is that of the last ingest"
    if blake2b(data, digest_size=16).hexdigest() != document.content_hash:
        return "has changed since it was ingested; the line may have moved"
    return ""


def _file_of(path: Path) -> Path:
    """The file that a document lies in: a part stands behind its name or below it."""
    for file in (path, *path.parents):
        if file.is_file():
            return file
        whole = file.with_name(file.name.partition("#")[0] or file.name)
        if whole.is_file():
            return whole
    return path


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        "cite",
    )(cite)
