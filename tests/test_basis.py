"""The lines about what numbers are of, word by word."""

from __future__ import annotations

import pytest

from progsearch.compare.basis import (
    basis_lines,
    chosen,
    copies_line,
    denominator,
    fields_line,
    mixture_lines,
    shared_line,
)
from progsearch.compare.mixture import Mixture, Part
from progsearch.model import PROMISED
from progsearch.query import parse
from progsearch.scope import Filters

LOOSE = " or ".join(PROMISED)
FOUR = "programme (1,000), news (999), of unknown kind (998), speech (997)"


@pytest.mark.parametrize(
    ("filters", "by", "counted"),
    [
        (Filters(), (), ""),
        (Filters(party=["A"]), (), ""),  # whose text it is, and not what is said
        (Filters(role=["goal", "measure"]), (), "role goal or measure"),
        (Filters(promises=True), (), f"promises ({LOOSE})"),
        (Filters(promises=True, role=["goal"]), (), f"role goal, promises ({LOOSE})"),
        (Filters(promises=True, role=["goal"]), ("role",), f"promises ({LOOSE})"),
        (Filters(promises=True, role=["goal"]), ("commitment",), "role goal"),
    ],
)
def test_what_is_counted_and_of_what(filters, by, counted):
    assert chosen(filters, by) == counted
    whose = "all passages of the group" if by else "all passages"
    assert denominator(filters, by) == (f"{counted}, of {whose}" if counted else whose)
    whose = "the group" if by else "the text"
    line = f"counted: {counted}; of: all passages of {whose}, whatever they say"
    assert basis_lines(filters, by, Mixture()) == ([line] if counted else [])


@pytest.mark.parametrize(
    ("queries", "line"),
    [
        (["nemocnice"], ""),
        (["role:goal"], ""),
        (
            ["party:A nemocnice", "vlak"],
            (
                "party: in the query chooses among what is found, not what it is counted of; "
                "--party does both"
            ),
        ),
        (
            ["document:a year:2020"],
            (
                "document: and year: in the query chooses among what is found, not what it is "
                "counted of; --since and --until do both"
            ),
        ),
        (
            ["document:a"],
            "document: in the query chooses among what is found, not what it is counted of",
        ),
        (
            ["NOT year:2020", "vlak OR (party:A role:goal)"],
            (
                "party: and year: in the query chooses among what is found, not what it is counted "
                "of; --party and --since and --until do both"
            ),
        ),
    ],
)
def test_fields_of_queries_are_told(queries, line):
    assert fields_line(parse(one) for one in queries) == line


def parts(count, **more):
    names = ("programme", "news", "", "speech", "report", "law")
    return tuple(
        Part(**({"kind": names[at], "passages": 1000 - at, "first": "", "last": ""} | more))
        for at in range(count)
    )


@pytest.mark.parametrize(
    ("kinds", "line"),
    [
        (
            parts(2),
            "counted together: programme (1,000), news (999); --kind programme keeps to that",
        ),
        (
            parts(4),
            (f"counted together: {FOUR}; --kind programme keeps to that"),
        ),
        (
            parts(5),
            (f"counted together: {FOUR} and 1 more; --kind programme keeps to that"),
        ),
        (
            parts(1, first="2020", last="2024"),
            "counted together: programme 2020–2024 (1,000); --since and --until keep to some",
        ),
        (
            (
                *parts(1, first="2020", last="2020"),
                *parts(1, kind="news", first="2021", last="2022"),
            ),
            (
                "counted together: programme 2020 (1,000), news 2021–2022 (1,000); "
                "--kind programme keeps to that"
            ),
        ),
    ],
)
def test_what_is_counted_together_is_told(kinds, line):
    assert list(mixture_lines(Mixture(kinds=kinds))) == [line]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ([("2020", "A")], "2020 A"),
        ([("2020", "ABCD"), ("2024", "ABCDE")], "2020 A, B, C, D; 2024 A, B, C, D …"),
        ([(str(year), "A") for year in (1, 2, 3, 4)], "1 A; 2 A; 3 A; 4 A"),
        ([(str(year), "A") for year in (1, 2, 3, 4, 5)], "1 A; 2 A; 3 A; 4 A; …"),
    ],
)
def test_years_with_other_parties_are_told(turns, told):
    mixture = Mixture(turns=tuple((year, tuple(parties)) for year, parties in turns))
    line = f"not the same parties speak in all years (from {told}); --party keeps to one"
    assert basis_lines(Filters(), (), mixture) == [line]


def test_copies_are_told():
    more = "a text counts once in a group (--duplicates keep)"
    assert copies_line(1) == f"1 document repeats another; {more}"
    assert copies_line(2) == f"2 documents repeat others; {more}"
    assert copies_line(1200) == f"1,200 documents repeat others; {more}"


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ({(("A",), ("",)): 1}, "1 of A in unknown"),
        (
            {(("A", "1"), ("B", "2")): 2, (("A", "1"), ("C", "unknown")): 1200},
            "1,200 of A · 1 in C · =unknown, 2 of A · 1 in B · 2",
        ),
        (
            {(("A",), (name,)): 1 + (name == "F") for name in "FEDCB"},
            "2 of A in F, 1 of A in B, 1 of A in C, 1 of A in D and 1 more",
        ),
    ],
)
def test_groups_with_the_same_texts_are_told(shared, told):
    line = f"texts of several groups count in each of them: {told}"
    assert shared_line(shared) == line
