"""Whether a party agrees with a thesis that somebody put to it: a line or a cell that says so."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from progsearch.blocks.marks import plain
from progsearch.commitment.rows import cells_of
from progsearch.commitment.rules import load_rules

__all__ = ["Stance", "stance_in_row", "stance_of"]

_AROUND = " .,;!?–—-*_\"“”„»«'"


class Stance(StrEnum):
    """What is said of a thesis."""

    AGREE = "agree"
    OTHER = "other"  # it disagrees, is neutral, or agrees only here and there


def stance_of(line: str, lang: str) -> Stance | None:
    """What a line says that has nothing but a stance (*Position: stimme nicht zu*)."""
    label, colon, said = plain(line).partition(":")
    if not colon:
        return _said(label, lang, asked=False)
    return _said(said, lang, asked=True) if _is_label(label, lang) else None


def stance_in_row(text: str, head: str, lang: str) -> Stance | None:
    """What the cells of a row say, below the ``head`` of their table; *yes* and *no* are stances
    where that asks for one."""
    asked = any(_is_label(cell, lang) for cell in cells_of(head))
    found = {_said(cell, lang, asked=asked) for cell in cells_of(text)} - {None}
    return found.pop() if len(found) == 1 else Stance.OTHER if found else None


def _said(words: str, lang: str, *, asked: bool) -> Stance | None:
    told = _told(lang)
    said = _bare(words)
    if said in told.get("agree", ()) or (asked and said in told.get("yes", ())):
        return Stance.AGREE
    other = (*told.get("disagree", ()), *told.get("neutral", ()))
    return Stance.OTHER if said in other or (asked and said in told.get("no", ())) else None


def _is_label(words: str, lang: str) -> bool:
    return _bare(words) in _told(lang).get("labels", ())


def _told(lang: str) -> Mapping[str, frozenset[str]]:
    rules = load_rules(lang)
    return rules.stances if rules else {}


def _bare(words: str) -> str:
    return unicodedata.normalize("NFC", words).casefold().strip(_AROUND)
