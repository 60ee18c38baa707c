"""What holds for the files of an ingest: what the user said, and what files beside them say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path

from progsearch.defaults import Defaults, Entry
from progsearch.facts.people import read_people
from progsearch.files import MAX_BYTES, PEOPLE_NAME, Root, SourceFile, held_text
from progsearch.ignoring import Choice, Ignored, left_out
from progsearch.opening import setting_text

__all__ = [
    "COMMIT_EVERY",
    "DETECTED",
    "MAX_MEMORY",
    "MAX_SECONDS",
    "FolderSettings",
    "PartDefaults",
    "Settings",
]

COMMIT_EVERY = 100_000
"""New passages that are committed on the way: a run that is stopped goes on from there. A
commit takes a second or two, so many passages take a minute at least."""

MAX_MEMORY, MAX_SECONDS = 3_000_000_000, 60.0
"""What the analysis of one file may take: bytes, and seconds, which grow with its size. The
dictionaries of three languages take a fifth of the memory, real files a second at most."""

DETECTED = ("cs", "sv", "en")
"""The languages of an index unless the user names others: those that are analysed. All that are
known are told apart."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said: facts of all files, a file of defaults, languages to analyse, the
    size of the largest file that is read, and whether what is odd about a file, such as front
    matter that is not quite YAML, refuses it (``strict``) or is noted; and in how many
    processes beside this one files are analysed when there is much to do. ``format`` is the one
    in which all files are read, ``rev`` the commit of a repository whose files are wanted,
    ``choice`` which files are. With ``check_hashes`` a file's size and time are not taken for
    its bytes, with ``allow_removal`` a run may take much out. ``max_memory`` and
    ``max_seconds`` are what one file may take; with ``ocr`` pages that are pictures are read by
    Tesseract."""

    given: Mapping[str, str] = field(default_factory=dict)
    defaults_file: Path | None = None
    detected: tuple[str, ...] = DETECTED
    max_bytes: int = MAX_BYTES
    strict: bool = False
    processes: int = 1
    format: str = ""
    rev: str = ""
    check_hashes: bool = False
    allow_removal: bool = False
    max_memory: int = MAX_MEMORY
    max_seconds: float = MAX_SECONDS
    ocr: bool = False
    commit_every: int = COMMIT_EVERY
    choice: Choice = field(default_factory=Choice)


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

    def overrides(self, part: str) -> Mapping[str, str]:
        """Those of the facts that overrule what the part states."""
        found = dict(self.extra.overrides(self.path + part)) if self.extra else {}
        return found | dict(self.own.overrides(self.file + part))

    def aliases(self) -> Mapping[str, str]:
        """Further names of parties, folded, each with the name that is meant."""
        return (self.extra.aliases() if self.extra else {}) | self.own.aliases()

    def entries(self, part: str) -> Iterator[Entry]:
        """Every entry that covers the part of that name."""
        if self.extra:
            yield from self.extra.entries(self.path + part)
        yield from self.own.entries(self.file + part)


class FolderSettings:
    """The defaults and the people's names that hold in each folder, each file read once."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings.given
        self._format = settings.format
        self._ocr = settings.detected if settings.ocr else ()
        file = settings.defaults_file
        self._extra = Defaults.from_file(file) if file else None
        self._defaults: dict[tuple[str, Path], Defaults] = {}
        self._people: dict[tuple[str, Path], dict[str, str]] = {}
        self._used: set[tuple[Path, int]] = set()
        self._tops: dict[Path, None] = {}
        self._corpora: set[str] = set()
        self._aliases: dict[tuple[str, Path], Mapping[str, str]] = {}
        self._choice = tuple(settings.choice.specs())
        self._left_out: dict[str, Ignored] = {}
        self._covering: tuple[SourceFile | None, Sequence[Entry]] = None, ()
        self._hashes: dict[tuple[tuple[str, Path], tuple[int, ...]], str] = {}

    def _of(self, source: SourceFile) -> Defaults:
        place, root = _place(source), source.root
        if place not in self._defaults:
            self._defaults[place] = (
                Defaults.held(place[1], root.folder, partial(held_text, root))
                if root.commit
                else Defaults.load(place[1], root.top)
            )
        return self._defaults[place]

    def defaults(self, source: SourceFile) -> PartDefaults:
        """The facts that hold for the parts of a file unless they state others."""
        return PartDefaults(self._of(source), self._extra, source.file.as_posix(), source.path)

    def _entries(self, source: SourceFile) -> Sequence[Entry]:
        """The entries that cover a file, which is asked several times for one after the other."""
        if self._covering[0] is not source:
            self._covering = source, [*self.defaults(source).entries("")]
        return self._covering[1]

    def covered(self, source: SourceFile, parts: Iterable[str] | None = ("",)) -> None:
        """Note which entries cover a file and its parts; None: parts that nobody has read."""
        defaults = self.defaults(source)
        corpus = source.path.partition("/")[0]
        self._corpora.add(corpus)
        if (corpus, source.file.parent) not in self._aliases:
            self._aliases[corpus, source.file.parent] = defaults.aliases()
        if not source.root.only:
            self._tops[source.root.folder] = None
        for part in ("",) if parts is None else parts:
            entries = defaults.entries(part) if part else self._entries(source)
            self._used.update((entry.file, entry.line) for entry in entries)
        if parts is None:
            # Any of the entries may be of one of the parts.
            for known in (defaults.own, defaults.extra):
                for one in known.sources if known else ():
                    self._used.update((entry.file, entry.line) for entry in one.entries)

    def aliases(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Further names of parties by corpus folder, folded, each with those that are meant."""
        found: dict[str, dict[str, set[str]]] = {}
        for (corpus, _), aliases in self._aliases.items():
            for name, meant in aliases.items():
                found.setdefault(corpus, {}).setdefault(name, set()).add(meant)
        return {
            corpus: {name: sorted(meant) for name, meant in names.items()}
            for corpus, names in found.items()
        }

    def uncovering(self) -> list[Entry]:
        """The entries that covered nothing so far: of the files in the folders that were
        looked at, and of the file of defaults, where they are of a corpus that was."""
        found: dict[tuple[Path, int], Entry] = {}
        for top in self._tops:
            for known in self._defaults.values():
                found |= {(one.file, one.line): one for one in known.own_entries(top)}
        sources = self._extra.sources if self._extra else ()
        extra = [one for source in sources for one in source.entries]
        # One file may hold the defaults of several corpora; one that holds none of these is wrong.
        elsewhere = any((one.file, one.line) in self._used for one in extra)
        for one in extra:
            corpus = one.written.removeprefix("./").partition("/")[0]
            if not elsewhere or corpus in self._corpora or set(corpus) & set("*?["):
                found[one.file, one.line] = one
        return [entry for key, entry in found.items() if key not in self._used]

    def ignored(self, source: SourceFile) -> bool:
        """Whether the settings say that a file is no document, or is not wanted."""
        inside = source.path.removeprefix(f"{source.root.label}/")
        root = source.root
        if left_out(inside, self._choice):
            return True
        # Who names a single file wants it.
        if not root.only and self._ignored(root)(source.file, root.folder):
            return True
        return self._of(source).ignores(source.file.as_posix()) or (
            self._extra is not None and self._extra.ignores(source.path)
        )

    def _ignored(self, root: Root) -> Ignored:
        """What the ignore files say, those of a commit for its own files."""
        commit = root.commit.commit if root.commit else ""
        if commit not in self._left_out:
            held = partial(held_text, root, errors="replace") if root.commit else None
            self._left_out[commit] = Ignored(held=held)
        return self._left_out[commit]

    def people(self, source: SourceFile) -> dict[str, str]:
        """The names of people by uid, from the files beside and above a file."""
        place, root = _place(source), source.root
        if place not in self._people:
            found: dict[str, str] = {}
            for above in reversed((place[1], *place[1].parents)):
                file, text = above / PEOPLE_NAME, None
                if root.commit:
                    text = held_text(root, file, errors="replace")
                elif above.is_relative_to(root.top) and file.is_file():
                    text = setting_text(file, root.top, errors="replace")
                found |= read_people(text) if text is not None else {}
            self._people[place] = found
        return self._people[place]

    def tables(self, source: SourceFile) -> dict[str, object]:
        """What the settings say of the columns of tables."""
        far = self._extra.table("tables") if self._extra else {}
        return far | self._of(source).table("tables")

    def hash(self, source: SourceFile) -> str:
        """A hash of all that is said about a file outside of it."""
        # What is said depends on the folder and on the entries that cover the file.
        key = _place(source), tuple(map(id, self._entries(source)))
        if key not in self._hashes:
            self._hashes[key] = self._hash(source)
        return self._hashes[key]

    def _hash(self, source: SourceFile) -> str:
        digest = blake2b(digest_size=8)
        defaults = self.defaults(source)
        said = (defaults(""), self._given, self.people(source), self.tables(source))
        # What is rarely said leaves the hash of all else as it is.
        more = tuple(found for found in (defaults.overrides(""), defaults.aliases()) if found)
        for mapping in (*said, *more):
            digest.update(repr(sorted(mapping.items())).encode())
        digest.update(self._format.encode())
        if self._ocr:
            digest.update(f" ocr {self._ocr}".encode())
        return digest.hexdigest()


def _place(source: SourceFile) -> tuple[str, Path]:
    """The folder whose settings hold for a file, and the commit that it is of, if any."""
    commit = source.root.commit
    return commit.commit if commit else "", source.file.parent
