"""What became of a question in another language: its words, and what they are looked for by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from progsearch.clause import AllOf, AnyOf, Clause, Leaf, OneOf, Sequential
from progsearch.languages import LANGUAGES
from progsearch.lexicon.concepts import Concept

__all__ = ["ALL", "SHOWN", "Term", "Translated", "Translation"]

ALL = 3
"""Words side by side of which a passage has to have all, as of those of any query. A longer
question is a description, and no passage has all its words."""

TOLD = 2
"""Words of a language that tell an encoder of meaning what a concept is; a third would be rare."""

SHOWN = 3
"""Words of a language that a line names; ``explain`` has all."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a language that stands for one of a question, and what it means in an index.

    ``concepts`` are the ids of those that it is a word of; a word of the question itself may
    have none.
    """

    lang: str
    word: str
    concepts: tuple[str, ...]
    clause: Leaf | Sequential


@dataclass(frozen=True, slots=True)
class Translated:
    """A word or phrase of a question, and what it is looked for by.

    ``terms`` are the words of all languages, its own among them; ``concepts`` those of the
    lexicon that it may name, none for a word that the lexicon does not have. ``term`` is one of
    these words, ``clause`` also a phrase in other words. ``everywhere`` tells a name, which is
    also looked for as it stands. ``apart`` are the words of a phrase, each by itself.
    """

    text: str
    terms: tuple[Term, ...]
    concepts: tuple[Concept, ...]
    term: Leaf | OneOf
    clause: Clause
    everywhere: bool = False
    apart: tuple[Translated, ...] = ()

    @property
    def words(self) -> Mapping[str, Sequence[str]]:
        """Its translations, by language."""
        found: dict[str, list[str]] = {}
        for one in self.terms:
            if one.concepts:
                found.setdefault(one.lang, []).append(one.word)
        return found

    @property
    def named(self) -> object:
        """What tells it from words that name something else."""
        return tuple(one.id for one in self.concepts) or self.text.casefold()

    @property
    def english(self) -> Sequence[str]:
        """The English words of its concepts."""
        return [word for one in self.concepts for word in one.words.get("en", ())]

    @property
    def line(self) -> str:
        """The translations by language, in one line."""
        by_lang = []
        for lang, words in self.words.items():
            more = ", …" if len(words) > SHOWN else ""
            by_lang.append(f"{lang} {', '.join(words[:SHOWN])}{more}")
        return f"{self.text} → {'; '.join(by_lang)}"


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in one language for passages in others.

    ``clause`` is what a passage has to meet. ``some`` tells that it need not have all of the
    words, which were typed side by side: passages that have more of them come first.
    ``text`` is the question as it was typed, but for ``elsewhere``: sentences of a description
    that say what it is not about.
    """

    lang: str
    parts: tuple[Translated, ...]
    left_out: tuple[str, ...]
    clause: Clause
    free: bool = False
    some: bool = False
    text: str = ""
    elsewhere: tuple[str, ...] = ()

    @property
    def english(self) -> list[str]:
        """What the question says in English, to look for a theme by: as typed, or translated."""
        if self.lang == "en":
            return [part.text for part in self.parts]
        return [part.english[0] for part in self.parts if part.english]

    @property
    def texts(self) -> list[str]:
        """The question's words in the languages of the index, a text each: what the lexicon has
        of each word in it, in order, and the others as they were typed."""
        langs = dict.fromkeys(lang for part in self.parts for lang in part.words)
        return [self._text(lang) for lang in langs]

    def _text(self, lang: str) -> str:
        found: dict[str, None] = {}
        for part in self.parts:
            for concept in part.concepts:
                found |= dict.fromkeys(concept.words.get(lang, ())[:TOLD])
            if not part.concepts:
                found[part.text] = None
        return " ".join(found)

    @property
    def missing(self) -> list[str]:
        """The words for which the lexicon has no translation."""
        return [part.text for part in self.parts if not part.concepts]

    @property
    def lines(self) -> list[str]:
        """What a reader has to know: the translations, and the words that have none."""
        return [*self._lines()]

    def _lines(self) -> Iterator[str]:
        for part in self.parts:
            if part.concepts:
                yield part.line
            if part.apart:
                found = " + ".join(one.line for one in part.apart)
                yield f"{part.text}, or {'one of' if self.some else 'near each other'}: {found}"
        names = [part.text for part in self.parts if part.everywhere]
        others = [word for word in self.missing if word not in names]
        if names:
            yield f"no translation, looked for as written in all languages: {', '.join(names)}"
        if others:
            name = LANGUAGES[self.lang].name
            yield f"no translation, looked for in {name} only: {', '.join(others)}"
        if self.left_out:
            yield f"left out: {', '.join(self.left_out)}"
        if self.elsewhere:
            yield f"left out, for it is on what belongs elsewhere: {' '.join(self.elsewhere)}"
        if self.some:
            if len(self.parts) > ALL:
                found = f"passages need not have all of the {len(self.parts)} words"
            else:
                found = "no passage has all of the words"
            yield f"{found}: those that have more of them come first; AND asks for both"
        elif self.free and len(self.parts) > ALL:
            yield f"counted are passages that have all of the {len(self.parts)} words"

    @property
    def ranking(self) -> Clause:
        """What a passage has to meet that needs to have one of the words only.

        The fields of a free question, such as ``lang:cs``, still have to be met.
        """
        words = [part.clause for part in self.parts]
        parts = self.clause.parts if isinstance(self.clause, AllOf) else (self.clause,)
        others = [one for one in parts if not any(one is word for word in words)]
        # Of words that name the same (access, availability), one is enough: else each text that
        # has their translation would seem to have two of the words.
        once: dict[object, Clause] = {}
        for part in self.parts:
            once.setdefault(part.named, part.clause)
        for part in self.parts:
            for one in part.apart:
                once.setdefault(one.named, one.term)
        some = AnyOf(tuple(once.values()), coordinate=True)
        return AllOf((*others, some)) if others else some
