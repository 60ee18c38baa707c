"""A passage as it is held against others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from progsearch.languages import LANGUAGES
from progsearch.pairing.numbering import number_before

__all__ = ["Unit", "is_stop", "normalised"]

_SAID = re.compile(r"[^\W_]+|[%‰§€$£]|~~|(?<!\w)[-+\u2212](?=\d)|[<>≤≥](?=\s?\d)|(?<=\d)–(?=\d)")
_RANGE = re.compile(r"(?<=\d) ?[-–—\u2011] ?(?=\d)")
"""Words, and signs that are none of typography: +5 is not -5, < 5 not > 5, 10-20
not 10.20, and what is struck out is not said."""


def normalised(text: str) -> str:
    """A text that people read, in lower case, with one blank for all that is no word.

    Texts that differ only in typography, marks or broken lines are equal so.
    """
    plain = unicodedata.normalize("NFC", text).lower().replace("\u2212", "-")
    return " ".join(_SAID.findall(_RANGE.sub("–", plain)))


@dataclass(frozen=True, slots=True)
class Unit:
    """What is compared of a passage.

    ``text`` is what people read of it, ``lemmas`` the first lemma of each word with its
    language (``cs:sestra``), ``source`` names the text that it stands in, ``headings`` is
    the path of headings above it. A heading is a unit, too, and says so. ``spans`` are the
    places in the text of those words, one for each lemma; who compares only has no need of them.
    ``number`` is how long the number is that a heading begins with: another one says nothing
    else, so ``plain`` is without it. ``further`` is what a unit is about beside its lemmas.
    """

    text: str
    lemmas: Sequence[str]
    source: str = ""
    headings: tuple[str, ...] = ()
    heading: bool = False
    spans: Sequence[tuple[int, int]] = ()
    number: int = -1
    further: frozenset[str] = frozenset()
    plain: str = field(init=False)

    def __post_init__(self) -> None:
        if self.number < 0:
            object.__setattr__(self, "number", number_before(self.text) if self.heading else 0)
        object.__setattr__(self, "plain", normalised(self.text[self.number :]))

    @property
    def content(self) -> frozenset[str]:
        """The lemmas that are no stop words of their language; all of them where there are no
        others."""
        words = frozenset(self.lemmas) - {""}
        return frozenset(word for word in words if not is_stop(word)) or words

    @property
    def unnumbered(self) -> str:
        """The text without the number of a heading."""
        return self.text[self.number :]


@cache
def is_stop(lemma: str) -> bool:
    """Whether a lemma, with its language, is a stop word of it."""
    lang, _, word = lemma.partition(":")
    return lang in LANGUAGES and word in LANGUAGES[lang].stop_list
