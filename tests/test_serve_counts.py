"""The numbers beside filters, and addresses that ask only half of something."""

from __future__ import annotations

import json
import re
import shutil

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from serving import run, served

TEXT = "---\nlang: cs\nparty: {}\n---\n\nPostavíme nové silnice v celém kraji.\n\nOpravíme školy.\n"
NOTES = {
    "en": "The numbers count documents that repeat another, too",
    "cs": "Čísla počítají i dokumenty, které opakují jiný",
    "sv": "Talen räknar även dokument som upprepar ett annat",
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A server of an index in which a document repeats another."""
    place = tmp_path_factory.mktemp("copied")
    (place / "corpus").mkdir()
    for name, party in (("a", "A"), ("b", "A"), ("c", "B")):
        (place / "corpus" / f"{name}.md").write_text(TEXT.format(party), "utf-8")
    run("ingest", place / "corpus", "--index", place / "index", "-q")
    with served(place / "index") as server:
        server.folder = place / "index"
        yield server


def parties(page):
    """The numbers beside the values of the filter of parties."""
    found = re.findall(r'name="party" value="([^"]+)".*?class="counts">(\d+)', page)
    return {name: int(number) for name, number in found}


def counted(server, *words):
    rows = json.loads(run("count", "--by", "party", "-f", "json", "--index", server.folder, *words))
    return {row["party"]: row["passages"] for row in rows["counts"]}


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("/search?q=silnice&duplicates=once", ()),
        ("/search?q=silnice", ("--duplicates", "keep")),
        ("/compare?q=silnice&by=party", ()),
        ("/compare?q=silnice&by=party&duplicates=keep", ("--duplicates", "keep")),
    ],
)
def test_the_numbers_beside_filters_are_those_of_count(copied, address, command):
    page = copied.ask(f"{address}&ui=en").text
    assert parties(page) == counted(copied, *command, "silnice")
    explained = address == "/search?q=silnice"
    assert (NOTES["en"] in page) is explained


@pytest.mark.parametrize("ui", ["en", "cs", "sv"])
def test_where_they_are_not_it_is_said_and_led_to(copied, ui):
    page = copied.ask(f"/search?q=silnice&party=A&ui={ui}").text
    assert NOTES[ui] in page
    way = re.search(rf"{NOTES[ui]}.*?href=\"([^\"]+)\"", page)[1].replace("&amp;", "&")
    once = copied.ask(way).text
    assert NOTES[ui] not in once
    assert parties(once) == {"A": 1, "B": 1}


def test_nothing_is_said_of_copies_that_are_not_there(copied, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").write_text(TEXT.format("A"), "utf-8")
    run("ingest", tmp_path / "corpus", "--index", tmp_path / "index", "-q")
    with served(tmp_path / "index") as server:
        assert NOTES["en"] not in server.ask("/search?q=silnice&ui=en").text
    shutil.rmtree(tmp_path / "index")


@pytest.mark.parametrize(
    ("path", "status", "what"),
    [
        ("/diff?of=party%3DA", 400, "one of the two parts is missing"),
        ("/diff?with=party%3DA", 400, "one of the two parts is missing"),
        ("/follow?of=party%3DA", 400, "one of the two parts is missing"),
        ("/match?of=party%3DA", 400, "one of the two parts is missing"),
        ("/diff.csv?of=party%3DA", 400, "one of the two parts is missing"),
        ("/sheet?of=party%3DA", 400, "one of the two parts is missing"),
        ("/basket?only=some", 400, "not a choice"),
        ("/sheet?only=some", 400, "not a choice"),
        ("/search?q=silnice&page=40&ui=en", 200, "Nothing on this page."),
        ("/search?q=nikdo&ui=en", 200, "No passage matches."),
        ("/match?by=party", 200, ""),
        ("/diff", 200, ""),
    ],
)
def test_what_is_half_asked_is_no_answer(copied, path, status, what):
    answer = copied.ask(path)
    assert answer.status == status
    assert what in answer.text
