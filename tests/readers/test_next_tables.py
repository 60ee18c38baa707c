"""A table below another, overleaf or on the same page, is not read below the other's head."""

from __future__ import annotations

from dataclasses import replace

import pytest
from typesetting import PAGE, PROSE, flat, passages, read

from progsearch.model import Block, Shape
from progsearch.readers.pdf import printed

pytest.importorskip("pypdfium2")

HEAD = "Område | Löfte | År"
FIRST = [("Skola", PROSE[0], "2026"), ("Vård", PROSE[2], "2027")]
NAMES = ("Ort", "Åtgärd", "Antal")
NUMBERS = [("Malmö", "Fler bussar", "12"), ("Lund", "Fler tåg", "14"), ("Eslöv", "Stigar", "16")]
WORDS = [("Malmö", "Fler bussar", "Trafik"), ("Lund", "Fler tåg", "Spår"), ("Eslöv", "Nya", "Väg")]
SAID = [("Malmö", PROSE[1], "Trafik"), ("Lund", PROSE[2], "Järnväg"), ("Eslöv", PROSE[0], "Vägar")]
STROKES = ["1pt", "none"]


def table(rows, stroke, columns="70pt, 1fr, 40pt"):
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    return f"#table(columns: ({columns}), inset: 6pt, stroke: {stroke}, {cells})"


def rows_of(
    second, *, first=FIRST, stroke, columns="70pt, 1fr, 40pt", down=0, between="#pagebreak()"
):
    """The rows of the second table with the last heading above each, and the notes."""
    names = tuple(f"*{name}*" for name in HEAD.split(" | "))
    raw = read(
        f"{PAGE}= Program\n{PROSE[1]}\n#v({down}pt)\n{table([names, *first], stroke)}"
        f"\n\n{between}\n\n"
        f"{table(second, stroke, columns)}\n\n{PROSE[3]}"
    )
    found = [one for one in passages(raw) if "|" in one.text]
    texts = {" | ".join(row) for row in second}
    under = {flat(one.text): one.headings[1:] for one in found if flat(one.text) in texts}
    assert list(under) == [" | ".join(row) for row in second]
    names = {row[0] for row in first}
    above = [one.headings[-1] for one in found if flat(one.text).split(" | ")[0] in names]
    assert above == [HEAD] * len(first)
    return {row: [flat(one) for one in above] for row, above in under.items()}, raw.notes


@pytest.mark.parametrize("stroke", STROKES)
@pytest.mark.parametrize("down", [0, 200, 270])
@pytest.mark.parametrize("columns", ["70pt, 1fr, 40pt", "120pt, 1fr, 60pt"])
def test_words_above_numbers_are_a_head_of_their_own(stroke, down, columns):
    under, notes = rows_of([NAMES, *NUMBERS], stroke=stroke, down=down, columns=columns)
    assert list(under.values()) == [[], *[[" | ".join(NAMES)]] * 3]
    assert not notes


@pytest.mark.parametrize("stroke", STROKES)
@pytest.mark.parametrize(
    ("rows", "down", "columns"),
    [
        (WORDS, 0, "70pt, 1fr, 40pt"),  # the page before is half empty
        (WORDS, 270, "150pt, 1fr, 60pt"),  # other columns
        (WORDS, 270, "70pt, 1fr, 40pt"),  # nothing but names, and sentences before
    ],
)
def test_rows_of_another_table_stand_below_no_head_and_it_is_told(stroke, rows, down, columns):
    under, notes = rows_of([NAMES, *rows], stroke=stroke, down=down, columns=columns)
    assert set(map(tuple, under.values())) == {()}
    assert [note.partition(":")[0] for note in notes] == ["page 2"]


@pytest.mark.parametrize("stroke", STROKES)
def test_names_above_sentences_are_a_head_of_their_own(stroke):
    under, notes = rows_of([NAMES, *SAID], stroke=stroke, down=270)
    assert list(under.values()) == [[], *[[" | ".join(NAMES)]] * 3]
    assert not notes


@pytest.mark.parametrize("stroke", STROKES)
def test_rows_of_the_same_kind_in_the_same_columns_go_on(stroke):
    rows = [("Vägar", PROSE[0], "2028"), ("Tåg", PROSE[1], "2029")]
    under, notes = rows_of(rows, stroke=stroke, down=270)
    assert list(under.values()) == [[HEAD]] * 2
    assert not notes


@pytest.mark.parametrize("stroke", STROKES)
def test_rows_of_nothing_but_names_on_both_pages_are_told(stroke):
    first = [("Kiruna", "Fler flyg", "Luft"), ("Umeå", "Fler bilar", "Gator")]
    under, notes = rows_of(WORDS, first=first, stroke=stroke, down=400)
    assert list(under.values()) == [[HEAD]] * 3
    assert [note.partition(":")[0] for note in notes] == ["page 2"]


def test_a_table_right_below_another_with_rules_is_another():
    under, notes = rows_of([NAMES, *WORDS], stroke="1pt", columns="150pt, 1fr, 60pt", between="")
    assert set(map(tuple, under.values())) == {()}
    assert not notes


def rows_on_pages(pages, rows, label="row"):
    """Rows of short names, so many a page, below a head; their text and where pages begin."""
    line = "Kiruna | Luft\n"
    size = len(line) - 1
    blocks = [
        Block(Shape.PARAGRAPH, at, at + size, 1, label=label)
        for at in range(0, pages * rows * len(line), len(line))
    ]
    return line * (pages * rows), blocks, range(0, pages * rows * len(line), rows * len(line))


def test_a_table_of_many_pages_is_told_of_once_and_looked_at_page_by_page(monkeypatch):
    looked = []
    monkeypatch.setattr(printed, "is_of_names", lambda row: looked.append(row) or True)
    notes = list(printed._told_overleaf(*rows_on_pages(40, 10)))
    assert [note.partition(":")[0] for note in notes] == ["page 2"]
    assert len(looked) == 20


def test_each_of_two_tables_is_told_of():
    text, blocks, pages = rows_on_pages(6, 10)
    blocks[25] = replace(blocks[25], label="")
    notes = list(printed._told_overleaf(text, blocks, pages))
    assert [note.partition(":")[0] for note in notes] == ["page 2", "page 4"]
