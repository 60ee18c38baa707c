"""``progsearch show``: a document with its facts and passages, or one passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from progsearch.cli._support import options as o

if TYPE_CHECKING:
    from progsearch.model import Document, Passage
    from progsearch.search import Index

__all__ = ["register"]


def show(
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID|PATH|FILE:LINE",
            help="Id of a document or passage, the path of a document, or a passage's place.",
        ),
    ],
    asides: o.Asides = False,
    source: Annotated[
        bool, typer.Option("--source", help="The text of the source, to the letter.")
    ] = False,
    output: o.Output = None,
    index: o.IndexFolder = o.DEFAULT_INDEX,
) -> None:
    """Show a document, every fact with its origin, and its passages; or one passage whole.

    Examples:
      progsearch show corpus/cz/unie-solidarnich-kraju/vysocina/skolstvi.md
      progsearch show corpus/cz/unie-solidarnich-kraju/vysocina/skolstvi.md:14
    """
    from progsearch.api.places import find
    from progsearch.cli._support.index import opened
    from progsearch.cli._support.output import sink
    from progsearch.visible import visible_lines

    with opened(index) as asked:
        document, passage = find(asked, wanted)
        with sink(output) as out:
            if source:
                text = passage.text if passage else asked.text(document)
                out.write(text if output else visible_lines(text))
                return
            _facts(asked, document, out)
            for one in [passage] if passage else asked.engine.passages(document.id):
                if passage or asides or one.role not in _asides():
                    _passage(one, out)


def _asides() -> frozenset[str]:
    from progsearch.model import ASIDE_ROLES

    return frozenset(ASIDE_ROLES)


_TOLD = {"as_written": "as written", "overruled": "stated, and overruled"}
"""How facts are shown that are kept beside those that count."""


def _facts(asked: Index, document: Document, out: TextIO) -> None:
    from progsearch.visible import visible

    def line(name: str, value: object, origin: str = "") -> None:
        if value:
            out.write(
                f"{visible(name):<9} {visible(str(value))}{f'  ({origin})' if origin else ''}\n"
            )

    line("title", document.title)
    line("document", document.id)
    line("file", asked.file(document.path))
    line("format", document.format)
    for name in ("lang", "country", "party", "date", "kind"):
        fact = getattr(document, name)
        if fact:
            line(name, fact.value, fact.origin)
    if document.region:
        region = document.region.value
        line("region", f"{region.code} {region.name}", document.region.origin)
    line("campaign", document.campaign)
    for person in document.people:
        uid = f" [{person.uid}]" if person.uid and person.uid != person.name else ""
        line(person.role, f"{person.name}{uid}")
    for key, value in document.extra.items():
        if key in _TOLD and isinstance(value, dict):
            for fact, one in value.items():
                line(fact, one, _TOLD[key])
        else:
            line(key, value, "as in the source")
    for note in document.notes:
        line("note", note)
    original = asked.summary.copies.get(document.id)
    repeated = asked.engine.document(original) if original else None
    if repeated:
        line("copy of", asked.file(repeated.path))
    for copy, first in asked.summary.copies.items():
        if first == document.id:
            other = asked.engine.document(copy)
            line("copied by", asked.file(other.path) if other else copy)


def _passage(passage: Passage, out: TextIO) -> None:
    from progsearch.analysis import reading
    from progsearch.visible import visible

    lines = (
        f"{passage.line}"
        if passage.line == passage.end_line
        else f"{passage.line}–{passage.end_line}"
    )
    also = "".join(f", also at line {first}" for first, _ in passage.also)
    page = f"page {passage.page}, " if passage.page else ""
    mark = f"number {visible(passage.mark)}, " if passage.mark else ""
    ocr = f"  read by OCR, {passage.ocr} %" if passage.ocr else ""
    place = f"{page}{mark}line {lines}{also}"
    out.write(f"\n{passage.id}  {place}  {passage.role}  {passage.lang}{ocr}\n")
    if passage.headings:
        out.write(f"  # {visible(' › '.join(passage.headings))}\n")
    out.write(f"  {visible(reading(passage.text, struck=True).text.strip())}\n")
    speaker = passage.speaker
    if speaker:
        told = ", ".join(part for part in (speaker.party, speaker.office) if part)
        out.write(f"  — {visible(speaker.name)}{f' ({visible(told)})' if told else ''}\n")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("show")(show)
