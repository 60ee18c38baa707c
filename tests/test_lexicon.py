"""The lexicon: what its files must be, which words name which concepts, what a question becomes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lexicon_making import concept
from lexicon_words import WORDS, _Entries

from progsearch.analysis import DictionaryLexicon, Entry
from progsearch.errors import ProgsearchError
from progsearch.lexicon import load
from progsearch.lexicon.checking import COVERAGE, coverage, problems
from progsearch.lexicon.concepts import COLUMNS, LANGUAGES, read
from progsearch.lexicon.finding import Finder
from progsearch.lexicon.translating import translate
from progsearch.lexicon.words import lexicon_words, with_words
from progsearch.matching import index_text, matches
from progsearch.query import Or, Word


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
    named = [(one, word) for one in load() for word in one.words.get(lang, ())]
    lost = []
    for (one, word), found in zip(named, _terms(named, lang, kept), strict=True):
        text = index_text(f"({word}), xyz.", lang, lexicon)
        if not matches(found, None, [text]):
            lost.append(f"{one.id}: {word}")
    assert lost == []


def _terms(named, lang, kept):
    """What is looked for when each of the words is asked for in another language, under a name
    that only it has there."""
    asked = "en" if lang != "en" else "cs"
    own = [
        replace(one, id=f"x{at}", words={asked: (f"x{at}",), lang: (word,)})
        for at, (one, word) in enumerate(named)
    ]
    question = Or(tuple(Word(one.id) for one in own))
    return translate(question, asked, own, kept, kept, [lang]).clause.parts


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
