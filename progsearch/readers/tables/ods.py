"""Tables of LibreOffice and others (OpenDocument spreadsheets), sheet by sheet.

Names of elements: OASIS, "Open Document Format for Office Applications", version 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument
from progsearch.readers.containers.packages import is_package, names_in, opened
from progsearch.readers.office.parts import pieces
from progsearch.readers.source import Source
from progsearch.readers.tables.merged import Covering, with_covered
from progsearch.readers.tables.sheets import Sheet, documents_of_sheets
from progsearch.readers.xml import End, Event, Start, Text

__all__ = ["read", "sniff"]

_URN = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    f"{_URN}:office:1.0": "office",
    f"{_URN}:text:1.0": "text",
    f"{_URN}:table:1.0": "table",
    f"{_URN}:manifest:1.0": "manifest",
}
_LEFT_OUT = frozenset(("office:annotation", "office:forms", "table:shapes"))
_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_COLUMNS = 16_384
MAX_CELLS = 5_000_000
"""Of all sheets together, with those that the file says to be repeated."""
MAX_REPEATED = 1_000
"""Rows of a text that a file says to be repeated; blank ones are only counted."""


def sniff(head: bytes, path: PurePath) -> bool:
    """Whether it is a package with an OpenDocument spreadsheet, or a damaged one named so."""
    if not is_package(head):
        return False
    names = names_in(head)
    if names:
        return "content.xml" in names and _MIMETYPE in head[:200]
    return path.suffix.lower() in (".ods", ".ots")


def read(source: Source) -> Iterator[RawDocument]:
    """The documents of the sheets that have a column with the text.

    Raises ProgsearchError when no sheet has one, and when the file is damaged or encrypted.
    """
    with opened(source) as package:
        for event in pieces(package, "META-INF/manifest.xml", _PREFIXES):
            if isinstance(event, Start) and event.name == "manifest:encryption-data":
                raise ProgsearchError("the file is encrypted", remedy="save it without a password")
        book = _Book()
        for event in pieces(package, "content.xml", _PREFIXES, _LEFT_OUT):
            book.take(event)
    sheets = [
        (name, list(with_covered(records, book.covering.get(name, ()))))
        for name, records in book.sheets
    ]
    yield from documents_of_sheets(source, sheets)


@dataclass(slots=True)
class _Book:
    sheets: list[Sheet] = field(default_factory=list)
    covering: dict[str, list[Covering]] = field(default_factory=dict)
    number: int = 0  # of the row
    rows: int = 1  # how often the open row stands there
    cells: list[str] = field(default_factory=list)
    repeated: int = 1
    count: int = 0
    value: str = ""
    lines: list[str] = field(default_factory=list)
    text: list[str] | None = None

    def take(self, event: Event) -> None:
        """Take the next piece."""
        match event:
            case Start("table:table", attributes):
                self.sheets.append((attributes.get("table:name", ""), []))
                self.number = 0
            case Start("table:table-row", attributes):
                self.cells = []
                self.rows = _count(attributes.get("table:number-rows-repeated", "1"), 1 << 20)
            case Start("table:table-cell" | "table:covered-table-cell", attributes):
                self.repeated = _count(
                    attributes.get("table:number-columns-repeated", "1"), MAX_COLUMNS
                )
                self.value = attributes.get("office:date-value", "")
                self.lines = []
                spanned = _count(attributes.get("table:number-rows-spanned", "1"), 1 << 20)
                if spanned > 1 and self.sheets:
                    first = self.number + 1
                    covers = Covering(len(self.cells), first, first + spanned - 1)
                    self.covering.setdefault(self.sheets[-1][0], []).append(covers)
            case Start("text:p" | "text:h"):
                self.text = []
            case Start("text:s" | "text:tab" | "text:line-break") if self.text is not None:
                self.text.append("\n" if event.name == "text:line-break" else " ")
            case Text(text) if self.text is not None:
                self.text.append(text)
            case End("text:p" | "text:h") if self.text is not None:
                self.lines.append("".join(self.text))
                self.text = None
            case End("table:table-cell" | "table:covered-table-cell"):
                self._cell()
            case End("table:table-row"):
                self._row()

    def _cell(self) -> None:
        value = self.value.removesuffix("T00:00:00") or "\n".join(self.lines)
        # Blank cells up to the edge of the sheet are many, and nothing.
        if value or self.repeated < MAX_COLUMNS // 2:
            room = MAX_COLUMNS - len(self.cells)
            self.cells += [value] * min(self.repeated, room)

    def _row(self) -> None:
        if self.sheets and any(self.cells):
            width = max(n for n, cell in enumerate(self.cells, 1) if cell)
            self.count += width * min(self.rows, MAX_REPEATED)
            if self.count > MAX_CELLS:
                raise ProgsearchError(
                    "the workbook has too many cells", remedy=f"keep to {MAX_CELLS:,}"
                )
            for step in range(min(self.rows, MAX_REPEATED)):
                self.sheets[-1][1].append((self.number + 1 + step, self.cells[:width]))
        self.number += self.rows


def _count(written: str, most: int) -> int:
    return min(int(written), most) if written.isdecimal() and len(written) < 10 else 1
