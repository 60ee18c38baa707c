"""Books in EPUB: the chapters in the order of the spine, each a page of the document.

Names of files and elements: W3C, "EPUB 3.3", and IDPF, "Open Packaging Format 2.0.1". A
chapter is counted like a page, and its lines are those of its file.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from urllib.parse import unquote

from progsearch.blocks.building import Builder
from progsearch.blocks.lines import unified
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.containers.packages import is_package, names_in, opened, unpacked
from progsearch.readers.encoding import decode
from progsearch.readers.markdown.markup import scan
from progsearch.readers.office.parts import pieces
from progsearch.readers.source import Source
from progsearch.readers.web.cleaned import put
from progsearch.readers.xml import End, Start, Text

__all__ = ["read", "sniff"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:container": "",
    "http://www.idpf.org/2007/opf": "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
}
_FACTS = {"dc:title": "title", "dc:creator": "author", "dc:language": "lang", "dc:date": "date"}
_PAGES = (".xhtml", ".html", ".htm")


@dataclass(slots=True)
class _Book:
    """What the package document says: its files by id, the spine, and facts."""

    files: dict[str, str] = field(default_factory=dict)
    contents: set[str] = field(default_factory=set)
    spine: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with a book in it, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    return _CONTAINER in names or (not names and path.suffix.lower() == ".epub")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document. Raises ProgsearchError when it is damaged, encrypted or empty."""
    with opened(source) as package:
        members = {member.filename: member for member in package.infolist()}
        root = _root(package)
        book = _book(package, root)
        folder = posixpath.dirname(root)
        files = {
            ident: posixpath.normpath(posixpath.join(folder, unquote(name)))
            for ident, name in book.files.items()
        }
        chapters = [files[ident] for ident in book.spine if files.get(ident) in members]
        notes = []
        lost = [files.get(ident, ident) for ident in book.spine if files.get(ident) not in members]
        if lost:
            many = f"{len(lost)} chapters are" if len(lost) > 1 else "1 chapter is"
            notes.append(f"{many} missing from the book: {', '.join(lost[:3])}")
        if not chapters:
            chapters = sorted(name for name in members if name.lower().endswith(_PAGES))
            notes.append("the book names no order of its chapters: read by the names of its files")
        locked = _encrypted(package)
        if locked & set(chapters):
            raise ProgsearchError("the book is encrypted", remedy="get it without such protection")
        contents = {files[ident] for ident in book.contents}
        builder = Builder()
        pages: list[int] = []
        for name in chapters:
            pages.append(builder.length)
            _chapter(builder, unpacked(package, members[name]), contents=name in contents)
    if not builder.blocks:
        raise ProgsearchError("the book has no text", remedy="get it once more, or take it away")
    yield replace(builder.document("epub", _meta(book.facts), notes=notes), pages=pages)


def _chapter(builder: Builder, data: bytes, *, contents: bool) -> None:
    """Put the blocks of a chapter; one that lists the others is contents."""
    page = unified(decode(data)[0])
    blocks: list[Block] = scan(page, markdown=False)
    if contents:
        blocks = [replace(one, shape=Shape.CONTENTS, level=0, label="") for one in blocks]
    put(builder, page, blocks)


def _root(package: zipfile.ZipFile) -> str:
    """The path of the package document."""
    for event in pieces(package, _CONTAINER, _PREFIXES):
        if isinstance(event, Start) and event.name == "rootfile":
            return event.attributes.get("full-path", "")
    return ""


def _book(package: zipfile.ZipFile, root: str) -> _Book:
    book = _Book()
    fact = ""
    for event in pieces(package, root, _PREFIXES):
        match event:
            case Start("item", attributes):
                ident = attributes.get("id", "")
                book.files[ident] = attributes.get("href", "")
                if "nav" in attributes.get("properties", "").split():
                    book.contents.add(ident)
            case Start("itemref", attributes):
                book.spine.append(attributes.get("idref", ""))
            case Start(name):
                fact = _FACTS.get(name, "")
                if fact in book.facts:
                    fact = ""
            case Text(text) if fact:
                book.facts[fact] = book.facts.get(fact, "") + text
            case End():
                fact = ""
    return book


def _encrypted(package: zipfile.ZipFile) -> set[str]:
    """The members that are encrypted; fonts are in many books, and do not matter."""
    return {
        unquote(event.attributes.get("URI", ""))
        for event in pieces(package, _ENCRYPTION, _PREFIXES)
        if isinstance(event, Start) and event.name == "enc:CipherReference"
    }


def _meta(facts: Mapping[str, str]) -> dict[str, object]:
    meta: dict[str, object] = {key: " ".join(value.split()) for key, value in facts.items()}
    if "date" in meta:
        meta["date"] = str(meta["date"])[:10]
    return {key: value for key, value in meta.items() if value}
