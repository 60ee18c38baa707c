"""A synthetic corpus of any size, the same every time, for the benchmarks of engines.

Words are drawn by Zipf's law from the lemmas of the demonstration corpus, most frequent
first; ranks beyond them are compounds of two of them, up to 32,000 a language. Every
lemma has a few forms. A document has 20 passages of 28 words, in Czech or in Swedish. A
theme has 36 lemmas of middling rank and 4 phrases that stand somewhere.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from progsearch import query as q
from progsearch.analysis import Entry
from progsearch.clause import AnyOf, Clause, Vocabulary, form_key, lemma_key, resolve
from progsearch.engine import Posting, Prepared
from progsearch.engine.memory import MemoryEngine
from progsearch.engine.vocabulary import Forms, line_of
from progsearch.ingest import ingest
from progsearch.model import Document, Fact, Origin, PartialDate, Passage, Region, Role

__all__ = ["LANGUAGES", "Known", "SyntheticCorpus", "Theme", "Word", "demonstration_lemmas"]

LANGUAGES = ("cs", "sv")
LEMMAS = 32_000
WORDS = 28
PASSAGES = 20
SEED = 20_240_608
THEME_LEMMAS, THEME_PHRASES = 36, 4
THEME_RANKS = (50, 10_000)
ENDINGS = {"cs": ("", "", "y", "u", "em", "ách"), "sv": ("", "", "en", "er", "s", "erna")}
PARTIES = tuple(f"Strana {letter}" for letter in "ABCDEFGHIJKL")
REGIONS = tuple(Region(f"{c}-{n:02d}", f"{c} {n}") for c in ("CZ", "SE") for n in range(1, 15))
ROLES = (Role.GOAL, Role.MEASURE, Role.STATEMENT, Role.STATEMENT, Role.HEADING)
CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text."""

    form: str
    lemma: str
    line: str  # of the vocabulary

    @classmethod
    def of(cls, lang: str, form: str, lemma: str) -> Word:
        """A word with what an index keeps of its form."""
        keys = (lemma,) if form == lemma else (lemma, form)
        return cls(form, lemma, line_of(lang, form, Entry(keys, (), "dictionary")))


@dataclass(frozen=True, slots=True)
class Theme:
    """What is looked for: lemmas, and phrases of two lemmas."""

    lemmas: Sequence[str]
    phrases: Sequence[tuple[str, str]]

    def clause(self, vocabulary: Vocabulary) -> Clause:
        """What it means in an index: any of its terms, the more the better."""
        terms: list[q.Query] = [q.Word(lemma) for lemma in self.lemmas]
        terms += [q.Phrase((q.Word(one), q.Word(other))) for one, other in self.phrases]
        known = Known(vocabulary)
        parts = [resolve(term, known, LANGUAGES) for term in terms]
        return AnyOf(tuple(parts), coordinate=True)


class Known:
    """A vocabulary that asks no dictionary for what the index has not."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.known, self.folded = vocabulary.known, vocabulary.folded
        self.fitting, self.of_lemma = vocabulary.fitting, vocabulary.of_lemma
        self.prefetch = vocabulary.prefetch

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else the form itself."""
        return self.known(form, lang) or Entry((form,))


def demonstration_lemmas() -> dict[str, list[str]]:
    """The lemmas of the demonstration corpus by language, the most frequent first."""
    engine = MemoryEngine()
    for _ in ingest(engine, [CORPUS]):
        pass
    met: Counter[tuple[str, str]] = Counter()
    for document in engine.documents():
        for passage in engine.passages(document.id):
            lang = passage.lang.value
            for word in passage.text.lower().split():
                known = engine.vocabulary.known(word, lang)
                if known and known.keys[0].isalpha():
                    met[lang, known.keys[0]] += 1
    ranked = sorted(met, key=lambda key: (-met[key], key))
    return {lang: [lemma for tag, lemma in ranked if tag == lang] for lang in LANGUAGES}


class SyntheticCorpus:
    """Documents and themes, drawn with a fixed seed from the lemmas of each language by rank."""

    def __init__(self, passages: int, known: Mapping[str, Sequence[str]]) -> None:
        self.size = passages // PASSAGES * PASSAGES
        self.lemmas = {lang: _extended(known[lang]) for lang in LANGUAGES}

    @cached_property
    def forms(self) -> Mapping[str, list[list[Word]]]:
        """The forms of each lemma, by language."""
        return {
            lang: [
                [Word.of(lang, lemma + end, lemma) for end in ENDINGS[lang]]
                for lemma in self.lemmas[lang]
            ]
            for lang in LANGUAGES
        }

    def texts(self) -> Iterator[tuple[str, list[list[Word]]]]:
        """The language and the passages of each document."""
        drawn = random.Random(SEED)
        weights = list(accumulate(1 / rank for rank in range(1, LEMMAS + 1)))
        forms = self.forms
        for number in range(self.size // PASSAGES):
            lang = LANGUAGES[number % len(LANGUAGES)]
            words = drawn.choices(forms[lang], cum_weights=weights, k=WORDS * PASSAGES)
            text = [drawn.choice(word) for word in words]
            yield lang, [text[at : at + WORDS] for at in range(0, len(text), WORDS)]

    def documents(self) -> Iterator[Prepared]:
        """The documents, ready for an index."""
        drawn = random.Random(SEED + 1)
        for number, (lang, texts) in enumerate(self.texts()):
            yield _prepared(number, lang, texts, drawn)

    def themes(self, count: int) -> list[Theme]:
        """Themes; their phrases are taken from the first documents."""
        drawn = random.Random(SEED + 2)
        first = zip(range(200), self.texts(), strict=False)
        some = [text for _, (_, texts) in first for text in texts]
        return [
            Theme(
                [self._lemma(drawn, LANGUAGES[at % 2]) for at in range(THEME_LEMMAS)],
                [self._phrase(drawn, some) for _ in range(THEME_PHRASES)],
            )
            for _ in range(count)
        ]

    def _lemma(self, drawn: random.Random, lang: str) -> str:
        low, high = THEME_RANKS
        return self.lemmas[lang][int(low * (high / low) ** drawn.random())]

    def _phrase(self, drawn: random.Random, texts: Sequence[Sequence[Word]]) -> tuple[str, str]:
        low, _ = THEME_RANKS
        common = {lemma for lang in LANGUAGES for lemma in self.lemmas[lang][:low]}
        while True:
            text = drawn.choice(texts)
            at = drawn.randrange(len(text) - 1)
            pair = (text[at].lemma, text[at + 1].lemma)
            if not common & set(pair):
                return pair


def _extended(known: Sequence[str]) -> list[str]:
    drawn = random.Random(SEED)
    found = dict.fromkeys(known)
    while len(found) < LEMMAS:
        found[drawn.choice(known) + drawn.choice(known)] = None
    return list(found)[:LEMMAS]


def _prepared(
    number: int, lang: str, texts: Sequence[Sequence[Word]], drawn: random.Random
) -> Prepared:
    name = f"{number:012x}"
    document = Document(
        id=name,
        path=f"synthetic/{number // 1000:04d}/{number:07d}.md",
        format="markdown",
        content_hash=name * 2,
        body_hash=name * 2,
        title=f"Document {number}",
        lang=Fact(lang, Origin.STATED),
        kind=Fact("programme", Origin.DEFAULT),
        country=Fact("CZ" if lang == "cs" else "SE", Origin.DEFAULT),
        region=Fact(drawn.choice(REGIONS), Origin.DEFAULT),
        party=Fact(drawn.choice(PARTIES), Origin.DEFAULT),
        date=Fact(PartialDate(drawn.randrange(2000, 2026)), Origin.STATED),
        between=("",) * (len(texts) + 1),
    )
    passages, postings = [], []
    for place, words in enumerate(texts, 1):
        text = " ".join(word.form for word in words)
        passages.append(
            Passage(
                id=f"{name}.{place}",
                document=name,
                number=place,
                role=drawn.choice(ROLES),
                lang=Fact(lang, Origin.INFERRED),
                text=text,
                start=0,
                end=len(text),
                line=place,
                end_line=place,
            )
        )
        keys = [(form_key(lang, word.form), lemma_key(lang, word.lemma)) for word in words]
        postings.append(Posting(keys, (), len(keys)))
    lines = dict.fromkeys(word.line for words in texts for word in words)
    return Prepared(document, passages, postings, Forms(list(lines)))
