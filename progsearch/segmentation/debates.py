"""Who speaks in minutes, debates and interviews."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from progsearch.blocks.turns import Turn, turns_of
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
    for place, (part, turn) in enumerate(
        zip(parts, turns_of([part.plain for part in parts]), strict=True)
    ):
        block = part.block
        if block.shape not in _TEXT or block.label == "row" or block.code:
            below = below if block.shape is Shape.NAVIGATION else None
        elif turn is not None:
            found[place] = turn
            below = replace(turn, alone=False) if turn.alone else None
        elif below is not None and not _LABELLED.match(part.plain):
            found[place] = below
        else:
            below = None
    return found
