"""Words that a hyphen broke at the end of a line, whole again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from progsearch.languages.conjunctions import conjunctions

__all__ = ["BROKEN", "WORD", "Vocabulary", "hyphenless"]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})([-\u2010\u00ad])$")
"""A line whose last word may go on in the next one."""
MAX_PARTS = 4
_FIRST = re.compile(r"[^\W\d_]+")
_ENDING = 4
"""Letters from which on a conjunction may be the end of a word that has other ends, too."""


class Vocabulary:
    """The words of a document, in small letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.counts = Counter(word.lower() for word in words)
        self._sorted: list[str] = []

    def __getitem__(self, word: str) -> int:
        """How often a word stands there."""
        return self.counts[word]

    def begins(self, start: str) -> bool:
        """Whether one of the words begins so."""
        if len(self._sorted) != len(self.counts):
            self._sorted = sorted(self.counts)
        at = bisect_left(self._sorted, start)
        return at < len(self._sorted) and self._sorted[at].startswith(start)


def hyphenless(lines: Sequence[str], words: Vocabulary) -> list[str]:
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


def _joined(line: str, following: str, words: Vocabulary) -> tuple[str, str] | None:
    """Two lines with the word whole that a hyphen broke between them; None when none did."""
    broken = BROKEN.search(line)
    first = _FIRST.match(following)
    if broken is None or first is None:
        return None
    head = line[: broken.start(2)]
    tail, _, rest = following.partition(" ")
    if rest and not rest.strip("| "):
        tail, rest = following, ""  # the rules behind a cell
    whole = (broken[1] + first[0]).lower()
    kept = f"{broken[1]}-{first[0]}".lower()
    if not first[0][0].islower():
        # In capitals nothing tells a broken word from a compound but the rest of the text.
        capitals = broken[1].isupper() and first[0].isupper()
        return (head + tail, rest) if capitals and words[whole] > words[kept] else None
    if first[0] in conjunctions() and not _is_word(whole, first[0], words):
        # The conjunction goes up, so that nobody takes the hyphen for that of a line.
        return f"{head}- {tail}", rest
    # PDFium calls every hyphen at a line's end a soft one.
    meant = words[kept] > words[whole] or broken[1].isupper()
    if tail.endswith("-") and rest:
        # A hyphen inside of a line is a printed one ("lien- statt"): its next word goes up, too.
        following, _, rest = rest.partition(" ")
        tail = f"{tail} {following}"
    return head + ("-" if meant else "") + tail, rest


def _is_word(whole: str, conjunction: str, words: Vocabulary) -> bool:
    """Whether what looks like a conjunction ends a word ("gemen-" "samt"): the document has
    the word, or another form of it ("gemensam")."""
    shorter = len(conjunction) >= _ENDING
    return words[whole] > 0 or words.begins(whole[:-1] if shorter else whole)
