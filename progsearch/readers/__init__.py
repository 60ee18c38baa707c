"""From the bytes of a file to its documents.

One module a format, in a package for its family, each with ``sniff`` (is it mine?) and
``read``. What a file is, is told by its head before its suffix, unless the user says it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath, PurePosixPath
from typing import NamedTuple

from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.recutting import MAX_WORDS, longest, recut
from progsearch.blocks.turncuts import at_turns
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, ReadyDocument
from progsearch.readers import foreign, pdf, unread
from progsearch.readers.containers import archive, corpus, tarball
from progsearch.readers.encoding import decode
from progsearch.readers.feeds import feed, mail, nexis
from progsearch.readers.headlines import head_lines, with_head, with_head_of_blocks
from progsearch.readers.markdown import frontmatter, markdown
from progsearch.readers.markdown.straight import Straight, straightened, with_straight_grids
from progsearch.readers.office import docx, epub, legacy, odp, odt, pptx, rtf
from progsearch.readers.severalparties import with_other_parties
from progsearch.readers.source import Options, Refused, Source
from progsearch.readers.tables import cap, jsonrows, manifesto, ods, sheets
from progsearch.readers.tei import documents, parlamint
from progsearch.readers.text import extracted, news, plaintext
from progsearch.readers.web import html
from progsearch.soundness import is_sound, sound

__all__ = [
    "READERS",
    "FileReader",
    "Options",
    "Reader",
    "Refused",
    "Source",
    "decode",
    "documents_of",
    "is_text",
    "read",
    "read_all",
]


MAX_MARKS = 200
"""Combining marks on one letter; what is written as a joke has some thirty."""
_NO_WORD = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS},}}")

_PACKED = (b"PK", b"%PDF")
_CODED = frozenset(("manifesto", "cap"))
"""Formats whose passages are cut by those who made the file."""
_HEADED = frozenset(("docx", "odt", "rtf", "html", "pdf"))
"""Formats in which facts may stand in lines at the head of the text."""
_SLIDES = frozenset(("pptx", "odp"))
"""Formats with tables, and without such lines."""
_BY_LINES = frozenset(("markdown", "frontmatter"))
"""Formats in which the ends of lines may be meant."""
_TYPED = frozenset(("plaintext", "extracted"))
"""Formats without marks for headings."""
# The mark first, which most texts have none of, and then the letter before it.
_DECOMPOSED = re.compile("[\\u0300-\\u036f](?<=[^\\W\\d_].)")


class Reader(NamedTuple):
    """A format of text: whether a file is in it, and what such a file says.

    ``prepare`` makes the text that is read of the one that is written, where they differ.
    """

    sniff: Callable[[str, PurePath], bool]
    read: Callable[[str, PurePath], RawDocument]
    prepare: Callable[[str], Straight] = Straight


class FileReader(NamedTuple):
    """A format that has its own bytes, or several documents in a file."""

    sniff: Callable[[bytes, PurePath], bool]
    read: Callable[[Source], Iterator[RawDocument | ReadyDocument | Refused]]


READERS: dict[str, Reader | FileReader] = {
    "foreign": FileReader(foreign.sniff, foreign.read),
    "legacy": FileReader(legacy.sniff, legacy.read),
    "pdf": FileReader(pdf.sniff, pdf.read),
    "docx": FileReader(docx.sniff, docx.read),
    "odt": FileReader(odt.sniff, odt.read),
    "xlsx": FileReader(sheets.sniff_workbook, sheets.read_workbook),
    "ods": FileReader(ods.sniff, ods.read),
    "pptx": FileReader(pptx.sniff, pptx.read),
    "odp": FileReader(odp.sniff, odp.read),
    "epub": FileReader(epub.sniff, epub.read),
    "rtf": FileReader(rtf.sniff, rtf.read),
    "zip": FileReader(archive.sniff, archive.read),
    "tar": FileReader(tarball.sniff, tarball.read),
    "tei": FileReader(documents.sniff, documents.read),
    "parlamint": FileReader(parlamint.sniff, parlamint.read),
    "corpus": FileReader(corpus.sniff, corpus.read),
    "manifesto": FileReader(manifesto.sniff, manifesto.read),
    "cap": FileReader(cap.sniff, cap.read),
    "csv": FileReader(sheets.sniff, sheets.read),
    "json": FileReader(jsonrows.sniff, jsonrows.read),
    "mail": FileReader(mail.sniff, mail.read),
    "feed": FileReader(feed.sniff, feed.read),
    "nexis": FileReader(nexis.sniff, nexis.read),
    "html": FileReader(html.sniff, html.read),
    "unread": FileReader(unread.sniff, unread.read),
    "frontmatter": Reader(frontmatter.sniff, frontmatter.read, straightened),
    "extracted": Reader(extracted.sniff, extracted.read),
    "markdown": Reader(markdown.sniff, markdown.read, straightened),
    "news": Reader(news.sniff, news.read),
    "plaintext": Reader(plaintext.sniff, plaintext.read, with_straight_grids),
}
"""The formats, in the order in which they are tried. What none of the first knows and
is no text by its name is ``unread``; the last one takes any text."""


def read_all(
    path: str, data: bytes, options: Options | None = None
) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents in a file; ``path`` is its place in the corpus in posix form.

    A document's path is that of the file and its ``part``. Raises ProgsearchError for an
    empty or damaged file, one of no known format, and front matter that cannot be taken as
    it is; what could be mended is told in the documents' notes.
    """
    return documents_of(Source(PurePosixPath(path), data, options or Options()))


def read(path: str, data: bytes) -> RawDocument:
    """Read a file of one document. Raises ProgsearchError as :func:`read_all`."""
    for found in read_all(path, data):
        if isinstance(found, RawDocument):
            return found
    raise ProgsearchError("there is no document in the file", where=path, remedy="take it away")


def documents_of(source: Source) -> Iterator[RawDocument | ReadyDocument | Refused]:
    """The documents of a file that may lie in another one."""
    try:
        if not source.data:
            raise _empty()
        reader = _chosen(source)
        if isinstance(reader, Reader):
            yield _whole(_recut(_text(source, reader)))
            return
        for found in reader.read(source):
            if isinstance(found, ReadyDocument):
                for passage in found.passages:
                    check_marks(passage.text)
            if isinstance(found, RawDocument):
                if found.format in _HEADED:
                    found = with_head_of_blocks(found)
                if found.format in _HEADED or found.format in _SLIDES:
                    found = with_other_parties(found)
                found = _whole(_recut(found))
                if found.part and found.part[0] not in "#/":
                    found = replace(found, part=f"#{found.part}")
            yield found
    except ProgsearchError as error:
        raise _placed(error, source.path) from error


def is_text(path: str, data: bytes, options: Options | None = None) -> bool:
    """Whether a file is read as plain text, by this package alone."""
    if data.startswith(_PACKED):
        return False
    try:
        return isinstance(_chosen(Source(PurePosixPath(path), data, options or Options())), Reader)
    except ProgsearchError:
        return True  # and is refused


def _chosen(source: Source) -> Reader | FileReader:
    name = source.options.format
    if name:
        if name not in READERS:
            raise ProgsearchError(f"no format {name!r}", remedy=f"formats are {', '.join(READERS)}")
        return READERS[name]
    head = ""
    for reader in READERS.values():
        if isinstance(reader, FileReader):
            if reader.sniff(source.data, source.path):
                return reader
            continue
        head = head or _below_head(source.text()[0])
        if reader.sniff(head, source.path):
            return reader
    raise AssertionError  # the last reader takes any text


def _below_head(text: str) -> str:
    """What of a text tells its format: not the lines at its head that state facts."""
    return head_lines(text).masked(text)


def _text(source: Source, reader: Reader) -> RawDocument:
    text, notes = source.text()
    check_marks(text)
    if not text.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise _empty()
    if _DECOMPOSED.search(text):
        notes = [*notes, "accents are characters of their own: found as if they were not"]
    text, lines = reader.prepare(text)
    found = head_lines(text)
    raw = with_head(reader.read(found.masked(text), source.path), text, found)
    if raw.format == "markdown":
        raw = with_head_of_blocks(raw, lines_told=True)
    raw = with_other_parties(raw)
    return replace(raw, notes=(*notes, *raw.notes), lines=lines)


def _recut(raw: RawDocument) -> RawDocument:
    """The document with what is too long cut, and a note where something stays so. Raises
    ProgsearchError as check_marks."""
    check_marks(raw.text)
    if raw.format in _CODED:
        return raw
    blocks = at_turns(raw.text, raw.blocks, typed=raw.format in _TYPED)
    blocks = recut(raw.text, blocks, by_lines=raw.format in _BY_LINES)
    count, place, words = longest(raw.text, blocks)
    notes = list(raw.notes)
    if count:
        one = "1 passage is" if count == 1 else f"{count} passages are"
        where = _place(raw, place)
        notes.append(f"{one} longer than {MAX_WORDS} words; the longest, {words}, in {where}")
    return replace(raw, blocks=blocks, notes=notes)


def _place(raw: RawDocument, offset: int) -> str:
    line = line_of(line_starts(raw.text), offset)
    if page := bisect_right(raw.pages, offset):
        return f"page {page}"
    return f"line {raw.lines[line - 1] if raw.lines else line}"


def _whole(raw: RawDocument) -> RawDocument:
    """The document without halves of characters."""
    if is_sound(raw.meta) and is_sound(raw.text) and is_sound(raw.part):
        return raw
    return replace(
        raw,
        text=sound(raw.text),
        meta=sound(raw.meta),
        part=sound(raw.part),
        notes=(*raw.notes, "halves of characters (\\ud800 to \\udfff) are read as \ufffd"),
    )


def check_marks(text: str) -> None:
    """Raise ProgsearchError where more marks stand on a letter than any writing has.

    To put marks into their order takes time with the square of their number. Unicode bounds
    them by 30 where streams are to be safe (UAX #15, "Stream-Safe Text Format").
    """
    for run in _NO_WORD.finditer(text):
        marks = 0
        for char in run[0]:
            marks = marks + 1 if unicodedata.combining(char) else 0
            if marks > MAX_MARKS:
                raise ProgsearchError(
                    f"more than {MAX_MARKS} accents on one letter",
                    where=f"line {text.count(chr(10), 0, run.start()) + 1}",
                    remedy="take them away: no writing has so many",
                )


def _empty() -> ProgsearchError:
    return ProgsearchError(
        "the file is empty", where="line 1", remedy="write its text, or take it away"
    )


def _placed(error: ProgsearchError, path: PurePath) -> ProgsearchError:
    """The error with the file's path, and the line where there is one."""
    where = error.where
    if where.startswith(path.as_posix()):
        return error
    line = where.removeprefix("line ")
    return ProgsearchError(
        error.what, where=f"{path}:{line}" if line else str(path), remedy=error.remedy
    )
