"""The files inside of an archive, whatever its format: each is read as if it lay in a folder."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, ReadyDocument
from progsearch.readers.source import Refused, Source

__all__ = ["MAX_NESTING", "documents_in", "safe_name"]

MAX_NESTING = 2
"""Archives inside each other."""
_LEFT_OUT = frozenset(("__MACOSX", "__pycache__", "node_modules"))


def safe_name(name: str) -> str:
    """The name without what leads out of the archive; nothing for what is hidden."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if any(part == ".." or part.startswith(".") or part in _LEFT_OUT for part in parts):
        return ""
    return "/".join(parts)


def documents_in(
    source: Source, members: Mapping[str, Callable[[], bytes]]
) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents of the members, given by their :func:`safe_name` with what reads them.

    One that cannot be read is refused, and the others read. Raises ProgsearchError when there
    is no document at all, or archives are nested too deeply.
    """
    from progsearch.readers import documents_of  # which reads archives with this module

    if source.depth >= MAX_NESTING:
        raise ProgsearchError(
            "archives are nested too deeply", remedy=f"keep to {MAX_NESTING}, one in the other"
        )
    empty = True
    for name in sorted(members):
        if not source.options.is_document(posixpath.basename(name)):
            continue
        empty = False
        folder = posixpath.dirname(name)

        def beside(other: str, folder: str = folder) -> bytes | None:
            found = members.get(posixpath.normpath(posixpath.join(folder, other)))
            return found() if found else None

        try:
            for found in documents_of(source.inside(name, members[name](), beside)):
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
