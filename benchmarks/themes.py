"""How well the shipped themes find and rank what people labelled, in three collections.

``python -m benchmarks.themes --shared ../shared --index FOLDER``

1. ``gold/themes/dev.jsonl``: passages judged for eight themes, as ``progsearch evaluate``
   measures them.
2. ``corpus/se-regeringen`` with ``gold/se-regeringen/LABELS.tsv``: the share of an article's
   passages that a theme finds ranks the articles; average precision, and the area under the
   ROC curve (the chance that an article of the category is before one that is not).
3. ``corpus/cz-kalkulacka/krajske-2024.tsv``: each row with a comment is a passage; precision,
   recall and F1 of a theme against the row's topic tag.

The tables are in Markdown. The index is made if it is not there. ``--meaning`` prints the first
table alone, with what is near in meaning alone behind what words find; the index needs vectors
(``progsearch meaning``), for which one of the judged files alone will do. Precision and recall
are of words, as meaning counts nowhere.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from progsearch.analysis import DictionaryLexicon, Entry, tokens
from progsearch.api import answers
from progsearch.clause import All, keys_of
from progsearch.engine import Posting, Prepared, create
from progsearch.engine.memory import MemoryEngine
from progsearch.export.tables import Column, Table, Value
from progsearch.export.tables.markdown import write
from progsearch.ingest import ingest
from progsearch.judgements import Estimate, locate, measures, ranked, read_coded
from progsearch.judgements.measures import estimates
from progsearch.judgements.units import Unit
from progsearch.model import Document, Fact, Origin, Passage, Role
from progsearch.query import Everything
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.state import Summary
from progsearch.themes import ThemeClauses, load

CATEGORIES: Mapping[tuple[str, ...], str] = {
    ("Sjukvård",): "health",
    ("Hälso- och sjukvård",): "health",
    ("Sjukvård", "Hälso- och sjukvård"): "health",
    ("Psykiatri och psykisk hälsa",): "psychiatric-care",
    ("Energi",): "energy",
    ("Digitaliseringspolitik",): "technology",
    ("Transporter och infrastruktur",): "transport",
    ("Migration och asyl",): "immigration",
    ("Miljö och klimat",): "environment",
    ("Militärt försvar",): "defence",
    ("Landsbygd, livsmedel och areella näringar",): "agriculture",
    ("Jämställdhet",): "gender-equality",
    ("Kultur",): "culture",
    ("Rättsväsendet",): "law-and-crime",
    ("Arbetsmarknad",): "labour",
    ("Näringspolitik",): "commerce",
    ("Handelspolitik och främjande",): "foreign-trade",
    ("Utrikes- och säkerhetspolitik",): "international-affairs",
    ("Barn- och ungdomsutbildning", "Skola"): "education",
    ("Socialtjänst",): "social-services",
    ("Socialförsäkringar",): "social-welfare",
    ("Skatt och tull", "Statens budget", "Ekonomisk politik"): "macroeconomics",
    ("Bostäder och samhällsplanering",): "housing",
    ("Funktionshinder",): "disability",
    ("Äldreomsorg",): "elderly-care",
    ("Våld i nära relationer och hedersvåld och förtryck",): "domestic-violence",
    ("Regional utveckling",): "regional-development",
}
"""The government's categories that have a theme; several are taken together."""

TAGS: Mapping[tuple[str, ...], str] = {
    ("Zdravotní péče",): "health",
    ("Péče o seniory",): "elderly-care",
    ("Péče o děti",): "foster-care",  # the question is about children's homes
    ("Sociální programy",): "social-welfare",
    ("Dluhová politika",): "debt-enforcement",
    ("Vzdělání", "Vzdělávání", "Vysokoškolské vzdělávání"): "education",
    ("Doprava", "Veřejná doprava", "Silniční infrastruktura"): "transport",
    ("Veřejná doprava",): "public-transport",
    ("Silniční infrastruktura",): "roads",
    ("Obnovitelná energie",): "renewable-energy",
    ("Adaptace na změnu klimatu",): "climate-adaptation",
    ("Životní prostředí",): "environment",
    ("Podpora venkova",): "regional-development",
    ("Rozpočet",): "macroeconomics",
    ("Správa",): "government-operations",
}
"""The topic tags that have a theme."""


def opened(folder: Path, shared: Path) -> Index:
    """The index of the shared documents; it is made when there is none."""
    engine = create("whoosh", folder)
    if not engine.state("summary"):
        for _ in ingest(engine, [shared / "seeds", shared / "corpus"]):
            pass
    return Index.of(engine)


def judged(
    index: Index, clauses: ThemeClauses, coded: Path, *, meaning: bool = False
) -> Iterator[list[Value]]:
    """A row for each theme of judged passages, and one for all."""
    units, lost = locate(read_coded(coded), index)
    if lost:
        print(f"{len(lost)} judged passages are not in the index", file=sys.stderr)
    by_theme = {
        theme: ranked(
            [unit for unit in units if unit.row.theme == theme], clauses.clause(theme), index
        )
        for theme in dict.fromkeys(unit.row.theme for unit in units)
    }
    each, together = measures(by_theme)
    if meaning:
        nearest = {theme: _by_meaning(index, theme, own) for theme, own in by_theme.items()}
        others, mean = measures(nearest)
        each = [replace(one, ranking=by.ranking) for one, by in zip(each, others, strict=True)]
        together = replace(together, ranking=mean.ranking)
    for one in (*each, together):
        if one.ranking is None:
            raise SystemExit("too few judged passages are in the index to tell how it ranks")
        ranking = one.ranking
        yield [
            one.theme,
            one.relevant,
            one.found,
            *map(_interval, (one.precision, one.recall, one.f1)),
            *(f"{ranking[name]:.3f}" for name in ("nDCG@10", "P@10", "R@20")),
        ]


def _by_meaning(index: Index, theme: str, units: Sequence[Unit]) -> list[Unit]:
    """The same passages, with the inverse of the rank that a search by meaning gives them; a part
    of a passage in which no term stands is not found by the words of the others."""
    found = answers.search(
        index, themes=[theme], meaning=True, limit=None, asides=True, duplicates="keep"
    ).found
    hits = {hit.passage.id: hit for hit in found.hits}

    def place(unit: Unit) -> float | None:
        hit = hits.get(unit.passage.id)
        return 1 / hit.score if hit and (hit.by_meaning or unit.score is not None) else None

    return [replace(one, score=place(one)) for one in units]


def labelled(index: Index, clauses: ThemeClauses, labels: Path) -> Iterator[list[Value]]:
    """A row for each category: how the theme's share of passages ranks its articles."""
    with labels.open(encoding="utf-8", newline="") as file:
        of = {
            row["path"]: {name.strip() for name in (row["categories"] or "").split("|")}
            for row in csv.DictReader(file, delimiter="\t")
        }
    paths = {
        document.id: document.path.partition("/se-regeringen/")[2]
        for document in index.engine.documents()
        if "/se-regeringen/" in document.path
    }
    filters = Filters(document=list(paths))
    for names, theme in CATEGORIES.items():
        table = index.tally(
            Everything(), filters, by=("document",), clauses=[clauses.clause(theme)]
        )
        share = {
            group[0]: (table.found[group].passages if group in table.found else 0) / of_.passages
            for group, of_ in table.of.items()
            if paths[group[0]] in of
        }
        positive = {one for one in share if not of[paths[one]].isdisjoint(names)}
        precision, area = rank_quality(share, positive)
        yield [
            ", ".join(names),
            theme,
            len(positive),
            len(share),
            f"{precision:.3f}",
            f"{area:.3f}",
        ]


def rank_quality(share: Mapping[str, float], positive: set[str]) -> tuple[float, float]:
    """Average precision of a ranking, equal shares as if in the worst order, and the area
    under its ROC curve, equal shares counting half (Mann & Whitney's U)."""
    order = sorted(share, key=lambda one: (-share[one], one in positive))
    hits = 0
    precision = 0.0
    for place, one in enumerate(order, 1):
        if one in positive:
            hits += 1
            precision += hits / place
    better = sum(
        (share[one] > share[other]) + (share[one] == share[other]) / 2
        for one in positive
        for other in share
        if other not in positive
    )
    pairs = len(positive) * (len(share) - len(positive))
    return precision / max(1, len(positive)), better / max(1, pairs)


def tagged(clauses: ThemeClauses, table: Path) -> Iterator[list[Value]]:
    """A row for each tag: how the theme finds the comments of its questions."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["comment"]]
    index = _in_memory([row["comment"] for row in rows])
    own = ThemeClauses(clauses.catalogue, index.engine.vocabulary, ["cs"])
    total: list[tuple[bool, bool, float]] = []
    for names, theme in TAGS.items():
        found = index.engine.search(own.clause(theme), scope=All(), limit=None, ranked=False)
        numbers = {passage.number for passage, _ in found.hits}
        judged_rows = [
            (number in numbers, row["tags"].strip() in names, 1.0)
            for number, row in enumerate(rows, 1)
        ]
        total += judged_rows
        yield _tag_row(", ".join(names), theme, judged_rows)
    yield _tag_row("all", "", total)


def _tag_row(names: str, theme: str, rows: Sequence[tuple[bool, bool, float]]) -> list[Value]:
    counts: list[Value] = [sum(positive for _, positive, _ in rows), sum(f for f, _, _ in rows)]
    return [names, theme, *counts, *map(_interval, estimates(rows))]


def _in_memory(texts: Sequence[str]) -> Index:
    lexicon = DictionaryLexicon()
    lang = Fact("cs", Origin.GIVEN)
    document = Document("rows", "rows.tsv", "table", "", "", "", lang)
    passages: list[Passage] = []
    postings: list[Posting] = []
    forms: dict[tuple[str, str], Entry] = {}
    for number, text in enumerate(texts, 1):
        found = tokens(text, "cs", lexicon)
        passages.append(
            Passage(
                f"rows.{number}",
                "rows",
                number,
                Role.STATEMENT,
                lang,
                text,
                0,
                len(text),
                number,
                number,
            )
        )
        postings.append(Posting([keys_of(token, "cs") for token in found], [], len(found)))
        forms |= {("cs", token.form): lexicon.entry(token.form, "cs") for token in found}
    engine = MemoryEngine(lexicon)
    with engine.writer() as writer:
        writer.add(Prepared(document, passages, postings, forms))
        writer.commit({})
    return Index(engine, Summary("", languages=("cs",)))


def _interval(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    return f"{estimate.value:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--meaning", action="store_true")
    given = parser.parse_args()
    index = opened(given.index, given.shared)
    clauses = ThemeClauses.of(load(), index)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    shares = ["precision", "recall", "F1"]
    tables = (
        (
            ["theme", "relevant", "found", *shares, "nDCG@10", "P@10", "R@20"],
            judged(
                index,
                clauses,
                given.shared / "gold" / "themes" / "dev.jsonl",
                meaning=given.meaning,
            ),
        ),
        (
            ["category", "theme", "articles", "of", "AP", "AUC"],
            labelled(index, clauses, given.shared / "gold" / "se-regeringen" / "LABELS.tsv"),
        ),
        (
            ["tag", "theme", "rows", "found", *shares],
            tagged(clauses, given.shared / "corpus" / "cz-kalkulacka" / "krajske-2024.tsv"),
        ),
    )
    for columns, rows in tables[:1] if given.meaning else tables:
        names = tuple(Column(name, "string", name) for name in columns)
        write([Table("measures", "Measures", names, list(rows))], None, sys.stdout)
        print()


if __name__ == "__main__":
    main()
