"""JSON lines: one object a hit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from progsearch.export.rows import row
from progsearch.search import Hit

__all__ = ["write"]


def write(hits: Iterable[Hit], out: TextIO) -> None:
    """Write one JSON object and a line break for each hit."""
    out.writelines(json.dumps(row(hit), ensure_ascii=False) + "\n" for hit in hits)
