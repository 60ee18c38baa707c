"""What designers set beside the text of printed pages: tables, notes, captions, boxes."""

from __future__ import annotations

import io

import pytest
from files_making import documents
from typesetting import (
    GAP,
    PAGE,
    PROSE,
    aside,
    counted,
    headings,
    passages,
    prose,
    read,
    typeset,
)

from progsearch.model import Role
from progsearch.readers.pdf.layout import Word
from progsearch.readers.pdf.spacing import without_tracking

pytest.importorskip("pypdfium2")

HEAD = ("Område", "Åtgärd", "Kostnad")
ROWS = (
    (
        "Vård och omsorg",
        "Fler sjuksköterskor ska få fast anställning på sjukhusens avdelningar under året",
        "12 miljoner kronor per år",
    ),
    (
        "Skola",
        "Behöriga lärare i alla kommuner, också i de små orterna på landsbygden",
        "8 miljoner",
    ),
    ("Trafik", "Nya vagnar till pendeln", "20 miljoner kronor under hela perioden från 2024"),
    ("Kultur", "Bibliotek öppna på söndagar i hela länet och fria besök på museer för barn", "3"),
)
PICTURE = (
    '#image(bytes((120, 160, 90) * 16), format: (encoding: "rgb8", width: 4, height: 4),'
    " width: 100%, height: 40mm)\n"
)
DEFINITIONS = (
    ("Arbetslinje", "Den som kan arbeta ska arbeta, och den som inte kan ska få stöd."),
    (
        "Biståndsbedömning",
        "Kommunens prövning av rätten till hjälp i hemmet för den som är gammal eller sjuk.",
    ),
    ("Budget", "Plan för inkomster och utgifter under ett år."),
    (
        "Delegation",
        "Rätt att besluta för någon annans räkning, så som det står i en ordning som gäller.",
    ),
    ("Ersättning", "Det som betalas för en prestation."),
    ("Familjecentral", "Mötesplats för familjer med små barn."),
)


def cells(rows):
    return ", ".join(f"[{cell}]" for row in rows for cell in row)


def as_rows(rows):
    return [" | ".join(row) for row in rows]


@pytest.mark.parametrize("stroke", ["1pt", "none", "(y: 0.5pt)"])
def test_a_row_whose_cells_have_several_lines_is_one_passage(stroke):
    table = f"#table(columns: (1fr, 2fr, 1fr), stroke: {stroke}, {cells(ROWS)})"
    raw = read(f"{PAGE}= Vård\n{PROSE[0]}\n\n{table}\n\n{PROSE[2]}\n\n{PROSE[3]}")
    assert counted(raw) == [PROSE[0], *as_rows(ROWS), PROSE[2], PROSE[3]]


def test_a_bold_head_of_a_table_stands_above_its_rows_and_nothing_else():
    head = [f"*{name}*" for name in HEAD]
    table = f"#table(columns: (1fr, 2fr, 1fr), {cells([head, *ROWS])})"
    raw = read(f"{PAGE}= Vård\n{PROSE[0]}\n\n{table}\n\n{PROSE[2]}")
    found = {flat_(one): one for one in passages(raw)}
    assert found[" | ".join(HEAD)].role is Role.HEADING
    assert " ".join(found[as_rows(ROWS)[0]].headings[-1].split()) == " | ".join(HEAD)
    assert found[PROSE[2]].headings == ("Vård",)


def flat_(one):
    return " ".join(one.text.split())


def test_rules_part_cells_that_stand_close():
    rows = [("Vi", "ja"), ("De", "nej"), ("Du", "ja"), ("Ni", "nej")]
    table = "#table(columns: (15pt, 18pt, 80pt), inset: (x: 2pt, y: 5pt), stroke: 0.5pt, {})"
    with_text = [(*row, f"Fråga nummer {n}") for n, row in enumerate(rows, 1)]
    raw = read(f"{PAGE}{PROSE[0]}\n\n{table.format(cells(with_text))}\n\n{PROSE[1]}")
    assert counted(raw)[1:-1] == as_rows(with_text)


def test_a_table_in_a_column_of_text():
    rows = [row[:2] for row in ROWS]
    table = f"#table(columns: (1fr, 1fr), stroke: (y: 0.5pt), {cells(rows)})"
    text = f"{GAP.join(prose(3))}\n\n{table}\n\n{GAP.join(prose(6)[3:])}"
    raw = read(f"{PAGE}= Jämförelse\n#columns(2)[{text}]")
    assert counted(raw) == [*prose(3), *as_rows(rows), *prose(6)[3:]]


@pytest.mark.parametrize("columns", [1, 2])
def test_terms_beside_their_definitions(columns):
    entries = "#table(columns: (1fr, 2fr), stroke: none, {})"
    bold = [(f"*{term}*", text) for term, text in DEFINITIONS]
    half = len(bold) // columns
    parts = [entries.format(cells(bold[n : n + half])) for n in range(0, len(bold), half)]
    joined = "\n#colbreak()\n".join(parts)
    raw = read(f"{PAGE}= Ordlista\n#columns({columns})[{joined}]")
    # Where a term stands close to what it means, no rule parts them.
    assert [one.replace(" | ", " ") for one in counted(raw)] == [
        f"{term} {text}" for term, text in DEFINITIONS
    ]


def test_terms_before_their_definitions_in_two_columns():
    entries = GAP.join(f"*{term}* {text}" for term, text in DEFINITIONS)
    raw = read(f"{PAGE}= Ordlista\n#columns(2)[{entries}]")
    assert counted(raw) == [f"{term} {text}" for term, text in DEFINITIONS]


@pytest.mark.parametrize(
    "text",
    [
        # columns of text, cards with headings, a list, contents
        f"#columns(2)[{GAP.join(prose(8))}]",
        "#grid(columns: (1fr, 1fr), gutter: 8mm, "
        + ", ".join(
            f"[#text(13pt)[*{name}*]\n\n{text}]"
            for name, text in zip(("Vård", "Skola", "Trafik", "Kultur"), PROSE, strict=True)
        )
        + ")",
        "\n".join(f"+ {text}" for text in prose(6)),
        "\n".join(f"- {text}" for text in prose(6)),
    ],
)
def test_what_is_no_table_is_none(text):
    assert not any("|" in one for one in counted(read(f"{PAGE}= Program\n{text}")))


@pytest.mark.parametrize("typographic", ["true", "false"])
def test_footnotes_stand_aside_and_leave_no_number_in_words(typographic):
    notes = (
        "Socialstyrelsen, Lägesrapport om vården, Stockholm 2023.",
        f"Se årsredovisningen för år 2022, sidan 14, och den bilaga som hör till den. {PROSE[1]}",
        "SCB 2024.",
    )
    source = (
        f"{PAGE}#set super(typographic: {typographic})\n= Vård\n"
        f"{PROSE[0]} Det visar statistiken#footnote[{notes[0]}] tydligt.\n\n"
        f"{PROSE[1]} Så är det.#footnote[{notes[1]}]\n\n{GAP.join(prose(10))}\n\n"
        f"En gång till.#footnote[{notes[2]}] Ytan är 40 m#super[2] stor."
    )
    raw = read(source)
    assert counted(raw) == [
        f"{PROSE[0]} Det visar statistiken tydligt.",
        f"{PROSE[1]} Så är det.",
        *prose(10),
        counted(raw)[-1],
    ]
    assert counted(raw)[-1].startswith("En gång till. Ytan är 40 m2")
    assert aside(raw) == [f"{number} {note}" for number, note in enumerate(notes, 1)]


def test_captions_of_pictures_stand_aside():
    below = "Sjukhuset i Falun byggdes ut under förra året"
    credit = "Barnen i Ystad får mat som är lagad från grunden. Foto: Anna Ek"
    source = (
        f"{PAGE}= Vård\n{PROSE[0]}\n\n{PICTURE}#v(-6pt)\n#text(8pt)[{below}]\n\n{PROSE[1]}\n\n"
        f"#text(8pt)[{credit}]\n\n{PROSE[2]}\n\n#text(8pt)[Källa: egna beräkningar.]\n\n{PROSE[3]}"
    )
    raw = read(source)
    assert counted(raw) == list(PROSE)
    assert aside(raw) == [below, credit, "Källa: egna beräkningar."]


def test_who_signs_a_text_stands_aside_and_is_no_heading():
    source = (
        f"{PAGE}= Förord\n{PROSE[0]}\n\n{PROSE[1]}\n\n*Anna Svensson* \\\nPartiledare\n#pagebreak()"
        f"\n= Inledning\n{PROSE[2]}\n\nStockholm den 3 mars 2024\n\nAnna von Ek #h(3cm)"
        " Bo Berg \\\n"
        f"partiordförande #h(2.4cm) gruppledare\n#pagebreak()\n= Avtal\n{PROSE[3]}\n\n#v(2em)\n"
        '#line(length: 60mm, stroke: (dash: "dotted"))\n#v(-8pt)\n_Jan Sviták_'
    )
    raw = read(source)
    assert headings(raw) == ["Förord", "Inledning", "Avtal"]
    assert counted(raw) == list(PROSE)


def test_a_short_promise_at_the_end_of_a_page_is_no_signature():
    source = (
        f"{PAGE}= Vård\n{PROSE[0]}\n\nFler ordförande ska vara kvinnor\n#pagebreak()\n{PROSE[1]}"
    )
    assert counted(read(source)) == [PROSE[0], "Fler ordförande ska vara kvinnor", PROSE[1]]


def test_a_box_beside_the_text_is_read_after_it():
    fact = "Region Gävle har tre sjukhus och fyrtio vårdcentraler. Väntetiden är nittio dagar."
    box = f"#rect(fill: luma(230), inset: 8pt)[#text(9pt)[*Fakta om vården* \\\n{fact}]]"
    columns = f"#grid(columns: (2fr, 1fr), gutter: 8mm, [{GAP.join(prose(5))}], [{box}])"
    raw = read(f"{PAGE}= Vård\n{columns}\n{PROSE[2]}")
    assert counted(raw) == [*prose(5), fact, PROSE[2]]
    assert headings(raw) == ["Vård", "Fakta om vården"]


def test_the_last_lines_of_a_column_beside_a_full_one():
    for count in range(5, 12):
        raw = read(f"{PAGE}= Vård\n#columns(2)[{GAP.join(prose(count))}]")
        assert counted(raw) == prose(count)


def test_numbered_headings_in_large_letters_are_no_running_heads():
    chapter = "#text(22pt)[*Kapitel {}*]\n\n{}\n#pagebreak()\n"
    source = "".join(chapter.format(n, GAP.join(prose(3 + n))) for n in range(1, 5))
    raw = read(f"{PAGE}{source}")
    assert headings(raw) == [f"Kapitel {n}" for n in range(1, 5)]


def test_capitals_set_apart_that_are_drawn_together_are_one_word():
    source = f"{PAGE}#text(20pt, tracking: 4pt)[*VÅRD FÖR ALLA TAVLOR*]\n\n{PROSE[0]}"
    assert headings(read(source)) == ["VÅRD FÖR ALLA TAVLOR"]


def test_a_lead_in_bold_and_the_text_below_it_are_two():
    lead = "Vården ska finnas nära. " * 9
    for width in range(100, 160, 12):
        page = f'#set page(width: {width}mm, height: 160mm, margin: 15mm)\n#set text(lang: "sv")\n'
        raw = read(f"{page}*{lead.strip()}* \\\n{PROSE[3]}\n\n{PROSE[0]}")
        assert counted(raw)[-2:] == [PROSE[3], PROSE[0]]


def test_numbers_of_several_parts_are_places_of_paragraphs():
    text = GAP.join(f"12.{n} {one}" for n, one in enumerate(PROSE, 1))
    found = passages(read(f"{PAGE}= Vård\n{PROSE[0]}\n\n{text}"))[2:]
    assert [one.mark for one in found] == ["12.1", "12.2", "12.3", "12.4"]
    assert [flat_(one) for one in found] == list(PROSE)


HYPHENATED = {
    "cs": "Prosazujeme, aby každý občan měl dostupnou zdravotní péči do třiceti minut od svého "
    "bydliště. Zaměstnáme více zdravotních sester a zvýšíme podíl nejzranitelnějších skupin.",
    "de": "Wir wollen die Krankenhausversorgung in der Fläche sichern. Dafür führen wir "
    "verbindliche Personalbemessungsgrenzen ein und bauen die Verkehrsinfrastruktur aus.",
    "fi": "Haluamme turvata perusterveydenhuollon palvelut kaikkialla maassa. "
    "Terveyskeskuslääkäreiden määrää lisätään ja omalääkärijärjestelmä otetaan käyttöön.",
    "pl": "Chcemy, aby każdy obywatel miał dostęp do bezpłatnej opieki zdrowotnej. "
    "Przeciwstawimy się wykluczeniu komunikacyjnemu w najmniejszych miejscowościach.",
}


@pytest.mark.parametrize("lang", HYPHENATED)
def test_words_that_hyphens_broke_are_whole(lang):
    text = HYPHENATED[lang]
    for width in range(40, 90, 10):
        source = (
            f"#set page(width: {width}mm, height: 200mm, margin: 8mm)\n"
            f'#set text(size: 10pt, lang: "{lang}", hyphenate: true)\n#set par(justify: true)\n'
        )
        assert counted(read(source + text)) == [text]


def test_a_numbered_heading_of_two_lines_is_one():
    source = (
        f"{PAGE}#set heading(numbering: none)\n= Program\n{PROSE[0]}\n\n"
        f"*1.1 Ett samhälle präglat av \\\nmiljömässig hållbarhet*\n\n{PROSE[1]}\n\n"
        f"*1.2 Ett samhälle präglat av \\\nsocial hållbarhet*\n\n{PROSE[2]}"
    )
    raw = read(source)
    assert [" ".join(one.split()) for one in headings(raw)] == [
        "Program",
        "1.1 Ett samhälle präglat av miljömässig hållbarhet",
        "1.2 Ett samhälle präglat av social hållbarhet",
    ]
    assert counted(raw) == list(PROSE[:3])


def test_bullets_that_stand_out_of_their_column_go_with_their_text():
    told = [(name, prose(12)[n * 4 :][:4]) for n, name in enumerate(("Vård", "Skola", "Resor"))]
    lists = "\n".join(
        f"- {name}\n" + "\n".join(f"  - {text}" for text in texts) for name, texts in told
    )
    raw = read(f"{PAGE}#set par(justify: true)\n= Program\n#columns(2)[{lists}]")
    assert counted(raw) == [text for name, texts in told for text in (name, *texts)]


def test_pages_that_stand_within_a_page_keep_their_hyphens():
    pdfium = pytest.importorskip("pypdfium2")
    raw = pytest.importorskip("pypdfium2.raw")
    source = (
        "#set page(width: 90mm, height: 130mm, margin: 12mm)\n#set par(justify: true)\n"
        f'#set text(size: 9pt, lang: "sv", hyphenate: true)\n{GAP.join(prose(12))}'
    )
    file = pdfium.PdfDocument(typeset(source))
    width, height = file[0].get_size()
    sheets = pdfium.PdfDocument(raw.FPDF_ImportNPagesToOne(file, 2 * width, height, 2, 1))
    out = io.BytesIO()
    sheets.save(out)
    (found,) = documents("program.pdf", out.getvalue())
    assert counted(found) == prose(12)


def test_letters_of_a_font_without_heights_are_held_together():
    # Such letters come one by one, and words of one letter are not letters set apart.
    words = ["starají", "o", "pěstounské", "rodiny", "a", "přátele", "i", "v", "obcích"]
    letters = []
    x = 50.0
    for number, word in enumerate(words):
        for place, letter in enumerate(word):
            blank = 2 if number and not place else 0
            letters.append(Word(letter, x, x + 5, 100, 12, "Serif", bold=False, blank=blank))
            x += 5
        x += 3
    assert [one.text for one in without_tracking(letters)] == words


KEY = (("8 000", "nya läkare"), ("20 %", "lägre avgifter"), ("2 mdr", "till sjukhusen i länet"))


@pytest.mark.parametrize("shown", [KEY, KEY[:2], KEY[2:]])
@pytest.mark.parametrize("columns", [1, 2])
def test_large_numbers_stand_with_the_words_below_them(shown, columns):
    cells = ", ".join(f"[#text(28pt)[*{number}*] \\\n{words}]" for number, words in shown)
    row = f"#grid(columns: {len(shown)} * (1fr,), gutter: 10pt, align: center, {cells})"
    text = f"#columns({columns})[{GAP.join(prose(6))}]"
    raw = read(f"{PAGE}= Vård\n{text}\n\n{row}\n\n= Skola\n{PROSE[0]}")
    assert counted(raw) == [*prose(6), *map(" ".join, shown), PROSE[0]]
    assert headings(raw) == ["Vård", "Skola"]
    assert raw.meta["title"] == "Vård"


@pytest.mark.parametrize("over", ["2030", "1", "Mål 3"])
def test_a_year_or_a_number_of_a_chapter_is_no_key_figure(over):
    raw = read(f"{PAGE}= Vård\n{PROSE[1]}\n\n#text(28pt)[*{over}*]\n\n{PROSE[0]}\n\n{PROSE[2]}")
    assert counted(raw)[-2:] == [PROSE[0], PROSE[2]]


@pytest.mark.parametrize("size", ["0.6em", "1em"])
def test_a_raised_number_as_large_as_the_text_tears_no_line(size):
    note = f"#super(typographic: false, size: {size}, baseline: -0.36em)"
    text = " ".join(prose(3)).split()
    torn = list(text)
    for number, place in enumerate((9, 24, 40), 1):
        torn[place] += f"{note}[{number}]"
    assert counted(read(f"{PAGE}= Vård\n{' '.join(torn)}")) == [" ".join(text)]


def test_notes_below_two_columns_are_read_behind_both():
    marked = "#super(typographic: false)[{}] ".format
    lead = f"{PROSE[0]}{marked(1)}{PROSE[1]}{marked(2)}{PROSE[2]}{marked(3)}"
    notes = " \\\n".join(f"{number} Källa nummer {number}." for number in (1, 2, 3))
    cells = ", ".join(f"[{GAP.join(part)}]" for part in (prose(4)[:3], prose(4)[3:]))
    columns = f"#grid(columns: (1fr, 1fr), gutter: 8mm, {cells})"
    raw = read(f"{PAGE}= Vård\n{lead}\n\n{columns}\n#v(1cm)\n#text(7pt)[{notes}]")
    assert counted(raw) == [" ".join(PROSE[:3]), *prose(4)]
    assert aside(raw) == [f"{number} Källa nummer {number}." for number in (1, 2, 3)]
