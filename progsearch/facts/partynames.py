"""Whether what stands in a field may be the name of a party: of several, or of none at all."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from progsearch.facts.registry import Party, candidates

__all__ = ["is_name", "named_together"]

MIN_SAID_WORDS = 3
"""From so many words on, what begins in small letters, or has a word of sentences, is no name."""
MIN_SENTENCE_WORDS = 4
"""From so many on, what has one capital letter only is none either."""
MOST_TOGETHER = 12
_WORD = re.compile(r"[^\W\d_]+")
_MARKS = re.compile(r"[,;/|+&\n]")


def is_name(value: str) -> bool:
    """Whether a party may be called so: one that is known, or what reads like no sentence."""
    words = value.split()
    if len(words) < MIN_SAID_WORDS:
        return True
    capitals = sum(word.strip("\"'„“(")[:1].isupper() for word in words)
    said = not words[0][0].isupper() and not words[0][0].isdigit()
    said = said or not _saying().isdisjoint(_WORD.findall(value.casefold()))
    sentence = len(words) >= MIN_SENTENCE_WORDS and capitals < 2
    return not (said or sentence) or bool(candidates(value) or named_together(value))


def named_together(value: str, countries: Collection[str] = ()) -> list[tuple[Party, ...]]:
    """Which parties each part of a list of parties may mean (*S, MP*, *SPD und Grüne*); none
    where the value is no list of parties that are known."""
    if candidates(value, countries) or candidates(value):
        return []
    parts = [part.strip() for part in _parts(value)]
    if not 1 < len(parts) <= MOST_TOGETHER or not all(parts):
        return []
    found = [candidates(part, countries) or candidates(part) for part in parts]
    return found if all(found) else []


def _parts(value: str) -> list[str]:
    parts = [part.strip() for part in _MARKS.split(value)]
    words = [word for part in parts for word in part.split()]
    if not any(word in _conjunctions() for word in words):
        return parts
    done: list[str] = []
    for part in parts:
        done.append("")
        for word in part.split():
            if word in _conjunctions():
                done.append("")
            else:
                done[-1] = f"{done[-1]} {word}".strip()
    # "S, M, och MP" has a mark and a word between the last two.
    return [part for part in done if part] if all(parts) else done


@cache
def _saying() -> frozenset[str]:
    return _listed("saying")


@cache
def _conjunctions() -> frozenset[str]:
    return _listed("conjunctions")


def _listed(name: str) -> frozenset[str]:
    source = files("progsearch") / "data" / f"{name}.toml"
    languages = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(word for words in languages.values() for word in words)
