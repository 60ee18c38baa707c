"""Keyword in context: each place where words matched, with what stands left and right of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from progsearch.analysis import fold, reading
from progsearch.classes import dataclass
from progsearch.concordance.passages import Values
from progsearch.search import Hit
from progsearch.visible import visible

__all__ = ["SORTS", "Line", "lines_of", "places_of", "sorted_lines"]

SORTS = ("place", "left", "right", "group")
"""What lines are sorted by: where they stand, a neighbouring word, or the group."""

_LAST = "\U0010ffff"  # what is unknown comes behind all that is known, as in tables
_PIECE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A place where words stand that matched, with what stands to its left and its right."""

    hit: Hit
    left: str
    match: str
    right: str
    group: Values = ()

    def key(self, sort: str) -> list[str]:
        """What it is sorted by: the words to a side, the nearest first; or its group."""
        if sort == "group":
            return [value or _LAST for value in self.group]
        words = self.left.split()[::-1] if sort == "left" else self.right.split()
        bare = (_bare(fold(word.lower())) for word in words)
        return [word for word in bare if word]

    def within(self, window: int) -> Line:
        """The same with so many words on each side."""
        left = [start for start, _ in _words(self.left)]
        right = [end for _, end in _words(self.right)]
        begin = left[-window] if len(left) > window else 0
        end = right[window - 1] if len(right) > window else len(self.right)
        if not window:
            begin, end = len(self.left), 0
        return Line(self.hit, self.left[begin:], self.match, self.right[:end], self.group)


def _bare(word: str) -> str:
    """A word without the signs at its edges."""
    return word.strip("".join(sign for sign in set(word) if not sign.isalnum()))


def _words(text: str) -> list[tuple[int, int]]:
    """Where what stands between blanks begins and ends, where it has a letter or digit."""
    pieces = _PIECE.finditer(text)
    return [piece.span() for piece in pieces if any(map(str.isalnum, piece[0]))]


def places_of(hit: Hit) -> list[tuple[int, int]]:
    """The stretches of a passage's text that matched; those that overlap are one place."""
    found: list[tuple[int, int]] = []
    for match in hit.matches:  # in the order of their beginnings
        if match.where != "text":
            continue
        if found and match.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], match.end))
        else:
            found.append((match.start, match.end))
    return found


def lines_of(hit: Hit, group: Values = ()) -> list[Line]:
    """The lines of a hit; none where its headings alone matched."""
    places = places_of(hit)
    if not places:
        return []
    read = reading(hit.passage.text)
    lines = []
    for place in places:
        start, end = read.from_source(*place)
        parts = (read.text[:start], read.text[start:end], read.text[end:])
        left, match, right = map(visible, parts)
        lines.append(Line(hit, left.lstrip(), match, right.rstrip(), group))
    return lines


def sorted_lines(lines: Sequence[Line], sort: str) -> list[Line]:
    """Lines in an order; those that are alike stay in theirs."""
    return list(lines) if sort == "place" else sorted(lines, key=lambda line: line.key(sort))
