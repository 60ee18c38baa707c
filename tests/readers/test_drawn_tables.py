"""Tables of Markdown that are drawn with dashes."""

from __future__ import annotations

import pytest
from reading import assert_law, read

from progsearch.model import ASIDE_ROLES, Fact, Origin
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
                ("Doprava Opravíme mosty a silnice ve v kraji všech krajích.", ["Oblast Slib"]),
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
                ("Školy Zvýšíme platy učitelů o deset 2026 procent ročně.", ["Oblast Slib Rok"]),
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
