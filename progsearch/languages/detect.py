"""Which language a text is in."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from progsearch.errors import ProgsearchError
from progsearch.languages.forms import near, shares
from progsearch.languages.profiles import Profiles, profiles, script_of
from progsearch.languages.table import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Detector", "detect_document", "detect_passage", "detect_surely"]

SHARPNESS = 0.3
"""Trigrams of a text are far from independent; their log-likelihood counts by this much. Then
a probability is no higher than the share of answers given with it that are right."""

OUTSIDE = 4.0
"""What a language outside the index's must be more likely by, for those are expected."""

DOUBT = 20.0
"""Of near languages, one that is less likely than the best by more than this is out."""

KNOWN_WORD = 7.0
"""What a word that the dictionary of only one of two near languages has speaks for it. Between 4
and 10 it made no difference on the half of the texts on which numbers were set."""

LEAST_LIKELY = 0.9
"""A letter of a text in a known language adds this to its log-likelihood at least; of a text
in none of them less. Of pieces of 30 words in treebanks of the table's languages, one in a
thousand is below 1.9."""

MIN_WORDS = 8
MIN_PROBABILITY = 0.9
FEW_OWN = 1
"""Stop words of its document that a passage in another language may share with it."""
STOP_WORDS = 2
"""Stop words by which a passage shows its language: a list of foreign terms has none."""

MIN_DOCUMENT_PROBABILITY = 0.6
LATIN_ENDS = "\u0250"
"""No letter before this one is of another script."""

DOCUMENT_HEAD = 3_000
"""Characters of a document that are looked at."""

_ADDRESS = re.compile(r"(?<!\S)[^\s@]+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_CITED = re.compile(r"[„“”\"»«][^„“”\"»«]+[„“”\"»«]|\([^()]+\)|\[[^][]+\]")
"""What stands in quotation marks or brackets: often a title in another language."""


class Detector:
    """Tells the language of a text: the same answer every time and everywhere.

    All languages that langdetect or the table of words knows are weighed, whichever ``tags`` the
    index has, so that none is taken for another only because nobody asked for it; ``tags`` are
    expected somewhat more. Raises ProgsearchError for a language that is not in the table.
    """

    def __init__(self, tags: Sequence[str] = tuple(LANGUAGES)) -> None:
        for tag in tags:
            if tag not in LANGUAGES:
                raise ProgsearchError(
                    f"no such language: {tag}", remedy=f"one of {', '.join(LANGUAGES)}"
                )
        self.tags = tuple(dict.fromkeys(tags))

    def can_tell(self, tag: str) -> bool:
        """Whether a text in the language is told from texts in others."""
        if tag in self.tags:
            return True
        scripts = map(profiles, ("LATIN", "CYRILLIC"))
        return any(known is not None and tag in known.tags for known in scripts)

    def detect(self, text: str) -> tuple[str, float] | None:
        """The most probable language and its probability, or None if there are no words.

        The language is ``und`` if a text is like none that is known.
        """
        words = _words(text)
        lower = [word.lower() for word in words]
        common = lower[:1] + [word for word in words[1:] if word.islower()]
        return self.of_words(lower, common if len(common) > 1 else lower)

    def of_words(
        self, words: Sequence[str], common: Sequence[str] = ()
    ) -> tuple[str, float] | None:
        """The same for the lower-case words of a text. Where they leave a doubt between near
        languages, dictionaries are asked for those of ``common``, that is without names."""
        known, words = _in_one_script(words)
        if not words:
            return None
        if known is None:
            return UNDETERMINED, 1.0
        sums = known.likelihoods(words)
        for at, tag in enumerate(known.tags):
            if tag not in self.tags:
                sums[at] -= OUTSIDE
        if common:
            _weigh(sums, known.tags, common)
        best = max(sums)
        strange = len(known.tags) > 1 and len(words) >= MIN_WORDS
        if strange and best < LEAST_LIKELY * sum(map(len, words)):
            return UNDETERMINED, 1.0
        weights = [math.exp((total - best) * SHARPNESS) for total in sums]
        return known.tags[sums.index(best)], 1 / sum(weights)


def _weigh(sums: list[float], tags: Sequence[str], common: Sequence[str]) -> None:
    """Add to the sums of near languages in doubt what dictionaries know of a text's words."""
    best = max(sums)
    group = near(tags[sums.index(best)])
    doubtful = [at for at, tag in enumerate(tags) if tag in group and best - sums[at] < DOUBT]
    if len(doubtful) > 1:
        counts = shares(common, [tags[at] for at in doubtful])
        for at, count in zip(doubtful, counts, strict=True):
            sums[at] += KNOWN_WORD * (count - max(counts))


def _in_one_script(words: Sequence[str]) -> tuple[Profiles | None, Sequence[str]]:
    """The words in the script that most of them are in, and the languages written in it."""
    if words and max(words) < LATIN_ENDS:  # the usual case, told by the last word of all
        return profiles("LATIN"), words
    scripts = ["LATIN" if word[0] < LATIN_ENDS else script_of(word[0]) for word in words]
    most = max(set(scripts), key=lambda one: (scripts.count(one), one), default="LATIN")
    if scripts.count(most) < len(words):
        words = [word for word, script in zip(words, scripts, strict=True) if script == most]
    return profiles(most), words


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    if "@" in text or "://" in text or "www." in text.lower():
        text = _ADDRESS.sub(" ", text)  # to look for addresses takes longer than all the rest
    return _LETTERS.findall(text)


def detect_document(text: str, detector: Detector | None = None) -> str:
    """The language of a whole document; ``und`` if it cannot be told."""
    found = (detector or _all()).detect(text[:DOCUMENT_HEAD])
    return found[0] if found and found[1] >= MIN_DOCUMENT_PROBABILITY else UNDETERMINED


def _running(text: str) -> list[str]:
    """The words of a text in small letters; none where fewer than eight of them are written so."""
    words = _words(text)
    enough = sum(len(word) > 1 and word.islower() for word in words) >= MIN_WORDS
    return [word.lower() for word in words] if enough else []


def detect_passage(text: str, document_lang: str, detector: Detector | None = None) -> str | None:
    """The language of a passage if it is surely another than its document's, or None.

    Names, abbreviations and words in capitals say little and are not counted among the
    eight words that an answer needs. Two stop words of the other language speak for it, or that
    there is none of the document's, or one that is one of the other's, too: Finnish has few.
    """
    words = _running(text)
    if not words:
        return None
    spoken = _spoken(words)
    own = spoken.pop(document_lang, 0)
    others = max(spoken.values(), default=0)
    if others < max(STOP_WORDS, own + 1) and own > min(FEW_OWN, others):
        return None  # the usual case, and much faster than to look at all trigrams
    found = (detector or _all()).of_words(words)
    if found is None or found[1] < MIN_PROBABILITY or found[0] == document_lang:
        return None
    alone = found[0] in LANGUAGES and own <= min(FEW_OWN, spoken.get(found[0], 0))
    if (not alone and spoken.get(found[0], 0) < STOP_WORDS) or _frames(text, document_lang):
        return None
    return found[0]


def detect_surely(text: str, stated: str, detector: Detector | None = None) -> str | None:
    """The language of a text of eight words and more, of which ``stated`` may be said; None
    where it cannot be told for sure."""
    words = _running(text)
    if not words:
        return None
    spoken = _spoken(words)
    own = spoken.pop(stated, 0)
    others = max(spoken.values(), default=0)
    if own > others:
        return stated  # the usual case, and much faster than to look at all trigrams
    found = (detector or _all()).of_words(words, words)
    sure = found is not None and found[1] >= MIN_PROBABILITY
    return found[0] if found and sure and spoken.get(found[0], own) else None


def _spoken(words: Sequence[str]) -> Counter[str]:
    """How many words of a text are stop words, language by language."""
    known, words = _in_one_script(words)
    if known is None:
        return Counter()
    places = Counter(known.stops(words))
    return Counter({known.tags[at]: count for at, count in places.items()})


def _frames(text: str, lang: str) -> bool:
    """Whether a sentence in ``lang`` is around what a text cites, and is a third of it."""
    frame = _CITED.sub(" ", text)
    if frame == text or 3 * len(_words(frame)) < len(_words(text)):
        return False
    spoken = _spoken([word.lower() for word in _words(frame)])
    own = spoken.pop(lang, 0)
    return own >= STOP_WORDS and own > max(spoken.values(), default=0)


@cache
def _all() -> Detector:
    return Detector()
