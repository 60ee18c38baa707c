"""What is measured of each engine: building an index of the synthetic corpus, and asking it.

Every engine is given the same words, each as written and as its lemma, the same facets and
the same record of each passage. Only what the engine does is timed, not the making of the
corpus.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from benchmarks.corpus import SyntheticCorpus, Theme
from progsearch.clause import All, AllOf, Clause, FacetIn, NoneOf
from progsearch.engine import FACETS, Cluster, Engine, Posting, Prepared, create
from progsearch.matching import facets_of
from progsearch.model import Passage
from progsearch.records import passage_record

__all__ = ["CLUSTER", "RUNS", "Asked", "Built", "Run"]

REGION = "CZ-05"
LIMIT = 20
BATCH = 50  # documents

T = TypeVar("T")


@dataclass(slots=True)
class Built:
    """Seconds on the wall and of all processors, and bytes of the index.

    ``others`` are the seconds of processors of the nodes of a cluster.
    """

    wall: float = 0.0
    cpu: float = 0.0
    size: int = 0
    others: float = 0.0


@dataclass(slots=True)
class Asked:
    """Milliseconds of processors for each kind of question, median and 95th percentile.

    On a machine that does nothing else they are those on the wall, too; ``wall`` has the
    median of these.
    """

    cold: float = 0.0
    prepared: float = 0.0
    times: dict[str, tuple[float, float]] = field(default_factory=dict)
    wall: dict[str, float] = field(default_factory=dict)
    hits: int = 0


CLUSTER = "BENCHMARK_CLUSTER"
"""The variable that names the nodes of a cluster, whose engine is not run without."""


def _cluster() -> Cluster:
    return Cluster(os.environ[CLUSTER])


def _of_nodes() -> float:
    """Seconds of processors of all nodes of the cluster so far, as they tell it."""
    time.sleep(1.2)  # they look at their clocks each second
    address = os.environ[CLUSTER].partition(",")[0]
    with urllib.request.urlopen(f"{address}/_nodes/stats/process") as found:
        told = json.load(found)["nodes"].values()
    return float(sum(one["process"]["cpu"]["total_in_millis"] for one in told)) / 1000


def _cpu() -> float:
    """Seconds of processors so far, those of child processes among them."""
    return time.process_time() + sum(os.times()[2:4])


class _Watch:
    """Adds up the time of what is done in its context."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        # Asking for the time of processors takes long on some machines.
        self._cpu = _cpu()
        self._wall = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += _cpu() - self._cpu


def _batches(found: Iterable[T]) -> Iterator[list[T]]:
    """Some at a time, so that the watch is looked at rarely."""
    rest = iter(found)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


Prepare = Callable[[Any, Theme], Any]
"""Turns a theme into what an engine is asked; this is not timed with the questions."""


def _asked(
    open_: Callable[[], Any],
    prepare: Prepare,
    questions: Mapping[str, Callable[[Any, Any], int]],
    themes: Sequence[Theme],
    others: Callable[[], float] = lambda: 0.0,
) -> Asked:
    """Ask every question for every theme, of an engine that is opened anew for each question.

    The first answer of all, with the opening, is the cold one. ``others`` tells the seconds of
    processors of another machine; what it takes is shared out evenly.
    """
    begun = _cpu()
    opened = open_()
    questions["theme"](opened, prepare(opened, themes[0]))
    asked = Asked(cold=1000 * (_cpu() - begun))
    for name, question in questions.items():
        opened = open_()
        question(opened, prepare(opened, themes[0]))
        begun = _cpu()
        ready = [prepare(opened, theme) for theme in themes[1:]]
        asked.prepared = 1000 * (_cpu() - begun) / len(ready)
        times, wall = [], []
        before = others()
        for one in ready:
            started, begun = time.perf_counter(), _cpu()
            answer = question(opened, one)
            times.append(1000 * (_cpu() - begun))
            wall.append(1000 * (time.perf_counter() - started))
            if name == "theme":
                asked.hits += answer
        more = 1000 * (others() - before) / len(ready)
        times = sorted(one + more for one in times)
        asked.times[name] = median(times), times[int(len(times) * 0.95)]
        asked.wall[name] = median(wall)
    return asked


@dataclass(frozen=True, slots=True)
class Run:
    """How an engine is built and asked, in a folder of its own."""

    build: Callable[[SyntheticCorpus, Path], Built]
    ask: Callable[[Path, list[Theme]], Asked]


# progsearch's own engines


def _engine_run(name: str, *, plain: bool = False, away: bool = False) -> Run:
    others = _of_nodes if away else lambda: 0.0

    def opened(folder: Path) -> Engine:
        if plain:
            from progsearch.engine.whoosh import open_index

            return open_index(folder, True, blocks=False)
        return create(name, folder, cluster=_cluster() if away else None)

    def build(corpus: SyntheticCorpus, folder: Path) -> Built:
        engine = opened(folder)
        watch = _Watch()
        before = others()
        with engine.writer() as writer:
            for batch in _batches(corpus.documents()):
                with watch:
                    for prepared in batch:
                        writer.add(prepared)
            with watch:
                writer.commit({"summary": {}})
        size = engine.status().size if away else _bytes(folder)  # type: ignore[attr-defined]
        engine.close()
        return Built(watch.wall, watch.cpu, size, others() - before)

    everything = AllOf((NoneOf(FacetIn("role", frozenset({"heading"}))),))
    region = AllOf((*everything.parts, FacetIn("region", frozenset({REGION}))))

    def ask(folder: Path, themes: list[Theme]) -> Asked:
        def prepare(engine: Engine, theme: Theme) -> Clause:
            return theme.clause(engine.vocabulary)

        def search(engine: Engine, clause: Clause) -> int:
            return engine.search(clause, scope=All(), limit=LIMIT).total

        def filtered(engine: Engine, clause: Clause) -> int:
            return engine.search(clause, scope=region, limit=LIMIT).total

        def groups(by: Sequence[str]) -> Callable[[Engine, Clause], int]:
            def count(engine: Engine, clause: Clause) -> int:
                return len(engine.tally([clause], scope=everything, by=by).clauses[0])

            return count

        questions = {
            "theme": search,
            "filtered": filtered,
            "groups": groups(["region"]),
            "groups of two facets": groups(["region", "party"]),
            "theme again": search,  # by an engine that is opened anew, of an index that was asked
        }
        asked = _asked(lambda: opened(folder), prepare, questions, themes, others)
        engine = opened(folder)
        clauses = [theme.clause(engine.vocabulary) for theme in themes]
        before, started, begun = others(), time.perf_counter(), _cpu()
        engine.tally(clauses, scope=everything, by=["region", "party"])
        took, wall = _cpu() - begun, time.perf_counter() - started
        asked.times["all themes"] = (1000 * (took + others() - before),) * 2
        asked.wall["all themes"] = 1000 * wall
        return asked

    return Run(build, ask)


# SQLite's full-text index


def _fts_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    watch = _Watch()
    with closing(sqlite3.connect(folder / "fts.db")) as database:
        database.execute(
            "create virtual table words using fts5(forms, lemmas, facets,"
            " tokenize='unicode61 remove_diacritics 0')"
        )
        database.execute("insert into words(words, rank) values ('rank', 'bm25(1, 1, 0)')")
        database.execute(
            "create table passages(id integer primary key, document text, region text,"
            " party text, role text, length integer, data text)"
        )
        number = 0
        for batch in _batches(_with_lemmas(corpus)):
            with watch:
                for prepared, lemmas in batch:
                    number = _fts_add(database, number, prepared, lemmas)
        with watch:
            database.commit()
    return Built(watch.wall, watch.cpu, _bytes(folder))


def _fts_add(
    database: sqlite3.Connection, number: int, prepared: Prepared, lemmas: list[list[str]]
) -> int:
    rows, words = [], []
    region, party = prepared.document.region, prepared.document.party
    code = region.value.code if region else ""
    for passage, text in zip(prepared.passages, lemmas, strict=True):
        number += 1
        data = json.dumps(passage_record(passage), ensure_ascii=False)
        name = party.value if party else ""
        role = passage.role.value
        rows.append((number, prepared.document.id, code, name, role, len(text), data))
        facets = f"region{code.replace('-', '')} role{role}"
        words.append((number, passage.text, " ".join(text), facets))
    database.executemany("insert into passages values (?, ?, ?, ?, ?, ?, ?)", rows)
    database.executemany(
        "insert into words(rowid, forms, lemmas, facets) values (?, ?, ?, ?)", words
    )
    return number


def _with_lemmas(corpus: SyntheticCorpus) -> Iterator[tuple[Prepared, list[list[str]]]]:
    for prepared, (_, texts) in zip(corpus.documents(), corpus.texts(), strict=True):
        yield prepared, [[word.lemma for word in text] for text in texts]


def _match(theme: Theme) -> str:
    phrases = [f'"{one} {other}"' for one, other in theme.phrases]
    words = " OR ".join([*(f'"{lemma}"' for lemma in theme.lemmas), *phrases])
    return f"{{forms lemmas}} : ({words})"


def _fts_ask(folder: Path, themes: list[Theme]) -> Asked:
    ranked = (
        "select p.data from (select rowid from words where words match ? order by rank limit 20) w"
        " join passages p on p.id = w.rowid"
    )
    grouped = (
        "select {0}, count(*), count(distinct p.document), sum(p.length)"
        " from words join passages p on p.id = words.rowid where words match ? group by {0}"
    )

    def rows(sql: str, more: str = "") -> Callable[[sqlite3.Connection, str], int]:
        return lambda database, match: len(database.execute(sql, (match + more,)).fetchall())

    def search(database: sqlite3.Connection, match: str) -> int:
        rows(ranked)(database, match)
        counted = database.execute("select count(*) from words where words match ?", (match,))
        return int(counted.fetchone()[0])

    questions = {
        "theme": search,
        "filtered": rows(ranked, f" AND facets : region{REGION.replace('-', '')}"),
        "groups": rows(grouped.format("p.region")),
        "groups of two facets": rows(grouped.format("p.region, p.party")),
    }
    asked = _asked(
        lambda: sqlite3.connect(folder / "fts.db"),
        lambda _, theme: _match(theme),
        questions,
        themes,
    )
    asked.times["all themes"] = (asked.times["groups of two facets"][0] * len(themes),) * 2
    return asked


# tantivy without progsearch


def _bare_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    """The fields of our own engine, without the vocabulary and the state."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("passage", *FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="raw", index_option="position")
    for name in ("number", "words"):
        builder.add_unsigned_field(name, fast=True)
    for name in ("data", "keys"):
        builder.add_bytes_field(name, stored=True)
    index = tantivy.Index(builder.build(), str(folder))
    watch = _Watch()
    writer = index.writer(128_000_000, 1)
    for batch in _batches(corpus.documents()):
        with watch:
            for prepared in batch:
                for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
                    writer.add_document(_bare_record(tantivy, prepared, passage, posting))
    with watch:
        writer.commit()
        writer.wait_merging_threads()
    return Built(watch.wall, watch.cpu, _bytes(folder))


def _bare_record(tantivy: Any, prepared: Prepared, passage: Passage, posting: Posting) -> Any:  # noqa: ANN401
    facets = facets_of(prepared.document, passage)
    record = tantivy.Document()
    record.add_text("passage", passage.id)
    for name in FACETS:
        record.add_text(name, facets.value(name))
    record.add_unsigned("number", passage.number)
    record.add_unsigned("words", posting.words)
    data = json.dumps(passage_record(passage), ensure_ascii=False)
    record.add_bytes("data", data.encode())
    record.add_bytes("keys", "\n".join(map(" ".join, posting.text)).encode())
    tokens = [
        tantivy.Token(key, place, 0, 0) for place, keys in enumerate(posting.text) for key in keys
    ]
    record.add_pre_tokenized_text("text", tantivy.PreTokenizedString("", tokens))
    return record


def _bare_ask(folder: Path, themes: list[Theme]) -> Asked:
    import tantivy
    from tantivy import Occur, Query

    def opened() -> tuple[Any, Any]:
        index = tantivy.Index.open(str(folder))
        return index.schema, index.searcher()

    def query(schema: Any, theme: Theme) -> Any:  # noqa: ANN401
        def parts() -> Iterator[list[Any]]:
            for lemma in theme.lemmas:
                keys = [f"{lang}{kind}{lemma}" for lang in ("cs", "sv") for kind in "=:"]
                yield [Query.term_query(schema, "text", key, "freq") for key in keys]
            for one, other in theme.phrases:
                yield [
                    Query.phrase_query(schema, "text", [f"{lang}:{one}", f"{lang}:{other}"])
                    for lang in ("cs", "sv")
                ]

        # Ranked by how many of the parts are met, then by their scores, as themes are.
        found = []
        for part in parts():
            any_of = Query.boolean_query([(Occur.Should, one) for one in part])
            found += [
                (Occur.Should, any_of),
                (Occur.Should, Query.const_score_query(any_of, 512.0)),
            ]
        return Query.boolean_query(found)

    def ranked(at: tuple[Any, Any], theme: Theme, more: Iterable[Any] = ()) -> int:
        schema, searcher = at
        wanted = [(Occur.Must, query(schema, theme)), *more]
        found = searcher.search(Query.boolean_query(wanted), LIMIT)
        for _, address in found.hits:
            json.loads(searcher.doc(address)["data"][0])
        return int(found.count)

    def filtered(at: tuple[Any, Any], theme: Theme) -> int:
        inside = Query.const_score_query(Query.term_query(at[0], "region", REGION, "basic"), 0.0)
        return ranked(at, theme, [(Occur.Must, inside)])

    def groups(*by: str) -> Callable[[tuple[Any, Any], Theme], int]:
        asked: dict[str, Any] = {
            "words": {"sum": {"field": "words"}},
            "documents": {"terms": {"field": "document", "size": 60_000}},
        }
        for facet in reversed(by):
            asked = {"all": {"terms": {"field": facet, "size": 1000}, "aggs": asked}}

        def count(at: tuple[Any, Any], theme: Theme) -> int:
            return len(at[1].aggregate(query(at[0], theme), asked)["all"]["buckets"])

        return count

    questions = {
        "theme": ranked,
        "filtered": filtered,
        "groups": groups("region"),
        "groups of two facets": groups("region", "party"),
    }
    asked = _asked(opened, lambda _, theme: theme, questions, themes)
    asked.times["all themes"] = (asked.times["groups of two facets"][0] * len(themes),) * 2
    return asked


# ripgrep over the texts


def _files_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    watch = _Watch()
    for batch in _batches(corpus.documents()):
        with watch:
            for prepared in batch:
                file = folder / f"{prepared.document.id}.txt"
                text = "\n".join(passage.text for passage in prepared.passages)
                file.write_text(text, encoding="utf-8")
    return Built(watch.wall, watch.cpu, _bytes(folder))


def _files_ask(folder: Path, themes: list[Theme]) -> Asked:
    program = shutil.which("rg")
    if program is None:
        raise FileNotFoundError("rg")

    def search(_: object, theme: Theme) -> int:
        # Nobody gives grep all forms, so words that begin so. The \b of Unicode would put it on
        # a way that is fifty times slower.
        words = rf"(?:^|\W)(?:{'|'.join(theme.lemmas)})"
        command = [program, "--no-config", "--count-matches", "--no-filename", words, str(folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return sum(map(int, done.stdout.split()))

    return _asked(lambda: None, lambda _, theme: theme, {"theme": search}, themes)


RUNS: dict[str, Run] = {
    "SQLite FTS5": Run(_fts_build, _fts_ask),
    "whoosh": _engine_run("whoosh"),
    "whoosh, public interface": _engine_run("whoosh", plain=True),
    "tantivy": _engine_run("tantivy"),
    "opensearch": _engine_run("opensearch", away=True),
    "tantivy, bare library": Run(_bare_build, _bare_ask),
    "ripgrep": Run(_files_build, _files_ask),
}
"""What is run, in the order of the table; the first is what the others are held against. One
needs a cluster."""
