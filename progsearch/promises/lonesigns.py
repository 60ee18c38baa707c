"""Signs on lines of their own (*✅*), which are no passages, since they have no words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from progsearch.blocks.bullets import TICKS
from progsearch.pairing import Unit
from progsearch.promises.sides import Said

__all__ = ["is_lone_sign", "with_signs"]

_LINE = re.compile(
    rf"^[ \t]*(?P<marks>(?:#{{1,6}}[ \t]+|[-*+•–][ \t]+)?[*_]{{0,3}})"
    rf"(?P<sign>[{TICKS}])\ufe0f?[*_]{{0,3}}[ \t]*$",
    re.MULTILINE,
)


def with_signs(said: Sequence[Said]) -> list[Said]:
    """The passages of a document, and between them the signs that stand on a line of their own."""
    found: list[Said] = []
    for one, after in zip_longest(said, said[1:]):
        if not found:
            found += _signs(one, None, one)
        found.append(one)
        found += _signs(one, one, after)
    return found


def is_lone_sign(one: Said) -> bool:
    """Whether it is such a sign, and no passage."""
    return not one.unit.lemmas and _LINE.match(one.passage.text) is not None


def _signs(near: Said, before: Said | None, after: Said | None) -> Iterator[Said]:
    """The signs between two passages that follow upon each other, each as a line ``near`` them."""
    number = before.passage.number if before else 0
    if after and after.passage.number != number + 1:
        return  # what stands between them is left out
    between = near.document.between[number : number + 1]
    for match in _LINE.finditer(between[0]) if between else ():
        beside = (before and not match.start()) or (after and match.end() == len(between[0]))
        if beside:
            continue  # it is on the line of a passage
        sign = match["sign"]
        above = after.passage.headings if after else near.passage.headings
        written = {one.rstrip("\ufe0f") for one in above}
        heading = sign in written if after else "#" in match["marks"] or "**" in match["marks"]
        line = between[0].count("\n", 0, match.start()) + (before.passage.end_line if before else 1)
        passage = replace(
            (after or near).passage,
            text=sign,
            headings=tuple(one for one in above if one.rstrip("\ufe0f") != sign),
            line=line,
            end_line=line,
            mark="",
        )
        yield replace(near, passage=passage, unit=Unit(sign, [], near.unit.source, heading=heading))
