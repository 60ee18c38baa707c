"""Patterns of paths mean what an expression would, and go over a path once."""

from __future__ import annotations

import pickle
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.globs import Pattern

MARK = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]+\]")
MEANT = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def expression(pattern):
    """The same as an expression, which goes back; right and slow."""
    pattern = pattern.removeprefix("./").rstrip("/")
    parts, end = [], 0
    for mark in MARK.finditer(pattern):
        parts.append(re.escape(pattern[end : mark.start()]))
        chosen, end = mark.group(), mark.end()
        inside = re.escape(chosen[1:-1].removeprefix("!"))
        bracket = f"[{'^/' if chosen[1:2] == '!' else ''}{inside}]"
        parts.append(MEANT.get(chosen, bracket))
    parts.append(re.escape(pattern[end:]))
    below = "" if MARK.search(pattern.rpartition("/")[2]) else "(?:/.*)?"
    return f"(?s:{''.join(parts)}{below})" if pattern else "(?s:.*)"


pieces = st.lists(
    st.sampled_from(["a", "b", "/", "*", "**", "**/", "?", "[ab]", "[!a]", ".", "\n"]), max_size=7
).map("".join)
paths = st.text("ab/.\n", max_size=9)


@given(pieces, st.lists(paths, min_size=1, max_size=4))
def test_a_pattern_means_what_the_expression_does(written, several):
    # One pattern is asked for many paths, and sent to other processes.
    asked = Pattern(written)
    for path in several:
        wanted = re.fullmatch(expression(written), path) is not None
        assert asked.covers(path) is wanted
        assert pickle.loads(pickle.dumps(asked)).covers(path) is wanted


def steps(run):
    """The lines of Python that a call executes."""
    count = 0

    def trace(_frame, event, _arg):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", ["*a", "**a", "**/", "?*", "a*/**/", "[ab]*", "*", "**/*"])
def test_twice_the_path_and_twice_the_pattern_cost_twice_as_much(unit):
    def cost(times, length):
        written = Pattern(unit * times + "X")
        written.covers("a")  # what is known of characters afterwards
        return steps(lambda: written.covers("a/" * 3 + "a" * length))

    base = cost(20, 200)
    assert cost(20, 400) < 2.3 * base
    assert cost(40, 200) < 2.3 * base


def test_what_chooses_nothing_is_told():
    with pytest.raises(ValueError, match=r"\[z-a\]"):
        Pattern("[z-a]")
