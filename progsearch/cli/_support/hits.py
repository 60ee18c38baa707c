"""Hits on a terminal: each with its place, its facts and its text, the matches marked."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

from progsearch.export.display import cut, facts, merged, shown_text
from progsearch.model import place_of
from progsearch.search import Hit
from progsearch.visible import visible

__all__ = ["write_hits"]

BOLD, DIM, MARK, RESET = "\x1b[1m", "\x1b[2m", "\x1b[1;33m", "\x1b[0m"

MAX_WIDTH = 100
"""Columns of text; longer lines are hard to read."""

MAX_LINES = 8
"""Lines of a long passage that are shown, around its first match."""


def write_hits(hits: Iterable[Hit], out: TextIO, *, colour: bool, terms: bool = False) -> None:
    """Write hits one below the other; without colour, ``[`` and ``]`` mark the matches.

    ``terms`` names the terms that matched, which for a theme is more than the words show.
    """
    width = min(MAX_WIDTH, max(30, shutil.get_terminal_size((MAX_WIDTH, 24)).columns))

    def styled(style: str, text: str) -> str:
        return f"{style}{text}{RESET}" if colour else text

    for number, hit in enumerate(hits, 1):
        if number > 1:
            out.write("\n")
        place = ("~ " if hit.by_meaning else "") + place_of(visible(hit.file), hit.passage)
        out.write(styled(BOLD, place) + "\n")
        out.writelines(
            "  " + styled(DIM, line) + "\n" for line in textwrap.wrap(facts(hit), width - 2)
        )
        if hit.passage.headings:
            heading = visible(" › ".join(hit.passage.headings))
            out.writelines(
                "  " + styled(DIM, f"# {line}") + "\n" for line in textwrap.wrap(heading, width - 4)
            )
        for line in _lines(hit, width - 2):
            shown = (
                styled(MARK, text) if marked and colour else f"[{text}]" if marked else text
                for text, marked in line
            )
            out.write("  " + "".join(shown) + "\n")
        if terms and hit.matches:
            met = "terms: " + "; ".join(dict.fromkeys(match.term for match in hit.matches))
            out.writelines(
                "  " + styled(DIM, line) + "\n" for line in textwrap.wrap(visible(met), width - 2)
            )


def _lines(hit: Hit, width: int) -> Iterator[Iterable[tuple[str, bool]]]:
    text, spans = shown_text(hit)
    spans = merged(spans)
    ranges = list(_wrapped(text, width))
    first = 0
    if len(ranges) > MAX_LINES and spans:
        hit_line = next((n for n, (_, end) in enumerate(ranges) if end > spans[0][0]), 0)
        first = max(0, min(hit_line - 1, len(ranges) - MAX_LINES))
    last = min(len(ranges), first + MAX_LINES)
    if first:
        yield [("…", False)]
    for start, end in ranges[first:last]:
        inside = [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]
        yield cut(text[start:end], [(a - start, b - start) for a, b in inside])
    if last < len(ranges):
        yield [("…", False)]


def _wrapped(text: str, width: int) -> Iterator[tuple[int, int]]:
    """The ranges of a text's lines; blanks at the breaks belong to none."""
    start, size = 0, len(text)
    while start < size:
        end = min(size, start + width)
        if end < size:
            space = text.rfind(" ", start, end + 1)
            end = space if space > start else end
        yield start, end
        start = end
        while start < size and text[start] == " ":
            start += 1
