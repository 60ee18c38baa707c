"""Rich Text Format: the paragraphs, as striprtf tells them from the commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from progsearch.blocks.lines import line_of, line_starts
from progsearch.blocks.tableheads import BESIDE, beside
from progsearch.errors import ProgsearchError
from progsearch.model import Block, RawDocument, Shape
from progsearch.readers.source import Source, library
from progsearch.readers.text import plaintext

__all__ = ["read", "sniff"]

_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
_ROW_END = re.compile(r"\\row(?![a-z])")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
MAX_DEPTH = 500
"""Groups inside each other; real files have about ten."""


def sniff(head: bytes, path: PurePath) -> bool:  # noqa: ARG001 - one signature for all readers
    """Whether the file begins as Rich Text does."""
    return head.startswith(b"{\\rtf")


def read(source: Source) -> Iterator[RawDocument]:
    """The one document; the numbers of lines are those of the paragraphs.

    Raises ProgsearchError when it is empty or damaged, or striprtf is not installed.
    """
    striprtf = library("striprtf.striprtf", "rtf", "reading Rich Text")
    text = source.data.decode("latin-1")
    depth = deepest = 0
    for brace in re.finditer(r"(?<!\\)[{}]", text):
        depth += 1 if brace[0] == "{" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise ProgsearchError(
            "groups are nested too deeply", remedy=f"keep to {MAX_DEPTH}, or save it as .docx"
        )
    page = _CODE_PAGE.search(source.data[:4096])
    encoding = f"cp{page[1].decode('ascii')}" if page else "cp1252"
    notes = []
    try:
        plain = striprtf.rtf_to_text(text, encoding=encoding, errors="replace")
    except LookupError:
        plain = striprtf.rtf_to_text(text, encoding="cp1252", errors="replace")
        notes.append(f"the encoding {encoding} is not known: read as Windows-1252")
    except Exception as error:
        raise ProgsearchError(
            f"the Rich Text is damaged: {error}", remedy="save it anew, or as .docx"
        ) from error
    parts = list(_parts(plain.splitlines(), text))
    # A blank line between them, so that none is taken for a part of the one above.
    raw = plaintext.read("\n\n".join(part.text for part in parts), source.path)
    if not raw.blocks:
        raise ProgsearchError("the file is empty", remedy="write its text, or take it away")
    starts = line_starts(raw.text)
    blocks = [
        _told(block, parts[(line_of(starts, block.start) - 1) // 2].label) for block in raw.blocks
    ]
    lines = [number for part in parts for number in (part.number, part.number)]
    meta = dict(raw.meta)
    if (title := _TITLE.search(text)) and "title" not in meta:
        meta["title"] = title[1].strip()
    yield replace(
        raw, format="rtf", meta=meta, blocks=blocks, lines=lines, notes=[*notes, *raw.notes]
    )


class _Part(NamedTuple):
    """A paragraph, a row, or a cell that covers several rows, with the number of its paragraph."""

    text: str
    number: int
    label: str = ""


def _parts(paragraphs: Sequence[str], source: str) -> Iterator[_Part]:
    rows = [n for n, one in enumerate(paragraphs) if one.rstrip().endswith("|")]
    defined = [one.partition("\\trowd")[2] for one in _ROW_END.split(source)[:-1]]
    heads = [one.partition("\\cellx")[0] for one in defined]  # what is said of the first cell
    merged = dict(zip(rows, heads, strict=True)) if len(rows) == len(heads) else {}
    for place, text in enumerate(paragraphs):
        number = place + 1
        if not text.rstrip().endswith("|"):
            yield _Part(text, number)
            continue
        cells = [cell.strip() for cell in text.strip().removesuffix("|").split("|")]
        covers = "\\clvmgf" in merged.get(place, "") and cells[0] != ""
        covered = "\\clvmrg" in merged.get(place, "") and cells[0] == ""
        if covers:
            yield _Part(cells[0], number, "cell")
        label = "beside" if covers or covered else "row"
        yield _Part(" | ".join(cells[covers or covered :]), number, label)


def _told(block: Block, label: str) -> Block:
    """A block with what is known of it as a row, or as a cell beside several."""
    if label == "cell":
        return beside(block)
    if not label:
        return block
    level = BESIDE if label == "beside" else 0
    return replace(block, shape=Shape.PARAGRAPH, level=level, label="row")
