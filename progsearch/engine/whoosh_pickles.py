"""Whoosh's files read without running what may stand in them.

Whoosh keeps pickles, and a pickle can call any function when it is loaded. Whatever an
index holds is read through :class:`PlainUnpickler`, which knows numbers, strings, bytes,
tuples, lists, dictionaries, sets and the values of :class:`PlainSegment`, and raises for
any other name. These are the places where Whoosh loads a pickle:

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

import codecs
import io
import pickle
import re
import zlib
from pathlib import Path
from typing import Any

from whoosh.codec import whoosh3
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import _CURRENT_TOC_VERSION, TOC, FileIndex
from whoosh.matching import ListMatcher

__all__ = ["PlainCodec", "PlainIndex", "PlainStorage", "PlainUnpickler"]

NAME = "MAIN"
"""The name of the index inside its folder: Whoosh's default."""

_SEGMENT = re.compile(r"[0-9a-z]{16}")


class PlainSegment(whoosh3.W3Segment):  # type: ignore[misc]
    """A segment that is kept as its plain values, and loaded as nothing but them."""

    def __getstate__(self) -> dict[str, object]:
        return {
            "name": self.segid,
            "rows": self._doccount,
            "gone": None if self._deleted is None else sorted(self._deleted),
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        # Only Whoosh itself comes here, as its own open_dir does; this tool makes _Values.
        self.__init__(PlainCodec(), NAME, state["rows"], state["name"], state["gone"])  # type: ignore[misc]


class _Values:
    """What stands for a segment in a pickle: the values that it had."""

    def __setstate__(self, state: object) -> None:
        self.__dict__["state"] = state


class PlainUnpickler(pickle.Unpickler):
    """Loads plain values, and raises UnpicklingError where anything else is named."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        """What a name in a pickle stands for."""
        if (module, name) == ("_codecs", "encode"):  # how older protocols write bytes
            return codecs.encode
        if (module, name) == (PlainSegment.__module__, PlainSegment.__name__):
            return _Values
        raise pickle.UnpicklingError(f"it names {module}.{name}, which this tool does not write")


def loads(data: bytes) -> Any:  # noqa: ANN401 - it is any plain value
    """The plain value in a pickle."""
    return PlainUnpickler(io.BytesIO(data)).load()


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


def _segment(found: Any) -> PlainSegment:  # noqa: ANN401
    """The segment that has these values."""
    name, rows, gone = (found.state[key] for key in ("name", "rows", "gone"))
    known = isinstance(rows, int) and (gone is None or isinstance(gone, list))
    if not known or not _SEGMENT.fullmatch(name):
        raise pickle.UnpicklingError("it has a segment that this tool does not write")
    return PlainSegment(PlainCodec(), NAME, rows, name, None if gone is None else set(gone))


def read_toc(storage: PlainStorage, schema: object) -> TOC:
    """The table of contents in a folder, with this schema for the one that it has.

    Raises UnpicklingError when it was not written by this tool with this version of Whoosh.
    """
    number = TOC._latest_generation(storage, NAME)
    if number < 0:
        raise pickle.UnpicklingError("there is no table of contents")
    with storage.open_file(TOC._filename(NAME, number)) as file:
        for _ in ("int", "long", "float"):
            file.read_varint()
        if (file.read_int(), file.read_int()) != (-12345, _CURRENT_TOC_VERSION):
            raise pickle.UnpicklingError("the table of contents has another format")
        release = tuple(file.read_varint() for _ in range(3))
        file.skip_string()
        if file.read_int() != number:
            raise pickle.UnpicklingError("the table of contents has another name")
        file.read_int()
        segments = [_segment(record) for record in file.read_pickle()]
    return TOC(schema, segments, number, release=release)


class PlainIndex(FileIndex):  # type: ignore[misc]
    """An index of Whoosh's in a folder, with a schema that is known; ``create`` begins it."""

    def __init__(self, folder: Path, schema: object, *, create: bool = False) -> None:
        self.storage = PlainStorage(str(folder))
        self.indexname = NAME
        self._schema = schema
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        if create and TOC._latest_generation(self.storage, NAME) < 0:
            TOC(schema, [], 0).write(self.storage, NAME)
        self._read_toc()

    def _read_toc(self) -> TOC:
        return read_toc(self.storage, self._schema)
