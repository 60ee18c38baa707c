"""Whoosh's files read as whole blocks, below its interface and without loading it.

Whoosh reads postings one by one, with checks for each; here a term's postings go through
arrays. The files are Whoosh's own (its "W3" format), so this way, the plain way of
:mod:`progsearch.engine.whoosh.plain` and Whoosh's ``open_dir`` read the same;
``tests/test_whoosh_blocks.py`` holds them to each other. It is used with the one version
whose files it was written for.
"""

from __future__ import annotations

import io
import mmap
import pickle
import struct
import sys
import zlib
from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import accumulate, compress
from pathlib import Path
from typing import Any

from progsearch.engine.postings import positions
from progsearch.engine.whoosh.contents import PlainUnpickler, Segment, loads
from progsearch.engine.whoosh.terms import Terms

__all__ = [
    "EXTENT",
    "INFO",
    "MAGIC",
    "ONCE",
    "ONCE_PARTS",
    "VERSION",
    "BlockLists",
    "Position",
    "native",
]

VERSION = (2, 7, 5)
"""The version of Whoosh whose files these are."""

MAGIC = b"W3Bl"
"""How a posting list begins."""

INFO = struct.Struct("!BfIBBfII")
"""What is known of a term; the third number is how many rows have it."""

EXTENT = struct.Struct("!qi")
"""Where the posting list of a term lies, behind :data:`INFO`."""

ONCE = struct.Struct("<4s4s6sI13sI4sI2s")
"""The posting list of a term with a single posting, the row of which stands there twice, before
the position; most terms have one. What lies between is :data:`ONCE_PARTS`."""

ONCE_PARTS = (
    MAGIC,
    (-37).to_bytes(4, "big", signed=True),  # the length of what follows; it is the last block
    b"\x80\x03(K\x01J",  # the pickle of the block's information, (1, row, 1, 0, 0, 0)
    b"K\x01K\x00K\x00K\x00t.\x80\x03J",  # its end, and the pickle of ((row,), None, position)
    b"\x85NC\x04",
    b"\x87.",
)

_STEP = 512  # rows
_HELD = 1 << 25  # bytes of records after which their pages are let go
_AROUND = 1 << 16  # bytes that the system may bring with one that is read
_MOST = 1 << 28  # bytes of a block, which are a few hundred thousand, but for long texts
_KEPT = 500_000  # decoded rows that are kept for the second look that a ranking takes

Position = tuple[str, bytes, "array[int]"]
"""A field, a term, and its postings: of each the row, then 32 bits for the position."""


def native(values: array[Any], order: str) -> array[Any]:
    """Turn numbers that were stored in a byte order into this machine's, or back."""
    if sys.byteorder != order:
        values.byteswap()
    return values


class BlockLists:
    """The posting lists and columns of one segment, read as arrays."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self._folder = folder
        self._segment = segment.stem
        # A column that is missing now has no values; one that goes later is an error.
        self._there = frozenset(file.name for file in folder.glob(f"{segment.stem}.*"))
        self._table = Terms(_mapped(folder / f"{segment.stem}.trm"))
        self._posts = _mapped(folder / f"{segment.stem}.pst")
        self._open: dict[str, _Records] = {}
        self._kept: dict[tuple[str, str], tuple[Sequence[int], bytes]] = {}
        self._repeated: dict[tuple[str, str], tuple[list[int], list[float], list[bytes]]] = {}
        self._room = self._room_again = _KEPT
        self.size = segment.rows
        self.gone = segment.gone

    def close(self) -> None:
        """Let go of the files."""
        for file in (self._table.file, self._posts, *(one.data for one in self._open.values())):
            if isinstance(file, mmap.mmap):
                file.close()

    # Terms

    def terms(self, field: str, beginning: str = "") -> Iterator[str]:
        """The terms of a field that begin so, in order."""
        for key in self._table.keys(field, beginning.encode()):
            yield key[2:].decode()

    def frequency(self, field: str, term: str) -> int:
        """How many rows have a term; those that are gone count."""
        at = self._table.found(field, term.encode())
        return int(INFO.unpack_from(self._table.file, at)[2]) if at >= 0 else 0

    # Postings

    def _list(self, field: str, term: bytes) -> bytes:
        """The posting list of a term as it is stored; nothing where no row has the term."""
        at = self._table.found(field, term)
        if at < 0:
            return b""
        place, length = EXTENT.unpack_from(self._table.file, at + INFO.size)
        data = self._posts[place : place + length]
        if data[:4] != MAGIC:
            raise pickle.UnpicklingError("a posting list does not begin as one")
        return data

    def _blocks(self, data: bytes) -> Iterator[Any]:
        file = io.BytesIO(data)
        at = 4
        while at < len(data):
            size = int.from_bytes(data[at : at + 4], "big", signed=True)
            file.seek(at + 4)
            _, _, _, packed, _, _ = PlainUnpickler(file).load()
            begin, at = file.tell(), at + 4 + abs(size)
            block = data[begin:at]
            yield loads(_unpacked(block) if packed else block)

    def _decoded(self, field: str, term: str) -> tuple[Sequence[int], bytes]:
        """The rows of a term and the bytes of their positions."""
        name = (field, term)
        found = self._kept.get(name)
        if found is None:
            data = self._list(field, term.encode())
            found = _once(data) if len(data) == ONCE.size else None
            if found is None:
                rows: list[int] = []
                places: list[bytes] = []
                for steps, _, values in self._blocks(data):
                    rows += accumulate(steps)
                    places.append(values or b"")
                found = rows, b"".join(places)
            if len(found[0]) > self._room:
                self._kept.clear()
                self._room = _KEPT
            self._room -= len(found[0])
            self._kept[name] = found
        return found

    def rows(self, field: str, term: str) -> Sequence[int]:
        """The rows that have a term, ascending; some may be gone."""
        return self._decoded(field, term)[0]

    def places(self, field: str, term: str) -> Sequence[int]:
        """For each row of a term, its first position."""
        return native(array("I", self._decoded(field, term)[1]), "little")

    def _again(self, field: str, term: str) -> tuple[list[int], list[float], list[bytes]]:
        """The rows that have a term more than once, how many times more, and where."""
        name = (field, term)
        found = self._repeated.get(name)
        if found is None:
            rows: list[int] = []
            times: list[float] = []
            places: list[bytes] = []
            for steps, weights, values in self._blocks(self._list(f"{field}_more", term.encode())):
                rows += accumulate(steps)
                times += weights if isinstance(weights, tuple) else [weights or 1.0] * len(values)
                places += values
            if len(rows) > self._room_again:
                self._repeated.clear()
                self._room_again = _KEPT
            self._room_again -= len(rows)
            found = self._repeated[name] = rows, times, places
        return found

    def more(self, field: str, term: str) -> Iterable[tuple[int, float]]:
        """The rows that have a term more than once, and how many times more."""
        rows, times, _ = self._again(field, term)
        return zip(rows, times, strict=True)

    def repeats(
        self, field: str, term: str, among: Container[int] | None = None
    ) -> Iterable[tuple[int, bytes]]:
        """The rows that have a term more than once, and its further positions, four bytes each."""
        rows, _, places = self._again(field, term)
        pairs = zip(rows, places, strict=True)
        return pairs if among is None else compress(pairs, map(among.__contains__, rows))

    def postings(self) -> Iterator[Position]:
        """All of it, by field and term."""
        for field in sorted(self._table.fields):
            for term in self.terms(field):
                yield field, term.encode(), self._numbers(field, term)

    def _numbers(self, field: str, term: str) -> array[int]:
        if field.endswith("_more"):
            repeats = self.repeats(field.removesuffix("_more"), term)
            return array(
                "Q", (row << 32 | at for row, packed in repeats for at in positions(packed))
            )
        found = array("Q")
        for steps, _, places in self._blocks(self._list(field, term.encode())):
            if places is None:
                found.extend(row << 32 for row in accumulate(steps))
            else:
                pairs = zip(accumulate(steps), native(array("I", places), "little"), strict=True)
                found.extend(row << 32 | at for row, at in pairs)
        return found

    # Columns

    def numbers(self, name: str, kind: str) -> array[Any]:
        """A column of numbers of an array's kind; 0 for rows without one."""
        values = array(kind)
        file = self._folder / f"{self._segment}.{name}.col"
        if file.name in self._there:
            values.frombytes(file.read_bytes())
        native(values, "big")
        values.frombytes(bytes((self.size - len(values)) * values.itemsize))
        return values

    def values(self, name: str) -> tuple[Sequence[int], list[str]]:
        """A column of names: for each row the number of one, and the names."""
        file = self._folder / f"{self._segment}.{name}.col"
        if file.name not in self._there:
            return bytes(self.size), [""]
        data = file.read_bytes()
        numbers = array(chr(data[-1]))
        at = self.size * numbers.itemsize
        numbers.frombytes(data[:at])
        names = []
        left, at = _varint(data, at)
        for _ in range(left):
            length, at = _varint(data, at)
            names.append(data[at : at + length].decode())
            at += length
        wide = numbers.itemsize > 1
        return (native(numbers, "big") if wide else numbers.tobytes()), names

    def record(self, name: str, row: int) -> bytes:
        """What a column of bytes holds for a row."""
        if name not in self._open:
            self._open[name] = self._column(name)
        return self._open[name].of(row)

    def _column(self, name: str) -> _Records:
        file = self._folder / f"{self._segment}.{name}.col"
        if file.name not in self._there:
            return _Records(b"", array("I", bytes(4 * self.size)), None)
        data = _mapped(file)
        end = len(data) - 1
        kinds = chr(data[end])
        begins = None
        if kinds == "X":  # with so many rows, Whoosh has written where they begin
            kinds = chr(data[end - 2])
            begins = array(chr(data[end - 1]))
            end -= 2 + self.size * begins.itemsize
            begins.frombytes(data[end : end + self.size * begins.itemsize])
            native(begins, "big")
        lengths = array(kinds)
        lengths.frombytes(data[end - self.size * lengths.itemsize : end])
        native(lengths, "big")
        return _Records(data, lengths, begins)


class _Records:
    """A column of bytes: what it holds for each row lies one after the other in ``data``."""

    def __init__(
        self, data: mmap.mmap | bytes, lengths: array[int], begins: array[int] | None
    ) -> None:
        self.data = data
        self._lengths = lengths
        self._begins = begins
        self._held = 0
        # A search wants few rows, so where they begin is known for one in so many.
        marks = range(0, len(lengths), _STEP)
        sums = (sum(lengths[at : at + _STEP]) for at in marks if begins is None)
        self._marks = list(accumulate(sums, initial=0))

    def of(self, row: int) -> bytes:
        """What the column holds for a row."""
        if self._begins is not None:
            begin = self._begins[row]
        else:
            mark = row // _STEP
            begin = self._marks[mark] + sum(self._lengths[mark * _STEP : row])
        length = self._lengths[row]
        self._held += length + _AROUND
        if self._held > _HELD:
            self._let_go()
        return bytes(self.data[begin : begin + length])

    def _let_go(self) -> None:
        """Give the pages that were read back to the system, which has them from the file."""
        self._held = 0
        if isinstance(self.data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            self.data.madvise(mmap.MADV_DONTNEED)


def _once(data: bytes) -> tuple[Sequence[int], bytes] | None:
    """The row and the position of a term with a single posting, where the list is of that form."""
    *begin, row, middle, again, before, place, end = ONCE.unpack(data)
    if (*begin, middle, before, end) != ONCE_PARTS or row != again:
        return None
    return (row,), place.to_bytes(4, "little")


def _unpacked(block: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    data = unpacking.decompress(block, _MOST)
    if unpacking.unconsumed_tail:
        raise pickle.UnpicklingError(f"a posting block has more than {_MOST:,} bytes")
    return data


def _mapped(file: Path) -> mmap.mmap | bytes:
    with file.open("rb") as opened:
        size = opened.seek(0, io.SEEK_END)
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if size else b""


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while data[at] & 0x80:
        number |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
    return number | data[at] << shift, at + 1
