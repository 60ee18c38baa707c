"""Options of what is asked."""

from __future__ import annotations

from typing import Annotated

import typer

__all__ = ["By", "Words"]

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
