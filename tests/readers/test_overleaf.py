"""Tables of printed pages that go on overleaf: wherever a page cuts them, the rows are the same."""

from __future__ import annotations

import pytest
from typesetting import PAGE, PROSE, passages, read

from progsearch.model import ASIDE_ROLES

pytest.importorskip("pypdfium2")

OVER = "Område | Löfte | År"
ROWS = [
    ("Skola", f"{PROSE[0]} {PROSE[1]}", "2026"),
    ("Vård", PROSE[2], "2027"),
    ("Vägar", f"{PROSE[1]} {PROSE[2]}", "2028"),
    ("Bostäder", PROSE[0], "2029"),
]


def flat(text):
    return " ".join(text.split())


def table(stroke, head, rows=ROWS):
    names = f"table.header({head}[*Område*], [*Löfte*], [*År*])" if head is not None else ""
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    first = f"{names}, " if names else "[*Område*], [*Löfte*], [*År*], "
    return f"#table(columns: (70pt, 1fr, 40pt), inset: 6pt, stroke: {stroke}, {first}{cells})"


def told(source):
    found = [one for one in passages(read(source)) if one.role not in ASIDE_ROLES]
    return [(flat(one.text), [flat(name) for name in one.headings[1:]]) for one in found]


@pytest.mark.parametrize("down", range(180, 440, 20))
@pytest.mark.parametrize("stroke", ["1pt", "none", "(x, y) => (bottom: 0.5pt)"])
@pytest.mark.parametrize("head", ["repeat: true, ", "repeat: false, "])
def test_rows_are_the_same_wherever_a_page_cuts_them(stroke, head, down):
    source = f"{PAGE}= Program\n{PROSE[0]}\n#v({down}pt)\n{table(stroke, head)}\n\n{PROSE[2]}"
    assert told(source) == [
        (PROSE[0], []),
        *((" | ".join(row), [OVER]) for row in ROWS),
        (PROSE[2], []),
    ]


@pytest.mark.parametrize("first", ["vi bygger vägar", "", "eHealth for all"])
@pytest.mark.parametrize("head", ["repeat: true, ", "repeat: false, "])
def test_a_whole_row_overleaf_is_no_rest_of_another(head, first):
    """Also where it begins in small letters, or has the name of the row above."""
    rows = [("Vård", "Fler platser i länet", "2027"), ("Skola", "Fler lärare i länet", "2028")]
    rows += [(first, "Vi öppnar sex vårdcentraler", "2029"), ("Tåg", "Fler tåg", "2030")]
    for down in range(300, 520, 20):
        source = f"{PAGE}= Program\n{PROSE[0]}\n#v({down}pt)\n{table('1pt', head, rows)}"
        found = [text for text, _ in told(source)]
        assert found == [PROSE[0], *(" | ".join(filter(None, row)) for row in rows)], down
