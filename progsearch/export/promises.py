"""What reports say near promises, who promises the same, and what people judged: tables."""

from __future__ import annotations

from collections.abc import Mapping

from progsearch.export.tables import Column, Table, Value
from progsearch.pairing import normalised
from progsearch.promises import Followed, Following, Matched, Matching, Said
from progsearch.promises.tracker import Judged

__all__ = ["FOLLOWED", "MATCHED", "SHEET", "followed_table", "matched_table", "sheet_table"]

FOLLOWED = (
    Column("promise_file", "string", "File of the promise"),
    Column("promise_line", "integer", "Its first line"),
    Column("promise", "string", "The promise as people read it"),
    Column("rank", "integer", "1 for the nearest passage of the reports; empty where none is near"),
    Column("report_file", "string", "File of the passage near it"),
    Column("report_line", "integer", "Its first line"),
    Column("report", "string", "The passage as people read it"),
    Column("shared", "string", "Words of the report that the promise has too, rarest first"),
    Column("status", "string", "What became of it, if a report states it or a person entered it"),
    Column("status_from", "string", "The report's words on it, or who judged and when"),
    Column("restated", "boolean", "Whether the report repeats the promise and says nothing else"),
    Column("report_date", "string", "Date of the report"),
    Column("promise_id", "string", "Id of the promise"),
    Column("report_id", "string", "Id of the passage of the report"),
    Column(
        "inferred", "string", "match: near in meaning alone, its words would not have brought it"
    ),
)
SHEET = (
    *FOLLOWED[:8],
    Column("stated", "string", "Status that the report states in so many words"),
    Column("status", "string", "To fill in: kept, partly, broken, in progress or no word"),
    Column("judged_by", "string", "To fill in: who judged it"),
    Column("judged_on", "string", "To fill in: when, as YYYY-MM-DD"),
    Column("status_2", "string", "To fill in by a second coder"),
)
MATCHED = (
    Column("rank", "integer", "1 for the nearest pair"),
    Column("file_a", "string", "File of the passage of the one group"),
    Column("line_a", "integer", "Its first line"),
    Column("text_a", "string", "The passage as people read it"),
    Column("file_b", "string", "File of the passage of the other group"),
    Column("line_b", "integer", "Its first line"),
    Column("text_b", "string", "The passage as people read it"),
    Column("shared", "string", "Words of the second that the first has too, rarest first"),
    Column("group", "integer", "Pairs of one number hang together through a passage"),
    Column("name_a", "string", "The one group"),
    Column("name_b", "string", "The other group"),
    Column("stance", "string", "agree or oppose: by stated answers to one question, never by text"),
)


def followed_table(
    following: Following, title: str, judged: Mapping[str, Judged] | None = None
) -> Table:
    """One row a promise and passage near it; one with an empty rank where nothing is near.

    ``judged`` is what people entered, by the id of the promise: it wins over what is stated.
    """
    rows = [
        row for one in following.promises for row in _followed(one, (judged or {}).get(_id(one)))
    ]
    return Table("promises", title, FOLLOWED, rows)


def _id(one: Followed) -> str:
    return one.promise.passage.id


def _followed(one: Followed, judged: Judged | None) -> list[list[Value]]:
    entered = [judged.status, f"{judged.by}, {judged.on}"] if judged and judged.status else None
    promise = _side(one.promise)
    if not one.reports:
        told = entered or ["", ""]
        return [[*promise, None, "", None, "", "", *told, False, "", _id(one), "", ""]]
    rows: list[list[Value]] = []
    for report in one.reports:
        stated = ["", f"no status told: {report.doubt.quote}" if report.doubt else ""]
        if report.stated:
            stated = [report.stated.status, f"the report says: {report.stated.quote}"]
        date = report.said.document.date
        rows.append(
            [
                *promise,
                report.rank,
                *_side(report.said),
                ", ".join(report.shared),
                *(entered or stated),
                report.restated,
                str(date.value) if date else "",
                _id(one),
                report.said.passage.id,
                "match" if report.by_meaning else "",
            ]
        )
    return rows


def sheet_table(
    following: Following, title: str, judged: Mapping[str, Judged] | None = None
) -> Table:
    """Rows to code: as :func:`followed_table` has them, with empty columns for what is judged.

    ``judged`` is what was entered already, by the id of the promise: it stands in the row of
    the passage that it was judged by, or else in the first row of the promise.
    """
    rows: list[list[Value]] = []
    for one in following.promises:
        of_one: list[list[Value]] = [[*row[:9], "", "", "", ""] for row in _followed(one, None)]
        entered = (judged or {}).get(_id(one))
        if entered:
            who = [entered.by, entered.on] if entered.status else ["", ""]
            at = _judged_by(one, entered)
            of_one[at] = [*of_one[at][:9], entered.status, *who, entered.second]
        rows += of_one
    return Table("sheet", title, SHEET, rows)


def _judged_by(one: Followed, entered: Judged) -> int:
    """Which of a promise's passages it was judged by; 0 where that is not told."""
    words = normalised(entered.report)
    there = (at for at, near in enumerate(one.reports) if near.said.unit.plain == words)
    return next(there, 0)


def matched_table(matching: Matching, title: str) -> Table:
    """One row a pair, the nearest first."""
    return Table("pairs", title, MATCHED, [_matched(pair) for pair in matching.pairs])


def _matched(pair: Matched) -> list[Value]:
    return [
        pair.rank,
        *_side(pair.first),
        *_side(pair.other),
        ", ".join(pair.shared),
        pair.group,
        *pair.names,
        pair.stance,
    ]


def _side(said: Said) -> list[Value]:
    return [said.file, said.passage.line, said.unit.text.strip()]
