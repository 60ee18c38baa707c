from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from progsearch.facts import inference
from progsearch.facts.campaigns import Campaign
from progsearch.facts.inference import LATEST, campaign_of, infer_date, infer_kind


@pytest.mark.parametrize(
    ("meta", "path", "campaign"),
    [
        ({"campaignCategoryUid": "kraj2020 "}, "a/x.md", Campaign("kraj2020", 2020)),
        (
            {"campaignCategoryUid": "senat", "campaignGroupUid": "volby-2018"},
            "a/x.md",
            Campaign("senat", 2018),
        ),
        ({"campaignCategoryUid": "neco"}, "a/x.md", Campaign("neco")),
        ({"campaignCategoryUid": None}, "a/x.md", None),
        ({}, "a/_program/2020-krajske-plneni/x.md", Campaign("2020-krajske-plneni", 2020, True)),
        ({}, "a/program-kraj-2020/index.md", Campaign("program-kraj-2020", 2020)),
        ({}, "a/_program/hlinsko/x.md", None),
        ({}, "a/_program/kraj2020.md", None),
        ({}, "kraj2020/x.md", None),
        ({}, "x.md", None),
    ],
)
def test_campaign_of(meta: dict[str, object], path: str, campaign: Campaign | None) -> None:
    assert campaign_of(meta, path) == campaign


POST = {"layout": "post", "category": "blog", "date": "2020-01-01"}


@pytest.mark.parametrize(
    ("meta", "path", "title", "body", "kind"),
    [
        ({"campaignCategoryUid": "kraj2020"}, "a/x.md", "Doprava", "", "programme"),
        ({"campaignCategoryUid": "2020-krajske-plneni"}, "a/x.md", "", "", "fulfilment-report"),
        ({"layout": "page"}, "a/program/index.html", "Program", "", "election-page"),
        ({"layout": "page"}, "a/program-x/index.md", "Program pro volby", "", "programme"),
        ({"layout": "program-post"}, "a/volby/x.md", "Program", "", "programme"),
        ({"layout": "page"}, "a/volby/p/x.md", "Plnění programu 2018", "", "fulfilment-report"),
        (POST, "a/x.md", "Rozpočet kraje", "", "post"),
        ({"category": "blog", "date": "2020-01-01"}, "a/x.md", "Titulek", "", "post"),
        ({}, "a/_posts/2017-03-15-x.md", "Titulek", "", "post"),
        ({"layout": "page"}, "a/kontakt.md", "Kontakt", "Text.", None),
        ({}, "a/artiklar/2019/03/x.md", "Budget för vården", "", "article"),
        ({}, "a/news/x.txt", "Budget", "", "news"),
        ({}, "a/rozpocet/x.md", "Finance", "", "budget"),
        ({}, "x.txt", "Budgetmotion 2025/26:3811 (C)", "", "budget"),
        ({}, "x.txt", "Alliansen presenterar sin Budget", "Idag.", "budget"),
        ({}, "x.txt", "Rozpočet kraje 2024", "", "budget"),
        ({}, "x.txt", "Regionens budgetförslag", "", "budget"),
        ({}, "x.txt", "Principprogram", "", "programme"),
        ({}, "partiprogram-c-2013.txt", "En framtid", "", "programme"),
        ({}, "x.txt", "En framtid", "Centerpartiets\nIdéprogram\n", "programme"),
        ({}, "x.md", "Wahlprogramm 2025 – Die Linke", "", "programme"),
        ({}, "Bundestagswahlprogramm_2021.pdf", "", "", "programme"),
        ({}, "x.md", "Volebný program 2023", "", "programme"),
        ({}, "volebni-program-2021.pdf", "", "", "programme"),
        ({}, "x.md", "Program wyborczy Lewicy", "", "programme"),
        ({}, "x.md", "Valgprogram 2022", "", "programme"),
        ({}, "x.md", "Stortingsvalgprogrammet", "", "programme"),
        ({}, "x.md", "Vaaliohjelma 2023 – Vasemmistoliitto", "", "programme"),
        ({}, "x.md", "Manifesto 2024 – Green Party", "", "programme"),
        ({}, "x.md", "Neue Schule", "Das Wahlprogramm der Partei ist da.", None),
        ({}, "x.txt", "Antaget program", "Fler nyheter\n\n22 december 2021\n", "news"),
        ({}, "x.txt", "Budget", "Fler nyheter\n\ntext\n\nRelaterade nyheter\n", "news"),
        ({}, "x.txt", "Titulek", "Titulek\n\n22. 12. 2021\n\nText.", "news"),
        ({}, "x.txt", "Titulek", "Text bez ničeho.", None),
        ({}, "x.txt", "", "", None),
    ],
)
def test_infer_kind(
    meta: dict[str, object], path: str, title: str, body: str, kind: str | None
) -> None:
    assert infer_kind(meta, path, title, body, campaign_of(meta, path)) == kind


@pytest.mark.parametrize(
    ("path", "title", "body", "campaign", "iso"),
    [
        ("_posts/2017-03-15-x.md", "", "22. 12. 2021\n", None, "2017-03-15"),
        ("artiklar/2019/03/x.md", "", "22 december 2021\n\nText", None, "2021-12-22"),
        ("artiklar/2019/03/x.md", "", "Den 22 december 2021 hölls", None, "2019-03"),
        ("program/x-2019.md", "", "", Campaign("kraj2020", 2020), "2020"),
        ("x.txt", "Alliansbudget 2018", "", None, "2018"),
        ("x.txt", "Alliansen presenterar sin Budget", "här: Alliansbudget 2018,", None, "2018"),
        ("x.txt", "Vård", "här: Alliansbudget 2018,", None, None),
        ("x-2022.txt", "", "", None, "2022"),
        ("valprogram_2022-2026.txt", "", "", None, "2022"),
        ("budget-2025–2027.txt", "", "", None, "2025"),
        ("2019/agenda-2030.md", "Agenda 2030", "", None, "2019"),
        ("agenda-2030.md", "Agenda 2030", "", None, None),
        ("vize-kraje-2040.md", "", "", None, None),
        ("klimaplan-2099.md", "", "", None, None),
        ("x.md", "Valprogram 2099", "", None, None),
        ("2099/x.md", "", "", None, None),
        ("x.txt", "", "", Campaign("senat"), None),
    ],
)
def test_infer_date(
    path: str, title: str, body: str, campaign: Campaign | None, iso: str | None
) -> None:
    found = infer_date(path, title, body, campaign)
    assert (str(found) if found else None) == iso


@pytest.mark.parametrize("kind", ["news", "article", "post"])
def test_news_of_a_budget_are_not_from_its_year(kind: str) -> None:
    assert infer_date("x.txt", "Satsningar i budgeten för 2027", "", None, kind) is None
    assert str(infer_date("2026/09/x.txt", "Budgeten för 2027", "", None, kind)) == "2026-09"
    assert str(infer_date("x.txt", "Regionens budget 2027", "", None, "budget")) == "2027"


@pytest.mark.parametrize("year", [2020, 2040])
def test_the_year_of_a_file_does_not_depend_on_the_day(monkeypatch, year):
    class Then(datetime):
        @classmethod
        def now(cls, _zone=None):
            return cls(year, 6, 1, tzinfo=UTC)

    monkeypatch.setattr(inference, "datetime", Then, raising=False)
    assert str(infer_date("x.md", f"Valprogram {LATEST}", "", None)) == str(LATEST)
    assert infer_date("x.md", f"Valprogram {LATEST + 1}", "", None) is None


def test_the_latest_year_is_the_one_after_that_of_the_last_version():
    text = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")
    released = max(re.findall(r"^## [\d.]+ – (\d{4})", text, re.MULTILINE))
    assert int(released) + 1 <= LATEST
