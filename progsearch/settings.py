"""What holds for the files of an ingest: what the user said, and what files beside them say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from progsearch.defaults import Defaults
from progsearch.facts.people import read_people
from progsearch.files import MAX_BYTES, PEOPLE_NAME, SourceFile

__all__ = ["COMMIT_EVERY", "DETECTED", "FolderSettings", "PartDefaults", "Settings"]

COMMIT_EVERY = 100_000
"""New passages that are committed on the way: a run that is stopped goes on from there. A
commit takes a second or two, so many passages take a minute at least."""

DETECTED = ("cs", "sv", "en")
"""The languages of an index unless the user names others: those that are analysed. All that are
known are told apart."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said: facts of all files, a file of defaults, languages to analyse,
    the size of the largest file that is read, and whether what is odd about a file, such as
    front matter that is not quite YAML, refuses it (``strict``) or is noted; and in how many
    processes files are analysed when there is much to do. ``format`` is the one in which all
    files are read, ``rev`` the commit of a repository whose files are wanted."""

    given: Mapping[str, str] = field(default_factory=dict)
    defaults_file: Path | None = None
    detected: tuple[str, ...] = DETECTED
    max_bytes: int = MAX_BYTES
    strict: bool = False
    processes: int = 1
    format: str = ""
    rev: str = ""
    commit_every: int = COMMIT_EVERY


@dataclass(frozen=True, slots=True)
class PartDefaults:
    """The facts that hold for a part of a file: by its place on the disk, over what a file
    of defaults says of its place in the corpus."""

    own: Defaults
    extra: Defaults | None
    file: str
    path: str

    def __call__(self, part: str) -> Mapping[str, str]:
        """The facts of the part of that name; an empty one is the file."""
        found = dict(self.extra.for_path(self.path + part)) if self.extra else {}
        return found | dict(self.own.for_path(self.file + part))


class FolderSettings:
    """The defaults and the people's names that hold in each folder, each file read once."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings.given
        self._format = settings.format
        file = settings.defaults_file
        self._extra = Defaults.from_file(file) if file else None
        self._defaults: dict[Path, Defaults] = {}
        self._people: dict[Path, dict[str, str]] = {}

    def _of(self, source: SourceFile) -> Defaults:
        folder = source.file.parent
        if folder not in self._defaults:
            self._defaults[folder] = Defaults.load(folder)
        return self._defaults[folder]

    def defaults(self, source: SourceFile) -> PartDefaults:
        """The facts that hold for the parts of a file unless they state others."""
        return PartDefaults(self._of(source), self._extra, source.file.as_posix(), source.path)

    def ignored(self, source: SourceFile) -> bool:
        """Whether the settings say that a file is no document."""
        return self._of(source).ignores(source.file.as_posix()) or (
            self._extra is not None and self._extra.ignores(source.path)
        )

    def people(self, source: SourceFile) -> dict[str, str]:
        """The names of people by uid, from the files beside and above a file."""
        folder = source.file.parent
        if folder not in self._people:
            found: dict[str, str] = {}
            for above in reversed((folder, *folder.parents)):
                file = above / PEOPLE_NAME
                if above.is_relative_to(source.root.top) and file.is_file():
                    found |= read_people(file.read_text(encoding="utf-8", errors="replace"))
            self._people[folder] = found
        return self._people[folder]

    def tables(self, source: SourceFile) -> dict[str, object]:
        """What the settings say of the columns of tables."""
        far = self._extra.table("tables") if self._extra else {}
        return far | self._of(source).table("tables")

    def hash(self, source: SourceFile) -> str:
        """A hash of all that is said about a file outside of it."""
        digest = blake2b(digest_size=8)
        said = (self.defaults(source)(""), self._given, self.people(source), self.tables(source))
        for mapping in said:
            digest.update(repr(sorted(mapping.items())).encode())
        digest.update(self._format.encode())
        return digest.hexdigest()
