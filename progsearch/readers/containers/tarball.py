"""Archives of tar, packed or not, and single files that are packed with gzip, bzip2 or xz.

What is packed is unpacked in memory, piece by piece, and never further than the bounds.
"""

from __future__ import annotations

import bz2
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, ReadyDocument
from progsearch.readers.containers.members import documents_in, safe_name
from progsearch.readers.containers.packages import MAX_MEMBER, MAX_MEMBERS, MAX_TOTAL, SMALL
from progsearch.readers.source import Refused, Source

__all__ = ["read", "sniff"]

_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_MAGIC_AT, _MAGIC = 257, b"ustar"
MAX_RATIO = 1_000
"""How far a file may be packed: a stream of many alike texts reaches more than one of ZIP."""
_CHUNK = 1 << 20
_FAILURES = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, tarfile.TarError)


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether it begins as such an archive does."""
    return head.startswith(_PACKED) or head[_MAGIC_AT : _MAGIC_AT + 5] == _MAGIC


def read(source: Source) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents of all members, or of the one file that is packed.

    Raises ProgsearchError for an archive that is damaged, too large or nested too deeply, and
    for one without any document.
    """
    data = source.data
    packed = data.startswith(_PACKED)
    try:
        if packed:
            data = _unpacked(data)
            source.unpacks(len(data), MAX_TOTAL)
        if data[_MAGIC_AT : _MAGIC_AT + 5] != _MAGIC:
            name = safe_name(source.path.name)
            inner = PurePath(name).stem if PurePath(name).suffix else f"{name}.txt"
            yield from documents_in(source, {inner: lambda: data})
            return
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            members = {}
            for number, info in enumerate(archive):
                if number >= MAX_MEMBERS:
                    raise ProgsearchError(
                        f"the archive has more than {MAX_MEMBERS:,} members",
                        remedy="make several archives of it",
                    )
                name = safe_name(info.name)
                if name and info.isreg():
                    members[name] = partial(_member, archive, info)
            yield from documents_in(source, members)
    except _FAILURES as error:
        raise ProgsearchError(
            "the file is damaged or not complete", remedy="get it once more, or pack it anew"
        ) from error


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    if info.size > MAX_MEMBER:
        raise ProgsearchError(
            f"{info.name} has {info.size / 1e6:,.0f} MB", remedy="unpack it, and ingest the folder"
        )
    stream = archive.extractfile(info)
    return stream.read() if stream else b""


def _unpacked(data: bytes) -> bytes:
    """The bytes of a packed file. Raises ProgsearchError when they are too many."""
    limit = min(MAX_MEMBER, max(SMALL, MAX_RATIO * len(data)))
    out = bytearray()
    for piece in _pieces(data):
        out += piece
        if len(out) > limit:
            raise ProgsearchError(
                f"the archive would unpack to more than {limit / 1e6:,.0f} MB",
                remedy="unpack it yourself if you trust it, and ingest the folder",
            )
    return bytes(out)


def _pieces(data: bytes) -> Iterator[bytes]:
    """What is packed, a bounded piece at a time; several streams may follow each other."""
    while data.startswith(_PACKED):
        if data.startswith(b"\x1f\x8b"):
            inflater = zlib.decompressobj(wbits=31)
            while data and not inflater.eof:
                yield inflater.decompress(data, _CHUNK)
                data = inflater.unconsumed_tail
            done, data = inflater.eof, inflater.unused_data
        else:
            other = (
                bz2.BZ2Decompressor()
                if data.startswith(b"BZh")
                else lzma.LZMADecompressor(memlimit=1 << 28)
            )
            yield other.decompress(data, _CHUNK)
            while not other.eof and not other.needs_input:
                yield other.decompress(b"", _CHUNK)
            done, data = other.eof, other.unused_data
        if not done:
            raise EOFError
