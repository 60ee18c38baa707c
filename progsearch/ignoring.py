"""Which files are left out: ``.progsearchignore``, ``--include`` and ``--exclude``.

The patterns are those of ``.gitignore``, as pathspec reads them: a pattern without a slash holds
in all folders below, ``/`` at its beginning is the folder of the file itself, ``!`` takes in again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.errors import ProgsearchError
from progsearch.opening import setting_text

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["IGNORE_NAME", "Choice", "Ignored", "left_out", "patterns"]

IGNORE_NAME = ".progsearchignore"
"""Name of the file with the patterns of what is no document, in any folder of a corpus."""


MAX_STARS, MAX_STARS_IN_NAME = 6, 3


def patterns(lines: Iterable[str], where: str) -> GitIgnoreSpec:
    """The patterns that lines mean. Raises ProgsearchError for one that cannot be used."""
    from pathspec import GitIgnoreSpec

    lines = list(lines)
    for number, line in enumerate(lines, 1):
        # They become expressions that go back, for a time that grows with the power of these.
        if line.count("*") > MAX_STARS or max(map(_stars, line.split("/"))) > MAX_STARS_IN_NAME:
            raise ProgsearchError(
                f"a pattern with more than {MAX_STARS_IN_NAME} * in a name, or {MAX_STARS} in all",
                where=f"{where}:{number}" if where.endswith(IGNORE_NAME) else where,
                remedy="write several patterns",
            )
    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError as error:
        raise ProgsearchError(
            f"a pattern that cannot be used: {error}",
            where=where,
            remedy="write it as in a .gitignore: *.py, drafts/, !drafts/kept.md",
        ) from error


def _stars(name: str) -> int:
    return 1 if name == "**" else name.count("*")


_Specs = tuple["GitIgnoreSpec", "GitIgnoreSpec"]
"""Patterns for files, and the same for folders: pathspec matches what ends in a slash only to
what lies in it."""


@dataclass(slots=True)
class Ignored:
    """What the ignore files from the corpus folder down to each file say; each is read once."""

    _read: dict[Path, _Specs | None] = field(default_factory=dict)
    _tops: dict[Path, list[Path]] = field(default_factory=dict)
    _told: dict[tuple[Path, Path], list[tuple[Path, _Specs]]] = field(default_factory=dict)
    held: Callable[[Path], str | None] | None = None
    """Gives the text of a file as a commit has it; without it they are those of the disk."""

    def __call__(self, file: Path, given: Path) -> bool:
        """Whether a file below a folder that was given is left out.

        As in git, the nearest file with a word on it counts, the last line in it, and what lies
        in a folder that is left out is left out, too. Files above the folder hold as well, up to
        the top of a repository.
        """
        told = self._telling(file.parent, given)
        if not told:
            return False
        inside = file.relative_to(given).parts
        # Folder by folder from above: nothing in one that is left out can be taken in again.
        for depth in range(1, len(inside) + 1):
            path = given.joinpath(*inside[:depth])
            found: bool | None = None
            for folder, specs in told:
                if path.is_relative_to(folder) and path != folder:
                    spec = specs[depth < len(inside)]
                    word = spec.check_file(path.relative_to(folder).as_posix()).include
                    found = word if word is not None else found
            if found:
                return True
        return False

    def _telling(self, folder: Path, given: Path) -> list[tuple[Path, _Specs]]:
        """The folders with a file that holds in one, the farthest first, and what it says."""
        if (folder, given) not in self._told:
            folders: list[Path] = []
            if folder.is_relative_to(given):
                inside = folder.relative_to(given).parts
                below = (given.joinpath(*inside[:depth]) for depth in range(len(inside) + 1))
                folders = [*self._above(given), *below]
            self._told[folder, given] = [(one, said) for one in folders if (said := self._of(one))]
        return self._told[folder, given]

    def _above(self, given: Path) -> list[Path]:
        """The folders above one, the farthest first, up to the top of its repository."""
        if self.held:
            return []
        if given not in self._tops:
            found: list[Path] = []
            for folder in (given, *given.parents):
                found.append(folder)
                if (folder / ".git").exists():
                    break
            self._tops[given] = found[:0:-1]
        return self._tops[given]

    def _of(self, folder: Path) -> _Specs | None:
        if folder not in self._read:
            file = folder / IGNORE_NAME
            found = None
            text = self.held(file) if self.held else None
            if not self.held and file.is_file():
                text = setting_text(file, folder, errors="replace")
            if text is not None:
                lines = [line.rstrip() for line in text.splitlines()]
                bare = [line.removesuffix("/") for line in lines]
                found = (patterns(lines, str(file)), patterns(bare, str(file)))
            self._read[folder] = found
        return self._read[folder]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files are wanted of all that lie below the paths, by patterns."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def specs(self) -> Iterator[GitIgnoreSpec | None]:
        """What is taken in and what is left out. Raises ProgsearchError as ``patterns``."""
        for given, option in ((self.include, "--include"), (self.exclude, "--exclude")):
            yield patterns(given, option) if given else None


def left_out(path: str, specs: Sequence[GitIgnoreSpec | None]) -> bool:
    """Whether a choice leaves out a path relative to the folder that was given."""
    include, exclude = specs
    if include is not None and not include.match_file(path):
        return True
    return exclude is not None and exclude.match_file(path)
