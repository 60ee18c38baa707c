"""Comparisons on terminals: widths, colours, and what gives way."""

from __future__ import annotations

import io
import os
import re
import shlex
from contextlib import redirect_stderr, redirect_stdout

import pytest
from compare_cli_making import THEME, run
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from progsearch.cli import app
from progsearch.cli._support.comparison import write_comparison
from progsearch.cli._support.grid import GridColumn, Text, fitting, grid, room
from progsearch.cli._support.index import opened
from progsearch.cli._support.screen import Screen, console
from progsearch.compare import comparison
from progsearch.compare.questions import questions
from progsearch.errors import ProgsearchError
from progsearch.query import Everything


class Terminal(io.StringIO):
    """A terminal of some width, which the environment tells."""

    def isatty(self):
        return True


@pytest.mark.parametrize("width", [36, 50, 60, 80, 100, 120, 160])
@pytest.mark.parametrize("by", [["region"], ["party", "lang"]])
def test_a_table_fits_any_terminal_and_keeps_what_matters(index, monkeypatch, width, by):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with opened(index) as asked:
        compared = comparison(asked, questions(asked, Everything(), [THEME[1]]).questions, by)
    out = Terminal()
    write_comparison(compared, out)
    lines = out.getvalue().splitlines()
    assert all(cell_len(line) <= width for line in lines)
    head = lines[2] if "per 1,000" in lines[2] else lines[1]
    assert by[0] in head
    assert "per 1,000" in head
    assert ("95 % interval" in head) == (width >= 60 or (width >= 50 and len(by) == 1))
    assert ("passages" in head) == (width >= 80 or (width >= 60 and len(by) == 1))
    assert ("documents" in head) == (width >= 100)
    for group in compared.groups:
        assert group.labels[0].split()[0][:10] in out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100])
def test_counts_fit_a_narrow_terminal(monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    with redirect_stdout(out), redirect_stderr(io.StringIO()):
        app(["count", *THEME, "--by", "region,party"], standalone_mode=False)
    lines = out.getvalue().splitlines()
    assert all(cell_len(line) <= width for line in lines)
    assert "passages" in out.getvalue()
    assert ("per 1,000" in lines[0]) == (width >= 100)
    # What there is no room for is named.
    assert "no room for documents" in out.getvalue()
    assert all(word in out.getvalue() for word in ("healthcare-", "Kronobergs", "CZ-51"))


columns = st.lists(
    st.builds(
        GridColumn,
        st.text("ab c", max_size=9),
        st.lists(st.text("xyz ", max_size=30).map(Text), min_size=2, max_size=2),
        right=st.booleans(),
        spare=st.integers(0, 3),
        least=st.sampled_from([0, 0, 5, 12]),
    ),
    min_size=1,
    max_size=6,
)


@given(columns, st.integers(10, 120))
def test_columns_go_only_where_there_is_no_room_and_the_least_needed_first(columns, width):
    kept = fitting(columns, width)
    assert [one for one in columns if one in kept] == kept
    gone = [one for one in columns if one not in kept]
    if gone:
        assert room(columns) > width
        assert min(one.spare for one in gone) > max((one.spare for one in kept), default=0)
        assert all(one.spare for one in gone)
    assert room(kept) <= width or not any(one.spare for one in kept)
    if room(kept) <= width:
        out = io.StringIO()
        Console(file=out, width=width, no_color=True).print(grid(columns, width))
        assert all(cell_len(line) <= width for line in out.getvalue().splitlines())


# Lines of a name may be broken; none ends in a line's end.
texts = st.lists(st.text("xy Åž中├─", min_size=1, max_size=30), max_size=3).map("\n".join)

several = st.integers(0, 4).flatmap(
    lambda rows: st.lists(
        st.builds(
            GridColumn,
            texts,
            st.lists(
                st.builds(Text, texts, st.sampled_from(["", "bold"])), min_size=rows, max_size=rows
            ),
            right=st.booleans(),
            least=st.sampled_from([0, 0, 5, 12]),
        ),
        min_size=1,
        max_size=5,
    )
)


@given(several, st.none() | st.integers(0, 3))
def test_a_file_gets_the_table_that_a_terminal_without_colours_shows(columns, apart):
    ours, theirs = io.StringIO(), io.StringIO()
    screen, shown = Screen(ours), console(theirs)
    for what in (columns[0].name, Text("a heading", "bold"), grid(columns, screen.width, apart)):
        screen.print(what)
        shown.print(what)
    assert ours.getvalue() == theirs.getvalue()


@pytest.mark.skipif(os.name == "nt", reason="a test of what a POSIX terminal shows")
@pytest.mark.parametrize("words", [(), ("--wide",), ("--show", "passages"), ("--evidence", "1")])
def test_colour_is_only_for_terminals_and_can_be_turned_off(monkeypatch, words):
    asked = ("compare", *THEME, "--by", "region", *words)
    assert "\x1b" not in run(*asked).stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run(*asked).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(*asked).stdout
    assert "\x1b[" in coloured


def examples(page):
    """The commands of a page's code blocks, each with what it is said to print."""
    for block in re.findall(r"^```\n(\$ progsearch .*?)^```$", page, re.MULTILINE | re.DOTALL):
        command, _, printed = block.partition("\n")
        yield command.removeprefix("$ progsearch "), printed


@pytest.mark.parametrize(("page", "least"), [("compare.md", 6), ("concordance.md", 4)])
def test_the_examples_of_the_documentation_are_what_is_printed(project, page, least):
    found = list(examples((project / "docs" / page).read_text(encoding="utf-8")))
    assert len(found) >= least
    for command, printed in found:
        lines = run(*shlex.split(command)).stdout.splitlines()
        assert "\n".join(line.rstrip() for line in lines).rstrip() == printed.rstrip(), command


def test_a_comparison_is_drawn_beside_its_table(tmp_path):
    pytest.importorskip("matplotlib", reason="pip install progsearch[plot]")
    plain = run("compare", *THEME, "--by", "lang")
    drawn = run("compare", *THEME, "--by", "lang", "--plot", tmp_path / "rates.svg")
    assert drawn == plain
    assert (tmp_path / "rates.svg").read_text(encoding="utf-8").startswith("<?xml")
    named = run("compare", *THEME, "--ui-lang", "cs", "--plot", tmp_path / "rates.png")
    assert "Personál ve zdravotnictví" in named.stdout
    with pytest.raises(ProgsearchError, match="no format for pictures"):
        run("compare", *THEME, "--plot", tmp_path / "rates.jpg")
    with pytest.raises(ProgsearchError, match="no reports in 'de'"):
        run("compare", *THEME, "--ui-lang", "de")


def test_a_picture_is_no_part_of_a_recipe(tmp_path):
    pytest.importorskip("matplotlib", reason="pip install progsearch[plot]")
    recipe, picture = tmp_path / "r.toml", tmp_path / "rates.svg"
    run("compare", *THEME, "--by", "lang", "--ui-lang", "sv", "--plot", picture, "--save", recipe)
    picture.unlink()
    again = run("run", recipe, "--strict")
    assert "Bemanning i vården" in again.stdout
    assert not picture.exists()


@pytest.mark.parametrize("option", [("--title", "x"), ("--source", "x"), ("--svg-text",)])
def test_what_is_of_a_picture_needs_one(option):
    with pytest.raises(ProgsearchError, match=r"are of a picture.*--plot"):
        run("compare", "sestra", *option)
