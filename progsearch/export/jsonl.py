"""JSON lines: one object a hit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from progsearch.export.hitrows import row
from progsearch.search import Hit
from progsearch.visible import json_text

__all__ = ["write"]


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write one JSON object and a line break for each hit."""
    out.writelines(json_text(row(hit)) + "\n" for hit in hits)
