"""The document model: what a document and a passage are. No I/O.

Offsets count characters of the decoded source text; lines count from 1 and both
ends are included.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Generic, TypeVar

from progsearch.errors import ProgsearchError

__all__ = [
    "ASIDE_ROLES",
    "PROMISED",
    "Block",
    "Commitment",
    "Document",
    "Fact",
    "Origin",
    "PartialDate",
    "Passage",
    "Person",
    "RawDocument",
    "ReadyDocument",
    "Region",
    "Role",
    "Shape",
    "document_id",
    "place_of",
    "source_text",
]

T = TypeVar("T")


class Origin(StrEnum):
    """Where a fact comes from, the strongest first."""

    OVERRIDE = "override"  # from a progsearch.toml that overrules what the document states
    STATED = "stated"  # in the document itself
    DEFAULT = "default"  # from a progsearch.toml beside or above the file
    GIVEN = "given"  # on the command line
    INFERRED = "inferred"  # from the text


@dataclass(frozen=True, slots=True)
class Fact(Generic[T]):
    """A value together with its origin."""

    value: T
    origin: Origin

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A region by its ISO 3166-2 code (``CZ-51``) and its name in its own language."""

    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country."""
        return self.code.partition("-")[0]


_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the month and the day may be unknown (ISO 8601: ``2021``, ``2021-12``)."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        try:
            if self.day is not None and self.month is None:
                raise ValueError
            date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError:
            raise ProgsearchError(
                f"no such date: {self}", remedy="write YYYY, YYYY-MM or YYYY-MM-DD"
            ) from None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ProgsearchError for all else."""
        found = _DATE.fullmatch(text.strip())
        if not found:
            raise ProgsearchError(
                f"not a date: {text!r}", remedy="write YYYY, YYYY-MM or YYYY-MM-DD"
            )
        year, month, day = found.groups()
        return cls(
            int(year),
            int(month) if month is not None else None,
            int(day) if day is not None else None,
        )

    @property
    def first(self) -> date:
        """The first day that it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named by a document: its garant, author or a speaker in it."""

    name: str
    role: str  # garant, author, speaker
    uid: str = ""
    party: str = ""
    office: str = ""


class Role(StrEnum):
    """What a passage does in its document."""

    MOTTO = "motto"
    INTRO = "intro"
    GOAL = "goal"
    MEASURE = "measure"
    STATEMENT = "statement"
    QUOTATION = "quotation"
    HEADING = "heading"
    LEAD_IN = "lead-in"  # "We will:", above a list
    TEASER = "teaser"
    NAVIGATION = "navigation"
    CONTENTS = "contents"
    BYLINE = "byline"
    REPETITION = "repetition"  # what stands on another page of the document, too


ASIDE_ROLES = frozenset(
    (
        *(Role.HEADING, Role.LEAD_IN, Role.TEASER, Role.NAVIGATION),
        *(Role.CONTENTS, Role.BYLINE, Role.REPETITION),
    )
)
"""Roles left out of results and counts unless asked for."""


class Commitment(StrEnum):
    """What a passage does with its measures; the first that it does is its class."""

    STRONG = "strong"  # it will be done
    DONE = "done"  # it has been done
    WEAK = "weak"  # it is wanted, supported, proposed, called for
    CRITICISM = "criticism"  # others have failed
    PLAIN = "plain"  # none of these


PROMISED = (Commitment.STRONG.value, Commitment.WEAK.value)
"""How far a promise commits; what is said to be done, or missed by others, is none."""


class Shape(StrEnum):
    """What a reader sees of a block without understanding it."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    TABLE_HEAD = "table head"  # the names of the columns
    FIELD = "field"  # a text in the front matter; its key is the block's label
    TEASER = "teaser"
    NAVIGATION = "navigation"
    CONTENTS = "contents"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch ``text[start:end]`` of a source, without its marks, bullets and blank edges.

    ``level`` is a heading's level (1 is the highest), an item's depth from 1, or 1 for a row
    under the head of its table; ``code`` is what somebody coded it as. ``mark`` is the number
    or letter that an item has before it (``154.``, ``a)``), ``ocr`` how sure, in per cent, the
    machine was that read it off a picture; 0 when none did. Above it end the headings of the
    level ``closes`` and below, without a new one; 0 when none does. What stands in a table says by
    ``columns`` in which its cells stand, the first and the last of each, from 1, where that is
    told, and those of empty ones behind them; ``above`` is what stands above it as a heading
    does (``✅``, or a cell that covers rows).
    """

    shape: Shape
    start: int
    end: int
    level: int = 0
    label: str = ""
    code: str = ""
    mark: str = ""
    ocr: int = 0
    closes: int = 0
    columns: tuple[tuple[int, int], ...] = ()
    above: str = ""


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader makes of a file: decoded text, what its head states, blocks in order.

    ``meta`` has every key of the source, nothing dropped. Blocks do not overlap, and
    between them there are no words, only marks. ``part`` tells the documents of one file
    apart. ``pages`` are the offsets where the pages of a paged file begin, ``lines`` the
    numbers that the lines of the text have in the source, where these are others than
    1, 2, 3: rows, paragraphs, lines of a page. ``speaker`` says all of it, and ``lemmas``
    are those that the file itself gives, by stretches of the text.
    """

    format: str
    text: str
    meta: Mapping[str, object]
    blocks: Sequence[Block]
    notes: Sequence[str] = ()
    part: str = ""
    pages: Sequence[int] = ()
    lines: Sequence[int] = ()
    speaker: Person | None = None
    lemmas: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One source file and what is known of it.

    ``path`` is the file's place in its corpus in posix form, the corpus folder's name
    first; ``id`` is made from it, so it is the same on every machine. ``between`` is
    what stands before, between and after the passages (see :func:`source_text`). ``extra`` is
    all else that the source says of it; its keys ``as_written`` and ``overruled`` hold facts
    in the source's own spelling, and stated ones that a ``progsearch.toml`` overruled.
    """

    id: str
    path: str
    format: str
    content_hash: str  # BLAKE2b of the file's bytes
    body_hash: str  # BLAKE2b of the words of the body: equal in copies
    title: str
    lang: Fact[str]  # BCP 47; "und" when it cannot be told
    kind: Fact[str] | None = None
    country: Fact[str] | None = None
    region: Fact[Region] | None = None
    party: Fact[str] | None = None
    date: Fact[PartialDate] | None = None
    campaign: str = ""
    people: tuple[Person, ...] = ()
    notes: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search and of counting: a promise, bullet, quotation or paragraph.

    ``text`` is the exact source text from ``start`` to ``end``. ``headings`` is the path
    of the headings above it, the document's title left out. ``also`` are the lines where
    the same text stands once more in the same file; it counts once. ``page`` counts from 1
    where a file has pages, and lines are then those of the page; rows of a table and
    paragraphs of a text document are numbered like lines. ``label`` is the code that
    somebody gave the passage, ``commitment`` what :mod:`progsearch.commitment` tells of it;
    empty where nobody has asked yet. ``mark`` is its number or letter in the source, by which
    people cite it (``154.``), or the sign that ticks it off (``✅``), and ``ocr`` the confidence in
    per cent with which a machine read it off a picture; 0 for what was written.
    """

    id: str
    document: str
    number: int  # from 1, in the order of the source
    role: Role
    lang: Fact[str]
    text: str
    start: int
    end: int
    line: int
    end_line: int
    headings: tuple[str, ...] = ()
    speaker: Person | None = None
    also: tuple[tuple[int, int], ...] = ()
    page: int = 0
    label: str = ""
    commitment: str = ""
    mark: str = ""
    ocr: int = 0


@dataclass(frozen=True, slots=True)
class ReadyDocument:
    """A document that comes with its facts and its passages, as an export of an index has it."""

    document: Document
    passages: tuple[Passage, ...]


def document_id(path: str) -> str:
    """The id of the document with that path in a corpus: the same on every machine."""
    return blake2b(unicodedata.normalize("NFC", path).encode()).hexdigest()[:10]


def place_of(file: str, passage: Passage) -> str:
    """Where a passage begins, as a person finds it: ``file:12``, or ``file.pdf:p3:12``."""
    page = f"p{passage.page}:" if passage.page else ""
    return f"{file}:{page}{passage.line}"


def source_text(between: Sequence[str], passages: Iterable[Passage]) -> str:
    """The source text again: what lies between the passages, joined with them.

    ``between`` has one string more than there are passages.
    """
    parts = [between[0]] if between else []
    for gap, passage in zip(between[1:], passages, strict=True):
        parts += [passage.text, gap]
    return "".join(parts)
