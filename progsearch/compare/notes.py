"""The rules by which numbers are to be read, in the words of every output."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.compare.differences import Differences
from progsearch.compare.keywords import Keywords
from progsearch.compare.table import SMALL, Comparison
from progsearch.scope import left_out_line

__all__ = ["COUNTED", "comparison_notes", "keyword_notes"]

COUNTED = "groups in which nothing was found are left out; compare has them"
"""What a table of counts leaves out."""

_SHARED = 4
"""Pairs of groups with the same texts that are named."""


def comparison_notes(compared: Comparison, tests: Differences | None = None) -> list[str]:
    """What holds for a comparison, and for its tests where there are some."""
    notes = ["intervals: Wilson, 95 %, of the share of passages that match"]
    if any(group.small for group in compared.groups):
        notes.append(f"small: fewer than {SMALL} passages, too little text to compare")
    if tests:
        notes.append(
            "difference: a group against all other groups together that are known and not "
            "small; G², p < .05 corrected by Holm, and intervals that do not meet"
        )
    if len(compared.languages) > 1:
        spoken = ", ".join(compared.languages)
        notes.append(
            f"each language ({spoken}) is searched by words of its own, so a difference between "
            "languages may be one of the words; --lang keeps to one"
        )
    if not compared.filters.asides and not compared.filters.role:
        notes.append("headings, teasers, bylines, navigation and contents do not count (--asides)")
    if compared.left_out:
        notes.append(left_out_line(compared.left_out))
    if compared.shared:
        notes.append(_shared_line(compared))
    return notes


def _shared_line(compared: Comparison) -> str:
    """Which groups have texts that count in another one."""
    told = [
        f"{one.documents:,} of {_group(one.left_out)} in {_group(one.counted)}"
        for one in compared.shared[:_SHARED]
    ]
    rest = len(compared.shared) - len(told)
    more = f" and {rest} more" if rest else ""
    which = ", ".join(told)
    return f"what several groups have counts where it stands first by path: {which}{more}"


def _group(values: Sequence[str]) -> str:
    return " · ".join(value or "unknown" for value in values)


def keyword_notes(found: Keywords, minimum: int) -> list[str]:
    """The rules by which keywords were chosen."""
    rule = "log-likelihood against all other groups in the same language, p < .05 (Holm)"
    notes = [f"{rule}; at least {minimum} times, in 2 documents where the group has several"]
    if found.alone:
        alone = ", ".join(found.alone)
        notes.append(f"one group only has text in {alone}: there is nothing to compare it with")
    if found.left_out:
        notes.append(left_out_line(found.left_out))
    return notes
