"""Tables of Markdown that are drawn with dashes."""

from __future__ import annotations

import pytest
from reading import assert_law, read

from progsearch.model import ASIDE_ROLES, Fact, Origin, Role, Shape
from progsearch.segmentation import segment

GRID = """# Program

+-----------+--------------------------------+
| Oblast    | Slib                           |
+===========+================================+
| Školy     | - Zvýšíme platy.               |
|           | - Zrušíme poplatky.            |
+-----------+--------------------------------+
| Doprava   | Opravíme mosty a silnice ve    |
| v kraji   | všech krajích.                 |
+-----------+--------------------------------+
| Zdraví    | Otevřeme ordinace.             |
|           |                                |
|           | Zkrátíme čekání.               |
+-----------+--------------------------------+

: Sliby

Pod tabulkou.
"""
SIMPLE = """# Program

  Oblast    Slib
  --------- ---------------------------------
  Školy     Zvýšíme platy učitelů.
  Zdraví    Otevřeme ordinace v obcích.

Pod tabulkou.
"""
LINES = """# Program

-------------------------------------------------------------
 Oblast     Slib                              Rok
----------- --------------------------------- ---------------
 Školy      Zvýšíme platy učitelů o deset     2026
            procent ročně.

 Zdraví     Otevřeme ordinace.                2027
-------------------------------------------------------------

Pod tabulkou.
"""
COVERED = """# Program

+---------------------+----------+
| Property            | Earth    |
+=============+=======+==========+
|             | min   | 89.2     |
| Temperature +-------+----------+
|             | max   | 56.7     |
+-------------+-------+----------+
"""


def flat(text):
    return " ".join(text.replace("|", " ").split())


def counted(text):
    raw = read(text)
    assert_law(raw)
    done = segment(raw, "d", lang=Fact("cs", Origin.DEFAULT)).passages
    return [
        (flat(one.text), [flat(name) for name in one.headings[1:]])
        for one in done
        if one.role not in ASIDE_ROLES
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            GRID,
            [
                ("Zvýšíme platy.", ["Oblast Slib", "Školy"]),
                ("Zrušíme poplatky.", ["Oblast Slib", "Školy"]),
                ("Doprava v kraji Opravíme mosty a silnice ve všech krajích.", ["Oblast Slib"]),
                ("Otevřeme ordinace.", ["Oblast Slib", "Zdraví"]),
                ("Zkrátíme čekání.", ["Oblast Slib", "Zdraví"]),
                ("Pod tabulkou.", []),
            ],
        ),
        (
            SIMPLE,
            [
                ("Školy Zvýšíme platy učitelů.", ["Oblast Slib"]),
                ("Zdraví Otevřeme ordinace v obcích.", ["Oblast Slib"]),
                ("Pod tabulkou.", []),
            ],
        ),
        (
            LINES,
            [
                ("Školy Zvýšíme platy učitelů o deset procent ročně. 2026", ["Oblast Slib Rok"]),
                ("Zdraví Otevřeme ordinace. 2027", ["Oblast Slib Rok"]),
                ("Pod tabulkou.", []),
            ],
        ),
        (COVERED, [("min 89.2", ["Property Earth"]), ("max 56.7", ["Property Earth"])]),
        ("# P\n\nVěta jedna.\n\n-- --\n\nVěta dvě.\n", [("Věta jedna.", []), ("Věta dvě.", [])]),
        ("# P\n\nOblast\n------\n\nVěta.\n", [("Věta.", ["Oblast"])]),
        ("# P\n\n+1 pro školy\n\n+--- a dál\n", [("+1 pro školy", []), ("+--- a dál", [])]),
    ],
)
def test_rows_of_drawn_tables(text, found, ends):
    assert counted(text.replace("\n", ends)) == found


WRAPPED = """# Zpráva

+---------------------+--------------+--------------+
| Slib                | Stav         | Poznámka     |
|                     | plnění       |              |
+=====================+==============+==============+
| Postavíme sto škol  | Splněno jen  | Otevřeno     |
| v každém kraji.     | zčásti       | v květnu.    |
+---------------------+--------------+--------------+
| Snížíme daň z práce | Nesplněno    | - Bez peněz  |
| všem.               |              | - Bez hlasů  |
+---------------------+--------------+--------------+

Pod tabulkou a | za ní.
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("front", ["", "---\ntitle: Zpráva\n---\n"])
def test_cells_that_are_wrapped_side_by_side_are_read_one_after_the_other(front, ends):
    raw = read((front + WRAPPED).replace("\n", ends))
    assert_law(raw)
    done = segment(raw, "d", lang=Fact("cs", Origin.DEFAULT)).passages
    told = [(one.text, one.line) for one in done if one.role is not Role.HEADING]
    line = 1 + front.count("\n")
    assert told == [
        ("Postavíme sto škol v každém kraji. | Splněno jen zčásti | Otevřeno v květnu.", line + 6),
        ("Snížíme daň z práce všem.", line + 9),
        ("Nesplněno", line + 9),
        ("Bez peněz", line + 9),
        ("Bez hlasů", line + 9),
        ("Pod tabulkou a | za ní.", line + 13),
    ]
    head = next(one for one in done if one.role is Role.HEADING and "|" in one.text)
    assert flat(head.text) == "Slib Stav plnění Poznámka"


def test_a_bar_in_a_cell_stays_in_it():
    text = "+--------+--------+\n| a|b    | Více   |\n|        | škol.  |\n+--------+--------+\n"
    raw = read("# Program\n\n" + text + "\nVěta za tabulkou.\n")
    assert_law(raw)
    assert [raw.text[b.start : b.end] for b in raw.blocks][1] == r"a\|b | Více škol."


@pytest.mark.parametrize(
    "text", [COVERED, "# P\n\n| a | b |\n| --- | --- |\n| c | d |\n\nA -- b.\n"]
)
def test_a_file_without_wrapped_rows_keeps_its_text(text):
    raw = read(text)
    assert (raw.text, raw.lines) == (text, ())


def test_statuses_in_wrapped_cells_are_told():
    from progsearch.promises.cells import heads_of, in_cells
    from progsearch.promises.vocabulary import vocabulary

    raw = read(WRAPPED)
    row = next(one for one in raw.blocks if "škol v" in raw.text[one.start : one.end])
    head = next(one for one in raw.blocks if one.shape is Shape.TABLE_HEAD)
    words = vocabulary("cs")
    heads = heads_of([raw.text[head.start : head.end]], words, {})
    told = in_cells(raw.text[row.start : row.end], heads, words, {})
    assert [one.status for one in told] == ["partly"]


@pytest.mark.parametrize("rule", ["--- | ---", ":-- | --:", "---|---|"])
def test_pipe_tables_without_bars_at_their_edges_have_rows(rule):
    text = (
        f"# Zpráva\n\nSlib | Stav\n{rule}\nVíce škol. | Splněno\nVíce lékařů. | Nesplněno\n\nDál.\n"
    )
    raw = read(text)
    assert counted(text) == [
        ("Více škol. Splněno", ["Slib Stav"]),
        ("Více lékařů. Nesplněno", ["Slib Stav"]),
        ("Dál.", []),
    ]
    assert raw.lines == tuple(range(1, 10))


def test_a_bar_in_a_sentence_above_dashes_is_no_table():
    assert counted("# P\n\nVěta | jedna.\n\n--- | ---\n\nDvě.\n")[0][0] == "Věta jedna."


EDGE = "+---------------+-----------------------+--------+"
HEADED = [EDGE, "| Område        | Löfte                 | Status |", EDGE]
SCHOOL = [
    "| Skola och     | Fler lärare och       | Ja     |",
    "| utbildning    | mindre klasser.       |        |",
]
CARE = [
    "| Vård          | Kortare köer till     | Nej    |",
    "|               | vården.               |        |",
]
TRAINS = ["| Tåg           | Fler tåg.             | Ja     |"]
BUSES = ["| Buss          | Fler bussar.          | Nej    |"]
TOLD = {
    "S": "Skola och utbildning Fler lärare och mindre klasser. Ja",
    "C": "Vård Kortare köer till vården. Nej",
    "T": "Tåg Fler tåg. Ja",
    "B": "Buss Fler bussar. Nej",
}
LINES_OF = {"S": SCHOOL, "C": CARE, "T": TRAINS, "B": BUSES, "-": [EDGE]}


@pytest.mark.parametrize(
    "rows", ["SCT", "CST", "TCS", "S-TB", "TB-S", "C-T-BS", "SC-TB", "T-S-C-B"]
)
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_rows_that_no_rule_parts_are_rows(rows, suffix):
    lines = [*HEADED, *(line for row in rows for line in LINES_OF[row]), EDGE]
    text = "\n".join(["# Program", "", *lines, "", "Under tabellen.", ""])
    raw = read(text if suffix == "md" else text.replace("# ", ""), f"corpus/a.{suffix}")
    assert_law(raw)
    done = segment(raw, "d", lang=Fact("sv", Origin.DEFAULT)).passages
    told = [flat(one.text) for one in done if one.role not in ASIDE_ROLES]
    assert told[-1] == "Under tabellen."
    wanted = [TOLD[row] for row in rows if row != "-"]
    assert [one for one in told[:-1] if one != "Område Löfte Status"] == wanted


@pytest.mark.parametrize(
    "cells",
    [
        [("Bau von", "Plätze für alle", "Ja"), ("Wohnungen", "Kinder", "")],
        [("Skola", "- Fler lärare", "- Ja"), ("", "- Böcker", "- Nej")],
        [("Skola", "Fler lärare och", "delvis"), ("", "mindre klasser", "infört")],
    ],
)
def test_lines_that_carry_a_row_on_are_no_rows(cells):
    row = [f"| {a:<10} | {b:<15} | {c:<7} |" for a, b, c in cells]
    edge = "+------------+-----------------+---------+"
    other = f"| {'Tåg':<10} | {'Fler tåg':<15} | {'Ja':<7} |"
    text = "\n".join(["# P", "", edge, *row, edge, other, edge, "", "Slut på allt.", ""])
    found = counted(text)
    told = [one for one, _ in found]
    joined = " ".join(name for one, above in found for name in (*above, one))
    assert told[-2:] == ["Tåg Fler tåg Ja", "Slut på allt."]
    assert all(word.strip("- ") in joined for line in cells for word in line)
    assert len(told) == (3 if not cells[0][1].startswith("-") else len(told))
