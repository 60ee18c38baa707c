"""What diff, follow and match share: their sides, filters, caveats, pages and functions."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from promises_making import HEAD, NEW, OLD, rows, run

import progsearch
from progsearch.errors import ProgsearchError
from progsearch.promises.asked import Sides, is_part, part_of, part_text
from progsearch.report import UI_LANGUAGES
from progsearch.scope import Filters


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("a/b/old", "a/b/new"), "old → new"),
        (("/a/p.md", "/a/r/x.md, /a/r/y.md"), "p.md → r/x.md, r/y.md"),
        (("old.md", "new.md"), "old.md → new.md"),
        (("/a/p.md", "r.md"), "/a/p.md → r.md"),
        (("/a/p.md", "b/r.md"), "/a/p.md → b/r.md"),
        (("party=S,year=2013", "party=S"), "party=S,year=2013 → party=S"),
    ],
)
def test_a_title_has_no_folders_that_all_files_share(names, title):
    assert Sides(None, None, names).title == title


@pytest.mark.parametrize("format_", ["json", "md"])
def test_every_format_has_the_caveats(files, format_):
    for words in (("diff", "old.md", "new.md"), ("follow", "old.md", "report.md")):
        text = run(*words, "-f", format_)[0]
        assert "yours to judge" in text or "no change" in text
    found = json.loads(run("diff", "old.md", "new.md", "-f", "json")[0])
    assert found


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("diff", "old.md"), "1 paths instead of two"),
        (("diff", "old.md", "new.md", "--save", "r.toml"), "a question to an index"),
        (("follow", "old.md"), "a programme and its reports"),
        (("match", "--with", "B"), "with whom"),
        (("match",), "whose promises"),
    ],
)
def test_what_cannot_be_asked(files, words, told):
    with pytest.raises(ProgsearchError) as error:
        run(*words)
    assert told in str(error.value)


def test_parts_have_all_filters():
    found = part_of("--of", "party=S,year=2013,year=2014,promises=yes,since=2012", Filters())
    assert found.party == ("S",)
    assert found.year == ("2013", "2014")
    assert found.promises
    assert str(found.since) == "2012"
    for wrong, told in (("promises=perhaps", "promises=yes"), ("pary=A", "did you mean party")):
        with pytest.raises(ProgsearchError) as error:
            part_of("--of", wrong, Filters())
        assert told in str(error.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("party=A,year=2020", True),
        ('"party=A, B",year=2020', True),
        (' "party = A"', True),
        ("A = B; 100%", False),
        ("pary=A", False),
        ("party", False),
    ],
)
def test_a_name_with_a_sign_in_it_is_no_part(text, part):
    assert is_part(text) is part


def test_a_comma_without_quotation_marks_is_told_how_to_be_written():
    with pytest.raises(ProgsearchError) as error:
        part_of("--of", "party=A, B,year=2020", Filters())
    assert '"party=A, B",year=2020' in str(error.value)


@given(st.lists(st.text("ab,\"' =;", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_a_part_is_read_as_it_is_written(values):
    assert list(part_of("--of", part_text("party", values), Filters()).party) == values


def test_what_has_no_date_is_said_to_be_left_out_of_both_sides(files):
    corpus = files / "corpus"
    corpus.mkdir()
    for name, text, party in (("old", OLD, "A"), ("new", NEW, "B")):
        head = HEAD.format(title=name, party=party)
        cut = f"- {party} sníží daně."
        dated = head.replace("lang:", "date: 2024-05-01\nlang:")
        (corpus / f"{name}.md").write_text(dated + text, encoding="utf-8")
        (corpus / f"{name}-2.md").write_text(head + cut, encoding="utf-8")
    run("ingest", "corpus", "-q")
    line = "1 passage of documents without a date left out by --since 2024"
    sides = ("--of", "party=A", "--with", "party=B", "--since", "2024")
    for command in ("diff", "follow", "match"):
        said = run(command, *sides)[1]
        assert f"party=A: {line}" in said
        assert f"party=B: {line}" in said
    many = "2 passages of documents without a date left out by --since 2024"
    assert many in run("match", "--by", "party", "--since", "2024")[1]
    with pytest.raises(ProgsearchError, match=r"new\.md: there is no passage on this side; 6 pass"):
        run("diff", "new.md", "old.md", "--since", "2024")


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "--of", "party=A", "--with", "party=B"),
        ("follow", "--of", "party=A", "--with", "party=B"),
        ("match", "--of", "party=A", "--with", "party=B"),
    ],
    ids=lambda words: words[0],
)
def test_what_repeats_another_document_is_left_out_and_told(index, words):
    alone = rows(*words)
    shutil.copy(index / "corpus" / "old.md", index / "corpus" / "once more.md")
    run("ingest", "corpus", "--quiet")
    out, said = run(*words, "-f", "csv")
    assert list(csv.DictReader(io.StringIO(out))) == alone
    assert "1 document that repeats another was left out (--duplicates keep)" in " ".join(
        run(*words, "-f", "json")[0].split()
    )
    assert len(rows(*words, "--duplicates", "keep")) > len(alone) or words[0] == "match"
    assert said == run(*words, "-f", "csv")[1]


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_pages_of_promises(index, lang):
    for words in (
        ("diff", "old.md", "new.md"),
        ("follow", "old.md", "report.md"),
        ("match", "--by", "party"),
        ("match", "--party", "A", "--with", "B"),
    ):
        run(*words, "--html", "p.html", "--ui-lang", lang)
        page = (index / "p.html").read_text(encoding="utf-8")
        assert f'<html lang="{lang}">' in page
        assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
        assert "<script" not in page
        assert "<mark" in page or "--by" in words


def test_the_front_door(index):
    changed = progsearch.diff("old.md", "new.md")
    assert {row.change for row in changed} == {"kept", "reworded", "dropped", "new"}
    assert changed.notes
    followed = progsearch.follow("old.md", "report.md")
    assert [row.status for row in followed if row.status] == ["kept", "partly"]
    with progsearch.open("index") as opened:
        assert [row.change for row in opened.diff("party=A", "party=B")] == [
            row.change for row in changed
        ]
        assert opened.match(by="party")[0].rank == 1
        assert opened.follow("party=A", "party=B")[0].rank == 1
