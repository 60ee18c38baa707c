"""How well pages of PDF are read, by blocks that somebody read by eye.

A folder of gold has ``NAME.pdf`` and ``NAME.gold.jsonl``, a block a line: ``page``, ``n`` (its
place in the order), ``kind``, ``first`` and ``last`` (some of its words), and ``cut`` where it
goes over the edge of the page. A block is found when one passage begins and ends with its
first and last three words. Words are torn that neither of two other programmes has anywhere in
the file (pdftotext and mutool, where they are installed).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

from progsearch import readers
from progsearch.model import ASIDE_ROLES, Fact, Origin, Passage, RawDocument, Role
from progsearch.segmentation import segment

TEXT = frozenset(("paragraph", "item", "table-row", "pull-quote"))
PAGE = frozenset(("furniture", "contents", "index", "imprint"))
EDGE_WORDS = 3
_ASIDES = ASIDE_ROLES - {Role.REPETITION}
"""What the eye tells from text on a page; that it has read it before, it does not say."""
HEADER = ("file", "torn in 10,000", "blocks F1", "headings F1", "lost", "false text", "order", "s")

_WORD = re.compile(r"\w+")
_HYPHEN = re.compile(r"(\w)[-\u2010\u00ad]\s*\n\s*(?=[^\W\d_])")


@dataclass(slots=True)
class Score:
    """Counts, to be added up over files."""

    counts: Counter[str]
    seconds: float = 0.0

    def cells(self, name: str) -> tuple[str, ...]:
        """The cells of a row of the table."""
        n = self.counts
        return (
            name,
            f"{1e4 * n['torn'] / n['words']:.1f}" if n["words"] else "–",
            f"{_f1(n['found'], n['blocks'], n['told']):.3f}",
            f"{_f1(n['heads found'], n['heads'], n['heads told']):.3f}",
            f"{n['lost']} of {n['blocks']}",
            f"{n['false']} of {n['of pages']}",
            f"{n['turned']} of {n['pairs']}",
            f"{self.seconds:.1f}",
        )


def table(folder: Path) -> Iterator[str]:
    """The table of a folder, a row a file, and one for all."""
    yield "| " + " | ".join(HEADER) + " |"
    yield "| --- |" + " ---: |" * (len(HEADER) - 1)
    total = Score(Counter())
    for gold in sorted(folder.glob("*.gold.jsonl")):
        name = gold.name.removesuffix(".gold.jsonl")
        one = scored(folder / f"{name}.pdf", gold)
        total.counts += one.counts
        total.seconds += one.seconds
        yield "| " + " | ".join(one.cells(name)) + " |"
    yield "| " + " | ".join(total.cells("all")) + " |"


def scored(file: Path, gold: Path) -> Score:
    """What is right and wrong about one file."""
    begun = process_time()
    (raw,) = (one for one in readers.read_all(file.name, file.read_bytes()) if _is_raw(one))
    assert isinstance(raw, RawDocument)
    title = str(raw.meta.get("title", ""))
    found = segment(raw, "d", title=title, lang=Fact("und", Origin.INFERRED)).passages
    score = Score(Counter(), process_time() - begun)
    known = _known(file)
    if known:
        words = [word for one in found for word in words_of(one.text) if word.isalpha()]
        score.counts["words"] = len(words)
        score.counts["torn"] = sum(word not in known for word in words)
    blocks = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    for page in sorted({block["page"] for block in blocks}):
        here = sorted((b for b in blocks if b["page"] == page), key=lambda block: block["n"])
        score.counts += _page(here, page, found)
    return score


def _is_raw(one: object) -> bool:
    return isinstance(one, RawDocument)


def _page(blocks: Sequence[Mapping[str, Any]], page: int, found: Sequence[Passage]) -> Counter[str]:
    n = Counter[str]()
    here = [one for one in found if one.page == page]
    # What goes on from the page before begins there.
    here = [*[one for one in found if one.page < page][-1:], *here]
    words = {one.number: words_of(one.text) for one in here}
    free = {one.number: one for one in here}
    used_text: set[int] = set()
    places: list[tuple[int, int]] = []
    for block in blocks:
        first = words_of(block["first"])[:EDGE_WORDS]
        last = words_of(block["last"])[-EDGE_WORDS:]
        if not first:
            continue
        same = [
            one for one in free.values() if _same(words[one.number], first, last, block.get("cut"))
        ]
        texts = [one for one in same if one.role not in _ASIDES]
        asides = [one for one in same if one.role in _ASIDES]
        inside = [
            one
            for one in here
            if one.role not in _ASIDES and _inside(words[one.number], first) >= 0
        ]
        kind = block["kind"]
        taken: list[Passage] = []
        if kind in TEXT:
            taken = texts[:1]
            n["blocks"] += 1
            n["found"] += bool(texts)
            n["lost"] += bool(asides and not texts)
            used_text.update(one.number for one in taken)
        elif kind == "heading":
            taken = asides[:1]
            n["heads"] += 1
            n["heads found"] += bool(asides)
        elif kind in PAGE:
            n["of pages"] += 1
            n["false"] += bool(inside and len(first) > 1)
        for one in taken:
            free.pop(one.number, None)
        at = (taken or texts or asides or inside)[:1]
        if at and (kind in TEXT or kind == "heading"):
            places.append((at[0].number, _inside(words[at[0].number], first)))
    own = [one for one in here if one.page == page]
    n["told"] = len(used_text | {one.number for one in own if one.role not in _ASIDES})
    n["heads told"] = sum(one.role is Role.HEADING for one in own)
    n["pairs"] = max(0, len(places) - 1)
    n["turned"] = sum(before > after for before, after in pairwise(places))
    return n


def _same(words: Sequence[str], first: Sequence[str], last: Sequence[str], cut: object) -> bool:
    begins = cut == "top" or words[: len(first)] == first
    return begins and (cut == "bottom" or words[-len(last) :] == last)


def _inside(words: Sequence[str], first: Sequence[str]) -> int:
    """Where these words stand among the others; -1 where they do not."""
    size = len(first)
    places = (at for at in range(len(words) - size + 1) if words[at : at + size] == first)
    return next(places, -1)


def words_of(text: str) -> list[str]:
    """The words of a text with those whole that a hyphen broke at a line's end."""
    text = unicodedata.normalize("NFKC", _HYPHEN.sub(r"\1", text))
    return _WORD.findall(text.casefold())


def _known(file: Path) -> set[str]:
    """All words that two other programmes find in a file; none when they are missing."""
    found: set[str] = set()
    for command in (
        ["pdftotext", str(file), "-"],
        ["mutool", "draw", "-q", "-F", "text", str(file)],
    ):
        if shutil.which(command[0]) is None:
            return set()
        done = subprocess.run(command, capture_output=True, check=False)
        found.update(words_of(done.stdout.decode("utf-8", "replace")))
    return found


def _f1(hits: int, gold: int, told: int) -> float:
    return 2 * hits / (gold + told) if gold + told else 1.0
