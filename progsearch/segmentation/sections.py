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
MIN_HALVED = 4
"""Lines of a section from which on each half of them is told by itself."""
MOST = 40
"""Passages of a section that are looked at."""


def of_sections(
    parts: Sequence[Part],
    langs: MutableSequence[Fact[str]],
    lang: Fact[str],
    passage_lang: Callable[[str], str | None],
) -> None:
    """Give the short ``parts`` below one heading the language of all of them together.

    It has to be surely another than ``lang`` of the document, also for each half of them, by turns:
    lines in two languages often alternate. More than half of them have a stop word that tells
    it; those with one of the document's language keep that.
    """
    for _, run in groupby(range(len(parts)), key=lambda at: parts[at].headings):
        places = [at for at in run if parts[at].role is not Role.HEADING]
        short = [at for at in places if len(parts[at].words) <= SHORT]
        if len(short) < 2 or len(short) < len(places) - len(short):
            continue
        other = _of_all([parts[at].plain for at in short[:MOST]], passage_lang)
        if other not in LANGUAGES or other == lang.value:
            continue  # a line of names or codes looks like anything
        theirs, own = _telling(other, lang.value), _telling(lang.value, other)
        if 2 * sum(not theirs.isdisjoint(parts[at].words) for at in short) <= len(short):
            continue
        for at in short:
            if langs[at] is lang and own.isdisjoint(parts[at].words):
                langs[at] = Fact(other, Origin.INFERRED)


def _of_all(texts: Sequence[str], passage_lang: Callable[[str], str | None]) -> str:
    """The language of texts together that each half of them has, too, if there are several."""
    found = passage_lang("\n".join(texts))
    if found is None:
        return ""  # mostly, and the halves need not be looked at
    halves = (texts[::2], texts[1::2]) if len(texts) >= MIN_HALVED else ()
    return found if all(passage_lang("\n".join(half)) in (found, None) for half in halves) else ""


def _telling(tag: str, other: str) -> frozenset[str]:
    """The stop words of a language that are none of the other."""
    own, others = (LANGUAGES[one].stop_list if one in LANGUAGES else () for one in (tag, other))
    return frozenset(own).difference(others)
