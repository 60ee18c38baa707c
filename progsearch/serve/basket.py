"""What people collect and code: passages in a file beside the index, safe for several at once.

The file is JSON, named ``INDEX.basket.json`` beside the folder ``INDEX``. It is written whole,
aside, and then takes the place of the old one, under a lock of the operating system.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from progsearch.errors import ProgsearchError
from progsearch.export.csv import harmless
from progsearch.outputs import replaced

__all__ = ["Basket", "Code", "Contents", "Item", "Promise", "Verdict", "as_csv", "now"]

MOST = 20_000
"""Passages that a basket holds, and promises that are judged."""

LONGEST = 4_000
"""Characters of a note, and of the tags."""


@dataclass(frozen=True, slots=True)
class Code:
    """What one coder says of a passage: 0, 1 or 2, none where it is not coded, and a note."""

    code: int | None = None
    note: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A passage that was collected for a theme, or for none (an empty string).

    ``file``, ``line`` and ``text`` are those at that time, so that it can be found again when
    the index is made anew. ``codes`` are by coder.
    """

    passage: str
    theme: str
    file: str
    line: int
    text: str
    title: str = ""
    star: bool = False
    tags: str = ""
    codes: Mapping[str, Code] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.passage, self.theme


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one coder says became of a promise: a status, and the passage that it was judged by.

    ``status`` is empty where it is not judged; ``report`` is the text of the passage, empty
    where it was judged by none in particular.
    """

    status: str = ""
    when: str = ""
    report_file: str = ""
    report_line: int | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the part ``of`` of the index that is followed through the part ``with_``.

    ``file``, ``line`` and ``text`` are those at that time, so that it can be found again when
    the index is made anew. ``verdicts`` are by coder.
    """

    of: str
    with_: str
    passage: str
    file: str
    line: int
    text: str
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from others."""
        return self.of, self.with_, self.passage


@dataclass(frozen=True, slots=True)
class Contents:
    """All that is collected and judged, in the order in which it came."""

    items: tuple[Item, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def passages(self) -> frozenset[str]:
        """The ids of the passages."""
        return frozenset(one.passage for one in self.items)

    @property
    def coders(self) -> list[str]:
        """Who has coded, by name."""
        found = {
            name for one in self.items for name, code in one.codes.items() if code.code is not None
        }
        return sorted(found)

    def with_item(self, item: Item, instead: tuple[str, str] | None = None) -> Contents:
        """The same with an item in the place of the one with its key, or at the end."""
        key = instead or item.key
        there = [one.key for one in self.items]
        kept = [one for one in self.items if one.key not in (key, item.key)]
        if key in there:
            kept.insert(min(there.index(key), len(kept)), item)
        else:
            kept.append(item)
        if len(kept) > MOST:
            raise ProgsearchError(f"more than {MOST:,} passages", remedy="take some out")
        return replace(self, items=tuple(kept))

    def without(self, key: tuple[str, str]) -> Contents:
        """The same without the item of that key."""
        return replace(self, items=tuple(one for one in self.items if one.key != key))

    def sheets(self) -> dict[tuple[str, str], list[Promise]]:
        """What was judged of each two parts of the index."""
        found: dict[tuple[str, str], list[Promise]] = {}
        for one in self.promises:
            found.setdefault((one.of, one.with_), []).append(one)
        return found

    def judging(self, promise: Promise, instead: tuple[str, str, str]) -> Contents:
        """The same with a promise in the place of the one with the key ``instead``."""
        kept = [one for one in self.promises if one.key not in (instead, promise.key)]
        if len(kept) >= MOST:
            raise ProgsearchError(f"more than {MOST:,} promises", remedy="begin another index")
        return replace(self, promises=(*kept, promise))

    def both(self, first: str, second: str) -> list[tuple[str, str, int, int]]:
        """What two coders have both coded: theme, passage and their codes."""
        found = []
        for one in self.items:
            codes = [one.codes.get(name, Code()).code for name in (first, second)]
            if codes[0] is not None and codes[1] is not None:
                found.append((one.theme, one.passage, codes[0], codes[1]))
        return found


class Basket:
    """The file of an index's folder."""

    def __init__(self, index: Path) -> None:
        folder = index.resolve()
        self.file = folder.with_name(f"{folder.name}.basket.json")

    @property
    def stamp(self) -> tuple[int, int]:
        """What tells one state of the file from the next."""
        try:
            found = self.file.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def read(self) -> Contents:
        """What is collected. Raises ProgsearchError for a file that cannot be read."""
        try:
            told = json.loads(self.file.read_text(encoding="utf-8"))
            return Contents(
                tuple(_item(one) for one in told["items"]),
                tuple(_promise(one) for one in told.get("promises", ())),
            )
        except FileNotFoundError:
            return Contents()
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise ProgsearchError(
                "cannot be read", where=str(self.file), remedy="mend the file, or move it away"
            ) from None

    @contextmanager
    def changing(self) -> Iterator[_Change]:
        """What is collected, to be changed; it is written when the block ends.

        Raises ProgsearchError where the file cannot be read or written.
        """
        from filelock import FileLock

        with FileLock(f"{self.file}.lock", timeout=10):
            change = _Change(self.read())
            before = change.contents
            yield change
            if change.contents != before:
                self._write(change.contents)

    def _write(self, contents: Contents) -> None:
        told = {"version": 1, **asdict(contents)}
        text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
        with replaced(self.file) as aside:
            aside.write_text(text, encoding="utf-8", errors="replace")


@dataclass
class _Change:
    contents: Contents


def _item(told: Mapping[str, Any]) -> Item:
    codes = {str(name): Code(**one) for name, one in told["codes"].items()}
    return replace(Item(**{**told, "codes": {}}), codes=codes)


def _promise(told: Mapping[str, Any]) -> Promise:
    verdicts = {str(name): Verdict(**one) for name, one in told["verdicts"].items()}
    return replace(Promise(**{**told, "verdicts": {}}), verdicts=verdicts)


def now() -> str:
    """The moment, as ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


COLUMNS = (
    "id",
    "file",
    "line",
    "theme",
    "relevance",
    "relevance_2",
    "coder",
    "coder_2",
    "note",
    "note_2",
    "tags",
    "starred",
    "title",
    "text",
)
"""Those of the CSV file; ``progsearch evaluate`` reads it."""


def as_csv(contents: Contents, first: str = "", second: str = "") -> str:
    """Codes as CSV; without names, those of the first two coders by name."""
    coders = [name for name in (first, second) if name] or contents.coders[:2]
    coders += [""] * (2 - len(coders))
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for one in contents.items:
        codes = [one.codes.get(name, Code()) for name in coders]
        grades = ["" if code.code is None else code.code for code in codes]
        texts = [code.note for code in codes]
        starred = "true" if one.star else "false"
        cells = [one.passage, one.file, one.line, one.theme, *grades, *coders, *texts]
        cells += [one.tags, starred, one.title, one.text]
        rows.writerow([harmless(cell) for cell in cells])
    return out.getvalue()
