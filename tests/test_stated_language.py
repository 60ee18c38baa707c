"""A language that is stated of a document, and the one that its texts are in."""

from __future__ import annotations

import pytest
from normalise_making import made

from progsearch.languages.detect import Detector
from progsearch.languages.stated import contradicted
from progsearch.model import Block, Document, Fact, Origin, Shape

CS = [
    "Opravíme školu v centru",
    "Otevřeme novou ordinaci",
    "Zavedeme levnější jízdné pro děti",
    "Zvýšíme počet míst ve školkách a zajistíme dostupnou péči pro všechny občany našeho města.",
    "Postavíme v našem městě nové byty pro mladé rodiny a seniory do konce volebního období.",
]
SV = [
    "Vi anställer fler sjuksköterskor",
    "Korta köerna till vården",
    "Vi vill att alla barn ska få hjälp",
    "Skolan ska vara trygg för alla och äldre ska få bestämma mer själva",
    "Bygg fler bostäder i hela kommunen så att unga kan flytta hemifrån",
]
DE = [
    "Wir bauen mehr bezahlbare Wohnungen für alle Menschen in unserer Stadt",
    "Die Schulen werden saniert und wir stellen mehr Lehrer ein, damit alle gut lernen können",
    "Der Bus soll auch am Abend fahren, und zwar in alle Dörfer",
]
EN = [
    "We will build more homes for the people of our town and cut the cost of the bus",
    "Every child should have a place at a good school that is near to home",
]
DETECTOR = Detector()


@pytest.mark.parametrize(
    ("texts", "stated", "read"),
    [
        (CS, "en", "cs"),
        (SV, "en", "sv"),
        (DE, "en", "de"),
        (EN, "cs", "en"),
        (SV[:3] * 4, "en", "sv"),  # short items alone, told together
        (CS, "sk", "cs"),
        (CS, "cs", ""),
        (EN, "en", ""),
        ([*CS[3:], *EN], "en", ""),  # mixed
        ([*EN, *DE, *CS], "sv", ""),  # none of them clearly
        (CS[:2], "en", ""),  # too short to be told
        (["Město", "Byty", "2024"], "en", ""),
        (DE, "bar", ""),  # what nobody here can tell from it
    ],
)
def test_texts_contradict_what_is_stated(texts: list[str], stated: str, read: str) -> None:
    assert contradicted(texts, stated, DETECTOR, str) == read


def document(**rest: dict[str, str]) -> Document:
    text = "\n".join(CS)
    block = Block(Shape.PARAGRAPH, 0, len(text))
    return made(text, blocks=(block,), contradicted=lambda _texts, _lang: "cs", **rest)


@pytest.mark.parametrize("said", ["defaults", "given", "overrides"])
def test_texts_win_over_the_file_and_not_over_the_user(said: str) -> None:
    told = document(meta={"lang": "en"})
    assert told.lang == Fact("cs", Origin.INFERRED)
    kept = document(**{said: {"lang": "en"}})
    assert kept.lang.value == "en"
    for one in (told, kept):
        assert "stated to be en, the text reads as cs" in one.notes[-1]
