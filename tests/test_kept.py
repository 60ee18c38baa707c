"""What is kept between runs: it changes no answer, and is never trusted further than it may be."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path

import pytest

from progsearch import kept, wordtable
from progsearch.analysis import DictionaryLexicon, Entry, chain
from progsearch.analysis.analyser import Analyser
from progsearch.engine.vocabulary import StoredVocabulary, entry_from, entry_record
from progsearch.languages import LANGUAGES
from progsearch.packed import PackedLines, packed
from progsearch.postings import Analysis
from progsearch.wordtable import WordTable

WORDS = {
    "cs": "nemocnice zdravotníků nejrychlejším Brnem sjezdovkami krokodýlům hypermarketizací",
    "sv": "sjukhusens elevhälsan kommunfullmäktigeordförandens blåbärspajer lagar e-hälsa",
    "en": "hospitals nurses' re-elected unfathomables",
}

owned = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows tells no owner")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder for what is kept."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(kept.VARIABLE, str(folder))
    return folder


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


# -- forms


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


# -- themes


@pytest.fixture
def fresh_catalogue():
    """Nothing is remembered within this process."""
    from progsearch.themes import catalogue

    forget(catalogue)
    yield catalogue
    forget(catalogue)


def forget(catalogue):
    catalogue._loaded.cache_clear()
    catalogue._shipped.cache_clear()


def test_kept_themes_are_those_of_the_files(place, fresh_catalogue, monkeypatch):
    read = fresh_catalogue.load()
    assert sorted(file.name for file in place.iterdir()) == ["themes", "themes-lines"]
    forget(fresh_catalogue)
    monkeypatch.setattr("progsearch.themes.reading.read_theme", pytest.fail)
    assert fresh_catalogue.load() == read
    assert any(file.lines for file in read.files.values())


def test_themes_are_read_anew_when_a_byte_of_their_files_changes(
    place, fresh_catalogue, monkeypatch, tmp_path
):
    folder = tmp_path / "shipped"
    folder.mkdir()
    file = folder / "one.yaml"
    file.write_text("id: one\nprefLabel: {en: One}\nterms: {en: [word]}\n", encoding="utf-8")
    monkeypatch.setattr(fresh_catalogue, "_FOLDER", folder)
    told = file.stat()
    assert fresh_catalogue.load().get("one").terms == {"en": ("word",)}
    forget(fresh_catalogue)
    file.write_bytes(file.read_bytes().replace(b"word", b"work"))
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert fresh_catalogue.load().get("one").terms == {"en": ("work",)}
    forget(fresh_catalogue)
    file.rename(folder / "two.yaml")
    assert not fresh_catalogue.load().themes


@pytest.mark.parametrize("body", [b"", b"[", b"[1]", b'[{"id": "x"}]', b"{}x", b"\xff"])
@pytest.mark.parametrize("name", ["themes", "themes-lines"])
def test_themes_that_were_not_kept_well_are_read(
    place, fresh_catalogue, monkeypatch, tmp_path, body, name
):
    for one in ("one", "two"):
        text = f"id: {one}\nprefLabel: {{en: {one}}}\nterms: {{en: [word]}}\n"
        (tmp_path / f"{one}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(fresh_catalogue, "_FOLDER", tmp_path)
    read = fresh_catalogue.load()
    assert list(read.themes) == ["one", "two"]
    made_of = (place / name).read_bytes().split(b"\n")[0].split()[-2].decode()
    kept.keep(name, made_of, body)
    forget(fresh_catalogue)
    assert fresh_catalogue.load() == read


def test_a_change_of_the_program_makes_all_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "_PACKAGE", tmp_path)
    (tmp_path / "themes").mkdir()
    module = tmp_path / "themes" / "a.py"
    module.write_text("a = 1")
    before = kept.sources.__wrapped__("themes")
    module.write_text("a = 2")
    assert kept.sources.__wrapped__("themes") != before


def _kept_anew(file, body):
    kept.keep(file.name, file.read_bytes().split(b"\n")[0].split()[-2].decode(), body)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"words": 1}', b"x", b"\xff"])
@pytest.mark.parametrize("room", ["themes", "lexicon"])
def test_words_are_made_where_they_are_not_kept_well(place, room, body):
    from progsearch.analysis import LANGUAGE_DATA_VERSION

    module = importlib.import_module(f"progsearch.{room}.words")
    made = module.words_record({}, ("en",), LANGUAGE_DATA_VERSION)
    files = [file for file in place.iterdir() if file.name.startswith(("theme-", "lexicon-"))]
    for file in files:
        _kept_anew(file, body)
    again = module.words_record({}, ("en",), LANGUAGE_DATA_VERSION)
    assert json.dumps(again) == json.dumps(made)
    assert json.dumps(module.words_record({}, ("en",), LANGUAGE_DATA_VERSION)) == json.dumps(made)


@pytest.mark.parametrize("room", ["themes", "lexicon"])
def test_words_that_are_kept_ask_no_dictionary(place, monkeypatch, room):
    module = importlib.import_module(f"progsearch.{room}.words")
    made = module.words_record({}, ("en", "sv"), "1")["words"]

    def refused(*_asked):
        raise AssertionError

    monkeypatch.setattr(DictionaryLexicon, "entry", refused)
    for languages in (("sv",), ("en",), ("sv", "en")):
        found = module.words_record({}, languages, "2")["words"]
        assert json.dumps(found) == json.dumps({lang: made[lang] for lang in languages})


# -- dictionaries


def test_packed_lines_are_looked_up_like_a_list():
    for count in (0, 1, 127, 128, 129, 1000):
        lines = sorted(f"{number * 7919 % 1000:03}ž\tx" for number in range(count))
        made = PackedLines(packed(lines))
        assert list(made) == lines
        for text in ("", "000", "123ž\t", "500ž\tx", "999ž\ty", "~"):
            assert made.place(text) == bisect_left(lines, text)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]\n", b"1\nx", b"\xff\n", b'{"count": 1}\n'])
def test_bytes_that_are_no_packed_lines_are_told(data):
    with pytest.raises(ValueError):  # noqa: PT011 - whichever it is
        PackedLines(data)


def test_a_cut_file_is_no_packed_lines():
    with pytest.raises(ValueError, match="no packed lines"):
        PackedLines(packed(["a", "b"])[:-1])


def test_few_words_are_looked_up_without_the_dictionary_and_are_the_same(place, monkeypatch):
    words = [(form.lower(), lang) for lang, forms in WORDS.items() for form in forms.split()]
    words += [("krokodýlům", "cs"), ("xyzzyfikace", "cs"), ("blåbärsplockarnas", "sv")]
    whole = {lang: Analyser(LANGUAGES[lang]) for lang in WORDS}
    expected = {(form, lang): whole[lang].entry(form, True) for form, lang in words}
    for one in whole.values():
        one.keep()
    names = {file.name.partition("-")[0] for file in place.iterdir()}
    assert names == {"dictionary", "endings", "halves"}
    with monkeypatch.context() as patch:
        patch.setattr(chain._Words, "whole", lambda _self: pytest.fail("read as a whole"))
        few = {lang: Analyser(LANGUAGES[lang]) for lang in WORDS}
        assert {(form, lang): few[lang].entry(form, True) for form, lang in words} == expected
    monkeypatch.setattr(chain, "ENOUGH", 5)
    many = {lang: Analyser(LANGUAGES[lang]) for lang in WORDS}
    assert {(form, lang): many[lang].entry(form, True) for form, lang in words} == expected
    assert all(one._dictionary.words._whole for one in many.values())


@pytest.mark.parametrize("body", [b"", b"{}", b"x\n", b'{"count":1,"firsts":["a"],"ends":[0]}\n'])
def test_dictionaries_that_were_not_kept_well_are_read(place, body):
    made_of = chain.made_of("en")
    for name in ("dictionary-en", "endings-en"):
        kept.keep(name, made_of, body, plain=True)
    assert Analyser(LANGUAGES["en"]).entry("hospitals", True).keys == ("hospital", "hospitals")
    Analyser(LANGUAGES["en"]).keep()
    assert chain._Words("en")._kept is not None


@pytest.mark.parametrize("body", [None, b"", b"x\n"])
def test_words_by_which_languages_are_told_are_those_of_the_dictionary(place, body):
    from progsearch.languages import forms

    words = ("hospital", "hospitals", "zzzz", "the", "sjukhus")
    forms._words.cache_clear()
    before = [forms._knows(word, "en") for word in words]
    assert before == [True, True, False, True, False]
    if body is not None:
        (file,) = place.iterdir()
        made_of = file.read_bytes().split(b"\n")[0].split()[-2].decode()
        kept.keep("words-en", made_of, body, plain=True)
    forms._words.cache_clear()
    assert [forms._knows(word, "en") for word in words] == before
    forms._words.cache_clear()


def test_a_language_without_dictionaries_in_an_index_loads_none(monkeypatch):
    # The dictionary of Finnish is not packed for the next process, which takes seconds.
    monkeypatch.setattr("progsearch.engine.vocabulary.keep_dictionaries", lambda _languages: None)

    def vocabulary(*lines):
        asked = StoredVocabulary(
            lambda start: [line for line in sorted(lines) if line.startswith(start)], lambda _: True
        )
        monkeypatch.setattr(asked, "_fallback", OneStep())
        return asked

    class OneStep:
        def entry(self, form, lang):
            return Entry(("asked", form))

    bare = [f"fi\t{form}\t{form}\t{form}\t\tform" for form in ("1", "ale", "koe")]
    found = "fi\tmatka\tmatka\tmatka\t\tdictionary"
    assert vocabulary(*bare).entry("xyz", "fi") == Entry(("xyz",))
    assert vocabulary(*bare, found).entry("xyz", "fi") == Entry(("asked", "xyz"))
    assert vocabulary(bare[0]).entry("xyz", "fi") == Entry(("asked", "xyz"))
