"""What letters, newsletters and articles of debate have around their text: ways elsewhere, and who
signs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files

from progsearch.analysis.alternatives import any_of
from progsearch.blocks.wording import load_wording
from progsearch.model import Shape
from progsearch.segmentation.parts import Part

__all__ = ["leads_away", "signing_parts"]

MAX_AWAY_WORDS = 25
MAX_SIGNING_WORDS = 10
MOST_SIGNING = 8
"""Lines below what a letter ends in."""
AT_ENDS = 12
"""Parts at the end of a text, and as many fewer at its head, among which somebody signs."""
AT_HEAD = 4
MAX_OFFICE_WORDS = 8
_TO_ADDRESS = re.compile(r"[^:.!?\n]{1,60}:\s{0,3}<?https?://\S{1,2000}$")
_NAME = re.compile(r"[^\W\d_][\w.’'-]{0,40}")
_PARTY = re.compile(r"\(([^\W\d_][^()]{0,29})\)$")
_NAME_WORDS = range(2, 6)
_SMALL_NAMES = frozenset(("af", "da", "de", "del", "der", "di", "du", "la", "van", "von", "zu"))
_ENDS = (".", "!", "?", ":")
_POSTSCRIPT = re.compile(r"p\.?\s?s\b", re.IGNORECASE)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    source = (files("progsearch") / "data" / "newsletters.toml").read_text(encoding="utf-8")
    told = tomllib.loads(source)
    return {key: frozenset(word for one in told[key].values() for word in one) for key in told}


@cache
def _away() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?:{any_of(_words()['begins'])})\b", re.IGNORECASE)


def leads_away(line: str) -> bool:
    """Whether a line of a newsletter only leads elsewhere: an address behind the words for it, or
    these alone (*View in browser*, *Unsubscribe*)."""
    if "://" in line and _TO_ADDRESS.match(line) and load_wording().is_link_line(line):
        return True
    found = _away().match(line)
    if found is None or len(line.split()) > MAX_AWAY_WORDS:
        return False
    rest = line[found.end() :].strip(" .:!>»›→")
    if " " in found[0].strip() or not rest or "://" in rest:
        return True
    return not _words()["about"].isdisjoint(rest.casefold().replace(":", " ").split())


def signing_parts(parts: Sequence[Part]) -> set[int]:
    """The places of the parts that say who signs: below what a letter ends in, or each a name with
    a party or an office, at the head of a text or at its end."""
    found: set[int] = set()
    for at, part in enumerate(parts):
        if part.block.shape in _TEXTS and load_wording().closes_letter(part.plain):
            found |= {at, *_below(parts, at)}
    own = [at for at, part in enumerate(parts) if part.block.shape in _TEXTS]
    for at in {*own[:AT_HEAD], *own[-AT_ENDS:]}:
        block = parts[at].block  # items are lists of people, which a text may be about
        told = block.shape is not Shape.ITEM and block.label != "row"
        lines = parts[at].text.splitlines() if told else []
        if lines and all(_names_signer(line.strip("*_ —–-")) for line in lines):
            found.add(at)
    return found


_TEXTS = frozenset((Shape.PARAGRAPH, Shape.ITEM, Shape.QUOTE))


def _below(parts: Sequence[Part], at: int) -> Collection[int]:
    """The lines below what a letter ends in: names, offices, addresses."""
    found = set()
    for place in range(at + 1, min(len(parts), at + 1 + MOST_SIGNING)):
        part = parts[place]
        if part.block.shape is Shape.HEADING:
            if leads_away(part.plain):
                continue
            if place > at + 1 or not _is_name(part.plain.split()):
                break
        elif part.block.shape not in _TEXTS:
            continue
        elif part.block.shape is Shape.ITEM:
            break  # a list of what is asked for or promised
        words = part.plain.split()
        if len(words) > MAX_SIGNING_WORDS or _POSTSCRIPT.match(part.plain):
            break
        if part.plain.endswith(_ENDS[:3]) and len(words) > 3:
            break
        found.add(place)
    return found


def _is_name(words: Sequence[str]) -> bool:
    return len(words) in _NAME_WORDS and all(
        _NAME.fullmatch(word) is not None and (word[0].isupper() or word in _SMALL_NAMES)
        for word in words
    )


def _names_signer(line: str) -> bool:
    """Whether a line is a name with a party in brackets, or an office, or both."""
    name, _, office = line.partition(",")
    party = _PARTY.search(name.strip())
    bare = name[: name.rfind("(")] if party else name
    if not _is_name(bare.split()) or line.endswith(_ENDS):
        return False
    words = office.replace(",", " ").split()
    if len(words) > MAX_OFFICE_WORDS or not _words()["sentences"].isdisjoint(words):
        return False
    return party is not None or any(map(load_wording().is_office, words))
