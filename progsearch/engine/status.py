"""What is told of an index without asking it anything."""

from __future__ import annotations

from progsearch.classes import dataclass

__all__ = ["Status"]


@dataclass(frozen=True, slots=True)
class Status:
    """An index in short: its ``engine`` and what wrote it, where it is, which ``generation`` it
    shows, the bytes that this takes, and who is writing the next one; empty where nobody is, or
    where it cannot be told. ``notes`` are what an owner should know."""

    engine: str
    library: str
    place: str
    generation: str
    size: int
    writer: str = ""
    notes: tuple[str, ...] = ()
