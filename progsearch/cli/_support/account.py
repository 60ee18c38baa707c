"""Options of what is asked, and the account of it that goes with a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from progsearch.export.tables import About
    from progsearch.scope import Filters
    from progsearch.search import Index

__all__ = ["By", "Words", "about", "today"]

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="region|party|lang|kind|year|role|commitment|label|country|document",
        help="What groups are made by; two or three may be given: A,B.",
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option("--words", metavar="QUERY", help="A query to compare beside the themes."),
]


def about(
    asked: Index,
    command: str,
    what: Mapping[str, Any],
    filters: Filters,
    left_out: int,
    notes: Sequence[str],
    denominator: str = "",
) -> About:
    """The account of a table, made today."""
    from progsearch.export.tables import About

    return About(
        command=command,
        asked={name: value for name, value in what.items() if value},
        filters=filters,
        corpus=asked.summary,
        made=today(),
        left_out=left_out,
        notes=tuple(notes),
        denominator=denominator,
    )


def today() -> str:
    """The day, as ``YYYY-MM-DD``."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()
