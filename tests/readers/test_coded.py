"""Programmes and agendas coded by hand: units stay units and codes are kept."""

from __future__ import annotations

import pytest
from files_making import blocks, documents
from reading import assert_law

from progsearch.engine.memory import MemoryEngine
from progsearch.ingest import ingest
from progsearch.model import Fact, Origin
from progsearch.query import parse
from progsearch.search import Index
from progsearch.segmentation import segment
from progsearch.settings import Settings

MANIFESTO = (
    '"text","cmp_code","eu_code"\n'
    '"Volební program","H","NA"\n'
    '"Chceme lepší nemocnice.","504","NA"\n'
    '"Postavíme školy.","506",""\n'
    '"Úvod bez kódu.","NA","NA"\n'
    '"Jsme pro Evropu.","108","101"\n'
)


def read(data, name, **tables):
    found = documents(name, data.encode("utf-8"), tables=tables)
    for raw in found:
        assert_law(raw)
    return found


def labels(raw):
    cut = segment(raw, "d", lang=Fact("cs", Origin.STATED)).passages
    return [(one.line, one.role.value, one.label) for one in cut]


def test_quasi_sentences_keep_their_codes():
    (raw,) = read(MANIFESTO, "82220_201710.csv")
    assert raw.format == "manifesto"
    assert labels(raw) == [
        (2, "heading", ""),
        (3, "statement", "504"),
        (4, "statement", "506"),
        (5, "statement", ""),
        (6, "statement", "108"),
    ]
    assert raw.meta["eu_codes"] == {"6": "101"}


def test_the_name_of_the_file_states_party_date_and_country():
    (raw,) = read(MANIFESTO, "82220_201710.csv")
    assert raw.meta["party"] == raw.meta["party_code"] == "82220"
    assert (raw.meta["date"], raw.meta["country"]) == ("2017-10", "CZ")
    (raw,) = read(MANIFESTO, "82220_201710.csv", values={"party": {"82220": "Strana A"}})
    assert (raw.meta["party"], raw.meta["title"]) == ("Strana A", "Strana A 2017-10")
    (raw,) = read(MANIFESTO, "program.csv")
    assert "party" not in raw.meta


@pytest.mark.usefixtures("one_process")
def test_codes_can_be_searched_and_counted(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "82220_201710.csv").write_text(MANIFESTO, encoding="utf-8")
    engine = MemoryEngine()
    assert [one.status for one in ingest(engine, [folder], Settings())] == ["added"]
    index = Index.of(engine)
    hits = list(index.search(parse("cmp_code:504")).hits)
    assert [hit.passage.text for hit in hits] == ["Chceme lepší nemocnice."]
    assert [hit.passage.label for hit in index.search(parse("nemocnice label:506")).hits] == []
    counted = index.tally(parse("nemocnice"), by=["label"])
    assert {group: one.passages for group, one in counted.of.items()} == {
        ("",): 1,
        ("108",): 1,
        ("504",): 1,
        ("506",): 1,
    }
    assert set(counted.found) == {("504",)}


def test_agendas_are_documents_by_year():
    data = (
        "id,year,major_topic,description\n"
        "1,2019,3,Hospitals need doctors.\n"
        "2,2020,10,Trains shall run on time.\n"
        "3,2019,3,Nurses need better pay.\n"
    )
    first, second = read(data, "cap.csv")
    assert first.format == "cap"
    assert (first.part, first.meta["date"], first.meta["topic"]) == ("#2019", "2019", "3")
    assert labels(first) == [(2, "statement", "3"), (4, "statement", "3")]
    assert blocks(second) == [("paragraph", 0, "Trains shall run on time.")]


def test_a_header_in_a_text_does_not_make_it_a_table():
    (raw,) = documents("t.txt", b"The column cmp_code is described below.\n\nIt holds codes.\n")
    assert raw.format == "plaintext"
