"""Which words of a text are words of a language: what parts near languages in a short text.

Danish and Norwegian are spelt alike, and so are Czech and Slovak; a short text is parted by the
words that only one of two dictionaries has. Of the words of Danish treebanks .225 are in
simplemma's Danish dictionary only and .004 in its Norwegian one only; of Norwegian .016 and .233.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from progsearch import kept
from progsearch.packed import PackedLines, packed, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["near", "shares"]

_NEAR = (frozenset(("da", "nb", "nn", "sv")), frozenset(("cs", "sk")))
"""Languages between which the words of eight may leave a doubt."""

_GENITIVE = frozenset(("da", "nb", "nn", "sv"))
"""Languages whose dictionaries lack forms in *-s* of words that they have."""

_LOCK = threading.Lock()


def near(tag: str) -> frozenset[str]:
    """The languages that a language may be taken for, itself among them; none if it has none."""
    return next((group for group in _NEAR if tag in group), frozenset())


def shares(words: Iterable[str], tags: Sequence[str]) -> tuple[int, ...]:
    """How many different words of a text, in lower case, each language's dictionary has."""
    different = set(words)
    return tuple(sum(_knows(word, tag) for word in different) for tag in tags)


def _knows(word: str, tag: str) -> bool:
    with _LOCK:
        known = _words(tag)
    if _has(known, word):
        return True
    return tag in _GENITIVE and word.endswith("s") and _has(known, word[:-1])


def _has(known: PackedLines, word: str) -> bool:
    at = known.place(word)
    return at < len(known) and known[at] == word


@cache
def _words(tag: str) -> PackedLines:
    """A dictionary's forms, packed: a twentieth of what the dictionary takes, which is let go.

    They are kept between runs, for a short text is not worth reading four dictionaries.
    """
    from importlib.metadata import version

    name, made_of = f"words-{tag}", kept.digest(f"{tag} {version('simplemma')}".encode())
    data = kept.load(name, made_of, plain=True)
    if data is not None:
        with suppress(ValueError):
            return PackedLines(data)
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    words = DefaultDictionaryFactory(1).get_dictionary(tag)
    whole = stored(words)
    data = packed(sorted(words)) if whole is None else packed(sorted(whole))
    kept.keep(name, made_of, data, plain=True)
    return PackedLines(data)
