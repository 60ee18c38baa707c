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
from progsearch.scope import Filters, as_filter, left_out_line, scope_of, with_values
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
    for strange in ("xB", "=C"):  # what follows = is a spelling
        with pytest.raises(ProgsearchError, match="no passage with party"):
            let_through(made, Filters(party=[strange]))
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
        ("=ANO", ["ANO"]),
        ("=Ano", ["Ano"]),
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


def of_parties(*names, **state):
    """An index with a text of each party."""
    engine = MemoryEngine()
    with engine.writer() as writer:
        for number, name in enumerate(names):
            parts = [passage(f"n{number:02d}", 1, "Text", lang="cs")]
            made_of = document(f"n{number:02d}", parts, lang="cs", party=stated(name))
            writer.add(prepared(made_of, parts))
        writer.commit(state)
    return engine


def parties_of(engine, *asked):
    scope = scope_of(Filters(party=asked), engine, Summary("x"))
    hits = engine.search(All(), scope=scope.narrow, limit=None, ranked=False).hits
    parties = {one.id: one.party.value for one in engine.documents()}
    return {parties[one.document] for one, _ in hits}


@pytest.mark.parametrize(
    ("value", "shown"),
    [("", "unknown"), ("ANO", "ANO"), ("unknown", "=unknown"), ("Unknown", "=Unknown")],
)
def test_a_value_is_asked_for_as_it_is_shown(value, shown):
    assert as_filter(value) == shown
    engine = of_parties("ANO", "B") if value in ("", "ANO") else of_parties(value, "B")
    with engine.writer() as writer:
        parts = [passage("none", 1, "Text", lang="cs")]
        writer.add(prepared(document("none", parts, lang="cs"), parts))
        writer.commit({})
    scope = scope_of(Filters(party=[shown]), engine, Summary("x"))
    hits = engine.search(All(), scope=scope.narrow, limit=None, ranked=False).hits
    found = [engine.document(one.document).party for one, _ in hits]
    assert [one.value if one else "" for one in found] == [value]


@pytest.mark.parametrize("count", [11, 12, 13])
def test_no_more_than_twelve_values_are_listed(count):
    names = [f"Party {number:02d}" for number in range(count)]
    with pytest.raises(ProgsearchError) as caught:
        parties_of(of_parties(*names), "???")
    listed = ", ".join(names[:12])
    assert caught.value.remedy == f"it has {listed}{', …' if count > 12 else ''}"


def test_an_index_without_values_says_so(made):
    with pytest.raises(ProgsearchError) as caught:
        scope_of(Filters(label=["101"]), of_parties("A"), Summary("x"))
    assert caught.value.remedy == "it has none at all"


def test_signs_alone_are_no_name_of_other_signs():
    engine = of_parties("–", "A")
    assert parties_of(engine, "–") == {"–"}
    with pytest.raises(ProgsearchError, match="no passage with party '…'"):
        parties_of(engine, "…")


def test_a_further_name_of_a_party_is_what_its_folder_says_it_is():
    summary = Summary("x", aliases={"a": {"the blue": ["B"]}, "b": {"both": ["A", "B"]}})
    engine = of_parties("A", "B", summary=summary.as_record())
    assert parties_of(engine, "The Blue") == {"B"}
    with pytest.raises(ProgsearchError, match="'both' may be A or B") as caught:
        parties_of(engine, "both")
    assert (caught.value.where, caught.value.remedy) == ("--party", "write its name")
    with pytest.raises(ProgsearchError, match="no passage with party"):
        parties_of(of_parties("C", summary=summary.as_record()), "The Blue")


def test_only_languages_are_found_by_the_names_of_languages():
    # SE is a country and, in small letters, the tag of Northern Sami.
    engine = MemoryEngine()
    with engine.writer() as writer:
        parts = [passage("a", 1, "Text", lang="se")]
        writer.add(prepared(document("a", parts, lang="se", country=stated("SE")), parts))
        parts = [passage("b", 1, "Text", lang="cs")]
        writer.add(prepared(document("b", parts, lang="cs"), parts))
        writer.commit({})
    scope = scope_of(Filters(lang=["northern sami"]), engine, Summary("x"))
    hits = engine.search(All(), scope=scope.narrow, limit=None, ranked=False).hits
    assert [one.document for one, _ in hits] == ["a"]
    with pytest.raises(ProgsearchError, match="no passage with lang"):
        scope_of(Filters(lang=["Upper Sorbian"]), engine, Summary("x"))
    with pytest.raises(ProgsearchError, match="no passage with country"):
        scope_of(Filters(country=["Northern Sami"]), engine, Summary("x"))
    assert scope_of(Filters(country=["Sweden"]), engine, Summary("x"))


def test_a_region_that_only_the_documents_name_is_found_by_its_name():
    engine = MemoryEngine()
    with engine.writer() as writer:
        for ident, region in (("a", Region("NO-03", "Oslo")), ("b", Region("SE-G", "Kronoberg"))):
            parts = [passage(ident, 1, "Text", lang="sv")]
            writer.add(prepared(document(ident, parts, lang="sv", region=stated(region)), parts))
        writer.commit({})
    for name in ("oslo", "NO-03"):
        scope = scope_of(Filters(region=[name]), engine, Summary("x"))
        hits = engine.search(All(), scope=scope.narrow, limit=None, ranked=False).hits
        assert [one.document for one, _ in hits] == ["a"]
    with pytest.raises(ProgsearchError, match="Narnia"):
        scope_of(Filters(region=["Narnia"]), engine, Summary("x"))


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
