"""The entries of one language: its chain of steps, its irregular words, its compounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from progsearch.analysis.chain import Dictionary, chain
from progsearch.analysis.compounds import Splitter
from progsearch.analysis.inflection import Inflection
from progsearch.analysis.lexicon import Entry

if TYPE_CHECKING:
    from progsearch.languages import Language

__all__ = ["Analyser"]

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(r"[-:'@./]")


_ELIDED = re.compile(r"[^\W\d_]'([^\W\d_]{3,}(?:'[^\W\d_]+)?)")
"""A letter before a name or a word, which says nothing by itself. What stands behind an apostrophe
in the nine languages is an ending, and after one letter never so long."""


class Analyser:
    """Finds the entries of one language."""

    def __init__(self, language: Language) -> None:
        self._dictionary = Dictionary(language.tag, capitals=language.capitals)
        self._chain = tuple(chain(language, self._dictionary))
        self._inflection = Inflection(language, self._dictionary)
        self._splitter = (
            Splitter(self._dictionary, language.compounds, language.tag, self._inflection.mended)
            if language.compounds
            else None
        )

    def keep(self) -> None:
        """Keep the dictionary, if it is read, for those who ask for a few words only."""
        self._dictionary.words.keep()

    def entry(self, form: str, compounds: bool) -> Entry:
        """The entry of a normalised form, with the parts of a compound if asked."""
        if _WORD.fullmatch(form):
            return self._word(form, compounds)
        if _JOINED.search(form):
            return self._joined(form, compounds)
        return Entry((form,))

    def _word(self, form: str, compounds: bool) -> Entry:
        step, lemmas = self._lemmas(form)
        twins = [twin for lemma in lemmas for twin in self._inflection.twins.get(lemma, ())]
        parts: tuple[str, ...] = ()
        if compounds and self._splitter and len(form) > 4:
            # The inflected form of a known word has ends that only look like words: mins+kar.
            parts = self._splitter.parts(*lemmas, *(() if step == "dictionary" else (form,)))
        if compounds:
            related = (key for key in self._inflection.related(form) if key not in lemmas)
            parts = tuple(dict.fromkeys((*parts, *related)))
        return Entry(tuple(dict.fromkeys((*lemmas, *twins, form))), parts, step)

    def _lemmas(self, form: str) -> tuple[str, tuple[str, ...]]:
        if form in self._inflection.corrections:
            return "irregular", self._inflection.corrections[form]
        if len(form) > 1:
            known = self._dictionary.lemma(form) is not None
            if not known:
                compound = self._inflection.of_compound(form)
                if compound:
                    name = self._dictionary.lemma(form.capitalize())
                    return "compound", (*((name,) if name else ()), *compound)
            for name, step in self._chain:
                lemmas = step(form)
                if lemmas:
                    sure = known or name == "prefix" or (name == "dictionary" and lemmas == (form,))
                    return name, self._inflection.lemmas(form, lemmas, known=sure)
            by_rule = self._inflection.lemmas(form, (), known=False)
            if by_rule:
                return "inflection", by_rule
        return "form", ()

    def _joined(self, form: str, compounds: bool) -> Entry:
        """Words with a hyphen, an apostrophe or the colon of a Swedish genitive in them."""
        if "@" in form or "." in form or "/" in form:
            return Entry((form,))
        head, mark, tail = form.rstrip("-").rpartition("-")
        if elided := _ELIDED.fullmatch(form):  # d'Hondt, O'Brien, l'Europe
            base = self.entry(elided[1], compounds)
            return Entry((*base.keys, form), base.parts, base.step)
        if not mark:
            head = re.split("[:']|-$", form)[0]
        if not mark or tail == "li":  # EU:s, council's, hälso-; Czech bude-li
            if not head:
                return Entry((form,))
            base = self.entry(head, compounds)
            if form.endswith("-"):  # a part of a compound that the text leaves to be completed
                return Entry((form,), (*base.keys, *base.parts), base.step)
            return Entry((*base.keys, form), base.parts, base.step)
        last = self.entry(tail, compounds)
        whole = self._dictionary.lemmas(form)
        keys = [*whole, *(f"{head}-{key}" for key in last.keys)]
        joined = [key.replace("-", "") for key in keys] if tail[:1].isalpha() else []
        pieces = [self.entry(piece, compounds) for piece in head.split("-") if len(piece) > 1]
        parts = [key for piece in (*pieces, last) for key in (*piece.keys, *piece.parts)]
        return Entry(
            tuple(dict.fromkeys((*keys, *joined, form))),
            tuple(dict.fromkeys(part for part in parts if len(part) > 1)),
            "dictionary" if whole else last.step,
        )
