"""A vocabulary with words beside it whose keys are known without a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from progsearch.analysis import Entry
from progsearch.clause.resolving import Lookup, Vocabulary

__all__ = ["AskedWords", "KeptVocabulary", "Words"]

Words = Mapping[str, Mapping[str, Sequence[str]]]
"""The keys of words, by language and form."""


class KeptVocabulary:
    """The vocabulary of an index, and the keys of words that are kept beside it.

    Themes and the lexicon name words that no text has in that very form (*záchranná služba*,
    where texts say *záchranné služby*), and to ask the dictionaries for their lemmas takes
    longer than the search. ``kept`` gets them when a word is looked up: they are many, and what
    a theme means may be known without them. With ``whole``, all words that will be asked for
    were looked up in the languages of ``kept``: what is not there has its form for a key.
    """

    def __init__(
        self, vocabulary: Vocabulary, kept: Callable[[], Words], *, whole: bool = False
    ) -> None:
        self._vocabulary = vocabulary
        self._get = kept
        self._whole = whole
        self.asked_dictionaries = False
        """Whether a word was asked for that neither the index nor what is kept beside it has."""
        # Several terms of a theme have the same prefixes, each of which is looked up form by form.
        self._starting: dict[tuple[str, str], Sequence[str]] = {}

    @cached_property
    def _kept(self) -> Words:
        return self._get()

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """Be told what will be asked for."""
        self._vocabulary.prefetch(wanted)

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form."""
        found = self._vocabulary.known(form, lang)
        if found is not None or lang not in self._kept:
            return found
        keys = self._kept[lang].get(form, (form,) if self._whole else ())
        return Entry(tuple(keys)) if keys else None

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else what the dictionaries say."""
        known = self.known(form, lang)
        if known is None:
            self.asked_dictionaries = True
            known = self._vocabulary.entry(form, lang)
        return known

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` without accents."""
        return self._vocabulary.folded(folded, lang)

    def fitting(self, folded: str, lang: str, fits: Callable[[str], bool]) -> Iterable[str]:
        """The forms of texts that start so without accents, and fit."""
        if not folded:
            return self._vocabulary.fitting(folded, lang, fits)
        place = (folded, lang)
        if place not in self._starting:
            found = self._vocabulary.fitting(folded, lang, lambda _form: True)
            self._starting[place] = tuple(found)
        return filter(fits, self._starting[place])

    def of_lemma(self, lemma: str, lang: str) -> Iterable[str]:
        """The forms of texts of which this is the first lemma."""
        return self._vocabulary.of_lemma(lemma, lang)


class AskedWords:
    """A vocabulary that knows nothing and remembers which forms it was asked for."""

    def __init__(self) -> None:
        self.forms: set[str] = set()

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """Nothing."""

    def known(self, form: str, lang: str) -> Entry | None:  # noqa: ARG002
        """Nothing."""
        self.forms.add(form)
        return None

    def entry(self, form: str, lang: str) -> Entry:  # noqa: ARG002
        """The form itself."""
        self.forms.add(form)
        return Entry((form,))

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:  # noqa: ARG002
        """Nothing."""
        return ()

    def fitting(self, folded: str, lang: str, fits: Callable[[str], bool]) -> Iterable[str]:  # noqa: ARG002
        """Nothing."""
        return ()

    def of_lemma(self, lemma: str, lang: str) -> Iterable[str]:  # noqa: ARG002
        """Nothing."""
        return ()
