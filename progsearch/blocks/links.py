"""Blocks that only lead elsewhere."""

from __future__ import annotations

import re

from progsearch.model import Shape

__all__ = ["shape_of_links"]

_URLS = re.compile(r"(?:(?:https?://|www\.)\S+(?:\s+|$))+$|[^\s@]+@[^\s@]+\.\w+$")
_LINKS = re.compile(
    r"(?:(?:\[[^\[\]]*\]\([^()]*\)|<a\s[^<>]*>[^<>]*</a>)[\s,;|·/–-]*){1,50}$", re.IGNORECASE
)
_ANCHORS = re.compile(r"""\]\(\s*(?!\#)|href\s*=\s*["']?\s*(?![\s"'#])""", re.IGNORECASE)


def shape_of_links(
    text: str, begin: int, stop: int, link: bool, start: int, end: int
) -> Shape | None:
    """Contents or navigation, if nothing but links stands in ``text[begin:stop]``.

    ``start`` and ``end`` are the edges before marks were trimmed, ``link`` that a link was
    among them. Links to places of the same page are contents.
    """
    inner = text[begin:stop]
    if not link and not _URLS.match(inner) and not (inner[0] in "[<" and _LINKS.match(inner)):
        return None
    around = text[start:end]
    if ("](" in around or "href" in around) and not _ANCHORS.search(around):
        return Shape.CONTENTS
    return Shape.NAVIGATION
