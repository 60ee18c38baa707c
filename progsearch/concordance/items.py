"""What is counted of texts: lemmas or forms, and which of them are stop words."""

from __future__ import annotations

from progsearch.clause import words_of
from progsearch.errors import ProgsearchError
from progsearch.languages import LANGUAGES
from progsearch.query import Exact, Lemma
from progsearch.search import Index

__all__ = ["KINDS", "Items"]

KINDS = ("lemma", "form")
"""What words may be counted by."""


class Items:
    """Turns the keys of forms into what is counted: their first lemmas, or the forms."""

    def __init__(self, index: Index, kind: str = "lemma") -> None:
        if kind not in KINDS:
            raise ProgsearchError(
                f"cannot count by {kind!r}", where="--of", remedy=f"choose {', '.join(KINDS)}"
            )
        self._kind = kind
        self._vocabulary = index.engine.vocabulary
        self._lemmas: dict[str, dict[str, str]] = {}
        self._stops: dict[str, frozenset[str]] = {}

    def of(self, key: str) -> str:
        """What a key of a form (``cs=vlaky``) counts as."""
        lang, _, form = key.partition("=")
        return self.lemma(form, lang) if self._kind == "lemma" else form

    def lemma(self, form: str, lang: str) -> str:
        """The first lemma of a form; the form itself where none is known."""
        if lang not in self._lemmas:
            found = self._vocabulary.lemmas(lang)
            self._lemmas[lang] = {known: lemma for known, lemma, _ in found if lemma != known}
        return self._lemmas[lang].get(form, form)

    def stops(self, lang: str) -> frozenset[str]:
        """The stop words of a language, as they are counted here; none where it has no list."""
        if lang not in self._stops:
            known = LANGUAGES.get(lang)
            listed = known.stop_list if known else frozenset[str]()
            if self._kind == "lemma":
                listed |= {self.lemma(form, lang) for form in listed}
            self._stops[lang] = frozenset(listed)
        return self._stops[lang]

    def query(self, words: tuple[str, ...]) -> Lemma | Exact | None:
        """The query that finds these words and no others, where there is one."""
        text = " ".join(words)
        if self._kind == "lemma":
            return None if any('"' in word or " " in word for word in words) else Lemma(text)
        # Words that are joined when they stand side by side, as 10 000, cannot be typed so.
        return Exact(text) if '"' not in text and tuple(words_of(text)) == words else None
