"""What Word and OpenDocument have in common: parts in XML, and facts beside the text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from progsearch.readers.xml import End, Event, Start, Text, events

__all__ = ["Words", "counted", "covered_by", "paragraphs_of_diagram", "pieces", "properties"]


MAX_DIGITS = 10
"""A longer number counts nothing that a page can have."""


def pieces(
    package: zipfile.ZipFile,
    part: str,
    prefixes: Mapping[str, str],
    left_out: frozenset[str] = frozenset(),
) -> Iterator[Event]:
    """The XML of a part, without the elements that are ``left_out`` and all that is in them;
    nothing when there is no such part. Raises ProgsearchError as :func:`events`."""
    if part not in package.namelist():
        return
    depth = 0
    with package.open(part) as stream:
        for event in events(stream, prefixes):
            if isinstance(event, Start) and (depth or event.name in left_out):
                depth += 1
            elif isinstance(event, End) and depth:
                depth -= 1
            elif not depth:
                yield event


def properties(
    package: zipfile.ZipFile, part: str, prefixes: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, str]:
    """What a file says of itself beside its text: the words in these elements, by the names
    that are given to them."""
    found: dict[str, str] = {}
    inside = ""
    for event in pieces(package, part, prefixes):
        match event:
            case Start(name):
                inside = names.get(name, "")
            case Text(text) if inside:
                found[inside] = found.get(inside, "") + text
            case End():
                inside = ""
    return found


def paragraphs_of_diagram(events: Iterable[Event]) -> Iterator[str]:
    """The texts of a drawn list or chart of boxes (SmartArt), from the part with its data."""
    text: list[str] = []
    inside = False
    for event in events:
        match event:
            case Start("a:t"):
                inside = True
            case End("a:t"):
                inside = False
            case Text(words) if inside:
                text.append(words)
            case End("a:p"):
                if words := " ".join("".join(text).split()):
                    yield words
                text = []


def counted(attributes: Mapping[str, str], name: str) -> int:
    """How many there are by an attribute; one where it does not say so."""
    value = attributes.get(name, "")
    return int(value) if value.isdecimal() and len(value) < MAX_DIGITS else 1


def covered_by(attributes: Mapping[str, str]) -> tuple[int, int]:
    """How many columns and rows a cell of an OpenDocument table covers; one that stands there
    again beside itself is said once of all these columns."""
    spanned, repeated, rows = (
        counted(attributes, f"table:number-{name}")
        for name in ("columns-spanned", "columns-repeated", "rows-spanned")
    )
    return max(spanned, repeated), rows


@dataclass(slots=True)
class Words:
    """The text of a paragraph piece by piece, and how much of it is bold."""

    _pieces: list[str] = field(default_factory=list)
    _letters: int = 0
    _bold: int = 0

    def add(self, text: str, *, bold: bool) -> None:
        """Take the next piece."""
        self._pieces.append(text)
        count = sum(map(str.isalnum, text))
        self._letters += count
        self._bold += count if bold else 0

    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces).replace("~~~~", "")  # runs that are struck out, side by side

    def any(self) -> bool:
        """Whether it has a letter or a digit."""
        return self._letters > 0

    def bold(self) -> bool:
        """Whether all that it has is bold."""
        return 0 < self._letters == self._bold
