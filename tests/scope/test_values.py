"""What a filter may be given: values of an index in any spelling, and what is refused."""

from __future__ import annotations

import pytest
from making import document, passage, prepared, stated

from progsearch import query as q
from progsearch.clause import All
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.model import Region
from progsearch.scope import Filters, as_filter, left_out_line, scope_of, with_values
from progsearch.state import Summary


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


def test_values_with_commas_are_listed_in_quotation_marks():
    with pytest.raises(ProgsearchError) as caught:
        parties_of(of_parties("A, B", "C"), "???")
    assert caught.value.remedy == 'it has "A, B", C'


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
