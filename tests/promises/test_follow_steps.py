"""How often each thing is asked when promises are followed: once a passage of a report."""

from __future__ import annotations

import re
import sys
from collections import Counter

import pytest

from progsearch.pairing.neighbours import Neighbours
from progsearch.promises import follow, side_of_files
from progsearch.promises.status import left_open, stated
from progsearch.scope import Filters

PROMISES = [f"We will build {number} new homes for families." for number in range(2, 12)]
REPORT = "| Promise | Status |\n|---|---|\n| We will build new homes for families. | Kept |\n"


@pytest.mark.usefixtures("one_process")
def test_what_a_passage_states_is_told_once_however_many_promises_it_is_near_to(
    tmp_path, monkeypatch
):
    module = sys.modules[follow.__module__]
    told, looked_for = Counter(), Counter()
    real, real_nearest = module.states, Neighbours.nearest

    def states(text, *given, **named):
        told[text] += 1
        return real(text, *given, **named)

    def nearest(self, unit, limit, **named):
        looked_for[unit.text, limit] += 1
        return real_nearest(self, unit, limit, **named)

    monkeypatch.setattr(module, "states", states)
    monkeypatch.setattr(Neighbours, "nearest", nearest)
    sides = []
    for name, text in (("p.md", "".join(f"- {one}\n" for one in PROMISES)), ("r.md", REPORT)):
        (tmp_path / name).write_text(f"---\nlang: en\n---\n# X\n\n{text}", encoding="utf-8")
        sides.append(side_of_files([tmp_path / name], Filters(), headings=True))
    found = follow(*sides, everything=True).promises
    assert sum(bool(one.reports) for one in found) == len(PROMISES)
    assert set(told.values()) == {1}
    # Once for the row and once for its cell: which promise is nearest to either.
    assert {text: n for (text, limit), n in looked_for.items() if limit == 1 and n > 1} == {}


@pytest.mark.parametrize("lang", ["cs", "en"])
@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("New roads | kept", ["Promise | Status"]),
        ("New roads | not quite kept yet", ["Promise | Kept? (yes/no)"]),
        ("New roads – partly kept (50 %)", ["Not kept (3)", "Roads"]),
        ("Status: under review", ["Kept"]),
    ],
)
def test_no_pattern_is_made_for_a_passage(lang, text, headings, monkeypatch):
    stated(text, headings, lang)  # makes those of the language

    def made(pattern, *_):
        raise AssertionError(pattern)

    for name in ("fullmatch", "match", "search", "sub", "compile"):
        monkeypatch.setattr(re, name, made)
    stated(text, headings, lang)
    left_open(text, headings, lang, {})
