"""Patterns of paths, told in one pass over a path whatever stands in them.

``**`` is any folders, ``*`` and ``?`` do not cross a ``/``, ``[ab]`` is one of these, ``[!ab]``
none of them; a pattern whose last part has none of these marks also covers all that lies
below it, and an empty one covers everything. Who writes a pattern may mean harm, so it does
not become an expression that goes back: all places in the pattern that a path may have come to
are followed together, as bits of a number (R. Baeza-Yates and G. Gonnet, "A New Approach to Text
Searching", CACM 35, 1992).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

__all__ = ["Pattern", "pattern"]

_MARK = re.compile(r"\*\*/|\*\*|\*|\?|\[!?[^\]/]{1,100}\]")


class Pattern:
    """A pattern of posix paths. Raises ValueError for a choice, as ``[z-a]``, that is none."""

    def __init__(self, written: str) -> None:
        bare = unicodedata.normalize("NFC", written).removeprefix("./").rstrip("/")
        self._plain = bare if not _MARK.search(bare) else None
        self._start = bare[: mark.start()] if (mark := _MARK.search(bare)) else bare
        self._takes: list[Callable[[str], bool]] = []
        self._stays = self._stays_within = self._skips = self._skips_two = self._ends_folder = 0
        self._known: dict[str, int] = {}
        for token in _tokens(bare):
            self._add(token)
        if bare and not _MARK.search(bare.rpartition("/")[2]):
            self._below = 1 << len(self._takes)
        else:
            self._below = 0
        if not bare:
            self._add("**")
        self._end = 1 << len(self._takes)
        self._all = self._end << 1
        # A last ** takes whatever comes.
        self._open = self._end >> 1 & self._stays & self._skips
        self._folder = "", self._skipped(1)
        self._written = written

    def __reduce__(self) -> tuple[Callable[[str], Pattern], tuple[str]]:
        # Patterns go to other processes with each file, where they are made once.
        return pattern, (self._written,)

    def _add(self, token: str) -> None:
        here = 1 << len(self._takes)
        match token:
            case "**/":  # nothing, or anything that ends with a /
                self._skips_two |= here
                self._skips |= here
                self._takes.append(_never)
                here <<= 1
                self._stays |= here
                self._ends_folder |= here
                self._takes.append(_never)
            case "**":
                self._stays |= here
                self._skips |= here
                self._takes.append(_never)
            case "*":
                self._stays_within |= here
                self._skips |= here
                self._takes.append(_never)
            case "?":
                self._takes.append(_within)
            case _ if len(token) > 1:
                inside = re.escape(token[1:-1].removeprefix("!")).replace(r"\-", "-")
                try:
                    chosen = re.compile(f"[{'^/' if token[1] == '!' else ''}{inside}]", re.DOTALL)
                except re.error:
                    raise ValueError(token) from None
                self._takes.append(lambda char: chosen.match(char) is not None)
            case _:
                self._takes.append(token.__eq__)

    def covers(self, path: str) -> bool:
        """Whether a path, relative to the place of the pattern, is meant."""
        path = unicodedata.normalize("NFC", path)
        if self._plain is not None:
            plain = self._plain
            return not plain or path == plain or path.startswith(f"{plain}/")
        if not path.startswith(self._start):
            return False
        # Files of one folder are asked for one after the other.
        folder, slash, name = path.rpartition("/")
        known, at = self._folder
        if known != folder + slash:
            at = self._after(self._skipped(1), folder + slash)
            self._folder = folder + slash, at
        return bool(self._after(at, name) & (self._end | self._all))

    def _after(self, at: int, text: str) -> int:
        """The places that are reached from others over a text; ``_all`` if all goes on from
        there."""
        for char in text:
            if not at or at == self._all:
                break
            if (char == "/" and at & self._below) or at & self._open:
                return self._all
            takes = self._known.get(char)
            if takes is None:
                takes = self._known[char] = sum(
                    1 << number for number, take in enumerate(self._takes) if take(char)
                )
            stays = self._stays if char == "/" else self._stays | self._stays_within
            after = (at & takes) << 1 | at & stays
            if char == "/":
                after |= (at & self._ends_folder) << 1
            at = self._skipped(after)
        return at

    def _skipped(self, at: int) -> int:
        """The places that are reached from others without a character."""
        while True:
            more = at | (at & self._skips) << 1 | (at & self._skips_two) << 2
            if more == at:
                return at
            at = more


def _within(char: str) -> bool:
    return char != "/"


def _never(_char: str) -> bool:
    return False


def _tokens(bare: str) -> Iterator[str]:
    """Marks and characters; a mark that says once more what the one before said is left out."""
    end, before = 0, ""
    for mark in _MARK.finditer(bare):
        yield from bare[end : mark.start()]
        if mark.start() > end or mark.group() != before or mark.group()[0] != "*":
            yield mark.group()
        end, before = mark.end(), mark.group()
    yield from bare[end:]


@lru_cache(maxsize=4096)
def pattern(written: str) -> Pattern:
    """The pattern that a text is. Raises ValueError as :class:`Pattern`."""
    return Pattern(written)
