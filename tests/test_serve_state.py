"""An address says all that a page shows, and the command that it names gives the same."""

from __future__ import annotations

import io
import json
import random
import shlex
import shutil
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from progsearch.errors import ProgsearchError

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from report_making import Page
from serving import served

from progsearch.cli import app
from progsearch.serve.state import LISTS, MOST, State, read_state

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(TEXT, min_size=1, max_size=3, unique=True).map(tuple) for name in LISTS},
        "promises": st.just(True),
        "asides": st.just(True),
        "since": st.just("2020"),
        "until": st.just("2024-05"),
        "duplicates": st.sampled_from(("keep", "once")),
    },
)
STATES = st.builds(
    State,
    query=st.just("") | TEXT,
    themes=st.lists(TEXT, max_size=3, unique=True).map(tuple),
    words=st.lists(TEXT, max_size=3, unique=True).map(tuple),
    by=st.lists(TEXT, max_size=2, unique=True).map(tuple),
    filters=FILTERS,
    view=st.sampled_from(("passages", "kwic")),
    sort=st.sampled_from(("place", "left", "right")),
    page=st.integers(1, 50),
    ui=st.sampled_from(("", "cs", "sv")),
)


@given(STATES)
def test_an_address_reads_back(state):
    address = state.address("/search")
    assert address.isascii()
    path, _, asked = address.partition("?")
    assert (path, read_state(asked)) == ("/search", state)


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("nonsense=1", "no parameter"),
        ("theem=housing", "no parameter"),
        ("page=0", "no page"),
        ("page=51", "no page"),
        ("page=x", "no page"),
        ("view=all", "not a choice"),
        ("promises=maybe", "not a choice"),
        ("q=%00", "NUL"),
        ("&".join(f"party={number}" for number in range(MOST + 1)), "more than"),
        ("q=" + "x" * 20_000, "too long"),
        ("&".join(f"ui={number}" for number in range(1000)), "too much"),
    ],
)
def test_what_an_address_cannot_ask(asked, what):
    with pytest.raises(ProgsearchError, match=what):
        read_state(asked)


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / "index"
    shutil.copytree(demo, folder)
    return folder


@pytest.fixture(scope="module")
def server(folder):
    with served(folder) as found:
        yield found


QUERIES = (
    "",
    "lékař",
    "vård OR skola",
    '"offentlig sektor"',
    "vård*",
    "byt NOT nájem",
    "-vård skola",
)
CHOICES = {
    "lang": ("cs", "sv"),
    "country": ("CZ", "SE"),
    "region": ("CZ-51", "SE-G", "unknown"),
    "party": ("Länsunionen", "Strana venkova a měst", "unknown"),
    "kind": ("programme", "news", "budget"),
    "role": ("measure", "statement", "heading"),
    "commitment": ("strong", "weak", "plain"),
}
THEMES = ("housing", "public-transport", "waiting-times", "healthcare-staffing")


def states(number):
    chance = random.Random(18)
    for _ in range(number):
        filters = {
            name: tuple(chance.sample(values, chance.randint(1, 2)))
            for name, values in CHOICES.items()
            if chance.random() < 0.2
        }
        more = {
            "promises": True,
            "asides": True,
            "since": "2021",
            "until": "2024",
            "duplicates": "once",
        }
        filters |= {name: value for name, value in more.items() if chance.random() < 0.2}
        yield State(
            query=chance.choice(QUERIES),
            themes=tuple(chance.sample(THEMES, chance.choice((0, 0, 1, 2)))),
            words=tuple(chance.sample(("škola", "vård", "doprava"), chance.choice((0, 0, 1)))),
            by=tuple(
                chance.sample(("party", "region", "lang", "kind", "year"), chance.choice((1, 2)))
            ),
            filters=filters,
        )


def command(line, folder, *more):
    """What a command line gives on stdout, or the error that it ends with."""
    words = shlex.split(line)[1:]
    at = words.index("--") if "--" in words else len(words)
    whole = [*words[:at], "--index", str(folder), *more, *words[at:]]
    out = io.StringIO(newline="")
    try:
        with redirect_stdout(out), redirect_stderr(io.StringIO()):
            app(whole, standalone_mode=False)
    except ProgsearchError as error:
        return error
    return out.getvalue()


def test_the_command_gives_what_the_page_gives(server, folder, project, monkeypatch):
    monkeypatch.chdir(project)
    server.site.fresh.close()  # paths are as seen from here
    answered = {"search": 0, "compare": 0}
    for state in states(examples(90)):
        for name in answered:
            told = command(state.command(name), folder, "-f", "csv")
            found = server.ask(state.address(f"/{name}.csv"))
            if isinstance(told, ProgsearchError):
                assert found.status == 400, state
                shown = " ".join(one["text"] for one in Page(found.text).all("strong"))
                assert told.what.split("\n")[0] in shown, state
                continue
            assert found.status == 200, (state, found.text[-600:])
            assert found.body.decode() == told, state
            answered[name] += 1
    assert min(answered.values()) > 25


def test_the_page_shows_what_its_command_finds(server, folder, project, monkeypatch):
    """The other way: from the command that stands on a page to the passages on it."""
    monkeypatch.chdir(project)
    server.site.fresh.close()
    seen = 0
    for state in states(examples(90)):
        page = server.ask(state.address("/search"))
        assert page.status == 200
        read = Page(page.text)
        lines = [one["text"] for one in read.elements if one["attrs"].get("id") == "command"]
        if not lines:
            assert isinstance(command(state.command("search"), folder), ProgsearchError)
            continue
        told = json.loads(command(lines[0], folder, "-f", "json", "-n", "20"))
        rows = told["passages"] if isinstance(told, dict) else told
        ids = [one["attrs"]["id"] for one in read.all("article")]
        assert ids == [f"hit-{row['id'].replace('.', '-')}" for row in rows], state
        seen += bool(rows)
    assert seen > 25
