"""How words speak for languages: by their spelling, and by being frequent in them.

Spelling is by the trigrams of langdetect's profiles (Nakatani Shuyo, "Language Detection
Library for Java", 2010); frequent words are the stop words of the table of languages and those
of ``data/languages/telling.toml``.
"""

from __future__ import annotations

import json
import math
import sys
import threading
import tomllib
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch import kept
from progsearch.languages.table import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["Profiles", "name_of", "profiles", "script_of"]

UNSEEN = 0.5 / 10_000
"""The probability of a trigram that a profile does not have: langdetect's own smoothing."""

FREQUENT_WORD = 5.0
"""What a frequent word adds to the log-likelihood of its languages. It parts Danish and
Norwegian, Czech and Slovak, whose trigrams are alike."""

FOREIGN_LETTER = 6.0
"""What a word costs languages that do not write one of its letters."""

RARE_LETTER = 5e-5
"""A letter is not written in a language that has it less often than this."""

PART = 1.5
"""What a spelling or an ending that is common in one of two near languages adds for it."""

UNLIKE = 0.5
"""What each word costs a language without a profile, which borrows those of others."""

REMEMBERED = 30_000
"""Words whose votes are remembered: a corpus of news and programmes has not many more in the
beginnings of its documents. They take half a kilobyte each."""

SCALE = 1 << 28
"""What a log-likelihood is multiplied by to be an integer. Those of all languages are the lanes, of
64 bits each, of one large integer, so adding a trigram is one addition, and comes to the same
whatever the order and the system. A lane is full at 2^63 / SCALE, some hundred million words."""

_LANE = 64
_MIDDLE = 1 << (_LANE - 2)  # added to each lane while it is looked at, so that none is negative

_UNLIKE, _FREQUENT = round(UNLIKE * SCALE), round(FREQUENT_WORD * SCALE)

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz")
"""Letters that foreign names bring into every language of the Latin script."""

_SCRIPTS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("ar", "fa", "ur"), ("ARABIC",)),
    **dict.fromkeys(("bg", "mk", "ru", "uk"), ("CYRILLIC",)),
    **dict.fromkeys(("hi", "mr", "ne"), ("DEVANAGARI",)),
    "bn": ("BENGALI",),
    "el": ("GREEK",),
    "gu": ("GUJARATI",),
    "he": ("HEBREW",),
    "ja": ("HIRAGANA", "KATAKANA", "CJK"),
    "kn": ("KANNADA",),
    "ko": ("HANGUL",),
    "ml": ("MALAYALAM",),
    "pa": ("GURMUKHI",),
    "ta": ("TAMIL",),
    "te": ("TELUGU",),
    "th": ("THAI",),
    "zh-cn": ("CJK",),
}
"""The scripts of langdetect's profiles, as Unicode names them, but for those in Latin. The
profiles of a script are read when a text in it comes."""

_LOCK = threading.Lock()


@cache
def _telling() -> Mapping[str, Mapping[str, Any]]:
    file = files("progsearch") / "data" / "languages" / "telling.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _profile_files(script: str) -> Mapping[str, Path]:
    """langdetect's profiles of the languages that are written in a script, by BCP 47 tag."""
    import langdetect

    named = {language.detector: tag for tag, language in LANGUAGES.items() if language.detector}
    # Chinese has two profiles by its two scripts; which of them it is, nobody asks here.
    named["zh-cn"] = "zh"
    return {
        named.get(file.name, file.name): file
        for file in sorted((Path(langdetect.__file__).parent / "profiles").iterdir())
        if script in _SCRIPTS.get(file.name, ("LATIN",)) and file.name != "zh-tw"
    }


def name_of(tag: str) -> str:
    """The English name of a language; the tag itself of one that is not known by name."""
    if tag in LANGUAGES:
        return LANGUAGES[tag].name
    if tag == UNDETERMINED:
        return "undetermined"
    return str(_telling().get(tag, {}).get("name", tag))


def stop_words(tag: str) -> frozenset[str]:
    """The stop words of a language; of one that is only told, all its words are."""
    return LANGUAGES[tag].stop_list if tag in LANGUAGES else frequent_words(tag)


def frequent_words(tag: str) -> frozenset[str]:
    """The words by which a language is told, its stop words among them."""
    own = LANGUAGES[tag].stop_list if tag in LANGUAGES else frozenset[str]()
    return own | frozenset(str(_telling().get(tag, {}).get("words", "")).split())


@cache
def script_of(letter: str) -> str:
    """The script of a letter, as Unicode names it: ``LATIN``, ``CYRILLIC``, ``CJK`` …"""
    return unicodedata.name(letter, "").partition(" ")[0]


def _row(weights: Mapping[int, float] | Mapping[int, int]) -> int:
    """Weights of languages, by their place, as lanes."""
    return sum(round(weight * SCALE) << (_LANE * at) for at, weight in weights.items())


class _Lanes:
    """So many lanes, and how they are read and put together."""

    def __init__(self, count: int) -> None:
        self._bytes = count * _LANE // 8
        self._middle = sum(_MIDDLE << (_LANE * at) for at in range(count))

    def read(self, whole: int) -> array[int]:
        """Each lane with :data:`_MIDDLE` more."""
        return array("Q", (whole + self._middle).to_bytes(self._bytes, sys.byteorder))

    def put(self, lanes: array[int]) -> int:
        return int.from_bytes(lanes.tobytes(), sys.byteorder) - self._middle


@dataclass(slots=True)
class Profiles:
    """The languages of a script, and what their words say for each of them."""

    tags: tuple[str, ...]
    _grams: Mapping[str, int]
    _borrowed: Sequence[tuple[int, Callable[[array[int]], tuple[int, ...]]]]
    _frequent: Mapping[str, tuple[int, ...]]
    _stops: Mapping[str, tuple[int, ...]]
    _letters: Mapping[str, int]
    _parts: Sequence[tuple[str, int]]
    _votes: dict[str, int]
    _lanes: _Lanes

    def likelihoods(self, words: Sequence[str]) -> list[float]:
        """The log-likelihood of each language of ``tags``, by the lower-case words of a text."""
        votes = self._votes
        if len(votes) > REMEMBERED:
            votes.clear()
        total = 0
        for word in words:
            vote = votes.get(word)
            if vote is None:
                vote = votes[word] = self._counted(word)
            total += vote
        return [(lane - _MIDDLE) / SCALE for lane in self._lanes.read(total)]

    def stops(self, words: Iterable[str]) -> Iterator[int]:
        """The languages, by their place in ``tags``, of which words of a text are stop words, as
        often as they are."""
        return chain.from_iterable(filter(None, map(self._stops.get, words)))

    def _counted(self, word: str) -> int:
        padded = f" {word} "
        grams = self._grams.get
        total = sum([grams(padded[at : at + 3], 0) for at in range(len(word))])
        for letter in set(word) - PLAIN:
            total += self._letters.get(letter, 0)
        total += sum([row for part, row in self._parts if part in padded])
        if self._borrowed:
            lanes = self._lanes.read(total)
            for at, others_of in self._borrowed:
                lanes[at] = max(others_of(lanes)) - _UNLIKE
            total = self._lanes.put(lanes)
        for at in self._frequent.get(word, ()):
            total += _FREQUENT << (_LANE * at)
        return total


def profiles(script: str) -> Profiles | None:
    """The languages that are written in a script; None if there are none."""
    with _LOCK:
        return _read(script)


@cache
def _read(script: str) -> Profiles | None:
    profiles = {tag: file.read_bytes() for tag, file in _profile_files(script).items()}
    if not profiles:
        return None
    # To read the profiles of Latin takes a third of a second: half of what a small ingest does.
    name = f"profiles-{script}"
    parts = (part for tag, data in profiles.items() for part in (tag.encode(), data))
    made_of = kept.digest(kept.sources("languages"), *parts)
    try:
        return _made(_Spelling.unpacked(kept.load(name, made_of) or b""))
    except ValueError:
        spelling = _Spelling.of({tag: json.loads(data) for tag, data in profiles.items()})
        kept.keep(name, made_of, spelling.packed())
        return _made(spelling)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How the languages that have profiles are spelt: the rows of trigrams and of letters."""

    tags: Sequence[str]
    grams: Mapping[str, int]
    letters: Mapping[str, int]

    @classmethod
    def of(cls, profiles: Mapping[str, Mapping[str, Any]]) -> _Spelling:
        """The same by langdetect's profiles."""
        rows: dict[str, dict[int, float]] = {}
        for at, profile in enumerate(profiles.values()):
            total = profile["n_words"][2]
            for gram, count in profile["freq"].items():
                if len(gram) == 3:
                    weight = math.log(count / total + UNSEEN) - math.log(UNSEEN)
                    rows.setdefault(gram, {})[at] = weight
        written = [_letters(profile["freq"]) for profile in profiles.values()]
        letters: dict[str, int] = {}
        for letter in {letter for shares in written for letter in shares} - PLAIN:
            foreign = [shares.get(letter, 0.0) < RARE_LETTER for shares in written]
            if not all(foreign):
                own = {at: -FOREIGN_LETTER * one for at, one in enumerate(foreign)}
                letters[letter] = _row(own)
        grams = {gram: _row(weights) for gram, weights in rows.items()}
        return cls(list(profiles), grams, letters)

    @property
    def _width(self) -> int:
        return (len(self.tags) + 1) * _LANE // 8

    def packed(self) -> bytes:
        """The same as bytes."""
        told = {"tags": self.tags, "grams": list(self.grams), "letters": list(self.letters)}
        rows = (*self.grams.values(), *self.letters.values())
        numbers = b"".join(row.to_bytes(self._width, "little", signed=True) for row in rows)
        return json.dumps(told).encode() + b"\n" + numbers

    @classmethod
    def unpacked(cls, data: bytes) -> _Spelling:
        """What was packed so. Raises ValueError for anything else."""
        told, _, numbers = data.partition(b"\n")
        found = json.loads(told)
        empty = cls(found["tags"], {}, {})
        width = empty._width
        rows = [
            int.from_bytes(numbers[at : at + width], "little", signed=True)
            for at in range(0, len(numbers), width)
        ]
        grams = len(found["grams"])
        return cls(
            empty.tags,
            dict(zip(found["grams"], rows[:grams], strict=True)),
            dict(zip(found["letters"], rows[grams:], strict=True)),
        )


def _letters(frequencies: Mapping[str, int]) -> Mapping[str, float]:
    """The share of each letter, in lower case, in the texts of a language."""
    counts: dict[str, int] = {}
    for gram, count in frequencies.items():
        if len(gram) == 1 and gram.isalpha():
            counts[gram.lower()] = counts.get(gram.lower(), 0) + count
    whole = sum(counts.values())
    return {letter: count / whole for letter, count in counts.items()}


def _made(spelling: _Spelling) -> Profiles:
    read = spelling.tags
    tags = list(read)
    borrowed: list[tuple[int, Callable[[array[int]], tuple[int, ...]]]] = []
    for tag, said in _telling().items():
        others = tuple(tags.index(other) for other in said.get("like", ()) if other in read)
        if others and tag not in read:
            # The first one twice, for of a single one no tuple is made.
            borrowed.append((len(tags), itemgetter(others[0], *others)))
            tags.append(tag)
    parts = [
        (part, _row({tags.index(tag): PART}))
        for tag, said in _telling().items()
        if tag in tags
        for part in _pieces(str(said.get("parts", "")))
    ]
    return Profiles(
        tuple(tags),
        spelling.grams,
        borrowed,
        _places(map(frequent_words, tags)),
        _places(map(stop_words, tags)),
        spelling.letters,
        parts,
        {},
        _Lanes(len(tags)),
    )


def _places(lists: Iterable[frozenset[str]]) -> Mapping[str, tuple[int, ...]]:
    """In which of some lists each word stands."""
    found: dict[str, list[int]] = {}
    for at, words in enumerate(lists):
        for word in words:
            found.setdefault(word, []).append(at)
    return {word: tuple(places) for word, places in found.items()}


def _pieces(listed: str) -> Sequence[str]:
    """Parts of words as they stand in a word between blanks: ``ø`` or ``tion `` of ``tion-``."""
    return [part.replace("_", " ") for part in listed.split()]
