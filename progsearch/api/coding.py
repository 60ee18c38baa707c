"""Codes of two people: how far they agree."""

from __future__ import annotations

from collections.abc import Iterable

from progsearch.judgements.agreement import Agreement, agreement
from progsearch.judgements.coded import RELEVANCE, Coded

__all__ = ["RELEVANCE", "Agreement", "agreement_of"]


def agreement_of(pairs: Iterable[tuple[str, str, int, int]]) -> list[Agreement]:
    """The agreement by theme and on all, of ``(theme, passage, first, second)``.

    Raises ProgsearchError when the library for it is not installed.
    """
    rows = [
        Coded(number, theme, first, second, passage, "", 0, "")
        for number, (theme, passage, first, second) in enumerate(pairs, 1)
    ]
    return agreement(rows)
