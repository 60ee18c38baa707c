"""Which language a text is in."""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from progsearch.errors import ProgsearchError
from progsearch.languages.table import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Detector", "detect_document", "detect_passage"]

SHARPNESS = 0.3
"""Trigrams of a text are far from independent; their log-likelihood counts by this much. Then
a probability is no higher than the share of answers given with it that are right."""

FUNCTION_WORD = 4.0
"""What a stop word adds to the log-likelihood of its languages. It parts Danish and Norwegian,
Czech and Slovak, whose trigrams are alike."""

MIN_WORDS = 8
MIN_PROBABILITY = 0.9
STOP_WORDS = 2
"""Stop words by which a passage shows its language: a list of foreign terms has none."""

MIN_DOCUMENT_PROBABILITY = 0.6
DOCUMENT_HEAD = 3_000
"""Characters of a document that are looked at."""

_ADDRESS = re.compile(r"(?<!\S)[^\s@]+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_CITED = re.compile(r"[„“”\"»«][^„“”\"»«]+[„“”\"»«]|\([^()]+\)|\[[^][]+\]")
"""What stands in quotation marks or brackets: often a title in another language."""
_LOCK = threading.Lock()


@cache
def _trigrams(tags: tuple[str, ...]) -> Mapping[str, tuple[float, ...]]:
    """The log-probability of each of langdetect's trigrams in each language."""
    import json
    from pathlib import Path

    import langdetect

    folder = Path(langdetect.__file__).parent / "profiles"
    unseen = 0.5 / 10_000  # langdetect's own smoothing
    found: dict[str, list[float]] = {}
    for at, tag in enumerate(tags):
        code = LANGUAGES[tag].detector or tag
        profile = json.loads((folder / code).read_text(encoding="utf-8"))
        total = profile["n_words"][2]
        for gram, count in profile["freq"].items():
            if len(gram) == 3:
                row = found.setdefault(gram, [math.log(unseen)] * len(tags))
                row[at] = math.log(count / total + unseen)
    return {gram: tuple(row) for gram, row in found.items()}


class Detector:
    """Tells the language of a text, one of ``tags``: the same answer every time and everywhere.

    The score is the likelihood of all trigrams by langdetect's profiles (Nakatani Shuyo,
    "Language Detection Library for Java", 2010) rather than of those that langdetect draws
    at random, and stop words speak too. Raises ProgsearchError for a language that is not
    in the table.
    """

    def __init__(self, tags: Sequence[str] = tuple(LANGUAGES)) -> None:
        for tag in tags:
            if tag not in LANGUAGES:
                raise ProgsearchError(
                    f"no such language: {tag}", remedy=f"one of {', '.join(LANGUAGES)}"
                )
        self.tags = tuple(dict.fromkeys(tags))
        self._stop_lists = [LANGUAGES[tag].stop_list for tag in self.tags]

    def detect(self, text: str) -> tuple[str, float] | None:
        """The most probable language and its probability, or None if there are no words."""
        words = [word.lower() for word in _words(text)]
        with _LOCK:
            trigrams = _trigrams(self.tags)
        grams = Counter(
            padded[at : at + 3]
            for padded in map(" {} ".format, words)
            for at in range(len(padded) - 2)
        )
        rows = [
            (count, row) for gram, count in grams.items() if (row := trigrams.get(gram)) is not None
        ]
        if not rows or not self.tags:
            return None
        sums = [
            sum(count * row[at] for count, row in rows) + FUNCTION_WORD * spoken
            for at, spoken in enumerate(self._spoken(words))
        ]
        best = max(sums)
        weights = [math.exp((total - best) * SHARPNESS) for total in sums]
        return self.tags[sums.index(best)], max(weights) / sum(weights)

    def stop_words(self, text: str) -> dict[str, int]:
        """How many words of a text are stop words, language by language."""
        words = [word.lower() for word in _words(text)]
        return dict(zip(self.tags, self._spoken(words), strict=True))

    def _spoken(self, words: Sequence[str]) -> list[int]:
        return [sum(word in stop_list for word in words) for stop_list in self._stop_lists]


def _words(text: str) -> list[str]:
    return _LETTERS.findall(_ADDRESS.sub(" ", unicodedata.normalize("NFC", text)))


def detect_document(text: str, detector: Detector | None = None) -> str:
    """The language of a whole document; ``und`` if it cannot be told."""
    found = (detector or _all()).detect(text[:DOCUMENT_HEAD])
    return found[0] if found and found[1] >= MIN_DOCUMENT_PROBABILITY else UNDETERMINED


def detect_passage(text: str, document_lang: str, detector: Detector | None = None) -> str | None:
    """The language of a passage if it is surely another than its document's, or None.

    Names, abbreviations and words in capitals say little and are not counted among the
    eight words that an answer needs.
    """
    if sum(len(word) > 1 and word.islower() for word in _words(text)) < MIN_WORDS:
        return None
    detector = detector or _all()
    spoken = detector.stop_words(text)
    own = spoken.pop(document_lang, 0)
    if own >= STOP_WORDS + max(spoken.values(), default=0):
        return None  # the usual case, and much faster than to look at all trigrams
    found = detector.detect(text)
    if found is None or found[1] < MIN_PROBABILITY or found[0] == document_lang:
        return None
    if spoken[found[0]] < STOP_WORDS or _frames(text, document_lang, detector):
        return None
    return found[0]


def _frames(text: str, lang: str, detector: Detector) -> bool:
    """Whether a sentence in ``lang`` is around what a text cites, and is a third of it."""
    frame = _CITED.sub(" ", text)
    if frame == text or 3 * len(_words(frame)) < len(_words(text)):
        return False
    spoken = detector.stop_words(frame)
    own = spoken.pop(lang, 0)
    return own >= STOP_WORDS and own > max(spoken.values(), default=0)


@cache
def _all() -> Detector:
    return Detector()
