"""Rows of what is asked of promises."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DifferenceRow", "FollowedRow", "MatchedRow"]


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """A link between two versions, or a passage that only one of them has."""

    change: str
    group: int
    old_file: str
    old_line: int | None
    old_text: str
    new_file: str
    new_line: int | None
    new_text: str
    firmness: str
    amounts: str
    slip: bool
    role: str
    old_page: int | None
    new_page: int | None


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """A promise and a passage of the reports near it; ``rank`` is none where nothing is near."""

    promise_file: str
    promise_line: int
    promise: str
    rank: int | None
    report_file: str
    report_line: int | None
    report: str
    shared: str
    status: str
    status_from: str
    restated: bool
    report_date: str
    promise_id: str
    report_id: str
    inferred: str


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """Two passages of different groups that may be the same promise."""

    rank: int
    file_a: str
    line_a: int
    text_a: str
    file_b: str
    line_b: int
    text_b: str
    shared: str
    group: int
    name_a: str
    name_b: str
    stance: str
