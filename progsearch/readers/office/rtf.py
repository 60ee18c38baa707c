"""Rich Text Format: the paragraphs, as striprtf tells them from the commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from progsearch.blocks.lines import line_of, line_starts
from progsearch.errors import ProgsearchError
from progsearch.model import RawDocument, Shape
from progsearch.readers.source import Source, library
from progsearch.readers.text import plaintext

__all__ = ["read", "sniff"]

_TITLE = re.compile(r"\{\\title ([^{}\\]{1,300})\}")
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
    paragraphs = plain.splitlines()
    rows = {n for n, one in enumerate(paragraphs) if one.rstrip().endswith("|")}
    for number in rows:
        cells = paragraphs[number].strip().removesuffix("|").split("|")
        paragraphs[number] = " | ".join(cell.strip() for cell in cells)
    # A blank line between them, so that none is taken for a part of the one above.
    raw = plaintext.read("\n\n".join(paragraphs), source.path)
    if not raw.blocks:
        raise ProgsearchError("the file is empty", remedy="write its text, or take it away")
    starts = line_starts(raw.text)
    blocks = [
        replace(block, shape=Shape.PARAGRAPH, level=0, label="row")
        if (line_of(starts, block.start) - 1) // 2 in rows
        else block
        for block in raw.blocks
    ]
    lines = [number for n in range(1, len(paragraphs) + 1) for number in (n, n)]
    meta = dict(raw.meta)
    if (title := _TITLE.search(text)) and "title" not in meta:
        meta["title"] = title[1].strip()
    yield replace(
        raw, format="rtf", meta=meta, blocks=blocks, lines=lines, notes=[*notes, *raw.notes]
    )
