"""The lexicon: what its files must be, which words name which concepts, what a question becomes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from lexicon_making import concept
from making import OneLexicon
from themes_making import index

from progsearch.analysis import DictionaryLexicon, Entry
from progsearch.clause import OneOf, every_leaf, words_of
from progsearch.engine import create, installed
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.lexicon import load
from progsearch.lexicon.checking import COVERAGE, coverage, problems
from progsearch.lexicon.concepts import COLUMNS, LANGUAGES, language_of, read
from progsearch.lexicon.finding import Finder
from progsearch.lexicon.translating import translate
from progsearch.lexicon.words import lexicon_words, with_words, words_record
from progsearch.matching import index_text, matches
from progsearch.query import Everything, is_free, parse

# -- its files


def test_nothing_is_wrong_in_the_shipped_lexicon():
    assert [str(one) for one in problems(load())] == []


def test_the_shipped_lexicon_is_large_enough_and_covers_every_language():
    assert len(load()) >= 2500
    assert {lang: share for lang, share in coverage(load()).items() if share < COVERAGE} == {}


def test_its_languages_are_those_that_are_analysed():
    from progsearch.languages import LANGUAGES as ANALYSED

    assert set(LANGUAGES) == set(ANALYSED)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_found_by_the_analysis_of_its_language(lang):
    """In a text of that language, in the form that the lexicon has, whatever stands beside it."""
    lexicon = DictionaryLexicon(compounds=False)
    entries = _Entries(lexicon)
    kept = with_words(entries, lexicon_words(load(), lexicon, [lang]))
    lost = []
    for one in load():
        for word in one.words.get(lang, ()):
            found = _term(one, word, lang, kept)
            text = index_text(f"({word}), xyz.", lang, lexicon)
            if not matches(found, None, [text]):
                lost.append(f"{one.id}: {word}")
    assert lost == []


def _term(one, word, lang, kept):
    own = replace(one, words={"en" if lang != "en" else "cs": ("x",), lang: (word,)})
    asked = "en" if lang != "en" else "cs"
    return translate(parse("x"), asked, [own], kept, kept, [lang]).clause


class _Entries:
    """A vocabulary that has seen no text."""

    def __init__(self, lexicon=None):
        self._lexicon = lexicon or OneLexicon()

    def prefetch(self, wanted):
        pass

    def known(self, form, lang):
        return None

    def entry(self, form, lang):
        return self._lexicon.entry(form, lang)

    def folded(self, folded, lang):
        return ()

    def fitting(self, folded, lang, fits):
        return ()

    def of_lemma(self, lemma, lang):
        return ()


NURSE = {"en": "nurse", "cs": "sestra", "sv": "sjuksköterska"}


@pytest.mark.parametrize(
    ("concepts", "what"),
    [
        ([concept("Nurse", **NURSE)], "is no id"),
        ([concept("nurse", **NURSE), concept("nurse", en="sister")], "stands 2 times"),
        ([concept("nurse", pos="thing", **NURSE)], "no part of speech"),
        ([concept("nurse")], "has no words"),
        ([concept("nurse", en="nurse; Nurse")], "en nurse stands 2 times"),
        ([concept("nurse", en="–")], "holds no word"),
        (
            [concept("nurse", cs="sestra"), concept("sister", cs="sestra", note="cs sestra: nun")],
            "cs sestra is in nurse, sister; the note has to say so",
        ),
    ],
)
def test_what_is_wrong_is_found(concepts, what):
    found = [str(one) for one in problems(concepts)]
    assert found
    assert any(what in one for one in found)


def test_a_word_may_be_in_two_concepts_whose_notes_say_so():
    notes = {"note": "cs sestra also nun"}
    assert not list(
        problems([concept("a", cs="sestra", **notes), concept("b", cs="Sestra", **notes)])
    )


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("id\tpos\n", ":1", "columns"),
        ("\t".join(COLUMNS) + "\nnurse\tnoun\tnurse\n", ":2", "3 cells, not 12"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path, text, where, what):
    file = tmp_path / "bad.tsv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProgsearchError, match=what) as caught:
        list(read(file))
    assert caught.value.where == f"{file}{where}"


def test_a_row_is_read(tmp_path):
    file = tmp_path / "good.tsv"
    row = "nurse\tnoun\tnurse\tsestra; zdravotní  sestra\t\t\t\t\t\t\t\tcs sestra also nun\n"
    file.write_text("\t".join(COLUMNS) + "\n" + row, encoding="utf-8")
    (one,) = read(file)
    assert one.words == {"en": ("nurse",), "cs": ("sestra", "zdravotní sestra")}
    assert (one.id, one.note, one.line) == ("nurse", "cs sestra also nun", 2)


# -- finding concepts


WORDS = (
    concept("nurse", en="nurse", cs="sestra; zdravotní sestra", sv="sjuksköterska"),
    concept("shortage", en="shortage; lack", cs="nedostatek", sv="brist"),
    concept("health", en="health", cs="zdraví", sv="hälsa"),
    concept("care", en="care", cs="péče", sv="vård"),
    concept("health-care", en="health care; healthcare", cs="zdravotní péče", sv="sjukvård"),
    concept("doctor", en="doctor", cs="lékař", sv="läkare"),
    concept("hospital", en="hospital", cs="nemocnice", sv="sjukhus"),
    concept("freedom-of-speech", en="freedom of speech", cs="svoboda slova", sv="yttrandefrihet"),
)
LEMMAS = {"nurses": "nurse", "shortages": "shortage", "doctors": "doctor", "hospitals": "hospital"}


class _English(_Entries):
    def entry(self, form, lang):
        lemma = LEMMAS.get(form, form)
        return Entry((lemma,) if lemma == form else (lemma, form))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nurse", [("nurse", "nurse")]),
        ("Nurses", [("Nurses", "nurse")]),
        ("the nurses", [("the", "–"), ("nurses", "nurse")]),
        ("health care", [("health care", "health-care")]),
        ("health-care", [("health-care", "")]),
        ("care of health", [("care", "care"), ("of", "–"), ("health", "health")]),
        ("freedom of speech", [("freedom of speech", "freedom-of-speech")]),
        ("freedom of doctors", [("freedom", ""), ("of", "–"), ("doctors", "doctor")]),
        ("nurse, nurse; NURSE", [("nurse", "nurse")]),
        ("zebra", [("zebra", "")]),
        ("", []),
    ],
)
def test_words_name_concepts_the_longest_phrase_first(text, wanted):
    found = Finder("en", WORDS, _English(), _English()).pieces(text)
    assert [
        (one.text, "–" if one.stop else " ".join(c.id for c in one.concepts)) for one in found
    ] == wanted


# -- what a question becomes


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
