"""Patterns of words: wild cards and bounded regular expressions, matched in linear time.

A pattern becomes an automaton (Thompson, "Programming Techniques: Regular expression search
algorithm", 1968) whose states are followed all at once, so a word takes at most its letters
times the states, whatever the pattern: nothing goes back. What has been followed is kept, as
a deterministic automaton is made while it runs. A pattern stands for whole words as an index
has them, which are in small letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

__all__ = ["MOST_STATES", "Pattern", "PatternError", "regular", "wild"]

MOST_STATES = 1000
"""States that a pattern may have, with its repeats written out."""

_MOST_TIMES = 100
_MOST_DEPTH = 20
_KEPT = 5_000  # steps of the deterministic automaton

Test = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that cannot be read; ``at`` is the place in it, from 0."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.at = at


@dataclass(slots=True)
class _State:
    """A state: a letter that passes the test leads on, and so does nothing at all to ``free``."""

    test: Test | None = None
    to: int = -1
    free: list[int] = field(default_factory=list)


class Pattern:
    """Tells words that a pattern stands for."""

    def __init__(self, states: Sequence[_State], start: int, end: int, beginning: str) -> None:
        self._states = states
        self._end = end
        self._start = self._closed([start])
        self._steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        self.beginning = beginning
        """The letters with which every word begins that it stands for."""

    def matches(self, word: str) -> bool:
        """Whether it stands for a word, all of it."""
        now = self._start
        for letter in word:
            if not now:
                return False
            known = self._steps.get((now, letter))
            if known is None:
                states = (self._states[one] for one in now)
                known = self._closed([s.to for s in states if s.test and s.test(letter)])
                if len(self._steps) >= _KEPT:
                    self._steps.clear()
                self._steps[now, letter] = known
            now = known
        return self._end in now

    def _closed(self, states: Sequence[int]) -> frozenset[int]:
        """The states, and those to which nothing leads on from them."""
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._states[one].free
        return frozenset(found)


_Part = tuple[int, int]
"""The first and the last state of a part of a pattern."""


class _Builder:
    """Puts parts of an automaton together."""

    def __init__(self) -> None:
        self.states: list[_State] = []

    def state(self) -> int:
        if len(self.states) >= MOST_STATES:
            raise PatternError("the pattern is too large", 0)
        self.states.append(_State())
        return len(self.states) - 1

    def letter(self, test: Test) -> _Part:
        first, last = self.state(), self.state()
        self.states[first].test, self.states[first].to = test, last
        return first, last

    def nothing(self) -> _Part:
        one = self.state()
        return one, one

    def chain(self, parts: Sequence[_Part]) -> _Part:
        if not parts:
            return self.nothing()
        for (_, end), (start, _) in pairwise(parts):
            self.states[end].free.append(start)
        return parts[0][0], parts[-1][1]

    def either(self, parts: Sequence[_Part]) -> _Part:
        if len(parts) == 1:
            return parts[0]
        first, last = self.state(), self.state()
        for start, end in parts:
            self.states[first].free.append(start)
            self.states[end].free.append(last)
        return first, last

    def repeated(self, make: Callable[[], _Part], least: int, most: int | None) -> _Part:
        """A part so many times; without ``most`` any number of times."""
        parts = [make() for _ in range(least)]
        if most is None:
            inner = make()
            first, last = self.state(), self.state()
            self.states[first].free += [inner[0], last]
            self.states[inner[1]].free += [inner[0], last]
            return self.chain([*parts, (first, last)])
        for _ in range(most - least):
            start, end = make()
            first, last = self.state(), self.state()
            self.states[first].free += [start, last]
            self.states[end].free.append(last)
            parts.append((first, last))
        return self.chain(parts)

    def pattern(self, part: _Part, beginning: str) -> Pattern:
        return Pattern(self.states, *part, beginning)


def _any(_letter: str) -> bool:
    return True


def _one(letter: str) -> Test:
    return lambda other: other == letter


def _small(letters: str) -> str:
    """Letters as forms have them; a capital becomes one small letter, or stays."""
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in letters)


def wild(text: str) -> Pattern:
    """The pattern of a word with wild cards: ``*`` is any letters or none, ``?`` is one."""
    make = _Builder()
    parts: list[_Part] = []
    text = _small(unicodedata.normalize("NFKC", text))
    for letter in text:
        if letter == "*":
            parts.append(make.repeated(lambda: make.letter(_any), 0, None))
        else:
            parts.append(make.letter(_any if letter == "?" else _one(letter)))
    return make.pattern(make.chain(parts), text.partition("*")[0].partition("?")[0])


def regular(text: str) -> Pattern:
    """The pattern of a regular expression, without its slashes.

    It has letters, ``.``, ``[a-z]``, ``[^a-z]``, ``\\d``, ``\\w``, ``\\`` before a sign,
    ``( | )``, ``* + ?`` and ``{2,5}``. Raises PatternError for what it has not, such as what
    looks ahead or back, and for what is too large.
    """
    return _Reader(unicodedata.normalize("NFKC", text)).whole()


def _of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


_CLASSES: dict[str, Test] = {
    "d": str.isdecimal,
    "w": _of_a_word,
    "D": lambda letter: not letter.isdecimal(),
    "W": lambda letter: not _of_a_word(letter),
}
_SPECIAL = frozenset("()|*+?{}[].\\^$")
_PLAIN = re.compile(r"[^()|*+?{}\[\].\\^$]*")
_BOUNDS = re.compile(r"\{(\d{1,3})(?:(,)(\d{0,3}))?\}")
_Node = Callable[[], _Part]
"""Makes a part anew each time that it is asked for, for a repeat needs several."""


class _Reader:
    """Reads a regular expression."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0
        self.ways = 1
        self.make = _Builder()

    def whole(self) -> Pattern:
        node = self.alternatives()
        if self.at < len(self.text):
            raise PatternError("a bracket is closed that was not opened", self.at)
        plain = _PLAIN.match(self.text)
        beginning = plain[0] if plain else ""
        if self.ways > 1:
            beginning = ""
        elif len(beginning) < len(self.text) and self.text[len(beginning)] in "*?{":
            beginning = beginning[:-1]
        return self.make.pattern(node(), _small(beginning))

    def peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def alternatives(self) -> _Node:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise PatternError("too many brackets inside each other", self.at)
        nodes = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            nodes.append(self.sequence())
        if self.depth == 1:
            self.ways = len(nodes)
        self.depth -= 1
        return lambda: self.make.either([node() for node in nodes])

    def sequence(self) -> _Node:
        nodes: list[_Node] = []
        while self.peek() not in ("", "|", ")"):
            nodes.append(self.times(self.atom()))
        return lambda: self.make.chain([node() for node in nodes])

    def times(self, node: _Node) -> _Node:
        sign = self.peek()
        least: int
        most: int | None
        if sign and sign in "*+?":
            self.at += 1
            least, most = int(sign == "+"), (1 if sign == "?" else None)
        elif sign == "{":
            least, most = self.bounds()
        else:
            return node
        if self.peek() and self.peek() in "*+?{":
            raise PatternError("two signs of repeating behind each other", self.at)
        return lambda: self.make.repeated(node, least, most)

    def bounds(self) -> tuple[int, int | None]:
        found = _BOUNDS.match(self.text, self.at)
        if not found:
            raise PatternError("write {2}, {2,} or {2,5}", self.at)
        least = int(found[1])
        most = least if not found[2] else int(found[3]) if found[3] else None
        if max(least, most or 0) > _MOST_TIMES or (most is not None and most < least):
            raise PatternError(f"a part is repeated {_MOST_TIMES} times at most", self.at)
        self.at = found.end()
        return least, most

    def atom(self) -> _Node:
        sign = self.peek()
        if sign == "(":
            return self.bracket()
        if sign == "[":
            test = self.letters()
        elif sign == "\\":
            test = self.escaped()
        elif sign == ".":
            self.at += 1
            test = _any
        elif sign in _SPECIAL:
            whole = "it stands for whole words without ^ and $"
            raise PatternError(whole if sign in "^$" else f"{sign} has nothing before it", self.at)
        else:
            self.at += 1
            test = _one(_small(sign))
        return lambda: self.make.letter(test)

    def bracket(self) -> _Node:
        begin = self.at
        self.at += 1
        if self.text.startswith("?:", self.at):
            self.at += 2
        elif self.peek() == "?":
            raise PatternError("it can look neither ahead nor back", begin)
        node = self.alternatives()
        if self.peek() != ")":
            raise PatternError("a bracket is not closed", begin)
        self.at += 1
        return node

    def escaped(self) -> Test:
        self.at += 1
        sign = self.peek()
        if sign in _CLASSES:
            self.at += 1
            return _CLASSES[sign]
        if not sign or sign.isalnum():
            raise PatternError(f"there is no \\{sign}", self.at - 1)
        self.at += 1
        return _one(sign)  # a sign: letters have no other meaning

    def letters(self) -> Test:
        begin = self.at
        self.at += 1
        negated = self.peek() == "^"
        self.at += negated
        tests: list[Test] = []
        while self.peek() not in ("]", "") or not tests:
            if not self.peek():
                break
            if self.peek() == "\\":
                tests.append(self.escaped())
                continue
            low = _small(self.peek())
            self.at += 1
            if self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                high = _small(self.text[self.at + 1])
                self.at += 2
                if high < low:
                    raise PatternError("letters from the later to the earlier", self.at - 3)
                tests.append(_between(low, high))
            else:
                tests.append(_one(low))
        if self.peek() != "]":
            raise PatternError("[ is not closed", begin)
        self.at += 1
        return lambda letter: any(test(letter) for test in tests) != negated


def _between(low: str, high: str) -> Test:
    return lambda letter: low <= letter <= high
