"""Each filter lets through what it says, and nothing is let through in silence."""

from __future__ import annotations

import pytest

from progsearch.clause import All
from progsearch.errors import ProgsearchError
from progsearch.model import PROMISED, PartialDate
from progsearch.scope import Filters, scope_of
from progsearch.state import Summary

SAID = ("goal", "measure", "statement", "heading", "teaser")

TOLD = ("pledge", "plain", "claim", "promise")


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
