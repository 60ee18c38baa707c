"""Who promises the same: pairs to read, the nearest first, and what of them hangs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from progsearch.errors import ProgsearchError
from progsearch.pairing.neighbours import Near, mutual
from progsearch.promises.alike import are_contrary, with_concepts
from progsearch.promises.sides import Said, Side

__all__ = ["FIRST", "FORMULA", "SAME_OF_FIRST", "Cluster", "Matched", "Matching", "match", "stance"]

FIRST = 20
"""Pairs that are proposed unless more are asked for."""
SAME_OF_FIRST = 11
"""Of the first 20 pairs of six Swedish programmes, so many were judged to be the same promise; by a
second, more lenient reading 16 (``docs/promises.md``)."""
_SHORTEST = 5
"""Lemmas of a passage below which it says too little to be held against others."""
FORMULA = 3
"""What one side says so often in the same words is a form of address, a footer, or what an editor
wrote where there was no answer, and no promise that others may have."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A pair of passages of two groups, each the nearest to the other.

    ``shared`` are the words of the second one, as written, whose ``lemmas`` both have, the rarest
    first. Pairs of one ``group``, numbered from 1, hang together through passages that they
    have in common, and each name has one passage of it. ``stance`` is ``agree`` or ``oppose``
    where both stand beside an answer to the same question of a table; it is never told from their
    text. Of a ``contrary`` pair one undoes what the other does: it hangs together with no other.
    """

    rank: int
    first: Said
    other: Said
    names: tuple[str, str]
    shared: Sequence[str]
    lemmas: Sequence[str]
    group: int
    stance: str = ""
    contrary: bool = False


class _Found(NamedTuple):
    near: Near
    one: Said
    other: Said
    names: tuple[str, str]
    contrary: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Passages that hang together through pairs, with the names of those who say them."""

    group: int
    names: Sequence[str]
    said: Sequence[tuple[str, Said]]


@dataclass(frozen=True)
class Matching:
    """Pairs between groups, the nearest first; ``names`` are all groups that were looked at.

    ``found`` is how many pairs there are in all, of which ``pairs`` are those asked for;
    ``formulas`` are the passages that were not held against others, for their side says them
    :data:`FORMULA` times or more.
    """

    names: Sequence[str]
    pairs: Sequence[Matched]
    found: int
    formulas: int = 0

    @cached_property
    def clusters(self) -> list[Cluster]:
        """What the pairs that are shown make together, by most groups first."""
        said: dict[int, dict[str, tuple[str, Said]]] = defaultdict(dict)
        for pair in self._promised:
            for name, one in zip(pair.names, (pair.first, pair.other), strict=True):
                said[pair.group].setdefault(one.passage.id, (name, one))
        found = [
            Cluster(group, sorted({name for name, _ in ones.values()}), list(ones.values()))
            for group, ones in said.items()
        ]
        return sorted(found, key=lambda one: (-len(one.names), one.group))

    @property
    def _promised(self) -> Iterator[Matched]:
        """The pairs that may promise the same."""
        return (pair for pair in self.pairs if not pair.contrary)

    @cached_property
    def alone(self) -> list[str]:
        """The groups that have a part in none of the pairs that are shown."""
        paired = {name for pair in self._promised for name in pair.names}
        return [name for name in self.names if name not in paired]


def match(sides: Mapping[str, Side], limit: int | None = FIRST) -> Matching:
    """The passages of different groups that are nearest to each other, by their words.

    Of which one undoes what the other does, by a contrary verb or a denial, come last.

    All that is said is held against each other, for in lists of demands (*Equal pay for equal
    work.*) no word tells a promise; filters may keep to what is told to be one. Raises
    ProgsearchError where two groups have no language in common: words say nothing then.
    """
    known = {lemma for side in sides.values() for one in side.said for lemma in one.unit.lemmas}
    telling = {name: with_concepts(_telling(side), known) for name, side in sides.items()}
    said = {name: _fresh(ones) for name, ones in telling.items()}
    formulas = sum(map(len, telling.values())) - sum(map(len, said.values()))
    _check_languages(said)
    found: list[_Found] = []
    for one, other in combinations(said, 2):
        ones, others = said[one], said[other]
        for at, near in mutual([a.unit for a in ones], [b.unit for b in others]):
            first, second = ones[at], others[near.unit]
            if _says_something(first, second):
                contrary = are_contrary(first, second)
                found.append(_Found(near, first, second, (one, other), contrary))
    # Of equals those first whose places come first, so that the order is always the same.
    found.sort(key=lambda pair: (pair.contrary, -pair.near.score, pair.one.place, pair.other.place))
    found = list(_once(found))
    shown = found if limit is None else found[:limit]
    # Those that undo each other stand behind all others, each by itself.
    groups = _groups(
        [
            ((pair.names[0], pair.one.passage.id), (pair.names[1], pair.other.passage.id))
            for pair in shown
            if not pair.contrary
        ]
    )
    free = max(groups, default=0) + 1
    groups += range(free, free + len(shown) - len(groups))
    pairs = [
        Matched(
            rank,
            pair.one,
            pair.other,
            pair.names,
            pair.other.written(pair.near.shared),
            pair.near.shared,
            groups[rank - 1],
            stance(pair.one, pair.other),
            pair.contrary,
        )
        for rank, pair in enumerate(shown, 1)
    ]
    return Matching(list(sides), pairs, len(found), formulas)


def _once(found: Sequence[_Found]) -> Iterator[_Found]:
    """Without pairs that say in the same words what a nearer pair of the same two groups says."""
    known: set[tuple[tuple[str, str], frozenset[str], frozenset[str]]] = set()
    for pair in found:
        said = pair.names, pair.one.unit.content, pair.other.unit.content
        if said not in known:
            known.add(said)
            yield pair


def stance(one: Said, other: Said) -> str:
    """Whether two passages stand beside the same answer to a question of a table: ``agree``, or
    ``oppose`` for *yes* and *no*. Empty where that is not stated."""
    asked = [said.passage.headings[-1:] for said in (one, other)]
    answers = [said.passage.label for said in (one, other)]
    if not asked[0] or asked[0] != asked[1] or not all(map(_is_answer, answers)):
        return ""
    if answers[0] == answers[1]:
        return "agree"
    return "oppose" if set(answers) == {"answer: yes", "answer: no"} else ""


def _is_answer(label: str) -> bool:
    return label.startswith("answer: ")


def _telling(side: Side) -> list[Said]:
    return [
        one
        for one in side.said
        if not one.unit.heading and len(set(one.unit.lemmas) - {""}) >= _SHORTEST
    ]


def _says_something(one: Said, other: Said) -> bool:
    """Whether both have a word that is more than a stop word, or a concept: *ska* pairs nothing."""
    first, second = (said.unit.content | said.unit.further for said in (one, other))
    return not first.isdisjoint(second)


def _fresh(said: Sequence[Said]) -> list[Said]:
    """Without what stands there word for word three times or more."""
    often = Counter(one.unit.plain for one in said)
    return [one for one in said if often[one.unit.plain] < FORMULA]


def _check_languages(said: Mapping[str, Sequence[Said]]) -> None:
    languages = {name: {one.passage.lang.value for one in ones} for name, ones in said.items()}
    for one, other in combinations(languages, 2):
        if languages[one] and languages[other] and not languages[one] & languages[other]:
            first, second = (", ".join(sorted(languages[name])) for name in (one, other))
            raise ProgsearchError(
                f"{one} speaks {first} and {other} {second}: words alone find no promise again "
                "in another language (1 of 24 when it was tried)",
                where="--with",
                remedy="compare them by theme: progsearch compare --theme ID --show passages",
            )


def _groups(pairs: Sequence[tuple[tuple[str, str], tuple[str, str]]]) -> list[int]:
    """The number of each pair's group; of each end its name and its passage.

    A pair joins the groups of its ends only if each name still has one passage in what they make
    together: two promises of one party are no promise that is promised twice.
    """
    members: dict[int, dict[str, str]] = {}
    of: dict[str, int] = {}
    numbers: list[int] = []
    for ends in pairs:
        joined = {number for _, passage in ends if (number := of.get(passage))}
        said = [*ends, *(item for number in joined for item in members[number].items())]
        together = dict(said)
        fits = all(together[name] == passage for name, passage in said)
        group = min(joined) if joined and fits else len(numbers) + 1
        if fits:
            for number in joined - {group}:
                numbers = [group if one == number else one for one in numbers]
                of |= dict.fromkeys(members.pop(number).values(), group)
        else:
            together = dict(ends)
        members[group] = together
        of |= {passage: group for passage in together.values() if fits or passage not in of}
        numbers.append(group)
    order = {group: place for place, group in enumerate(dict.fromkeys(numbers), 1)}
    return [order[group] for group in numbers]
