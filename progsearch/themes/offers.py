"""Which themes a few English words may mean.

A theme speaks every language, so whoever asks in English for texts in Czech is served
better by a theme that has those words in its label or among its terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from progsearch.themes.theme import Theme

__all__ = ["Offers", "offers", "offers_table"]

Offers = Mapping[str, Sequence[Sequence[str]]]
"""By theme, the words of its English label and of each of its English terms."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PLAIN = re.compile(r"[^\W_][^*=\"/$()]*")


def offers_table(themes: Iterable[Theme]) -> dict[str, list[list[str]]]:
    """What to look free words up in; prefixes, exact forms and NEARs are left out."""
    found: dict[str, list[list[str]]] = {}
    for theme in themes:
        plain = [term for term in theme.terms.get("en", ()) if _PLAIN.fullmatch(term)]
        found[theme.id] = [_WORD.findall(one.lower()) for one in (theme.label("en"), *plain)]
    return found


def offers(
    words: Sequence[str], table: Offers, keys: Callable[[str], Iterable[str]] = lambda form: (form,)
) -> list[str]:
    """The themes that the words may mean, the most likely first.

    ``keys`` gives the lemmas of a word. First come the themes whose label the words are,
    then those of which they are a term, then those of whose label they are a part, and last
    those of which a term stands among the words.
    """
    asked = [{form, *keys(form)} for text in words for form in _WORD.findall(text.lower())]
    if not asked:
        return []
    among = frozenset[str]().union(*asked)
    scored = []
    for theme, entries in table.items():
        # Nearly all have none of the words, which is seen at once.
        some = [(place, one) for place, one in enumerate(entries) if not among.isdisjoint(one)]
        if some:
            scored.append((max(_score(asked, place, one) for place, one in some), theme))
    return [theme for score, theme in sorted(scored, key=lambda pair: -pair[0]) if score > 0]


def _score(asked: Sequence[set[str]], place: int, entry: Sequence[str]) -> float:
    is_label = place == 0
    if len(entry) == len(asked) and _stands(asked, entry, 0):
        return 4.0 if is_label else 3.0
    if is_label and all(any(word in keys for word in entry) for keys in asked):
        return 2.0 + len(asked) / len(entry) / 2
    if any(_stands(asked, entry, at) for at in range(len(asked) - len(entry) + 1)):
        return 1.0 + len(entry) / len(asked) / 2
    return 0.0


def _stands(asked: Sequence[set[str]], entry: Sequence[str], at: int) -> bool:
    return all(word in keys for word, keys in zip(entry, asked[at:], strict=False))
