"""Lists and lines: one set of rules for where an item begins, in every format."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import assert_law, cut, read

from progsearch import readers
from progsearch.blocks.bullets import inner_marks, marks_of
from progsearch.blocks.recutting import MAX_WORDS
from progsearch.blocks.wrapping import apart
from progsearch.model import Fact, Origin
from progsearch.segmentation import segment

MARKS = [
    *("•", "·", "●", "▪", "◦", "■", "►", "✓", "✔", "❖", "➤", "⁃", "✅", "👉", "①"),
    *("\x95", "\x96", "\x97", "\x84", "\uf0b7", "\uf0a7", "\uf0d8", "-", "–", "—", "*"),
    *("1)", "12)", "(1)", "1/", "1.)", "#774", "#001", "a)", "A)", "(a)", "a/", "iv)", "(iv)"),
]


def test_a_first_number_before_each_item_is_one_of_a_list():
    lines = ["1. Opravíme silnice", "1. Postavíme školy", "1. Snížíme daně"]
    assert [found and found.end for found in marks_of(lines)] == [3, 3, 3]
    days = ["1. ledna začneme", "1. února skončíme"]
    assert marks_of(days) == [None, None]


@pytest.mark.parametrize("mark", MARKS)
def test_marks_that_tell_alone(mark):
    (found,) = marks_of([f"{mark} Opravíme silnice."])
    assert found is not None
    assert (found.label, found.end) == (mark, len(mark) + 1)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "31. března začneme.",
            "1. ledna 2021 začneme.",
            "20. století bylo dlouhé.",
            "3. Oktober",
        ),
        *("2. Weltkrieg war lang.", "1. 5. 2021 jsme začali.", "19. storočie", "12 % lidí", "2024"),
        *("A. Babiš řekl", "*Pozor* na to", "**Tučně** psáno", "-5 stupňů", "1:0 pro nás"),
        *("§ 5 zákona", "ostatně", "3.5 miliardy", "1/3 lidí", "#hashtag", "o tom", "I když"),
    ],
)
def test_lines_that_begin_no_item(line):
    assert marks_of([line]) == [None]


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["1. opravu cest,", "2. stavbu škol."], ["1.", "2."]),
        (["Konec", "20. století se blíží."], ["", ""]),
        (["Chceme:", "– nové cesty", "– nové školy"], ["", "–", "–"]),
        (["Vláda v kraji", "– i když ne tato –", "jedná."], ["", "", ""]),
        (["I. První věc", "II. Druhá věc"], ["I.", "II."]),
        (["Praha", "V. Novák"], ["", ""]),
        (["a. první", "b. druhá"], ["a.", "b."]),
        (["1.1 Opravíme cesty.", "1.2 Postavíme školy."], ["1.1", "1.2"]),
        (["", "1. Opravíme cesty."], ["", "1."]),
        (["stojí", "2. Opravíme cesty."], ["", ""]),
    ],
)
def test_what_is_unsure_is_settled_by_its_neighbours(lines, labels):
    assert [mark.label if mark else "" for mark in marks_of(lines)] == labels


def test_items_inside_of_a_running_text():
    text = "Chceme: 1. nové školy, 2. nové cesty, 3. nové lesy a 4. vodu."
    assert [text[end : end + 4] for _, end in inner_marks(text)] == ["nové", "nové", "nové", "vodu"]
    assert not inner_marks("V bodě 1. se praví, že v bodě 3. stojí něco jiného než v bodě 5. zde.")


# -- the same items in every format

ITEMS = ["opravu všech cest v kraji", "stavbu nové nemocnice", "pět nových škol"]
LISTS = [
    ["1. ", "2. ", "3. "],
    ["1) ", "2) ", "3) "],
    ["1/ ", "2/ ", "3/ "],
    ["#774 ", "#775 ", "#776 "],
    ["a) ", "b) ", "c) "],
    ["– "] * 3,
    ["• "] * 3,
    ["•"] * 3,
    ["\x95 "] * 3,
    ["✓ "] * 3,
    ["(i) ", "(ii) ", "(iii) "],
]


def docx(paragraphs):
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{ns}"><w:body>{body}</w:body></w:document>',
        )
    return data.getvalue()


def odt(paragraphs):
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{urn}:office:1.0" '
            f'xmlns:text="{urn}:text:1.0"><office:body><office:text>{body}</office:text>'
            "</office:body></office:document-content>",
        )
    return data.getvalue()


def html(paragraphs):
    inner = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><body><main>{inner}</main></body></html>".encode()


def html_breaks(paragraphs):
    return f"<html><body><main><p>{'<br>'.join(paragraphs)}</p></main></body></html>".encode()


FORMATS = {
    "a.txt": lambda lines: "\n".join(lines).encode(),
    "b.md": lambda lines: "\n".join(lines).encode(),
    "c.docx": docx,
    "d.odt": odt,
    "e.html": html,
    "f.html": html_breaks,
}


@pytest.mark.parametrize("marks", LISTS, ids=lambda marks: ascii(marks[0]))
@pytest.mark.parametrize("name", FORMATS)
def test_an_item_is_one_in_every_format(name, marks):
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    lead = "Budeme prosazovat především tyto tři věci:"
    data = FORMATS[name]([lead, *(mark + item for mark, item in zip(marks, ITEMS, strict=True))])
    raw = readers.read(name, data)
    assert_law(raw)
    found = [(block.shape.value, raw.text[block.start : block.end]) for block in raw.blocks]
    assert found[1:] == [("item", item) for item in ITEMS]


# -- lines without any mark

PROMISES = [
    "Více vlaků do hor a zpátky",
    "Opravené silnice druhé a třetí třídy v celém kraji do roku 2028",
    "Nové chodníky",
    "Bezpečné přechody u každé základní školy v našem městě",
    "Levnější jízdné pro studenty",
    "Otevřené radnice a zveřejněné smlouvy",
]


@pytest.mark.parametrize("end", ["", ",", ".", ";"])
@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_promise_a_line_is_a_passage_a_line(name, small, end):
    lines = [(line[0].lower() + line[1:] if small else line) + end for line in PROMISES]
    raw = read("Náš program\n\n" + "\n".join(lines), name)
    texts = [raw.text[block.start : block.end] for block in raw.blocks]
    assert texts[1:] == lines


def test_wrapped_lines_are_no_promises():
    text = (
        "Vi vill att alla ska få vård inom en vecka, och att\n"
        "ingen ska behöva ringa flera gånger. Det\n"
        "är en fråga om rättvisa. Därför satsar vi på fler\n"
        "sjuksköterskor i hela landet och på bättre\n"
        "villkor för dem som redan arbetar där."
    )
    assert apart(text.split("\n")) == [True] + [False] * 4
    assert [shape for shape, _ in cut(text, "a.txt")] == ["paragraph"]


def test_a_column_of_numbers_is_no_passage():
    text = "Nadpis grafu\n 50\n 52\n54    54\n2012  2013   2014\n\nZveřejníme smlouvy."
    shapes = {text: shape for shape, text in cut(text, "a.txt")}
    assert {shape for text, shape in shapes.items() if text[0].isdigit()} == {"navigation"}
    assert shapes["Zveřejníme smlouvy."] == "paragraph"


def test_numbers_of_notes_behind_the_items_are_no_part_of_them():
    raw = read(
        "1/ Podpoříme vědu. 498\n2/ Rozšíříme dotace. 499\n3/ Zavedeme konkurzy. 500", "a.txt"
    )
    assert_law(raw)
    assert [text for shape, text in cut(raw.text, "a.txt") if shape == "item"] == [
        "Podpoříme vědu.",
        "Rozšíříme dotace.",
        "Zavedeme konkurzy.",
    ]
    years = "1/ Postavíme školu. 2024\n2/ Postavíme most. 2025\n3/ Postavíme halu. 2026"
    assert [text[-4:] for _, text in cut(years, "a.txt")] == ["2024", "2025", "2026"]


# -- what is too long

LONG = "slovo " * (MAX_WORDS // 2)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{LONG}.\n{LONG}.\n{LONG}.\n{LONG}.", 4),
        (f"Úvod {LONG} 1. {LONG} 2. {LONG} 3. {LONG}", 4),
        (f"Úvod {LONG} • {LONG} • {LONG} • {LONG}", 4),
    ],
)
def test_what_is_too_long_is_cut_at_what_is_in_it(text, count):
    raw = read(text, "a.md")
    assert_law(raw)
    assert len(raw.blocks) == count
    assert not raw.notes


def test_what_stays_too_long_is_noted_with_its_place():
    raw = read(f"# Nadpis\n\n{LONG}{LONG}{LONG}", "a.md")
    (note,) = raw.notes
    assert "375" in note
    assert note.endswith("in line 3")


@given(st.lists(st.sampled_from([*MARKS, "1.", "2.", "Text", "text,", "", "I.", "20. století"])))
def test_marks_lie_inside_of_their_lines(lines):
    for line, mark in zip(lines, marks_of(lines), strict=True):
        assert mark is None or 0 < mark.end <= len(line)


NUMBERED = (
    "1. Vi vill bygga fler sjukhus i hela länet.\n2. Vi vill anställa fler lärare.\n\n"
    "#774 Tågen ska gå i tid.\n\na) Skola för alla i länet.\nb) Vård för alla i länet.\n\n"
    "12.1 Stycke ett säger något om vården.\n\n12.2 Stycke två säger något om skolan.\n\n"
    "- En punkt till.\n"
)


@pytest.mark.parametrize("name", ["program.txt", "program.md"])
def test_numbers_of_items_are_kept_as_their_places(name):
    raw = readers.read(f"corpus/{name}", NUMBERED.encode())
    found = segment(raw, "d", lang=Fact("sv", Origin.STATED)).passages
    marks = [one.mark.rstrip(".") for one in found]
    assert marks == ["1", "2", "#774", "a)", "b)", "12.1", "12.2", ""]
    assert all(one.text[0] in "VTSE" for one in found)


def test_the_last_number_of_a_row_of_headings_is_one_though_nothing_stands_below_it():
    text = (
        "Program\n\n1. Vård\n\nVi vill bygga ut vården i hela länet.\n\n2. Skola\n\n"
        "Vi vill anställa fler lärare i skolan.\n\n3. Trafik\n"
    )
    assert [one for one in cut(text, "corpus/program.txt") if one[0] == "heading"] == [
        ("heading", "Program"),
        ("heading", "1. Vård"),
        ("heading", "2. Skola"),
        ("heading", "3. Trafik"),
    ]


@pytest.mark.parametrize(
    ("lines", "items"),
    [
        (
            ["• Mehr Busse für die", "  Stadt", "• Neue Schulen in", "  Neustadt und Altdorf"],
            ["Mehr Busse für die Stadt", "Neue Schulen in Neustadt und Altdorf"],
        ),
        (["- Fler tåg till", "  Skåne", "- Fler bussar"], ["Fler tåg till Skåne", "Fler bussar"]),
        (["• Schulen", "• Busse für", "Neustadt"], ["Schulen", "Busse für", "Neustadt"]),
    ],
)
def test_an_item_goes_on_below_its_text_behind_a_word_that_ends_nothing(lines, items):
    raw = read("\n".join(["Program", "", *lines, ""]), "corpus/a.txt")
    assert_law(raw)
    found = [" ".join(raw.text[b.start : b.end].split()) for b in raw.blocks]
    assert found == ["Program", *items]
