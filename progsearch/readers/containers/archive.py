"""ZIP archives of documents: each member is read as if it lay in a folder.

Nothing is unpacked to the disk, and a member's name is never used as that of a file.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, ReadyDocument
from progsearch.readers.containers.packages import is_package, opened, unpacked
from progsearch.readers.source import Refused, Source

__all__ = ["MAX_NESTING", "read", "sniff"]

MAX_NESTING = 2
"""Archives inside each other."""
_LEFT_OUT = frozenset(("__MACOSX",))


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether it begins as an archive; office documents have been asked before."""
    return is_package(head)


def read(source: Source) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents of all members; one that cannot be read is refused, and the others read.

    Raises ProgsearchError for an archive that is damaged, encrypted, too large or nested
    too deeply, and for one without any document.
    """
    from progsearch.readers import documents_of  # which reads archives with this module

    if source.depth >= MAX_NESTING:
        raise ProgsearchError(
            "archives are nested too deeply", remedy=f"keep to {MAX_NESTING}, one in the other"
        )
    empty = True
    with opened(source) as archive:
        by_name = {
            name: info for info in archive.infolist() if (name := _safe(info)) and not info.is_dir()
        }
        for name in sorted(by_name):
            if not source.options.is_document(posixpath.basename(name)):
                continue
            empty = False
            try:
                for found in documents_of(_member(source, archive, by_name, name)):
                    yield _inside(found, name)
            except ProgsearchError as error:
                yield Refused(f"/{name}", error.as_problem(str(source.path / name)))
    if empty:
        raise ProgsearchError("there is no document in the archive", remedy="take it away")


def _inside(
    found: RawDocument | ReadyDocument | Refused, name: str
) -> RawDocument | ReadyDocument | Refused:
    if isinstance(found, ReadyDocument):
        return found
    return replace(found, part=f"/{name}{found.part}")


def _safe(info: zipfile.ZipInfo) -> str:
    """The name without what leads out of the archive; nothing for what is hidden."""
    parts = [part for part in info.filename.replace("\\", "/").split("/") if part not in ("", ".")]
    if any(part == ".." or part.startswith(".") or part in _LEFT_OUT for part in parts):
        return ""
    return "/".join(parts)


def _member(
    source: Source, archive: zipfile.ZipFile, by_name: Mapping[str, zipfile.ZipInfo], name: str
) -> Source:
    folder = posixpath.dirname(name)

    def beside(other: str) -> bytes | None:
        found = by_name.get(posixpath.normpath(posixpath.join(folder, other)))
        return unpacked(archive, found) if found else None

    return source.inside(name, unpacked(archive, by_name[name]), beside)
