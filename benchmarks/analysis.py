"""How well words are found in every form: the figures of ``docs/languages.md``.

    python -m benchmarks.analysis --ud ../shared/gold/ud --sib ../shared/gold/sib-200 \\
        --corpus ../shared/corpus

Content words are NOUN, PROPN, VERB, ADJ and ADV of Universal Dependencies.

- Pairs: of all pairs of forms that share a gold lemma, those that share a key (recall),
  and of all that share a key, those with the same lemma (precision).
- Precision: that of the pairs.
- Retrieval: each form with its lemma queries the sentences; the right ones have a word with
  that gold lemma. Sums over all queries.
- Dictionary form: recall of the same when the lemma itself is typed.
- No accents: recall when a form that has accents is typed without them. As in the engine, a word
  that the texts do not have stands for those that they have with accents.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from progsearch import readers
from progsearch.analysis import DictionaryLexicon, fold, tokens
from progsearch.analysis.words import normal_form
from progsearch.languages import LANGUAGES
from progsearch.languages.detect import Detector, detect_passage
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
SIB = {"cs": "ces_Latn", "sv": "swe_Latn", "en": "eng_Latn"}
PASSAGE = 30  # words
DATA = Path(__file__).parent.parent / "tests" / "data"
COMPOUNDS = DATA / "sv_compounds.tsv"
APART = DATA / "apart.tsv"


class Word(NamedTuple):
    """A token of a treebank."""

    form: str
    lemma: str
    content: bool


class Sentence(NamedTuple):
    """A sentence of a treebank."""

    text: str
    words: list[Word]


def treebank(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; numbers and punctuation are left out."""
    text, words = "", list[Word]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif not line:
            yield Sentence(text, words)
            words = []
        elif line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit() and any(map(str.isalpha, columns[1])):
                form, lemma = normal_form(columns[1]), columns[2].lower()
                words.append(Word(form, lemma, columns[3] in CONTENT))


@dataclass(slots=True)
class Ratio:
    """Sums of precision and recall over queries."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: set[int], wanted: set[int]) -> None:
        """Count one query."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def recall(self) -> float:
        """The share of what is wanted that is found."""
        return self.right / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, self.found + self.wanted)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one language."""

    forms: int
    pairs: float
    precision: float
    retrieval: float
    dictionary_form: float
    no_accents: float


def pairs(groups: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)}


def measure(sentences: list[Sentence], lang: str, lexicon: DictionaryLexicon) -> Figures:
    keys = {
        word.form: lexicon.entry(word.form, lang).keys
        for sentence in sentences
        for word in sentence.words
    }
    by_key, by_lemma = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    gold, ours = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    queries: set[tuple[str, str]] = set()
    for at, sentence in enumerate(sentences):
        for form, lemma, content in sentence.words:
            by_lemma[lemma].add(at)
            for key in keys[form]:
                by_key[key].add(at)
            if content:
                queries.add((form, lemma))
                gold[lemma].add(form)
                for key in keys[form]:
                    ours[key].add(form)
    same, together = pairs(gold), pairs(ours)

    accented = defaultdict[str, set[str]](set)
    for form in {*keys, *itertools.chain.from_iterable(keys.values())}:
        accented[fold(form)].update(lexicon.entry(form, lang).keys)

    def ask(typed: Iterable[str]) -> set[int]:
        return set[int]().union(*(by_key[key] for key in typed if key in by_key))

    def total(asked: Callable[[str, str], Iterable[str] | None]) -> Ratio:
        ratio = Ratio()
        for form, lemma in sorted(queries):
            typed = asked(form, lemma)
            if typed is not None:
                ratio.add(ask(typed), by_lemma[lemma])
        return ratio

    def lemmas(wanted: Iterable[str]) -> Ratio:
        ratio = Ratio()
        for lemma in sorted(wanted):
            ratio.add(ask(lexicon.entry(lemma, lang).keys), by_lemma[lemma])
        return ratio

    def bare(form: str) -> Iterable[str] | None:
        plain = fold(form)
        if plain == form:
            return None
        unknown = plain not in keys and plain in accented
        return accented[plain] if unknown else lexicon.entry(plain, lang).keys

    return Figures(
        len({form for form, _ in queries}),
        2 * len(same & together) / (len(same) + len(together)),
        len(same & together) / len(together),
        total(lambda form, _: keys[form]).f1,
        lemmas({lemma for _, lemma in queries}).recall,
        total(lambda form, _: bare(form)).recall,
    )


def passages(sentences: Iterable[Sentence]) -> Iterator[str]:
    """The running text in pieces of 30 words."""
    words = [word for sentence in sentences for word in sentence.text.split()]
    for at in range(0, len(words) - PASSAGE + 1, PASSAGE):
        yield " ".join(words[at : at + PASSAGE])


def topics(folder: Path, lang: str) -> Iterator[str]:
    """The sentences of SIB-200."""
    for name in ("train.tsv", "dev.tsv"):
        for line in (folder / SIB[lang] / name).read_text(encoding="utf-8").splitlines()[1:]:
            yield line.split("\t")[2]


def compounds(lexicon: DictionaryLexicon) -> str:
    parts, found, words, split = 0, 0, 0, Counter[bool]()
    for line in COMPOUNDS.read_text(encoding="utf-8").splitlines():
        word, _, wanted = line.partition("\t")
        if line.startswith("#"):
            continue
        entry = lexicon.entry(word, "sv")
        if wanted:
            words += 1
        else:
            split[bool(entry.parts)] += 1
        for part in wanted.split():
            parts += 1
            found += not {*lexicon.entry(part, "sv").keys}.isdisjoint({*entry.parts, *entry.keys})
    return (
        f"Swedish compounds: {found / parts:.3f} of {parts} parts of {words} compounds found; "
        f"{split[True] / split.total():.3f} of {split.total()} simplex words split"
    )


def apart(lexicon: DictionaryLexicon) -> tuple[int, list[str]]:
    """How many pairs of words must stay apart, and those that share a key."""
    lines = APART.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    shared = [
        f"{one}/{other}"
        for lang, one, other in rows
        if not {*lexicon.entry(one, lang).keys}.isdisjoint(lexicon.entry(other, lang).keys)
    ]
    return len(rows), shared


def speed(corpus: Path) -> str:
    """Tokens a second of processor time, the loading of the dictionaries included."""
    files = [("cs", path) for path in sorted((corpus / "cz-pirati").rglob("*.md"))]
    files += [("sv", path) for path in sorted((corpus / "se-partier").rglob("*.txt"))]
    files += [("sv", path) for path in sorted((corpus / "se-regeringen").rglob("*.md"))]
    read = [
        (lang, passage.text)
        for lang, path in files
        for passage in segment(
            readers.read(path.as_posix(), path.read_bytes()), "", lang=Fact(lang, Origin.GIVEN)
        ).passages
    ]
    normal_form.cache_clear()
    start = time.process_time()
    lexicon = DictionaryLexicon()
    count = sum(len(tokens(text, lang, lexicon)) for lang, text in read)
    cold = time.process_time() - start
    start = time.process_time()
    for lang, text in read:
        tokens(text, lang, lexicon)
    warm = time.process_time() - start
    return (
        f"Speed: {count:,} tokens of Czech and Swedish, {count / cold:,.0f} a second from cold, "
        f"{count / warm:,.0f} once all forms are known"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ud", type=Path, required=True, help="folder of CoNLL-U files")
    parser.add_argument("--sib", type=Path, help="folder of SIB-200")
    parser.add_argument("--corpus", type=Path, help="folder of documents, for the speed")
    given = parser.parse_args()
    if given.corpus:
        print(speed(given.corpus), end="\n\n")
    lexicon, detector = DictionaryLexicon(), Detector()
    told, switched, asked = 0, 0, Counter[str]()
    print(
        "| | forms | pair F1 | precision | retrieval F | dictionary form | no accents | language |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for lang in LANGUAGES:
        code = {"nb": "no"}.get(lang, lang)
        sentences = [
            sentence
            for path in sorted(given.ud.glob(f"{code}_*.conllu"))
            for sentence in treebank(path)
        ]
        if not sentences:
            print(f"| {lang} | – | – | – | – | – | – | – |")
            continue
        all_passages = list(passages(sentences))
        right = sum((detector.detect(text) or ("", 0))[0] == lang for text in all_passages)
        told += right
        asked["passages"] += len(all_passages)
        own = [*(sentence.text for sentence in sentences), *all_passages]
        own += topics(given.sib, lang) if given.sib and lang in SIB else ()
        switched += sum(detect_passage(text, lang) is not None for text in own)
        asked["switches"] += len(own)
        it = measure(sentences, lang, lexicon)
        print(
            f"| {lang} | {it.forms:,} | {it.pairs:.3f} | {it.precision:.3f} | {it.retrieval:.3f} | "
            f"{it.dictionary_form:.3f} | {it.no_accents:.3f} | {right / len(all_passages):.4f} |"
        )
    print(
        f"\nLanguage of {asked['passages']:,} passages of {PASSAGE} words: "
        f"{told / asked['passages']:.4f} right"
        f"\nWrong switches of language: {switched} in {asked['switches']:,} passages and "
        f"sentences, {360 * switched / asked['switches']:.2f} in 360"
    )
    print(compounds(lexicon))
    rows, shared = apart(lexicon)
    print(
        f"Words that must stay apart: {1 - len(shared) / rows:.3f} of {rows} pairs share no key; "
        f"these do: {' '.join(shared)}"
    )


if __name__ == "__main__":
    main()
