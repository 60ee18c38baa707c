"""ZIP archives of documents: each member is read as if it lay in a folder.

Nothing is unpacked to the disk, and a member's name is never used as that of a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePath

from progsearch.model import RawDocument, ReadyDocument
from progsearch.readers.containers.members import documents_in, safe_name
from progsearch.readers.containers.packages import is_package, opened, unpacked
from progsearch.readers.source import Refused, Source

__all__ = ["read", "sniff"]


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether it begins as an archive; office documents have been asked before."""
    return is_package(head)


def read(source: Source) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents of all members; one that cannot be read is refused, and the others read.

    Raises ProgsearchError for an archive that is damaged, encrypted, too large or nested
    too deeply, and for one without any document.
    """
    with opened(source) as archive:
        members = {
            name: partial(unpacked, archive, info)
            for info in archive.infolist()
            if (name := safe_name(info.filename)) and not info.is_dir()
        }
        yield from documents_in(source, members)
