"""Readers: what a file is, its encoding, and that no word is lost."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from laws import examples
from reading import assert_law, read

from progsearch import readers
from progsearch.blocks.lines import line_of, line_starts, unified
from progsearch.errors import ProgsearchError
from progsearch.model import Shape


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("Péče".encode(), "Péče", ""),
        (codecs.BOM_UTF8 + "Péče".encode(), "Péče", ""),
        ("Péče".encode("utf-16"), "Péče", "UTF-16"),
        (codecs.BOM_UTF16_BE + "Péče".encode("utf-16-be"), "Péče", "UTF-16"),
        ("Péče".encode("utf-32"), "Péče", "UTF-32"),
        ("Žádná péče není příliš dobrá".encode("cp1250"), "Žádná péče není příliš dobrá", "1250"),
        ("šťastné děti".encode("iso8859-2"), "šťastné děti", "8859-2"),
        ("Vårdköerna växer på sjukhuset".encode("latin-1"), "Vårdköerna växer på sjukhuset", "125"),
        ("Det är „nära“ vård på".encode("cp1252"), "Det är „nära“ vård på", "1252"),
        (b"", "", ""),
    ],
)
def test_decoding_tells_what_it_did(data, text, note):
    found, notes = readers.decode(data)
    assert found == text
    assert (note in notes[0]) if note else notes == []


CZECH = "Chceme, aby každá obec měla lékaře a aby lidé nemuseli čekat na vyšetření."
SWEDISH = "Vi vill att alla ska få vård, och att äldre får hjälp i tid även på öarna."
GERMAN = "Wir wollen Krankenhäuser in ländlichen Räumen und größere Straßen überprüfen."
POLISH = "Chcemy, żeby każda gmina miała lekarza. Zwiększymy płace pielęgniarek."


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *((CZECH, codec) for codec in ("cp1250", "iso8859-2", "cp852", "mac_latin2")),
        *((POLISH, codec) for codec in ("cp1250", "iso8859-2", "cp852", "mac_latin2")),
        *((SWEDISH, codec) for codec in ("cp1252", "cp850", "cp437", "mac_roman")),
        *((GERMAN, codec) for codec in ("cp1252", "cp850", "cp437", "mac_roman")),
        *((text, codec) for text in (CZECH, SWEDISH) for codec in ("utf-16-le", "utf-16-be")),
    ],
)
def test_old_encodings_are_told_by_their_letters(text, codec):
    found, (note,) = readers.decode(text.encode(codec))
    assert found == text
    assert note.startswith("read as ")
    assert "may as well" not in note


def test_a_doubt_about_the_encoding_is_said():
    text, (note,) = readers.decode(b"Program \x84 kraj")
    assert text.startswith("Program ")
    assert "it may as well be" in note


def test_a_damaged_utf8_file_stays_utf8():
    data = ("ěščřžýáíé" * 5).encode() + b"\xc5" + b" konec"
    text, notes = readers.decode(data)
    assert text == "ěščřžýáíé" * 5 + "� konec"
    assert "line 1" in notes[0]


@pytest.mark.parametrize(
    ("data", "what", "line"),
    [
        (b"jedna\r\ndva\x00", "binary file", "2"),
        (b"", "empty", "1"),
        (b"\xef\xbb\xbf \r\n\t", "empty", "1"),
        (b"\xff\xfea", "UTF-16", ""),
    ],
)
def test_what_is_no_text_is_refused(data, what, line):
    with pytest.raises(ProgsearchError, match=what) as caught:
        readers.read("corpus/x.md", data)
    assert caught.value.where == "corpus/x.md" + (f":{line}" if line else "")
    assert caught.value.remedy


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(end):
    raw = read(f"# Nadpis{end}{end}Odstavec.{end}- bod{end}")
    starts = line_starts(raw.text)
    assert [line_of(starts, block.start) for block in raw.blocks] == [1, 3, 4]
    assert [block.shape for block in raw.blocks] == [Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM]


@given(st.text(alphabet="a\r\n", max_size=20))
def test_unified_text_keeps_places_and_lines(text):
    assert len(unified(text)) == len(text)
    assert unified(text).count("\n") + 1 == len(line_starts(text))


# -- which reader


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("---\ntitle: A\n---\nText.", "a.txt", "frontmatter"),
        ("\n---\n# poznámka\ntitle: A\n---\nText.", "a.md", "frontmatter"),
        ("---\n\nText po čáře.", "a.md", "markdown"),
        ("# Nadpis\n\nText.", "a.txt", "markdown"),
        ("Text.", "a.md", "markdown"),
        ("<!-- Program | antaget 2020-01-01 -->\nProgram", "a.md", "extracted"),
        ("Nyheter\n\n3 mars 2021\n\nRubrik här\n\nEn mening.", "a.txt", "news"),
        ("Rubrik\n\nEn mening som slutar med punkt.", "a.txt", "plaintext"),
    ],
)
def test_the_head_tells_the_format_before_the_suffix(text, path, name):
    assert read(text, path).format == name


@pytest.mark.parametrize(
    ("path", "data", "what"),
    [
        ("a.py", b"print('hello')\n", "a program"),
        ("Makefile", b"all:\n\techo a\n", "does not say"),
        ("poetry.lock", b"[[package]]\n", "settings"),
        ("package-lock.json", b'{"name": "a", "version": "1"}', "no column is the text"),
        ("requirements.txt", b"whoosh==2\n", "does not say"),
        ("a.yaml", b"a: b\n", "settings"),
        ("a.css", b"p { color: red }", "style sheet"),
        ("a.svg", b"<svg></svg>", "picture"),
        ("a.xml", b"<?xml version='1.0'?><catalogue><a>b</a></catalogue>", "<catalogue>"),
        ("a.txt", b"<?xml version='1.0'?><catalogue><a>b</a></catalogue>", "XML of a kind"),
        ("a.rst", b"Nadpis\n======\n", "marks that are not known"),
        ("a.tex", b"\\documentclass{article}", "LaTeX"),
        ("a.program", b"Text.", "kind that is not known"),
        ("a.db", b"SQLite format 3", "file of data"),
    ],
)
def test_nothing_is_text_by_default(path, data, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        readers.read(path, data)
    assert caught.value.remedy


@pytest.mark.parametrize("path", ["a", "a.page", "2021-01"])
def test_a_head_can_tell_that_a_file_is_a_page(path):
    assert read("---\ntitle: A\n---\nText.", path).format == "frontmatter"


# -- the law

ATOMS = st.sampled_from(
    [
        *("slovo ", "Věta. ", "\n", "\n\n", "\r\n", "- ", "-A", "1. ", "a) ", "> ", "# ", "## b\n"),
        *("**", "__", "*", "_", "`", "~~~\n", "---\n", "===\n", "| ", "|-|\n", "<br>", "<br/>"),
        *("<li>", "</li>", "<ul>", "</ul>", "<dt>", "<dd>", "<p>", "</p>", "<h2>", "</h2>"),
        *("<div a='b'>", "</div>", "<blockquote>", "</blockquote>", "<button>", "</button>"),
        *("<a href='x'>", "</a>", "<b>", "</b>", "<", ">", "<!--", "-->", "<script>", "</script>"),
        *("[", "](u)", "![", "{%", "%}", "{{", "}}", "{:", "}", "&nbsp;", "\u200b", "\u00a0", "\\"),
        *(
            "„",
            "“",
            "– ",
            "•",
            "säger Eva Ek (C), chef.",
            "22 december 2021\n",
            "Relaterade nyheter\n",
        ),
        *(
            "Innehåll\n",
            "1.1 Rubrik\n",
            "12\n",
            "Rubrik ..... 5\n",
            "perex: x\n",
            "title: y\n",
            "a: [\n",
        ),
        *(
            "Rubrik\n",
            "en lång rad som går över till nästa rad och som fortsätter där\n",
            "e\u0301",
        ),
    ]
)
HEADS = st.sampled_from(
    [
        "",
        "# T\n\n",
        "---\n",
        "---\nt: a\n---\n",
        "---\nperex: >\n  ",
        "<!-- a | b -->\n",
        "3 mars 2021\n",
    ]
)


def assert_read_or_refused(path, data):
    """The law, or an error that says where and what to do."""
    refusal = None
    try:
        assert_law(readers.read(path, data))
    except ProgsearchError as error:
        refusal = error
    assert refusal is None or (refusal.where.startswith(path) and refusal.remedy)


@settings(max_examples=examples(120))
@given(HEADS, st.lists(ATOMS, max_size=40), st.sampled_from(["a.md", "a.txt"]))
def test_no_word_is_lost_and_none_stands_twice(head, atoms, path):
    assert_read_or_refused(path, (head + "".join(atoms)).encode("utf-8"))


@given(st.binary(max_size=60))
@example(b"<DOCFULL>")
def test_any_bytes_are_read_or_refused(data):
    assert_read_or_refused("x.txt", data)
