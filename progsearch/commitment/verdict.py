"""The class of a text by its own words."""

from __future__ import annotations

from collections.abc import Iterable

from progsearch.commitment.cues import Match, matches
from progsearch.commitment.rules import load_rules
from progsearch.model import Commitment

__all__ = ["commitment", "verdict"]

_KINDS = tuple(Commitment)


def commitment(text: str, lang: str, *, news: bool = False) -> Commitment:
    """The class of a passage in the language ``lang`` (BCP 47); ``news`` if it stands in such.

    Plain where no cue is found, and in a language that is not covered. Raises ProgsearchError
    only if a shipped data file is damaged.
    """
    rules = load_rules(lang)
    if rules is None:
        return Commitment.PLAIN
    return verdict(matches(rules.words.words_of(text), rules, news=news))


def verdict(found: Iterable[Match]) -> Commitment:
    """The first class of all that were found."""
    labels = {match.label for match in found}
    return next((kind for kind in _KINDS if kind in labels), Commitment.PLAIN)
