"""Facts of real documents, and of those that say what no document may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from normalise_making import KRONOBERG, LIBEREC, made

from progsearch import readers
from progsearch.facts.registry import parties_by_label
from progsearch.model import (
    Document,
    Fact,
    Origin,
    PartialDate,
    Passage,
    Person,
    Region,
    Role,
)
from progsearch.normalise import labelled_speakers, normalise


def test_blanks_at_the_ends_are_cut_off() -> None:
    assert made(meta={"uid": "zdravotnictvi ", "order": 1}).extra == {
        "uid": "zdravotnictvi",
        "order": 1,
    }


def real(shared: Path, path: str, lang: str, **rest: Any) -> Document:
    raw = readers.read(path, (shared / path).read_bytes())
    options: dict[str, Any] = {"defaults": {}, "given": {}, "people": {}} | rest
    return normalise(raw, path=path, content_hash="", detect=lambda _: lang, **options)


INFERRED = Origin.INFERRED


@pytest.mark.parametrize(
    ("path", "lang", "facts"),
    [
        (
            "seeds/000_82ea95488d60e711.txt",
            "cs",
            {
                "title": "Zdravotnictví",
                "campaign": "kraj2020",
                "kind": Fact("programme", INFERRED),
                "date": Fact(PartialDate(2020), INFERRED),
                "region": Fact(LIBEREC, INFERRED),
                "people": (Person("Zbyněk Miklík", "garant", "zbynek.miklik"),),
            },
        ),
        (
            "seeds/001_afde7d45baa7ce84.txt",
            "cs",
            {"kind": Fact("fulfilment-report", INFERRED), "region": None},
        ),
        (
            "seeds/002_4369e373af6f5b42.txt",
            "sv",
            {
                "kind": Fact("news", INFERRED),
                "region": Fact(KRONOBERG, INFERRED),
                "date": Fact(PartialDate(2021, 12, 22), Origin.STATED),
                "party": None,
            },
        ),
        (
            "seeds/003_dc21c14f7debb6c8.txt",
            "sv",
            {
                "kind": Fact("budget", INFERRED),
                "region": Fact(KRONOBERG, INFERRED),
                "date": Fact(PartialDate(2018), INFERRED),
                "party": Fact("Alliansen", INFERRED),
            },
        ),
        (
            "seeds/004_e3973a3a7b6d66d0.txt",
            "cs",
            {"title": "Sociální Politika", "kind": Fact("programme", INFERRED), "region": None},
        ),
        (
            "corpus/se-partier/budgetmotion-c-202526.txt",
            "sv",
            {
                "kind": Fact("budget", INFERRED),
                "date": Fact(PartialDate(2025, 10, 7), Origin.STATED),
                "region": None,
            },
        ),
    ],
)
def test_real_documents(shared: Path, path: str, lang: str, facts: dict[str, object]) -> None:
    found = real(shared, path, lang)
    assert {key: getattr(found, key) for key in facts} == facts


def test_defaults_fill_what_a_seed_does_not_state(shared: Path) -> None:
    path = "seeds/001_afde7d45baa7ce84.txt"
    found = real(shared, path, "cs", defaults={"region": "Central Bohemia"})
    assert found.region == Fact(Region("CZ-20", "Středočeský kraj"), Origin.DEFAULT)
    assert found.country == Fact("CZ", Origin.DEFAULT)
    assert found.extra["redmine"] == "35925"


def test_every_programme_of_the_corpus_is_one(shared: Path) -> None:
    root = shared / "corpus" / "cz-pirati"
    for file in sorted(root.glob("*/_program/*/*")):
        found = real(shared, file.relative_to(shared).as_posix(), "cs")
        wanted = "fulfilment-report" if "plneni" in file.parent.name else "programme"
        assert found.kind == Fact(wanted, INFERRED)
        assert found.campaign


def test_parties_of_the_national_programmes(shared: Path) -> None:
    for file in sorted((shared / "corpus" / "se-partier").glob("*-*-*.txt")):
        found = real(shared, file.relative_to(shared).as_posix(), "sv")
        assert found.party is not None
        letters = parties_by_label()[found.party.value].letters[0]
        assert letters.lower() == file.stem.split("-")[1]
        assert found.region is None


@pytest.mark.parametrize(
    ("country", "code"), [("", "CZ-51"), ("CZ", "CZ-51"), ("SE", None), ("Germany", None)]
)
def test_the_region_of_a_folder_lies_in_the_stated_country(country: str, code: str | None) -> None:
    meta = {"country": country} if country else {}
    found = made("Opravíme silnice.", meta, path="corpus/liberecky/x.md").region
    assert (found.value.code if found else None) == code


def test_the_party_of_a_speaker_has_the_label_of_the_documents() -> None:
    def said(party: str) -> Passage:
        speaker = Person("Eva Ek", "speaker", party=party)
        lang = Fact("sv", Origin.INFERRED)
        return Passage("d.1", "d", 1, Role.QUOTATION, lang, "Ja.", 0, 3, 1, 1, speaker=speaker)

    def parties(country: str) -> list[str]:
        told = labelled_speakers([said("C"), said("Omsorgsdemokraterna")], country)
        return [one.speaker.party for one in told if one.speaker]

    assert parties("SE") == ["Centerpartiet", "Omsorgsdemokraterna"]
    assert parties("") == ["C", "Omsorgsdemokraterna"]
