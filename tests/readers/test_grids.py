"""Cells that cover columns and rows, or hold lists: what stands above what, in every format."""

from __future__ import annotations

import grids_making
import pytest
from files_making import documents
from grids_making import Cell
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from reading import assert_law

from progsearch.analysis.text import reading
from progsearch.blocks.columns import MAX_WIDE, Grid
from progsearch.model import ASIDE_ROLES, Fact, Origin
from progsearch.promises.status import stated
from progsearch.segmentation import segment

LABOUR = ("Lower the tax.", "Raise the limits.")
TORIES = ("Keep the tax.", "Cut the fees.")
THEMES = ("Theme", "Labour", "Conservatives")
CASES = {
    "a cell over columns": (
        [("Promise", "Budget", "Status"), (Cell("Build homes, there are none", 2), "kept")],
        [("Build homes, there are none | kept", ("Promise / Budget | Status",), "kept")],
    ),
    "a cell over rows": (
        [
            ("Promise", "Status", "Budget"),
            ("Open the school", Cell("kept", tall=2), "3 m"),
            ("Mend the road", "5 m"),
            ("Dig the tunnel", "broken", "6 m"),
        ],
        [
            ("Open the school | kept | 3 m", ("Promise | Status | Budget",), "kept"),
            ("Mend the road | 5 m", ("Promise | Budget", "kept"), "kept"),
            ("Dig the tunnel | broken | 6 m", ("Promise | Status | Budget",), "broken"),
        ],
    ),
    "two names beside rows": (
        [
            ("Area", "Part", "Promise", "Status"),
            (Cell("Roads", tall=3), Cell("North", tall=2), "Open the tunnel", "kept"),
            ("Mend the bridge", "broken"),
            ("South", "Build the port", "kept"),
        ],
        [
            ("North | Open the tunnel | kept", ("Part | Promise | Status", "Roads"), "kept"),
            ("Mend the bridge | broken", ("Promise | Status", "Roads", "North"), "broken"),
            ("South | Build the port | kept", ("Part | Promise | Status", "Roads"), "kept"),
        ],
    ),
    "a head of two rows": (
        [
            (Cell("Promise", tall=2), Cell("Status", wide=2)),
            ("2023", "2024"),
            ("Open the school", "", "kept"),
        ],
        [("Open the school | | kept", ("Promise | Status 2023 | Status 2024",), "kept")],
    ),
    "a head over columns": (
        [("Promise", Cell("Status", wide=2)), ("Open the school", "kept", "in March")],
        [("Open the school | kept | in March", ("Promise | Status | Status",), "kept")],
    ),
    "an empty head": (
        [("", *THEMES[1:]), ("Tax", "Lower the tax.", "Keep the tax.")],
        [("Tax | Lower the tax. | Keep the tax.", ("| Labour | Conservatives",), None)],
    ),
    "an empty name": (
        [("Area", "Promise", "Status"), ("Roads", "Open it", "kept"), ("", "Mend it", "broken")],
        [
            ("Roads | Open it | kept", ("Area | Promise | Status",), "kept"),
            ("Mend it | broken", ("Promise | Status",), "broken"),
        ],
    ),
    "lists side by side": (
        [THEMES, ("Tax", LABOUR, TORIES), ("Homes", LABOUR, "")],
        [
            *((text, ("Labour", "Tax"), None) for text in LABOUR),
            *((text, ("Conservatives", "Tax"), None) for text in TORIES),
            *((text, ("Labour", "Homes"), None) for text in LABOUR),
        ],
    ),
    "lists behind a cell over columns": (
        [("Theme", "Costs", *THEMES[1:]), (Cell("Tax", 2), LABOUR, "Nothing at all.")],
        [
            *((text, ("Labour", "Tax"), None) for text in LABOUR),
            ("Nothing at all.", ("Conservatives", "Tax"), None),
        ],
    ),
    "lists below a name beside rows": (
        [THEMES, (Cell("Tax", tall=2), LABOUR, TORIES), ("Nothing.", TORIES)],
        [
            *((text, ("Labour", "Tax"), None) for text in LABOUR),
            *((text, ("Conservatives", "Tax"), None) for text in TORIES),
            ("Nothing.", ("Labour", "Tax"), None),
            *((text, ("Conservatives", "Tax"), None) for text in TORIES),
        ],
    ),
}


HEADLESS = {
    "short names above what is said": (
        [
            THEMES,
            ("Tax", "We will lower it.", "We keep it."),
            ("Homes", "We build.", "We sell one."),
        ],
        "Theme | Labour | Conservatives",
    ),
    "an empty name": (
        [("", *THEMES[1:]), ("Tax", "We will lower it.", "Keep it."), ("Homes", LABOUR, TORIES)],
        "| Labour | Conservatives",
    ),
    "lists": ([THEMES, ("Tax", LABOUR, TORIES), ("Homes", LABOUR, TORIES)], "Labour"),
    "a row as the others": (
        [("Tax", "Lower it now."), ("Homes", "Build it."), ("Roads", "b")],
        None,
    ),
    "one row below": ([THEMES, ("Tax", "We will lower it.", "We keep it.")], None),
}


@pytest.mark.parametrize("made", grids_making.ALL, ids=lambda made: made.__name__)
@pytest.mark.parametrize("case", HEADLESS)
def test_a_first_row_of_short_names_is_a_head_where_the_others_say_something(made, case):
    if made is grids_making.rich_text:
        pytest.importorskip("striprtf")
    rows, head = HEADLESS[case]
    found = told(*made(rows, heads=0))
    if head is None:
        assert (found[0][0], found[0][1]) == (" | ".join(rows[0]), ())
    else:
        assert found[0][1][0] == head


def told(name, data):
    (raw,) = documents(name, data)
    assert_law(raw)
    done = segment(raw, "d", title="Program", lang=Fact("en", Origin.DEFAULT)).passages
    found = []
    for one in done[:-1]:
        if one.role not in ASIDE_ROLES:
            text = " ".join(reading(one.text).text.split())
            status = stated(text, one.headings, "en")
            found.append((text, one.headings, status and status.status))
    return found


@pytest.mark.parametrize("made", grids_making.ALL, ids=lambda made: made.__name__)
@pytest.mark.parametrize("case", CASES)
def test_a_cell_stands_below_the_head_of_its_own_column(made, case):
    if made is grids_making.rich_text:
        pytest.importorskip("striprtf")
    rows, found = CASES[case]
    heads = 2 if case == "a head of two rows" else 1
    assert told(*made(rows, heads)) == found


@pytest.mark.parametrize("made", [grids_making.html, grids_making.markdown])
def test_lines_of_a_cell_stand_below_its_own_head(made):
    rows, found = CASES["lists side by side"]
    assert told(*made(rows, lists="br")) == found


def test_a_first_cell_without_the_tag_of_a_head_is_of_the_head_if_it_is_empty():
    name, data = grids_making.html(CASES["an empty head"][0])
    assert told(name, data.replace(b"<th></th>", b"<td></td>")) == CASES["an empty head"][1]


@pytest.mark.parametrize("made", grids_making.ALL, ids=lambda made: made.__name__)
def test_a_head_goes_on_in_the_rows_that_its_cells_cover(made):
    if made is grids_making.rich_text:
        pytest.importorskip("striprtf")
    rows = [
        (Cell("Promise", tall=2), Cell("Status", wide=3)),
        ("kept", "partly kept", "broken"),
        ("Open the school", "", "x", ""),
    ]
    above = "Promise | Status kept | Status partly kept | Status broken"
    assert told(*made(rows)) == [("Open the school | | x", (above,), "partly")]


@pytest.mark.parametrize("tall", [0, 7, 99])
@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_a_cell_of_the_head_that_covers_all_rows_stands_beside_them(name, tall):
    rows = "".join(f"<tr><td>Open school {n}</td><td>kept</td></tr>" for n in range(6))
    head = f"<tr><th rowspan={tall}>Theme</th><th>Promise</th><th>Status</th></tr>"
    table = f"<table>{head}{rows}</table>\n\n<p>The end is here.</p>"
    page = f"<html><body><h1>Program</h1>{table}</body></html>"
    data = page if name == "a.html" else f"# Program\n\n{table}\n"
    found = told(name, data.encode())
    assert found == [(f"Open school {n} | kept", ("Promise | Status",), "kept") for n in range(6)]


@pytest.mark.parametrize("made", grids_making.ALL, ids=lambda made: made.__name__)
def test_lists_of_parties_side_by_side_are_told(made):
    if made is grids_making.rich_text:
        pytest.importorskip("striprtf")
    said = ("Wir senken die Steuer für alle.", "Mehr Netto vom Brutto.")
    (raw,) = documents(*made([("Thema", "SPD", "CDU"), ("Steuer", said, ("Nichts.", "Weg."))]))
    assert any("side by side (SPD, CDU)" in note for note in raw.notes)


@pytest.mark.parametrize("mark", ["<b>{}</b>", "<strong>{}</strong>"])
@pytest.mark.parametrize("made", [grids_making.html, grids_making.markdown])
def test_a_bold_first_row_is_a_head(made, mark):
    name, data = made([("Promise", "Status"), ("Open the school", "kept")], heads=0)
    for word in ("Promise", "Status"):
        data = data.replace(word.encode(), mark.format(word).encode())
    assert told(name, data) == [("Open the school | kept", ("Promise | Status",), "kept")]


def test_lines_of_a_pipe_table_stand_below_their_own_heads():
    cells = "<br>".join(LABOUR), "<br>".join(TORIES)
    rows = THEMES, ("--",) * 3, ("Tax", *cells)
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    assert (
        told("a.md", f"# Program\n\n{table}\n\nEnd.\n".encode())
        == CASES["lists side by side"][1][:4]
    )


spans = st.integers(1, 4)


@given(st.lists(st.lists(st.tuples(spans, spans), max_size=4), max_size=5))
@settings(max_examples=examples(40))
def test_no_two_cells_stand_at_the_same_place(rows):
    grid = Grid()
    taken = set()
    for number, row in enumerate(rows):
        for wide, tall in row:
            first, last = grid.place(wide, tall)
            assert last - first + 1 == wide
            assert (number, first) not in taken
            assert first == 1 or (number, first - 1) in taken
            taken |= {(number + n, at) for n in range(tall) for at in range(first, last + 1)}
        grid.end_row()


def test_a_cell_covers_no_more_than_a_page_can_have():
    assert Grid().place(10**9, 10**9) == (1, MAX_WIDE)
