"""Tables of a comparison of a few texts."""

from __future__ import annotations

from dataclasses import replace

from compare_making import KRONOBERG, LIBEREC, asks, index_of, text_of

from progsearch.compare import comparison, differences, silences
from progsearch.compare.keywords import keywords
from progsearch.export.comparisons import cells_table, passages_table, spreads_table, wide_table
from progsearch.export.keywords import keywords_table
from progsearch.export.silences import silence_table
from progsearch.export.tables import About
from progsearch.model import PartialDate, Role
from progsearch.scope import Filters


def corpus():
    """Two parties in two regions; one of them too small to compare."""
    promise = "Zajistíme nové sestry do nemocnice."
    return index_of(
        text_of("a", [promise] * 30 + ["vlak"] * 60, region=LIBEREC, party="A", year=2024,
                roles={1: Role.GOAL}),
        text_of("b", ["sestra"] * 3 + ["vlak"] * 87, region=LIBEREC, party="=B", year=2020),
        text_of("c", ["vård", "läkare"], "sv", region=KRONOBERG, party="A"),
        text_of("d", ["vård"], "sv"),
    )  # fmt: skip


def tables(index=None):
    """Every table that the commands write, by name."""
    index = index or corpus()
    first, second = asks(index, "sestra", "vlak")
    asked = [first, replace(second, id="vlak | bus")]
    compared = comparison(index, asked, ["region", "party"], evidence=2)
    tests = differences(compared)
    found = [
        cells_table(compared, tests, evidence=True),
        wide_table(compared),
        passages_table(compared, lambda hit: f"https://x.example/{hit.passage.id}?a=1&b=2"),
        spreads_table(tests),
        silence_table(silences(index, asked, ["region", "party"]), ["region", "party"]),
        keywords_table(keywords(index, ["party"]), lambda _: "https://x.example/"),
    ]
    return {table.name: table for table in found}


NAMES = ("cells", "keywords", "passages", "silent", "themes", "wide")


def about(index=None, **more):
    index = index or corpus()
    filters = Filters(lang=["cs", "sv"], since=PartialDate(2020, 5), copies=False)
    return About(
        **{
            "command": "compare",
            "asked": {"themes": ["t"], "by": ["region", "party"], "narrowed to": ""},
            "filters": filters,
            "corpus": index.summary,
            "made": "2025-03-01",
            "left_out": 4,
            "notes": ("a rule",),
        }
        | more
    )


def names(table):
    return [column.name for column in table.columns]
