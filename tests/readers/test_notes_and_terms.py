"""What stands beside a text in its file: notes, captions, terms, line breaks, boxes."""

from __future__ import annotations

import pytest
from concordance_making import LEXICON
from files_making import documents, docx, odt, paragraph
from reading import assert_law, read

from progsearch.analysis import reading
from progsearch.analysis.words import tokens
from progsearch.model import ASIDE_ROLES, Fact, Origin
from progsearch.segmentation import segment


def told(raw):
    """The texts that count, as people read them, and those that stand aside."""
    assert_law(raw)
    done = segment(raw, "d", title="x", lang=Fact("sv", Origin.DEFAULT)).passages
    texts = [(one.role in ASIDE_ROLES, reading(one.text).text) for one in done]
    return [text for aside, text in texts if not aside], [text for aside, text in texts if aside]


def of_page(body):
    page = f"<html><head><title>x</title></head><body><article>{body}</article></body></html>"
    (raw,) = documents("a.html", page.encode())
    return told(raw)


REST = "<p>Vi vill bygga ett land som håller ihop, där alla får vård i tid.</p>"
SAID = "Vi vill bygga ett land som håller ihop, där alla får vård i tid."


@pytest.mark.parametrize(
    "link",
    [
        '<sup><a href="#fn1">1</a></sup>',
        '<a href="#fn1" class="footnote-ref" id="fnref1"\nrole="doc-noteref"><sup>1</sup></a>',
        '<sup class="reference"><a href="#cite-1">[1]</a></sup>',
        "<a name='_ftnref1' href='#_ftn1'><span><span>[12]</span></span></a>",
        '<a epub:type="noteref" href="notes.xhtml#n2">2</a>',
    ],
)
def test_the_number_of_a_note_is_no_part_of_a_word(link):
    text = f"Vi sänker avgiften{link} för barn."
    assert of_page(f"{REST}<p>{text}</p>{REST}")[0][1] == "Vi sänker avgiften för barn."
    found, _ = told(read(f"{text}\n"))
    assert found == ["Vi sänker avgiften för barn."]


RAISED = [
    ("Vi anställer 500<sup>2</sup> lärare i länet.", "Vi anställer 500 lärare i länet."),
    ("Vi anställer <b>1 500</b><sup>[2]</sup> lärare.", "Vi anställer 1 500 lärare."),
    ("Vi anställer lärare<sup>3</sup> i länet.", "Vi anställer lärare i länet."),
    (
        "Vi anställer lärare<sup>1, 2</sup> och vårdare<sup>a</sup>.",
        "Vi anställer lärare och vårdare.",
    ),
    ("Vi anställer lärare.<sup>4</sup>", "Vi anställer lärare."),
    ("Vi anställer 500² lärare¹ i länet.", "Vi anställer 500 lärare i länet."),
]
NOT_RAISED = [
    ("Bygg 40 m<sup>2</sup> och 5 km² per hus.", "Bygg 40 m2 och 5 km² per hus."),
    ("Mindre CO<sub>2</sub> och CO<sup>2</sup> nu.", "Mindre CO2 och CO2 nu."),
    ("Den 1<sup>st</sup> och n<sup>o</sup> 5.", "Den 1st och no 5."),
    ("Lag § 5<sup>a</sup> gäller nu.", "Lag § 5a gäller nu."),
    ("Spara 10<sup>6</sup> ton per år.", "Spara 10⁶ ton per år."),
    ("Öppet 8<sup>00</sup> till 16.<sup>30</sup> varje dag.", "Öppet 8⁰⁰ till 16.³⁰ varje dag."),
    ("Vi ger 3<sup>1</sup>/<sub>2</sub> timme.", "Vi ger 3¹/2 timme."),
]


@pytest.mark.parametrize(("text", "found"), [*RAISED, *NOT_RAISED])
def test_raised_figures_join_no_number_and_stay_with_their_units(text, found):
    assert of_page(f"{REST}<p>{text}</p>{REST}")[0][1] == found
    assert told(read(f"{text}\n"))[0] == [found]
    forms = [[one.form for one in tokens(some, "sv", LEXICON)] for some in (text, found)]
    assert forms[0] == forms[1]


def test_a_raised_run_of_word_is_no_figure_of_the_number_before_it():
    def run(text, raised=False):
        set_up = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if raised else ""
        return f'<w:r>{set_up}<w:t xml:space="preserve">{text}</w:t></w:r>'

    body = "".join((run("Vi anställer 500"), run("2", raised=True), run(" lärare på 40 m")))
    body += "".join((run("2", raised=True), run(", 10"), run("6", raised=True), run(" ton.")))
    (raw,) = documents("a.docx", docx(f"<w:p>{body}</w:p>"))
    assert told(raw)[0] == ["Vi anställer 500 lärare på 40 m², 10⁶ ton."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ytan är 40 m<sup>2</sup> stor.", "Ytan är 40 m2 stor."),
        ('Se <a href="#kap1">kapitel 1</a> om vård.', "Se kapitel 1 om vård."),
        ('Läs <a href="b.html">2</a> av dem.', "Läs 2 av dem."),
        ('Vi vill <a\nhref="b.html">bygga\nmer</a> i länet.', "Vi vill bygga mer i länet."),
    ],
)
def test_what_is_no_number_of_a_note_stays(text, found):
    assert of_page(f"{REST}<p>{text}</p>{REST}")[0] == [SAID, found]


@pytest.mark.parametrize(
    "notes",
    [
        (
            '<section role="doc-endnotes"><hr><ol><li id="n1"><p>Källa: SCB.'
            '<a href="#r1">↩︎</a></p></li></ol></section>'
        ),
        '<div class="wp-block footnotes"><p>Källa: SCB.</p></div>',
        '<aside epub:type="footnote"><p>Källa: SCB.</p></aside>',
        '<ol class="footnotes"><li>Källa: SCB.</li></ol>',
        "<figure><img src=a.png><figcaption>Källa: SCB.</figcaption></figure>",
    ],
)
def test_notes_and_captions_of_pages_stand_aside(notes):
    found, aside = of_page(f"{REST}{notes}<p>Och mer text om vården för alla barn.</p>")
    assert found == [SAID, "Och mer text om vården för alla barn."]
    assert aside == ["Källa: SCB."]


def test_an_element_that_only_sounds_like_notes_holds_text():
    found, _ = of_page(
        f'<div class="my-footnote-free footnotesless">{REST}</div>{REST[:-8]}år.</p>'
    )
    assert len(found) == 2


def test_footnotes_of_markdown():
    found, aside = told(read("Vi bygger.[^1] Ja.\n\n[^1]: Källa: SCB\n    och mer.\n\nSlut.\n"))
    assert found == ["Vi bygger. Ja.", "Slut."]
    assert aside == ["Källa: SCB och mer."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skatt\n:   Vi sänker den.\n", [("Vi sänker den.", ("Skatt",))]),
        (
            "Skatt\n\n:   Vi sänker den.\n\n:   Vi förenklar den.\n\nJobb\n\n: Fler.\n\n- Slut.\n",
            [
                ("Vi sänker den.", ("Skatt",)),
                ("Vi förenklar den.", ("Skatt",)),
                ("Fler.", ("Jobb",)),
                ("Slut.", ()),
            ],
        ),
        ("En hel mening.\n: Ja.\n", [("En hel mening.", ()), (": Ja.", ())]),
        (": Ensam.\n", [(": Ensam.", ())]),
        (
            "<dl><dt>Skatt<dd>Ned.<dd>Enkel.</dl><ul><li>Slut.</ul>",
            [("Ned.", ("Skatt",)), ("Enkel.", ("Skatt",)), ("Slut.", ())],
        ),
    ],
)
def test_terms_stand_above_what_describes_them(text, found):
    raw = read(text)
    done = segment(raw, "d", lang=Fact("sv", Origin.DEFAULT)).passages
    assert [(o.text, o.headings) for o in done if o.role not in ASIDE_ROLES] == found


def test_a_list_of_tasks_is_text_and_a_form_is_not():
    task = '<li><label><input type="checkbox">Vi avskaffar skatten på arbete helt.</label></li>'
    found, _ = of_page(f"{REST}<ul>{task}</ul>")
    assert found == [SAID, "Vi avskaffar skatten på arbete helt."]
    form = "<form><ul><li><label>Jag godkänner</label></li></ul></form>"
    assert of_page(f"{REST}{form}")[0] == [SAID]


BREAK = '</w:t></w:r><w:r><w:br{}/></w:r><w:r><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("Vi sänker skatten.", "Vi bygger mer."), ["Vi sänker skatten.", "Vi bygger mer."]),
        (("Vi vill:", "• sänka den", "• bygga"), ["sänka den", "bygga"]),
        (("Vi vill sänka", "skatten nu."), ["Vi vill sänka skatten nu."]),
        (("Eva Ek", "Lund"), ["Eva Ek Lund"]),
        (
            ("Sänk skatt", "Bygg mer", "Höj lön", "Ge tid"),
            ["Sänk skatt", "Bygg mer", "Höj lön", "Ge tid"],
        ),
    ],
)
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_line_breaks_of_word_and_writer(kind, lines, found):
    if kind == "docx":
        made = docx(paragraph("|").replace("|", BREAK.format("").join(lines)) + paragraph("Slut."))
    else:
        made = odt(f"<text:p>{'<text:line-break/>'.join(lines)}</text:p><text:p>Slut.</text:p>")
    (raw,) = documents(f"a.{kind}", made)
    assert told(raw)[0] == [*found, "Slut."]
    done = segment(raw, "d", lang=Fact("sv", Origin.DEFAULT)).passages
    assert [one.line for one in done] == [1] * (len(done) - 1) + [2]


def test_a_break_of_the_page_parts_nothing():
    made = docx(
        paragraph("|").replace("|", BREAK.format(' w:type="page"').join(("Vi går.", "Ja.")))
    )
    (raw,) = documents("a.docx", made)
    assert told(raw)[0] == ["Vi går. Ja."]


def test_captions_of_word_and_writer_stand_aside():
    styles = '<w:style w:styleId="Titulek"><w:name w:val="caption"/><w:rPr><w:b/></w:rPr></w:style>'
    made = docx(paragraph("Tabell 1: Karta", "Titulek") + paragraph("Text."), styles=styles)
    (raw,) = documents("a.docx", made)
    assert told(raw) == (["Text."], ["Tabell 1: Karta"])
    styles = '<style:style style:name="Figure" style:parent-style-name="Caption"/>'
    body = '<text:p text:style-name="Figure">Bild 1</text:p><text:p>Text.</text:p>'
    (raw,) = documents("a.odt", odt(body, styles=styles))
    assert told(raw) == (["Text."], ["Bild 1"])


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_signature_of_a_mail_stands_aside_whatever_ends_its_lines(end):
    head = "From: a@b.cz\nSubject: x\nDate: Mon, 03 Mar 2025 10:00:00 +0100\n"
    mail = f"{head}\nVi bygger.\n\n-- \nPartiet\n"
    (raw,) = documents("a.eml", mail.replace("\n", end).encode())
    assert told(raw)[0] == ["Vi bygger."]


def test_a_section_sign_begins_a_heading():
    raw = read(
        "Program\n\n§ 1 Helse\nVi vil bygge sykehus.\n\n§ 2 Skole\nVi vil bygge.\n", "c/a.txt"
    )
    found, aside = told(raw)
    assert found == ["Vi vil bygge sykehus.", "Vi vil bygge."]
    assert aside == ["Program", "§ 1 Helse", "§ 2 Skole"]
