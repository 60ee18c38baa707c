r"""Running heads of pages that form feeds (``\f``) part, as pdftotext writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from progsearch.blocks.lines import Line
from progsearch.blocks.sentences import ends_sentence
from progsearch.blocks.wording import simplified
from progsearch.facts.pagewords import is_page_number, without_page_number

__all__ = ["running_heads"]

MIN_PAGES = 2
"""So many pages must begin with the same line."""
MAX_LETTERS = 80
MAX_WORDS = 10
MAX_LINE = 240
"""Characters of a line, with the blanks before the number of its page."""
_DIGIT = re.compile(r"\d")
_PAGE_NUMBER = re.compile(
    r"^\d{1,4}(?:\s*+[|·–—-]\s*|\s{2,})|(?<!\s)(?:\s{0,80}+[|·–—-]\s{0,80}|\s{2,80})\d{1,4}$"
)


def running_heads(source: str, lines: Sequence[Line]) -> set[int]:
    """The numbers of the lines that say the number of their page with a word for it, and of those
    that pages begin with again and again, but for the numbers of the pages. The first of these is
    one only where its text stands above it, too: it may be the heading that the others repeat."""
    paged = {number for number, line in enumerate(lines) if line.text and _has_page(line.text)}
    if "\f" not in source:
        return paged
    said = [number for number, line in enumerate(lines) if line.text]
    first = {
        number
        for before, number in pairwise(said)
        if "\f" in source[lines[before].end : lines[number].start]
    }
    names: dict[str, list[int]] = {}
    above: set[str] = set()
    known: set[str] = set()  # that stand above the first page that begins with them
    for number in said:
        name = _name(lines[number].text)
        if number in first and name:
            if name in above and name not in names:
                known.add(name)
            names.setdefault(name, []).append(number)
        above.add(name)
    return paged | {
        number
        for name, numbers in names.items()
        if len(numbers) >= MIN_PAGES
        for number in numbers[0 if name in known else 1 :]
    }


def _has_page(text: str) -> bool:
    if len(text) > MAX_LINE or text.startswith("|") or not _DIGIT.search(text):
        return False
    bare = without_page_number(text)
    beside = bare != text and len(bare.split()) <= MAX_WORDS and not ends_sentence(bare)
    return beside or is_page_number(text)


def _name(text: str) -> str:
    """What a line says but for the number of its page; nothing where it is no running head."""
    if len(text) > MAX_LETTERS or ends_sentence(text):
        return ""
    name = _PAGE_NUMBER.sub("", text)
    # Not simplified where that would make one of "Part 1" and "Part 2".
    return f"{simplified(name)} {' '.join(re.findall(r'[0-9]+', name))}" if simplified(name) else ""
