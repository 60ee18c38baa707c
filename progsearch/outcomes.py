"""What was done with a file, why, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from progsearch.errors import Problem

__all__ = ["IGNORED", "NO_DOCUMENT", "SETTINGS", "FileDone", "Status"]


class Status(StrEnum):
    """What was done with a file."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    FAILED = "failed"
    SKIPPED = "skipped"  # not a document


SETTINGS, IGNORED = "settings, README or LICENSE", "left out by a progsearch.toml or an option"


NO_DOCUMENT = "no document in them"
"""Why files are skipped."""


@dataclass(frozen=True, slots=True)
class FileDone:
    """One file that was dealt with; ``problems`` say why it failed, or what is odd about it.

    ``of`` is the number of files that the run deals with, ``parties`` those of the documents
    that were read, ``why`` the reason of a file that was skipped. ``unexpected`` are the
    languages in it that the index was not asked to have: of how many documents, and of how many
    passages in documents of another language.
    """

    path: str
    status: Status
    passages: int = 0
    problems: Sequence[Problem] = ()
    of: int = 0
    why: str = ""
    parties: Sequence[str] = ()
    unexpected: Mapping[str, tuple[int, int]] = field(default_factory=dict)
