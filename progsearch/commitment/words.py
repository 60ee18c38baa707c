"""How a passage is cut into the words and the marks that rules are told of.

A contraction is two words (*we'll* is *we will*), whichever apostrophe is in it, and each of them
has its place in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["Contractions", "cut", "with_one_apostrophe"]

_LETTER = r"[^\W\d_]"
_FURTHER = r"[\w\u00ad\u0300-\u036f'’ʼ-]"
_WORD_PATTERN = (
    rf"{_LETTER}{_FURTHER}*(?:[`´](?={_LETTER}){_FURTHER}*)*(?::[a-zåäö]{{1,3}}\b)?"
    r"|\d+(?:[.,:]\d+)*"
    r"|[,;:()–—]"
    r"|[.!?…]+(?![^\W_])(?!\s+[a-zà-öø-ÿčďěňřšťůž])"
)
_WORD = re.compile(_WORD_PATTERN)
_WORD_OR_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s)>\]]+|" + _WORD_PATTERN)
"""Words, and the marks that end a sentence or a clause. A full stop ends nothing within a word or
before a small letter. An address is one word; only texts that have one pay for looking for it."""
_APOSTROPHES = re.compile("[’ʼ`´]")
_ANY_APOSTROPHE = re.compile("['’ʼ`´]")


def with_one_apostrophe(word: str) -> str:
    """A word with the apostrophe that the data files have."""
    return _APOSTROPHES.sub("'", word)


def cut(text: str) -> list[str]:
    """The words and the marks of a text as they are written, in order."""
    return _pattern(text).findall(text)


def _pattern(text: str) -> re.Pattern[str]:
    return _WORD_OR_ADDRESS if "://" in text or "www." in text else _WORD


@dataclass(frozen=True, slots=True)
class Contractions:
    """What a language writes as one word with an apostrophe and means as two.

    ``endings`` are second halves with what they stand for (*'ll*: *will*), ``first`` the first
    halves that are no word by themselves before one (*won't*: *will*).
    """

    endings: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)

    def words_of(self, text: str) -> list[str]:
        """The words and the marks of a passage, in order, contractions as what they stand for."""
        if not self.endings or not _ANY_APOSTROPHE.search(text):
            return cut(text)
        return [word for word, _, _ in self._placed(text)]

    def places_of(self, text: str) -> list[tuple[int, int]]:
        """Where each of :meth:`words_of` starts and ends in the passage."""
        return [(start, end) for _, start, end in self._placed(text)]

    def _placed(self, text: str) -> Iterator[tuple[str, int, int]]:
        for match in _pattern(text).finditer(text):
            word, (start, end) = match[0], match.span()
            plain = with_one_apostrophe(word).lower() if _ANY_APOSTROPHE.search(word) else ""
            ending = next((one for one in self.endings if plain.endswith(one)), "")
            half = len(word) - len(ending)
            if ending and half:
                yield self.first.get(plain, word[:half]), start, start + half
                yield self.endings[ending], start + half, end
            else:
                yield word, start, end
