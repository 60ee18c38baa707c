"""Which units of an older text became which of a newer one: many to many.

Equal units belong together. Of the others each looks for its best partner on the other
side, from both sides, so a unit that took in several others is linked to all of them, and
one that was parted to all of its parts. An assignment one to one loses both.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from progsearch.pairing.candidates import Postings, rarity
from progsearch.pairing.grams import Grams, in_sequence
from progsearch.pairing.headings import headings, names_of
from progsearch.pairing.unit import Unit

__all__ = ["ALIKE", "CONTAINED", "Link", "links"]

ALIKE, SURELY = 0.40, 0.60
"""Cosine of n-grams from which on two texts are versions of one another, if they share as
much as :data:`HARDLY` of their word pairs; and from which on they are so with few words in
common, which may be mistyped."""
NEAR = 0.20
"""Cosine from which on they are, if they share :data:`IN_SEQUENCE` of their word pairs."""
SAME_WORDS = 0.50
"""Cosine of lemmas from which on they are, in whatever order: a short sentence whose voice, case
or order has changed has no pair of words left (*Nostamme palkkoja*, *Palkkaa nostetaan*)."""
HALF = 0.50
"""Share of the shorter one's lemmas that the longer one has, from which on pairs of words tell
anything: without, they are a frame that many promises have (*We shall … by ten per cent*)."""
CONTAINED = 0.60
"""Share of a unit's words, weighed by rarity, that another has, from which on it is a part of
it, if its words also stand there :data:`PART_IN_SEQUENCE`."""
HARDLY, IN_SEQUENCE, PART_IN_SEQUENCE = 0.15, 0.40, 0.50
"""Shares of word pairs. Topic alone gives a cosine of .3 and more to promises of different
parties, but not the same words after each other. All of these are round numbers in the gap
between 42 links of judged versions and 400 nearest pairs of unrelated programmes; those of lemmas,
without stop words, between 43 short sentences put in other words in nine languages (.50 and more
but for one) and 30 of another promise in like words (.41 at most, unless a single noun differs)."""
SURE, COVERED = 7, 1 / 3
"""A few words in a long passage are there by chance (*full employment*). What is part of another
has so many word pairs there, or it covers so much of it, alone or together with other parts."""
FEW_WORDS = 4
"""A unit of fewer words is part of another only if all of its words are there."""
SENTENCE = 6
"""A heading of so many words says something, and is looked at like a passage."""
PARTNERS = 12
"""So many units that share the rarest words are looked at closely."""


class Link(NamedTuple):
    """Unit ``old`` of the one text and unit ``new`` of the other, and how alike they are."""

    old: int
    new: int
    likeness: float
    equal: bool


def links(old: Sequence[Unit], new: Sequence[Unit]) -> list[Link]:
    """The links between two texts, in the order of the old one.

    Short headings are linked through the units below them only: alone they mislead, for
    programmes that have nothing in common share their headings.
    """
    told_old = [n for n, unit in enumerate(old) if not _only_names(unit)]
    told_new = [n for n, unit in enumerate(new) if not _only_names(unit)]
    found = {(link.old, link.new): link for link in _equal(old, told_old, new, told_new)}
    linked_old, linked_new = _ends(found)
    open_old = [n for n in told_old if n not in linked_old]
    open_new = [n for n in told_new if n not in linked_new]
    for one, other, likeness in _best(old, open_old, new, open_new):
        found[one, other] = Link(one, other, likeness, equal=False)
    for one, other in headings(old, new, list(found)):
        equal = old[one].plain == new[other].plain
        found[one, other] = Link(one, other, float(equal), equal)
    for one, other in _run_in(old, new, found):
        found[one, other] = Link(one, other, 1.0, equal=True)
    return [found[pair] for pair in sorted(found)]


def _run_in(
    old: Sequence[Unit], new: Sequence[Unit], found: Mapping[tuple[int, int], Link]
) -> list[tuple[int, int]]:
    """What became part of the passage below it, or was: a heading whose marks alone are gone."""
    linked_old, linked_new = Counter(one for one, _ in found), Counter(other for _, other in found)
    pairs = []
    for (one, other), link in found.items():
        if link.equal:
            continue
        head, there = (one - 1, other), (one, other - 1)
        free = linked_old[head[0]] == (head in found)
        if free and _with_heading(old, one) == new[other].plain:
            pairs += [head, (one, other)]
        free = linked_new[there[1]] == (there in found)
        if free and _with_heading(new, other) == old[one].plain:
            pairs += [there, (one, other)]
    return pairs


def _with_heading(units: Sequence[Unit], number: int) -> str:
    """A unit together with the one before it, if that is the heading above it."""
    unit, above = units[number], units[number - 1]
    if not number or not unit.headings or above.source != unit.source:
        return ""
    known = set(names_of(unit.headings[-1])) & set(names_of(above.text))
    return f"{above.plain} {unit.plain}" if known and above.plain else ""


def _only_names(unit: Unit) -> bool:
    """Whether a unit is a heading that says what follows, and nothing by itself."""
    words = sum(not word.isdecimal() for word in unit.plain.split())
    return unit.heading and words < SENTENCE


def _ends(pairs: Iterable[tuple[int, int]]) -> tuple[set[int], set[int]]:
    return {one for one, _ in pairs}, {other for _, other in pairs}


def _equal(
    old: Sequence[Unit], told_old: Sequence[int], new: Sequence[Unit], told_new: Sequence[int]
) -> Iterator[Link]:
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, units, numbers in ((0, old, told_old), (1, new, told_new)):
        for number in numbers:
            if units[number].plain:
                places[units[number].plain][side].append(number)
    for ones, others in places.values():
        for one, other in _paired(ones, others, old, new):
            yield Link(one, other, 1.0, equal=True)


def _paired(
    ones: Sequence[int], others: Sequence[int], old: Sequence[Unit], new: Sequence[Unit]
) -> Iterator[tuple[int, int]]:
    """Equal units of the same source in their order, then those that are left.

    Where one side has more of them, each of the rest goes to the last of the other side:
    the text is still there.
    """
    if not ones or not others:
        return
    left_new = list(others)
    left_old = []
    for one in ones:
        same = next((n for n in left_new if new[n].source == old[one].source), None)
        if same is None:
            left_old.append(one)
        else:
            left_new.remove(same)
            yield one, same
    for one in left_old:
        yield one, (left_new.pop(0) if left_new else others[-1])
    for other in left_new:
        yield ones[-1], other


def _best(
    old: Sequence[Unit], open_old: Sequence[int], new: Sequence[Unit], open_new: Sequence[int]
) -> Iterator[tuple[int, int, float]]:
    """The best partner of each open unit, from both sides."""
    if not open_old or not open_new:
        return
    # How rare a word is, is told by all units: the open ones may be few.
    near = _Nearness([old[n] for n in open_old], [new[n] for n in open_new], [*old, *new])
    best = sorted(near.best_of_old() | near.best_of_new())
    by_chance = near.by_chance(best)
    for one, other in best:
        if (one, other) not in by_chance:
            yield open_old[one], open_new[other], near.likeness(one, other)


class _Nearness:
    """How near the units of two sides are, each pair looked at once."""

    def __init__(
        self, old: Sequence[Unit], new: Sequence[Unit], everything: Sequence[Unit]
    ) -> None:
        self._old, self._new = old, new
        self._old_words = [frozenset(unit.lemmas) for unit in old]
        self._new_words = [frozenset(unit.lemmas) for unit in new]
        self._old_content = [unit.content for unit in old]
        self._new_content = [unit.content for unit in new]
        having = Counter(word for unit in everything for word in set(unit.lemmas))
        self._weights = {word: rarity(len(everything), many) for word, many in having.items()}
        self._grams = Grams(unit.plain for unit in everything)
        self._known: dict[tuple[int, int], float] = {}

    def best_of_old(self) -> set[tuple[int, int]]:
        """Each old unit with its best partner, where it has one."""
        there = Postings(self._new_words)
        return {
            pair
            for one, words in enumerate(self._old_words)
            if (pair := self._best((one, other) for other in there.nearest(words, PARTNERS)))
        }

    def best_of_new(self) -> set[tuple[int, int]]:
        """Each new unit with its best partner, where it has one."""
        there = Postings(self._old_words)
        return {
            pair
            for other, words in enumerate(self._new_words)
            if (pair := self._best((one, other) for one in there.nearest(words, PARTNERS)))
        }

    def likeness(self, one: int, other: int) -> float:
        """How alike two units are, by their letters or as part and whole; 0 if not enough."""
        pair = (one, other)
        if pair not in self._known:
            old, new = self._old[one].plain, self._new[other].plain
            letters = self._grams.likeness(old, new)
            sequence, _ = in_sequence(old, new)
            words, half = self._words_shared(one, other)
            enough = letters >= ALIKE and sequence >= HARDLY and (half or letters >= SURELY)
            if self._old[one].heading == self._new[other].heading:
                enough = enough or (letters >= NEAR and words >= SAME_WORDS)
            part = 0.0
            # A heading names what a passage says, and shares its words without being a part.
            if not (self._old[one].heading or self._new[other].heading):
                enough = enough or (letters >= NEAR and sequence >= IN_SEQUENCE and half)
                if sequence >= PART_IN_SEQUENCE:
                    part = _contained(self._old_words[one], self._new_words[other], self._weights)
            self._known[pair] = max(letters * enough, part if part >= CONTAINED else 0.0)
        return self._known[pair]

    def _words_shared(self, one: int, other: int) -> tuple[float, bool]:
        """The cosine of the words that say something, if more than one is shared, and whether
        at least :data:`HALF` of the shorter unit's are."""
        ones, others = self._old_content[one], self._new_content[other]
        shared, *alone = (self._squares(words) for words in (ones & others, ones, others))
        cosine = shared / math.sqrt(alone[0] * alone[1]) if shared else 0.0
        enough = len(ones & others) > 1
        return cosine * enough, shared >= HALF * min(alone)

    def _squares(self, words: Iterable[str]) -> float:
        return math.fsum(self._weights[word] ** 2 for word in words)

    def by_chance(self, pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
        """Those of the pairs that are a few words in a long passage, and cover little of it."""
        covered: Counter[tuple[bool, int]] = Counter()
        weak: dict[tuple[int, int], tuple[bool, int]] = {}
        for one, other in pairs:
            old, new = self._old[one].plain, self._new[other].plain
            small, large = sorted((_words(old), _words(new)))
            if small < COVERED * large and in_sequence(old, new)[1] < SURE:
                in_new = _words(new) > _words(old)
                weak[one, other] = (in_new, other if in_new else one)
                covered[weak[one, other]] += small
        return {
            pair
            for pair, (in_new, whole) in weak.items()
            if covered[in_new, whole]
            < COVERED * _words((self._new if in_new else self._old)[whole].plain)
        }

    def _best(self, pairs: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
        """The pair that is most alike; of equals the one that stands at the same place."""
        best = max(pairs, key=self._rank, default=None)
        return best if best and self.likeness(*best) else None

    def _rank(self, pair: tuple[int, int]) -> tuple[float, float]:
        one, other = pair
        return self.likeness(one, other), -abs(one / len(self._old) - other / len(self._new))


def _words(plain: str) -> int:
    return plain.count(" ") + 1


def _contained(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The share of the shorter unit's words that the longer one has, weighed by rarity."""
    small, large = sorted((one, other), key=len)
    if len(small) < FEW_WORDS and not (len(small) > 1 and small <= large):
        return 0.0
    return sum(weights[word] for word in small & large) / sum(weights[word] for word in small)
