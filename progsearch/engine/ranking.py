"""Ranked hits of an engine that only proposes passages: they are scored anew.

What a passage scores is told in :mod:`progsearch.engine.bm25`. An engine whose own ranking has
another length normalisation, and knows no term of several keys, is asked for the most promising
passages, somewhat more than are wanted; their stored keys (:mod:`progsearch.engine.texts`) are
then weighed by the formula. So scores are those of the other engines, and the ranking is but for
passages that were not among the proposed ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from progsearch.clause import (
    WEIGHTS,
    AllOf,
    AnyOf,
    Clause,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Textual,
    every_leaf,
)
from progsearch.engine.bm25 import (
    FIELDS,
    USUAL,
    inverse_frequency,
    posting_weight,
    rarity_of_chosen,
)
from progsearch.engine.texts import Text, Wanted, has_one, runs_in
from progsearch.matching import Facets, matches

__all__ = ["MANY", "Frequencies", "Scores", "Stored", "enough", "having_word", "promised"]

AT_LEAST, TIMES = 10, 1.5
"""Passages that are scored anew: so many more than are asked for, and so many times them."""

MANY = 8
"""Alternatives from which on lengths and repetitions are left out of a proposal. tantivy's
own account of them proposed worse passages (docs/performance.md), and takes longer; fewer
alternatives than these leave too many passages that are alike without it."""

_MARK = re.compile("[:=+]")
"""Stands in a key behind its language, see :mod:`progsearch.clause`."""


class Frequencies(Protocol):
    """How many passages an engine has in all, with a key, and with a term."""

    @property
    def size(self) -> int:
        """All passages."""

    def frequency(self, field: str, key: str) -> int:
        """The passages that have a key in a field; some that are gone may be among them."""

    def having(self, term: Textual, field: str) -> int:
        """The passages that satisfy a term in a field; some that are gone may be among them."""


class Stored(Protocol):
    """What is stored of a passage."""

    def get_first(self, field_name: str) -> Any:  # noqa: ANN401 - tantivy's documents have it so
        """The record of the keys of a field (``text_keys``), if it has any."""


def enough(limit: int) -> int:
    """How many passages are to be proposed so that the first ``limit`` are among them."""
    return max(limit + AT_LEAST, int(TIMES * limit))


def promised(rarity: float, *, chosen: bool) -> float:
    """What one of several terms that count each adds to a proposal, which is a sum.

    Each term that a passage meets multiplies what all of them score, which counts in a sum like
    about as much as the usual term adds.
    """
    return USUAL + (rarity_of_chosen(rarity) if chosen else rarity)


def having_word(found: Iterable[tuple[str, int]]) -> int:
    """How many passages have a word, reckoned from those of each of its keys that there are.

    To count them would take longer than the search: where one of its forms stands, its lemma
    stands, too.
    """
    langs: dict[str, dict[str, int]] = {}
    several = 0
    for key, often in found:
        several += 1
        mark = _MARK.search(key)
        at = mark.start() if mark else 0
        by_mark = langs.setdefault(key[:at], {})
        by_mark[key[at]] = by_mark.get(key[at], 0) + often
    if several == 1:
        return sum(sum(by_mark.values()) for by_mark in langs.values())
    return sum(
        max(by_mark.get(":", 0), by_mark.get("=", 0)) + by_mark.get("+", 0)
        for by_mark in langs.values()
    )


_STORED = tuple((field, f"{field}_keys") for field in FIELDS)


class _Passage:
    """A proposed passage: its texts by field."""

    __slots__ = ("facets", "texts")

    def __init__(
        self,
        stored: Stored,
        wanted: Wanted,
        facets: Callable[[], Facets],
    ) -> None:
        self.facets = facets
        self.texts: dict[str, Text] = {}
        for field, name in _STORED:
            record = stored.get_first(name)
            if record:
                self.texts[field] = Text(record, wanted)


def _times(term: Textual, text: Text) -> int:
    """How many runs satisfy a term."""
    if isinstance(term, Leaf):
        return text.times([key for key in term.keys if key in text.keys])
    return len(runs_in(term, text))


class _Alternatives:
    """The parts of a clause by number: the terms, and the others; for which keys each is looked
    for."""

    __slots__ = ("_always", "_others", "by_key", "terms")

    def __init__(self, clause: AnyOf, wanted: Wanted) -> None:
        self.by_key: dict[str, list[int]] = {key: [] for key in wanted}
        self.terms: dict[int, Textual] = {}
        self._others: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, part in enumerate(clause.parts):
            if isinstance(part, Textual):
                self.terms[number] = part
                for key in {key for leaf in every_leaf(part) for key in leaf.keys}:
                    self.by_key[key].append(number)
            elif _needs_words(part):
                for key in {key for leaf in every_leaf(part) for key in leaf.keys}:
                    self._others.setdefault(key, []).append(number)
            else:
                self._always.append(number)

    def others(self, texts: Iterable[Text]) -> list[int]:
        """The parts that are no terms which a passage may meet, by its texts."""
        of = self._others
        met = {number for text in texts for key in text.keys for number in of.get(key, ())}
        return sorted(met.union(self._always))


def _needs_words(clause: Clause) -> bool:
    """Whether no passage meets a clause that has none of its words."""
    match clause:
        case Leaf() | Sequential() | OneOf() | Nearby():
            return True
        case AllOf(parts):
            return any(map(_needs_words, parts))
        case AnyOf(parts):
            return all(map(_needs_words, parts))
        case _:
            return False


class Scores:
    """What passages score by a clause."""

    def __init__(self, frequencies: Frequencies, clause: Clause) -> None:
        self._frequencies = frequencies
        self._clause = clause
        # Negated words, too: an alternative is met only where they are missing.
        self._wanted = Wanted(every_leaf(clause))
        self._rarities: dict[tuple[str, int], float] = {}
        self._alternatives: dict[int, _Alternatives] = {}

    def of(self, stored: Stored, facets: Callable[[], Facets]) -> float:
        """The score of a passage that matches, from what is stored of it."""
        return self._score(self._clause, _Passage(stored, self._wanted, facets))

    def _score(self, clause: Clause, one: _Passage) -> float:
        match clause:
            case AnyOf(coordinate=True):
                return self._coordinated(clause, one)
            case Leaf():
                return self._keys(clause, one)
            case Sequential() | OneOf() | Nearby():
                return self._term(clause, one)
            case AnyOf(parts):
                return sum(
                    self._score(part, one)
                    for part in parts
                    if not isinstance(part, AllOf) or self._meets(part, one)
                )
            case AllOf(parts):
                return sum(self._score(part, one) for part in parts)
            case _:
                return 0.0

    def _keys(self, leaf: Leaf, one: _Passage) -> float:
        score = 0.0
        for field, text in one.texts.items():
            # In order, for sums of floats depend on it.
            for key in sorted(leaf.keys.keys() & text.keys):
                rarity = inverse_frequency(self._frequencies.size, self._often(field, key))
                own = posting_weight(text.times([key]), text.length)
                score += FIELDS[field] * WEIGHTS[leaf.keys[key]] * rarity * own
        return score

    def _often(self, field: str, key: str) -> int:
        return min(self._frequencies.frequency(field, key), self._frequencies.size)

    def _term(self, term: Textual, one: _Passage) -> float:
        """What a term scores as one, whatever keys satisfy it."""
        score = 0.0
        for field, text in one.texts.items():
            times = _times(term, text)
            if times:
                own = posting_weight(times, text.length)
                score += FIELDS[field] * self._rarity(term, field) * own
        return score

    def _rarity(self, term: Textual, field: str) -> float:
        name = (field, id(term))
        if name not in self._rarities:
            often = min(self._frequencies.having(term, field), self._frequencies.size)
            self._rarities[name] = inverse_frequency(self._frequencies.size, often)
        return self._rarities[name]

    def _coordinated(self, clause: AnyOf, one: _Passage) -> float:
        known = self._alternatives.get(id(clause))
        if known is None:
            known = self._alternatives[id(clause)] = _Alternatives(clause, self._wanted)
        found: dict[int, float] = {}  # what each alternative that is met scores
        for number in known.others(one.texts.values()):
            part = clause.parts[number]
            if self._meets(part, one):
                found[number] = self._score(part, one)
        for field, text in one.texts.items():
            present: dict[int, list[str]] = {}
            for key in text.keys:
                for number in known.by_key[key]:
                    present.setdefault(number, []).append(key)
            # In order, for sums of floats depend on it.
            for number in sorted(present):
                term = known.terms[number]
                if isinstance(term, Leaf):
                    times = text.times(present[number])
                else:
                    times = len(runs_in(term, text))
                if times:
                    rarity = self._rarity(term, field)
                    if clause.chosen:
                        rarity = rarity_of_chosen(rarity)
                    own = rarity * posting_weight(times, text.length)
                    found[number] = found.get(number, 0.0) + FIELDS[field] * own
        return len(found) * sum(found.values())

    def _meets(self, clause: Clause, one: _Passage) -> bool:
        match clause:
            case Leaf():
                return any(has_one(clause, text) for text in one.texts.values())
            case Sequential() | OneOf() | Nearby():
                return any(runs_in(clause, text) for text in one.texts.values())
            case AllOf(parts):
                return all(self._meets(part, one) for part in parts)
            case AnyOf(parts):
                return any(self._meets(part, one) for part in parts)
            case NoneOf(part):
                return not self._meets(part, one)
            case _:
                return matches(clause, one.facets(), ())
