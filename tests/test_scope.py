"""Each filter lets through what it says, and nothing is let through in silence."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from making import document, passage, prepared, stated

from progsearch import query as q
from progsearch.clause import All
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.model import PROMISED, PartialDate, Region, Role
from progsearch.scope import Filters, left_out_line, scope_of, with_values
from progsearch.state import Summary

DATES = (PartialDate(2020), PartialDate(2021, 5, 3), PartialDate(2024, 12), None)
REGIONS = (Region("CZ-51", "Liberecký kraj"), Region("SE-G", "Kronobergs län"), None)
SAID = ("goal", "measure", "statement", "heading", "teaser")
TOLD = ("pledge", "plain", "claim", "promise")


@dataclass(frozen=True)
class Row:
    """What is known of a passage, as a filter names it."""

    id: str
    lang: str
    country: str
    region: str
    party: str
    kind: str
    role: str
    commitment: str
    label: str
    date: PartialDate | None
    document: str


@pytest.fixture(scope="module")
def made():
    engine, rows = MemoryEngine(), []
    with engine.writer() as writer:
        for number in range(36):
            ident = f"d{number:02d}"
            lang, region = ("cs", "sv")[number % 2], REGIONS[number % 3]
            party = ("Strana A", "B", None, "ANO")[number % 4]
            kind, when = ("programme", "news", None)[number % 3], DATES[number % 4]
            country = ("CZ", "SE", None)[number // 2 % 3]
            parts = [
                passage(
                    ident,
                    place,
                    f"Text {place}",
                    lang=lang,
                    role=Role(role),
                    commitment=sorted({*PROMISED, "plain"})[(number + place) % (len(PROMISED) + 1)],
                    label=("101", "", "102")[(number + place) % 3],
                )
                for place, role in enumerate(("goal", "measure", "statement", "heading"), 1)
            ]
            writer.add(
                prepared(
                    document(
                        ident,
                        parts,
                        lang=lang,
                        region=stated(region),
                        party=stated(party),
                        kind=stated(kind),
                        date=stated(when),
                        country=stated(country),
                    ),
                    parts,
                )
            )
            own = (lang, country or "", region.code if region else "", party or "", kind or "")
            rows += [
                Row(one.id, *own, one.role.value, one.commitment, one.label, when, ident)
                for one in parts
            ]
        writer.commit({})
    return engine, rows


def let_through(made, filters, by=()):
    engine, _ = made
    scope = scope_of(filters, engine, Summary("x"), by)
    found = engine.search(All(), scope=scope.narrow, limit=None, ranked=False)
    return {one.id for one, _ in found.hits}


def wanted(made, keep, *, asides=False):
    return {
        row.id for row in made[1] if keep(row) and (asides or row.role not in ("heading", "teaser"))
    }


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("lang", ["cs"]),
        ("lang", ["cs", "sv"]),
        ("country", ["CZ"]),
        ("country", ["cz"]),
        ("country", ["unknown"]),
        ("region", ["CZ-51"]),
        ("region", ["unknown", "SE-G"]),
        ("party", ["ANO"]),
        ("party", ["b", "Unknown"]),
        ("kind", ["news"]),
        ("role", ["goal"]),
        ("role", ["goal", "measure"]),
        ("commitment", ["plain"]),
        ("label", ["101", "unknown"]),
        ("document", ["d03", "d04"]),
    ],
)
def test_a_filter_lets_through_its_values(made, name, values):
    low = {"" if value.casefold() == "unknown" else value.casefold() for value in values}
    found = let_through(made, Filters(**{name: values}))
    assert found == wanted(made, lambda row: getattr(row, name).casefold() in low)
    assert 0 < len(found) < len(made[1])


def test_all_filters_must_match(made):
    filters = Filters(country=["CZ"], party=["B"], kind=["news"], role=["goal"])
    assert let_through(made, filters) == wanted(
        made,
        lambda row: (row.country, row.party, row.kind, row.role) == ("CZ", "B", "news", "goal"),
    )


def test_region_may_be_named_as_people_do(made):
    assert let_through(made, Filters(region=["Liberecký kraj"])) == wanted(
        made, lambda row: row.region == "CZ-51"
    )


def test_headings_are_asked_for(made):
    assert let_through(made, Filters()) == wanted(made, lambda _: True)
    assert let_through(made, Filters(asides=True)) == wanted(made, lambda _: True, asides=True)
    assert let_through(made, Filters(role=["Heading"])) == wanted(
        made, lambda row: row.role == "heading", asides=True
    )


def test_promises_are_what_is_promised(made):
    assert let_through(made, Filters(promises=True)) == wanted(
        made, lambda row: row.commitment in PROMISED
    )
    with pytest.raises(ProgsearchError, match="--promises are") as caught:
        let_through(made, Filters(promises=True, commitment=["plain"]))
    assert caught.value.where == "--commitment"
    both = Filters(promises=True, commitment=[PROMISED[0]])
    assert let_through(made, both) == wanted(made, lambda row: row.commitment == PROMISED[0])


@pytest.mark.parametrize("since", [None, "2020", "2021-05", "2021-05-04", "2024-12", "2025"])
@pytest.mark.parametrize("until", [None, "2020", "2021-05-03", "2021-05-02", "2024-11", "2024-12"])
def test_days_are_those_that_a_date_may_mean(made, since, until):
    first = PartialDate.parse(since).first if since else None
    last = PartialDate.parse(until).last if until else None
    filters = Filters(
        since=PartialDate.parse(since) if since else None,
        until=PartialDate.parse(until) if until else None,
    )
    if first and last and first > last:
        with pytest.raises(ProgsearchError, match="is after --until"):
            let_through(made, filters)
        return

    def keep(row):
        if not (first or last):
            return True
        if row.date is None:
            return False
        return (not first or row.date.last >= first) and (not last or row.date.first <= last)

    assert let_through(made, filters) == wanted(made, keep)


def test_the_same_day_is_a_time(made):
    day = PartialDate.parse("2021-05-03")
    assert let_through(made, Filters(since=day, until=day))


def test_what_is_said_chooses_and_groups_bound(made):
    engine, _ = made
    filters = Filters(commitment=["plain"], role=["goal"], party=["B"])
    scope = scope_of(filters, engine, Summary("x"))
    text = engine.search(All(), scope=scope.clause, limit=None, ranked=False)
    assert {one.id for one, _ in text.hits} == wanted(made, lambda row: row.party == "B")
    grouped = scope_of(filters, engine, Summary("x"), ["commitment"])
    text = engine.search(All(), scope=grouped.clause, limit=None, ranked=False)
    assert {one.id for one, _ in text.hits} == wanted(
        made, lambda row: (row.party, row.commitment) == ("B", "plain")
    )
    assert filters.chosen() == {"role": ("goal",), "commitment": ("plain",)}
    assert filters.chosen(["commitment"]) == {"role": ("goal",)}
    assert Filters(promises=True).chosen() == {"promises": PROMISED}
    assert Filters(promises=True).chosen(["commitment"]) == {}


def test_values_that_no_passage_has_are_refused_and_those_that_could_be_are_not(made):
    with pytest.raises(ProgsearchError, match="no passage with party 'C'") as caught:
        let_through(made, Filters(party=["C"]))
    assert caught.value.where == "--party"
    assert caught.value.remedy == "it has ANO, B, Strana A"
    assert let_through(made, Filters(role=["teaser"])) == set()
    with pytest.raises(ProgsearchError, match="no passage with role"):
        let_through(made, Filters(role=["nothing"]))
    with pytest.raises(ProgsearchError, match="no passage with region"):
        let_through(made, Filters(region=["CZ-10"]))
    with pytest.raises(ProgsearchError, match="no passage with document") as many:
        let_through(made, Filters(document=["zz"]))
    assert many.value.remedy.count(",") == 12
    assert many.value.remedy.endswith("…")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("party:ano", q.Facet("party", "ANO")),
        ("party:b", q.Facet("party", "B")),
        ("party:nobody", q.Facet("party", "nobody")),
        ("party:unknown", q.Facet("party", "")),
        ("lang:Czech", q.Facet("lang", "cs")),
        ("lang:Swedish", q.Facet("lang", "sv")),
        ("lang:German", q.Facet("lang", "German")),
        ("country:Sweden", q.Facet("country", "SE")),
        ("country:Poland", q.Facet("country", "Poland")),
        ("region:Kronobergs", q.Facet("region", "SE-G")),
        ("NOT party:ano", q.Not(q.Facet("party", "ANO"))),
        ("text AND party:ano", q.And((q.Word("text"), q.Facet("party", "ANO")))),
        ("text OR party:ano", q.Or((q.Word("text"), q.Facet("party", "ANO")))),
    ],
)
def test_the_fields_of_a_query_mean_what_the_index_has(made, asked, meant):
    assert with_values(q.parse(asked), made[0]) == meant


@pytest.fixture(scope="module")
def spelled():
    """An index whose parties are spelt in ways that differ little, or are told by a registry."""
    names = ("ANO", "Ano", "Žlutí", "zluti", "unknown", "Piráti", "Moderaterna")
    engine = MemoryEngine()
    with engine.writer() as writer:
        for name in names:
            ident = f"p{names.index(name)}"
            parts = [passage(ident, 1, "Text", lang="cs")]
            made_of = document(ident, parts, lang="cs", party=stated(name))
            writer.add(prepared(made_of, parts))
        writer.commit({})
    return engine


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ANO", ["ANO"]),  # as it is spelt
        ("Ano", ["Ano"]),
        ("ano", ["ANO", "Ano"]),  # or in any way that differs only in case
        ("ŽLUTÍ", ["Žlutí"]),  # before those without accents
        ("ŽLUTI", ["zluti", "Žlutí"]),
        ("=unknown", ["unknown"]),
        ("M", ["Moderaterna"]),  # or by what a registry knows
    ],
)
def test_the_exact_spelling_wins_and_then_those_that_differ_least(spelled, asked, found):
    scope = scope_of(Filters(party=[asked]), spelled, Summary("x"))
    hits = spelled.search(All(), scope=scope.narrow, limit=None, ranked=False).hits
    parties = {one.id: one.party.value for one in spelled.documents()}
    assert sorted(parties[one.document] for one, _ in hits) == sorted(found)
    if not asked.startswith("="):
        facets = tuple(q.Facet("party", one) for one in found)
        meant = with_values(q.Facet("party", asked), spelled)
        assert meant == (facets[0] if len(found) == 1 else q.Or(facets))


def test_a_name_that_may_be_two_is_refused(spelled):
    with pytest.raises(ProgsearchError, match="may be the party of that name") as caught:
        scope_of(Filters(party=["Unknown"]), spelled, Summary("x"))
    assert caught.value.remedy == "write --party =Unknown for the name, --party '' for none"
    assert scope_of(Filters(party=[""]), spelled, Summary("x"))


def test_copies_are_counted_once_and_searched_all():
    assert Filters().searching().copies is True
    assert Filters().counting().copies is False
    for told in (True, False):
        assert Filters(copies=told).searching().copies is told
        assert Filters(copies=told).counting().copies is told
    engine = MemoryEngine()
    summary = Summary("x", copies={"b": "a"})
    assert scope_of(Filters(copies=True), engine, summary).once is None
    assert scope_of(Filters(copies=False), engine, summary).once is not None
    assert scope_of(Filters(copies=False), engine, Summary("x")).once is None


def test_what_was_left_out_is_said():
    assert left_out_line(1).startswith("1 document that repeats another was")
    assert left_out_line(2).startswith("2 documents that repeat others were")
