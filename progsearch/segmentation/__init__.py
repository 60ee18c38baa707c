"""A document's blocks to passages: the units of search and of counting.

What a format looks like is known to its reader; here only shapes and words count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from progsearch.blocks.bullets import tick_before
from progsearch.blocks.marks import words_of
from progsearch.languages import LANGUAGES
from progsearch.model import Block, Fact, Origin, Passage, RawDocument, Role
from progsearch.segmentation.context import put_under_headings
from progsearch.segmentation.copies import without_copies
from progsearch.segmentation.parts import Part, parts_of
from progsearch.segmentation.roles import give_roles
from progsearch.segmentation.sections import of_sections

__all__ = ["Segmentation", "segment"]

MIN_WORDS_TO_SWITCH = 8
"""Shorter passages, and headings, are in the language of their document."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Passages in the order of the source, and what stands before, between and after them.

    :func:`progsearch.model.source_text` makes the source of them again.
    """

    passages: tuple[Passage, ...]
    between: tuple[str, ...]


def _no_other(_text: str) -> str | None:
    return None


def _no_lead_in(_sentence: str) -> bool:
    return False


def segment(
    raw: RawDocument,
    document_id: str,
    *,
    title: str = "",
    lang: Fact[str],
    passage_lang: Callable[[str], str | None] = _no_other,
    leads_in: Callable[[str], bool] = _no_lead_in,
) -> Segmentation:
    """Cut ``raw`` into passages.

    ``title`` is left out of the heading paths. ``passage_lang`` answers another language
    than ``lang`` for the words of a passage, or None; ``leads_in`` whether the list below a
    sentence without a full stop or a colon has to end it. A text that stands twice becomes
    one passage: the one in the body before the one in the front matter, else the first;
    the other place is in its ``also``.
    """
    parts = list(parts_of(raw))
    put_under_headings(parts, words_of(title), leads_in)
    give_roles(parts, LANGUAGES[lang.value].stop_list if lang.value in LANGUAGES else ())
    kept = list(without_copies(parts))
    langs = [_lang(part, lang, passage_lang) for part in kept]
    of_sections(kept, langs, lang, passage_lang)
    passages = tuple(
        Passage(
            id=f"{document_id}.{number}",
            document=document_id,
            number=number,
            role=part.role,
            lang=its_lang,
            text=part.text,
            start=part.block.start,
            end=part.block.end,
            line=part.line,
            end_line=part.end_line,
            headings=part.headings,
            speaker=part.speaker or raw.speaker,
            also=tuple(sorted(part.also)),
            page=part.page,
            label=part.block.code,
            mark=_mark(raw.text, part.block),
            ocr=part.block.ocr,
        )
        for number, (part, its_lang) in enumerate(zip(kept, langs, strict=True), 1)
    )
    return Segmentation(passages, tuple(_gaps(raw.text, passages)))


def _mark(text: str, block: Block) -> str:
    """What stands before an item and is no text of it: its number, and whether it is done."""
    return " ".join(filter(None, (block.mark, tick_before(text, block.start))))


def _lang(part: Part, lang: Fact[str], passage_lang: Callable[[str], str | None]) -> Fact[str]:
    if part.role is Role.HEADING or len(part.words) < MIN_WORDS_TO_SWITCH:
        return lang
    other = passage_lang(part.plain)
    return Fact(other, Origin.INFERRED) if other and other != lang.value else lang


def _gaps(text: str, passages: Sequence[Passage]) -> Iterator[str]:
    at = 0
    for passage in passages:
        yield text[at : passage.start]
        at = passage.end
    yield text[at:]
