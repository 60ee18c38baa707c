"""Cells of printed tables that cover rows or columns, hold lists, or stand beyond the rules."""

from __future__ import annotations

import pytest
from typesetting import PAGE, PROSE, passages, read

from progsearch.model import ASIDE_ROLES, Role

pytest.importorskip("pypdfium2")

HEAD = "[*Område*], [*Löfte*], [*År*]"
OVER = "Område | Löfte | År"
BESIDE = "Löfte | År"
"""Above rows that begin in the second column."""
LONG = "Behöriga lärare ska finnas i alla kommuner, också i de små orterna på landsbygden i norr"
SCHOOL = [(LONG, "2026"), ("Högre löner för lärare i hela landet", "2027"), ("Fler böcker", "2028")]
CARE = [("Kortare köer till operation i alla regioner", "2026"), ("Fler sängar", "2027")]


def flat(text):
    return " ".join(text.split())


def told(table, before=""):
    """Text and headings of the passages of a table that count, below the chapter's heading."""
    raw = read(f"{PAGE}= Program\n{PROSE[0]}\n\n{before}{table}\n\n{PROSE[2]}")
    found = [one for one in passages(raw) if one.role not in ASIDE_ROLES]
    assert (flat(found[0].text), flat(found[-1].text)) == (PROSE[0], PROSE[2])
    assert found[-1].headings == ("Program",)
    return [(flat(one.text), [flat(name) for name in one.headings[1:]]) for one in found[1:-1]]


def set_(columns, stroke, cells, more=""):
    stroke = f"stroke: {stroke}," if stroke else ""
    return f"#table(columns: {columns}, {stroke} {more} {cells})"


def spanning(align):
    groups = (("Skola och utbildning", SCHOOL), ("Vård", CARE))
    return ", ".join(
        f"table.cell(rowspan: {len(rows)}, align: {align})[{name}], "
        + ", ".join(f"[{text}], [{year}]" for text, year in rows)
        for name, rows in groups
    )


@pytest.mark.parametrize(
    ("stroke", "align"),
    [("1pt", "top"), ("1pt", "horizon"), ("(x, y) => (bottom: 0.5pt)", "top"), ("none", "top")],
)
def test_a_cell_that_covers_rows_stands_above_them(stroke, align):
    found = told(set_("(1fr, 3fr, 1fr)", stroke, f"{HEAD}, {spanning(align)}"))
    assert found == [
        *((f"{text} | {year}", [BESIDE, "Skola och utbildning"]) for text, year in SCHOOL),
        *((f"{text} | {year}", [BESIDE, "Vård"]) for text, year in CARE),
    ]


def test_a_bold_cell_as_wide_as_the_table_stands_above_the_rows_below_it():
    def part(name, rows):
        cells = ", ".join(f"[Löfte {n}], [{text}], [{year}]" for n, (text, year) in enumerate(rows))
        return f"table.cell(colspan: 3)[*{name}*], {cells}"

    cells = f"{HEAD}, {part('Skola', SCHOOL)}, {part('Vård', CARE)}"
    assert told(set_("(1fr, 3fr, 1fr)", "", cells)) == [
        *((f"Löfte {n} | {t} | {y}", [OVER, "Skola"]) for n, (t, y) in enumerate(SCHOOL)),
        *((f"Löfte {n} | {t} | {y}", [OVER, "Vård"]) for n, (t, y) in enumerate(CARE)),
    ]  # fmt: skip


@pytest.mark.parametrize("between", ["\n- ", "\n\n"])
def test_a_list_and_paragraphs_of_a_cell_are_passages_of_their_own(between):
    texts = [f"{LONG}.", "Högre löner för lärare i hela landet.", "Fler böcker till alla barn."]
    first = between if between.strip() else ""
    cells = f"[*Område*], [*Löften*], [Skola], [{first}{between.join(texts)}], [Kultur], [Bio.]"
    cells += ", [Vård], [Fler sängar.]"
    over = "Område | Löften"
    assert told(set_("(1fr, 3fr)", "", cells)) == [
        *((text, [over, "Skola"]) for text in texts),
        ("Kultur | Bio.", [over]),
        ("Vård | Fler sängar.", [over]),
    ]


def test_a_row_above_the_first_rule_belongs_to_the_table():
    payers = (
        "Staten och regionerna tillsammans, med skatt och med pengar från unionen",
        "Kommunerna",
        "Regionen, ur en fond för skolor och med egna pengar",
        "Staten",
    )
    promises = [*SCHOOL, *CARE]
    rows = [(f"Löfte {n}", promises[n][0], payer) for n, payer in enumerate(payers)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    found = told(set_("(1fr, 3fr, 2fr)", "(x, y) => (bottom: 0.5pt)", f"{HEAD}, {cells}"))
    assert found == [(" | ".join(row), [OVER]) for row in rows]


def test_the_head_again_on_the_next_page_is_a_head():
    rows = [(f"Löfte {n}", text, year) for n, (text, year) in enumerate(SCHOOL + CARE + SCHOOL)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    head = f"table.header({HEAD})"
    raw = read(f"{PAGE}= Program\n#v(140mm)\n{set_('(1fr, 3fr, 1fr)', '', f'{head}, {cells}')}")
    found = passages(raw)
    assert sum(one.role is Role.HEADING and flat(one.text) == OVER for one in found) == 2
    counted = [flat(one.text) for one in found if one.role not in ASIDE_ROLES]
    assert counted == [" | ".join(row) for row in rows]


def test_cells_that_hold_whole_paragraphs_are_told_by_the_rules_between_them():
    long = " ".join([PROSE[1], LONG, *(text for text, _ in SCHOOL + CARE)])  # some 60 words
    rows = [(f"{name} {long}", f"{long} {name}") for name in ("Skola", "Vård")]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    found = told(set_("(1fr, 1fr)", "0.5pt", f"[*I dag*], [*Sedan*], {cells}"))
    assert found == [(" | ".join(row), ["I dag | Sedan"]) for row in rows]


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_cell_that_covers_rows_may_stand_at_either_side(place):
    name = "table.cell(rowspan: 2)[Departementet]"
    first, second = (f"[{text}], [{year}]" for text, year in CARE)
    rows = f"{name}, {first}, {second}" if place == "first" else f"{first}, {name}, {second}"
    more = "[Trafik], [Fler tåg], [2028]"
    found = told(set_("(1fr, 1fr, 1fr)", "0.5pt", f"{HEAD}, {rows}, {more}"))
    assert found == [
        *(
            (f"{text} | {year}", [BESIDE if place == "first" else OVER, "Departementet"])
            for text, year in CARE
        ),
        ("Trafik | Fler tåg | 2028", [OVER]),
    ]


def test_cells_that_cover_fewer_rows_stand_in_the_first_of_them():
    cells = (
        "table.cell(rowspan: 3)[Skola], table.cell(rowspan: 2)[Kommun], [Fler lärare], "
        "[Fler böcker], [Stat], [Fler platser], [Vård], [Region], [Fler sängar]"
    )
    found = told(set_("(1fr, 1fr, 2fr)", "0.5pt", f"[*Område*], [*Vem*], [*Löfte*], {cells}"))
    over = "Område | Vem | Löfte"
    assert found == [
        ("Kommun | Fler lärare", ["Vem | Löfte", "Skola"]),
        ("Fler böcker", [over, "Skola"]),
        ("Stat | Fler platser", ["Vem | Löfte", "Skola"]),
        ("Vård | Region | Fler sängar", [over]),
    ]


def test_a_table_right_below_another_has_its_own_head():
    one = "[*Område*], [*Löfte*], [Skola], [Fler lärare], [Vård], [Fler sängar]"
    other = "[*Vem*], [*Hur*], [Region], [Med skatt], [Stat], [Med lån]"
    found = told("\n\n".join(set_("(1fr, 2fr)", "0.5pt", cells) for cells in (one, other)))
    assert [above for _, above in found] == [["Område | Löfte"]] * 2 + [["Vem | Hur"]] * 2
