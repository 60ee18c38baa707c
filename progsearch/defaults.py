"""Facts that hold for all files of a folder, from ``progsearch.toml``.

    [[defaults]]
    path = "liberecky/**"      # relative to the folder of the progsearch.toml
    party = "Piráti"
    region = "CZ-51"

A later entry overrides an earlier one, a nearer file one farther up. ``ignore`` names files
that are no documents. Both take the same patterns: ``**`` is any folders, ``*`` and ``?`` do
not cross a ``/``, ``[ab]`` is one of these; a pattern whose last part has none of these marks
also covers all that lies below it, and an empty one covers everything.

``override = true`` lets an entry overrule what the documents themselves state. Further names
of parties stand below ``[parties.alias]``; the other tables belong to other modules.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any

from progsearch.classes import dataclass
from progsearch.errors import ProgsearchError
from progsearch.facts.keys import FACT_KEYS, check_fact
from progsearch.facts.names import did_you_mean, fold
from progsearch.globs import Pattern
from progsearch.globs import pattern as pattern_of
from progsearch.opening import setting_text

__all__ = ["ENTRY_KEYS", "FILE_NAME", "KNOWN_TABLES", "Defaults", "Entry", "matches"]

FILE_NAME = "progsearch.toml"
KNOWN_TABLES = frozenset({"defaults", "ignore", "parties", "tables", "web"})
"""What may stand at the top of the file; those that are not of this module are left alone."""
ENTRY_KEYS = ("path", "override", *FACT_KEYS)
"""What may stand below ``[[defaults]]``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``[[defaults]]``: which paths it covers (``written`` is its pattern), what it says
    of them, whether over what they state, and the line where it stands."""

    file: Path
    line: int
    written: str
    pattern: Pattern
    facts: Mapping[str, str]
    override: bool = False


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the ``progsearch.toml`` files that reach a folder say, the farthest first."""

    sources: tuple[_Source, ...] = ()
    folder: str = ""

    @classmethod
    def load(cls, folder: Path, top: Path | None = None) -> Defaults:
        """What holds in a folder: its own file and those above it.

        The search upwards ends at a folder with a ``.git``, or at the root of the disk. A file
        at ``top`` or below it may be no link that leaves ``top``. Raises ProgsearchError when
        a file cannot be used.
        """
        absolute = folder.absolute()
        found: list[_Source] = []
        for above in (absolute, *absolute.parents):
            file = above / FILE_NAME
            if file.is_file():
                inside = top if top and above.is_relative_to(top) else None
                found.append(_read(file, _posix(above), inside))
            if (above / ".git").exists():
                break
        return cls(tuple(reversed(found)), _posix(absolute))

    @classmethod
    def held(cls, folder: Path, top: Path, read: Callable[[Path], str | None]) -> Defaults:
        """What holds in a folder of a commit, by the files of that commit alone, from ``top`` down.

        ``read`` gives the text of a file as the commit has it, None when it has none. Raises as
        :meth:`load`.
        """
        found: list[_Source] = []
        for above in (folder, *folder.parents):
            if not above.is_relative_to(top):
                break
            file = above / FILE_NAME
            try:
                text = read(file)
            except UnicodeDecodeError as error:
                raise _unread(file, error) from None
            if text is not None:
                found.append(_parsed(text, file, _posix(above)))
        return cls(tuple(reversed(found)), _posix(folder))

    @classmethod
    def from_file(cls, file: Path, base: str = "") -> Defaults:
        """What one file says of documents whose corpus paths begin with ``base``.

        Raises ProgsearchError when the file is missing or cannot be used.
        """
        if not file.is_file():
            raise ProgsearchError(
                "no such file", where=str(file), remedy="check the spelling of --defaults"
            )
        return cls((_read(file, _nfc(base).rstrip("/")),))

    def for_path(self, path: str) -> Mapping[str, str]:
        """The facts for a document: by its corpus path, or by its place on the disk.

        ``path`` is in posix form, and absolute or relative to the folder for what was loaded
        from a folder. Values are as :func:`progsearch.facts.check_fact` writes them.
        """
        facts: dict[str, str] = {}
        for entry in self.entries(path):
            facts |= entry.facts
        return facts

    def overrides(self, path: str) -> Mapping[str, str]:
        """Those of them that overrule what the document states."""
        facts: dict[str, str] = {}
        for entry in self.entries(path):
            if entry.override:
                facts |= entry.facts
        return facts

    def entries(self, path: str) -> Iterator[Entry]:
        """The entries that cover a path, those that count more last."""
        for source, relative in self._reaching(path):
            for entry in source.entries:
                if entry.pattern.covers(relative):
                    yield entry

    def own_entries(self, top: Path) -> Iterator[Entry]:
        """All entries of the files that stand in a folder or below it."""
        base = _posix(top.absolute())
        for source in self.sources:
            if source.base == base or source.base.startswith(f"{base.rstrip('/')}/"):
                yield from source.entries

    def aliases(self) -> dict[str, str]:
        """Further names of parties by their folded form, those of a nearer file over others."""
        found: dict[str, str] = {}
        for source in self.sources:
            found |= source.aliases
        return found

    def ignores(self, path: str) -> bool:
        """Whether a file is named by an ``ignore``, its path written as for ``for_path``."""
        return any(
            pattern.covers(relative)
            for source, relative in self._reaching(path)
            for pattern in source.ignored
        )

    def table(self, name: str) -> dict[str, Any]:
        """One of the other tables, the values of a nearer file over those farther up."""
        merged: dict[str, Any] = {}
        for source in self.sources:
            merged |= source.tables.get(name, {})
        return merged

    def _reaching(self, path: str) -> Iterator[tuple[_Source, str]]:
        place = _nfc(path)
        if self.folder and not (place.startswith("/") or re.match(r"\w:/", place)):
            place = f"{self.folder.rstrip('/')}/{place}"
        for source in self.sources:
            base = f"{source.base.rstrip('/')}/" if source.base else ""
            if place.startswith(base):
                yield source, place[len(base) :]


@dataclass(frozen=True, slots=True)
class _Source:
    base: str
    entries: tuple[Entry, ...] = ()
    ignored: tuple[Pattern, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _posix(folder: Path) -> str:
    return _nfc(folder.as_posix())


def _read(file: Path, base: str, top: Path | None = None) -> _Source:
    status = file.stat()
    return _read_cached(file, base, top, (status.st_mtime_ns, status.st_size))


# A folder's file reaches many folders below it: each is read once as long as it stays as it is.
@lru_cache(maxsize=1024)
def _read_cached(file: Path, base: str, top: Path | None, _stamp: tuple[int, int]) -> _Source:
    try:
        text = setting_text(file, top)
    except (OSError, UnicodeDecodeError) as error:
        raise _unread(file, error) from None
    return _parsed(text, file, base)


def _unread(file: Path, error: Exception) -> ProgsearchError:
    return ProgsearchError(f"cannot be read: {error}", where=str(file), remedy="save it as UTF-8")


def _parsed(text: str, file: Path, base: str) -> _Source:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ProgsearchError(
            f"not TOML: {error}",
            where=f"{file}:{line[1]}" if line else str(file),
            remedy='texts stand in double quotes, as in party = "Piráti"',
        ) from None
    except RecursionError:
        raise ProgsearchError(
            "nested too deeply", where=str(file), remedy="put fewer brackets into each other"
        ) from None
    return _Checker(file, text.splitlines()).source(data, base)


@dataclass(frozen=True, slots=True)
class _Checker:
    """Turns what a file holds into entries, and names the line of what is wrong."""

    file: Path
    lines: list[str]

    def source(self, data: Mapping[str, Any], base: str) -> _Source:
        for name in data:
            if name not in KNOWN_TABLES:
                remedy = did_you_mean(
                    name, sorted(KNOWN_TABLES), "facts stand below [[defaults]]", most=1
                )
                raise self._error(f"unknown key {name!r}", remedy, name)
        rows = data.get("defaults", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._error("defaults is not a list of tables", "write [[defaults]]", "defaults")
        ignored = data.get("ignore", [])
        if not isinstance(ignored, list):
            raise self._error("ignore is not a list", 'write ignore = ["drafts/**"]', "ignore")
        return _Source(
            base,
            tuple(self._entry(row, number) for number, row in enumerate(rows)),
            tuple(self._pattern(item, "ignore", -1) for item in ignored),
            self._aliases(data.get("parties", {})),
            {
                name: value
                for name, value in data.items()
                if name not in ("defaults", "ignore", "parties") and isinstance(value, dict)
            },
        )

    def _aliases(self, table: object) -> dict[str, str]:
        """``[parties.alias]``: a further name, and the name that is meant."""
        if not isinstance(table, dict):
            raise self._error("parties is not a table", "write [parties.alias]", "parties")
        for key in table:
            if key != "alias":
                remedy = did_you_mean(key, ["alias"], "write [parties.alias]")
                raise self._error(f"unknown key {key!r}", remedy, key)
        rows = table.get("alias", {})
        if not isinstance(rows, dict):
            raise self._error("alias is not a table", "write [parties.alias]", "alias")
        for name, meant in rows.items():
            if not isinstance(meant, str) or not meant.strip() or not fold(name):
                raise self._error(
                    f"{name!r} is not given a name", f'write "{name}" = "Piráti"', name
                )
        return {fold(name): " ".join(meant.split()) for name, meant in rows.items()}

    def _entry(self, row: Mapping[str, Any], number: int) -> Entry:
        if "path" not in row:
            raise self._error("an entry without a path", 'write path = "**" for all', "", number)
        facts = {}
        for key, value in row.items():
            if key == "path":
                continue
            if key == "override":
                if not isinstance(value, bool):
                    raise self._error(
                        "override is neither true nor false", "write override = true", key, number
                    )
                continue
            if key not in FACT_KEYS:
                remedy = did_you_mean(key, ENTRY_KEYS, f"known are {', '.join(ENTRY_KEYS)}", most=1)
                raise self._error(f"unknown key {key!r}", remedy, key, number)
            if isinstance(value, dict | list | bool | float):
                raise self._error(f"{key} is not a text", f'write {key} = "…"', key, number)
            try:
                facts[key] = check_fact(key, value)
            except ProgsearchError as error:
                raise self._error(f"{key}: {error.what}", error.remedy, key, number) from None
        pattern = self._pattern(row["path"], "path", number)
        override = row.get("override", False)
        return Entry(self.file, self._line("path", number), row["path"], pattern, facts, override)

    def _pattern(self, value: object, key: str, number: int) -> Pattern:
        if not isinstance(value, str):
            raise self._error(f"{key} is not a text", f'write {key} = "…"', key, number)
        if "\\" in value:
            raise self._error("a pattern with a backslash", "write / between folders", key, number)
        if value.startswith("/") or ".." in value.split("/"):
            raise self._error(
                f"{value!r} leaves the folder of this file",
                "write a path below it, or move this file up",
                key,
                number,
            )
        try:
            return pattern_of(value)
        except ValueError as error:
            raise self._error(
                f"{error} chooses nothing", "write it as [abc] or [a-c]", key, number
            ) from None

    def _error(self, what: str, remedy: str, key: str, number: int = -1) -> ProgsearchError:
        line = self._line(key, number)
        where = f"{self.file}:{line}" if line else str(self.file)
        return ProgsearchError(what, where=where, remedy=remedy)

    def _line(self, key: str, number: int) -> int:
        """The line of a key below the nth ``[[defaults]]`` (from 0; -1: anywhere), or 0."""
        entry = -1
        for at, line in enumerate(self.lines, start=1):
            if re.match(r"\s*\[\[\s*defaults\s*\]\]", line):
                entry += 1
                if not key and entry == number:
                    return at
            mark = re.match(r"""[\s\[]*["']?([\w-]+)["']?\s*(?:=|\])""", line)
            if mark and mark[1] == key and (number == -1 or entry == number):
                return at
        return 0


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern of a ``progsearch.toml`` covers a posix path; see above."""
    return pattern_of(pattern).covers(path)
