"""Sheets of promises: what is followed, what coders have said of it, and the CSV of both."""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from progsearch.analysis import reading
from progsearch.api.coding import STATUSES, Judged, sheet_rows
from progsearch.api.index import OpenIndex
from progsearch.api.promises import FollowAnswer, check_part, followed, placed
from progsearch.errors import ProgsearchError
from progsearch.export.formats import writer
from progsearch.made import today
from progsearch.search import Index
from progsearch.serve.basket import Basket, Contents, Promise, Verdict, now
from progsearch.serve.coder import sent
from progsearch.serve.fresh import Recent
from progsearch.serve.page import Shown
from progsearch.serve.pairs import Pair, check_size

__all__ = [
    "Following",
    "Sheet",
    "coders_of",
    "following",
    "judge",
    "placed_now",
    "rows_of",
    "sheet_file",
]

Following = Callable[[Pair], FollowAnswer]
"""What is followed, made now or a moment ago."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is asked: two parts of the index, and ``only`` what is ``open`` for this coder."""

    pair: Pair
    only: str = ""

    def address(self, shown: Shown, *, only: str | None = None, page: int = 1) -> str:
        """The address that shows it."""
        found = {
            "of": self.pair.of,
            "with": self.pair.with_,
            "only": self.only if only is None else only,
            "page": str(page) if page > 1 else "",
            "ui": shown.state.ui,
        }
        return f"/sheet?{urlencode({name: value for name, value in found.items() if value})}"


def following(recent: Recent[FollowAnswer], stamp: Hashable, opened: OpenIndex) -> Following:
    """What is followed in an index of that stamp: coders ask for the same again and again."""

    def found(pair: Pair) -> FollowAnswer:
        def make() -> FollowAnswer:
            with opened.asking() as index:
                check_size(index, pair)
                return followed(of=pair.of, with_=pair.with_, index=index)

        return recent.get((stamp, pair.of, pair.with_), make)

    return found


def rows_of(promises: Sequence[Promise], first: str, second: str = "") -> list[Judged]:
    """What two coders say, as the rows of a sheet; the number of a row is the promise's place."""
    found = []
    for number, one in enumerate(promises):
        mine = one.verdicts.get(first, Verdict())
        other = one.verdicts.get(second, Verdict())
        by = mine if mine.report else other
        found.append(
            Judged(
                number,
                one.file,
                one.line,
                one.text,
                by.report_file,
                by.report_line,
                by.report,
                mine.status,
                first,
                _day(mine.when),
                other.status,
            )
        )
    return found


def _day(moment: str) -> str:
    """The day of a moment, where the server stands."""
    return datetime.fromisoformat(moment).astimezone().date().isoformat() if moment else ""


def placed_now(
    promises: Sequence[Promise], answer: FollowAnswer
) -> tuple[dict[str, Promise], list[Promise]]:
    """What was judged by the id of the promise as it is now, and what is not there any more."""
    found, lost = placed(rows_of(promises, ""), answer.following)
    return (
        {id_: promises[row.number] for id_, row in found.items()},
        [promises[row.number] for row in lost],
    )


def coders_of(promises: Sequence[Promise]) -> list[str]:
    """Who has judged any of them, by name."""
    found = {name for one in promises for name, verdict in one.verdicts.items() if verdict.status}
    return sorted(found)


def sheet_file(
    contents: Contents, pair: Pair, first: str, second: str, following: Following
) -> bytes:
    """The sheet as CSV, with the statuses of two coders: without names, of the first two.

    Raises ProgsearchError for what cannot be followed.
    """
    answer = following(pair)
    promises = contents.sheets().get((pair.of, pair.with_), [])
    coders = [name for name in (first, second) if name] or coders_of(promises)[:2]
    coders += [""] * (2 - len(coders))
    rows = [row for row in rows_of(promises, *coders) if row.status or row.second]
    out = io.StringIO(newline="")
    writer("tables", "csv")([sheet_rows(answer, rows)], answer.about(today()), out)
    return out.getvalue().encode("utf-8", "replace")


# Changes


def judge(basket: Basket, opened: OpenIndex, told: Mapping[str, Sequence[str]], coder: str) -> None:
    """Keep what a coder says of a promise; without a status, that nothing is said.

    Raises ProgsearchError for what cannot be kept.
    """
    if not coder:
        raise ProgsearchError("nobody codes", where="coder", remedy="say who codes first")
    status = sent(told, "status")
    if status not in ("", *STATUSES):
        raise ProgsearchError(
            f"no status {status!r}"[:200], where="status", remedy=f"write {', '.join(STATUSES)}"
        )
    of, with_, was = (sent(told, name) for name in ("of", "with", "was"))
    for option, part in (("--of", of), ("--with", with_)):
        check_part(option, part)
    with opened.asking() as index:
        file, line, text = _place(index, sent(told, "promise"))
        near = sent(told, "report") if status else ""
        by = _place(index, near) if near else ("", None, "")
    with basket.changing() as changed:
        new = Promise(of, with_, sent(told, "promise"), file, line, text)
        keys = (of, with_, was), new.key
        there = next((one for one in changed.contents.promises if one.key in keys), new)
        verdicts = {name: one for name, one in there.verdicts.items() if name != coder}
        if status:
            verdicts[coder] = Verdict(status, now(), *by)
        new = replace(new, verdicts=verdicts)
        changed.contents = changed.contents.judging(new, there.key)


def _place(index: Index, wanted: str) -> tuple[str, int, str]:
    """File, line and text of a passage. Raises ProgsearchError where there is none."""
    passage = index.engine.passage(wanted)
    document = index.engine.document(passage.document) if passage else None
    if passage is None or document is None:
        raise ProgsearchError(
            "there is no such passage", where="promise", remedy="load the page anew"
        )
    return index.file(document.path), passage.line, reading(passage.text).text.strip()
