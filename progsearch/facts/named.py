"""Which parties a text names, and where."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from progsearch.facts.names import fold
from progsearch.facts.registry import Party, load_parties

__all__ = ["Form", "Named", "named_among", "named_in", "runs", "words_of"]

_WORD = re.compile(r"[^\W_]+!?")


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in a text, and how it is written there."""

    party: Party
    written: str
    first: int  # of the words of the text
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name a party: ``exact`` forms count only as they are written."""

    party: Party
    text: str
    exact: bool
    letters: bool


@dataclass(frozen=True, slots=True)
class _Forms:
    """How the parties of some countries, or of all, are named, and how many words the longest
    form has that begins with a word: most words begin none."""

    by_words: Mapping[str, Sequence[Form]]
    longest: Mapping[str, int]

    def at(self, folded: Sequence[str], at: int) -> Iterator[tuple[int, Sequence[Form]]]:
        """The forms that begin with one of these words, the longest first, and their lengths."""
        longest = self.longest.get(folded[at], 0)
        for length in range(min(longest, len(folded) - at), 0, -1):
            if forms := self.by_words.get(" ".join(folded[at : at + length])):
                yield length, forms


@cache
def _forms(countries: tuple[str, ...]) -> _Forms:
    """How the parties of some countries, or of all, are named: by the folded words."""
    found: dict[str, list[Form]] = {}
    for party in load_parties().values():
        if countries and party.country not in countries:
            continue
        letters = set(party.letters)
        for name in (party.name, *party.names, *party.letters):
            exact = name in party.ordinary or name in letters
            form = Form(party, name, exact, name in letters)
            for key in {fold(name), *_genitives(name, exact)}:
                found.setdefault(key, []).append(form)
            if exact and name not in letters and (whose := _genitive_as_written(party, name)):
                found.setdefault(fold(whose), []).append(Form(party, whose, True, False))
    longest: dict[str, int] = {}
    for words in map(str.split, found):
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return _Forms(found, longest)


def _genitives(name: str, exact: bool) -> Iterator[str]:
    if not exact and not name.endswith(("s", "x", "z")):
        yield fold(f"{name}s")


_WITH_S = frozenset(("DK", "NO", "SE"))
"""Where the genitive of any name has an *s* behind it and nothing else."""


def _genitive_as_written(party: Party, name: str) -> str:
    """The genitive of a name that is a word, too, and counts as it is written: *Høyres*."""
    whose = party.country in _WITH_S and not name.endswith(("s", "x", "z"))
    return f"{name}s" if whose else ""


def named_in(text: str, countries: Collection[str] = ()) -> list[Named]:
    """The parties that a text names, each by its longest name there, in their order.

    A name that is a word of the language counts only as the party writes it, and letters only
    in that case; one letter only in brackets. What names two parties names none.
    """
    return named_among(text, *words_of(text), countries)


def words_of(text: str) -> tuple[list[re.Match[str]], list[str]]:
    """The words of a text, and the same folded."""
    words = list(_WORD.finditer(text))
    return words, [fold(word.group()) for word in words]


def named_among(
    text: str, words: Sequence[re.Match[str]], folded: Sequence[str], countries: Collection[str]
) -> list[Named]:
    """The same for a text whose words were looked at before (:func:`words_of`)."""
    forms = _forms(tuple(sorted(countries)))
    found: list[Named] = []
    at = 0
    while at < len(words):
        for length, known in forms.at(folded, at):
            start, end = words[at].start(), words[at + length - 1].end()
            written = text[start:end]
            meant = {form.party.id: form.party for form in known if _counts(form, text, start, end)}
            if len(meant) == 1:
                found.append(Named(next(iter(meant.values())), written, at, at + length))
                at += length - 1
                break
        at += 1
    return found


def _counts(form: Form, text: str, start: int, end: int) -> bool:
    written = text[start:end]
    if form.letters and len(form.text) == 1:
        return (
            written == form.text and text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        )
    if form.exact:
        return " ".join(written.split()) == form.text.strip("!") or written == form.text
    return written[:1].isupper()


def runs(
    tokens: Sequence[str], countries: Collection[str]
) -> Iterator[tuple[int, int, dict[str, Form]]]:
    """The longest stretches of tokens that name parties, without overlaps."""
    forms = _forms(tuple(sorted(countries)))
    at = 0
    while at < len(tokens):
        length, known = next(forms.at(tokens, at), (1, ()))
        by_party: dict[str, Form] = {}
        for form in known:
            if form.party.id not in by_party or not form.exact:
                by_party[form.party.id] = form
        if by_party:
            yield at, at + length, by_party
        at += length
