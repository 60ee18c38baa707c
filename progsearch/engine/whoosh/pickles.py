"""Whoosh made to read its files without running what may stand in them.

These are the places where Whoosh loads a pickle, and each of them goes through
:class:`~progsearch.engine.whoosh.contents.PlainUnpickler` here:

- the table of contents: its schema is skipped, for it is the engine's own, and its segments
  are made anew from their plain values (:func:`read_toc`); the loaders of formats older than
  Whoosh 2 are never asked;
- what tables of terms say of themselves, and the heads of posting blocks: through
  ``read_pickle`` of the file, which is a :class:`PlainFile` here;
- posting blocks, and postings inside the information about a term: :class:`PlainCodec`;
- stored fields, compressed blocks of columns, and compound segments: this tool writes none,
  and :class:`PlainCodec` and :func:`read_toc` refuse them.

``tests/test_whoosh_pickles.py`` puts a malicious pickle in each of these places, and looks
through Whoosh for uses of pickle that are not listed there.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from whoosh.codec import whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC, FileIndex
from whoosh.matching import ListMatcher

from progsearch.engine.whoosh.contents import (
    NAME,
    Contents,
    PlainUnpickler,
    Segment,
    loads,
)

__all__ = ["PlainCodec", "PlainIndex", "PlainSegment", "PlainStorage", "begin", "read_toc"]


class PlainSegment(whoosh3.W3Segment):  # type: ignore[misc]
    """A segment that is kept as its plain values, and loaded as nothing but them."""

    def values(self) -> Segment:
        """What is known of it without Whoosh."""
        return Segment(self.segid, self._doccount, frozenset(self._deleted or ()))

    def __getstate__(self) -> dict[str, object]:
        return {
            "name": self.segid,
            "rows": self._doccount,
            "gone": None if self._deleted is None else sorted(self._deleted),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Only Whoosh itself comes here, as its own open_dir does; this tool makes a Segment.
        self.__init__(PlainCodec(), NAME, state["rows"], state["name"], state["gone"])  # type: ignore[misc]


class PlainFile(StructFile):  # type: ignore[misc]
    """A file whose pickles are plain."""

    def read_pickle(self) -> Any:  # noqa: ANN401
        """The plain value that comes next."""
        return PlainUnpickler(self.file).load()


class PlainStorage(FileStorage):  # type: ignore[misc]
    """A folder of such files."""

    def open_file(self, name: str, **kwargs: object) -> PlainFile:
        """A file for reading."""
        return PlainFile(open(self._fpath(name), "rb"), name=name, **kwargs)  # noqa: PTH123


class _TermInfo(whoosh3.W3TermInfo):  # type: ignore[misc]
    @classmethod
    def from_bytes(cls, data: bytes) -> Any:  # noqa: ANN401
        size = cls._struct.size
        if not data[0]:
            return super().from_bytes(data)
        info = super().from_bytes(b"\0" + data[1:size] + bytes(12))
        info.set_inlined(*loads(data[size:]))
        return info


class _Matcher(whoosh3.W3LeafMatcher):  # type: ignore[misc]
    def _read_data(self) -> None:
        data = self._postfile.get(self._dataoffset, self._nextoffset - self._dataoffset)
        self._data = loads(zlib.decompress(data) if self._compression else data)


class _Cursor(whoosh3.W3FieldCursor):  # type: ignore[misc]
    def term_info(self) -> Any:  # noqa: ANN401
        if self._pos is None:
            return None
        return _TermInfo.from_bytes(self._tindex.dbfile.get(self._datapos, self._datalen))


class _TermsReader(whoosh3.W3TermsReader):  # type: ignore[misc]
    def items(self) -> Any:  # noqa: ANN401
        found = self._tindex.items()
        return ((self._keydecoder(key), _TermInfo.from_bytes(value)) for key, value in found)

    def items_from(self, field: str, prefix: bytes) -> Any:  # noqa: ANN401
        found = self._tindex.items_from(self._keycoder(field, prefix))
        return ((self._keydecoder(key), _TermInfo.from_bytes(value)) for key, value in found)

    def term_info(self, field: str, term: bytes) -> Any:  # noqa: ANN401
        try:
            return _TermInfo.from_bytes(self._tindex[self._keycoder(field, term)])
        except KeyError:
            raise whoosh3.TermNotFound(f"no term {field}:{term!r}") from None

    def cursor(self, field: str, field_object: object) -> Any:  # noqa: ANN401
        return _Cursor(self._tindex, field, self._keycoder, self._keydecoder, field_object)


class PlainCodec(whoosh3.W3Codec):  # type: ignore[misc]
    """Whoosh's codec, with plain postings and no stored fields."""

    def terms_reader(self, storage: PlainStorage, segment: Any) -> Any:  # noqa: ANN401
        """The terms of a segment."""
        name = segment.make_filename(self.TERMS_EXT)
        posts = segment.open_file(storage, self.POSTS_EXT)
        return _TermsReader(self, storage.open_file(name), storage.file_length(name), posts)

    def postings_reader(
        self,
        file: PlainFile,
        info: Any,  # noqa: ANN401
        format_: object,
        term: object = None,
        scorer: object = None,
    ) -> Any:  # noqa: ANN401
        """The postings of a term."""
        if info.is_inlined():
            found = info.inlined_postings()
            return ListMatcher(*found, format_, scorer=scorer, term=term, terminfo=info)
        return _Matcher(file, *info.extent(), format_, term=term, scorer=scorer)

    def per_document_reader(self, storage: PlainStorage, segment: Any) -> Any:  # noqa: ANN401
        """The columns of a segment."""
        return _Columns(storage, segment)

    def new_segment(self, storage: PlainStorage, name: str) -> PlainSegment:  # noqa: ARG002
        """A segment that is to be written."""
        return PlainSegment(self, name)


class _Columns(whoosh3.W3PerDocReader):  # type: ignore[misc]
    def has_column(self, field: str) -> bool:
        return not field.startswith("_") and bool(super().has_column(field))

    def stored_fields(self, row: int) -> dict[str, object]:  # noqa: ARG002
        return {}


def read_toc(folder: Path, schema: object) -> TOC:
    """The table of contents in a folder, with this schema for the one that it has.

    Raises UnpicklingError when it was not written by this tool with this version of Whoosh.
    """
    found = Contents.read(folder)
    segments = [
        PlainSegment(PlainCodec(), NAME, one.rows, one.name, set(one.gone) or None)
        for one in found.segments
    ]
    return TOC(schema, segments, found.number, release=found.release)


class PlainIndex(FileIndex):  # type: ignore[misc]
    """An index of Whoosh's in a folder, with a schema that is known."""

    def __init__(self, folder: Path, schema: object) -> None:
        self.storage = PlainStorage(str(folder))
        self.indexname = NAME
        self._schema = schema
        self._read_toc()

    def _read_toc(self) -> TOC:
        return read_toc(Path(self.storage.folder), self._schema)


def begin(folder: Path, schema: object) -> None:
    """Write the contents of an empty index into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    TOC(schema, [], 0).write(PlainStorage(str(folder)), NAME)
