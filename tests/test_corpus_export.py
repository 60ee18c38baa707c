"""An index written as rows and read again is the same index."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pytest
from files_making import documents, docx, listed, paragraph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from test_records import documents as any_documents
from test_records import passages as any_passages

from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.export.corpus import corpus_rows, write_jsonl, write_parquet
from progsearch.flatrows import COLUMNS, flat_rows, ready_from
from progsearch.ingest import ingest
from progsearch.model import ReadyDocument
from progsearch.query import parse
from progsearch.search import Index
from progsearch.settings import Settings
from progsearch.state import summary_of

pytestmark = pytest.mark.usefixtures("one_process")

TEXTS = st.lists(
    st.sampled_from(
        (
            "# Péče o zdraví\n\n",
            "Chceme dostatek lékařů ve všech nemocnicích našeho kraje.\n\n",
            "- Zkrátíme čekání na vyšetření.\n",
            "Vården behöver fler läkare på alla sjukhus i länet.\n\n",
            "> „Slib je slib,“ řekla Jana Nová (Strana A), lékařka.\n\n",
            "\r\n  \n",
        )
    ),
    min_size=1,
    max_size=8,
).map("".join)
HEADS = st.sampled_from(
    ("", "---\ntitle: A\ngarant: jana.nova\nnew: 1\n---\n", "---\ndate: x\n---\n")
)


def ingested(folder):
    engine = MemoryEngine()
    problems = [one for one in ingest(engine, [folder], Settings()) if one.status == "failed"]
    return engine, problems


@settings(
    max_examples=examples(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(files=st.lists(st.tuples(HEADS, TEXTS), min_size=1, max_size=4))
def test_json_lines_give_the_same_index(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("in") / "corpus"
    folder.mkdir()
    for number, (head, text) in enumerate(files):
        (folder / f"{number}.md").write_text(head + text, encoding="utf-8", newline="")
    first, _ = ingested(folder)
    out = io.StringIO()
    write_jsonl(corpus_rows(first), out)
    again = tmp_path_factory.mktemp("out") / "export"
    again.mkdir()
    (again / "corpus.jsonl").write_text(out.getvalue(), encoding="utf-8")
    if not list(first.documents()):
        return
    second, problems = ingested(again)
    assert problems == []
    assert list(second.documents()) == list(first.documents())
    for document in first.documents():
        assert second.passages(document.id) == first.passages(document.id)
    assert second.vocabulary.forms == first.vocabulary.forms
    assert summary_of(second).copies == summary_of(first).copies
    for query in ("lékař", "vård", "nemocnice NEAR/3 kraj"):
        found = [list(Index.of(one).search(parse(query)).hits) for one in (first, second)]
        assert [hit.passage for hit in found[0]] == [hit.passage for hit in found[1]]
        assert [hit.score for hit in found[0]] == [hit.score for hit in found[1]]


@given(any_documents, st.lists(any_passages, max_size=4))
def test_rows_hold_all_that_a_document_has(document, passages):
    passages = tuple(
        replace(one, document=document.id, number=number, speaker=None)
        for number, one in enumerate(passages, 1)
    )
    document = replace(document, between=("x",) * (len(passages) + 1))
    rows = [json.loads(json.dumps(row)) for row in flat_rows(document, passages)]
    assert all(list(row) == list(COLUMNS) for row in rows)
    assert ready_from(rows) == ReadyDocument(document, passages)


def made():
    return docx(paragraph("Péče", "Nadpis1") + paragraph("Text.") + listed("Bod."))


def test_parquet_has_the_same_rows(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.docx").write_bytes(made())
    (folder / "b.md").write_text("---\ntitle: B\nx: 1\n---\nText.\n", encoding="utf-8")
    engine, _ = ingested(folder)
    count = write_parquet(corpus_rows(engine), tmp_path / "c.parquet")
    rows = parquet.read_table(tmp_path / "c.parquet").to_pylist()
    wanted = [{**row, "extra": json.dumps(row["extra"])} for row in corpus_rows(engine)]
    assert count == len(rows) == 4
    assert rows == wanted


def _rows():
    (raw,) = documents("a.docx", made())
    from progsearch.model import Document, Fact, Origin, document_id
    from progsearch.segmentation import segment

    lang = Fact("cs", Origin.STATED)
    ident = document_id("corpus/a.docx")
    cut = segment(raw, ident, lang=lang)
    document = Document(ident, "corpus/a.docx", "docx", "h", "b", "T", lang, between=cut.between)
    return [json.dumps(row) for row in flat_rows(document, cut.passages)]


def changed(rows, key, value):
    """The rows with another value in the second."""
    return [rows[0], json.dumps({**json.loads(rows[1]), key: value}), *rows[2:]]


@pytest.mark.parametrize(
    ("change", "what", "line"),
    [
        (lambda rows: [rows[0], rows[2]], "rows of corpus/a.docx are missing", 1),
        (lambda rows: [rows[0], "{", *rows[1:]], "not JSON", 2),
        (lambda rows: [rows[0], rows[1].replace("corpus 2", "corpus 0")], "not a row", 2),
        (lambda rows: [row.replace('"role": "', '"role": "x') for row in rows], "ValueError", 1),
        (lambda rows: [row.replace('"text":', '"txt":') for row in rows], "text: is missing", 1),
        *(
            (lambda rows, key=key, value=value: changed(rows, key, value), f"{key}: {what}", 2)
            for key, value, what in (
                ("path", "", "is empty"),
                ("path", "/etc/passwd", "is no path"),
                ("path", "a\x1b[2J", "is no path"),
                ("path", 3, "is not a text"),
                ("label", {}, "is not a text"),
                ("page", -1, "is not a number"),
                ("page", True, "is not a number"),
                ("line", 10**12, "is not a number"),
                ("number", 1.5, "is not a number"),
                ("headings", [1], "is not a list of texts"),
                ("headings", "x", "is not a list of texts"),
                ("also", [[1]], "is not a list of pairs"),
                ("people", [{"name": 1}], "is not a list of people"),
                ("extra", [], "is not an object"),
                ("id", "other.1", "'other.1' is not the name of"),
            )
        ),
        (lambda rows: changed(rows, "document", "0" * 10), "is not the name of", 2),
        (
            lambda rows: [
                re.sub('"passages": [0-9]+', '"passages": 2000000000', row) for row in rows
            ],
            "rows of corpus/a.docx are missing",
            1,
        ),
    ],
)
def test_a_broken_export_is_refused_with_the_line(change, what, line):
    with pytest.raises(ProgsearchError, match=what) as caught:
        documents("c.jsonl", "\n".join(change(_rows())).encode())
    assert caught.value.where == f"corpus/c.jsonl:{line}"


def test_a_missing_library_is_named(monkeypatch, tmp_path):
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ProgsearchError) as caught:
        write_parquet([], tmp_path / "c.parquet")
    assert caught.value.remedy == 'run: pip install "progsearch[parquet]"'
