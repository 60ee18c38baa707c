"""Pages that lie askew, as in a scanner, are read as if they did not."""

from __future__ import annotations

import pytest
from typesetting import PAGE, PROSE, counted, headings, read

pytest.importorskip("pypdfium2")

TEXT = (
    f"= Program\n{PROSE[0]}\n\n{PROSE[1]}\n\n- Borås ska ha fler bussar.\n- Eslöv ska ha fler tåg."
)
TEXT += f"\n\n== Skolan\n{PROSE[3]}"
COLUMNS = f"= Program\n#columns(2)[{PROSE[0]}\n\n{PROSE[1]}\n#colbreak()\n{PROSE[2]}\n\n{PROSE[3]}]"


def tilted(text, turn, width="110mm"):
    return read(f"{PAGE}#rotate({turn}deg)[#block(width: {width})[{text}]]")


@pytest.mark.parametrize("turn", [0.5, 1, -1, 2, 3, -3, 6, -9])
@pytest.mark.parametrize("text", [TEXT, COLUMNS])
def test_a_page_askew_is_read_as_one_that_is_not(turn, text):
    raw, straight = tilted(text, turn), tilted(text, 0)
    assert counted(raw) == counted(straight)
    assert headings(raw) == headings(straight)


@pytest.mark.parametrize("turn", [3, -6])
def test_what_is_askew_on_an_upright_page_turns_nothing_else(turn):
    title = f"#rotate({turn}deg)[#text(20pt)[*Mer tåg nu*]]\n\n"
    assert counted(read(f"{PAGE}{title}{COLUMNS}")) == counted(read(f"{PAGE}{COLUMNS}"))
