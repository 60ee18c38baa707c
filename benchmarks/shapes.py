"""What themes of the shapes of the shipped ones take: prefixes, patterns, NEAR, sets, phrases.

    python -m benchmarks.shapes --index FOLDER
    python -m benchmarks.shapes --sizes 30000,300000 --engine tantivy --work FOLDER

With ``--index``, the shipped themes themselves are searched in an index of real documents.
With ``--sizes``, each word of each shipped theme is replaced by a lemma of the synthetic corpus
(:mod:`benchmarks.corpus`), a prefix by one as long, and all else of the theme stays: so many
terms, so many alternatives, as far apart. A word alone is of middling rank, as in the themes of
``benchmarks.engines``, which have words and phrases only; one within NEAR or a phrase is a frequent
one, or it would never stand beside another. Times are those of the processor, each theme asked
twice in a row: the second time of what is open already, as ``serve`` is asked.
"""

from __future__ import annotations

import argparse
import gc
import os
import tempfile
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.corpus import LANGUAGES, Known, SyntheticCorpus, demonstration_lemmas
from progsearch import query as q
from progsearch.clause import All, AnyOf, Clause, resolve
from progsearch.engine import Engine, create, installed, open_engine
from progsearch.kept import VARIABLE
from progsearch.search import Index
from progsearch.themes import Catalogue, Theme, ThemeClauses, load
from progsearch.themes.sets import term_query
from progsearch.workers import COLLECTED

LIMIT = 20
ALONE, BESIDE = (50, 10_000), (20, 1_000)
"""Ranks of lemmas that stand alone in a theme, and of those that stand beside others."""


MOST = 400
"""Lemmas that a prefix stands for at most: with all their forms no more than one may stand for."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Makes themes of synthetic words out of shipped ones."""

    corpus: SyntheticCorpus
    known: dict[str, list[str]] = field(default_factory=dict)
    """The lemmas of a language in order, where they were asked for."""

    def clause(self, catalogue: Catalogue, theme: Theme, engine: Engine) -> Clause:
        """What a theme and its narrower ones mean, with other words; exclusions left out."""
        known = Known(engine.vocabulary)
        parts = (
            resolve(self.query(query, lang), known, [lang], accents=False)
            for one in catalogue.within(theme.id)
            for lang, query in queries(one)
        )
        return AnyOf(tuple(parts), coordinate=True)

    def query(self, query: q.Query, lang: str, ranks: tuple[int, int] = ALONE) -> q.Query:
        """A query of the same shape."""
        match query:
            case q.Word(text) | q.Lemma(text) | q.Exact(text):
                return type(query)(self._lemma(text, lang, ranks))
            case q.Prefix(text):
                return q.Prefix(self._prefix(text, lang, ranks))
            case q.Wild(text):
                letters = "".join(filter(str.isalpha, text))
                part = self._prefix(letters, lang, ranks)
                return q.Wild(f"*{part}*" if text.startswith("*") else f"{part}*")
            case q.Phrase(parts):
                made = (self.query(part, lang, BESIDE) for part in parts)
                return q.Phrase(tuple(made))  # type: ignore[arg-type]
            case q.Near(left, right, distance):
                one, other = (self.query(part, lang, BESIDE) for part in (left, right))
                return q.Near(one, other, distance)  # type: ignore[arg-type]
            case q.And(parts) | q.Or(parts):
                return type(query)(tuple(self.query(part, lang, ranks) for part in parts))
            case _:
                return query

    def _prefix(self, text: str, lang: str, ranks: tuple[int, int]) -> str:
        """A prefix as long, or with as many letters more as it takes to stand for few enough."""
        for lemma in self._lemmas(text, lang, ranks):
            for letters in range(len(text), len(lemma) + 1):
                if self._starting(lemma[:letters], lang) <= MOST:
                    return lemma[:letters]
        raise ValueError(f"no prefix as {text}* that stands for few enough")

    def _starting(self, prefix: str, lang: str) -> int:
        lemmas = self._ordered(lang)
        return bisect_left(lemmas, f"{prefix}\U0010ffff") - bisect_left(lemmas, prefix)

    def _ordered(self, lang: str) -> list[str]:
        if lang not in self.known:
            self.known[lang] = sorted(self.corpus.lemmas[lang])
        return self.known[lang]

    def _lemma(self, text: str, lang: str, ranks: tuple[int, int]) -> str:
        return next(self._lemmas(text, lang, ranks))

    def _lemmas(self, text: str, lang: str, ranks: tuple[int, int]) -> Iterator[str]:
        """The lemmas that may stand for a text, which are as long; any where none is."""
        low, high = ranks
        at = int(low * (high / low) ** Random(f"{lang} {text}").random())
        lemmas = self.corpus.lemmas[lang]
        long = False
        for lemma in lemmas[at:]:
            if len(lemma) >= len(text):
                long = True
                yield lemma
        if not long:
            yield lemmas[at]


def queries(theme: Theme) -> Iterator[tuple[str, q.Query]]:
    """The terms of a theme in the languages of the synthetic corpus."""
    for lang in LANGUAGES:
        for term in theme.terms.get(lang, ()):
            yield lang, term_query(theme, lang, term)


def row(name: str, size: int, engine: Engine, clauses: list[Clause], made: float) -> str:
    """Search all of them; a line of the table."""
    first: list[float] = []
    again: list[float] = []
    hits: list[int] = []
    for clause in clauses:
        for times in (first, again):
            begun = time.process_time()
            total = engine.search(clause, scope=All(), limit=LIMIT).total
            times.append(1000 * (time.process_time() - begun))
        hits.append(total)
    found = f"{median(hits):,.0f} / {max(hits):,}"
    return (
        f"| {name} | {size:,} | {spread(first)} | {spread(again)} "
        f"| {1000 * made / len(clauses):.1f} | {found} |"
    )


def spread(times: list[float]) -> str:
    """The median, the 95th percentile and the most."""
    ordered = sorted(times)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"{median(times):.1f} / {p95:.1f} / {ordered[-1]:.1f}"


def shipped(folder: Path) -> str:
    """The shipped themes in an index of real documents."""
    engine = open_engine(folder)
    index = Index.of(engine)
    catalogue = load()
    making = ThemeClauses.of(catalogue, index)
    begun = time.process_time()
    clauses = [making.clause(theme) for theme in catalogue.themes]
    made = time.process_time() - begun
    line = row(f"{engine.name}, shipped", index.summary.passages, engine, clauses, made)
    engine.close()
    return line


def synthetic(name: str, corpus: SyntheticCorpus, work: Path) -> str:
    """Themes of their shapes in a synthetic index, which is made if it is not there."""
    folder = work / f"{name}-{corpus.size}"
    engine = create(name, folder)
    if not engine.state("summary"):
        with engine.writer() as writer:
            for document in corpus.documents():
                writer.add(document)
            writer.commit({"summary": {"size": corpus.size}})
        engine.close()
        engine = create(name, folder)
    catalogue, shapes = load(), Shapes(corpus)
    begun = time.process_time()
    clauses = [shapes.clause(catalogue, one, engine) for one in catalogue.themes.values()]
    made = time.process_time() - begun
    line = row(f"{name}, their shapes", corpus.size, engine, clauses, made)
    engine.close()
    return line


def main() -> None:
    """Print the table."""
    os.environ[VARIABLE] = ""  # each question is asked as for the first time
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--index", type=Path, action="append", default=[])
    parser.add_argument("--sizes", default="")
    parser.add_argument("--engine", action="append", choices=installed())
    parser.add_argument("--work", type=Path, help="a folder for the indexes; they are kept there")
    given = parser.parse_args()
    gc.set_threshold(*COLLECTED)  # as commands do
    print(
        "| engine, themes | passages | first ms p50 / p95 / most | again ms p50 / p95 / most "
        "| making a clause ms | hits p50 / most |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for folder in given.index:
        print(shipped(folder), flush=True)
    sizes = [int(size) for size in given.sizes.split(",") if size]
    if not sizes:
        return
    lemmas = demonstration_lemmas()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        for size in sizes:
            corpus = SyntheticCorpus(size, lemmas)
            for name in given.engine or installed():
                print(synthetic(name, corpus, work), flush=True)


if __name__ == "__main__":
    main()
