"""Whoosh's files read and written by its public interface, whatever its version."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from whoosh.reading import IndexReader, SegmentReader
from whoosh.writing import SegmentWriter

from progsearch.engine.whoosh.pickles import PlainStorage, read_toc
from progsearch.engine.whoosh.schema import Posted, schema

__all__ = ["PlainLists", "PlainRows", "segments"]


class PlainLists:
    """The posting lists and columns of one segment, by Whoosh's public interface."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._columns: dict[str, Any] = {}
        self.size: int = reader.doc_count_all()
        self.gone = frozenset(row for row in range(self.size) if reader.is_deleted(row))

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    def terms(self, field: str, beginning: str = "") -> Iterator[str]:
        """The terms of a field that begin so, in order."""
        for term in self._reader.expand_prefix(field, beginning):
            yield term.decode()

    def frequency(self, field: str, term: str) -> int:
        """How many rows have a term; those that are gone count."""
        return int(self._reader.doc_frequency(field, term))

    def _postings(self, field: str, term: str) -> Iterator[Any]:
        if (field, term.encode()) in self._reader:
            matcher = self._reader.postings(field, term.encode())
            while matcher.is_active():
                yield matcher
                matcher.next()

    def rows(self, field: str, term: str) -> Sequence[int]:
        """The rows that have a term, ascending."""
        return [posting.id() for posting in self._postings(field, term)]

    def places(self, field: str, term: str) -> Sequence[int]:
        """For each row of a term, its first position."""
        return [_unpacked(posting.value())[0] for posting in self._postings(field, term)]

    def more(self, field: str, term: str) -> Iterator[tuple[int, float]]:
        """The rows that have a term more than once, and how many times more."""
        for posting in self._postings(f"{field}_more", term):
            yield posting.id(), posting.weight()

    def repeats(
        self, field: str, term: str, among: Container[int] | None = None
    ) -> Iterator[tuple[int, bytes]]:
        """The rows that have a term more than once, and its further positions, four bytes each."""
        for posting in self._postings(f"{field}_more", term):
            if among is None or posting.id() in among:
                yield posting.id(), posting.value()

    def _column(self, name: str) -> Any:  # noqa: ANN401 - Whoosh has no types
        if name not in self._columns:
            self._columns[name] = self._reader.column_reader(name, translate=False)
        return self._columns[name]

    def numbers(self, name: str, kind: str) -> array[Any]:
        """A column of numbers of an array's kind; 0 for rows without one."""
        return array(kind, self._column(name))

    def values(self, name: str) -> tuple[Sequence[int], list[str]]:
        """A column of names: for each row the number of one, and the names."""
        names: dict[bytes, int] = {}
        numbers = [names.setdefault(name, len(names)) for name in self._column(name)]
        named = [name.decode() for name in names]
        return (bytes(numbers) if len(named) < 256 else numbers), named

    def record(self, name: str, row: int) -> bytes:
        """What a column of bytes holds for a row."""
        return bytes(self._column(name)[row])


def _unpacked(packed: bytes) -> Sequence[int]:
    starts = range(0, len(packed), 4)
    return [int.from_bytes(packed[at : at + 4], "little") for at in starts]


def segments(folder: Path) -> list[PlainLists]:
    """The segments of an index in a folder."""
    fields, storage = schema(), PlainStorage(str(folder))
    found = read_toc(folder, fields).segments
    return [PlainLists(SegmentReader(storage, fields, one)) for one in found]


class PlainRows:
    """Rows on their way into a new segment, by Whoosh's public interface."""

    def __init__(self, inner: SegmentWriter) -> None:
        self._inner = inner
        self._vocabulary: set[str] = set()

    def add(
        self,
        terms: Mapping[str, Iterable[str]],
        keys: Mapping[str, Sequence[Sequence[str]]],
        columns: Mapping[str, object],
    ) -> int:
        """Add a row: terms of fields, keys of fields by position, values of columns."""
        posted = {
            field: [(term.encode(), 1, 1.0, b"") for term in found]
            for field, found in terms.items()
        }
        for field, positions in keys.items():
            posted[field], posted[f"{field}_more"] = _first_and_more(positions)
        row: int = self._inner.docnum
        self._inner.add_document(**posted, **columns)
        return row

    def note(self, lines: Iterable[str]) -> None:
        """Keep lines of the vocabulary, which is one row."""
        self._vocabulary.update(lines)

    def finish(self) -> None:
        """Write what was kept."""
        if self._vocabulary:
            self.add({"rec": ["v"], "vocabulary": sorted(self._vocabulary)}, {}, {})

    def take(self, reader: IndexReader) -> None:
        """Add the rows of a segment that are not gone, at the end."""
        self._inner.add_reader(reader)

    def close(self) -> None:
        """Nothing was put aside."""


def _first_and_more(positions: Sequence[Sequence[str]]) -> tuple[list[Posted], list[Posted]]:
    found: dict[str, list[bytes]] = defaultdict(list)
    for place, keys in enumerate(positions):
        for key in dict.fromkeys(keys):
            found[key].append(place.to_bytes(4, "little"))
    first = [(key.encode(), 1, 1.0, at[0]) for key, at in found.items()]
    more = [
        (key.encode(), len(at) - 1, len(at) - 1.0, b"".join(at[1:]))
        for key, at in found.items()
        if len(at) > 1
    ]
    return first, more
