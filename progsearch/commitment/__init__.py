"""What a passage commits its author to: a firm promise, a loose one, a claim that it is done.

Word lists and verb forms, one file a language (``data/commitment/*.toml``); no dictionary and
no statistics, so every verdict leads to the words that it rests on. The classes and the order in
which they win are those of ``docs/commitment.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

from progsearch.commitment.cues import matches
from progsearch.commitment.passages import leads_in, told
from progsearch.commitment.rules import covered, load_rules, rules_version
from progsearch.commitment.verdict import commitment, verdict
from progsearch.model import Commitment

__all__ = [
    "Commitment",
    "Cue",
    "Explanation",
    "commitment",
    "covered",
    "explain",
    "leads_in",
    "rules_version",
    "told",
]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words ``text[start:end]`` of a passage, what they speak for and by which rule."""

    start: int
    end: int
    commitment: Commitment
    rule: str  # as it stands in the data file


@dataclass(frozen=True, slots=True)
class Explanation:
    """A class and all the cues found, also those of classes that lost, in the order of the text."""

    commitment: Commitment
    cues: tuple[Cue, ...]


def explain(text: str, lang: str, *, news: bool = False) -> Explanation:
    """The same verdict as :func:`commitment`, with the words that it rests on."""
    rules = load_rules(lang)
    if rules is None:
        return Explanation(Commitment.PLAIN, ())
    places = rules.words.places_of(text)
    found = matches(rules.words.words_of(text), rules, news=news)
    cues = (
        Cue(
            places[match.start][0],
            places[match.end - 1][1],
            Commitment(match.label),
            match.rule.source,
        )
        for match in found
    )
    return Explanation(verdict(found), tuple(cues))
