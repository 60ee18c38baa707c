"""The words before a colon that say of a line that it asks, answers, or who holds an office."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["asks", "holds_office", "is_answer", "is_question", "names_author"]

AUTHOR_WORDS = range(2, 6)
"""Words of who wrote a text."""

_NUMBERED = re.compile(r"(?P<word>[^\W\d_]+)\.?(?: (?:č|[Nn]r|[Nn]o)\.?)? ?#?\d{0,3}[.)]?")


def is_question(label: str) -> bool:
    """Whether a label says that a question follows: *Otázka*, *Fråga 2*, *Q*."""
    return _is_numbered("question", label)


def is_answer(label: str) -> bool:
    """Whether a label says that an answer follows."""
    return _is_numbered("answer", label)


def asks(word: str) -> bool:
    """Whether a word is one for who asks, or leads a debate."""
    return _is_one_of("asking", word)


def holds_office(word: str) -> bool:
    """Whether a word is one for an office."""
    return _is_one_of("office", word)


def names_author(line: str) -> bool:
    """Whether a line says who wrote a text, and nothing else: *Av Karl Karlsson*."""
    first, *names = line.replace(":", " ").split() or [""]
    return (
        first.casefold() in _words("writing")
        and len(names) in AUTHOR_WORDS
        and all(name[0].isupper() and name.strip(".,").replace("-", "").isalpha() for name in names)
    )


def _is_numbered(kind: str, label: str) -> bool:
    found = _NUMBERED.fullmatch(label)
    if found is None:
        return False
    if len(found["word"]) == 1 and not found["word"].isupper():
        return False
    return found["word"].casefold() in _words(kind)


@lru_cache(10_000)
def _is_one_of(kind: str, word: str) -> bool:
    low = word.strip(".,;()").casefold()
    if low in _words(kind):
        return True
    return bool(low) and (low.startswith(_begins(kind)) or low.endswith(_ends(kind)))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for word in _listed(kind) if "-" not in (word[0], word[-1]))


@cache
def _begins(kind: str) -> tuple[str, ...]:
    return tuple(word[:-1] for word in _listed(kind) if word.endswith("-"))


@cache
def _ends(kind: str) -> tuple[str, ...]:
    return tuple(word[1:] for word in _listed(kind) if word.startswith("-"))


@cache
def _listed(kind: str) -> tuple[str, ...]:
    source = files("progsearch") / "data" / "turns.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple(word for words in data[kind].values() for word in words)
