"""JSON: one array of the hits' objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from progsearch.export.hitrows import row
from progsearch.search import Hit
from progsearch.visible import json_text

__all__ = ["write"]


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write an array, one object a line, as the hits come."""
    out.write("[")
    out.writelines(
        (",\n" if number else "\n") + json_text(row(hit)) for number, hit in enumerate(hits)
    )
    out.write("\n]\n")
