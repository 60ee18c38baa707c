"""A passage as it is held against others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from progsearch.facts.dates import is_month

__all__ = ["Unit", "normalised", "normalised_heading"]

_SAID = re.compile(r"[^\W_]+|[%‰§€$£]|(?<!\w)[-+\u2212](?=\d)")
"""Words, and signs that are none of typography: +5 is not -5."""
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\)|[ivxl]+[.)])\s+(?=\S)", re.IGNORECASE)
"""The number of a heading: another one says nothing else."""


def normalised(text: str) -> str:
    """A text that people read, in lower case, with one blank for all that is no word.

    Texts that differ only in typography, marks or broken lines are equal so.
    """
    return " ".join(_SAID.findall(text.lower().replace("\u2212", "-")))


def normalised_heading(text: str) -> str:
    """The same of a heading, without its number."""
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else ""
    # "10. klasse" and "1. Mai" are ordinals of what they stand before.
    if not rest or rest[0].islower() or is_month(rest.split(maxsplit=1)[0]):
        return normalised(text)
    return normalised(rest)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is compared of a passage.

    ``text`` is what people read of it, ``lemmas`` the first lemma of each word with its
    language (``cs:sestra``), ``source`` names the text that it stands in, ``headings`` is
    the path of headings above it. A heading is a unit, too, and says so. ``spans`` are the
    places in the text of those words, one for each lemma; who compares only has no need of them.
    """

    text: str
    lemmas: Sequence[str]
    source: str = ""
    headings: tuple[str, ...] = ()
    heading: bool = False
    spans: Sequence[tuple[int, int]] = ()
    plain: str = field(init=False)

    def __post_init__(self) -> None:
        plain = normalised_heading if self.heading else normalised
        object.__setattr__(self, "plain", plain(self.text))
