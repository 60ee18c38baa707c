"""XML piece by piece, with the line of each piece; nothing in a file can reach outside of it.

A document type is refused, so that there are no entities to unfold and nothing to fetch.
Source of the dangers: the table "XML vulnerabilities" in the docs of Python's xml modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple
from xml.parsers import expat

from progsearch.errors import ProgsearchError

__all__ = ["End", "Event", "Start", "Text", "events"]

MAX_DEPTH = 200
"""Elements inside each other; real files have about twenty."""
_CHUNK = 1 << 16


class Start(NamedTuple):
    """An element begins; names are ``prefix:name`` with the prefixes that were asked for."""

    name: str
    attributes: Mapping[str, str]
    line: int


class End(NamedTuple):
    """An element ends."""

    name: str


class Text(NamedTuple):
    """Characters."""

    text: str


Event = Start | End | Text


def events(stream: IO[bytes], prefixes: Mapping[str, str]) -> Iterator[Event]:
    """The pieces of an XML file in order, without holding more than a few of them.

    ``prefixes`` maps a namespace's address to the prefix that its names get here; names of
    other namespaces begin with ``?:``. Raises ProgsearchError for what is no XML, for a
    document type and for elements nested too deeply, with the line.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    found: list[Event] = []
    known: dict[str, str] = {}
    depth = 0

    def named(name: str) -> str:
        short = known.get(name)
        if short is None:
            address, _, local = name.rpartition(" ")
            prefix = prefixes.get(address, "?") if address else ""
            short = known[name] = f"{prefix}:{local}" if prefix else local
        return short

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise _refusal(parser, "elements are nested too deeply", f"keep to {MAX_DEPTH} levels")
        plain = {named(key): value for key, value in attributes.items()}
        found.append(Start(named(name), plain, parser.CurrentLineNumber))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(End(named(name)))

    def doctype(*_: object) -> None:
        raise _refusal(
            parser, "the XML has a document type, which can hide entities", "take <!DOCTYPE …> out"
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(Text(text))
    parser.StartDoctypeDeclHandler = doctype
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ProgsearchError(
            f"the XML is damaged: {expat.ErrorString(error.code)}",
            where=f"line {error.lineno}",
            remedy="get the file once more, or save it anew",
        ) from error
    yield from found


def _refusal(parser: expat.XMLParserType, what: str, remedy: str) -> ProgsearchError:
    return ProgsearchError(what, where=f"line {parser.CurrentLineNumber}", remedy=remedy)
