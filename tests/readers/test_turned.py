"""Texts and pages that are turned sideways."""

from __future__ import annotations

import pytest
from typesetting import PAGE, PROSE, aside, passages, read

from progsearch.model import ASIDE_ROLES

pytest.importorskip("pypdfium2")

SIDE = "rotate({turn}deg, reflow: true)[{text}]"
ROWS = ["Vi bygger fler skolor i länet.", "Vi anställer lärare.", "Vi köper böcker till alla."]


def told(raw):
    found = [one for one in passages(raw) if one.role not in ASIDE_ROLES]
    return [(flat(one.text), [flat(name) for name in one.headings[1:]]) for one in found]


def flat(text):
    return " ".join(text.split())


def side(text, turn):
    return SIDE.format(text=text, turn=turn)


@pytest.mark.parametrize("turn", [-90, 90])
@pytest.mark.parametrize("name", ["Skola", "Vård och skola", "Vård \\ och skola"])
def test_a_label_that_stands_sideways_beside_rows_stands_above_them(name, turn):
    rows = ", ".join(f"[{row}], [{2026 + n}]" for n, row in enumerate(ROWS))
    first = f"table.cell(rowspan: 3, {side(name, turn)})"
    more = f"table.cell(rowspan: 2, {side('Tåg', turn)}), [Fler tåg.], [2026], [Nya spår.], [2027]"
    table = f"#table(columns: (40pt, 1fr, 50pt), inset: 7pt, {first}, {rows}, {more})"
    raw = read(f"{PAGE}= Program\n{PROSE[0]}\n{table}\n\n{PROSE[1]}")
    label = flat(name.replace("\\", " "))
    assert told(raw) == [
        (PROSE[0], []),
        *((f"{row} | {2026 + n}", [label]) for n, row in enumerate(ROWS)),
        ("Fler tåg. | 2026", ["Tåg"]),
        ("Nya spår. | 2027", ["Tåg"]),
        (PROSE[1], []),
    ]


def test_what_stands_sideways_beside_a_text_stands_aside():
    text = f"#place(dx: -15mm, dy: 30mm)[#{side('Foto: Eva Ek', -90)}]"
    raw = read(f"{PAGE}= Program\n{text}\n{PROSE[0]}\n\n{PROSE[1]}")
    assert told(raw) == [(PROSE[0], []), (PROSE[1], [])]
    assert "Foto: Eva Ek" in aside(raw)


def test_a_long_text_that_stands_sideways_is_not_lost():
    words = " ".join(f"ord{n}" for n in range(60))
    text = f"#place(dx: 0mm)[#{side(f'#block(width: 150mm)[{words}]', -90)}]"
    raw = read(f"{PAGE}= Program\n{text}\n#pad(left: 40mm)[{' '.join(PROSE * 3)}]")
    found = " ".join([*(one for one, _ in told(raw)), *map(flat, aside(raw))]).split()
    assert set(words.split()) <= set(found)


def test_names_of_chapters_that_stand_sideways_on_page_after_page_are_furniture():
    text = f"#set page(background: place(dx: 4mm, dy: 60mm)[#{side('Kapitel ett', 90)}])"
    raw = read(f"{PAGE}{text}\n= Program\n" + "\n#pagebreak()\n".join(PROSE))
    assert [one for one, _ in told(raw)] == list(PROSE)
    assert not any("Kapitel" in one for one in aside(raw))


@pytest.mark.parametrize("turn", [-90, 90])
def test_a_page_set_sideways_is_read_with_its_table(turn):
    rows = ", ".join(f"[Löfte {n}], [{row}]" for n, row in enumerate(ROWS))
    table = f"#table(columns: (60pt, 1fr), inset: 7pt, {rows})"
    page = f"#block(width: 180mm)[{PROSE[1]}\n{table}]"
    raw = read(f"{PAGE}= Program\n{PROSE[0]}\n#pagebreak()\n#{side(page, turn)}")
    assert [one for one, _ in told(raw)] == [
        PROSE[0],
        PROSE[1],
        *(f"Löfte {n} | {row}" for n, row in enumerate(ROWS)),
    ]


def test_a_word_across_the_page_is_told_and_is_no_text():
    word = "#set page(background: rotate(-45deg, text(60pt, fill: luma(200))[UTKAST]))"
    raw = read(f"{PAGE}{word}\n= Program\n" + "\n#pagebreak()\n".join(PROSE[:2]))
    assert [one for one, _ in told(raw)] == list(PROSE[:2])
    assert list(raw.notes) == ["what stands aslant is not read: 'UTKAST' on 2 pages"]


def test_a_large_raised_number_does_not_cut_its_line():
    note = "#box(baseline: -4.5pt, text(8.6pt)[1])"
    raw = read(f"{PAGE}= Program\n{PROSE[0][:-1]}{note} {PROSE[1]}")
    assert len(told(raw)) == 1


COLUMNS = ["Moderaterna", "Liberalerna", "Centern"]
ANSWERS = [("Fler bussar i byn", "ja", "nej", "ja"), ("Fler tåg", "nej", "nej", "ja")]
ANSWERS += [("Nya cykelvägar till byn", "ja", "ja", "nej")]


@pytest.mark.parametrize("turn", [-90, 90])
@pytest.mark.parametrize("stroke", ["1pt", "none", "(x, y) => (bottom: 0.5pt)"])
@pytest.mark.parametrize("first", ["Förslag", ""])
def test_names_of_columns_that_stand_sideways_are_the_head_of_their_rows(stroke, turn, first):
    names = ", ".join([f"[{first}]", *(side(name, turn) for name in COLUMNS)])
    cells = ", ".join(f"[{cell}]" for row in ANSWERS for cell in row)
    form = f"columns: (1fr, 40pt, 40pt, 40pt), inset: 6pt, stroke: {stroke}"
    raw = read(f"{PAGE}= Program\n{PROSE[0]}\n#table({form}, {names}, {cells})\n\n{PROSE[1]}")
    head = " | ".join([first, *COLUMNS]).strip()
    rows = [(" | ".join(row), [head]) for row in ANSWERS]
    assert told(raw) == [(PROSE[0], []), *rows, (PROSE[1], [])]


@pytest.mark.parametrize(("text", "noted"), [("Foto: Eva Ek", False), (PROSE[2], True)])
def test_what_may_be_a_promise_and_stands_aside_is_told(text, noted):
    placed = side(f"#block(width: 120mm)[{text}]", -90)
    raw = read(f"{PAGE}= Program\n#place(dx: -20mm)[#{placed}]\n{PROSE[0]}\n\n{PROSE[1]}")
    assert [note for note in raw.notes if "sideways" in note] == list(raw.notes)
    assert bool(raw.notes) is noted
