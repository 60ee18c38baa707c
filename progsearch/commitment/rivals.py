"""Whose promise it is: in a party's text, what another party will do is none of its own."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from progsearch.commitment.cues import Match
from progsearch.commitment.groups import OWN
from progsearch.commitment.rules import Rules
from progsearch.commitment.words import cut
from progsearch.facts.registry import Party, load_parties, parties_by_label
from progsearch.languages.conjunctions import conjunctions
from progsearch.model import Commitment

__all__ = ["Rivals", "rivals_of"]

_SHORTEST = 2
"""A single letter is seldom the name of a party in a sentence."""
_OWNER = re.compile(r"(?:['’]s|s['’])$")
"""Whose party it is (*the mayor's Tories*) is no part of its name."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The other parties of a party's country, by the words of their names as they are written.

    ``names`` has all names by their first words, the longest first; ``own`` those of them by
    which the party itself, or one that it stands for election with, may be meant; ``spoken``
    are those that are surely its own, as they are written, and ``written`` finds all.
    """

    names: Mapping[str, tuple[tuple[str, ...], ...]]
    own: frozenset[tuple[str, ...]]
    spoken: frozenset[str]
    written: re.Pattern[str]

    def as_own(self, text: str) -> str:
        """A text with one word for the party's own names, which rules know."""
        if text.isupper() or not any(name in text for name in self.spoken):
            return text
        return self.written.sub(lambda name: OWN if name[0] in self.spoken else name[0], text)

    def told_of(self, line: str, rules: Rules) -> bool:
        """Whether a heading says what they are up to (*What the Tories will do*), or is no more
        than their name; one that names the party itself is not about them."""
        words = rules.words.words_of(line)
        named = _named(words, self.names)
        spans = [span for span in named if not self._is_own(span, words)]
        if len(spans) < len(named):
            return False
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
        spans = self._surely_others(words, rules)
        if not spans and not theirs:
            return list(found)
        ends = {end for _, end in spans}
        inside = {at for start, end in spans for at in range(start, end)}
        # A name stands right before a cue, begins it or ends it (*nu vill Moderaterna*).
        return [
            match
            for match in found
            if match.label == Commitment.CRITICISM
            or not (
                match.start in ends
                or match.start in inside
                or match.end in ends
                or (theirs and _is_theirs(match, words, rules))
            )
        ]

    def _is_own(self, span: tuple[int, int], words: Sequence[str]) -> bool:
        return tuple(words[span[0] : span[1]]) in self.own

    def _surely_others(self, words: Sequence[str], rules: Rules) -> list[tuple[int, int]]:
        """Where those are named who are no other than rivals.

        Not where one is named together with somebody else (*Labour and the Greens*), nor where
        a name may be part of a longer one that is not known (*the Welsh Greens*).
        """
        named = _named(words, self.names)
        ends = {span[1]: span for span in named}
        sure: set[tuple[int, int]] = set()
        for span in named:
            joined = _joined(words, span)
            before = ends.get(joined) if joined is not None else None
            if self._is_own(span, words) or (joined is not None and before is None):
                # Who is named with somebody else speaks with them.
                if before is not None:
                    sure.discard(before)
                continue
            if before is not None and before not in sure:
                continue
            if not _is_half(words, span[0], ends, rules):
                sure.add(span)
        return sorted(sure)


def _is_theirs(match: Match, words: Sequence[str], rules: Rules) -> bool:
    before = words[max(0, match.start - 1) : match.start + 1]
    return match.rule.opening or any(word.lower() in rules.they for word in before)


def _joined(words: Sequence[str], span: tuple[int, int]) -> int | None:
    """Where the conjunction stands that joins a name to what is before it, or the comma of a
    list that ends with one (*SPD, Grüne und FDP*)."""
    start, end = span
    for at in range(max(0, start - 2), start):
        if words[at].lower() in conjunctions():
            return at
    listed = start and words[start - 1] == "," and end < len(words)
    return start - 1 if listed and words[end].lower() in conjunctions() else None


def _is_half(words: Sequence[str], at: int, ends: Container[int], rules: Rules) -> bool:
    """Whether a capital letter before a name makes it the second half of a longer one."""
    if at < 2 or at in ends or not words[at - 1][0].isupper() or _OWNER.search(words[at - 1]):
        return False
    return not rules.entry(words[at - 2]).sentence_end


def _named(
    words: Sequence[str], names: Mapping[str, tuple[tuple[str, ...], ...]]
) -> list[tuple[int, int]]:
    """Where names stand among words, the longest at each place; in a line of capitals none can
    be told from a word."""
    found: list[tuple[int, int]] = []
    if names.keys().isdisjoint(words) or "".join(words).isupper():
        return found
    for at, word in enumerate(words):
        if found and at < found[-1][1]:
            continue
        for name in names.get(word, ()):
            if tuple(words[at : at + len(name)]) == name:
                found.append((at, at + len(name)))
                break
    return found


@cache
def rivals_of(label: str) -> Rivals | None:
    """The rivals of the party with a label; None of one that the registry does not have.

    Its members, the coalitions that it is in, and who is in those with it, are none; nor is a
    name that may be short for one of its own (*Green Party*).
    """
    own = parties_by_label().get(label)
    if own is None:
        return None
    known = _allied(own)
    parties = [party for party in load_parties().values() if party.country == own.country]
    mine = {name for party in parties if party.id in known for name in _names(party)}
    names = mine.union(*map(_names, parties), {(OWN,)})
    parts = {frozenset(map(str.lower, name)) for name in mine}
    short = {name for name in names if any(part >= set(map(str.lower, name)) for part in parts)}
    # *The Green Party* is the *Green Party*, whosever name that is.
    named = [_names(party) for party in parties]
    short |= {name for some in named for name in some if name[1:] in short & some}
    spoken = {
        name
        for party in parties
        if party.id == own.id or party.id in own.members or own.id in party.members
        for name in _written(party)
    }
    all_written = sorted(set().union(*map(_written, parties)), key=len, reverse=True)
    return Rivals(
        _by_first(names),
        frozenset(mine | short | {(OWN,)}),
        frozenset(spoken),
        re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, all_written))})(?![\w-])"),
    )


def _written(party: Party) -> Iterator[str]:
    return (name for name in party.all_names if len(name) >= _SHORTEST)


def _allied(own: Party) -> frozenset[str]:
    """The ids of a party, of its members, of the coalitions that it is in and, as long as they
    last, of who is in those with it."""
    found = {own.id, *own.members}
    for party in load_parties().values():
        if own.id in party.members:
            found |= {party.id, *(() if party.until else party.members)}
    return frozenset(found)


def _names(party: Party) -> set[tuple[str, ...]]:
    named = map(cut, _written(party))
    # A mark at the end of a name (*Stačilo!*) is none before a small letter.
    return {tuple(name if name[-1].isalnum() else name[:-1]) for name in named if name} - {()}


def _by_first(names: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return {first: tuple(some) for first, some in found.items()}
