"""The language of short passages by that of their section.

Programmes in two languages are lists of short promises: three words tell no language, all that
stand below one heading do.
"""

from __future__ import annotations

from collections.abc import Callable, MutableSequence, Sequence
from itertools import groupby

from progsearch.languages import LANGUAGES
from progsearch.model import Fact, Origin, Role
from progsearch.segmentation.parts import Part

__all__ = ["of_sections"]

SHORT = 12
"""Words of a passage that is told together with those beside it: longer ones tell by themselves."""
MOST = 40
"""Passages of a section that are looked at."""


def of_sections(
    parts: Sequence[Part],
    langs: MutableSequence[Fact[str]],
    lang: Fact[str],
    passage_lang: Callable[[str], str | None],
) -> None:
    """Give the short ``parts`` below one heading the language of all of them together, where it
    is surely another than ``lang`` of the document and none beside them was told to be in that."""
    for _, run in groupby(range(len(parts)), key=lambda at: parts[at].headings):
        places = [at for at in run if parts[at].role is not Role.HEADING]
        short = [at for at in places if len(parts[at].words) <= SHORT]
        if len(short) < 2 or len(short) < len(places) - len(short):
            continue
        other = passage_lang("\n".join(parts[at].plain for at in short[:MOST]))
        if other is None or other not in LANGUAGES or other == lang.value:
            continue  # a line of names or codes looks like anything
        for at in short:
            if langs[at] is lang:
                langs[at] = Fact(other, Origin.INFERRED)
