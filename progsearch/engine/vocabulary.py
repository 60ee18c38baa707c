"""The vocabulary of an index: one line of text a form, found by how it begins.

A line is ``lang``, the form without accents, the form, its keys, its parts and the step
that found them, with tabs between. So the lines are in the order of the forms without
accents, which is how people look words up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, fold

__all__ = ["StoredVocabulary", "line_of"]

SEP = "\x1f"
"""Between the keys of a form."""

Lines = Callable[[str], Iterable[str]]
Alive = Callable[[str, str], bool]


def line_of(lang: str, form: str, entry: Entry) -> str:
    """The line of a form."""
    folded = form if form.isascii() else fold(form)
    keys, parts = SEP.join(entry.keys), SEP.join(entry.parts)
    return f"{lang}\t{folded}\t{form}\t{keys}\t{parts}\t{entry.step}"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEP)) if text else ()


class StoredVocabulary:
    """The vocabulary of an open index; dictionaries are asked only for what it has never seen.

    ``lines`` gives the lines that begin so, in order. ``alive`` tells of a form and its
    language whether a passage still has it: forms stay when documents go.
    """

    def __init__(self, lines: Lines, alive: Alive) -> None:
        self._lines = lines
        self._alive = alive
        self._fallback: Lexicon = DictionaryLexicon()
        self._cache: dict[tuple[str, str], Entry | None] = {}

    def _forms(self, lang: str, beginning: str) -> Iterator[tuple[str, Entry]]:
        last = ""
        for line in self._lines(f"{lang}\t{beginning}"):
            _, _, form, keys, parts, step = line.split("\t")
            if form != last:
                yield form, Entry(_listed(keys), _listed(parts), step)
            last = form

    def _stored(self, form: str, lang: str) -> Entry | None:
        place = (lang, form)
        if place not in self._cache:
            found = next(self._forms(lang, f"{fold(form)}\t{form}\t"), None)
            self._cache[place] = found[1] if found else None
        return self._cache[place]

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form."""
        found = self._stored(form, lang)
        return found if found and self._alive(form, lang) else None

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else what the dictionaries say."""
        return self._stored(form, lang) or self._fallback.entry(form, lang)

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` without accents."""
        return (
            (form, entry)
            for form, entry in self._forms(lang, f"{folded}\t")
            if self._alive(form, lang)
        )

    def starting(self, folded: str, lang: str) -> Iterable[str]:
        """The forms that start so without accents."""
        return (form for form, _ in self._forms(lang, folded) if self._alive(form, lang))
