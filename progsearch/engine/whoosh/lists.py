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
from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import md5
from itertools import accumulate
from pathlib import Path
from typing import Any

from progsearch.engine.whoosh.contents import PlainUnpickler, Segment, loads

__all__ = ["EXTENT", "INFO", "LENGTHS", "MAGIC", "VERSION", "BlockLists", "Position", "native"]

VERSION = (2, 7, 5)
"""The version of Whoosh whose files these are."""

MAGIC = b"W3Bl"
"""How a posting list begins."""

INFO = struct.Struct("!BfIBBfII")
"""What is known of a term; the third number is how many rows have it."""

EXTENT = struct.Struct("!qi")
"""Where the posting list of a term lies, behind :data:`INFO`."""

LENGTHS = struct.Struct("!II")
"""The lengths of a key and of its value, before both, in the table of terms. (Whoosh takes
them for signed; so a broken table cannot lead backwards.)"""

_TABLE = b"HSH3\0"  # how the table of terms begins: its format, and MD5 for its hashes
_DIRECTORY = struct.Struct("!qi")
_SLOT = struct.Struct("!Iq")
_LENGTH = struct.Struct("!I")
_SHARED = 9  # the first steps of looking for a key, which are remembered for the next
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


class _Terms:
    """The table of terms of a segment, as Whoosh's ``OrderedHashWriter`` writes it.

    Keys in order, each with its value; 256 hash tables of their places; where these lie; a
    pickle; the places of all keys in order; the length of the last two.
    """

    def __init__(self, file: mmap.mmap | bytes) -> None:
        if not isinstance(file, mmap.mmap) or file[: len(_TABLE)] != _TABLE:
            raise pickle.UnpicklingError("the table of terms has another format")
        self.file = file
        end = len(file) - 4
        begin = end - int.from_bytes(file[end:], "big")
        directory = file[begin - 256 * _DIRECTORY.size : begin]
        self._tables = list(_DIRECTORY.iter_unpack(directory))
        self._end: int = self._tables[0][0]
        file.seek(begin)
        told = PlainUnpickler(file).load()
        self._places = file.tell()
        self.fields: Mapping[str, int] = told["fieldmap"]
        self._place = struct.Struct("!" + told["indextype"])
        self._size: int = told["indexlen"]
        self._probed: dict[int, bytes] = {}

    def found(self, field: str, term: bytes) -> int:
        """Where the information about a term lies, or -1."""
        if field not in self.fields:
            return -1
        key = self.fields[field].to_bytes(2, "big") + term
        name = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        file = self.file
        start, slots = self._tables[name & 255]
        for step in range(slots):
            at = start + ((name >> 8) + step) % slots * _SLOT.size
            slot, place = _SLOT.unpack_from(file, at)
            if not place:
                return -1
            if slot == name:
                length, _ = LENGTHS.unpack_from(file, place)
                begin = place + LENGTHS.size
                if file[begin : begin + length] == key:
                    return int(begin + length)
        return -1

    def keys(self, field: str, beginning: bytes) -> Iterator[bytes]:
        """The keys of a field that begin so, in order: two bytes for it, and the term."""
        if field not in self.fields:
            return
        prefix = self.fields[field].to_bytes(2, "big") + beginning
        file, place = self.file, self._closest(prefix)
        while place < self._end:
            length, data = LENGTHS.unpack_from(file, place)
            begin = place + LENGTHS.size
            key = file[begin : begin + length]
            if not key.startswith(prefix):
                return
            yield key
            place = begin + length + data

    def _closest(self, key: bytes) -> int:
        """Where the first key lies that is not before this one."""
        low, high = 0, self._size
        wide = self._size >> _SHARED
        probed = self._probed
        while low < high:
            middle = (low + high) // 2
            probe = probed.get(middle)
            if probe is None:
                probe = self._key(middle)
                if high - low > wide:
                    probed[middle] = probe
            if probe < key:
                low = middle + 1
            else:
                high = middle
        return self._at(low) if low < self._size else self._end

    def _at(self, number: int) -> int:
        """Where the key lies that has a number in the order of all."""
        return int(self._place.unpack_from(self.file, self._places + number * self._place.size)[0])

    def _key(self, number: int) -> bytes:
        at = self._at(number)
        (length,) = _LENGTH.unpack_from(self.file, at)
        return self.file[at + LENGTHS.size : at + LENGTHS.size + length]


class BlockLists:
    """The posting lists and columns of one segment, read as arrays."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self._folder = folder
        self._segment = segment.stem
        # A column that is missing now has no values; one that goes later is an error.
        self._there = frozenset(file.name for file in folder.glob(f"{segment.stem}.*"))
        self._table = _Terms(_mapped(folder / f"{segment.stem}.trm"))
        self._posts = _mapped(folder / f"{segment.stem}.pst")
        self._open: dict[str, _Records] = {}
        self._kept: dict[tuple[str, str], tuple[Sequence[int], bytes]] = {}
        self._room = _KEPT
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

    def _blocks(self, field: str, term: bytes) -> Iterator[Any]:
        at = self._table.found(field, term)
        if at < 0:
            return
        place, length = EXTENT.unpack_from(self._table.file, at + INFO.size)
        data = self._posts[place : place + length]
        if data[:4] != MAGIC:
            raise pickle.UnpicklingError("a posting list does not begin as one")
        file = io.BytesIO(data)
        at = 4
        while at < length:
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
            rows: list[int] = []
            places: list[bytes] = []
            for steps, _, values in self._blocks(field, term.encode()):
                rows += accumulate(steps)
                places.append(values or b"")
            if len(rows) > self._room:
                self._kept.clear()
                self._room = _KEPT
            self._room -= len(rows)
            found = self._kept[name] = rows, b"".join(places)
        return found

    def rows(self, field: str, term: str) -> Sequence[int]:
        """The rows that have a term, ascending; some may be gone."""
        return self._decoded(field, term)[0]

    def places(self, field: str, term: str) -> Sequence[int]:
        """For each row of a term, its first position."""
        return native(array("I", self._decoded(field, term)[1]), "little")

    def more(self, field: str, term: str) -> Iterator[tuple[int, float]]:
        """The rows that have a term more than once, and how many times more."""
        for steps, weights, values in self._blocks(f"{field}_more", term.encode()):
            more = weights if isinstance(weights, tuple) else [weights or 1.0] * len(values)
            yield from zip(accumulate(steps), more, strict=True)

    def repeats(
        self, field: str, term: str, among: Container[int] | None = None
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """The rows that have a term more than once, and its further positions."""
        for steps, _, values in self._blocks(f"{field}_more", term.encode()):
            for row, packed in zip(accumulate(steps), values, strict=True):
                if among is None or row in among:
                    yield row, native(array("I", packed), "little")

    def postings(self) -> Iterator[Position]:
        """All of it, by field and term."""
        for field in sorted(self._table.fields):
            for term in self.terms(field):
                yield field, term.encode(), self._numbers(field, term)

    def _numbers(self, field: str, term: str) -> array[int]:
        if field.endswith("_more"):
            repeats = self.repeats(field.removesuffix("_more"), term)
            return array("Q", (row << 32 | at for row, places in repeats for at in places))
        found = array("Q")
        for steps, _, places in self._blocks(field, term.encode()):
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
