"""Who promises the same: pairs to read, the nearest first, and what of them hangs together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from progsearch.errors import ProgsearchError
from progsearch.languages import LANGUAGES
from progsearch.pairing.neighbours import mutual
from progsearch.promises.sides import Said, Side

__all__ = ["FIRST", "FORMULA", "SAME_OF_FIRST", "Cluster", "Matched", "Matching", "match", "stance"]

FIRST = 20
"""Pairs that are proposed unless more are asked for."""
SAME_OF_FIRST = 10
"""Of the first 20 pairs of six Swedish programmes, so many were judged to be the same promise."""
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
    have in common. ``stance`` is ``agree`` or ``oppose`` where both stand beside an answer to the
    same question of a table; it is never told from their text.
    """

    rank: int
    first: Said
    other: Said
    names: tuple[str, str]
    shared: Sequence[str]
    lemmas: Sequence[str]
    group: int
    stance: str = ""


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
        for pair in self.pairs:
            for name, one in zip(pair.names, (pair.first, pair.other), strict=True):
                said[pair.group].setdefault(one.passage.id, (name, one))
        found = [
            Cluster(group, sorted({name for name, _ in ones.values()}), list(ones.values()))
            for group, ones in said.items()
        ]
        return sorted(found, key=lambda one: (-len(one.names), one.group))

    @cached_property
    def alone(self) -> list[str]:
        """The groups that have a part in none of the pairs that are shown."""
        paired = {name for pair in self.pairs for name in pair.names}
        return [name for name in self.names if name not in paired]


def match(sides: Mapping[str, Side], limit: int | None = FIRST) -> Matching:
    """The passages of different groups that are nearest to each other, by their words.

    All that is said is held against each other, for in lists of demands (*Equal pay for equal
    work.*) no word tells a promise; filters may keep to what is told to be one. Raises
    ProgsearchError where two groups have no language in common: words say nothing then.
    """
    telling = {name: _telling(side) for name, side in sides.items()}
    said = {name: _fresh(ones) for name, ones in telling.items()}
    formulas = sum(map(len, telling.values())) - sum(map(len, said.values()))
    _check_languages(said)
    found = []
    for one, other in combinations(said, 2):
        ones, others = said[one], said[other]
        for at, near in mutual([a.unit for a in ones], [b.unit for b in others]):
            if _says_something(others[near.unit], near.shared):
                found.append((near, ones[at], others[near.unit], (one, other)))
    # Of equals those first whose places come first, so that the order is always the same.
    found.sort(key=lambda pair: (-pair[0].score, pair[1].place, pair[2].place))
    shown = found if limit is None else found[:limit]
    groups = _groups([(a.passage.id, b.passage.id) for _, a, b, _ in shown])
    pairs = [
        Matched(
            rank, a, b, names, b.written(near.shared), near.shared, groups[rank - 1], stance(a, b)
        )
        for rank, (near, a, b, names) in enumerate(shown, 1)
    ]
    return Matching(list(sides), pairs, len(found), formulas)


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


def _says_something(said: Said, shared: Sequence[str]) -> bool:
    """Whether one of the words that both have is more than a stop word: *ska* pairs nothing."""
    language = LANGUAGES.get(said.passage.lang.value)
    stop = language.stop_list if language else frozenset()
    return any(word.casefold() not in stop for word in said.written(shared))


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


def _groups(pairs: Sequence[tuple[str, str]]) -> list[int]:
    """The number of each pair's group: pairs that share a passage are of one."""
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for one, other in pairs:
        parent[root(other)] = root(one)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root(one), len(numbers) + 1) for one, _ in pairs]
