"""Which documents are another version of a text, and the page that says so."""

from __future__ import annotations

import pytest
from report_making import Page
from serving import run, served

from progsearch.api.index import open_index
from progsearch.api.versions import versions_of

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

LINES = [
    "We will build ten new schools in the county.",
    "We will abolish the fee for medical visits of children.",
    "We will hire two hundred nurses for the hospitals of the region.",
    "Every village gets a bus in the morning and one in the evening.",
    "The tax on income is not raised before the next election.",
    "Libraries stay open on Sundays in all towns of the county.",
    "We plant a thousand trees along the roads of the plain.",
]
OTHER = [
    "Whoever works at night gets a longer rest after the shift.",
    "Companies that repair roads have to publish their prices.",
    "Courts decide within a year, and judges are paid better.",
    "Pupils learn a second language from the third class on.",
    "The harbour is dredged, and ferries run through the winter.",
    "Old mines are closed and their water is cleaned for good.",
    "A council of patients has a seat in every hospital board.",
]


def text(lines, party="Lípa", kind="programme", date="2020", title="Programme"):
    head = (
        f"---\ntitle: {title} {date}\nparty: {party}\nkind: {kind}\nlang: en\ndate: {date}\n---\n"
    )
    return head + "\n" + "\n".join(f"- {line}\n" for line in lines)


REWORDED = [line.replace("We will", "In the coming years we will surely") for line in LINES]
CASES = {
    "the next year": (text(REWORDED, date="2024"), True),
    "a longer one": (text([*OTHER, *LINES], date="2024"), True),
    "half and less": (text([*LINES[:3], *OTHER[3:]], date="2024"), False),
    "another text": (text(OTHER, date="2024"), False),
    "another party": (text(REWORDED, party="Dub", date="2024"), False),
    "another kind": (text(REWORDED, kind="news", date="2024"), False),
    "a copy": (text(LINES, date="2024"), False),
}


@pytest.fixture
def made(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def make(**files):
        (tmp_path / "corpus").mkdir()
        for name, body in files.items():
            (tmp_path / "corpus" / f"{name}.md").write_text(body, encoding="utf-8")
        run("ingest", "corpus", "-q")
        return tmp_path / "index"

    return make


@pytest.mark.parametrize("case", CASES)
def test_a_version_is_mostly_the_same(made, case):
    body, version = CASES[case]
    with open_index(made(a=text(LINES), b=body)) as opened, opened.asking() as index:
        first, second = index.engine.documents()
        found = versions_of(index, first)
        assert [one.document.id for one in found] == ([second.id] if version else [])
        if version:
            assert (found[0].same, found[0].of) == (7, 7)
            (back,) = versions_of(index, second)
            assert (back.document.id, back.same, back.of) == (first.id, 7, 7)


def test_without_a_party_the_name_tells_what_to_look_at(made):
    def nameless(lines, title):
        return text(lines, title=title, date="2020").replace("party: Lípa\n", "")

    folder = made(
        a=nameless(LINES, "Plan"), b=nameless(REWORDED, "Plan 2"), c=nameless(REWORDED[::-1], "X")
    )
    with open_index(folder) as opened, opened.asking() as index:
        first, second, _ = index.engine.documents()
        assert [one.document.id for one in versions_of(index, first)] == [second.id]


def test_the_page_names_the_version_and_leads_to_what_changed(made):
    changed = [REWORDED[0].replace("ten", "twenty"), *REWORDED[1:]]
    with served(made(a=text(LINES), b=text(changed, date="2024"))) as server:
        with server.site.fresh.index() as opened, opened.asking() as index:
            old, new = index.engine.documents()
        for one in (old, new):
            page = server.ask(f"/document/{one.id}").text
            assert "Another version of the text" in page
            ways = [way["attrs"]["href"] for way in Page(page).all("a")]
            (way,) = [way for way in ways if way.startswith("/diff?")]
            assert way == f"/diff?of=document%3D{old.id}&with=document%3D{new.id}"
        answer = server.ask(way).text
        assert "reworded" in answer
        (line,) = [
            one["text"] for one in Page(answer).elements if one["attrs"].get("id") == "command"
        ]
        told = run(*line.split()[1:], "-f", "csv")
        assert server.ask(way.replace("/diff?", "/diff.csv?")).text == told
        assert len(told.splitlines()) == 8
