"""Imprints: who printed and published a paper, and where to write to. They are no text of it."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from progsearch.model import Shape
from progsearch.readers.pdf.shaped import Shaped

__all__ = ["with_imprints"]

OUTER_PAGES = 3
"""An imprint stands on one of so many first or last pages."""
MAX_WORDS = 140
MAX_PARAGRAPH = 45
MIN_FACTS = 3

_FACTS = re.compile(
    r"""\b(?:ISBN|ISSN)\b | © | \(c\)\s | \bhttps?:// | \bwww\. | \S@[^\s@]+\.\w
      | \+?\d[\d\s()/.-]{7,}\d | \b[A-ZÅÄÖČŘŠŽ-]{0,3}\d{3}\s?\d{2}\s+[A-ZÅÄÖÆØČŘŠŽ]""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_][\w.]*")


def with_imprints(shaped: Sequence[Shaped], count: int) -> list[Shaped]:
    """The blocks, those of imprints as what only leads elsewhere; ``count`` is of the pages."""
    parts: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for place, one in enumerate(shaped):
        first = one.made.first
        if first.page <= OUTER_PAGES or first.page > count - OUTER_PAGES:
            parts[first.page, first.region].append(place)
    done = list(shaped)
    for places in parts.values():
        texts = [shaped[place].made.text for place in places]
        words = [len(text.split()) for text in texts]
        if sum(words) > MAX_WORDS or max(words) > MAX_PARAGRAPH:
            continue
        facts = sum(map(_facts, texts))
        if facts >= MIN_FACTS and 25 * facts >= sum(words):
            for place in places:
                done[place] = replace(shaped[place], shape=Shape.NAVIGATION, mark=0)
    return done


def _facts(text: str) -> int:
    known = _words()
    named = [word for word in _WORD.findall(text) if word.casefold().startswith(known)]
    return len(_FACTS.findall(text)) + len(named)


@cache
def _words() -> tuple[str, ...]:
    source = files("progsearch").joinpath("data", "imprint.toml")
    languages = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(word for words in languages.values() for word in words)
