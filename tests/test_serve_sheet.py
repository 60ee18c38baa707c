"""The sheet of ``follow`` coded in the page: kept, blind, and read back by the command."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote, urlencode

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from report_making import Page
from serving import run, served

from progsearch.promises.status import STATUSES
from progsearch.promises.tracker import read_sheet
from progsearch.serve.basket import Basket, Contents, Promise, Verdict

PROGRAMME = """---
title: Programme
party: Lípa
kind: programme
lang: en
---

# Programme

- We will build ten new schools in the county by 2026.
- We will abolish the fee for medical visits of children.
- We will hire two hundred nurses for the hospitals of the region.
- =1+1 we will guarantee free buses for pupils of all schools.
"""
REPORT = """---
title: Report
party: Lípa
kind: news
date: 2024-05-02
lang: en
---

# Report

- Ten new schools in the county are being built, four of them were opened.
- Kept: the fee for medical visits of children was abolished.
- Of two hundred nurses for the hospitals of the region ninety were hired.
"""
PARTS = {"of": "kind=programme", "with": "kind=news"}
ASKED = urlencode(PARTS)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "programme.md").write_text(PROGRAMME, encoding="utf-8")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture
def server(corpus, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("ingest", "corpus", "-q")
    with served(tmp_path / "index") as found:
        yield found


def sheet(server, coder="", more=""):
    answer = server.ask(f"/sheet?{ASKED}{more}", Cookie=f"coder={quote(coder)}")
    assert answer.status == 200
    return Page(answer.text), answer.text


def forms(page):
    """The hidden parts of the form of each promise, in the order of the page."""
    found, at = [], None
    for one in page.elements:
        if one["tag"] == "form":
            at = {"to": one["attrs"]["action"]}
            found.append(at)
        if one["tag"] == "input" and one["attrs"].get("type") == "hidden" and at is not None:
            at[one["attrs"]["name"]] = one["attrs"]["value"]
    return [one for one in found if one.get("do") == "judge"]


def reports(page):
    return [
        one["attrs"]["value"]
        for one in page.all("input")
        if one["attrs"].get("name") == "report" and one["attrs"]["value"]
    ]


def judge(server, coder, place, status, **more):
    page, _ = sheet(server, coder)
    sent = {**forms(page)[place], "status": status, **more}
    sent.pop("to")
    return server.send("/basket", sent, Cookie=f"coder={quote(coder)}")


def told(server, tmp_path, more=""):
    """What the command reads back of the file that the page gives, the nearest passage's rows."""
    file = tmp_path / "taken.csv"
    file.write_bytes(server.ask(f"/sheet.csv?{ASKED}{more}").body)
    words = [f"--{name}={value}" for name, value in PARTS.items()]
    out = run("follow", *words, "--sheet", file, "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    return {row["promise"]: (row["status"], row["status_from"]) for row in reversed(rows)}


def test_an_empty_sheet_is_that_of_the_command(server, tmp_path):
    words = [f"--{name}={value}" for name, value in PARTS.items()]
    run("follow", *words, "--sheet", "s.csv")
    assert server.ask(f"/sheet.csv?{ASKED}").body == (tmp_path / "s.csv").read_bytes()


def test_what_is_judged_is_read_back_by_the_command(server, tmp_path):
    page, _ = sheet(server, "Åsa")
    assert len(forms(page)) == 4
    near = reports(page)[0]
    answer = judge(server, "Åsa", 0, "in progress", report=near)
    assert answer.status == 303
    assert answer.headers["location"].startswith(f"/sheet?{ASKED}#promise-")
    for place, status in ((1, "broken"), (2, "partly"), (3, "no word")):
        assert judge(server, "Åsa", place, status).status == 303
    found = told(server, tmp_path)
    assert [status for status, _ in reversed(found.values())] == [
        "in progress",
        "broken",  # what was entered wins over what the report states
        "partly",
        "no word",
    ]
    assert all(by.startswith("Åsa, 20") for _, by in found.values())
    rows = read_sheet(tmp_path / "taken.csv")
    assert rows[0].report.startswith("Ten new schools")
    assert rows[3].promise.startswith("=1+1")
    # Taken back, it is as if nothing had been said.
    assert judge(server, "Åsa", 1, "").status == 303
    (status,) = {found for text, found in told(server, tmp_path).items() if "medical" in text}
    assert status[0] == "kept"
    assert "the report says" in status[1]


def test_two_judge_blind_and_agree(server, tmp_path):
    for place, status in enumerate(("kept", "kept", "broken", "partly")):
        assert judge(server, "Åsa", place, status).status == 303
    page, text = sheet(server, "Bo")
    assert "Åsa: " not in text
    ticked = [one["attrs"] for one in page.all("input") if "checked" in one["attrs"]]
    assert {one["value"] for one in ticked} == {""}
    assert judge(server, "Bo", 0, "kept").status == 303
    assert judge(server, "Bo", 2, "kept").status == 303
    page, text = sheet(server, "Bo")
    assert text.count("Åsa: ") == 2  # of those that Bo has judged, and of no other
    assert "Bo · Åsa" in [one["text"] for one in page.all("th")]
    assert [one["text"] for one in page.all("td")] == ["2", "1", "0.00"]
    rows = read_sheet_of(server, tmp_path, "&first=Bo&second=%C3%85sa")
    assert [(row.status, row.second) for row in rows] == [
        ("kept", "kept"),
        ("", "kept"),
        ("kept", "broken"),
        ("", "partly"),
    ]
    assert [row.by for row in rows] == ["Bo", "", "Bo", ""]
    page, text = sheet(server, "Bo", "&only=open")
    assert len(forms(page)) == 2
    assert "2 judged by Bo" in text
    seen = server.ask("/basket").text
    assert "4 promises judged" in seen


def read_sheet_of(server, tmp_path, more):
    file = tmp_path / "both.csv"
    file.write_bytes(server.ask(f"/sheet.csv?{ASKED}{more}").body)
    return read_sheet(file)


def test_what_cannot_be_judged(server):
    assert judge(server, "A", 0, "fulfilled").status == 400
    assert judge(server, "A", 0, "kept", report="none.1").status == 400
    assert judge(server, "A", 0, "kept", promise="none.1").status == 400
    assert judge(server, "A", 0, "kept", of="nonsense=1").status == 400
    assert judge(server, "A", 0, "kept", token="x").status == 403
    sent = {**forms(sheet(server, "A")[0])[0], "status": "kept"}
    sent.pop("to")
    assert server.send("/basket", sent).status == 400  # nobody codes
    assert not forms(sheet(server)[0])
    assert server.site.basket.read() == Contents()
    assert server.ask("/sheet").status == 200
    assert server.ask("/sheet?of=nonsense&with=x").status == 400
    assert server.ask("/sheet.csv?of=nonsense&with=x").status == 400


def test_a_promise_that_moved_keeps_what_was_judged(server, corpus, tmp_path):
    assert judge(server, "A", 1, "kept").status == 303
    assert judge(server, "A", 0, "broken").status == 303
    more = PROGRAMME.replace("# Programme\n", "# Programme\n\n- We will keep the libraries open.\n")
    more = more.replace("- We will build ten new schools in the county by 2026.\n", "")
    (corpus / "programme.md").write_text(more, encoding="utf-8")
    run("ingest", "corpus", "-q")
    _, text = sheet(server, "A")
    assert "no longer among these promises" in text
    assert "ten new schools in the county by 2026" in text
    assert [status for status, _ in told(server, tmp_path).values()].count("kept") == 1
    assert judge(server, "A", 1, "partly").status == 303
    found = told(server, tmp_path)
    assert [status for text, (status, _) in found.items() if "medical" in text] == ["partly"]
    assert len(server.site.basket.read().promises) == 2


def test_a_basket_of_before_reads_and_promises_read_back(tmp_path):
    basket = Basket(tmp_path / "index")
    basket.file.write_text('{"version": 1, "items": []}', encoding="utf-8")
    assert basket.read() == Contents()
    verdict = Verdict(STATUSES[0], "2026-01-02T03:04:05+00:00", "r.md", 3, "text\n„x“")
    promise = Promise("a=1", "b=2", "a.1", "f.md", 3, "=text", {"C": verdict})
    with basket.changing() as changed:
        changed.contents = changed.contents.judging(promise, promise.key)
    assert basket.read().promises == (promise,)
