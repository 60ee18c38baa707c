"""The table of terms of a segment, in Whoosh's own format, read without loading Whoosh."""

from __future__ import annotations

import mmap
import pickle
import struct
from collections.abc import Iterator, Mapping
from hashlib import md5

from progsearch.engine.whoosh.contents import PlainUnpickler

__all__ = ["LENGTHS", "Terms"]

LENGTHS = struct.Struct("!II")
"""The lengths of a key and of its value, before both, in the table of terms. (Whoosh takes
them for signed; so a broken table cannot lead backwards.)"""

_TABLE = b"HSH3\0"  # how the table of terms begins: its format, and MD5 for its hashes
_DIRECTORY = struct.Struct("!qi")
_SLOT = struct.Struct("!Iq")
_LENGTH = struct.Struct("!I")
_PROBED = 10_000  # keys that were looked at on the way to others, which are remembered


class Terms:
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
        self._beginnings = {name: at.to_bytes(2, "big") for name, at in self.fields.items()}
        self._place = struct.Struct("!" + told["indextype"])
        self._size: int = told["indexlen"]
        self._probed: dict[int, bytes] = {}

    def found(self, field: str, term: bytes) -> int:
        """Where the information about a term lies, or -1."""
        beginning = self._beginnings.get(field)
        if beginning is None:
            return -1
        key = beginning + term
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
        prefix = self._beginnings[field] + beginning
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
        file, probed = self.file, self._probed
        unpacked, wide = self._place.unpack_from, self._place.size
        places, data = self._places, LENGTHS.size
        while low < high:
            middle = (low + high) // 2
            probe = probed.get(middle)
            if probe is None:
                (at,) = unpacked(file, places + middle * wide)
                (length,) = _LENGTH.unpack_from(file, at)
                probe = file[at + data : at + data + length]
                if len(probed) < _PROBED:
                    probed[middle] = probe
            if probe < key:
                low = middle + 1
            else:
                high = middle
        if low == self._size:
            return self._end
        return int(unpacked(file, places + low * wide)[0])
