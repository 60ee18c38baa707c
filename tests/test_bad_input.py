"""Bad input costs nothing else: one table a class, through the reading of whole files."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata

import pytest
from every_command import run
from files_making import docx, odt, paragraph, zipped

from progsearch.ingest import check
from progsearch.settings import Settings

BODY = "# Péče\n\nNašim lékařům přidáme příští rok. Žádná nemocnice nezůstane bez sester.\n"
SWEDISH = "# Vården\n\nVi satsar på vårdköerna och på läkarna på sjukhusen i hela länet.\n"


def checked(folder, **settings):
    """Each file's status and what was said of it."""
    done = check([folder], Settings(**settings))
    return {one.path.partition("/")[2]: (str(one.status), list(one.problems)) for one in done}


def put(tmp_path, name, data):
    folder = tmp_path / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return folder


ODD = [
    ("tabs in the head", f"---\ntitle:\tPéče\n\tintro: x\n---\n{BODY}", "not YAML"),
    ("yaml", f"---\ntitle: Péče: nová\n---\n{BODY}", "not YAML"),
    ("twice", f"---\ntitle: a\ntitle: b\n---\n{BODY}", "again in line 3"),
    ("no end", f"---\ntitle: a\n\n{BODY}", "no closing"),
    ("wrong date", f"---\ndate: 2022-02-29\n---\n{BODY}", "date"),
    ("windows-1250", BODY.encode("cp1250"), "Windows-1250"),
    ("iso 8859-2", BODY.encode("iso8859-2"), "ISO 8859-2"),
    ("windows-1252", SWEDISH.encode("cp1252"), "Windows-125"),
    ("utf-16 le", codecs.BOM_UTF16_LE + BODY.encode("utf-16-le"), "UTF-16"),
    ("utf-16 be", codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"), "UTF-16"),
    ("utf-16 le, no mark", BODY.encode("utf-16-le"), "UTF-16"),
    ("utf-16 be, no mark", SWEDISH.encode("utf-16-be"), "UTF-16"),
    ("decomposed", unicodedata.normalize("NFD", BODY), "accents"),
    ("half a character", f'---\ntitle: "a\\ud800"\n---\n{BODY}', "halves of characters"),
]


@pytest.mark.parametrize(("data", "note"), [one[1:] for one in ODD], ids=[one[0] for one in ODD])
def test_odd_files_are_read_with_a_note(tmp_path, data, note):
    folder = put(tmp_path, "odd.md", data)
    status, problems = checked(folder)["odd.md"]
    assert status == "added"
    assert any(note in one.what for one in problems), problems
    index = tmp_path / "index"
    assert run("ingest", folder, "--index", index, "-q").code == 0
    word = "vårdköer" if b"r" in SWEDISH.encode() and "Vården" in _text(data) else "nemocnice"
    assert "1 passage" in run("search", word, "--index", index).stderr
    assert note in run("list", "notes", "-f", "csv", "--index", index).stdout


def _text(data):
    if isinstance(data, str):
        return data
    return data.decode("utf-16-be" if data[:1] == b"\0" else "cp1252", "replace")


@pytest.mark.parametrize("note", ["not YAML", "UTF-16", "Windows-1250"])
def test_strict_refuses_what_is_odd(tmp_path, note):
    data = next(data for _, data, told in ODD if told == note)
    status, problems = checked(put(tmp_path, "odd.md", data), strict=True)["odd.md"]
    assert status == "failed"
    assert problems[0].remedy


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_a_byte_order_mark_need_no_note(tmp_path, end):
    data = codecs.BOM_UTF8 + BODY.replace("\n", end).encode()
    assert checked(put(tmp_path, "a.md", data))["a.md"] == ("added", [])


DEEP = 50_000
TOO_DEEP = "not JSON" if sys.version_info >= (3, 14) else "nested too deeply"
"""Python 3.14 goes down that far in JSON, and meets its end."""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTITY = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'
REFUSED = [
    ("a.md", b"", "empty"),
    ("a.md", b"text\0text", "NUL"),
    ("a.md", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, ""),
    ("a.md", "---\na: &a [x]\nb: [*a, *a]\n---\nx", "refers to its own values"),
    ("a.md", f"---\na: {'[' * DEEP}\n---\nx", "nested too deeply"),
    ("a.md", f"---\na:\n {'- ' * DEEP}x\n---\nx", "nested too deeply"),
    ("a.jsonl", '{"schema": "progsearch corpus 2", "a": ' + "[" * DEEP, TOO_DEEP),
    ("a.xml", f'<?xml version="1.0"?>{TEI}' + "<div>" * DEEP, "nested too deeply"),
    ("a.xml", f'<?xml version="1.0"?>{ENTITY}{TEI}&b;</TEI>', "document type"),
    ("a.docx", docx("<w:sdt>" * DEEP), ""),
    ("a.docx", lambda: docx(paragraph("a" * 30_000_000)), "would unpack to"),
    ("a.odt", odt("<text:section>" * DEEP), ""),
    ("a.zip", lambda: zipped({"a.md": b"a" * 30_000_000}), "would unpack to"),
    ("a.zip", lambda: zipped({f"{number}.md": b"a" for number in range(20_001)}), "members"),
    ("a.pdf", b"%PDF-1.4\n" + b"x" * 1000, "damaged"),
]


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """What is said of all of them and of a good file in one folder."""
    place = tmp_path_factory.mktemp("refused")
    for number, (name, data, _) in enumerate(REFUSED):
        put(place, f"{number}-{name}", data() if callable(data) else data)
    return checked(put(place, "good.md", BODY))


@pytest.mark.parametrize(
    ("number", "what"), [(number, what) for number, (_, _, what) in enumerate(REFUSED)]
)
def test_what_could_do_harm_is_refused(together, number, what):
    name = f"{number}-{REFUSED[number][0]}"
    if name.endswith("pdf"):
        pytest.importorskip("pypdfium2")
    found = [one for path, one in together.items() if path.startswith(name)]
    failed = [problem for status, problems in found for problem in problems if status == "failed"]
    assert failed
    for problem in failed:
        assert problem.path.startswith(f"corpus/{name}")
        assert what in problem.what
        assert problem.remedy


def test_what_could_do_harm_costs_nothing_else(together):
    assert together["good.md"] == ("added", [])
    assert {status for path, (status, _) in together.items() if path != "good.md"} == {"failed"}


def test_deep_pages_are_read_without_going_down(tmp_path):
    folder = put(tmp_path, "a.html", "<html><body>" + "<div>" * DEEP + f"<p>{SWEDISH}</p>")
    status, problems = checked(folder)["a.html"]
    assert status == "added" or problems[0].remedy


def test_entities_in_an_office_document_are_refused(tmp_path):
    document = f'{ENTITY}<w:document xmlns:w="{WORD}"><w:body>&b;</w:body></w:document>'
    data = zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document})
    status, problems = checked(put(tmp_path, "a.docx", data))["a.docx"]
    assert status == "failed"
    assert "document type" in problems[0].what


@pytest.mark.skipif(os.name == "nt", reason="names of files are characters there")
def test_names_that_cannot_be_kept_are_listed(tmp_path):
    folder = put(tmp_path, "good.md", BODY)
    try:
        (folder / os.fsdecode(b"x\xff.md")).write_bytes(b"Text.")
    except OSError:
        pytest.skip("the file system takes only names in UTF-8")
    done = checked(folder)
    assert done["good.md"][0] == "added"
    assert "not UTF-8" in done["x\ufffd.md"][1][0].what


def test_two_names_that_are_one_are_not_lost(tmp_path):
    folder = put(tmp_path, unicodedata.normalize("NFC", "žába.md"), BODY)
    put(tmp_path, unicodedata.normalize("NFD", "žába.md"), SWEDISH)
    if len(list(folder.iterdir())) == 1:
        pytest.skip("the file system takes them for one")
    done = checked(folder)
    assert sorted(status for status, _ in done.values()) == ["added", "failed"]


def test_a_fault_of_a_reader_costs_one_file(tmp_path, monkeypatch):
    def broken(*_words, **_more):
        raise ZeroDivisionError

    folder = put(tmp_path, "a.md", BODY)
    put(tmp_path, "b.txt", "Text.")
    monkeypatch.setattr("progsearch.prepare.normalise", broken)
    for status, problems in checked(folder).values():
        assert status == "failed"
        assert "ZeroDivisionError" in problems[0].what
        assert "report it" in problems[0].remedy
