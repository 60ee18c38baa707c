"""Whose promise it is: in a party's text, what another party will do is none of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from progsearch.commitment.cues import Match
from progsearch.commitment.rules import Rules
from progsearch.facts.registry import Party, load_parties, parties_by_label
from progsearch.languages.conjunctions import conjunctions
from progsearch.model import Commitment

__all__ = ["Rivals", "rivals_of"]

_SHORTEST = 2
"""A single letter is seldom the name of a party in a sentence."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The other parties of a party's country, by the words of their names as they are written.

    ``names`` and ``own`` have the names by their first words, the longest first.
    """

    names: Mapping[str, tuple[tuple[str, ...], ...]]
    own: Mapping[str, tuple[tuple[str, ...], ...]]

    def told_of(self, line: str, rules: Rules) -> bool:
        """Whether a heading says what they are up to (*What the Tories will do*), or is no more
        than their name; one that names the party itself is not about them."""
        words = rules.words.words_of(line)
        if any(_named(words, self.own)):
            return False
        spans = list(_named(words, self.names))
        if any(end < len(words) and rules.entry(words[end]).begins for _, end in spans):
            return True
        alone = any(end == len(words) and start <= 1 for start, end in spans)
        return alone and not rules.entry(words[0]).begins

    def without(
        self, found: Iterable[Match], words: Sequence[str], rules: Rules, *, theirs: bool
    ) -> list[Match]:
        """The cues of which none of them is the subject.

        ``theirs`` if a heading is about them: then *they* are meant, and what has no subject
        tells of them.
        """
        spans = list(_alone(_named(words, self.names), words))
        if not spans and not theirs:
            return list(found)
        ends = {end for _, end in spans}
        edges = ends.union(start for start, _ in spans)
        # A name stands right before a cue, begins it or ends it (*nu vill Moderaterna*).
        return [
            match
            for match in found
            if match.label == Commitment.CRITICISM
            or not (
                match.start in edges
                or match.end in ends
                or (theirs and _is_theirs(match, words, rules))
            )
        ]


def _is_theirs(match: Match, words: Sequence[str], rules: Rules) -> bool:
    before = words[max(0, match.start - 1) : match.start + 1]
    return match.rule.opening or any(word.lower() in rules.they for word in before)


def _alone(named: Iterable[tuple[int, int]], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The names with which nobody but other rivals is named together (*Labour and the Greens*)."""
    spans = list(named)
    ends = {end for _, end in spans}
    for start, end in spans:
        before = range(max(0, start - 2), start)
        joined = next((at for at in before if words[at].lower() in conjunctions()), None)
        if joined is None or joined in ends:
            yield start, end


def _named(
    words: Sequence[str], names: Mapping[str, tuple[tuple[str, ...], ...]]
) -> Iterator[tuple[int, int]]:
    """Where names stand among words; in a line of capitals none can be told from a word."""
    if names.keys().isdisjoint(words) or "".join(words).isupper():
        return
    for at, word in enumerate(words):
        for name in names.get(word, ()):
            if tuple(words[at : at + len(name)]) == name:
                yield at, at + len(name)
                break


@cache
def rivals_of(label: str) -> Rivals | None:
    """The rivals of the party with a label; None of one that the registry does not have.

    Its members, and the coalitions that it is in, are none.
    """
    own = parties_by_label().get(label)
    if own is None:
        return None
    allied = [
        party
        for party in load_parties().values()
        if party.id == own.id or party.id in own.members or own.id in party.members
    ]
    known = {party.id for party in allied}
    others = [
        party
        for party in load_parties().values()
        if party.country == own.country and party.id not in known
    ]
    mine = {name for party in allied for name in _names(party)}
    return Rivals(
        _by_first(name for party in others for name in _names(party) - mine), _by_first(mine)
    )


def _names(party: Party) -> set[tuple[str, ...]]:
    return {tuple(name.split()) for name in party.all_names if len(name) >= _SHORTEST}


def _by_first(names: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return {first: tuple(some) for first, some in found.items()}
