"""Which of many phrases and NEARs a text satisfies: those of a theme, which share their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from progsearch.clause import Leaf, Nearby, OneOf, Sequential, Side, every_leaf
from progsearch.engine.texts import SEP

__all__ = ["Place", "Satisfied", "Words"]

Words = tuple[int, Sequence[int]]
"""What words of terms a key or several stand for: bits that tell the parts of terms they are in,
and the numbers of the words."""

Place = tuple[int, Words]
"""A position of a text, and the words of terms that stand there."""

_Runs = Sequence[tuple[int, int]]

_NEXT: Words = (0, ())
"""Stands for the mark between two positions of a record."""


class Satisfied:
    """Which of many terms a text satisfies.

    Only those terms are looked for of which every part has a word in the text, and what terms
    share is looked for once.
    """

    def __init__(self, terms: Sequence[Sequential | Nearby]) -> None:
        self.sides: list[Sequence[int] | None] = []
        """By number, the parts of what is more than a word."""
        self.joined: set[int] = set()
        """Numbers of what is words next to each other."""
        self._within: dict[int, frozenset[int]] = {}  # the words of those
        self._numbers: dict[tuple[object, ...], int] = {}
        # By identity first: equal words of thousands of keys take long to compare.
        self._known: dict[int, int] = {}
        self._keys: dict[str, list[int]] = {}  # the words that each key stands for
        self._of: dict[tuple[int, ...], Words] = {}
        self.terms = [[self._number(part) for part in _parts(term)] for term in terms]
        """The numbers of the parts of each term."""
        self.apart = [term.distance if isinstance(term, Nearby) else None for term in terms]
        """How far apart they may be; none where they follow each other."""
        self._worded = [all(map(_is_words, _parts(term))) for term in terms]
        self._depth = max(map(len, self.terms), default=0)
        self._none, self._bits = self._masks(terms)
        self.wanted: Mapping[bytes, Words] = {
            key.encode(): self._words(tuple(numbers)) for key, numbers in self._keys.items()
        }
        """The keys that are looked for, and the words that each stands for."""
        self._in_record = {b"\n": _NEXT, **self.wanted}

    def _masks(self, terms: Sequence[Sequential | Nearby]) -> tuple[int, dict[int, int]]:
        """For each word the terms as bits, one run of them for each part: those that have the
        word in it. Before them, those that have no such part."""
        many = len(terms)
        none, found = 0, dict.fromkeys(range(len(self.sides)), 0)
        for number, term in enumerate(terms):
            parts = _parts(term)
            for at in range(self._depth):
                bit = 1 << at * many + number
                if at >= len(parts):
                    none |= bit
                    continue
                for leaf in every_leaf(parts[at]):
                    found[self._known[id(leaf)]] |= bit
        return none, found

    def _number(self, side: Side) -> int:
        """The number of a part of a term, the same for parts that stand in the same places."""
        number = self._known.get(id(side))
        if number is not None:
            return number
        made: Sequence[int] | None
        if isinstance(side, Leaf):
            name, made = tuple[object, ...](side.keys), None
        else:
            joined = isinstance(side, Sequential)
            made = [*map(self._number, _within(side))]
            name = ("next" if joined else "one", *made)
        number = self._numbers.setdefault(name, len(self.sides))
        if number == len(self.sides):
            self.sides.append(made)
            if isinstance(side, Sequential):
                self.joined.add(number)
                self._within[number] = frozenset(made or ())
            for key in side.keys if isinstance(side, Leaf) else ():
                self._keys.setdefault(key, []).append(number)
        self._known[id(side)] = number
        return number

    def _words(self, numbers: tuple[int, ...]) -> Words:
        found = self._of.get(numbers)
        if found is None:
            mask = 0
            for number in numbers:
                mask |= self._bits[number]
            found = self._of[numbers] = mask, numbers
        return found

    def with_keys(self, words: Words, keys: Iterable[bytes]) -> Words:
        """Words, and those that wanted keys stand for besides."""
        numbers = set(words[1]).union(*(self.wanted[key][1] for key in keys))
        return self._words(tuple(sorted(numbers)))

    def by(self, record: bytes) -> list[int]:
        """The numbers of the terms that the text of a record satisfies."""
        found: list[Place] = []
        at = 0
        for words in filter(None, map(self._in_record.get, record.split(SEP))):
            if words is _NEXT:
                at += 1
            else:
                found.append((at, words))
        return self.of(found)

    def of(self, places: Sequence[Place]) -> list[int]:
        """The numbers of the terms that a text satisfies that has these words."""
        met = self._none
        for _, (mask, _) in places:
            met |= mask
        many = len(self.terms)
        possible = met & ((1 << many) - 1)
        for at in range(1, self._depth):
            possible &= met >> at * many
        if not possible:
            return []
        found = []
        standing: dict[int, list[int]] = {}
        known: dict[int, _Runs] = {}
        while possible:
            number = possible.bit_length() - 1
            possible ^= 1 << number
            if self._worded[number]:
                holds = self._stand(number, places)
            else:
                standing = standing or _standing(places)
                holds = self._hold(number, standing, known)
            if holds:
                found.append(number)
        return found

    def _stand(self, number: int, places: Sequence[Place]) -> bool:
        """Whether the words of a term, of which each part is words, stand as it says."""
        many, apart = len(self.terms), self.apart[number]
        if apart is None:
            starts: set[int] | None = None
            for step in range(len(self.terms[number])):
                bit = 1 << step * many + number
                there = {at - step for at, (mask, _) in places if mask & bit}
                starts = there if starts is None else starts & there
            return bool(starts)
        left, right = 1 << number, 1 << many + number
        rights = [at for at, (mask, _) in places if mask & right]
        for at, (mask, _) in places:
            if mask & left:
                for to in rights:
                    if 0 < abs(at - to) <= apart:
                        return True
        return False

    def _hold(
        self, number: int, standing: Mapping[int, Sequence[int]], known: dict[int, _Runs]
    ) -> bool:
        parts, apart = self.terms[number], self.apart[number]
        runs = [self._runs(part, standing, known) for part in parts]
        return bool(_following(runs)) if apart is None else _beside(runs[0], runs[1], apart)

    def _runs(
        self, number: int, standing: Mapping[int, Sequence[int]], known: dict[int, _Runs]
    ) -> _Runs:
        """Where a part of a term stands."""
        found = known.get(number)
        if found is None:
            sides = self.sides[number]
            if sides is None:
                found = [(at, at) for at in standing.get(number, ())]
            elif number in self.joined:
                runs = [self._runs(one, standing, known) for one in sides]
                found = [(at, at + len(sides) - 1) for at in _following(runs)]
            else:
                found = [
                    run
                    for one in sides
                    if one not in self.joined or standing.keys() >= self._within[one]
                    for run in self._runs(one, standing, known)
                ]
            known[number] = found
        return found


def _parts(term: Sequential | Nearby) -> Sequence[Side]:
    """What a text must have to satisfy a term."""
    return term.leaves if isinstance(term, Sequential) else (term.left, term.right)


def _is_words(side: Side) -> bool:
    """Whether a part of a term is a word, or one of some."""
    return isinstance(side, Leaf) or (
        isinstance(side, OneOf) and all(isinstance(part, Leaf) for part in side.parts)
    )


def _standing(places: Iterable[Place]) -> dict[int, list[int]]:
    """By word, where it stands."""
    found: dict[int, list[int]] = {}
    for at, (_, numbers) in places:
        for number in numbers:
            found.setdefault(number, []).append(at)
    return found


def _within(side: Side) -> Sequence[Side]:
    """What a part of a term is put together of."""
    match side:
        case Leaf():
            return ()
        case Sequential(leaves=leaves):
            return leaves
        case _:
            return side.parts


def _beside(lefts: _Runs, rights: _Runs, distance: int) -> bool:
    """Whether a run of each stand near each other, as :func:`progsearch.engine.runs.near` says."""
    return any(
        0 < (first - left_last if first > left_last else left_first - last) <= distance
        for left_first, left_last in lefts
        for first, last in rights
    )


def _following(runs: Sequence[_Runs]) -> set[int]:
    """Where words begin that follow each other."""
    found = {first for first, _ in runs[0]}
    for step, one in enumerate(runs):
        found &= {first - step for first, _ in one}
    return found
