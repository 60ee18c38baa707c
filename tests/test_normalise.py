"""Facts of a document: what it states, what its folder says, what is inferred, in this order."""

from __future__ import annotations

import json
import unicodedata
from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st
from normalise_making import KRONOBERG, LIBEREC, made

from progsearch.errors import ProgsearchError
from progsearch.model import (
    Block,
    Fact,
    Origin,
    PartialDate,
    Person,
    RawDocument,
    Shape,
)
from progsearch.normalise import body_of, normalise, read_people

FACTS = [
    ("lang", "sv", "sv"),
    ("kind", "budget", "budget"),
    ("country", "DE", "DE"),
    ("region", "Kronoberg", KRONOBERG),
    ("party", "Ny", "Ny"),
    ("date", "2019-05", PartialDate(2019, 5)),
]


@pytest.mark.parametrize(("key", "text", "value"), FACTS)
def test_stated_before_default_before_given_before_inferred(
    key: str, text: str, value: object
) -> None:
    other = {
        "lang": "en",
        "kind": "news",
        "country": "FR",
        "region": "CZ-10",
        "party": "Jiná",
        "date": "2001",
    }[key]
    stated, default, here = {key: text}, {key: text}, {key: text}
    instead = {key: other}
    for origin, found in (
        (Origin.STATED, made(meta=stated, defaults=instead, given=instead)),
        (Origin.DEFAULT, made(defaults=default, given=instead)),
        (Origin.GIVEN, made(given=here)),
    ):
        assert getattr(found, key) == Fact(value, origin)


def test_all_can_be_inferred() -> None:
    text = "22. 12. 2021\n\nLiberecký kraj. Liberečané. Podle Libereckého kraje."
    found = made(text, path="corpus/zpravy/x.txt")
    assert found.lang == Fact("cs", Origin.INFERRED)
    assert found.kind == Fact("news", Origin.INFERRED)
    assert found.country == Fact("CZ", Origin.INFERRED)
    assert found.region == Fact(LIBEREC, Origin.INFERRED)
    assert found.date == Fact(PartialDate(2021, 12, 22), Origin.INFERRED)
    programme = made("x", {"title": "Liberalernas partiprogram"})
    assert programme.party == Fact("Liberalerna", Origin.INFERRED)
    assert programme.extra["as_written"] == {"party": "Liberalernas"}


def test_nothing_is_inferred_when_not_wanted() -> None:
    text = "22. 12. 2021\n\nLiberecký kraj. Liberečané. Podle Libereckého kraje."
    meta: dict[str, object] = {"title": "Liberalernas partiprogram"}
    found = made(text, meta, path="c/_program/kraj2020/x.md", infer=False)
    assert (found.lang.value, found.campaign) == ("und", "")
    for key in ("kind", "country", "region", "date", "party"):
        assert getattr(found, key) is None


@pytest.mark.parametrize(
    ("meta", "defaults", "lang", "country"),
    [
        ({"region": "CZ-51"}, {}, "sv", Fact("CZ", Origin.STATED)),
        ({}, {"region": "SE-G"}, "cs", Fact("SE", Origin.DEFAULT)),
        ({}, {"country": "SK"}, "cs", Fact("SK", Origin.DEFAULT)),
        ({}, {}, "sv", Fact("SE", Origin.INFERRED)),
        ({}, {}, "en", None),
    ],
)
def test_country(
    meta: dict[str, object], defaults: dict[str, str], lang: str, country: Fact[str] | None
) -> None:
    assert made(meta=meta, defaults=defaults, lang=lang).country == country


def test_region_only_of_the_country_that_is_known() -> None:
    text = "Region Kronoberg. Kronobergarna i Kronobergs län."
    assert made(text, lang="sv").region == Fact(KRONOBERG, Origin.INFERRED)
    assert made(text, lang="cs").region is None
    assert made(text, defaults={"country": "SE"}).region == Fact(KRONOBERG, Origin.INFERRED)


def test_a_wrong_date_costs_the_date() -> None:
    found = made(meta={"date": "2022-02-29", "title": "Titulek"}, path="c/2020-01-02-x.md")
    assert found.title == "Titulek"
    assert found.date == Fact(PartialDate(2020, 1, 2), Origin.INFERRED)
    assert found.extra["date"] == "2022-02-29"
    assert found.notes[0] == "a note"
    assert found.notes[1].startswith("date: ")
    assert "2022-02-29" in found.notes[1]


@pytest.mark.parametrize(
    ("key", "value"), [("region", "Liberek"), ("lang", "cz"), ("kind", "pamflet")]
)
def test_a_wrong_value_is_noted_and_kept(key: str, value: str) -> None:
    found = made(meta={key: value}, defaults={"region": "CZ-10", "lang": "cs", "kind": "news"})
    assert getattr(found, key).origin is Origin.DEFAULT
    assert found.extra == {key: value}
    assert key in found.notes[1]


@pytest.mark.parametrize("where", ["defaults", "given"])
def test_a_wrong_default_is_an_error(where: str) -> None:
    with pytest.raises(ProgsearchError, match="unknown region"):
        made(**{where: {"region": "Liberek"}})  # type: ignore[arg-type]
    with pytest.raises(ProgsearchError, match="unknown key"):
        made(**{where: {"regoin": "CZ-51"}})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("meta", "defaults", "campaign", "kind", "year"),
    [
        ({"campaignCategoryUid": "kraj2020"}, {}, "kraj2020", "programme", 2020),
        ({"campaignGroupUid": "volby-2020"}, {}, "volby-2020", "programme", 2020),
        (
            {"campaignCategoryUid": "2020-krajske-plneni", "campaignGroupUid": "volby-2020"},
            {},
            *("2020-krajske-plneni", "fulfilment-report", 2020),
        ),
        ({}, {"campaign": "2018-komunalni"}, "2018-komunalni", "programme", 2018),
        (
            {"campaignCategoryUid": "psp2017"},
            {"campaign": "kraj2020"},
            *("psp2017", "programme", 2017),
        ),
    ],
)
def test_campaign(
    meta: dict[str, object], defaults: dict[str, str], campaign: str, kind: str, year: int
) -> None:
    found = made(meta=meta, defaults=defaults)
    assert found.campaign == campaign
    assert found.kind == Fact(kind, Origin.INFERRED)
    assert found.date == Fact(PartialDate(year), Origin.INFERRED)


HEADING = "Úvodní slova\n\n# Hlavní   nadpis\n"


@pytest.mark.parametrize(
    ("meta", "given_title", "blocks", "path", "title"),
    [
        ({"title": " Doprava  a silnice "}, "Jiný", True, "c/x.md", "Doprava a silnice"),
        ({"title": 2020}, "", True, "c/x.md", "2020"),
        ({"title": None}, "Jiný", True, "c/x.md", "Jiný"),
        ({}, "", True, "c/x.md", "Hlavní nadpis"),
        ({}, "", False, "c/2017-03-15-nataceni-pro_rtv.md", "Nataceni pro rtv"),
        ({}, "", False, "c/# zdravotnictvi.md", "Zdravotnictvi"),
        ({}, "", False, "c/---.md", "---.md"),
    ],
)
def test_title(
    meta: dict[str, object], given_title: str, *, blocks: bool, path: str, title: str
) -> None:
    start = HEADING.index("Hlavní")
    found = made(
        HEADING,
        meta,
        path,
        (Block(Shape.HEADING, start, len(HEADING) - 1, 1),) if blocks else (),
        given={"title": given_title} if given_title else {},
    )
    assert found.title == title


def test_identity_is_the_path_in_one_form() -> None:
    path = "corpus/příklad.md"
    document = made(path=unicodedata.normalize("NFD", path))
    assert document.path == path
    assert document.id == blake2b(path.encode()).hexdigest()[:10]
    assert document.content_hash == "abc"
    assert made(path="corpus/jiny.md").id != document.id


def test_the_hash_of_the_body_is_that_of_its_words() -> None:
    one = made("---\ntitle: A\n---\n\nPrvní  věta,\ndruhá řádka.\n", path="a/x.md")
    same = (
        "PRVNÍ VĚTA, DRUHÁ ŘÁDKA",
        "---\r\ntitle: B\r\n---\r\nPrvní věta, druhá řádka.",
        unicodedata.normalize("NFD", "První věta, druhá řádka."),
        "První vě\u00adta, druhá\u200b řádka.",
        "<!-- hlavička -->\nPrvní věta, druhá řádka.",
    )
    for text in same:
        assert made(text, path="b/x.md").body_hash == one.body_hash
    assert made("První věta, třetí řádka.", path="b/x.md").body_hash != one.body_hash
    assert made("---\na: b\n---\n", path="a").body_hash != made("---\na: b\n---\n").body_hash


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\na: b\n---\nText", "Text"),
        ("\ufeff---\na: b\n---  \nText", "Text"),
        ("---\r\na: b\r\n---\r\nText", "\nText"),
        ("---\ra: b\r---\rText", "Text"),
        ("---\n---\nText", "Text"),
        ("---\na: b\n---", ""),
        ("---\na: b\nText", "---\na: b\nText"),
        ("Text\n---\na\n---\n", "Text\n---\na\n---\n"),
        ("<!-- a | b -->\nText", "\nText"),
        ("", ""),
    ],
)
def test_body_of(text: str, body: str) -> None:
    assert body_of(text) == body


def test_people() -> None:
    people = read_people("uid\tname\tpath\njan.novak\tJan Novák # x\t_people/jan-novak.md\n")
    found = made(meta={"garant": "jan.novak", "author": "Redakce"}, people=people)
    assert found.people == (Person("Jan Novák", "garant", "jan.novak"), Person("Redakce", "author"))
    assert found.extra == {}


def test_language_is_told_from_the_text() -> None:
    seen = []

    def detect(text: str) -> str:
        seen.append(text)
        return "sv"

    text = "---\ntitle: T\nperex: Z hlavičky\n---\nTělo"
    field = Block(Shape.FIELD, text.index("Z hl"), text.index("\n---\nT"), label="perex")
    body = Block(Shape.PARAGRAPH, text.index("Tělo"), len(text))
    for blocks in ((field, body), (field,), ()):
        raw = RawDocument("markdown", text, {"title": "T"}, blocks)
        normalise(raw, path="x", content_hash="", defaults={}, given={}, people={}, detect=detect)
    assert seen == ["Tělo", "Z hlavičky", "Tělo"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)

KEYS = st.sampled_from(
    [
        "title",
        "date",
        "lang",
        "kind",
        "region",
        "garant",
        "author",
        "authorId",
        "campaignCategoryUid",
        "redmine",
        "uid",
    ]
)


@given(st.dictionaries(KEYS | st.text(min_size=1), JSON))
def test_no_key_is_lost(meta: dict[str, object]) -> None:
    found = made(meta=meta)
    facts = {
        "title": found.title,
        "date": found.date,
        "lang": found.lang,
        "language": found.lang,
        "kind": found.kind,
        "country": found.country,
        "region": found.region,
        "party": found.party,
        "organisation": found.party,
        "organization": found.party,
        "campaign": found.campaign,
        "campaignCategoryUid": found.campaign,
        "garant": found.people,
        "author": found.people,
        "authorId": found.people,
    }
    for key in meta:
        assert key in found.extra or facts[key]
    json.dumps(found.extra)
