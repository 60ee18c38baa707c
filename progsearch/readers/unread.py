"""What is no document, or of a format that nobody reads here: refused, with what to do.

Nothing is text by default. A file is read as text when its name says that it is one, or its
head is that of a page; all else is listed, so that nobody counts what nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.source import Source

__all__ = ["TEXT_SUFFIXES", "read", "sniff"]

TEXT_SUFFIXES = frozenset(
    (
        *(".txt", ".text", ".asc", ".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn"),
        *(".html", ".htm", ".xhtml", ".shtml"),
    )
)
_NAMED_WRONGLY = frozenset(
    (".docx", ".doc", ".odt", ".rtf", ".pdf", ".xlsx", ".ods", ".pptx", ".odp", ".epub")
)
"""Documents of offices: who gave a text such a name meant a document."""
_LEAVE_OUT = "leave it out with .progsearchignore; if it is a text, read it with --as plaintext"
_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        (
            "py pyw pyi js mjs cjs ts jsx tsx vue svelte java kt scala c h cc cpp hpp cs go rs rb"
            " php pl pm sh bash zsh fish ps1 bat cmd lua swift r jl m sql ipynb vb vbs f90 asm erb"
            " liquid mk cmake gradle"
        ),
        "a program",
        _LEAVE_OUT,
    ),
    ("css scss sass less styl map", "a style sheet", _LEAVE_OUT),
    (
        (
            "toml yaml yml ini cfg conf env lock properties plist editorconfig log pid gitignore"
            " gitattributes gitmodules htaccess webmanifest sum"
        ),
        "a file of settings or of a program's records",
        _LEAVE_OUT,
    ),
    (
        "svg gif webp ico bmp heic avif psd ai eps",
        "a picture",
        "write its text into a file, or leave it out with .progsearchignore",
    ),
    ("woff woff2 ttf otf eot", "a font", _LEAVE_OUT),
    (
        "mp3 m4a ogg oga wav flac mp4 m4v mov avi mkv webm",
        "sound or film",
        "write down what is said in a text file",
    ),
    ("srt vtt sub", "subtitles", "save their words as a text file"),
    ("pages key numbers", "a file of Apple iWork", "export it as PDF, .docx or .xlsx"),
    ("indd idml qxd pub", "a file of a layout program", "export it as PDF"),
    ("wpd wps sxw abw", "a file of an old word processor", "save it as .docx or .odt"),
    ("msg pst ost", "mail of Outlook", "save the messages as .eml"),
    ("mobi azw azw3 fb2 lit", "an electronic book", "turn it into EPUB, with Calibre for example"),
    ("djvu ps xps", "printed pages", "turn it into PDF"),
    ("tex ltx bib", "a LaTeX file", "make a PDF of it"),
    (
        "rst adoc asciidoc org textile wiki",
        "a text with marks that are not known",
        "turn it into Markdown with pandoc, or read it with --as plaintext",
    ),
    (
        "rds rda rdata sav dta feather arrow db sqlite sqlite3 mdb accdb xlsb",
        "a file of data",
        "write its table as CSV",
    ),
    (
        "exe dll so dylib bin dat o class jar pyc whl deb rpm dmg iso img",
        "a binary file",
        _LEAVE_OUT,
    ),
)
_BY_SUFFIX = {
    f".{suffix}": (what, remedy) for suffixes, what, remedy in _KINDS for suffix in suffixes.split()
}
_NAMES = re.compile(
    r"(?:requirements.*|constraints.*|cmakelists|robots|humans|ads|package(?:-lock)?)\.txt$",
    re.IGNORECASE,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b|\s*<(?:\w+:)?[\w.-]+\b[^>]*\bxmlns", re.DOTALL)
_XHTML = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]{0,60})")
_FENCE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(---|\+\+\+)[ \t]*\r?\n")
_TO_FILL = re.compile(rb"\{\{-?\s*(?:\.[A-Z]|(?:replace|title|now|slicestr|dateFormat)\b)")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:---[ \t]*\r?\n[\w\"'#-]|\+\+\+[ \t]*\r?\n|<!doctype html|<html\b"
    rb"|<!--[^\n]*\|[^\n]*-->)",
    re.IGNORECASE,
)


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether neither the name nor the head of a file tells that it is a text."""
    if _is_xml(head, path) or _NAMES.match(path.name) or _is_template(head):
        return True
    suffix = path.suffix.lower()
    if suffix in TEXT_SUFFIXES or (suffix in _NAMED_WRONGLY and b"\0" not in head):
        return False
    return suffix in _BY_SUFFIX or _PAGE.match(head[:4000]) is None


def _is_xml(head: bytes, path: PurePath) -> bool:
    if path.suffix.lower() == ".xml":
        return True
    return _XML.match(head[:1000]) is not None and not _XHTML.search(head[:4000])


def _is_template(head: bytes) -> bool:
    """Whether a front matter has places to be filled in, as the archetypes of Hugo have."""
    fence = _FENCE.match(head)
    if fence is None:
        return False
    end = head.find(b"\n" + fence[1], fence.end())
    return _TO_FILL.search(head, fence.end(), min(end, 4000) if end > 0 else 4000) is not None


def read(source: Source) -> Iterator[RawDocument]:
    """Nothing. Raises ProgsearchError with what the file is, and what to do."""
    if not source.data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise ProgsearchError(
            "the file is empty", where="line 1", remedy="write its text, or take it away"
        )
    path = source.path
    if _is_xml(source.data, path):
        bare = re.sub(rb"<[?!][^>]*>", b"", source.data[:4000])
        root = _ROOT.search(bare)
        shown = f" (<{root[1].decode('ascii', 'replace')}>)" if root else ""
        raise ProgsearchError(
            f"XML of a kind that is not read{shown}",
            remedy="turn it into TEI, CSV or JSON lines, or leave it out with .progsearchignore",
        )
    if _is_template(source.data):
        raise ProgsearchError(
            "a template for new pages, which is not read",
            remedy="leave it out with .progsearchignore",
        )
    what, remedy = _BY_SUFFIX.get(path.suffix.lower(), ("", ""))
    if not what and path.suffix and not _NAMES.match(path.name):
        what = f"a file of a kind that is not known ({path.suffix})"
    elif not what:
        what = "a file whose name does not say what it is"
    raise ProgsearchError(
        f"{what}, which is not read",
        remedy=remedy
        or "name it .txt or .md if it is a text, or leave it out with .progsearchignore",
    )
    yield from ()
