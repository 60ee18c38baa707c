"""Passages as people read them: without marks, with the words that matched."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from progsearch.analysis import reading
from progsearch.model import Origin
from progsearch.visible import visible

if TYPE_CHECKING:
    from progsearch.search import Hit

__all__ = ["facts", "merged", "pieces", "shown_text", "width_of"]


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def shown_text(hit: Hit) -> tuple[str, list[tuple[int, int]]]:
    """The passage as people read it, and the stretches of it that matched."""
    read = reading(hit.passage.text, struck=True)
    spans = [
        read.from_source(match.start, match.end) for match in hit.matches if match.where == "text"
    ]
    left = len(read.text) - len(read.text.lstrip())
    text = visible(read.text.strip())
    return text, [(max(0, start - left), min(len(text), end - left)) for start, end in spans]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The text of a hit in pieces, each with whether it matched."""
    text, spans = shown_text(hit)
    yield from cut(text, merged(spans))


def cut(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in pieces at the stretches."""
    at = 0
    for start, end in spans:
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def facts(hit: Hit) -> str:
    """One line on where a passage comes from; ``~`` marks what was inferred from the text."""
    document, passage = hit.document, hit.passage
    parts = [
        f"{fact.value}~" if fact.origin is Origin.INFERRED else f"{fact.value}"
        for fact in (document.party, document.region, document.date, document.kind)
        if fact
    ]
    binds = passage.commitment not in ("", "plain")
    role = f"{passage.role.value}, {passage.commitment}" if binds else passage.role.value
    parts += [role, passage.lang.value]
    if passage.speaker:
        party = f" ({passage.speaker.party})" if passage.speaker.party else ""
        parts.append(f"said by {passage.speaker.name}{party}")
    if passage.mark:
        number = any(map(str.isalnum, passage.mark))
        parts.append(f"number {passage.mark}" if number else passage.mark)
    if passage.ocr:
        parts.append(f"read by OCR, {passage.ocr} %")
    if hit.copy_of:
        parts.append(f"copy of {hit.copy_of}")
    return visible(" · ".join(parts))
