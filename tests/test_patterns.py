"""Twice the text, about twice the steps: a law for every pattern of the package.

Steps are counted, see :mod:`backtracking`; a pattern whose caller looks at few letters only is
held to few steps for so many.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

import backtracking
import pytest
from backtracking import Endless, attacks, steps

SOME = frozenset(("match", "fullmatch"))
ALL = frozenset(("search", "finditer", "sub", "subn", "split", "findall"))

BOUNDED = {
    "analysis/text.py:_WORD_BEFORE": 60,
    "analysis/words.py:_LETTERS_BEFORE": 60,
    "blocks/leaders.py:_LEADERS": 200,
    "readers/pdf/contents.py:_ENTRY": 130,
    "readers/pdf/furniture.py:_PAGE_NUMBER": 16,
}
"""Patterns that are given so many letters at most, by the line that calls them."""

OWN = {"readers/leftovers.py:_LIST_NUMBER": 500, "readers/web/converted.py:_BOLD": 300}
"""Patterns that look so many letters ahead from each place, by a number of their own."""

PARTS = 4
"""Tests that share the patterns, so that several processes can."""

LENGTH, STEPS = 60, 250_000
"""Letters of the shorter text, and steps that a bounded pattern may take."""


@cache
def found_in(project) -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    """Each pattern of the package: where it stands, and how it is asked."""
    return list(_found_in(project))


def _found_in(project) -> Iterator[tuple[str, re.Pattern[str], frozenset[str]]]:
    root = project / "progsearch"
    files = sorted(root.rglob("*.py"))
    nodes = {file: list(_asking(file.read_text(encoding="utf-8"))) for file in files}
    asked: dict[str, set[str]] = {}
    for file, calls in nodes.items():
        for call in (node for node in calls if isinstance(node, ast.Attribute)):
            if call.attr in SOME | ALL and isinstance(call.value, ast.Name | ast.Attribute):
                name = call.value.id if isinstance(call.value, ast.Name) else call.value.attr
                # A name of one module's own means another pattern in the next.
                place = f"{file.relative_to(root)}:{name}" if name.startswith("_") else name
                asked.setdefault(place, set()).add(call.attr)
    for file, calls in nodes.items():
        inside = file.relative_to(root).as_posix()
        for call in calls:
            match call:
                case ast.Call(
                    ast.Attribute(ast.Name("re"), how), [ast.Constant(str() as text), *_]
                ) if how in SOME | ALL:
                    yield f"{inside}:{call.lineno}", re.compile(text), frozenset((how,))
        parts = file.relative_to(root.parent).with_suffix("").parts
        if parts[-1] == "__main__":
            continue
        try:
            module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
        except ImportError:
            continue  # what it needs is not installed
        for name, value in list(vars(module).items()):
            for one in _patterns(value):
                how = asked.get(f"{inside}:{name}" if name.startswith("_") else name, ALL)
                yield f"{inside}:{name}", one, frozenset(how)


def _asking(text: str) -> Iterator[ast.AST]:
    """The calls and attributes of a module, if it may ask a pattern for something."""
    if any(f".{name}" in text for name in SOME | ALL):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Attribute | ast.Call):
                yield node


def _patterns(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 3 and isinstance(value, dict):
        for one in value.values():
            yield from _patterns(one, depth + 1)
    elif depth < 3 and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _patterns(one, depth + 1)


def grows(pattern: re.Pattern[str], how: frozenset[str]) -> str:
    """A text on which a pattern takes more than about twice the steps for twice the length."""
    everywhere, whole = bool(how - SOME), how == {"fullmatch"}

    def count(head: str, pump: str, times: int, end: str) -> int:
        text = head + pump * times + end
        return steps(pattern, text, everywhere=everywhere, whole=whole)

    for head, pump, end in attacks(pattern):
        times = max(8, LENGTH // len(pump))
        try:
            # What is bounded by a number of its own shows it only in a longer text.
            if not _more(*(count(head, pump, n * times, end) for n in (1, 2))):
                continue
            if not _more(*(count(head, pump, n * times, end) for n in (12, 24))):
                continue
        except Endless:
            pass
        return f"{head!r} + {pump!r} * {times} + {end!r}"
    return ""


def _more(one: int, two: int) -> bool:
    return two > 2.6 * max(one, 200)


def unlike(project):
    """The patterns that stand for all that are alike, in the order of their places."""
    kept = {}
    for place, pattern, how in found_in(project):
        if place not in BOUNDED and place not in OWN:
            kept.setdefault((pattern.pattern, pattern.flags, bool(how - SOME)), place)
    return kept


class Sound:
    """Patterns that were found to be sound before, by these very counts: to count them all takes
    most of a minute, and most of them are as they were."""

    def __init__(self, project, part):
        counts = [Path(__file__), Path(backtracking.__file__)]
        made_of = blake2b(sys.version.encode(), digest_size=16)
        for file in counts:
            made_of.update(file.read_bytes())
        self._seed = made_of.digest()
        self._file = project / ".pytest_cache" / f"sound-patterns-{part}"
        self._before = set(self._file.read_text().split()) if self._file.is_file() else set()
        self._now = []

    def name(self, *asked):
        return blake2b(self._seed + repr(asked).encode(), digest_size=16).hexdigest()

    def __contains__(self, asked):
        return self.name(*asked) in self._before

    def add(self, asked):
        self._now.append(self.name(*asked))

    def keep(self):
        if self._file.parent.is_dir():
            self._file.write_text("\n".join(self._now))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_pattern_goes_over_a_text_about_once(project, part):
    found = list(unlike(project).items())
    assert len(found) > 200
    wrong, sound = [], Sound(project, part)
    for asked, place in (one for one in found if crc32(repr(one[0]).encode()) % PARTS == part):
        pattern, flags, everywhere = asked
        how = frozenset(("search" if everywhere else "match",))
        if asked in sound or not (text := grows(re.compile(pattern, flags), how)):
            sound.add(asked)
        else:
            wrong.append(f"{place}: {text}")
    sound.keep()
    assert not wrong, "\n".join(wrong)


def test_what_is_given_few_letters_takes_few_steps(project):
    bounded = {place: (one, how) for place, one, how in found_in(project) if place in BOUNDED}
    assert bounded.keys() == BOUNDED.keys()
    for place, (pattern, how) in bounded.items():
        for head, pump, end in attacks(pattern):
            text = (head + pump * BOUNDED[place])[: BOUNDED[place] - len(end)] + end
            assert steps(pattern, text, everywhere=bool(how - SOME)) < STEPS, place


def test_what_looks_ahead_by_a_number_of_its_own_looks_no_further(project):
    own = {place: (one, how) for place, one, how in found_in(project) if place in OWN}
    assert own.keys() == OWN.keys()
    for place, (pattern, how) in own.items():
        for head, pump, end in attacks(pattern):
            text = head + pump * (600 // len(pump)) + end
            # A letter that may be of two kinds takes up to four steps.
            assert steps(pattern, text, everywhere=bool(how - SOME)) < 4 * OWN[place] * len(text)


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        (r"(a+)+$", "match"),
        (r"(?:a|ab?)*$", "match"),
        (r"\s+$", "search"),
        (r"a*b", "sub"),
        (r"(?:\s?ff?\.?)*$", "match"),
        (r".*x.*y", "match"),
    ],
)
def test_the_count_sees_what_grows(monkeypatch, pattern, how):
    monkeypatch.setattr(backtracking, "MOST", 100_000)  # after more it is only surer
    assert grows(re.compile(pattern), frozenset((how,)))


@pytest.mark.parametrize(
    ("pattern", "how"),
    [(r"(?<!\s)\s+$", "search"), (r"(?:\s?ff?\.?)*+$", "match"), (r"[ab]{2,9}c", "search")],
)
def test_and_lets_through_what_does_not(pattern, how):
    assert not grows(re.compile(pattern), frozenset((how,)))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?:a|ab)(c|bcd)(d*)", "abcd"), (r"a{2,3}?", "aaaa"), (r"(?P<q>['\"])x(?P=q)", "'x'"),
        (r"\b\w+(?=\d)", "ab1"), (r"(?<!a)b", "ab b"), (r"(?i:É)x?+", "éxx"), (r"^a$", "a"),
        (r"(?>a|ab)c", "abc"), (r"[^\W\d_]+", "1žluť_"), (r"(a)?(?(1)b|c)", "ab"),
    ],
)  # fmt: skip
def test_the_count_matches_as_python_does(pattern, text):
    made = re.compile(pattern)
    for at in range(len(text) + 1):
        own = backtracking._Match(text)
        found = made.match(text, at)
        end = next(own.seq(backtracking._nodes(made), at), None)
        assert end == (found.end() if found else None)
