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
from collections.abc import Callable, Iterator
from re import _constants as c
from re import _parser

__all__ = ["Endless", "attacks", "steps"]

MOST = 2_000_000
"""Steps after which a pattern is taken for one that never ends."""

sys.setrecursionlimit(max(sys.getrecursionlimit(), 40_000))


class Endless(Exception):  # noqa: N818 - it tells how a count ended
    """There were too many steps to count."""


class _Match:
    def __init__(self, text: str, groups: dict[int, tuple[int, int]] | None = None) -> None:
        self.text, self.count = text, 0
        self.groups = groups or {}

    def step(self, count: int = 1) -> None:
        self.count += count
        if self.count > MOST:
            raise Endless

    def seq(self, nodes, at: int, flags: int, index: int = 0) -> Iterator[int]:
        """The ends of all matches of a list of nodes from a place, the preferred first."""
        while index < len(nodes) and (one := self.single(nodes[index], flags)) is not None:
            self.step()
            if at >= len(self.text) or not one(self.text[at]):
                return
            at, index = at + 1, index + 1
        if index == len(nodes):
            yield at
            return
        for end in self.node(nodes[index], at, flags):
            yield from self.seq(nodes, end, flags, index + 1)

    @staticmethod
    def single(node, flags: int):
        """Whether a letter is one that a node takes, if it takes exactly one."""
        op = node[0]
        if op not in (c.LITERAL, c.NOT_LITERAL, c.ANY, c.IN):
            return None
        key = (id(node), flags)
        kept = _SINGLE.get(key)
        if kept is None or kept[0] is not node:
            known: dict[str, bool] = {}
            # Its own engine says which letters these are.
            tree = _parser.parse("", flags & ~re.VERBOSE)
            tree.data = [node]
            from re import _compiler

            one = _compiler.compile(tree, flags & ~re.VERBOSE)

            def takes(char: str) -> bool:
                if char not in known:
                    known[char] = one.fullmatch(char) is not None
                return known[char]

            kept = _SINGLE[key] = node, takes  # kept, so that no other has its number
        return kept[1]

    def node(self, node, at: int, flags: int) -> Iterator[int]:
        op, value = node
        self.step()
        if op in (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT):
            yield from self.repeat(op, value, at, flags)
        elif op is c.SUBPATTERN:
            group, add, drop, inner = value
            for end in self.seq(inner, at, (flags | add) & ~drop):
                if group is not None:
                    self.groups[group] = (at, end)
                yield end
        elif op is c.BRANCH:
            for branch in value[1]:
                yield from self.seq(branch, at, flags)
        elif op is c.ATOMIC_GROUP:
            yield from (end for end in [next(self.seq(value, at, flags), None)] if end is not None)
        elif op in (c.ASSERT, c.ASSERT_NOT):
            way, inner = value
            start = at
            if way < 0:
                low, _ = inner.getwidth()
                start = at - low
            found = start >= 0 and next(self.seq(inner, start, flags), None) is not None
            if found == (op is c.ASSERT):
                yield at
        elif op is c.AT:
            if self.place(value, at, flags):
                yield at
        elif op is c.GROUPREF:
            low, high = self.groups.get(value, (0, -1))
            same = self.text[low:high] if high >= 0 else None
            self.step(len(same or ""))
            if same is not None and self.text.startswith(same, at):
                yield at + len(same)
        elif op is c.GROUPREF_EXISTS:
            group, yes, no = value
            chosen = yes if group in self.groups else no
            yield from self.seq(chosen, at, flags) if chosen else iter([at])
        elif op is c.FAILURE:
            return
        else:
            yield from self.seq([node], at, flags)

    def place(self, value, at: int, flags: int) -> bool:
        told = {
            c.AT_BEGINNING: "^", c.AT_BEGINNING_STRING: r"\A", c.AT_END: "$",
            c.AT_END_STRING: r"\Z", c.AT_BOUNDARY: r"\b", c.AT_NON_BOUNDARY: r"\B",
        }[value]  # fmt: skip
        one = re.compile(told, flags & (re.MULTILINE | re.ASCII | re.IGNORECASE))
        return one.match(self.text, at) is not None

    def repeat(self, op, value, at: int, flags: int) -> Iterator[int]:
        least, most, inner = value
        most = len(self.text) + 1 if most is c.MAXREPEAT else int(most)
        one = self.single(inner[0], flags) if len(inner) == 1 else None
        if one is not None and op is not c.MIN_REPEAT:
            end = at
            while end < len(self.text) and end - at < most and one(self.text[end]):
                self.step()
                end += 1
            self.step()
            ends = range(end, at + least - 1, -1)
            yield from ends[:1] if op is c.POSSESSIVE_REPEAT else ends
        elif op is c.POSSESSIVE_REPEAT:
            yield from [next(self.times(inner, at, flags, least, most, True))][:1]
        else:
            yield from self.times(inner, at, flags, least, most, op is c.MAX_REPEAT)

    def times(self, inner, at: int, flags: int, least: int, most: int, greedy: bool):
        self.step()
        if not greedy and least <= 0:
            yield at
        if most > 0:
            for end in self.seq(inner, at, flags):
                if end > at or least > 0:
                    yield from self.times(inner, end, flags, least - 1, most - 1, greedy)
        if greedy and least <= 0:
            yield at


_SINGLE: dict[tuple[int, int], tuple[object, Callable[[str], bool]]] = {}
"""By the number of a node and flags: the node, and whether it takes a letter."""


def steps(pattern: re.Pattern[str], text: str, *, everywhere: bool, whole: bool = False) -> int:
    """Steps to find all matches in a text, or to match at its beginning, or all of it.

    Raises Endless.
    """
    nodes = list(_parser.parse(pattern.pattern, pattern.flags))
    made, at = _Match(text), 0
    while at <= len(text):
        made.groups = {}
        ends = made.seq(nodes, at, pattern.flags)
        end = next((one for one in ends if not whole or one == len(text)), None)
        if not everywhere:
            break
        at = max(at + 1, end or 0)
    return made.count


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
        elif (one := _Match.single(node, pattern.flags)) is not None:
            fitting = [char for char in _LETTERS if one(char)]
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
