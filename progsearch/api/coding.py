"""Codes of two people: how far they agree, and the sheets that they code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from progsearch.api.promises import FollowAnswer
from progsearch.export.promises import sheet_table
from progsearch.export.tables import Table
from progsearch.judgements.agreement import Agreement, agreement, kappa
from progsearch.judgements.coded import RELEVANCE, Coded
from progsearch.promises.status import STATUSES
from progsearch.promises.tracker import Judged, agreement_rows, placed

__all__ = [
    "RELEVANCE",
    "STATUSES",
    "Agreement",
    "Judged",
    "JudgedAgreement",
    "agreement_of",
    "judged_agreement",
    "sheet_rows",
]


def agreement_of(pairs: Iterable[tuple[str, str, int, int]]) -> list[Agreement]:
    """The agreement by theme and on all, of ``(theme, passage, first, second)``.

    Raises ProgsearchError when the library for it is not installed.
    """
    rows = [
        Coded(number, theme, first, second, passage, "", 0, "")
        for number, (theme, passage, first, second) in enumerate(pairs, 1)
    ]
    return agreement(rows)


@dataclass(frozen=True, slots=True)
class JudgedAgreement:
    """How far two coders agree on statuses: the rows that both have judged, those judged alike,
    and Cohen's kappa, none where both have one and the same status only."""

    rows: int
    same: int
    kappa: float | None


def judged_agreement(rows: Sequence[Judged]) -> JudgedAgreement:
    """The agreement of the two coders of a sheet."""
    codes = agreement_rows(rows)
    same = sum(first == second for first, second in codes)
    return JudgedAgreement(len(codes), same, kappa(codes) if codes else None)


def sheet_rows(answer: FollowAnswer, judged: Sequence[Judged]) -> Table:
    """The sheet of an answer, with what is judged already filled in."""
    found, _ = placed(judged, answer.following)
    return sheet_table(answer.following, answer.title, found)
