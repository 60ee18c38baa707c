"""Where which keys stand in the passages of a segment, in a file beside tantivy's.

tantivy finds the passages that have the words of a NEAR, but is not told of hundreds of words that
any of them may be near any other. To read such passages one by one takes longer than all else of a
theme's search. So the order of the keys is kept a second time, as numbers: the *kind* of each
position, which stands for all the keys there; the passage's id is kept with it.

A segment is never changed once it is written, so its file never is. A segment without one, as a
small one or one of an index that others wrote, is looked at as it is stored.

The file has arrays of 32 bits, and texts; its last line says in JSON where each of them begins and
ends, and its last eight bytes how long that line is.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast
from zlib import crc32

from tantivy import DocAddress, Searcher

from progsearch.engine.bm25 import FIELDS
from progsearch.engine.satisfied import Satisfied, Words
from progsearch.engine.texts import SEP

__all__ = ["LEAST", "SUFFIX", "Places", "SegmentPlaces", "renew", "segments_in", "write_places"]

SUFFIX = ".places"
"""Of the name of such a file, behind that of the segment."""

LEAST = 50_000
"""Rows of a segment that has such a file; fewer are as quickly read as they are stored."""

MANY = 5_000
"""Passages of which it is told together which terms they satisfy."""

_VERSION = 1
_NUMBER = 4  # bytes
_NEXT = b"\x1f\n\x1f"
_SOME = 1 << 20  # positions that are written at once

Row = tuple[int, str, Sequence[bytes | None]]
"""A passage: its place in the segment, its id, and the records of its fields."""


class _Numbers(dict[bytes, int]):
    """Numbers the kinds of positions as they are met."""

    def __missing__(self, kind: bytes) -> int:
        number = self[kind] = len(self)
        return number


class _Writing:
    """Writes the parts of a file one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._parts: dict[str, tuple[int, int]] = {}
        self._at = 0

    def begin(self, name: str) -> None:
        """Begin a part, where arrays may begin."""
        self.end_with(b"\0" * (-self._at % _NUMBER))
        self._parts[name] = self._at, self._at

    def end_with(self, data: bytes | bytearray | array[int]) -> None:
        """Write what comes next."""
        self._at += self._file.write(data)

    def add(self, name: str, data: bytes | bytearray | array[int]) -> None:
        """Write a part."""
        self.begin(name)
        self.end_with(data)
        self.end(name)

    def end(self, name: str) -> None:
        """End the part that was begun last."""
        self._parts[name] = self._parts[name][0], self._at

    def done(self, told: Mapping[str, Any]) -> None:
        """Say where all parts are."""
        line = json.dumps({**told, "parts": self._parts}).encode()
        self.end_with(line + len(line).to_bytes(8, "little"))


def write_places(place: Path, size: int, rows: Iterable[Row]) -> None:
    """Write the file of a segment with so many rows; those that are not passages are left out."""
    with place.open("xb") as file:
        writing = _Writing(file)
        numbers, kinds, at = _Numbers(), array("I"), 0
        bounds = [(_zeros(size), _zeros(size)) for _ in FIELDS]
        before: list[bytes | None] = [None for _ in FIELDS]
        ids, id_ends = bytearray(), _zeros(size)
        last = 0
        writing.begin("kinds")
        for row, passage, records in rows:
            for number, record in enumerate(records):
                begins, ends = bounds[number]
                if record and record == before[number]:
                    # The headings of a passage are mostly those of the one before it.
                    begins[row], ends[row] = begins[last - 1], ends[last - 1]
                elif record:
                    begins[row] = at
                    kinds.extend(map(numbers.__getitem__, record[1:-1].split(_NEXT)))
                    at = ends[row] = begins[row] + record.count(b"\n") + 1
                before[number] = record
            id_ends[last:row] = array("I", [len(ids)]) * (row - last)
            ids += passage.encode()
            id_ends[row], last = len(ids), row + 1
            if len(kinds) > _SOME:
                writing.end_with(kinds)
                kinds = array("I")
        id_ends[last:] = array("I", [len(ids)]) * (size - last)
        writing.end_with(kinds)
        writing.end("kinds")
        for field, (begins, ends) in zip(FIELDS, bounds, strict=True):
            writing.add(f"{field} begins", begins)
            writing.add(f"{field} ends", ends)
        writing.add("ids", ids)
        writing.add("id ends", id_ends)
        _write_keys(writing, numbers)
        writing.done({"version": _VERSION, "order": sys.byteorder, "size": size})


def _zeros(size: int) -> array[int]:
    return array("I", bytes(_NUMBER * size))


def _write_keys(writing: _Writing, numbers: Mapping[bytes, int]) -> None:
    """By key, the kinds that have it; the keys in the order of their checksums."""
    kinds: dict[bytes, list[int]] = {}
    for kind, number in numbers.items():
        for key in kind.split(SEP):
            kinds.setdefault(key, []).append(number)
    ordered = sorted(kinds, key=crc32)
    ends, texts = array("I", [0]), bytearray()
    having_ends, having = array("I", [0]), array("I")
    for key in ordered:
        texts += key
        ends.append(len(texts))
        having.extend(kinds[key])
        having_ends.append(len(having))
    writing.add("sums", array("I", map(crc32, ordered)))
    for name, data in (("key ends", ends), ("having ends", having_ends), ("having", having)):
        writing.add(name, data)
    writing.add("keys", texts)


class Places:
    """Reads the file of a segment. Raises ValueError or OSError for one that is none."""

    def __init__(self, place: Path) -> None:
        with place.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            self._whole = memoryview(self._map)
            length = int.from_bytes(self._whole[-8:], "little")
            told = json.loads(bytes(self._whole[-8 - length : -8]))
            if (told["version"], told["order"]) != (_VERSION, sys.byteorder):
                raise ValueError("another version")
            self.size = int(told["size"])
            self._parts = {name: slice(*bounds) for name, bounds in told["parts"].items()}
            numbers = self._numbers
            self._kinds = numbers("kinds")
            self._bounds = {
                field: (numbers(f"{field} begins"), numbers(f"{field} ends")) for field in FIELDS
            }
            self._id_ends, self._ids = numbers("id ends"), self._whole[self._parts["ids"]]
            self._sums, self._key_ends = numbers("sums"), numbers("key ends")
            self._keys = self._parts["keys"].start
            self._having_ends, self._having = numbers("having ends"), numbers("having")
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError("no places") from error

    def _numbers(self, name: str) -> memoryview[int]:
        return self._whole[self._parts[name]].cast("I")

    def passage(self, row: int) -> str:
        """The id of a passage."""
        ends = self._id_ends
        return bytes(self._ids[ends[row - 1] if row else 0 : ends[row]]).decode()

    def satisfying(
        self, satisfied: Satisfied, field: str, rows: Sequence[int]
    ) -> Iterable[tuple[int, Sequence[int]]]:
        """The numbers of terms, and those of some passages that satisfy each in a field."""
        sums = [*map(crc32, satisfied.wanted)]
        if len(rows) >= MANY:
            with suppress(ImportError):
                from progsearch.engine.tantivy import many

                words = self._words(satisfied, sums, many.places_of(sums, self._sums))
                return many.satisfying(satisfied, words, self._kinds, self._bounds[field], rows)
        words = self._words(satisfied, sums, [bisect_left(self._sums, one) for one in sums])
        return self._one_by_one(satisfied, words, field, rows)

    def _one_by_one(
        self, satisfied: Satisfied, words: Mapping[int, Words], field: str, rows: Iterable[int]
    ) -> Iterable[tuple[int, Sequence[int]]]:
        begins, ends = self._bounds[field]
        kinds, of = self._kinds, satisfied.of
        found: dict[int, list[int]] = {}
        last, numbers = -1, list[int]()
        for row in rows:
            end = ends[row]
            if end != last:  # where headings are those of the passage before, so are the numbers
                last = end
                there = kinds[begins[row] : end].tolist()
                numbers = of([(at, words[kind]) for at, kind in enumerate(there) if kind in words])
            for number in numbers:
                found.setdefault(number, []).append(row)
        return found.items()

    def _words(
        self, satisfied: Satisfied, sums: Sequence[int], places: Sequence[int]
    ) -> Mapping[int, Words]:
        """By kind of position, the words that stand there.

        ``sums`` are the checksums of the wanted keys, ``places`` where keys with these begin.
        """
        there, ends, keys, whole = self._sums, self._key_ends, self._keys, self._map
        having, having_ends, last = self._having, self._having_ends, len(self._sums)
        one: dict[int, Words] = {}
        several: dict[int, set[bytes]] = {}
        for (key, words), sum_, place in zip(satisfied.wanted.items(), sums, places, strict=True):
            # A loop without calls: there are tens of thousands of keys.
            at = place
            while at < last and there[at] == sum_:
                if whole[keys + ends[at] : keys + ends[at + 1]] == key:
                    for kind in having[having_ends[at] : having_ends[at + 1]]:
                        if kind in one:
                            several.setdefault(kind, set()).add(key)
                        else:
                            one[kind] = words
                    break
                at += 1
        return one | {kind: satisfied.with_keys(one[kind], keys) for kind, keys in several.items()}


class SegmentPlaces:
    """The files of all segments of an index, opened when they are asked for."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._open: dict[int, Places | None] = {}

    @cached_property
    def _segments(self) -> Sequence[tuple[str, int]]:
        return segments_in(self._folder) if self._folder else ()

    def of(self, segment: int, row: int, passage: str) -> Places | None:
        """The file of a segment by its number; none if it has none, or another passage there."""
        if segment not in self._open:
            self._open[segment] = None
            with suppress(OSError, ValueError, IndexError):
                name, size = self._segments[segment]
                opened = Places(cast(Path, self._folder) / f"{name}{SUFFIX}")
                self._open[segment] = opened if opened.size == size else None
        found = self._open[segment]
        return found if found and found.passage(row) == passage else None


def segments_in(folder: Path) -> list[tuple[str, int]]:
    """The segments of an index: their names and how many rows each has."""
    told = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return [(one["segment_id"].replace("-", ""), int(one["max_doc"])) for one in told["segments"]]


def renew(folder: Path, searcher: Callable[[], Searcher]) -> None:
    """Write the files of the large segments that have none that is whole, and take away those of
    no segment."""
    segments = segments_in(folder)
    named = {f"{name}{SUFFIX}" for name, _ in segments}
    for file in folder.glob(f"*{SUFFIX}"):
        if file.name not in named:
            file.unlink()
    for number, (name, size) in enumerate(segments):
        place = folder / f"{name}{SUFFIX}"
        if size >= LEAST and not _is_whole(place, size):
            place.unlink(missing_ok=True)
            write_places(place, size, _rows(searcher(), number, size))


def _is_whole(place: Path, size: int) -> bool:
    try:
        return Places(place).size == size
    except (OSError, ValueError):
        return False


def _rows(searcher: Searcher, segment: int, size: int) -> Iterator[Row]:
    for row in range(size):
        stored: Any = searcher.doc(DocAddress(segment, row))
        passage = stored.get_first("passage")
        if passage is not None:
            yield row, passage, [stored.get_first(f"{field}_keys") for field in FIELDS]
