"""Which old encoding of one byte a character a file is in, by how often letters stand in texts.

Each encoding is tried, and the text that comes of it is compared with the letters of each
language: the most likely pair of both wins. Where a second encoding gives another text that is
nearly as likely, the doubt is said.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

__all__ = ["most_plausible"]

_OLD = (
    ("cp1250", "Windows-1250", 0.0),
    ("cp1252", "Windows-1252", 0.0),
    ("iso8859-2", "ISO 8859-2", 0.5),
    ("iso8859-1", "ISO 8859-1", 0.5),
    ("cp852", "CP852", 2.0),
    ("mac_latin2", "Mac Central European", 2.0),
    ("cp850", "CP850", 2.0),
    ("cp437", "CP437", 2.5),
    ("mac_roman", "Mac Roman", 2.0),
)
"""Encodings with their names, and how much less usual they are; of equals the first is taken."""

_SIGNS = frozenset("„“”‚‘’–—…§°•«»€©®\u00a0")
_SIGN, _STRANGE, _CONTROL = 0.05, 0.0005, 0.00001
"""How often, in hundredths of the letters, a usual sign, any other and a control stand there."""
_INSIDE = 0.002
"""How much rarer a sign, or a capital behind a small letter, is inside of a word."""
DOUBT = 3.0
"""The difference in likelihood, in nats, below which the second encoding is named."""
_SAMPLE = 200_000


@cache
def _languages() -> Mapping[str, Mapping[str, float]]:
    text = files("progsearch").joinpath("data", "letters.toml").read_text(encoding="utf-8")
    found = {}
    for lang, written in tomllib.loads(text).items():
        pairs = (pair.split() for pair in written.split(","))
        found[lang] = {letter: float(share) for letter, share in pairs}
    return found


def most_plausible(data: bytes) -> tuple[str, str, str]:
    """The name of the encoding, of another one that may be as well, and the text."""
    sample = data[:_SAMPLE]
    found: list[tuple[float, str, str, str]] = []
    for codec, name, unusual in _OLD:
        try:
            text = sample.decode(codec)
        except UnicodeDecodeError:
            continue
        found.append((_likelihood(text) - unusual, name, codec, text))
    found.sort(key=lambda one: -one[0])
    best, name, codec, text = found[0]
    others = (one for one in found[1:] if one[3] != text)
    second = next(others, None)
    other = second[1] if second and best - second[0] < DOUBT else ""
    # What is behind the sample may have a byte that the encoding does not know.
    return name, other, text if len(sample) == len(data) else data.decode(codec, "replace")


def _likelihood(text: str) -> float:
    """How likely the characters outside of ASCII are, in the language that they fit best."""
    counts: Counter[tuple[str, bool]] = Counter()
    for place, char in enumerate(text):
        if char > "\x7f":
            before = text[place - 1 : place] if place else ""
            after = text[place + 1 : place + 2]
            if char.isalpha():
                odd = char.isupper() and before.islower() and before != ""
            else:
                odd = before.isalpha() and after.isalpha() and char != "’"
            counts[char.lower(), odd] += 1
    return max(
        sum(n * _weight(char, odd, letters) for (char, odd), n in counts.items())
        for letters in _languages().values()
    )


def _weight(char: str, odd: bool, letters: Mapping[str, float]) -> float:
    if "\x80" <= char <= "\x9f":
        share = _CONTROL
    else:
        share = letters.get(char, _SIGN if char in _SIGNS else _STRANGE)
    return math.log(share * (_INSIDE if odd else 1.0))
