"""Hits as files: one module a format, each with ``write(hits, out)``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Protocol, TextIO, cast

from progsearch.search import Hit

__all__ = ["FORMATS", "HitWriter", "writer"]


class HitWriter(Protocol):
    """Writes hits to a text stream, as they come."""

    def __call__(self, hits: Iterable[Hit], out: TextIO) -> None:
        """Write them, and what has to stand around them."""


FORMATS: Mapping[str, str] = {
    "csv": "progsearch.export.csv",
    "json": "progsearch.export.json",
    "jsonl": "progsearch.export.jsonl",
    "kwic": "progsearch.export.kwic",
    "md": "progsearch.export.markdown",
}
"""Name of a format and the module that writes it."""


def writer(name: str) -> HitWriter:
    """The writer of a format of :data:`FORMATS`."""
    return cast("HitWriter", import_module(FORMATS[name]).write)
