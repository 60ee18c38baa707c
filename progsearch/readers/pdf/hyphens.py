"""Words that a hyphen broke at the end of a line, whole again."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

__all__ = ["BROKEN", "WORD", "hyphenless"]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})([-\u2010\u00ad])$")
"""A line whose last word may go on in the next one."""
MAX_PARTS = 4
_FIRST = re.compile(r"[^\W\d_]+")


def hyphenless(lines: Sequence[str], words: Counter[str]) -> list[str]:
    """The lines with each word that a hyphen broke whole again, at the end of its first line.

    ``words`` are those of the whole document: a hyphen stays that stands in them.
    """
    done = list(lines)
    for number in range(len(done) - 1):
        # Again, for what went up may end in a hyphen itself: "Son-" "der-" "und". The line that
        # it stood on may be empty then.
        for _ in range(MAX_PARTS):
            after = next((n for n in range(number + 1, len(done)) if done[n]), None)
            joined = _joined(done[number], done[after], words) if after is not None else None
            if after is None or joined is None:
                break
            done[number], done[after] = joined
    # A hyphen that stays is one that was printed, whatever the file calls it.
    return [line[:-1] + "-" if line.endswith("\u00ad") else line for line in done]


@cache
def _conjunctions() -> frozenset[str]:
    source = files("progsearch").joinpath("data", "conjunctions.toml")
    languages = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(word for words in languages.values() for word in words)


def _joined(line: str, following: str, words: Counter[str]) -> tuple[str, str] | None:
    """Two lines with the word whole that a hyphen broke between them; None when none did."""
    broken = BROKEN.search(line)
    first = _FIRST.match(following)
    if broken is None or first is None or not first[0][0].islower():
        return None
    head = line[: broken.start(2)]
    tail, _, rest = following.partition(" ")
    whole = (broken[1] + first[0]).lower()
    kept = f"{broken[1]}-{first[0]}".lower()
    if first[0] in _conjunctions() and not words[whole]:
        # The conjunction goes up, so that nobody takes the hyphen for that of a line.
        return f"{head}- {tail}", rest
    # PDFium calls every hyphen at a line's end a soft one.
    meant = words[kept] > words[whole] or broken[1].isupper()
    return head + ("-" if meant else "") + tail, rest
