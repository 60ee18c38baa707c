"""Documents, themes and file names made to attack whoever reads what is said of them."""

from __future__ import annotations

import csv
import io
import json
import re
import sys

import pytest
from every_command import asking, reading, run
from hypothesis import given
from hypothesis import strategies as st

from progsearch.errors import Problem, ProgsearchError
from progsearch.export.csv import harmless
from progsearch.export.markdown import code, escaped
from progsearch.visible import visible

SEQUENCES = "\x1b[2J\x1b]0;owned\x07\x9b31m\x1b[8mhidden\u202egnp.exe\u2066\u2069\x85\x08"
MARKUP = (
    "<img src=x onerror=alert(1)>|`[a](javascript:alert(1))\\|{{x}}{% y %}<script>alert(1)</script>"
)
FORMULA = "=cmd|' /C calc'!A0"
ATTACK = f"{FORMULA};={SEQUENCES}{MARKUP}"
NAME = re.sub(r"[/\\:?\x00]", "", ATTACK.replace("</script>", ""))
SWITCHED = re.compile(r"\x1b\[[0-9;]*m")
"""Colours, which progsearch itself gives to a terminal."""


def quoted(text):
    """A text as a scalar of YAML that may hold any character."""
    return json.dumps(text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A corpus, an index of it and themes, all of them full of attacks."""
    folder = tmp_path_factory.mktemp("hostile")
    corpus = folder / "corpus"
    corpus.mkdir()
    head = "".join(
        f"{key}: {quoted(ATTACK)}\n"
        for key in ("title", "author", "campaign", "perex", "uid", quoted(ATTACK))
    )
    head += f"party: {quoted(f'Partiet {ATTACK}')}\n"  # without the word it is taken for none
    body = (
        f"# Vård {ATTACK}\n\nVård och bostad {ATTACK}\n\n- {ATTACK} vård\n\n"
        f"– Vården {ATTACK}, säger Eva{SEQUENCES} Ek (C{SEQUENCES}), chef{SEQUENCES}.\n"
    )
    name = "page.md" if sys.platform == "win32" else f"{NAME}.md"
    (corpus / name).write_text(
        f"---\n{head}region: {quoted(ATTACK)}\nlang: sv\ndate: {quoted(ATTACK)}\n---\n{body}",
        encoding="utf-8",
        errors="replace",
    )
    (corpus / "other.md").write_text(
        "---\nlang: sv\nparty: B\n---\n\nMer vård.\n", encoding="utf-8"
    )
    (corpus / f"bad{'' if sys.platform == 'win32' else NAME}.md").write_bytes(b"\0")
    themes = folder / "themes"
    themes.mkdir()
    theme = {
        "id": "attack",
        "prefLabel": {"en": ATTACK, "sv": ATTACK},
        "definition": {"en": ATTACK},
        "terms": {"sv": ["vård", f'="{FORMULA}"']},
        "source": ATTACK,
    }
    (themes / "attack.yaml").write_text(json.dumps(theme), encoding="utf-8")
    (themes / "broken.yaml").write_text(f"id: {quoted(ATTACK)}\nterms: []\n", encoding="utf-8")
    index = folder / "index"
    assert run("ingest", corpus, "--index", index, "-q").code == 3
    return folder


def lines(hostile):
    index = hostile / "index"
    made = asking(hostile, index, "vård", "attack")
    return [*made, *reading(hostile / "corpus", hostile / "again")]


def assert_tame(text):
    """No character is there that a terminal obeys, but line ends, tabs and colours."""
    rest = SWITCHED.sub("", text).replace("\r\n", "\n").replace("\n", "").replace("\t", "")
    assert visible(rest) == rest


def test_no_terminal_is_moved_by_what_is_shown(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("FORCE_COLOR", "1")
    for words in lines(hostile):
        if words[0] == "report":
            with pytest.raises(ProgsearchError, match="not to be read on a terminal"):
                run(*words, screen=True)
            continue
        ran = run(*words, screen=True)
        assert ran.stdout or ran.stderr, words
        assert_tame(ran.stdout)
        assert_tame(ran.stderr)
        assert "\x1b[8m" not in ran.stdout


def test_what_people_read_is_tame_in_a_pipe_too(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    for words in lines(hostile):
        ran = run(*words)
        assert_tame(ran.stderr)
        if not {"csv", "audit", "report", "yaml", "quanteda", "translate"} & set(words):
            assert_tame(ran.stdout)


def test_no_cell_of_a_csv_file_is_a_formula(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    for words in [one for one in lines(hostile) if {"csv", "audit"} & set(one)]:
        text = run(*words).stdout
        for separator in ",;\t":
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                for cell in row:
                    bare = cell.strip().lstrip("\ufeff")
                    number = re.fullmatch(r"[-+]?[\d.,e+-]+", bare)
                    assert number or not bare.startswith(("=", "+", "-", "@")), words


def test_no_cell_of_a_workbook_is_a_formula(hostile, tmp_path, monkeypatch):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("xlsxwriter")
    monkeypatch.chdir(hostile)
    file = tmp_path / "book.xlsx"
    at = ["--index", hostile / "index", "-o", file]
    run("compare", "--theme", "attack", "--words", "=vård", "--by", "party", "--evidence", "3", *at)
    kinds = {
        cell.data_type
        for sheet in openpyxl.load_workbook(file).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds <= {"s", "n", "b"}
    assert {"s", "n"} <= kinds


def test_markdown_holds_no_markup_of_documents(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    for words in [one for one in lines(hostile) if "md" in one]:
        text = run(*words).stdout
        bare = re.sub(r"(`+).*?\1", "", re.sub(r"\\.", "", text))
        assert not re.search(r"<[a-z/!]|\]\(|\{[{%]", bare), words
        rows = [line for line in bare.splitlines() if line.startswith("|")]
        assert words[0] == "search" or len({line.count("|") for line in rows}) <= 1 + text.count(
            "\n\n"
        )


def test_names_of_files_stay_inside_of_the_command(hostile):
    error = ProgsearchError(ATTACK, where=f"{ATTACK}\nprogsearch: done", remedy=ATTACK)
    problem = Problem(f"{ATTACK}\nnote: all is well", 3, ATTACK, ATTACK)
    for text in (str(error), str(problem), str(error.as_problem(ATTACK))):
        assert visible(text) == text


def test_references_keep_their_braces(hostile, monkeypatch):
    monkeypatch.chdir(hostile)
    text = run("cite", *ids(hostile), "--index", hostile / "index").stdout
    depth = 0
    for at, mark in enumerate(text):
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0, text[:at]
    assert depth == 0
    entries = re.findall(r"^@\w+", text, re.MULTILINE)
    assert entries == ["@misc"] * len(ids(hostile))
    assert_tame(text)
    items = json.loads(run("cite", *ids(hostile), "-f", "csl", "--index", hostile / "index").stdout)
    assert len(items) == len(entries)


def ids(hostile):
    found = run("search", "vård", "-f", "jsonl", "--index", hostile / "index").stdout
    return [json.loads(line)["id"] for line in found.splitlines()]


@given(st.text(alphabet="a=+-@;\t\r\n \u00a0\ufeff\u200b＝'\x00|", max_size=12))
def test_no_text_begins_a_formula(text):
    made = harmless(text)
    for cell in re.split(r"[;\t\r\n]", made):
        assert not cell.strip(" \xa0\ufeff\u200b\x00").startswith(("=", "+", "-", "@", "＝"))
    assert made.replace("'", "") == text.replace("'", "")
    assert harmless("slovo; slovo - x=1") == "slovo; slovo - x=1"


@given(st.lists(st.text(alphabet="a1=;\t\n \"',", max_size=8), min_size=1, max_size=3))
def test_no_cell_begins_a_formula_whatever_is_taken_for_its_end(texts):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(harmless, texts))
    for separator in ",;\t":
        for row in csv.reader(io.StringIO(out.getvalue(), newline=""), delimiter=separator):
            assert not any(cell.strip().startswith("=") for cell in row)


@given(st.text(max_size=30))
def test_any_text_is_shown_as_one_tame_line(text):
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


@given(st.text(alphabet="a`*_[]()<>|\\\n!&{#~$", max_size=20))
def test_markdown_texts_and_code_stay_in_their_place(text):
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|{#!&~]", escaped(text))
    made = code(text)
    fence = re.match("`+", made)[0]
    inside = made[len(fence) : -len(fence)]
    assert made.endswith(fence)
    assert fence not in re.findall("`+", inside)
    assert "|" not in made
    assert "\n" not in made
