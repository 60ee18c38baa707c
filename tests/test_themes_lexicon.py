"""What the lexicon and the passages near its hits say of a theme."""

from __future__ import annotations

import csv
import io

import pytest
import yaml
from every_command import run
from hypothesis import given
from hypothesis import strategies as st
from lexicon_making import concept
from themes_making import index, theme, write

from progsearch.errors import ProgsearchError
from progsearch.themes import lint, load
from progsearch.themes.gaps import gaps, telling
from progsearch.themes.lexical import missing, translated
from progsearch.themes.writing import draft_yaml

CONCEPTS = (
    concept("doctor", en="doctor; physician", cs="lékař; lékařka", sv="läkare", de="Arzt; Ärztin"),
    concept("nurse", en="nurse", cs="sestra", sv="sjuksköterska", de="Krankenschwester"),
    concept("shortage", en="shortage", cs="nedostatek", sv="brist", de="Mangel"),
    concept("transport", en="public transport", cs="veřejná doprava", de="öffentlicher Verkehr"),
    concept("organisation", sv="läkarorganisation", de="Ärzteverband"),
)


def one_theme(tmp_path, terms, **more):
    return load([write(tmp_path / "themes", theme("t", terms, **more))]).get("t")


@pytest.mark.parametrize(
    ("terms", "wanted"),
    [
        ({"cs": ["lékař"]}, ["Arzt", "Ärztin"]),
        ({"cs": ["lékař"], "en": ["physician"]}, ["Arzt", "Ärztin"]),
        ({"cs": ["veřejná doprava"]}, ["öffentlicher Verkehr"]),
        # a prefix stands for what is a word of it, and for no compound
        ({"sv": ["läkar*"]}, ["Arzt", "Ärztin"]),
        ({"cs": ["nedostatek NEAR/5 lékař*"]}, ["Mangel NEAR/5 (Arzt OR Ärztin)"]),
        (
            {"cs": ["nedostatek NEAR/5 (lékař OR sestra)"]},
            ["Mangel NEAR/5 (Arzt OR Ärztin OR Krankenschwester)"],
        ),
        (
            {"cs": ["nedostatek AND (sestra OR veřejná)"]},
            ["Mangel AND Krankenschwester"],
        ),
        ({"cs": ["zvíře"]}, []),
        ({"cs": ["zvíře NEAR/5 lékař"]}, []),
        ({"cs": ["lékař"], "de": ["Arzt"]}, ["Arzt", "Ärztin"]),
    ],
)
def test_terms_are_drafted_in_another_language(tmp_path, terms, wanted):
    draft = translated(one_theme(tmp_path, terms), "de", CONCEPTS)
    assert list(draft.theme.terms["de"]) == wanted


def test_a_draft_is_a_theme_file_that_says_what_it_is(tmp_path):
    draft = translated(one_theme(tmp_path, {"cs": ["lékař", "zvíře"]}), "de", CONCEPTS)
    text = draft_yaml(draft)
    assert text.startswith("# DRAFT: the terms in de")
    assert "# de Arzt  <- cs lékař\n" in text
    assert "# cs zvíře\n" in text
    record = yaml.safe_load(text)
    assert record["terms"] == {"cs": ["lékař", "zvíře"], "de": ["Arzt", "Ärztin"]}
    assert "de drafted from the lexicon" in record["source"]
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "t.yaml").write_text(text, encoding="utf-8")
    assert not [one for one in lint(load([folder])) if one.fatal]


@pytest.mark.parametrize("ident", ["waiting-times", "healthcare-staffing", "rail"])
def test_a_draft_of_a_shipped_theme_can_be_used(tmp_path, ident):
    file = tmp_path / "drafts" / f"{ident}.yaml"
    file.parent.mkdir()
    told = run("themes", "translate", ident, "--to", "de", "-o", file)
    assert "a draft:" in told.stderr
    drafted = load([file.parent]).get(ident)
    assert len(drafted.terms["de"]) >= 5
    assert {lang: drafted.terms[lang] for lang in ("cs", "sv", "en")} == {
        lang: load().get(ident).terms[lang] for lang in ("cs", "sv", "en")
    }


def test_a_language_that_the_lexicon_lacks_cannot_be_drafted():
    with pytest.raises(ProgsearchError, match="--to: no language 'xx'"):
        run("themes", "translate", "rail", "--to", "xx")


def test_concepts_that_one_language_lacks_are_named(tmp_path):
    made = one_theme(tmp_path, {"cs": ["lékař", "sestra"], "sv": ["läkar*"], "en": ["doctor"]})
    found = missing([made], ["cs", "sv", "de"], CONCEPTS)
    assert [(one.lang, one.concept.id, one.words) for one in found] == [
        ("de", "doctor", ("Arzt", "Ärztin")),
        ("de", "nurse", ("Krankenschwester",)),
        ("sv", "nurse", ("sjuksköterska",)),
    ]
    assert found[0].because == {"cs": "lékař", "sv": "läkar*", "en": "doctor"}


def test_suggest_counts_what_the_words_would_find(demo):
    told = run("themes", "suggest", "hospitals", "--lexicon", "-f", "csv", "--index", demo)
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    for row in rows:
        assert int(row["passages"]) >= int(row["new"]) >= 0
        assert bool(row["example"]) == (int(row["new"]) > 0)
    told = run("themes", "suggest", "hospitals", "-f", "csv", "--index", demo)
    assert "log_likelihood" in told.stdout


@pytest.mark.parametrize(
    ("asked", "told"),
    [(["gaps"], "is like its hits"), (["suggest"], "to be proposed")],
)
def test_nothing_found_is_said_and_not_an_empty_table(tmp_path, demo, asked, told):
    write(tmp_path / "themes", theme("t", {"cs": ["ponorka"]}))
    where = ("t", "--themes", str(tmp_path / "themes"), "--index", demo)
    found = run("themes", *asked, *where)
    assert found.stdout == ""
    assert told in found.stderr
    as_file = run("themes", *asked, *where, "-f", "csv")
    assert as_file.stdout.count("\n") == 1  # the head: scripts rely on its columns


# -- gaps


SAID = {
    "cs": (
        "Výpravčí jede a nádraží čeká",
        "Vlak jede po kolejích na nádraží",
        "Vlak stojí na nádraží a výpravčí mává",
        "Vlaky a nádraží potřebují výpravčí a koleje",
        "Vlak veze výpravčí po kolejích",
        *(f"Opravíme slovo{number} a věc{number}" for number in range(40)),
        "Nádraží",
    ),
}


def test_gaps_are_what_shares_the_words_of_hits(tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["vlak", "vlaky"]}))])
    asked = index(texts=SAID)
    found = gaps("t", catalogue, asked)
    assert [one.hit.passage.text for one in found] == [SAID["cs"][0]]
    assert {"výpravčí", "nádraží"} <= set(found[0].words)


def test_a_theme_without_hits_has_no_gaps(tmp_path):
    catalogue = load([write(tmp_path / "themes", theme("t", {"cs": ["ponorka"]}))])
    assert gaps("t", catalogue, index(texts=SAID)) == []


WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=5)


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=40))
def test_a_word_tells_only_what_is_more_often_in_hits(hits, others):
    for word, weight in telling(hits, others).items():
        assert weight > 0
        inside = sum(word in one for one in hits) / len(hits)
        assert inside >= sum(word in one for one in others) / max(1, len(others))


def test_gaps_are_rows_to_code(demo):
    told = run("themes", "gaps", "public-transport", "-n", "3", "-f", "csv", "--index", demo)
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert rows
    assert all(row["words"] and row["relevance"] == "" for row in rows)
    found = run("search", "--theme", "public-transport", "-f", "csv", "--index", demo).stdout
    ids = {row["id"] for row in csv.DictReader(io.StringIO(found))}
    assert ids.isdisjoint(row["id"] for row in rows)
    shown = run("themes", "gaps", "public-transport", "-n", "3", "--index", demo).stdout
    assert "words" in shown
    assert "relevance" not in shown
