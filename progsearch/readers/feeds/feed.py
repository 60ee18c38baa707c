"""News feeds (RSS, RDF, Atom) and the export of a WordPress site: an entry is a document.

Sources: RSS 2.0 specification; RSS 1.0; RFC 4287 (Atom); WordPress eXtended RSS 1.2. The
numbers of lines are those of the XML.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath
from urllib.parse import urlsplit

from progsearch.blocks.building import Builder
from progsearch.blocks.lines import unified
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.feeds.shortcodes import without_codes
from progsearch.readers.footers import without_footer
from progsearch.readers.markdown.markup import scan
from progsearch.readers.source import Source
from progsearch.readers.web.cleaned import put
from progsearch.readers.xml import End, Event, Start, Text, events

__all__ = ["read", "sniff"]

_ATOM = "http://www.w3.org/2005/Atom"
_PREFIXES = {
    _ATOM: "atom",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://wordpress.org/export/1.0/": "wp",
    "http://wordpress.org/export/1.1/": "wp",
    "http://wordpress.org/export/1.2/": "wp",
    "http://wordpress.org/export/1.0/excerpt/": "excerpt",
    "http://wordpress.org/export/1.1/excerpt/": "excerpt",
    "http://wordpress.org/export/1.2/excerpt/": "excerpt",
}
_ROOT = re.compile(
    rb"<(?:rss|rdf:RDF|(?:\w+:)?feed)\b[^>]*"
    rb"(?:version\s*=|purl\.org/rss|22-rdf-syntax-ns|2005/Atom)",
    re.DOTALL,
)
_ENTRIES = frozenset(("item", "atom:entry"))
_TITLES = frozenset(("title", "atom:title"))
_DATES = ("pubDate", "dc:date", "atom:published", "wp:post_date", "atom:updated")
_TEXTS = ("content:encoded", "atom:content", "description", "atom:summary")
"""The whole text before a summary."""
_AUTHORS = ("dc:creator", "author", "atom:name")
_LINKS = ("link", "atom:link")
_PLAIN = ("wp:post_type", "wp:status", "wp:post_id", "guid", "category", "dc:language")
_KEPT = frozenset((*_TITLES, *_DATES, *_TEXTS, *_AUTHORS, *_LINKS, *_PLAIN))
_TAGS = re.compile(r"<[a-z/!][^<>]{0,2000}>", re.IGNORECASE)
_SLUG = re.compile(r"[^\w.-]+")


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether its first element is that of a feed."""
    head = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] == b"<" and _ROOT.search(head[:4000]) is not None


def read(source: Source) -> Iterator[RawDocument]:
    """The entries that have a text, those of a weblog only when they are published.

    Raises ProgsearchError when there is none, and for XML that is damaged or unsafe.
    """
    taken: dict[str, int] = {}
    count = left = 0
    feed = _Feed()
    for event in events(io.BytesIO(source.data), _PREFIXES):
        entry = feed.take(event)
        if entry is None:
            continue
        if not entry.is_published():
            left += 1
            continue
        raw = _document(entry, feed)
        if raw is None:
            continue
        count += 1
        part = _part(entry) or str(count)
        taken[part] = taken.get(part, 0) + 1
        yield replace(raw, part=part if taken[part] == 1 else f"{part}~{taken[part]}")
    if not count:
        raise ProgsearchError(
            f"no entry of the feed has a text ({left} are not published)"
            if left
            else "no entry of the feed has a text",
            remedy="get the feed once more, or take it away",
        )


@dataclass(slots=True)
class _Entry:
    """The texts of an entry by element, each with the line that it begins in."""

    texts: dict[str, tuple[str, int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)

    def first(self, names: tuple[str, ...]) -> tuple[str, str, int]:
        """Name, text and line of the first of these that has a text."""
        for name in names:
            text, line = self.texts.get(name, ("", 0))
            if text.strip():
                return name, text, line
        return "", "", 0

    def is_published(self) -> bool:
        """Whether it is a post or page that people can see."""
        kind = self.texts.get("wp:post_type", ("post", 0))[0].strip()
        status = self.texts.get("wp:status", ("publish", 0))[0].strip()
        return kind not in ("attachment", "nav_menu_item", "revision", "custom_css") and (
            status in ("publish", "")
        )


@dataclass(slots=True)
class _Feed:
    title: str = ""
    lang: str = ""
    is_weblog: bool = False
    entry: _Entry | None = None
    name: str = ""
    line: int = 0
    depth: int = 0
    pieces: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    def take(self, event: Event) -> _Entry | None:
        """Take the next piece; the entry that ends with it."""
        match event:
            case Start(name, attributes, line):
                self._start(name, dict(attributes), line)
            case Text(text) if self.name:
                self.pieces.append(html.escape(text, quote=False) if self.depth else text)
            case End(name):
                return self._end(name)
        return None

    def _start(self, name: str, attributes: dict[str, str], line: int) -> None:
        if self.name:
            # XHTML inside of an entry of Atom, which comes as elements.
            self.depth += 1
            local = name.rpartition(":")[2]
            self.pieces.append("" if self.depth == 1 and local == "div" else f"<{local}>")
        elif name in _ENTRIES:
            self.entry = _Entry()
        elif name in _KEPT or name == "language":
            self.name, self.line, self.pieces, self.attributes = name, line, [], attributes
            self.is_weblog = self.is_weblog or name.startswith("wp:")

    def _end(self, name: str) -> _Entry | None:
        if self.name and self.depth:
            self.depth -= 1
            local = name.rpartition(":")[2]
            self.pieces.append("" if not self.depth and local == "div" else f"</{local}>")
        elif self.name and name == self.name:
            self._keep("".join(self.pieces))
            self.name = ""
        elif name in _ENTRIES and self.entry is not None:
            entry, self.entry = self.entry, None
            return entry
        return None

    def _keep(self, text: str) -> None:
        entry, name = self.entry, self.name
        if name == "atom:link":
            if self.attributes.get("rel", "alternate") != "alternate":
                return
            text = self.attributes.get("href", "")
        if entry is None:
            if name in _TITLES and not self.title:
                self.title = " ".join(html.unescape(text).split())
            elif name in ("language", "dc:language"):
                self.lang = text.strip()
        elif name == "category":
            entry.topics.append(" ".join((self.attributes.get("term") or text).split()))
        elif name not in entry.texts or not entry.texts[name][0].strip():
            entry.texts[name] = (text, self.line)
            entry.kinds[name] = self.attributes.get("type", "")


def _document(entry: _Entry, feed: _Feed) -> RawDocument | None:
    name, text, line = entry.first(_TEXTS)
    if not text:
        return None
    if name.startswith("atom:") and entry.kinds[name] in ("", "text", "text/plain"):
        text = html.escape(text, quote=False)
    # A weblog keeps its posts as they were typed, with blank lines between the paragraphs.
    markdown = feed.is_weblog or not _TAGS.search(text)
    page = without_codes(unified(text)) if feed.is_weblog else unified(text)
    builder = Builder()
    put(builder, page, scan(page, markdown=markdown))
    if not builder.blocks:
        return None
    meta: dict[str, object] = {}
    title = " ".join(html.unescape(entry.first(tuple(_TITLES))[1]).split())
    facts = {
        "title": title,
        "date": _day(entry),
        "author": " ".join(entry.first(_AUTHORS)[1].split()),
        "url": entry.first(_LINKS)[1].strip(),
        "lang": feed.lang,
        "site": feed.title,
    }
    meta |= {key: value for key, value in facts.items() if value}
    if topics := [topic for topic in entry.topics if topic]:
        meta["tags"] = topics
    raw = without_footer(builder.document("feed", meta))
    return replace(raw, lines=[line + number - 1 for number in raw.lines])


def _day(entry: _Entry) -> str:
    written = entry.first(_DATES)[1].strip()
    if not written:
        return ""
    for reading in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return reading(written).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return ""


def _part(entry: _Entry) -> str:
    """What tells an entry apart in the feed, however many there are: the end of its address."""
    link = entry.first(_LINKS)[1].strip() or entry.texts.get("guid", ("", 0))[0].strip()
    if not link:
        return ""
    try:
        address = urlsplit(link)
    except ValueError:
        return ""
    last = address.path.rstrip("/").rpartition("/")[2] or address.query
    return _SLUG.sub("-", last).strip("-")[:80]
