"""What is kept between runs: it changes no answer, and is never trusted further than it may be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from kept_making import WORDS

from progsearch import kept, wordtable
from progsearch.analysis import DictionaryLexicon, Entry
from progsearch.engine.vocabulary import entry_from, entry_record
from progsearch.postings import Analysis
from progsearch.wordtable import WordTable

owned = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows tells no owner")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"PROGSEARCH_CACHE": "/a/b"}, Path("/a/b")),
        ({"PROGSEARCH_CACHE": "", "HOME": "/home/x", "LOCALAPPDATA": "C:\\x"}, None),
        ({}, None),
    ],
)
def test_the_folder_is_named_by_the_environment(environment, expected):
    assert kept.folder(environment) == expected


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these have places of their own")
def test_the_folder_is_where_the_system_keeps_such_things():
    assert kept.folder({"HOME": "/home/x"}) == Path("/home/x/.cache/progsearch")
    assert kept.folder({"HOME": "/home/x", "XDG_CACHE_HOME": "/c"}) == Path("/c/progsearch")
    # A relative one is to be ignored, says the specification.
    relative = {"HOME": "/home/x", "XDG_CACHE_HOME": "c"}
    assert kept.folder(relative) == Path("/home/x/.cache/progsearch")


def test_what_is_kept_comes_back_for_what_it_was_made_of_and_for_nothing_else(place):
    assert kept.load("forms", "one") is None
    kept.keep("forms", "one", b"data \n data")
    assert kept.load("forms", "one") == b"data \n data"
    assert kept.load("forms", "two") is None
    assert kept.load("other", "one") is None
    kept.keep("forms", "two", b"")
    assert kept.load("forms", "one") is None
    assert kept.load("forms", "two") == b""
    assert [file.name for file in place.iterdir()] == ["forms"]


def test_parts_are_told_apart():
    assert kept.digest(b"ab", b"c") != kept.digest(b"a", b"bc")


DAMAGES = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[:-3],
    "one byte of the body": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "one byte of the head": lambda data: bytes([data[0] ^ 1]) + data[1:],
    "another format": lambda data: data.replace(b"kept 1", b"kept 0", 1),
    "text": lambda data: b"hello\nhello\n",
    "pickle": lambda data: b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    "longer": lambda data: data + b"x",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_as_if_it_were_not_there(place, damage):
    kept.keep("forms", "one", b"data" * 1000)
    file = place / "forms"
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert kept.load("forms", "one") is None
    kept.keep("forms", "one", b"new")
    assert kept.load("forms", "one") == b"new"


def test_no_more_is_unpacked_than_may_be(place, monkeypatch):
    kept.keep("forms", "one", bytes(100_000))
    monkeypatch.setattr(kept, "MAX_BYTES", 50_000)
    assert kept.load("forms", "one") is None


@owned
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_others_may_write_is_not_read(place, what):
    kept.keep("forms", "one", b"data")
    changed = place if what == "folder" else place / "forms"
    changed.chmod(changed.stat().st_mode | 0o022)
    assert kept.load("forms", "one") is None


@owned
def test_a_link_is_not_followed(place, tmp_path):
    kept.keep("forms", "one", b"data")
    (place / "forms").rename(tmp_path / "elsewhere")
    (place / "forms").symlink_to(tmp_path / "elsewhere")
    assert kept.load("forms", "one") is None


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("in the way")
    monkeypatch.setenv(kept.VARIABLE, str(file / "kept"))
    kept.keep("forms", "one", b"data")
    assert kept.load("forms", "one") is None
    monkeypatch.setenv(kept.VARIABLE, "")
    kept.keep("forms", "one", b"data")
    assert kept.load("forms", "one") is None


def test_processes_at_a_time_leave_whole_files(place):
    code = (
        "import sys\n"
        "from progsearch import kept\n"
        "for n in range(40):\n"
        "    kept.keep('forms', 'one', sys.argv[1].encode() * 50_000)\n"
        "    found = kept.load('forms', 'one')\n"
        "    assert found is None or len(set(found)) == 1 and len(found) == 50_000, found[:9]\n"
    )
    made = [subprocess.Popen([sys.executable, "-c", code, letter]) for letter in "abc"]
    assert [process.wait() for process in made] == [0, 0, 0]
    assert len(set(kept.load("forms", "one"))) == 1
    assert [file.name for file in place.iterdir()] == ["forms"]


@pytest.mark.parametrize(
    "entry",
    [Entry(("a",)), Entry(("být", "je"), (), "dictionary"), Entry(("a", "b"), ("c", "d"), "x")],
)
def test_an_entry_comes_back_from_its_record(entry):
    assert entry_from(entry_record(entry)) == entry


def entries(table):
    return {
        (lang, form): table.of(lang).of(form.lower()).entry
        for lang, forms in WORDS.items()
        for form in forms.split()
    }


def test_kept_forms_are_those_of_the_dictionaries(place, monkeypatch):
    lexicon = DictionaryLexicon()
    table = WordTable()
    made = entries(table)
    assert made == {key: lexicon.entry(key[1].lower(), key[0]) for key in made}
    wordtable.keep([table.fresh()])
    assert {"forms-cs", "forms-en", "forms-sv"} <= {file.name for file in place.iterdir()}
    monkeypatch.setattr(wordtable, "analysed", lambda lang: pytest.fail)
    again = WordTable()
    assert entries(again) == made
    assert not again.fresh()
    for lang, form in made:
        one, other = (each.of(lang).of(form.lower()) for each in (table, again))
        assert (one.keys, one.line, one.others) == (other.keys, other.line, other.others)


def test_forms_that_come_later_are_kept_beside_the_others(place, monkeypatch):
    wordtable.keep([{"cs": ["jedna\tjedna\t\tdictionary"]}, {"cs": ["dvě\tdva\x1fdvě\t\tx"]}])
    wordtable.keep([{"cs": ["tři\ttři\t\tdictionary", "jedna\tjeden\x1fjedna\t\tx"]}])
    words = WordTable().of("cs")
    assert words.of("dvě").entry == Entry(("dva", "dvě"), (), "x")
    assert words.of("jedna").entry == Entry(("jeden", "jedna"), (), "x")
    assert words.of("tři").entry.keys == ("tři",)
    monkeypatch.setattr(wordtable, "REMEMBERED", 2)
    wordtable.keep([{"cs": ["čtyři\tčtyři\t\tdictionary"]}])
    assert list(wordtable._kept("cs")) == ["tři", "čtyři"]


@pytest.mark.parametrize(
    "body", [b"", b"one", b"one\n\n", b"a\nb\n\nx\t\ty", b"\xff\n\n\xff", b"a\n\nx\ty"]
)
def test_what_is_no_list_of_forms_is_not_used(place, body):
    kept.keep("forms-cs", wordtable.made_of("cs"), body)
    assert WordTable().of("cs").of("nemocnicím").entry == DictionaryLexicon().entry(
        "nemocnicím", "cs"
    )


def test_forms_of_other_data_are_never_used(place, monkeypatch):
    wordtable.keep([{"cs": ["nemocnicím\twrong\t\tdictionary"]}])
    assert WordTable().of("cs").of("nemocnicím").entry.keys == ("wrong",)
    made_of = wordtable.made_of
    for change in ("data_version", "unicodedata"):
        with monkeypatch.context() as patch:
            made_of.cache_clear()
            if change == "data_version":
                patch.setattr(wordtable, "data_version", lambda: "next")
            else:
                patch.setattr(wordtable.unicodedata, "unidata_version", "99")
            assert "nemocnice" in WordTable().of("cs").of("nemocnicím").entry.keys
    made_of.cache_clear()


def test_a_language_that_nobody_asked_for_is_not_looked_up(place):
    table = WordTable()
    assert table.of("cs", asked=False).of("nemocnicím").entry == Entry(("nemocnicím",))
    assert table.of("xx").of("word").entry == Entry(("word",))
    assert not table.fresh()


def test_a_table_that_has_grown_begins_anew(monkeypatch):
    table = WordTable()
    first = table.of("en").of("houses")
    table.trim()
    assert table.of("en").of("houses") is first
    monkeypatch.setattr(wordtable, "REMEMBERED", 0)
    Analysis(table, {}, {"en"})
    assert table.of("en").of("houses") is not first
    assert [line.partition("\t")[0] for line in table.fresh()["en"]] == ["houses", "houses"]
