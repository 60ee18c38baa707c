"""Whom a pronoun behind a quotation means: the last one named, or in doubt nobody."""

from __future__ import annotations

import pytest

from progsearch import readers
from progsearch.model import Fact, Origin, Person
from progsearch.segmentation import roles, segment
from progsearch.segmentation.speakers import Known

FIRST = {
    "sv": "– Vi ska bygga 1000 bostäder, säger Eva Berg (S).",
    "da": "»Vi vil bygge 1000 boliger,« siger Eva Berg (S).",
    "de": "„Wir werden 1000 Wohnungen bauen“, sagt Eva Berg (SPD).",
    "nb": "– Vi skal bygge 1000 boliger, sier Eva Berg (Ap).",
    "en": "“We will build 1000 homes,” says Eva Berg (Labour).",
}
SV = "– Vi kommer aldrig att höja skatten, säger hon."


@pytest.mark.parametrize(
    ("lang", "between", "said", "speaker"),
    [
        ("sv", "Per Nilsson (M) är kritisk.", SV.replace("hon", "han"), ""),
        ("da", "Per Nielsen (V) er kritisk.", "»Vi vil aldrig hæve skatten,« siger han.", ""),
        ("de", "Peter Nolte (CDU) ist dagegen.", "„Wir senken die Steuern“, sagt er.", ""),
        ("nb", "Per Nilsen (H) er kritisk.", "– Vi vil aldri heve skatten, sier han.", ""),
        ("en", "Peter Noble is critical.", "“We will never raise it,” says he.", ""),
        ("sv", "", SV, "Eva Berg"),
        ("nb", "", "– Vi vil aldri heve skatten, sier hun.", "Eva Berg"),
        ("sv", "Det är viktigt för hela kommunen.", SV, "Eva Berg"),
        ("sv", "Nu ska Bergs förslag på remiss, menar Eva Berg.", SV, "Eva Berg"),
        ("sv", "– Nej, säger minister Ek.", SV, ""),
        ("sv", "Det sade Per Nilsson till Eva Berg.", SV, ""),
        ("sv", "Per Nilsson (M) är kritisk.", SV.replace("hon", "Berg"), "Eva Berg"),
        ("de", "Die Stadt hat viele Häuser.", "„Wir senken die Steuern“, sagt sie.", "Eva Berg"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_pronoun_means_the_last_one_named(
    name: str, lang: str, between: str, said: str, speaker: str
) -> None:
    texts = [one for one in (FIRST[lang], between, said) if one]
    page = "".join(f"<p>{one}</p>" for one in texts)
    text = f"<!doctype html><body><main>{page}</main>" if name == "a.html" else "\n\n".join(texts)
    raw = readers.read(name, text.encode())
    cut = segment(raw, "d", lang=Fact(lang, Origin.DEFAULT)).passages
    assert cut[0].speaker is not None
    assert (cut[-1].speaker.name if cut[-1].speaker else "") == speaker


def test_a_name_before_a_quotation_in_its_paragraph_is_looked_at() -> None:
    text = f"{FIRST['de']}\n\nPeter Nolte (CDU) lacht. „Wir senken die Steuern nie“, sagt er."
    cut = segment(readers.read("a.txt", text.encode()), "d", lang=Fact("de", Origin.DEFAULT))
    assert cut.passages[-1].speaker is None


def person(name):
    return Person(name, "speaker")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ({"Ek"}, "Bo Ek"),
        ({"Dahl", "Ek"}, "Bo Ek"),
        ({"Dahl"}, "Per Dahl"),
        ({"Ekman"}, None),
        ((), None),
    ],
)
def test_the_last_speaker_of_a_surname_is_meant(words, meant):
    known = Known()
    for name in ("Eva Ek", "Per Dahl", "Bo Ek"):
        known.add(person(name))
    found = known.among(words)
    assert (found and found.name) == meant


def test_a_surname_in_the_genitive_is_known():
    known = Known()
    known.add(person("Anna Nordin"))
    assert known.called("Nordins") == known.called("Nordin") == person("Anna Nordin")


def test_names_are_looked_for_once_in_each_part(monkeypatch):
    looked = []
    named = roles.last_named
    monkeypatch.setattr(
        roles, "last_named", lambda text, *rest: looked.append(text) or named(text, *rest)
    )
    text = "# Plan\n\n" + "\n\n".join(f"We met Anna Nordin{n} there." for n in range(20))
    raw = readers.read("a.md", text.encode())
    segment(raw, "d", lang=Fact("en", Origin.DEFAULT))
    assert len(looked) == 21
