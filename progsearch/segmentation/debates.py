"""Who speaks in minutes, debates and interviews."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from progsearch.blocks.turns import MIN_SAID, Turn, turns_of
from progsearch.model import Shape
from progsearch.segmentation.parts import Part

__all__ = ["debated"]

_TEXT = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))
_LABELLED = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,3}:")


def debated(parts: Sequence[Part]) -> Mapping[int, Turn]:
    """The places of the parts that say before a colon who speaks, and of those below a line that
    says nothing else, up to a heading or another beginning of that kind."""
    found: dict[int, Turn] = {}
    below: Turn | None = None
    turns = turns_of([_first(part) for part in parts])
    for place, (part, turn) in enumerate(zip(parts, turns, strict=True)):
        block = part.block
        if block.shape is Shape.HEADING:
            below = replace(turn, alone=False) if turn and turn.alone else None
        elif block.shape not in _TEXT or block.label == "row" or block.code:
            below = below if block.shape is Shape.NAVIGATION else None
        elif turn is not None and _says_more(part):
            found[place] = turn
            below = replace(turn, alone=False) if turn.alone else None
        elif below is not None and part.plain[:1] == "(":
            continue  # what happens meanwhile
        elif below is not None and not _LABELLED.match(part.plain):
            found[place] = below
        else:
            below = None
    return found


def _first(part: Part) -> str:
    """What people read of a part; nothing where its first line has no colon, for a label does not
    go on in the next one: *Anna Lindh, ordförande* over *T: …* is an address."""
    return part.plain if ":" in part.text.partition("\n")[0] else ""


def _says_more(part: Part) -> bool:
    """Whether the first of several lines is more than a vote: *Anna Lindh (S): ja*."""
    first, _, more = part.text.partition("\n")
    rest = first.rpartition(":")[2].strip(" *_")
    return not more or not rest or len(rest.split()) >= MIN_SAID
