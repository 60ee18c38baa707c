"""What the cells of a row state of a promise, by what stands above their columns.

A report prints its promises as rows: *promise | status*, *promise | kept | partly | broken* with
a cross in one of them, *promise | kept?* with *yes* and *no*; or as columns, one for each status,
with the promises below. What the cells of other columns say is not what became of the promise: what
is planned, what others think, which party has promised it, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from progsearch.promises.signs import Stated, is_sign, of_sign
from progsearch.promises.vocabulary import KEPT, SHARE, WHOLE, Vocabulary

__all__ = ["Head", "has_column", "heads_of", "in_cells", "status_columns"]

_EDGES = " \t\u00a0:;.,!–—-/()[]{}_>\ufe0f"
_CROSSES = frozenset("xX×●•✓✔✗✘✕✖☒☑")
"""Signs that choose one of several columns, whatever they say elsewhere."""
_ASIDE = re.compile(r"\((?=[^()\d]{0,40}\d)[^()]{0,40}+\)")
_DATES = re.compile(rf"{_ASIDE.pattern}|\d[\d.,/–-]*+|%")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHARE = re.compile(rf"(?<![\d.,/])(?!100(?:[.,]0+)?\s?%)(?:{SHARE})")
MIN_PROMISE_WORDS = 3
"""Below a head that is a status stand an answer, or as many words of a promise."""
MAX_OPEN_WORDS = 5
"""More words below a head that asks for a status tell of something else."""
MAX_LITTLE = 3
"""A word beside that which introduces a status has not more letters (*Stav k 31. 12.*)."""


def has_column(heads: Sequence[Head]) -> bool:
    """Whether a table has a column for what became of its promises."""
    return any(one.known and one.text for one in heads)


def heads_of(
    headings: Sequence[str], words: Vocabulary | None, legend: Mapping[str, str]
) -> list[Head]:
    """The columns of the innermost heading that is the head of a table; none without one."""
    head = next((one for one in reversed(headings) if "|" in one), "")
    return [Head(one, words, legend) for one in head.split("|")] if head else []


def status_columns(
    rows: Iterable[str],
    headings: Sequence[str],
    words: Vocabulary | None,
    legend: Mapping[str, str],
) -> frozenset[int]:
    """The columns of a table in which one of its rows says what became of a promise."""
    heads = heads_of(headings, words, legend)
    found = set()
    for row in rows:
        cells = [cell.strip() for cell in row.split("|")]
        found |= {
            at
            for at, (head, cell) in enumerate(zip(heads, cells, strict=False))
            if _is_said(head, cell, words, legend)
        }
    return frozenset(found)


def _is_said(head: Head, cell: str, words: Vocabulary | None, legend: Mapping[str, str]) -> bool:
    """Whether a cell says what became of a promise, and be it nothing that is known."""
    if head.known and (is_sign(cell) or cell.casefold() in legend):
        return True
    bare = _DATES.sub("", cell).strip(_EDGES)
    return bool(words and words.is_spoken.fullmatch(bare))


def in_cells(
    text: str,
    heads: Sequence[Head],
    words: Vocabulary | None,
    legend: Mapping[str, str],
    told: Collection[int] = (),
) -> Iterator[Stated]:
    """The statuses that a row states, below the ``heads`` of its table.

    Where the head is of statuses only, each is that of the promise in its ``cell``. ``told`` are
    columns of the table that have statuses: of several, as of several years, none is taken for
    another that is empty in this row, or says nothing that is known; there the status is empty.
    """
    cells = [cell.strip() for cell in text.split("|")]
    if len(cells) > len(heads) > 0:
        return  # which column is which is not told
    cells += [""] * (len(heads) - len(cells))
    columns = list(zip(heads or [Head("", words, legend)] * len(cells), cells, strict=True))
    if heads and all(one.status for one in heads) and len({one.status for one in heads}) > 1:
        for one, cell in columns:
            if len(cell.split()) >= MIN_PROMISE_WORDS:
                yield Stated(one.status, one.text, cell=cell)
        return
    if words and any(_names_others(cell, words) for cell in cells):
        return
    several = sum(one.status != "" for one in heads) > 1
    chosen = [one for one, cell in columns if several and one.status and cell in _CROSSES]
    if several and len(chosen) == 1:
        yield Stated(chosen[0].status, chosen[0].text)
        return
    asked = {
        at
        for at, (one, cell) in enumerate(columns)
        if one.asks or (one.opinion and (at in told or _is_said(one, cell, words, legend)))
    }
    if any(columns[at][0].dated for at in asked):
        asked |= {at for at, (one, _) in enumerate(columns) if one.dated}
    found = [list(_in_cell(one, cell, words, legend, several=several)) for one, cell in columns]
    answered = [one for at, (one, _) in enumerate(columns) if at in asked and found[at]]
    for at, (one, cell) in enumerate(columns):
        yield from found[at]
        bare = _DATES.sub("", cell).strip(_EDGES)
        spoken = bool(words and words.is_open.fullmatch(bare))
        left = spoken or (at in asked and _is_open(cell, asked))
        if left and not found[at] and not one.foreign and not any(map(one.is_behind, answered)):
            yield Stated("", _quote(one, cell or "–"))


def _is_open(cell: str, asked: Collection[int]) -> bool:
    """Whether what became of a promise is left open in a cell where that is asked for: it has
    other words, or there are other such columns."""
    return len(asked) > 1 or 0 < len(cell.split()) <= MAX_OPEN_WORDS


def _quote(head: Head, cell: str) -> str:
    return f"{head.text}: {cell}" if head.text else cell


def _names_others(cell: str, words: Vocabulary) -> bool:
    """Whether a short cell says whose opinion a row is."""
    return len(cell.split()) < MIN_PROMISE_WORDS and words.says.search(cell) is not None


def _in_cell(
    head: Head,
    cell: str,
    words: Vocabulary | None,
    legend: Mapping[str, str],
    *,
    several: bool,
) -> Iterator[Stated]:
    if not cell or head.foreign:
        return
    quote = _quote(head, cell)
    if is_sign(cell) or cell.casefold() in legend:
        status = of_sign(cell, legend)
        if head.status and status:
            yes = status == KEPT
            status = head.status if yes else "" if several or head.status != KEPT else status
        if status and head.known:
            said = bool(head.status) or cell.casefold() in legend
            yield Stated(status, quote, sign=not said)
        return
    if words is None:
        return
    bare = _DATES.sub("", cell).strip(_EDGES)
    if head.status:
        status = words.answered(head.status, bare)
        if status and not (several and status != head.status):
            yield Stated(status, quote)
            return
    signs = [char for char in bare if is_sign(char)]
    spoken = "".join(char for char in bare if char not in signs).strip(_EDGES)
    status = words.status(spoken) if words.is_phrase.fullmatch(spoken) else ""
    turned = _SHARE.search(cell) or any(words.turns(aside) for aside in _ASIDE.findall(cell))
    if status in WHOLE and turned:
        return
    if status and {of_sign(sign, legend) for sign in signs} <= {status}:
        yield Stated(status, quote)


class Head:
    """What stands above a column: a ``status`` by itself, or what introduces one; or something
    ``foreign``, below which nothing is stated. It ``asks`` for a status if it names nothing else
    (*Status 2021*, *Our verdict*), may be an ``opinion`` if it has words or is ``dated``."""

    def __init__(self, text: str, words: Vocabulary | None, legend: Mapping[str, str]) -> None:
        self.text = text.strip()
        bare = _DATES.sub("", self.text)
        if words:  # "Kept? (yes/no)"
            bare = words.lists_answers.sub("", bare)
        bare = bare.strip(_EDGES + "?")
        self.status = of_sign(bare, legend) if is_sign(bare) else ""
        introduces = not bare
        if words and words.is_phrase.fullmatch(bare):
            self.status = words.status(bare)
        elif words:
            told = words.begins_introducing.match(bare)
            rest = bare[told.end() :] if told else "–" * (MAX_LITTLE + 1)
            introduces = introduces or all(len(word) <= MAX_LITTLE for word in rest.split())
            rest = rest.strip(_EDGES + "?")
            if told and words.is_phrase.fullmatch(rest):
                self.status = words.status(rest)  # a head of two rows
        self.known = bool(self.status) or introduces
        self.foreign = not self.known and bool(words and words.foreign.search(bare))
        self.opinion = bool(self.text) and not self.status and not self.foreign
        self.dated = self.opinion and not bare
        ends = words is not None and words.ends_introducing.fullmatch(bare) is not None
        self.asks = self.opinion and not self.dated and (self.known or ends)
        self.year = max(map(int, _YEAR.findall(self.text)), default=0)

    def is_behind(self, other: Head) -> bool:
        """Whether another column has the same head, or that of a later year."""
        return self.text == other.text or 0 < self.year < other.year
