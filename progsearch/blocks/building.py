"""Documents put together line by line, by readers whose files are no text themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from progsearch.blocks.bullets import is_ticks, numbering
from progsearch.blocks.columns import Columns
from progsearch.blocks.marks import BLANK, has_words, masked
from progsearch.blocks.sentences import stands_as_heading
from progsearch.errors import ProgsearchError
from progsearch.model import Block, Person, RawDocument, Shape

__all__ = ["MAX_TEXT", "Builder", "stands_as_heading", "too_much"]

MAX_TEXT = 50_000_000
"""Characters that a document may have: as many as the largest file of plain text."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def too_much() -> ProgsearchError:
    """The error that more comes out of a file than a document can have."""
    return ProgsearchError(
        f"more than {MAX_TEXT / 1e6:,.0f} million characters come out of it",
        remedy="split it, or take away what it repeats",
    )


@dataclass(slots=True)
class Builder:
    """The text so far, the numbers of its lines, and the blocks in it."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    length: int = 0
    _pieces: list[str] = field(default_factory=list)

    def add(
        self,
        text: str,
        number: int | Sequence[int],
        shape: Shape | None = None,
        *,
        level: int = 0,
        label: str = "",
        code: str = "",
        bullet: int = 0,
        ocr: int = 0,
        closes: int = 0,
        columns: Columns = (),
        above: str = "",
        signs: bool = False,
    ) -> tuple[int, int] | None:
        """Put a text on a line of its own, and say of it what it is; where it came to stand.

        ``number`` is that of the line in the source, or one for each line; ``bullet`` how
        long the mark is that the text begins with; a number or letter in it is kept with the
        block. ``ocr`` is how sure it is, in per cent, where the text was read off a picture;
        above it end the headings of the level ``closes`` and below. ``columns`` and ``above`` are
        those of a :class:`Block`. A text without words is no block, but a row of ``signs`` may be.
        Line breaks inside of it stay, and what no text can hold is left out.
        """
        text = _LINE_END.sub("\n", _CONTROL.sub("", text) if _CONTROL.search(text) else text)
        at = self.length
        self._pieces.append(text + "\n")
        count = text.count("\n") + 1
        self.lines += [number] * count if isinstance(number, int) else number
        self.length += len(text) + 1
        if self.length > MAX_TEXT:
            raise too_much()
        bare = text[bullet:].strip(BLANK)
        if shape is None or not ((signs and is_ticks(bare)) or has_words(masked(bare))):
            return None
        start = at + text.index(bare, bullet)
        mark = text[:bullet].strip(BLANK)
        told = (level, label, code, numbering(mark), ocr, closes, columns, above)
        block = Block(shape, start, start + len(bare), *told)
        self.blocks.append(block)
        return block.start, block.end

    def text(self) -> str:
        """All of it."""
        return "".join(self._pieces)

    def document(
        self,
        format_: str,
        meta: Mapping[str, object],
        *,
        notes: Sequence[str] = (),
        part: str = "",
        speaker: Person | None = None,
        lemmas: Mapping[tuple[int, int], str] | None = None,
    ) -> RawDocument:
        """The document of these lines."""
        return RawDocument(
            format_,
            self.text(),
            meta,
            self.blocks,
            notes,
            part=part,
            # One line more than line breaks: the empty one after the last.
            lines=(*self.lines, self.lines[-1] if self.lines else 1),
            speaker=speaker,
            lemmas=lemmas or {},
        )
