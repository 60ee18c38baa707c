"""Does a report that repeats a promise repeat this one, or its contrary, other numbers, or a part?

*We will abolish the fee – not kept* is nearest to *We will keep the fee*, and *We will build 80
homes* to *We will build 120 homes – kept*, where a programme has nothing nearer. What is said of
the one became of no other, nor is *200 nurses – kept* said of *200 nurses and 50 doctors*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from progsearch.commitment import commitment
from progsearch.languages.conjunctions import conjunctions
from progsearch.model import PROMISED
from progsearch.pairing import Unit, normalised
from progsearch.pairing.amounts import amounts
from progsearch.promises.alike import are_contrary, with_concepts
from progsearch.promises.cells import MIN_PROMISE_WORDS
from progsearch.promises.sides import Said
from progsearch.promises.signs import Stated

__all__ = ["cut", "promise_cells", "repeats_another"]


def repeats_another(promise: Said, report: Said, told: Stated) -> bool:
    """Whether what a status is said of is a promise, and has other numbers than this one in their
    place, lacks what is counted in it besides, or undoes it.

    What was done may have other numbers, and be denied (*We built 70 km – partly kept*): of that
    nothing is asked.
    """
    for text in _said_of(report.unit.text, told):
        if not _promises(report, text):
            continue
        other = replace(report, unit=cut(report.unit, text))
        if normalised(text) == promise.unit.plain:
            return False
        lang = promise.passage.lang.value
        same = lang == report.passage.lang.value
        if same and _counts_otherwise(promise.unit.text, text, lang):
            return True
        if are_contrary(*with_concepts([promise, other])):
            return True
    return False


def _counts_otherwise(promise: str, other: str, lang: str) -> bool:
    """Whether another wording has other numbers in the place of these, or some of them without
    one that a conjunction joins to them (*and 50 doctors*).

    A number that nothing joins may be left out where a promise is told in short (*by 2026*), and
    so may all of them.
    """
    changed = amounts(promise, other, lang)
    if not changed or "→" in changed:
        return bool(changed)
    lacking = _taken(changed)
    if not lacking or len(lacking) == len(_taken(amounts(promise, "", lang))):
        return False
    joined = {
        word.strip(".,;:!()")
        for before, word in pairwise(promise.split())
        if before.lower() in conjunctions()
    }
    return any(one.split()[0] in joined for one in lacking)


def _taken(changed: str) -> list[str]:
    """The amounts that are told to be no more there."""
    return [one.removeprefix("− ") for one in changed.split("; ") if one.startswith("− ")]


def _promises(report: Said, text: str) -> bool:
    """Whether a passage promises, or a cell would that stands beside no status."""
    if "|" not in report.unit.text:
        return report.passage.commitment in PROMISED
    return commitment(text, report.passage.lang.value) in PROMISED


def promise_cells(text: str) -> Sequence[str]:
    """The cells of a row that are long enough to be promises; none of a text that is no row."""
    cells = [one.strip() for one in text.split("|")] if "|" in text else []
    return [one for one in cells if len(one.split()) >= MIN_PROMISE_WORDS]


def _said_of(text: str, told: Stated) -> Sequence[str]:
    """The words of a passage that a status is said of, without it and what explains it."""
    if told.cell or told.of:
        return [told.cell or told.of]
    if "|" in text:
        return promise_cells(text)[:1]
    before, status, after = text.partition(told.quote)
    if not status:
        return [text]
    return [before if len(before.split()) >= MIN_PROMISE_WORDS else after]


def cut(unit: Unit, text: str) -> Unit:
    """A unit of no more than a stretch of its text."""
    start = unit.text.index(text)
    end = start + len(text)
    words = list(zip(unit.spans, unit.lemmas, strict=True))
    inside = [(place, lemma) for place, lemma in words if start <= place[0] < end]
    spans = [(first - start, last - start) for (first, last), _ in inside]
    return replace(unit, text=text, lemmas=[lemma for _, lemma in inside], spans=spans)
