"""What an index of Whoosh's says of itself, read without running what may stand there.

Whoosh keeps pickles, and a pickle can call any function when it is loaded. Whatever an
index holds is read through :class:`PlainUnpickler`, which knows numbers, strings, bytes,
tuples, lists, dictionaries, sets and the values of a segment, and raises for any other name.

Nothing here imports Whoosh, which takes longer to load than a search takes to answer.
"""

from __future__ import annotations

import codecs
import io
import pickle
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

__all__ = ["NAME", "SEGMENT_CLASS", "Contents", "PlainUnpickler", "Segment", "loads", "newest"]

NAME = "MAIN"
"""The name of the index inside its folder: Whoosh's default."""

SEGMENT_CLASS = ("progsearch.engine.whoosh.pickles", "PlainSegment")
"""What the pickle of a segment names."""

_FORMAT = -111
"""The number of the format of a table of contents."""

_NUMBERS = struct.Struct("!ii")
_TOC = re.compile(rf"_{NAME}_([0-9]+)\.toc")
_SEGMENT = re.compile(r"[0-9a-z]{16}")


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
        if (module, name) == SEGMENT_CLASS:
            return _Values
        if module.partition(".")[0] == "progsearch":  # as versions before 0.2 wrote segments
            raise pickle.UnpicklingError("another version of progsearch has written it")
        raise pickle.UnpicklingError(f"it names {module}.{name}, which this tool does not write")


_BUFFERED = 200
"""Bytes from which on a pickle is read through a buffer. Without one the unpickler, which can see
what comes in a buffer only, asks the file for every few bytes: seven times as long, for many of
them."""


def loads(data: bytes) -> Any:  # noqa: ANN401 - it is any plain value
    """The plain value in a pickle."""
    file = io.BytesIO(data)
    if len(data) < _BUFFERED:
        return PlainUnpickler(file).load()
    return PlainUnpickler(io.BufferedReader(file)).load()


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of an index: its name, its rows, and those that are gone."""

    name: str
    rows: int
    gone: frozenset[int]

    @property
    def stem(self) -> str:
        """How the names of its files begin."""
        return f"{NAME}_{self.name}"


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: its number, the version of Whoosh that wrote it, the segments."""

    number: int
    release: tuple[int, ...]
    segments: tuple[Segment, ...]

    @classmethod
    def read(cls, folder: Path) -> Contents:
        """The newest table of contents in a folder.

        Raises UnpicklingError when there is none, or it was not written by this tool with
        this version of Whoosh.
        """
        number = newest(folder)
        if number < 0:
            raise pickle.UnpicklingError("there is no table of contents")
        file = io.BytesIO((folder / f"_{NAME}_{number}.toc").read_bytes())
        for _ in ("int", "long", "float"):
            _varint(file)
        if _NUMBERS.unpack(file.read(_NUMBERS.size)) != (-12345, _FORMAT):
            raise pickle.UnpicklingError("the table of contents has another format")
        release = tuple(_varint(file) for _ in range(3))
        # The schema is skipped, for it is the engine's own.
        file.seek(_varint(file), io.SEEK_CUR)
        if _NUMBERS.unpack(file.read(_NUMBERS.size))[0] != number:
            raise pickle.UnpicklingError("the table of contents has another name")
        segments = tuple(map(_segment, PlainUnpickler(file).load()))
        return cls(number, release, segments)


def newest(folder: Path) -> int:
    """The number of the newest table of contents in a folder; -1 when there is none."""
    return max(_numbers(folder), default=-1)


def _numbers(folder: Path) -> Iterator[int]:
    for file in folder.iterdir():
        found = _TOC.fullmatch(file.name)
        if found:
            yield int(found[1])


def _varint(file: IO[bytes]) -> int:
    number = shift = 0
    while True:
        (byte,) = file.read(1) or b"\0"
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number


def _segment(found: Any) -> Segment:  # noqa: ANN401
    """The segment that has these values."""
    name, rows, gone = (found.state[key] for key in ("name", "rows", "gone"))
    known = isinstance(rows, int) and (gone is None or isinstance(gone, list))
    if not known or not _SEGMENT.fullmatch(name):
        raise pickle.UnpicklingError("it has a segment that this tool does not write")
    return Segment(name, rows, frozenset(gone or ()))
