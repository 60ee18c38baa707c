"""Whatever is asked, the command line answers or says in a few lines why it does not."""

from __future__ import annotations

import tracemalloc

import pytest
from every_command import run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples

from progsearch.errors import ProgsearchError


@pytest.fixture(scope="module")
def index(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("anything") / "index"
    assert run("ingest", project / "corpus" / "se", "--index", folder, "-q").code == 0
    return folder


def answer(*words):
    """What a command says, or the message of its error."""
    try:
        return run(*words).stderr
    except ProgsearchError as error:
        return str(error)


SYNTAX = st.text(alphabet='abå "()=*?:-ANDORTE/5\\„“”\x00\x1b\u202e\ud800,.;|', max_size=30)
SCOPES = [HealthCheck.function_scoped_fixture]
ANYTHING = st.one_of(st.text(max_size=30), SYNTAX)
OPTIONS = ("--theme", "--lang", "--country", "--region", "--party", "--kind", "--role", "--since")
MORE = (*OPTIONS, "--until", "--duplicates", "--format", "--themes")


@settings(max_examples=examples(60), suppress_health_check=SCOPES)
@given(st.lists(ANYTHING, min_size=1, max_size=3))
def test_any_words_are_answered(index, words):
    said = answer("search", "--index", index, "--", *words)
    assert said
    assert len(said.splitlines()) <= 4


@settings(max_examples=examples(60), suppress_health_check=SCOPES)
@given(st.sampled_from(MORE), ANYTHING)
def test_any_value_of_any_option_is_answered(index, option, value):
    assert answer("search", "vård", f"{option}={value}", "--index", index)


@settings(max_examples=examples(30), suppress_health_check=SCOPES)
@given(
    st.sampled_from(["count", "compare", "keywords", "explain", "show", "cite", "report"]), ANYTHING
)
def test_any_words_are_answered_by_the_other_commands(index, command, word):
    with_by = ["--by", "region"] if command in ("count", "compare") else []
    assert answer(command, *with_by, "--index", index, "--", word) is not None


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONG,
        "vård " * (LONG // 5),
        " OR ".join(f"slovo{number}" for number in range(10_000)),
        " NEAR/100 ".join(["vård"] * 10_000),
        "(" * LONG + ")" * LONG,
        "(" * LONG,
        "NOT " * (LONG // 4) + "a",
        "-" * LONG,
        '"' * LONG,
        '"' + "vård " * (LONG // 5) + '"',
        "vå* " * (LONG // 4),
        "=" * LONG,
        "region:" * (LONG // 7),
        "*" * LONG,
        "?" * LONG,
    ],
)
def test_a_long_query_is_refused_before_it_costs_anything(index, text):
    tracemalloc.start()
    with pytest.raises(ProgsearchError, match="longer than 4000 characters") as caught:
        run("search", "--index", index, "--", text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "theme file" in str(caught.value)
    assert len(str(caught.value)) < 500
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("*", "no letter or digit"),
        ("?", "no letter or digit"),
        ("a*", "too short"),
        ("*a", "stands for too much"),
        ("**", "no letter or digit"),
        ('"a* b"', "too short"),
        ("a NEAR/101 b", "distance from 1 to 100"),
        ("a NEAR/99999999999999999999 b", "distance from 1 to 100"),
    ],
)
def test_wildcards_and_distances_are_bounded(index, query, what):
    with pytest.raises(ProgsearchError, match=what) as caught:
        run("search", "--index", index, "--", query)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "query",
    [
        " OR ".join(f"{a}{b}*" for a in "abcdefghijklmno" for b in "aeiouyåäö"),
        " ".join(["vå*"] * 900),
        " OR ".join(["vård NEAR/100 på"] * 150),
        '"' + "vå* " * 900 + '"',
        "(" * 40 + "vård" + ")" * 40,
        "NOT " * 40 + "vård",
        " OR ".join(f"NOT w{number}" for number in range(300)),
    ],
)
def test_what_may_just_be_asked_is_answered(index, query):
    assert run("search", "--index", index, "-n", "3", "--", query).code == 0
