"""The rules by which numbers are to be read, in the words of every output."""

from __future__ import annotations

from progsearch.compare.basis import basis_lines, copies_line, shared_line
from progsearch.compare.differences import Differences
from progsearch.compare.keywords import Keywords
from progsearch.compare.table import SMALL, Comparison

__all__ = ["COUNTED", "comparison_notes", "keyword_notes"]

COUNTED = "groups in which nothing was found are left out; compare has them"
"""What a table of counts leaves out."""


def comparison_notes(compared: Comparison, tests: Differences | None = None) -> list[str]:
    """What holds for a comparison, and for its tests where there are some."""
    notes = basis_lines(compared.filters, compared.by, compared.mixture)
    notes += ["intervals: Wilson, 95 %, of the share of passages that match"]
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
        notes.append(
            "headings, lead-ins, teasers, bylines, navigation, contents and repetitions do not"
            " count (--asides)"
        )
    if compared.left_out:
        notes.append(copies_line(compared.left_out))
    if compared.shared:
        pairs = {(one.first, one.other): one.texts for one in compared.shared}
        notes.append(shared_line(pairs))
    return notes


def keyword_notes(found: Keywords, minimum: int) -> list[str]:
    """The rules by which keywords were chosen."""
    rule = "log-likelihood against all other groups in the same language, p < .05 (Holm)"
    notes = [f"{rule}; at least {minimum} times, in 2 documents where the group has several"]
    if found.alone:
        alone = ", ".join(found.alone)
        notes.append(f"one group only has text in {alone}: there is nothing to compare it with")
    if found.left_out:
        notes.append(copies_line(found.left_out))
    return notes
