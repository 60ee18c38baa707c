"""What an index remembers of the files it was made from.

It is kept in two parts: the summary, which every command reads, and the files, which
grow with the corpus and are for ``ingest`` and the lists of failures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, field, fields
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from progsearch.classes import dataclass
from progsearch.engine import Engine
from progsearch.engine.copies import families_of
from progsearch.engine.mark import SCHEMA_VERSION
from progsearch.errors import Problem, ProgsearchError

__all__ = ["SCHEMA_VERSION", "FileState", "Files", "Summary", "files_of", "summary_of"]


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was indexed.

    ``settings`` is a hash of its defaults, ``documents`` are those that it holds, with
    ``body_hashes`` of the words of each, ``langs`` the languages of its passages.
    """

    mtime_ns: int
    size: int
    content_hash: str
    settings: str
    documents: tuple[str, ...]
    body_hashes: tuple[str, ...]
    passages: int
    langs: tuple[str, ...]


_values = attrgetter(*(one.name for one in fields(FileState)))
"""All that is known of a file; dataclasses.astuple copies each part, which takes ten times as
long."""


@dataclass(slots=True)
class Files:
    """The files of an index by path, those that failed, and what was odd about the others."""

    indexed: dict[str, FileState] = field(default_factory=dict)
    failures: dict[str, Problem] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """The same as a JSON object."""
        return {
            # A list a file and no object: there may be very many.
            "indexed": {path: list(_values(file)) for path, file in self.indexed.items()},
            "failures": {path: asdict(problem) for path, problem in self.failures.items()},
            "notes": self.notes,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Files:
        """The files of a JSON object; none when it is empty."""
        return cls(
            {path: _file_state(values) for path, values in record.get("indexed", {}).items()},
            {path: Problem(**values) for path, values in record.get("failures", {}).items()},
            dict(record.get("notes", {})),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """An index in short.

    ``roots`` maps a corpus folder's name to where it is, ``copies`` a document to the
    first one with the same body, all in the order of paths; ``corpus_hash`` is the same for the
    same files. ``aliases`` are further names of parties by corpus folder, each folded name with
    those that are meant. ``left`` counts the files that a run had not yet dealt with when it was
    stopped.
    """

    language_data: str
    detected: tuple[str, ...] = ()
    roots: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0
    passages: int = 0
    failures: int = 0
    corpus_hash: str = ""
    left: int = 0
    aliases: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    schema: int = SCHEMA_VERSION

    @classmethod
    def of(
        cls,
        files: Files,
        *,
        language_data: str,
        detected: tuple[str, ...],
        roots: Mapping[str, str],
        left: int = 0,
        aliases: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    ) -> Summary:
        """The summary of these files."""
        return cls(
            language_data=language_data,
            detected=detected,
            roots=dict(roots),
            languages=tuple(
                sorted({lang for file in files.indexed.values() for lang in file.langs})
            ),
            copies=_copies(files),
            documents=sum(len(file.documents) for file in files.indexed.values()),
            passages=sum(file.passages for file in files.indexed.values()),
            failures=len(files.failures),
            corpus_hash=_corpus_hash(files),
            left=left,
            aliases=dict(aliases or {}),
        )

    def families(self) -> tuple[tuple[str, ...], ...]:
        """The documents that have the same text, each family by path."""
        return families_of(self.copies)

    def parties_named(self, folded: str) -> tuple[str, ...]:
        """The names that a further name of a party stands for, folded as it is."""
        found = {one for known in self.aliases.values() for one in known.get(folded, ())}
        return tuple(sorted(found))

    def as_record(self) -> dict[str, Any]:
        """The same as a JSON object."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Summary:
        """The summary of a JSON object. Raises ProgsearchError for another version's."""
        if record.get("schema") != SCHEMA_VERSION:
            raise ProgsearchError(
                "the index was written by another version of progsearch",
                remedy="run: progsearch ingest --rebuild",
            )
        values: dict[str, Any] = dict(record)
        for name in ("detected", "languages"):
            values[name] = tuple(values[name])
        return cls(**values)


def _file_state(values: list[Any]) -> FileState:
    named = dict(zip(FileState.__slots__, values, strict=True))
    lists = ("documents", "body_hashes", "langs")
    return FileState(**named | {name: tuple(named[name]) for name in lists})


def _copies(files: Files) -> dict[str, str]:
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for path in sorted(files.indexed):
        file = files.indexed[path]
        for document, body_hash in zip(file.documents, file.body_hashes, strict=True):
            original = first.setdefault(body_hash, document)
            if original != document:
                found[document] = original
    return found


def _corpus_hash(files: Files) -> str:
    digest = blake2b(digest_size=8)
    for path in sorted(files.indexed):
        digest.update(f"{path}\0{files.indexed[path].content_hash}\0".encode())
    return digest.hexdigest()


def summary_of(engine: Engine) -> Summary | None:
    """The summary of an index; nothing for one that is still empty."""
    record = engine.state("summary")
    return Summary.from_record(record) if record else None


def files_of(engine: Engine) -> Files:
    """The files of an index."""
    return Files.from_record(engine.state("files"))
