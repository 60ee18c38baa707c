"""Whoosh's files written and read as whole blocks, below its public interface.

Whoosh adds and reads postings one by one, with checks for each; here a term's postings go
through arrays. The files are Whoosh's own (its "W3" format), so this way, the plain way of
:mod:`progsearch.engine.whoosh` and Whoosh's ``open_dir`` each read what another wrote;
``tests/test_whoosh_blocks.py`` holds them to each other. Everything here
knows names that Whoosh keeps to itself, so it is used with the one version that it was
written for, and :mod:`progsearch.engine.whoosh` goes the plain way with any other.

A posting in memory is one number: the row, then 32 bits for the position. While an index
is written, postings are gathered by term and put aside in sorted runs when they take too
much memory; runs, and segments that are merged, are read side by side, term by term.
"""

from __future__ import annotations

import codecs
import io
import marshal
import mmap
import pickle
import struct
import sys
import tempfile
import zlib
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from hashlib import md5
from heapq import merge
from itertools import accumulate, groupby
from operator import itemgetter, sub
from pathlib import Path
from typing import IO, Any

__all__ = ["VERSION", "BlockLists", "BlockRows"]

VERSION = (2, 7, 5)
"""The version of Whoosh whose files and names these are."""

MEMORY = 160_000_000
"""Bytes that postings may take before they are put aside, by the estimates below."""

POSTING_BYTES, TERM_BYTES = 10, 350
"""What a posting and a term take while they are gathered."""

_MAGIC = b"W3Bl"
_BLOCK = 1 << 14  # postings; Whoosh's own 128 are for skipping, which nobody does here
_WORTH_PACKING = 512  # bytes
_PROTOCOL = 3  # of pickle: the first with bytes, the last without frames
_INFO = struct.Struct("!BfIBBfII")
_EXTENT = struct.Struct("!qi")
_LENGTHS = struct.Struct("!ii")
_SLOT = struct.Struct("!Iq")
_KEPT = 500_000  # decoded rows that are kept for the second look that a ranking takes
_LOW = (1 << 32) - 1

Position = tuple[str, bytes, "array[int]"]
"""A field, a term, and its postings."""

Values = bytes | Sequence[bytes] | None


def _native(values: array[Any], order: str) -> array[Any]:
    """Turn numbers that were stored in a byte order into this machine's, or back."""
    if sys.byteorder != order:
        values.byteswap()
    return values


class _Unpickler(pickle.Unpickler):
    """Reads blocks, which hold numbers, bytes and tuples of them and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        if (module, name) == ("_codecs", "encode"):  # how older protocols write bytes
            return codecs.encode
        raise pickle.UnpicklingError(f"a posting block holds {module}.{name}")


class BlockLists:
    """The posting lists and columns of one segment, read as arrays."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 - Whoosh has no types
        segment, terms = reader.segment(), reader._terms
        self._fields: Mapping[str, int] = terms._fieldmap
        self._index = terms._tindex
        self._place = struct.Struct("!" + self._index.extras["indextype"])
        self._folder = Path(reader.storage().folder)
        self._name: Callable[[str], str] = lambda field: f"{segment.segment_id()}.{field}.col"
        # A column that is missing now has no values; one that goes later is an error.
        self._there = frozenset(segment.list_files(reader.storage()))
        self._terms = _mapped(self._folder / segment.make_filename(".trm"))
        self._posts = _mapped(self._folder / segment.make_filename(".pst"))
        self._open: dict[str, tuple[Any, array[int], array[int]]] = {}
        self._kept: dict[tuple[str, str], tuple[Sequence[int], bytes]] = {}
        self._room = _KEPT
        self.size: int = segment.doc_count_all()
        self.gone: frozenset[int] = frozenset(segment.deleted_docs())

    def close(self) -> None:
        """Let go of the files."""
        for file in (self._terms, self._posts, *(opened[0] for opened in self._open.values())):
            if isinstance(file, mmap.mmap):
                file.close()

    # Terms

    def _found(self, field: str, term: bytes) -> int:
        """Where the information about a term lies, or -1."""
        if field not in self._fields:
            return -1
        key = self._fields[field].to_bytes(2, "big") + term
        index, file = self._index, self._terms
        name = index.hashfn(key)
        start, slots = index.tables[name & 255]
        for step in range(slots):
            at = start + ((name >> 8) + step) % slots * _SLOT.size
            slot, place = _SLOT.unpack_from(file, at)
            if not place:
                return -1
            if slot == name:
                length, _ = _LENGTHS.unpack_from(file, place)
                begin = place + _LENGTHS.size
                if file[begin : begin + length] == key:
                    return int(begin + length)
        return -1

    def _closest(self, key: bytes) -> int:
        """Where the first key lies that is not before this one."""
        index, file, place = self._index, self._terms, self._place
        low, high = 0, index.indexlen
        while low < high:
            middle = (low + high) // 2
            (at,) = place.unpack_from(file, index.indexbase + middle * place.size)
            length, _ = _LENGTHS.unpack_from(file, at)
            begin = at + _LENGTHS.size
            if file[begin : begin + length] < key:
                low = middle + 1
            else:
                high = middle
        if low == index.indexlen:
            return int(index.endofdata)
        return int(place.unpack_from(file, index.indexbase + low * place.size)[0])

    def terms(self, field: str, beginning: str = "") -> Iterator[str]:
        """The terms of a field that begin so, in order."""
        if field not in self._fields:
            return
        prefix = self._fields[field].to_bytes(2, "big") + beginning.encode()
        file, place, end = self._terms, self._closest(prefix), self._index.endofdata
        while place < end:
            length, data = _LENGTHS.unpack_from(file, place)
            begin = place + _LENGTHS.size
            key = file[begin : begin + length]
            if not key.startswith(prefix):
                return
            yield key[2:].decode()
            place = begin + length + data

    def frequency(self, field: str, term: str) -> int:
        """How many rows have a term; those that are gone count."""
        at = self._found(field, term.encode())
        return int(_INFO.unpack_from(self._terms, at)[2]) if at >= 0 else 0

    # Postings

    def _blocks(self, field: str, term: bytes) -> Iterator[Any]:
        at = self._found(field, term)
        if at < 0:
            return
        place, length = _EXTENT.unpack_from(self._terms, at + _INFO.size)
        data = self._posts[place : place + length]
        if data[:4] != _MAGIC:
            raise pickle.UnpicklingError("a posting list does not begin as one")
        file = io.BytesIO(data)
        at = 4
        while at < length:
            size = int.from_bytes(data[at : at + 4], "big", signed=True)
            file.seek(at + 4)
            _, _, _, packed, _, _ = _Unpickler(file).load()
            begin, at = file.tell(), at + 4 + abs(size)
            block = data[begin:at]
            yield _Unpickler(io.BytesIO(zlib.decompress(block) if packed else block)).load()

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
        return _native(array("I", self._decoded(field, term)[1]), "little")

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
                    yield row, _native(array("I", packed), "little")

    def postings(self) -> Iterator[Position]:
        """All of it, by field and term."""
        for field in sorted(self._fields):
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
                pairs = zip(accumulate(steps), _native(array("I", places), "little"), strict=True)
                found.extend(row << 32 | at for row, at in pairs)
        return found

    # Columns

    def numbers(self, name: str, kind: str) -> array[Any]:
        """A column of numbers of an array's kind; 0 for rows without one."""
        values = array(kind)
        file = self._folder / self._name(name)
        if file.name in self._there:
            values.frombytes(file.read_bytes())
        _native(values, "big")
        values.frombytes(bytes((self.size - len(values)) * values.itemsize))
        return values

    def values(self, name: str) -> tuple[Sequence[int], list[str]]:
        """A column of names: for each row the number of one, and the names."""
        file = self._folder / self._name(name)
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
        return (_native(numbers, "big") if wide else numbers.tobytes()), names

    def record(self, name: str, row: int) -> bytes:
        """What a column of bytes holds for a row."""
        if name not in self._open:
            self._open[name] = self._column(name)
        data, begins, lengths = self._open[name]
        begin = begins[row]
        return bytes(data[begin : begin + lengths[row]])

    def _column(self, name: str) -> tuple[Any, array[int], array[int]]:
        file = self._folder / self._name(name)
        if file.name not in self._there:
            nothing = array("I", bytes(4 * self.size))
            return b"", nothing, nothing
        data = _mapped(file)
        end = len(data) - 1
        kinds = chr(data[end])
        begins = None
        if kinds == "X":  # with so many rows, Whoosh has written where they begin
            kinds = chr(data[end - 2])
            begins = array(chr(data[end - 1]))
            end -= 2 + self.size * begins.itemsize
            begins.frombytes(data[end : end + self.size * begins.itemsize])
            _native(begins, "big")
        lengths = array(kinds)
        lengths.frombytes(data[end - self.size * lengths.itemsize : end])
        _native(lengths, "big")
        if begins is None:
            begins = array("Q", accumulate(lengths, initial=0))
        return data, begins, lengths


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
        terms_held = sum(map(len, self._tables.values()))
        if self._postings * POSTING_BYTES + terms_held * TERM_BYTES > MEMORY:
            self._put_aside()
        return row

    def note(self, lines: Iterable[str]) -> None:
        """Add lines to the vocabulary, which is one row."""
        if self._vocabulary < 0:
            self._vocabulary = self.add({"rec": ["v"]}, {}, {})
        self._post("vocabulary", self._vocabulary, lines)

    def finish(self) -> None:
        """All rows are there; the postings follow when Whoosh asks for them."""

    def close(self) -> None:
        """Let go of what was put aside."""
        for run in self._runs:
            run.close()
        self._runs = []

    def take(self, reader: Any) -> None:  # noqa: ANN401
        """Add the rows of a segment that are not gone, at the end."""
        lists, segment = BlockLists(reader), reader.segment()
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
        for name, lists in groupby(self._lists(), itemgetter(0)):
            writer.start_field(name, schema[name])
            number = writer._fieldid.to_bytes(2, "big")
            sized = schema[name].format.fixed_value_size()
            last = array("Q")
            for _, term, numbers in lists:
                # All forms of a vocabulary have one and the same list, which is kept once.
                if numbers != last or sized:
                    info, data = _packed(numbers, sized)
                    file.write(data)
                    last, info = numbers, info + _EXTENT.pack(place, len(data))
                    place += len(data)
                table.add(number + term, info)
            writer.finish_field()
        self.close()


class _TermTable:
    """Writes the table of terms in place of Whoosh's ``OrderedHashWriter``, in its format.

    It stands for the positions of the keys in that writer, too, which asks it for them.
    """

    def __init__(self, table: Any) -> None:  # noqa: ANN401
        self._file = table.dbfile
        self._end: int = table.dbfile.tell()
        self._directory = table.directory
        self._hashes, self._places = array("I"), array("Q")
        table.index = self
        table._write_hashes = self._write_hashes

    def add(self, key: bytes, value: bytes) -> None:
        """Add a key, which comes after all before it."""
        self._file.write(_LENGTHS.pack(len(key), len(value)) + key + value)
        self._places.append(self._end)
        self._hashes.append(int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big"))
        self._end += 8 + len(key) + len(value)

    def __len__(self) -> int:
        return len(self._places)

    @property
    def typecode(self) -> str:
        """The kind of array that holds the positions of the keys."""
        return "I" if self._end < 1 << 32 else "q"

    def to_file(self, file: Any) -> None:  # noqa: ANN401
        """Write the positions of the keys."""
        file.write(_native(array(self.typecode, self._places), "big").tobytes())

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
        return _INFO.pack(0, 1, 1, 0, 0, 1, row, row), _single(row, numbers[0] & _LOW)
    rows, weights, values = _columns(numbers, sized)
    total, heaviest = (sum(weights), max(weights)) if weights else (len(rows), 1)
    info = _INFO.pack(0, total, len(rows), 0, 0, heaviest, rows[0], rows[-1])
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
        return rows, (), _native(halves[low::2], "little").tobytes()
    return tuple(dict.fromkeys(rows)), (), None


def _grouped(numbers: array[int]) -> tuple[Sequence[int], Sequence[float], Values]:
    rows: dict[int, array[int]] = {}
    for number in numbers:
        rows.setdefault(number >> 32, array("I")).append(number & _LOW)
    weights = [float(len(places)) for places in rows.values()]
    return tuple(rows), weights, [_native(at, "little").tobytes() for at in rows.values()]


def _posting_list(rows: Sequence[int], weights: Sequence[float], values: Values) -> bytes:
    parts = [_MAGIC]
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


# The posting list of a term with a single posting: the same bytes but for the row, twice,
# and the position. What lies between is the pickle of a block's information, (1, row, 1, 0,
# 0, 0), and of the block, ((row,), None, position).
_ONCE_1 = (_MAGIC, (-37).to_bytes(4, "big", signed=True), b"\x80\x03(K\x01J")
_ONCE_2 = b"K\x01K\x00K\x00K\x00t.\x80\x03J"
_ONCE_3 = b"\x85NC\x04"
_ONCE_4 = b"\x87."
_ONCE = struct.Struct("<4s4s6sI13sI4sI2s")


def _single(row: int, position: int) -> bytes:
    return _ONCE.pack(*_ONCE_1, row, _ONCE_2, row, _ONCE_3, position, _ONCE_4)
