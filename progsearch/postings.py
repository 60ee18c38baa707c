"""The words of a document to the keys by which its passages are found."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, Token, tokens
from progsearch.clause import keys_of
from progsearch.engine import Posting
from progsearch.model import Passage

__all__ = ["FROM_FILE", "REMEMBERED", "Analysis", "Keys", "RecentLexicon"]

FROM_FILE = "file"
"""The step by which a lemma was found that stands in the file itself."""


REMEMBERED = 150_000
"""Forms whose entries a lexicon remembers at least; twice as many at most."""


class RecentLexicon:
    """A lexicon that forgets what was not asked for lately, so that it does not grow."""

    def __init__(self) -> None:
        self._lexicon = DictionaryLexicon()
        self._recent: dict[tuple[str, str], Entry] = {}
        self._before: dict[tuple[str, str], Entry] = {}

    def entry(self, form: str, lang: str) -> Entry:
        """What is known of a form."""
        name = (form, lang)
        found = self._recent.get(name)
        if found is None:
            if len(self._recent) >= REMEMBERED:
                # The lexicon below keeps all that it was asked for; its dictionaries stay.
                self._lexicon = DictionaryLexicon()
                self._before, self._recent = self._recent, {}
            found = self._before.get(name) or self._lexicon.entry(form, lang)
            self._recent[name] = found
        return found


Keys = tuple[str, ...]
"""What stands at one position of a text."""


class Analysis:
    """The words of one document. Equal words have the same keys, the very same object.

    Words of a language that is not ``analysed`` have their form as their only key: nobody asked
    for it or stated it, so no dictionary is loaded for it.
    """

    def __init__(
        self, lexicon: Lexicon, lemmas: Mapping[tuple[int, int], str], analysed: AbstractSet[str]
    ) -> None:
        self.forms: dict[tuple[str, str], Entry] = {}
        self._lexicon = lexicon
        self._lemmas = lemmas
        self._analysed = analysed
        self._keys: dict[tuple[str, str, str, tuple[str, ...]], Keys] = {}
        self._headings: dict[tuple[str, tuple[str, ...]], list[Keys]] = {}

    def entry(self, form: str, lang: str) -> Entry:
        """What is known of a form; it is noted, so that the index can keep it."""
        known = self.forms.get((lang, form))
        if known is None:
            asked = lang in self._analysed
            known = self._lexicon.entry(form, lang) if asked else Entry((form,))
            self.forms[lang, form] = known
        return known

    def posting(self, passage: Passage) -> Posting:
        """What is to be indexed of a passage."""
        lang = passage.lang.value
        place = (lang, passage.headings)
        if place not in self._headings:
            self._headings[place] = self._of(tokens("\n".join(passage.headings), lang, self), lang)
        found = tokens(passage.text, lang, self)
        if self._lemmas:
            found = [self._told(token, lang, passage.start) for token in found]
        text = self._of(found, lang)
        return Posting(text, self._headings[place], len(text))

    def _told(self, token: Token, lang: str, start: int) -> Token:
        """A token with the lemma that its file gives it; the form is found by it, too."""
        lemma = self._lemmas.get((start + token.start, start + token.end), "")
        lemma = unicodedata.normalize("NFKC", lemma).lower()
        if not lemma or not lemma.isprintable() or " " in lemma:
            return token
        known = self.entry(token.form, lang)
        keys = tuple(dict.fromkeys((lemma, *known.keys)))
        self.forms[lang, token.form] = Entry(keys, known.parts, FROM_FILE)
        return token._replace(keys=tuple(dict.fromkeys((lemma, token.form))), parts=())

    def _of(self, found: Sequence[Token], lang: str) -> list[Keys]:
        keys = []
        for token in found:
            name = (lang, token.form, token.keys[0], token.parts)
            if name not in self._keys:
                self._keys[name] = tuple(keys_of(token, lang))
            keys.append(self._keys[name])
        return keys
