"""Promises, as an open index is asked for them: methods of ``OpenIndex``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Unpack

from progsearch.api.promise_rows import DifferenceRow, FollowedRow, MatchedRow
from progsearch.api.results import Rows, rows_of
from progsearch.api.words import FilterWords

if TYPE_CHECKING:
    from progsearch.api.index import OpenIndex

__all__ = ["diff", "follow", "match"]


def diff(
    self: OpenIndex, of: str, with_: str, **filters: Unpack[FilterWords]
) -> Rows[DifferenceRow]:
    """What became of one part of the index in another: ``"party=S,year=2013"``.

    One row a link, and one for each passage that only one of the two has.
    """
    from progsearch.api import files, promises

    with self.asking() as index:
        answer = promises.difference(of=of, with_=with_, index=index, **filters)
    return files.difference_rows(answer)


def follow(
    self: OpenIndex,
    of: str,
    with_: str,
    *,
    limit: int = 3,
    everything: bool = False,
    meaning: bool = False,
    sheet: str | os.PathLike[str] | None = None,
    **filters: Unpack[FilterWords],
) -> Rows[FollowedRow]:
    """For each promise of a part of the index, the nearest passages of another part.

    With ``meaning`` also by nearness of meaning (``match`` is inferred), by the vectors of the
    index.     ``sheet`` is a file of judgements. A status stands only where a report states it or a
    person entered it.
    """
    from progsearch.api import files, promises

    with self.asking() as index:
        answer = promises.followed(
            of=of,
            with_=with_,
            index=index,
            limit=limit,
            everything=everything,
            meaning=meaning,
            sheet=sheet,
            **filters,
        )
    return files.followed_rows(answer)


def match(
    self: OpenIndex,
    of: str = "",
    with_: str = "",
    *,
    by: str = "",
    limit: int | None = 20,
    **filters: Unpack[FilterWords],
) -> Rows[MatchedRow]:
    """Pairs of passages that may be the same promise, of two parts of the index or of all
    groups ``by`` a dimension; the nearest first."""
    from progsearch.api import promises
    from progsearch.export.promises import matched_table

    with self.asking() as index:
        answer = promises.matched(of=of, with_=with_, by=by, index=index, limit=limit, **filters)
    table = matched_table(answer.matching, answer.title)
    return Rows(rows_of(MatchedRow, table), table, notes=answer.notes)
