"""Themes and words that are kept between runs are those of their files."""

from __future__ import annotations

import importlib
import json
import os
from bisect import bisect_left

import pytest
from kept_making import WORDS

from progsearch import kept
from progsearch.analysis import DictionaryLexicon, Entry, chain
from progsearch.analysis.analyser import Analyser
from progsearch.engine.vocabulary import StoredVocabulary
from progsearch.languages import LANGUAGES
from progsearch.packed import PackedLines, packed, stored


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


@pytest.mark.parametrize("room", ["themes", "lexicon"])
def test_words_are_made_where_they_are_not_kept_well(place, room):
    from progsearch.analysis import LANGUAGE_DATA_VERSION

    module = importlib.import_module(f"progsearch.{room}.words")
    made = module.words_record({}, ("en",), LANGUAGE_DATA_VERSION)
    files = [file for file in place.iterdir() if file.name.startswith(("theme-", "lexicon-"))]
    assert files
    for body in (b"", b"[]", b'{"words": 1}', b"x", b"\xff"):
        for file in files:
            _kept_anew(file, body)
        for _ in ("made", "kept"):
            again = module.words_record({}, ("en",), LANGUAGE_DATA_VERSION)
            assert json.dumps(again) == json.dumps(made), body


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


def test_a_dictionary_is_kept_alike_however_it_is_held():
    from simplemma.strategies.dictionaries.dictionary_factory import MappingStrToByteString

    words = {"b": "a", "é": "e", "\uffff": "y", "\U0001f600": "x", "ab": "a"}
    held = MappingStrToByteString({form.encode(): lemma.encode() for form, lemma in words.items()})
    assert stored(held) is not None
    assert stored(words) is None
    lines = sorted(f"{form}\t{lemma}" for form, lemma in words.items())
    assert packed(chain._lines(held)) == packed(chain._lines(words)) == packed(lines)
    assert list(PackedLines(packed(chain._lines(held)))) == lines


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
