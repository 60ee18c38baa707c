"""How many steps Python's ``re`` takes, counted: patterns are matched here as it matches them.

:func:`steps` goes over the tree of a pattern as its engine does, alternatives in their order and
repeats from the most to the fewest, and counts each look at a letter or place. What the engine
does faster, as to find a first letter, is counted as if it did not. :func:`attacks` makes texts
on which a pattern may go back: a repeat's own text again and again, after what comes before it,
and with an end on which the match fails.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from re import _compiler, _parser
from re import _constants as c
from typing import Any, NamedTuple

__all__ = ["Endless", "attacks", "steps"]

MOST = 1_500_000
"""Steps after which a pattern is taken for one that never ends."""

sys.setrecursionlimit(max(sys.getrecursionlimit(), 40_000))


class Endless(Exception):  # noqa: N818 - it tells how a count ended
    """There were too many steps to count."""


class _Kind(dict[str, bool]):
    """Whether a letter is one that a node takes, of its kind; its own engine says which are."""

    def __init__(self, node: tuple[object, object], flags: int) -> None:
        def tree(one):
            made = _parser.parse("", flags)
            made.data = [one]
            return made

        self.one = _compiler.compile(tree(node), flags)
        run = (c.MAX_REPEAT, (0, c.MAXREPEAT, tree(node)))
        self.run = _compiler.compile(tree(run), flags)

    def __missing__(self, char: str) -> bool:
        self[char] = takes = self.one.fullmatch(char) is not None
        return takes


_KINDS: dict[tuple[str, int], _Kind] = {}
"""By how a node is written, and its flags."""


def _kind(node, flags: int) -> _Kind | None:
    """Which letters a node takes, if it takes exactly one."""
    if node[0] not in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN):
        return None
    key = repr(node), flags & ~re.VERBOSE
    if key not in _KINDS:
        _KINDS[key] = _Kind(node, key[1])
    return _KINDS[key]


class _Node(NamedTuple):
    """A node of a tree, with what can be known of it before there is a text."""

    kind: _Kind | None
    op: object
    value: Any
    """What is inside is a list of such nodes, too, and a place is a pattern."""


_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_PLACES = {
    c.AT_BEGINNING: "^", c.AT_BEGINNING_STRING: r"\A", c.AT_END: "$",
    c.AT_END_STRING: r"\Z", c.AT_BOUNDARY: r"\b", c.AT_NON_BOUNDARY: r"\B",
}  # fmt: skip


def _made(nodes, flags: int) -> list[_Node]:
    return [_made_of(node, flags) for node in nodes]


def _made_of(node, flags: int) -> _Node:
    op, value = node
    if op in _REPEATS:
        least, most, inner = value
        value = least, most, _made(inner, flags)
    elif op is c.SUBPATTERN:
        group, add, drop, inner = value
        value = group, _made(inner, (flags | add) & ~drop)
    elif op is c.BRANCH:
        value = [_made(branch, flags) for branch in value[1]]
    elif op is c.ATOMIC_GROUP:
        value = _made(value, flags)
    elif op in (c.ASSERT, c.ASSERT_NOT):
        way, inner = value
        value = inner.getwidth()[0] if way < 0 else 0, _made(inner, flags)
    elif op is c.AT:
        value = re.compile(_PLACES[value], flags & (re.MULTILINE | re.ASCII | re.IGNORECASE))
    elif op is c.GROUPREF_EXISTS:
        group, yes, no = value
        value = group, _made(yes, flags), _made(no or (), flags)
    return _Node(_kind(node, flags), op, value)


class _Match:
    def __init__(self, text: str) -> None:
        self.text, self.count = text, 0
        self.groups: dict[int, tuple[int, int]] = {}

    def step(self, count: int = 1) -> None:
        self.count += count
        if self.count > MOST:
            raise Endless

    def seq(self, nodes: list[_Node], at: int, index: int = 0) -> Iterator[int]:
        """The ends of all matches of a list of nodes from a place, the preferred first."""
        text = self.text
        while index < len(nodes) and (kind := nodes[index].kind) is not None:
            self.step()
            if at >= len(text) or not kind[text[at]]:
                return
            at, index = at + 1, index + 1
        if index == len(nodes):
            yield at
            return
        index += 1
        then = nodes[index].kind if index < len(nodes) else None
        for end in self.node(nodes[index - 1], at):
            if then is not None:
                self.step()
                if end < len(text) and then[text[end]]:
                    yield from self.seq(nodes, end + 1, index + 1)
            elif index == len(nodes):
                yield end
            else:
                yield from self.seq(nodes, end, index)

    def node(self, node: _Node, at: int) -> Iterator[int]:
        _, op, value = node
        self.step()
        if op in _REPEATS:
            yield from self.repeat(op, value, at)
        elif op is c.SUBPATTERN:
            group, inner = value
            for end in self.seq(inner, at):
                if group is not None:
                    self.groups[group] = (at, end)
                yield end
        elif op is c.BRANCH:
            for branch in value:
                first = branch[0].kind if branch else None
                if first is not None and (at >= len(self.text) or not first[self.text[at]]):
                    self.step()  # most of many alternatives go no further
                else:
                    yield from self.seq(branch, at)
        elif op is c.ATOMIC_GROUP:
            yield from (end for end in [next(self.seq(value, at), None)] if end is not None)
        elif op in (c.ASSERT, c.ASSERT_NOT):
            width, inner = value
            start = at - width
            found = start >= 0 and next(self.seq(inner, start), None) is not None
            if found == (op is c.ASSERT):
                yield at
        elif op is c.AT:
            if value.match(self.text, at) is not None:
                yield at
        elif op is c.GROUPREF:
            low, high = self.groups.get(value, (0, -1))
            same = self.text[low:high] if high >= 0 else None
            self.step(len(same or ""))
            if same is not None and self.text.startswith(same, at):
                yield at + len(same)
        elif op is c.GROUPREF_EXISTS:
            group, yes, no = value
            yield from self.seq(yes if group in self.groups else no, at)
        else:
            assert op is c.FAILURE, op

    def repeat(self, op, value, at: int) -> Iterator[int]:
        least, most, inner = value
        most = len(self.text) + 1 if most is c.MAXREPEAT else int(most)
        one = inner[0].kind if len(inner) == 1 else None
        if one is not None and op is not c.MIN_REPEAT:
            end = one.run.match(self.text, at, min(at + most, len(self.text))).end()
            self.step(end - at + 1)
            ends = range(end, at + least - 1, -1)
            yield from ends[:1] if op is c.POSSESSIVE_REPEAT else ends
        elif op is c.POSSESSIVE_REPEAT:
            yield from [next(self.times(inner, at, least, most, True))][:1]
        else:
            yield from self.times(inner, at, least, most, op is c.MAX_REPEAT)

    def times(self, inner, at: int, least: int, most: int, greedy: bool) -> Iterator[int]:
        self.step()
        if not greedy and least <= 0:
            yield at
        if most > 0:
            for end in self.seq(inner, at):
                if end > at or least > 0:
                    yield from self.times(inner, end, least - 1, most - 1, greedy)
        if greedy and least <= 0:
            yield at


def steps(pattern: re.Pattern[str], text: str, *, everywhere: bool, whole: bool = False) -> int:
    """Steps to find all matches in a text, or to match at its beginning, or all of it.

    Raises Endless.
    """
    nodes = _nodes(pattern)
    made, at = _Match(text), 0
    while at <= len(text):
        made.groups = {}
        ends = made.seq(nodes, at)
        end = next((one for one in ends if not whole or one == len(text)), None)
        if not everywhere:
            break
        at = max(at + 1, end or 0)
    return made.count


@cache
def _nodes(pattern: re.Pattern[str]) -> list[_Node]:
    return _made(_parser.parse(pattern.pattern, pattern.flags), pattern.flags)


_ENDS = ("", "\0", "x\n")


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """What comes before, what comes again and again, and the end of texts for a pattern."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    seen: set[tuple[str, str]] = set()
    for char in sorted(set(_literals(list(tree)))):
        if ("", char) not in seen:
            seen.add(("", char))
            yield from (("", char, end) for end in _ENDS)
    for seed in range(2):
        chance = random.Random(seed)
        whole = _sample(tree, chance, pattern)
        for before, inner in _repeats(list(tree), [], chance, pattern):
            for pump in (inner, inner[:1], whole):
                for head in ("", before):
                    if pump and (head, pump) not in seen:
                        seen.add((head, pump))
                        yield from ((head, pump, end) for end in _ENDS)


def _repeats(nodes, before: list[str], chance: random.Random, pattern):
    """Each repeat without an end in a tree: a text of what is before it, and one of its own."""
    before = list(before)
    for node in nodes:
        op, value = node
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            if value[1] is c.MAXREPEAT or value[1] > 40:
                yield "".join(before), _sample(value[2], chance, pattern)
            yield from _repeats(list(value[2]), before, chance, pattern)
        for inner in _inners(node):
            yield from _repeats(list(inner), before, chance, pattern)
        before.append(_sample([node], chance, pattern))


def _literals(nodes) -> Iterator[str]:
    """The letters that are named in a tree."""
    for node in nodes:
        op, value = node
        if op is c.LITERAL:
            yield chr(value)
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            yield from _literals(list(value[2]))
        for inner in _inners(node):
            yield from _literals(list(inner))


def _inners(node):
    op, value = node
    if op is c.SUBPATTERN:
        return [value[3]]
    if op is c.BRANCH:
        return list(value[1])
    if op in (c.ASSERT, c.ASSERT_NOT):
        return [value[1]]
    return [value] if op is c.ATOMIC_GROUP else []


_LETTERS = [*"a1 \t\n.,-_\"'<>|&;:/()[]{}*#Až@=!?%$+\\„“–—§é\u0301\u00ad\u00a0\u2022\r\x0c`~^"]


def _sample(nodes, chance: random.Random, pattern) -> str:
    """A text that a part of a pattern takes, or nearly so."""
    found = []
    for node in nodes:
        op, value = node
        if op is c.LITERAL:
            found.append(chr(value))
        elif (one := _kind(node, pattern.flags)) is not None:
            fitting = [char for char in _LETTERS if one[char]]
            found.append(chance.choice(fitting) if fitting else "")
        elif op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            times = max(int(value[0]), 1 if value[1] else 0)
            found.extend(_sample(value[2], chance, pattern) for _ in range(min(times, 8)))
        elif op is c.BRANCH:
            found.append(_sample(chance.choice(value[1]), chance, pattern))
        elif op is c.SUBPATTERN:
            found.append(_sample(value[3], chance, pattern))
        elif op is c.ATOMIC_GROUP:
            found.append(_sample(value, chance, pattern))
    return "".join(found)
