"""Inflection as rules, for what a dictionary lacks or takes for another word.

A dictionary that was gathered from many sources has the form *beslutet* only of *besluten*,
and *lagar* only of *laga*. Rules tell of which words a form may be as well, and each asks the
dictionary itself for evidence: other forms of that word, inflected in the same way. They are
data, ``data/inflection/TAG.toml``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from progsearch.analysis.chain import Dictionary
from progsearch.errors import ProgsearchError

__all__ = ["Inflection"]

LONGEST = 6  # letters of an ending
SHORTEST = 2  # letters of a stem
OWN = "="


class _Rule(NamedTuple):
    """What stands for an ending in the base, and the endings that bear witness to it."""

    base: str
    evidence: tuple[str, ...]


class Inflection:
    """The rules of one language; none where it has no file of them."""

    def __init__(self, tag: str, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        data = _data(tag)
        self._rules = _rules(data.get("bases", ""), tag)
        self._lemmas_stay = bool(data.get("lemmas_stay"))
        self._without = tuple(data.get("not_bases", "").split())
        self._shadows = tuple(data.get("shadows", "").split())
        self._negation = data.get("negation", "")
        self._negated = tuple(data.get("negated", "").split())
        self._not_negated = frozenset(data.get("not_negated", "").split())
        self._spellings = [
            pair
            for one, _, other in (pair.partition(":") for pair in data.get("spellings", "").split())
            for pair in ((one, other), (other, one))
        ]
        self._participles = tuple(data.get("participles", "").split())
        self._endings = ("", *data.get("endings", "").split())

    def lemmas(self, form: str, told: Sequence[str]) -> tuple[str, ...]:
        """The lemmas of a form, when the dictionary has told these: fewer, or more."""
        own = [self._participle(form, lemma) or lemma for lemma in told]
        bases = (
            base
            for base in self._bases(form)
            if not any(base + ending in told for ending in self._shadows)
        )
        found = dict.fromkeys((*own, *bases))
        further = [twin for lemma in (*found, form) for twin in self._twins(lemma)]
        return tuple(dict.fromkeys((*found, *further)))

    def _twins(self, lemma: str) -> Iterator[str]:
        """The word without its negation, and its other spelling, if the dictionary has them."""
        words = self._dictionary.words
        for one, other in self._spellings:
            if lemma.endswith(one):
                twin = lemma.removesuffix(one) + other
                if words.get(twin) == twin:
                    yield twin
        if self._negation and lemma.startswith(self._negation) and lemma.endswith(self._negated):
            positive = lemma.removeprefix(self._negation)
            if words.get(positive) == positive and lemma not in self._not_negated:
                yield positive

    def _bases(self, form: str) -> Iterator[str]:
        words = self._dictionary.words
        if form.endswith(self._without) or (self._lemmas_stay and words.get(form) == form):
            return
        for length in range(min(LONGEST, len(form) - SHORTEST) + 1):
            stem = form[: len(form) - length]
            for base, evidence in self._rules.get(form[len(stem) :], ()):
                word = stem + base
                if word == form or words.get(word) != word:
                    continue
                if evidence == (OWN,) or any(words.get(stem + one) == word for one in evidence):
                    yield word

    def _participle(self, form: str, lemma: str) -> str | None:
        """The participle that a form is of, if that is what it is of a verb."""
        if not form.startswith(lemma):
            return None
        for ending in self._participles:
            word = lemma + ending
            if form.startswith(word) and form[len(word) :] in self._endings:
                return word
        return None


def _data(tag: str) -> Mapping[str, Any]:
    source = files("progsearch").joinpath("data", "inflection", f"{tag}.toml")
    if not source.is_file():
        return {}
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _rules(text: str, tag: str) -> Mapping[str, list[_Rule]]:
    """The rules by their endings. Raises ProgsearchError for a line that is none."""
    found: dict[str, list[_Rule]] = defaultdict(list)
    for line in text.strip().splitlines():
        edit, colon, evidence = line.partition(":")
        ending, equals, base = (part.strip() for part in edit.partition("="))
        if not (colon and equals and evidence.strip()):
            raise ProgsearchError(
                f"not a rule: {line!r}", where=f"inflection/{tag}.toml", remedy="write a = b: c d"
            )
        found[ending].append(_Rule(base, tuple(evidence.split())))
    return dict(found)
