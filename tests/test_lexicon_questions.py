"""Questions in one language that are asked of texts in all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from lexicon_making import concept
from lexicon_words import WORDS, _Entries
from making import OneLexicon
from themes_making import index

from progsearch.clause import OneOf, every_leaf, words_of
from progsearch.engine import create, installed
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.lexicon.concepts import language_of
from progsearch.lexicon.translating import translate
from progsearch.lexicon.words import lexicon_words, with_words, words_record
from progsearch.query import Everything, is_free, parse

TEXTS = {
    "cs": (
        "Lékařů a sester chybí",
        "Nedostatek sestry a nemocnice",
        "Zdravotní péče pro lékaře",
        "Péče o zdraví",
        "Opravíme silnice",
    ),
    "sv": ("brist på sjuksköterska", "vård av hälsa", "Fler läkare i vården", "brist på väg"),
    "en": ("nurse and zebra", "zebra"),
}


@pytest.fixture(params=["memory", *installed()])
def filled(request, tmp_path):
    engine = MemoryEngine(OneLexicon())
    if request.param != "memory":
        engine = create(request.param, tmp_path / "index")
        engine.vocabulary._fallback = OneLexicon()
    yield index(engine, TEXTS)
    engine.close()


def translated(asked, text, lang="en", *, some=False, concepts=WORDS):
    vocabulary = asked.engine.vocabulary
    kept = with_words(vocabulary, {})
    found = translate(
        parse(text), lang, concepts, vocabulary, kept, asked.summary.languages, free=is_free(text)
    )
    return replace(found, clause=found.ranking) if some else found


def texts(asked, clause):
    hits = asked.search(Everything(), limit=None, clauses=[clause]).hits
    return [hit.passage.text for hit in hits]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nurse", {"Nedostatek sestry a nemocnice", "brist på sjuksköterska", "nurse and zebra"}),
        ("nurse shortage", {"Nedostatek sestry a nemocnice", "brist på sjuksköterska"}),
        ("shortage NOT nurse", {"brist på väg"}),
        ("shortage nurse lang:sv", {"brist på sjuksköterska"}),
        ("hospital OR zebra", {"Nedostatek sestry a nemocnice", "nurse and zebra", "zebra"}),
        ("nurse zebra", {"nurse and zebra"}),
        # a phrase of the lexicon, or its words near each other
        ("health care", {"Zdravotní péče pro lékaře", "Péče o zdraví", "vård av hälsa"}),
        ("nurse NEAR/3 shortage", {"Nedostatek sestry a nemocnice", "brist på sjuksköterska"}),
        ('"shortage nurse"', {"Nedostatek sestry a nemocnice", "brist på sjuksköterska"}),
        ('="zebra"', {"nurse and zebra", "zebra"}),
        ("zeb*", {"nurse and zebra", "zebra"}),
        (
            "the nurse",
            {"Nedostatek sestry a nemocnice", "brist på sjuksköterska", "nurse and zebra"},
        ),
    ],
)
def test_a_question_finds_what_it_means_in_every_language(filled, text, wanted):
    assert set(texts(filled, translated(filled, text).clause)) == wanted


def test_a_function_word_beside_an_operator_is_meant(filled):
    every = texts(filled, translated(filled, "zebra OR and").clause)
    assert set(every) == {"nurse and zebra", "zebra"}
    assert texts(filled, translated(filled, "zebra NOT and").clause) == ["zebra"]
    with pytest.raises(ProgsearchError, match="only function words"):
        translated(filled, "zebra OR (of the)")


def test_a_compound_is_found_where_its_words_stand_near_each_other(filled):
    concepts = [*WORDS, concept("nurse-shortage", en="shortage of nurse", de="Pflegemangel")]
    found = translated(filled, "Pflegemangel", "de", concepts=concepts)
    assert set(texts(filled, found.clause)) == {
        "Nedostatek sestry a nemocnice",
        "brist på sjuksköterska",
    }


def test_a_word_may_be_written_with_a_hyphen_or_without(filled):
    concepts = [concept("place", de="Kita-Platz", cs="nemocnice")]
    for text in ("Kitaplatz", "Kita-Platz"):
        found = translated(filled, text, "de", concepts=concepts)
        assert [part.text for part in found.parts if part.concepts] == [text]


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [
        ("cs", "nemocnice", {"Nedostatek sestry a nemocnice"}),
        (
            "cs",
            "lékaře",
            {"Lékařů a sester chybí", "Zdravotní péče pro lékaře", "Fler läkare i vården"},
        ),
        (
            "sv",
            "sjuksköterska",
            {"brist på sjuksköterska", "Nedostatek sestry a nemocnice", "nurse and zebra"},
        ),
    ],
)
def test_every_language_may_ask(filled, lang, text, wanted):
    assert set(texts(filled, translated(filled, text, lang).clause)) == wanted


def test_a_translation_is_looked_for_in_its_language_only(filled):
    # sv "sestra" is no Swedish word: a Swedish text that has it is not found
    concepts = [concept("nurse", en="nurse", cs="vård", sv="sjuksköterska")]
    clause = translated(filled, "nurse", concepts=concepts).clause
    assert set(texts(filled, clause)) == {"brist på sjuksköterska", "nurse and zebra"}


def test_passages_that_have_more_words_come_first(filled):
    clause = translated(filled, "nurse shortage hospital zebra", some=True).clause
    found = texts(filled, clause)
    assert found[0] == "Nedostatek sestry a nemocnice"
    assert set(found) == {
        "Nedostatek sestry a nemocnice",
        "brist på sjuksköterska",
        "nurse and zebra",
        "zebra",
        "brist på väg",
    }


def test_fields_hold_also_where_words_need_not(filled):
    clause = translated(filled, "nurse shortage lang:cs", some=True).clause
    assert texts(filled, clause) == ["Nedostatek sestry a nemocnice"]


def test_a_name_is_looked_for_as_it_stands_in_every_language(filled):
    found = translated(filled, "Silnice nurse")
    assert texts(filled, found.parts[0].clause) == ["Opravíme silnice"]
    assert "no translation, looked for as written in all languages: Silnice" in found.lines


def test_the_lines_say_what_was_looked_for(filled):
    assert translated(filled, "the nurse and a zebra shortage of doctor").lines == [
        "nurse → cs sestra, zdravotní sestra; sv sjuksköterska",
        "shortage → cs nedostatek; sv brist",
        "doctor → cs lékař; sv läkare",
        "no translation, looked for in English only: zebra",
        "left out: the, and, a, of",
        "counted are passages that have all of the 4 words",
    ]


def test_only_function_words_are_told():
    asked = index(MemoryEngine(OneLexicon()), TEXTS)
    with pytest.raises(ProgsearchError, match="only function words: of, the"):
        translated(asked, "of the")


@pytest.mark.parametrize("wanted", ["xx", "", "klingon", "cz", 7, None])
def test_a_language_that_the_lexicon_lacks_is_told(wanted):
    with pytest.raises(ProgsearchError, match="no language"):
        language_of(wanted)


@pytest.mark.parametrize(
    ("wanted", "tag"), [("en", "en"), (" DE ", "de"), ("Czech", "cs"), ("svenska", "sv")]
)
def test_a_language_may_be_typed_in_capitals_or_by_its_name(wanted, tag):
    assert language_of(wanted) == tag


def test_keys_that_the_index_keeps_spare_the_dictionaries():
    class Refusing(_Entries):
        def entry(self, form, lang):
            raise AssertionError(form)

    words = lexicon_words(WORDS, OneLexicon(), ["cs"])
    kept = with_words(Refusing(), words)
    found = translate(parse("nurse"), "en", WORDS, Refusing(), kept, ["cs"])
    assert isinstance(found.clause, OneOf)
    assert {"cs:sestra", "cs:zdravotní"} <= {
        key for leaf in every_leaf(found.clause) for key in leaf.keys
    }


def test_the_record_is_made_anew_only_when_something_has_changed(monkeypatch, tmp_path):
    monkeypatch.setenv("PROGSEARCH_CACHE", str(tmp_path))  # other words under the same name
    transport = concept("public-transport", en="public transport", cs="veřejná doprava")
    monkeypatch.setattr("progsearch.lexicon.words.load", lambda: (transport,))
    first = words_record({}, ["cs"], "1")
    assert words_record(first, ["cs"], "1") is first
    assert words_record(first, ["cs"], "2") is not first
    assert words_record(first, ["cs", "sv"], "1")["made_of"] != first["made_of"]
    assert first["words"] == {"cs": {"veřejná": ("veřejný", "veřejná")}}


def test_a_search_without_it_loads_nothing_of_it(demo):
    code = (
        "import sys\n"
        "from progsearch.cli import app\n"
        f"app(['search', 'lékař', '--index', {str(demo)!r}], standalone_mode=False)\n"
        "print(sorted(one for one in sys.modules if one.startswith('progsearch.lexicon')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip().endswith("[]")


def test_words_are_cut_as_texts_are():
    assert words_of("hälso- och sjukvård") == ["hälso-", "och", "sjukvård"]
