"""The sentence that systems for weblogs put below each entry: it says where that was published."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from progsearch.analysis.alternatives import any_of
from progsearch.blocks.marks import plain, words_of
from progsearch.model import Block, RawDocument, Shape

__all__ = ["without_footer"]

_ASIDE = frozenset((Shape.NAVIGATION, Shape.TEASER, Shape.CONTENTS, Shape.BYLINE, Shape.FIELD))
MAX_TITLE, MAX_SITE = 300, 120
"""Characters of the two names in the sentence."""


def without_footer(raw: RawDocument) -> RawDocument:
    """The document with the sentence below it as what only leads elsewhere."""
    last = next((n for n in range(len(raw.blocks) - 1, -1, -1) if _says(raw.blocks[n])), -1)
    block = raw.blocks[last] if last >= 0 else None
    at = _footer_at(raw, block) if block else -1
    if block is None or at < 0:
        return raw
    footer = Block(Shape.NAVIGATION, at, block.end)
    end = block.start + len(raw.text[block.start : at].rstrip())
    above = [replace(block, end=end)] if end > block.start else []
    return replace(raw, blocks=[*raw.blocks[:last], *above, footer, *raw.blocks[last + 1 :]])


def _says(block: Block) -> bool:
    return block.shape not in _ASIDE


def _footer_at(raw: RawDocument, block: Block) -> int:
    """Where the sentence begins in the last block of a document; -1 where there is none."""
    begins, sentence = _patterns()
    tail = max(block.start, block.end - 2 * (MAX_TITLE + MAX_SITE))
    for found in begins.finditer(raw.text, tail, block.end):
        before = raw.text[block.start : found.start()].rstrip()
        if before and before[-1] not in '.!?…])>"”“»':
            continue
        told = sentence.fullmatch(plain(raw.text[found.start() : block.end]))
        if told and (told["sure"] or _names(told["title"], str(raw.meta.get("title", "")))):
            return found.start()
    return -1


def _names(said: str, title: str) -> bool:
    return bool(title) and words_of(said)[:8] == words_of(title)[:8]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    source = files("progsearch").joinpath("data", "feedfooters.toml").read_text(encoding="utf-8")
    said = tomllib.loads(source).values()
    begins = any_of({word for one in said for word in one["begins"]})
    sure = any_of({word for one in said for word in one["goes_on"]})
    perhaps = any_of({word for one in said for word in one["may_go_on"]})
    return re.compile(rf"\b(?:{begins})\b", re.IGNORECASE), re.compile(
        rf"(?:{begins})\s(?P<title>.{{1,{MAX_TITLE}}}?)\s(?:(?P<sure>{sure})|{perhaps})"
        rf"\s[^.!?]{{1,{MAX_SITE}}}(?:\.[^.!?\s]{{1,20}}){{0,3}}[.!?]?",
        re.IGNORECASE,
    )
