"""A passage as it is held against others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Unit", "normalised"]

_NO_WORD = re.compile(r"[\W_]+")


def normalised(text: str) -> str:
    """A text that people read, in lower case, with one blank for all that is no word.

    Texts that differ only in typography, marks or broken lines are equal so.
    """
    return _NO_WORD.sub(" ", text.lower()).strip()


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
        object.__setattr__(self, "plain", normalised(self.text))
