"""Texts that stand twice in a document: kept once, with both places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from progsearch.blocks.citing import PULLED
from progsearch.model import Role, Shape
from progsearch.segmentation.parts import Part

__all__ = ["without_copies"]

MIN_WORDS = 8
"""Shorter texts may stand twice in a body without being one text."""
MIN_WORDS_INSIDE = 3
"""Fewer words of the front matter must be the whole of what they are found in."""


def without_copies(parts: Sequence[Part]) -> list[Part]:
    """The parts without those that repeat another, which notes their lines.

    A text of the front matter gives way to the body, where it may run over several parts
    or be a part of one. In the body the first of equal texts of the same role is kept,
    and of equal headings one above the other the first. What stands on pages is
    cited by them: there the others stay, as repetitions, which do not count either. Words that
    are lifted out of the body to be set large are no text of their own.
    """
    own = [part for part in parts if part.block.shape is not Shape.FIELD]
    body = _Stream(own)
    pulled = any(part.block.label == PULLED for part in own)
    text = _Stream([part for part in own if part.block.label != PULLED]) if pulled else body
    kept: list[Part] = []
    firsts: dict[tuple[Role, bool, tuple[str, ...]], Part] = {}
    above: Part | None = None
    for part in parts:
        is_field = part.block.shape is Shape.FIELD
        key = (part.role, is_field, tuple(part.words))
        originals: list[Part] = []
        if is_field:
            originals = body.find(part.words) or [firsts.setdefault(key, part)]
        elif part.block.label == PULLED and (lifted := text.find(part.words)):
            originals = lifted
        elif part.role is Role.HEADING:
            if above is not None and above.role is Role.HEADING and above.words == part.words:
                originals = [above]
        elif len(part.words) >= MIN_WORDS and not part.block.code:
            # What was coded as a unit stays one, however often it is said.
            originals = [firsts.setdefault(key, part)]
            if part.page and originals[0] is not part:
                part.role, originals = Role.REPETITION, []
        copied = [original for original in originals if original is not part]
        for original in copied:
            original.also.append((part.line, part.end_line))
        if not copied:
            kept.append(part)
            above = above if is_field else part
    return kept


class _Stream:
    """The words of the body in one string, to find a text that runs over several parts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._starts: list[int] = []
        pieces = []
        at = 0
        for part in parts:
            self._starts.append(at)
            piece = "".join(f" {word}" for word in part.words)
            pieces.append(piece)
            at += len(piece)
        self._text = "".join(pieces) + " "

    def find(self, words: Sequence[str]) -> list[Part]:
        """The parts in which these words stand one after another, or none."""
        if not words:
            return []
        at = self._text.find(f" {' '.join(words)} ")
        if at < 0:
            return []
        end = at + sum(len(word) + 1 for word in words)
        first = bisect_right(self._starts, at) - 1
        last = bisect_right(self._starts, end - 1) - 1
        found = [part for part in self._parts[first : last + 1] if part.words]
        if len(words) >= MIN_WORDS_INSIDE:
            return found
        whole = [word for part in found for word in part.words if not word.isdigit()]
        return found if whole == [word for word in words if not word.isdigit()] else []
