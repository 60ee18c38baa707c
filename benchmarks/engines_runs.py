"""What is measured of each engine: building an index of the synthetic corpus, and asking it.

Every engine is given the same words, each as written and as its lemma, the same facets and
the same record of each passage. Only what the engine does is timed, not the making of the
corpus.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.corpus import SyntheticCorpus, Theme
from progsearch.clause import All, AllOf, FacetIn, NoneOf
from progsearch.engine import Engine, Prepared, create
from progsearch.records import passage_record

__all__ = ["RUNS", "Asked", "Built", "Run"]

REGION = "CZ-05"
LIMIT = 20


@dataclass(slots=True)
class Built:
    """Seconds on the wall and of all processors, and bytes of the index."""

    wall: float = 0.0
    cpu: float = 0.0
    size: int = 0


@dataclass(slots=True)
class Asked:
    """Milliseconds of each kind of question, first and last percentile that is shown."""

    cold: float = 0.0
    times: dict[str, tuple[float, float]] = field(default_factory=dict)
    hits: int = 0


class _Watch:
    """Adds up the time of what is done in its context."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self._wall
        self.cpu += time.process_time() - self._cpu


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _asked(
    open_: Callable[[], Any],
    questions: Mapping[str, Callable[[Any, Theme], int]],
    themes: Sequence[Theme],
) -> Asked:
    """Ask every question for every theme; the first one also opens the index."""
    begun = time.perf_counter()
    opened = open_()
    questions["theme"](opened, themes[0])
    asked = Asked(cold=1000 * (time.perf_counter() - begun))
    for name, question in questions.items():
        times = []
        for theme in themes:
            begun = time.process_time()
            answer = question(opened, theme)
            times.append(1000 * (time.process_time() - begun))
            if name == "theme":
                asked.hits += answer
        times.sort()
        asked.times[name] = median(times), times[int(len(times) * 0.95)]
    begun = time.process_time()
    for theme in themes:
        questions["groups of two facets"](opened, theme)
    asked.times["one by one"] = (1000 * (time.process_time() - begun),) * 2
    return asked


@dataclass(frozen=True, slots=True)
class Run:
    """How an engine is built and asked, in a folder of its own."""

    build: Callable[[SyntheticCorpus, Path], Built]
    ask: Callable[[Path, list[Theme]], Asked]


# progsearch's own engines


def _engine_run(name: str, *, plain: bool = False) -> Run:
    def opened(folder: Path) -> Engine:
        if plain:
            from progsearch.engine.whoosh import open_index

            return open_index(folder, True, blocks=False)
        return create(name, folder)

    def build(corpus: SyntheticCorpus, folder: Path) -> Built:
        engine = opened(folder)
        watch = _Watch()
        with engine.writer() as writer:
            for prepared in corpus.documents():
                with watch:
                    writer.add(prepared)
            with watch:
                writer.commit({"summary": {}})
        engine.close()
        return Built(watch.wall, watch.cpu, _bytes(folder))

    everything = AllOf((NoneOf(FacetIn("role", frozenset({"heading"}))),))
    region = AllOf((*everything.parts, FacetIn("region", frozenset({REGION}))))

    def ask(folder: Path, themes: list[Theme]) -> Asked:
        def search(engine: Engine, theme: Theme) -> int:
            found = engine.search(theme.clause(engine.vocabulary), scope=All(), limit=LIMIT)
            return found.total

        def filtered(engine: Engine, theme: Theme) -> int:
            clause = theme.clause(engine.vocabulary)
            return engine.search(clause, scope=region, limit=LIMIT).total

        def groups(by: Sequence[str]) -> Callable[[Engine, Theme], int]:
            def count(engine: Engine, theme: Theme) -> int:
                clause = theme.clause(engine.vocabulary)
                return len(engine.tally([clause], scope=everything, by=by).clauses[0])

            return count

        questions = {
            "theme": search,
            "filtered": filtered,
            "groups": groups(["region"]),
            "groups of two facets": groups(["region", "party"]),
        }
        asked = _asked(lambda: opened(folder), questions, themes)
        engine = opened(folder)
        begun = time.process_time()
        clauses = [theme.clause(engine.vocabulary) for theme in themes]
        engine.tally(clauses, scope=everything, by=["region", "party"])
        asked.times["all themes"] = (1000 * (time.process_time() - begun),) * 2
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
        database.execute(
            "create table passages(id integer primary key, document text, region text,"
            " party text, role text, length integer, data text)"
        )
        number = 0
        for prepared, lemmas in _with_lemmas(corpus):
            with watch:
                rows, words = [], []
                region, party = prepared.document.region, prepared.document.party
                code = region.value.code if region else ""
                for passage, text in zip(prepared.passages, lemmas, strict=True):
                    number += 1
                    data = json.dumps(passage_record(passage), ensure_ascii=False)
                    name = party.value if party else ""
                    role = passage.role.value
                    size = len(text)
                    rows.append((number, prepared.document.id, code, name, role, size, data))
                    facets = f"region{code.replace('-', '')} role{role}"
                    words.append((number, passage.text, " ".join(text), facets))
                database.executemany("insert into passages values (?, ?, ?, ?, ?, ?, ?)", rows)
                database.executemany(
                    "insert into words(rowid, forms, lemmas, facets) values (?, ?, ?, ?)", words
                )
        with watch:
            database.commit()
    return Built(watch.wall, watch.cpu, _bytes(folder))


def _with_lemmas(corpus: SyntheticCorpus) -> Iterator[tuple[Prepared, list[list[str]]]]:
    for prepared, (_, texts) in zip(corpus.documents(), corpus.texts(), strict=True):
        yield prepared, [[word.lemma for word in text] for text in texts]


def _match(theme: Theme) -> str:
    phrases = [f'"{one} {other}"' for one, other in theme.phrases]
    words = " OR ".join([*(f'"{lemma}"' for lemma in theme.lemmas), *phrases])
    return f"{{forms lemmas}} : ({words})"


def _fts_ask(folder: Path, themes: list[Theme]) -> Asked:
    ranked = (
        "select p.data from words join passages p on p.id = words.rowid"
        " where words match ? order by bm25(words, 1, 1, 0) limit 20"
    )
    grouped = (
        "select {0}, count(*), count(distinct p.document), sum(p.length)"
        " from words join passages p on p.id = words.rowid where words match ? group by {0}"
    )

    def rows(sql: str, more: str = "") -> Callable[[sqlite3.Connection, Theme], int]:
        return lambda database, theme: len(
            database.execute(sql, (_match(theme) + more,)).fetchall()
        )

    def search(database: sqlite3.Connection, theme: Theme) -> int:
        rows(ranked)(database, theme)
        counted = database.execute(
            "select count(*) from words where words match ?", (_match(theme),)
        )
        return int(counted.fetchone()[0])

    questions = {
        "theme": search,
        "filtered": rows(ranked, f" AND facets : region{REGION.replace('-', '')}"),
        "groups": rows(grouped.format("p.region")),
        "groups of two facets": rows(grouped.format("p.region, p.party")),
    }
    return _asked(lambda: sqlite3.connect(folder / "fts.db"), questions, themes)


# tantivy without progsearch


def _bare_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("passage", "document", "region", "party", "role"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="raw", index_option="position")
    builder.add_unsigned_field("words", fast=True)
    builder.add_bytes_field("data", stored=True)
    index = tantivy.Index(builder.build(), str(folder))
    watch = _Watch()
    writer = index.writer(128_000_000, 1)
    for prepared in corpus.documents():
        with watch:
            region, party = prepared.document.region, prepared.document.party
            for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
                record = tantivy.Document()
                record.add_text("passage", passage.id)
                record.add_text("document", passage.document)
                record.add_text("region", region.value.code if region else "")
                record.add_text("party", party.value if party else "")
                record.add_text("role", passage.role.value)
                record.add_unsigned("words", posting.words)
                data = json.dumps(passage_record(passage), ensure_ascii=False)
                record.add_bytes("data", data.encode())
                tokens = [
                    tantivy.Token(key, place, 0, 0)
                    for place, keys in enumerate(posting.text)
                    for key in keys
                ]
                record.add_pre_tokenized_text("text", tantivy.PreTokenizedString("", tokens))
                writer.add_document(record)
    with watch:
        writer.commit()
        writer.wait_merging_threads()
    return Built(watch.wall, watch.cpu, _bytes(folder))


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

    def nothing(at: tuple[Any, Any], theme: Theme) -> int:  # noqa: ARG001
        return 0

    questions = {
        "theme": ranked,
        "filtered": filtered,
        "groups": nothing,
        "groups of two facets": nothing,
    }
    asked = _asked(opened, questions, themes)
    for name in ("groups", "groups of two facets", "one by one"):
        del asked.times[name]
    return asked


# ripgrep over the texts


def _files_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    watch = _Watch()
    for prepared in corpus.documents():
        file = folder / f"{prepared.document.id}.txt"
        text = "\n".join(passage.text for passage in prepared.passages)
        with watch:
            file.write_text(text, encoding="utf-8")
    return Built(watch.wall, watch.cpu, _bytes(folder))


def _files_ask(folder: Path, themes: list[Theme]) -> Asked:
    program = shutil.which("rg")
    if program is None:
        raise FileNotFoundError("rg")

    def search(_: object, theme: Theme) -> int:
        # Nobody gives grep all forms: stems and what may follow them.
        words = "|".join(rf"\b{lemma}\w*" for lemma in theme.lemmas)
        command = [program, "--no-config", "--count-matches", "--no-filename", words, str(folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return sum(map(int, done.stdout.split()))

    questions = dict.fromkeys(("theme", "groups of two facets"), search)
    asked = _asked(lambda: None, questions, themes)
    for name in ("groups of two facets", "one by one"):
        del asked.times[name]
    return asked


RUNS: dict[str, Run] = {
    "SQLite FTS5": Run(_fts_build, _fts_ask),
    "whoosh": _engine_run("whoosh"),
    "whoosh, public interface": _engine_run("whoosh", plain=True),
    "tantivy": _engine_run("tantivy"),
    "tantivy, bare library": Run(_bare_build, _bare_ask),
    "ripgrep": Run(_files_build, _files_ask),
}
"""What is run, in the order of the table; the first is what the others are held against."""
