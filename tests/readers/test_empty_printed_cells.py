"""Empty cells of printed tables: what stands behind them keeps its column."""

from __future__ import annotations

import pytest
from typesetting import PAGE, PROSE, flat, passages, read

from progsearch.model import ASIDE_ROLES

pytest.importorskip("pypdfium2")

HEADS = ["Löfte", "Uppfyllt", "Delvis", "Brutet"]
TEXTS = [
    "Vi ska bygga nya broar i länet.",
    "Vi ska anställa fler poliser i länet.",
    "Vi ska sänka avgiften för barn.",
    "Vi ska öppna fler bibliotek på landet.",
]
STROKES = ["1pt", "none", "(x, y) => (bottom: 0.5pt)"]


def told(source):
    """Text and innermost heading of the passages that count, below the first text."""
    found = [one for one in passages(read(source)) if one.role not in ASIDE_ROLES]
    return [(flat(one.text), flat(one.headings[-1])) for one in found[1:]]


def table(rows, heads=HEADS, stroke="1pt", columns="(3fr, 1fr, 1fr, 1fr)"):
    cells = [f"[*{one}*]" if one else "[]" for one in heads]
    cells += [f"[{cell}]" for row in rows for cell in row]
    return f"#table(columns: {columns}, stroke: {stroke}, {', '.join(cells)})"


def page(*parts):
    return f"{PAGE}= Rapport\n{PROSE[0]}\n\n" + "\n\n".join(parts)


@pytest.mark.parametrize("stroke", STROKES)
@pytest.mark.parametrize("wide", ["x", "inte ännu"])
def test_what_stands_behind_empty_cells_keeps_its_column(stroke, wide):
    rows = [
        (TEXTS[0], "", wide, ""),
        (TEXTS[1], wide, "", ""),
        (TEXTS[2], "", "", wide),
        (TEXTS[3], wide, "", wide),
    ]
    over = " | ".join(HEADS)
    assert told(page(table(rows, stroke=stroke))) == [
        (f"{TEXTS[0]} | | {wide}", over),
        (f"{TEXTS[1]} | {wide}", over),
        (f"{TEXTS[2]} | | | {wide}", over),
        (f"{TEXTS[3]} | {wide} | | {wide}", over),
    ]


@pytest.mark.parametrize("stroke", STROKES)
def test_a_row_that_begins_behind_an_empty_cell_stands_below_its_own_heads(stroke):
    rows = [(TEXTS[0], "x", "y", "z"), ("", "Brott", "x", ""), (TEXTS[2], "x", "y", "z")]
    found = told(page(table(rows, stroke=stroke)))
    assert [one for one in found if one[0].startswith("Brott")] == [
        ("Brott | x", " | ".join(HEADS[1:]))
    ]


@pytest.mark.parametrize("stroke", STROKES)
def test_an_empty_head_counts(stroke):
    rows = [(TEXTS[0], "x", ""), (TEXTS[1], "", "x"), (TEXTS[2], "x", "")]
    heads = ["", "Uppfyllt", "Brutet"]
    found = told(page(table(rows, heads, stroke, "(3fr, 1fr, 1fr)")))
    over = "| Uppfyllt | Brutet"
    assert found == [
        (f"{TEXTS[0]} | x", over),
        (f"{TEXTS[1]} | | x", over),
        (f"{TEXTS[2]} | x", over),
    ]


def test_items_of_several_cells_stand_below_their_own_heads():
    heads = ["Område", "Norra partiet", "Södra partiet"]
    rows = [
        (
            "Skola",
            "- Fler lärare till alla byar.\n- Fler böcker till alla.",
            "Färre prov i skolan.",
        ),
        ("Vård", "", "- Fler sängar på sjukhus.\n- Kortare köer till läkare."),
    ]
    found = told(page(table(rows, heads, "1pt", "(1fr, 2fr, 2fr)")))
    assert len(found) == 5
    raw = read(page(table(rows, heads, "1pt", "(1fr, 2fr, 2fr)")))
    above = {flat(one.text): one.headings[-2:] for one in passages(raw)}
    assert above["Fler böcker till alla."] == ("Norra partiet", "Skola")
    assert above["Färre prov i skolan."] == ("Södra partiet", "Skola")
    assert above["Kortare köer till läkare."] == ("Södra partiet", "Vård")


@pytest.mark.parametrize("stroke", ["1pt", "(x, y) => (bottom: 0.5pt)"])
@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_column_that_is_empty_overleaf_keeps_the_others_in_their_places(stroke, column):
    def row(n, at):
        return [f"{TEXTS[n % 4]} ({n})", *("x" if at == place else "" for place in (1, 2, 3))]

    rows = [row(n, 1 + n % 3) for n in range(9)] + [row(n, column) for n in range(9, 16)]
    small = PAGE.replace("230mm", "140mm")
    head = table(rows, stroke=stroke)
    found = [
        one for one in passages(read(f"{small}= Rapport\n{head}")) if one.role not in ASIDE_ROLES
    ]
    last = [flat(one.text).count("|") for one in found if "(15)" in one.text]
    assert last == [column]
    assert flat(found[-1].headings[-1]).endswith(" | ".join(HEADS))
