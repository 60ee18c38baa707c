"""One file to one document that is ready for an index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from progsearch import readers
from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, Token, tokens
from progsearch.clause import UNATTESTED, keys_of
from progsearch.engine import Posting, Prepared
from progsearch.languages import Detector, detect_document, detect_passage
from progsearch.model import Passage
from progsearch.normalise import normalise
from progsearch.segmentation import segment

__all__ = ["Preparer"]


@dataclass(slots=True)
class Preparer:
    """Reads, normalises, segments and analyses files with the same dictionaries."""

    detector: Detector
    lexicon: Lexicon

    @classmethod
    def loaded(cls, languages: Sequence[str]) -> Preparer:
        """One that tells these languages apart and has their dictionaries."""
        return cls(Detector(languages), DictionaryLexicon())

    def prepare(
        self,
        path: str,
        data: bytes,
        content_hash: str,
        *,
        defaults: Mapping[str, str],
        given: Mapping[str, str],
        people: Mapping[str, str],
    ) -> Prepared:
        """The document in the bytes of a file. Raises ProgsearchError when there is none."""
        raw = readers.read(path, data)
        document = normalise(
            raw,
            path=path,
            content_hash=content_hash,
            defaults=defaults,
            given=given,
            people=people,
            detect=lambda text: detect_document(text, self.detector),
        )
        lang = document.lang
        cut = segment(
            raw,
            document.id,
            title=document.title,
            lang=lang,
            passage_lang=self._passage_lang(lang.value),
        )
        forms: dict[tuple[str, str], Entry] = {}
        postings = [self._posting(passage, forms) for passage in cut.passages]
        self._with_lemmas(forms)
        return Prepared(replace(document, between=cut.between), cut.passages, postings, forms)

    def _with_lemmas(self, forms: dict[tuple[str, str], Entry]) -> None:
        """Note lemmas and parts as forms, too: a user types them, with accents or without."""
        for (lang, _), entry in list(forms.items()):
            for form in (*entry.keys, *entry.parts):
                if (lang, form) not in forms:
                    known = self.lexicon.entry(form, lang)
                    forms[lang, form] = replace(known, step=UNATTESTED)

    def _passage_lang(self, document_lang: str) -> Callable[[str], str | None]:
        return lambda text: detect_passage(text, document_lang, self.detector)

    def _posting(self, passage: Passage, forms: dict[tuple[str, str], Entry]) -> Posting:
        lang = passage.lang.value
        recorder = _Recorder(self.lexicon, forms)
        text = tokens(passage.text, lang, recorder)
        headings = tokens("\n".join(passage.headings), lang, recorder)
        return Posting(_keys(text, lang), _keys(headings, lang), len(text))


@dataclass(slots=True)
class _Recorder:
    """A lexicon that notes every form it was asked for, so that the index can keep them."""

    lexicon: Lexicon
    forms: dict[tuple[str, str], Entry]

    def entry(self, form: str, lang: str) -> Entry:
        known = self.forms.get((lang, form))
        if known is None:
            known = self.forms[lang, form] = self.lexicon.entry(form, lang)
        return known


def _keys(found: list[Token], lang: str) -> list[list[str]]:
    return [keys_of(token, lang) for token in found]
