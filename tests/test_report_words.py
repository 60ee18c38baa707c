"""What reports say: numbers, dates, names and texts in all languages."""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

import pytest

from progsearch.commitment import Commitment
from progsearch.compare import DIMENSIONS
from progsearch.errors import ProgsearchError
from progsearch.facts.keys import Kind
from progsearch.languages import LANGUAGES
from progsearch.model import PartialDate, Role
from progsearch.report import UI_LANGUAGES, ui_language

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "text"),
    [
        ("en", 1234567, 0, "1,234,567"),
        ("en", 1234.56, 1, "1,234.6"),
        ("cs", 1234567, 0, f"1{NBSP}234{NBSP}567"),
        ("cs", 1234.56, 1, f"1{NBSP}234,6"),
        ("sv", 1234.56, 1, f"1{NBSP}234,6"),
        ("sv", 0, 1, "0,0"),
        ("cs", -2.5, 1, "\u22122,5"),
        ("en", -0.01, 1, "0.0"),
    ],
)
def test_numbers(lang, value, decimals, text):
    assert ui_language(lang).number(value, decimals) == text


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "12.5%"), ("cs", f"12,5{NBSP}%"), ("sv", f"12,5{NBSP}%")]
)
def test_shares(lang, text):
    assert ui_language(lang).percent(0.125) == text


@pytest.mark.parametrize(
    ("lang", "when", "text"),
    [
        ("en", date(2023, 11, 8), "8 November 2023"),
        ("cs", date(2023, 11, 8), f"8.{NBSP}listopadu 2023"),
        ("sv", date(2023, 11, 8), "8 november 2023"),
        ("cs", PartialDate(2022, 11), "listopad 2022"),
        ("sv", PartialDate(2022, 11), "november 2022"),
        ("cs", PartialDate(2022), "2022"),
        ("cs", PartialDate(2022, 9, 1), f"1.{NBSP}září 2022"),
    ],
)
def test_dates(lang, when, text):
    assert ui_language(lang).date(when) == text


@pytest.mark.parametrize(
    ("lang", "number", "text"),
    [
        ("en", 1, "1 passage"),
        ("en", 0, "0 passages"),
        ("cs", 1, f"1{NBSP}pasáž"),
        ("cs", 3, f"3{NBSP}pasáže"),
        ("cs", 5, f"5{NBSP}pasáží"),
        ("cs", 21, f"21{NBSP}pasáží"),
        ("sv", 1, f"1{NBSP}passage"),
        ("sv", 1200, f"1{NBSP}200{NBSP}passager"),
    ],
)
def test_plurals(lang, number, text):
    assert ui_language(lang).counted("passages", number) == text


@pytest.mark.parametrize(("lang", "text"), [("en", "“Vård”"), ("cs", "„Vård“"), ("sv", "”Vård”")])
def test_quotation_marks(lang, text):
    assert ui_language(lang).quoted("Vård") == text


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["Ábel", "Cadiz", "Čáslav", "Chrudim", "Zlín", "Ystad"]),
        ("cs", ["Cheb", "Čáslav", "Hodonín", "Chrudim", "Ivančice", "Šumperk", "Zlín", "Žatec"]),
        ("sv", ["Ystad", "Åmål", "Älmhult", "Örebro"]),
    ],
)
def test_names_stand_in_the_order_of_the_alphabet(lang, names):
    order = ui_language(lang).order
    if lang == "en":
        assert sorted(names, key=order) == ["Ábel", "Cadiz", "Čáslav", "Chrudim", "Ystad", "Zlín"]
    elif lang == "cs":
        assert sorted(names, key=order) == [
            *["Čáslav", "Hodonín", "Cheb", "Chrudim", "Ivančice", "Šumperk", "Zlín", "Žatec"]
        ]
    else:
        assert sorted(names, key=order) == names


@pytest.mark.parametrize(
    ("lang", "dimension", "value", "name"),
    [
        ("en", "region", "CZ-51", "Liberec Region"),
        ("cs", "region", "CZ-51", "Liberecký kraj"),
        ("sv", "region", "SE-G", "Kronobergs län"),
        ("cs", "lang", "sv", "švédština"),
        ("sv", "lang", "cs", "tjeckiska"),
        ("en", "party", "", "party unknown"),
        ("sv", "region", "", "okänd region"),
        ("cs", "party", "ANO", "ANO"),
        ("cs", "region", "XX-1", "the label"),
        ("cs", "kind", "no-such-kind", "the label"),
    ],
)
def test_names(lang, dimension, value, name):
    label = "the label" if name == "the label" else ""
    assert ui_language(lang).name(dimension, value, label) == name


def test_an_unknown_language_of_reports():
    with pytest.raises(ProgsearchError, match="choose en, cs, sv"):
        ui_language("tlh")


def texts(lang):
    return ui_language(lang).data


def leaves(data, path=()):
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, data


def places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_every_language_says_everything(lang):
    for part in ("texts", "names"):
        ours = dict(leaves(texts(lang)[part]))
        english = dict(leaves(texts("en")[part]))
        assert ours.keys() == english.keys()
        for key in ours:
            assert places(ours[key]) == places(english[key]), key
            assert ours[key].strip(), key
    for key, forms in texts("en")["counted"].items():
        ours = texts(lang)["counted"][key]
        assert "other" in ours
        inside = {frozenset(places(form) - {"n"}) for form in (*forms.values(), *ours.values())}
        assert len(inside) == 1, key
    assert len(texts(lang)["dates"]["months"]) == 12


@pytest.mark.parametrize("lang", UI_LANGUAGES)
@pytest.mark.parametrize(
    ("names", "values"),
    [
        ("dimension", DIMENSIONS),
        ("by", DIMENSIONS),
        ("role", [role.value for role in Role]),
        ("kind", [kind.value for kind in Kind]),
        ("commitment", [one.value for one in Commitment]),
        ("lang", [*LANGUAGES, "und"]),
        ("country", ["CZ", "SE"]),
    ],
)
def test_everything_has_a_name(lang, names, values):
    missing = set(values) - texts(lang)["names"][names].keys()
    assert not missing


def test_the_texts_are_all_used(project):
    rooms = [project / "progsearch" / room for room in ("report", "plots")]
    files = [file for room in rooms for file in room.glob("*.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files).replace("'", '"')
    for key in (*texts("en")["texts"], *texts("en")["counted"]):
        # "about_…" is put together
        bare = re.sub(r"^pairs_(diff|follow|match)(?=_[12]$|$)", "pairs_{page.kind}", key)
        bare = re.sub(r"_[12]$", "_{at}", bare).removeprefix("about_")
        assert f'"{key}"' in source or f'"{bare}"' in source, key
