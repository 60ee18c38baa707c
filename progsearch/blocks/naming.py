"""How elements of a page are named: their attributes, and the parts of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

__all__ = ["ATTRIBUTE", "attributes", "parts_of"]

ATTRIBUTE = re.compile(
    r"""(?<![\w:-])([a-z][\w:-]{0,40})(?:\s{0,9}=\s{0,9}("[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'<>]{1,200}))?""",
    re.IGNORECASE,
)
_PART = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")


def attributes(inside: str) -> Mapping[str, str]:
    """The attributes of a tag, by what stands in it behind its name."""
    return {one[1].lower(): (one[2] or "").strip("\"' ") for one in ATTRIBUTE.finditer(inside)}


def parts_of(names: str) -> Iterator[list[str]]:
    """The parts of each of some names, in small letters: *my-accordion__body*, *accordionBody*."""
    for name in names.split():
        yield [part.lower() for part in _PART.findall(name)]
