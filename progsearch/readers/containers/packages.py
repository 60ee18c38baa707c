"""ZIP archives opened within bounds: ZIP files of documents, and the formats of offices.

What an archive says of the sizes of its members is added up before anything is unpacked,
and no more than it said is ever unpacked of a member. Nothing is written to the disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from progsearch.errors import ProgsearchError
from progsearch.readers.source import Source

__all__ = ["MAX_TOTAL", "is_package", "names_in", "opened", "unpacked"]

MAX_MEMBERS = 20_000
MAX_TOTAL = 1_000_000_000
"""Bytes of all members together, unpacked, those of archives inside of an archive among them."""
MAX_MEMBER = 300_000_000
MAX_RATIO = 200
"""How far a member may be packed: text reaches about 20, a bomb more than 1,000."""
SMALL = 1_000_000
"""A smaller member is harmless, however far it is packed."""

_DAMAGED = ProgsearchError(
    "the file is damaged or not complete", remedy="get it once more, or save it anew"
)
_FAILURES = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def is_package(data: bytes) -> bool:
    """Whether the bytes begin as a ZIP archive does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def names_in(data: bytes) -> frozenset[str]:
    """The names of the members; none when it is no archive, or damaged."""
    if not is_package(data):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _FAILURES:
        return frozenset()


@contextmanager
def opened(source: Source) -> Iterator[zipfile.ZipFile]:
    """The archive that a source is, once it is known to be within the bounds.

    Raises ProgsearchError for one that is damaged, encrypted or would unpack to too much,
    also while it is being read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            source.unpacks(_checked(archive), MAX_TOTAL)
            yield archive
    except _FAILURES as error:
        raise ProgsearchError(_DAMAGED.what, remedy=_DAMAGED.remedy) from error


def _checked(archive: zipfile.ZipFile) -> int:
    """The bytes that an archive unpacks to; its members are within their bounds."""
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise ProgsearchError(
            f"the archive has {len(members):,} members",
            remedy=f"keep to {MAX_MEMBERS:,}, in several archives",
        )
    for member in members:
        if member.flag_bits & 1:
            raise ProgsearchError(
                f"{member.filename} is encrypted", remedy="pack it anew without a password"
            )
        packed = max(1, member.compress_size)
        if member.file_size > MAX_MEMBER or (
            member.file_size > SMALL and member.file_size / packed > MAX_RATIO
        ):
            raise ProgsearchError(
                f"{member.filename} would unpack to {member.file_size / 1e6:,.0f} MB"
                f" from {member.compress_size / 1e6:,.1f}",
                remedy="unpack it yourself if you trust it, and ingest the folder",
            )
    return sum(member.file_size for member in members)


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of a member. Raises ProgsearchError when it is not as the archive says."""
    try:
        with archive.open(member) as stream:
            # Only who reads to the end is told when the sum of the bytes is wrong.
            return stream.read(member.file_size + 1)
    except _FAILURES as error:
        raise ProgsearchError(_DAMAGED.what, remedy=_DAMAGED.remedy) from error
