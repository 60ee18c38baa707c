"""Whoosh's files written as whole blocks, below its public interface.

Whoosh adds postings one by one, with checks for each; here a term's postings go through
arrays into files of its own format, see :mod:`progsearch.engine.whoosh.lists`. This knows
names that Whoosh keeps to itself, so it is used with the one version that it was written
for, and :mod:`progsearch.engine.whoosh.plain` with any other.

While an index is written, postings are gathered by term and put aside in sorted runs when
they take too much memory; runs, and segments that are merged, are read side by side, term
by term.
"""

from __future__ import annotations

import marshal
import pickle
import struct
import sys
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import md5
from heapq import merge
from itertools import groupby
from operator import itemgetter, sub
from pathlib import Path
from typing import IO, Any

from progsearch.engine.whoosh.lists import (
    EXTENT,
    INFO,
    MAGIC,
    ONCE,
    ONCE_PARTS,
    BlockLists,
    Position,
    native,
)
from progsearch.engine.whoosh.terms import LENGTHS

__all__ = ["BlockRows"]

MEMORY = 160_000_000
"""Bytes that postings may take before they are put aside, by the estimates below."""

LOOKED_AT = 32
"""Rows after which it is asked how much that is."""

POSTING_BYTES, TERM_BYTES = 10, 350
"""What a posting and a term take while they are gathered."""

_BLOCK = 1 << 14  # postings; Whoosh's own 128 are for skipping, which nobody does here
_WORTH_PACKING = 512  # bytes
_AT_ONCE = 1_000  # pieces that are written together
_PROTOCOL = 3  # of pickle: the first with bytes, the last without frames
_LOW = (1 << 32) - 1

Values = bytes | Sequence[bytes] | None


class BlockRows:
    """Rows on their way into a new segment of an open writer of Whoosh's."""

    def __init__(self, writer: Any) -> None:  # noqa: ANN401
        self._writer = writer
        self._tables: dict[str, dict[str, array[int]]] = {}
        self._postings = 0
        self._vocabulary = -1
        self._runs: list[IO[bytes]] = []
        self._segments: list[Iterator[Position]] = []
        # Whoosh asks for the postings when it closes the segment.
        writer.fieldwriter.add_postings = self._write

    def add(
        self,
        terms: Mapping[str, Iterable[str]],
        keys: Mapping[str, Sequence[Sequence[str]]],
        columns: Mapping[str, object],
    ) -> int:
        """Add a row: terms of fields, keys of fields by position, values of columns."""
        row = self._next(columns)
        for field, found in terms.items():
            self._post(field, row, found)
        for field, positions in keys.items():
            self._keys(field, row, positions)
        if row % LOOKED_AT == 0:
            terms_held = sum(map(len, self._tables.values()))
            if self._postings * POSTING_BYTES + terms_held * TERM_BYTES > MEMORY:
                self._put_aside()
        return row

    def note(self, lines: Iterable[str]) -> None:
        """Add lines to the vocabulary, which is one row."""
        if self._vocabulary < 0:
            self._vocabulary = self.add({"rec": ["v"]}, {}, {})
        # All lines have one and the same list.
        numbers = array("Q", (self._vocabulary << 32,))
        self._tables.setdefault("vocabulary", {}).update(dict.fromkeys(lines, numbers))

    def finish(self) -> None:
        """All rows are there; the postings follow when Whoosh asks for them."""

    def close(self) -> None:
        """Let go of what was put aside."""
        for run in self._runs:
            run.close()
        self._runs = []

    def take(self, reader: Any) -> None:  # noqa: ANN401
        """Add the rows of a segment that are not gone, at the end."""
        segment = reader.segment()
        lists = BlockLists(Path(reader.storage().folder), segment.values())
        per_document, schema = reader._perdoc, reader.schema
        columns = {
            name: per_document.column_reader(name, schema[name].column_type)
            for name in schema.names()
            if schema[name].column_type and per_document.has_column(name)
        }
        places: list[int] = []
        for row in range(segment.doc_count_all()):
            if segment.is_deleted(row):
                places.append(-1)
            else:
                places.append(self._next({name: one[row] for name, one in columns.items()}))
        self._segments.append(_moved(lists, places))

    def _next(self, columns: Mapping[str, object]) -> int:
        writer = self._writer
        row: int = writer.docnum
        writer.docnum = row + 1
        writer._added = True
        per_document, schema = writer.perdocwriter, writer.schema
        per_document._doccount = row + 1
        made = per_document._colwriters
        for name, value in columns.items():
            if name not in made:
                per_document._create_column(name, schema[name].column_type)
            made[name].add(row, value)
        return row

    def _post(self, field: str, row: int, terms: Iterable[str]) -> None:
        table = self._tables.setdefault(field, {})
        number = row << 32
        for term in terms:
            found = table.get(term)
            if found is None:
                found = table[term] = array("Q")
            found.append(number)
            self._postings += 1

    def _keys(self, field: str, row: int, positions: Sequence[Sequence[str]]) -> None:
        table = self._tables.setdefault(field, {})
        get = table.get
        number = row << 32
        more: list[tuple[str, int]] = []
        for place, keys in enumerate(positions, number):
            for key in keys:
                found = get(key)
                if found is None:
                    table[key] = array("Q", (place,))
                elif found[-1] < number:  # the first time in this row
                    found.append(place)
                elif found[-1] != place:
                    more.append((key, place))
        self._postings += sum(map(len, positions))
        if more:
            table = self._tables.setdefault(f"{field}_more", {})
            for key, place in dict.fromkeys(more):
                table.setdefault(key, array("Q")).append(place)

    def _put_aside(self) -> None:
        run = tempfile.TemporaryFile(dir=self._writer.storage.folder)  # noqa: SIM115
        for field, term, numbers in self._gathered():
            marshal.dump((field, term, numbers.tobytes()), run)
        run.seek(0)
        self._runs.append(run)

    def _gathered(self) -> Iterator[Position]:
        """What is in memory, by field and term; it is let go on the way."""
        tables, self._tables, self._postings = self._tables, {}, 0
        for field in sorted(tables):
            table = tables.pop(field)
            for term in sorted(table):
                yield field, term.encode(), table.pop(term)

    def _lists(self) -> Iterator[Position]:
        streams = [*map(_read, self._runs), self._gathered(), *self._segments]
        if len(streams) == 1:
            yield from streams[0]
            return
        by_term = itemgetter(0, 1)
        for (field, term), same in groupby(merge(*streams, key=by_term), by_term):
            # Rows ascend from each stream to the next.
            numbers = array("Q")
            for _, _, further in same:
                numbers += further
            if numbers:
                yield field, term, numbers

    def _write(self, schema: Any, lengths: object, items: object) -> None:  # noqa: ANN401, ARG002
        """Write all posting lists; this is what Whoosh calls instead of its own."""
        writer = self._writer.fieldwriter
        table, file = _TermTable(writer._tindex), writer._postfile
        place = file.tell()
        waiting: list[bytes] = []
        for name, lists in groupby(self._lists(), itemgetter(0)):
            writer.start_field(name, schema[name])
            number = writer._fieldid.to_bytes(2, "big")
            sized = schema[name].format.fixed_value_size()
            last = array("Q")
            for _, term, numbers in lists:
                # All forms of a vocabulary have one and the same list, which is kept once.
                if sized or numbers != last:
                    info, data = _packed(numbers, sized)
                    waiting.append(data)
                    last, info = numbers, info + EXTENT.pack(place, len(data))
                    place += len(data)
                table.add(number + term, info)
                if len(waiting) > _AT_ONCE:
                    file.write(b"".join(waiting))
                    waiting.clear()
            file.write(b"".join(waiting))
            waiting.clear()
            table.flush()
            writer.finish_field()
        self.close()


class _TermTable:
    """Writes the table of terms in place of Whoosh's ``OrderedHashWriter``, in its format.

    It stands for the positions of the keys in that writer, too, which asks it for them.
    """

    def __init__(self, table: Any) -> None:  # noqa: ANN401
        self._file = table.dbfile
        self._end: int = table.dbfile.tell()
        self._waiting: list[bytes] = []
        self._directory = table.directory
        self._hashes, self._places = array("I"), array("Q")
        table.index = self
        table._write_hashes = self._write_hashes

    def add(self, key: bytes, value: bytes) -> None:
        """Add a key, which comes after all before it."""
        self._waiting += (LENGTHS.pack(len(key), len(value)), key, value)
        if len(self._waiting) > _AT_ONCE:
            self.flush()
        self._places.append(self._end)
        self._hashes.append(int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big"))
        self._end += 8 + len(key) + len(value)

    def flush(self) -> None:
        """Write what was added."""
        self._file.write(b"".join(self._waiting))
        self._waiting.clear()

    def __len__(self) -> int:
        return len(self._places)

    @property
    def typecode(self) -> str:
        """The kind of array that holds the positions of the keys."""
        return "I" if self._end < 1 << 32 else "q"

    def to_file(self, file: Any) -> None:  # noqa: ANN401
        """Write the positions of the keys."""
        file.write(native(array(self.typecode, self._places), "big").tobytes())

    def _write_hashes(self) -> None:
        buckets = [array("I") for _ in range(256)]
        for number, name in enumerate(self._hashes):
            buckets[name & 255].append(number)
        for bucket in buckets:
            slots = 2 * len(bucket)
            self._directory.append((self._file.tell(), slots))
            table = [0] * (2 * slots)
            for number in bucket:
                name = self._hashes[number]
                at = (name >> 8) % slots * 2
                while table[at + 1]:
                    at = (at + 2) % (2 * slots)
                table[at], table[at + 1] = name, self._places[number]
            self._file.write(struct.pack("!" + "Iq" * slots, *table))


def _read(run: IO[bytes]) -> Iterator[Position]:
    while True:
        try:
            field, term, numbers = marshal.load(run)
        except EOFError:
            return
        yield field, term, array("Q", numbers)


def _moved(lists: BlockLists, places: Sequence[int]) -> Iterator[Position]:
    """The postings of a segment with its rows in their new places, or gone."""
    for field, term, numbers in lists.postings():
        kept = (places[one >> 32] << 32 | one & _LOW for one in numbers if places[one >> 32] >= 0)
        yield field, term, array("Q", kept)
    lists.close()


def _packed(numbers: array[int], sized: int | None) -> tuple[bytes, bytes]:
    """The information about a term, but for where its posting list lies, and that list."""
    if len(numbers) == 1 and sized:  # most terms stand once
        row = numbers[0] >> 32
        return INFO.pack(0, 1, 1, 0, 0, 1, row, row), _single(row, numbers[0] & _LOW)
    rows, weights, values = _columns(numbers, sized)
    total, heaviest = (sum(weights), max(weights)) if weights else (len(rows), 1)
    info = INFO.pack(0, total, len(rows), 0, 0, heaviest, rows[0], rows[-1])
    return info, _posting_list(rows, weights, values)


def _columns(
    numbers: array[int], sized: int | None
) -> tuple[Sequence[int], Sequence[float], Values]:
    """Rows, weights (none if all are 1) and values of a term, as its format asks for them."""
    if sized is None:
        return _grouped(numbers)
    halves = array("I", numbers.tobytes())
    low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
    rows = halves[high::2]
    if sized:
        return rows, (), native(halves[low::2], "little").tobytes()
    return tuple(dict.fromkeys(rows)), (), None


def _grouped(numbers: array[int]) -> tuple[Sequence[int], Sequence[float], Values]:
    rows: dict[int, array[int]] = {}
    for number in numbers:
        rows.setdefault(number >> 32, array("I")).append(number & _LOW)
    weights = [float(len(places)) for places in rows.values()]
    return tuple(rows), weights, [native(at, "little").tobytes() for at in rows.values()]


def _posting_list(rows: Sequence[int], weights: Sequence[float], values: Values) -> bytes:
    parts = [MAGIC]
    for at in range(0, len(rows), _BLOCK):
        until = at + _BLOCK
        block = rows[at:until]
        steps: Sequence[int] = (block[0], *map(sub, block[1:], block))
        if max(steps) < 256:
            steps = bytes(steps)
        heavy = tuple(weights[at:until]) or None
        if isinstance(values, bytes):
            inner: object = values[4 * at : 4 * until]
        else:
            inner = None if values is None else tuple(values[at:until])
        data = pickle.dumps((steps, heavy, inner), _PROTOCOL)
        packed = 1 if len(data) > _WORTH_PACKING else 0
        if packed:
            data = zlib.compress(data, packed)
        heaviest = max(heavy) if heavy else 1
        info = pickle.dumps((len(block), block[-1], heaviest, packed, 0, 0), _PROTOCOL)
        size = len(info) + len(data)
        last = until >= len(rows)
        parts += ((-size if last else size).to_bytes(4, "big", signed=True), info, data)
    return b"".join(parts)


def _single(row: int, position: int) -> bytes:
    begin, size, told, ended, before, end = ONCE_PARTS
    return ONCE.pack(begin, size, told, row, ended, row, before, position, end)
