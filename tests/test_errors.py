"""Errors say what, where and what to do, in one line."""

from __future__ import annotations

import pytest

from progsearch.errors import Problem, ProgsearchError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ProgsearchError("it broke"), "it broke"),
        (ProgsearchError("it broke", where="--set"), "--set: it broke"),
        (ProgsearchError("it broke", remedy="mend it"), "it broke; mend it"),
        (
            ProgsearchError("it broke", where="a.md:3", remedy="mend it"),
            "a.md:3: it broke; mend it",
        ),
    ],
)
def test_one_line(error, line):
    assert str(error) == line


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("", Problem("c/a.md", 0, "what", "how")),
        ("c/a.md", Problem("c/a.md", 0, "what", "how")),
        ("c/a.md:7", Problem("c/a.md", 7, "what", "how")),
        ("/x/progsearch.toml:2", Problem("c/a.md", 0, "/x/progsearch.toml:2: what", "how")),
    ],
)
def test_an_error_becomes_a_problem_of_its_file(where, problem):
    assert ProgsearchError("what", where=where, remedy="how").as_problem("c/a.md") == problem


def test_a_problem_names_its_place():
    assert str(Problem("a.md", 3, "what", "how")) == "a.md:3: what; how"
    assert str(Problem("a.md", 0, "what")) == "a.md: what"
