"""Is an index as it was written, is it whole, and do its files still say the same?"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path

from progsearch.engine import CLUSTERS, Engine
from progsearch.engine.mark import faults, read_mark, told_in
from progsearch.engine.whole import SOME
from progsearch.errors import ProgsearchError
from progsearch.files import Root, SourceFile, read_source, stamp_of, walk
from progsearch.ingest import language_data
from progsearch.state import Files, FileState, Summary, files_of, summary_of

__all__ = ["HIDDEN", "Finding", "document_findings", "file_findings", "index_findings"]

HIDDEN = "changed, and has its size and time of before"
"""The note on a file whose change ``ingest`` does not see unless it is told to look."""

_COMMIT = re.compile(r"(.+)@([0-9a-f]{40,64})")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found out about a part of an index or about a file; good unless ``what``."""

    name: str
    what: str = ""


def index_findings(folder: Path) -> Iterator[Finding]:
    """Each file of the index in a folder, by its checksum; of one in a cluster, its parts there.

    Raises ProgsearchError when there is no index, or when it does not fit this version.
    """
    if told_in(folder).get("engine") in CLUSTERS:
        from progsearch.engine.opensearch.opening import open_in

        with closing(open_in(folder)) as engine:
            for name, what in engine.findings():
                yield Finding(name, what)
        return
    mark = read_mark(folder)
    if mark is None:
        raise ProgsearchError(
            "there is no index here", where=str(folder), remedy="run: progsearch ingest PATH"
        )
    bad = dict(faults(folder, mark, whole=True))
    for name in mark.files:
        yield Finding(f"{mark.generation}/{name}", bad.get(name, ""))


def document_findings(engine: Engine) -> Iterator[Finding]:
    """Each document that an index has, or should have by what it remembers of its files."""
    files, summary = files_of(engine), summary_of(engine)
    passages = documents = 0
    known: set[str] = set()
    waiting = iter(files.indexed.items())
    for path, state in chain.from_iterable(_together(engine, waiting)):
        here = 0
        for ident in state.documents:
            known.add(ident)
            document, found = engine.document(ident), engine.passages(ident)
            here += len(found)
            if document is None:
                yield Finding(path, f"its document {ident} is missing")
            elif len(found) + 1 != len(document.between):
                yield Finding(
                    path, f"{len(document.between) - 1 - len(found)} passages are missing"
                )
            else:
                yield Finding(document.path)
        if here != state.passages:
            yield Finding(path, f"has {here:,} passages and had {state.passages:,}")
        passages += here
        documents += len(state.documents)
    for one in engine.documents():
        if one.id not in known:
            yield Finding(one.path, "is of no file that the index knows")
    wanted = (summary.documents, summary.passages) if summary else (0, 0)
    if wanted != (documents, passages):
        yield Finding("summary", f"tells of {wanted[0]:,} documents and {wanted[1]:,} passages")


def _together(
    engine: Engine, files: Iterator[tuple[str, FileState]]
) -> Iterator[Sequence[tuple[str, FileState]]]:
    """Some files at a time, with what is in them got together where that takes a request."""
    while some := list(islice(files, SOME)):
        documents = [one for _, state in some for one in state.documents]
        engine.prefetch(documents=documents, passages=documents)
        yield some


def file_findings(engine: Engine, paths: Iterable[Path] = ()) -> Iterator[Finding]:
    """Each file of an index by its content; with paths, only those at them or below.

    What was made with other language data is as if all files had changed.
    """
    files, summary = files_of(engine), summary_of(engine)
    if summary and summary.language_data != language_data():
        yield Finding("language data", f"was {summary.language_data} and is {language_data()}")
    wanted = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links keep their names
    for path, source in _sources(files, summary):
        place = source.file if isinstance(source, SourceFile) else source
        if wanted and not any(place.is_relative_to(one) for one in wanted):
            continue
        yield Finding(str(place), _difference(source, files.indexed[path]))


def _sources(files: Files, summary: Summary | None) -> Iterator[tuple[str, SourceFile | Path]]:
    """By path, where a file lies; only its place when it is no longer there."""
    roots: Mapping[str, str] = summary.roots if summary else {}
    commits: dict[str, dict[str, SourceFile]] = {}
    for path in sorted(files.indexed):
        label, _, rest = path.partition("/")
        place = roots.get(label, label)
        if told := _COMMIT.fullmatch(place):
            if label not in commits:
                commits[label] = _committed(Root(label, Path(told[1])), told[2])
            yield path, commits[label].get(path, Path(told[1], rest))
            continue
        file = Path(place, rest)
        if not file.exists() and not rest.isascii():
            file = Path(place, unicodedata.normalize("NFD", rest))
        yield path, SourceFile(path, file, Root(label, Path(place)))


def _committed(root: Root, commit: str) -> dict[str, SourceFile]:
    from progsearch.readers.containers.git import Repository

    try:
        found = Repository.at(root.folder, commit)
    except ProgsearchError:
        return {}
    return {one.path: one for one in walk([Root(root.label, root.folder, commit=found)])}


def _difference(source: SourceFile | Path, known: FileState) -> str:
    if isinstance(source, Path):
        return "missing"
    try:
        data, stamp = read_source(source, max_bytes=stamp_of(source).st_size)
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"unreadable: {error.strerror}"
    except ProgsearchError as error:
        return f"unreadable: {error.what}"
    if blake2b(data, digest_size=16).hexdigest() == known.content_hash:
        return ""
    return HIDDEN if stamp == (known.mtime_ns, known.size) else "changed"
