"""What progsearch is held against: SQLite, the bare tantivy library and ripgrep."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.corpus import SyntheticCorpus, Theme
from benchmarks.engines_asked import (
    LIMIT,
    REGION,
    Asked,
    Built,
    Run,
    Watch,
    asked_of,
    batches,
    bytes_of,
)
from progsearch.engine import FACETS, Posting, Prepared
from progsearch.matching import facets_of
from progsearch.model import Passage
from progsearch.records import passage_record


def _fts_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    watch = Watch()
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
        for batch in batches(_with_lemmas(corpus)):
            with watch:
                for prepared, lemmas in batch:
                    number = _fts_add(database, number, prepared, lemmas)
        with watch:
            database.commit()
    return Built(watch.wall, watch.cpu, bytes_of(folder))


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
    asked = asked_of(
        lambda: sqlite3.connect(folder / "fts.db"),
        lambda _, theme: _match(theme),
        questions,
        themes,
    )
    asked.times["all themes"] = (asked.times["groups of two facets"][0] * len(themes),) * 2
    return asked


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
    watch = Watch()
    writer = index.writer(128_000_000, 1)
    for batch in batches(corpus.documents()):
        with watch:
            for prepared in batch:
                for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
                    writer.add_document(_bare_record(tantivy, prepared, passage, posting))
    with watch:
        writer.commit()
        writer.wait_merging_threads()
    return Built(watch.wall, watch.cpu, bytes_of(folder))


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
    asked = asked_of(opened, lambda _, theme: theme, questions, themes)
    asked.times["all themes"] = (asked.times["groups of two facets"][0] * len(themes),) * 2
    return asked


def _files_build(corpus: SyntheticCorpus, folder: Path) -> Built:
    watch = Watch()
    for batch in batches(corpus.documents()):
        with watch:
            for prepared in batch:
                file = folder / f"{prepared.document.id}.txt"
                text = "\n".join(passage.text for passage in prepared.passages)
                file.write_text(text, encoding="utf-8")
    return Built(watch.wall, watch.cpu, bytes_of(folder))


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

    return asked_of(lambda: None, lambda _, theme: theme, {"theme": search}, themes)


FTS = Run(_fts_build, _fts_ask)
BARE = Run(_bare_build, _bare_ask)
FILES = Run(_files_build, _files_ask)
