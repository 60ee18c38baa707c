"""The words of passages in their order, out of posting lists that have them by word.

Postings are read once, term by term, and put into bands of rows, each of which is sorted by
itself; what does not fit into memory waits in temporary files. So the time grows with the
postings, and the memory with a band.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.engine.masks import Mask
from progsearch.engine.parts import Part
from progsearch.engine.postings import positions

__all__ = ["texts_of"]

Group = tuple[str, ...]

_ROWS = 14  # bits: the rows of a band
_PLACE, _TERM = 24, 26  # bits of a position, and of the number of a term
_WAITING = 1 << 15  # postings of a band that are gathered before they are put aside
_IN_MEMORY = 1 << 20  # bytes of a band that need no file
_FIELD = "text"


def texts_of(part: Part, inside: Mask, by: Sequence[str]) -> Iterator[tuple[Group, list[str]]]:
    """For each row of a mask, the values of its facets ``by`` and its keys of forms, in order."""
    if 1 not in inside:
        return
    terms: list[str] = []
    bands = [_Band() for _ in range((part.size >> _ROWS) + 1)]
    try:
        for lang in part.of_passages("lang"):
            for term in part.lists.terms(_FIELD, f"{lang}=") if lang else ():
                _invert(part, term, len(terms), inside, bands)
                terms.append(term)
        groups = _groups(part, inside, by)
        for number, band in enumerate(bands):
            texts = band.texts(terms)
            first = number << _ROWS
            row = inside.find(1, first, first + (1 << _ROWS))
            while row >= 0:
                yield next(groups), texts.get(row - first, [])
                row = inside.find(1, row + 1, first + (1 << _ROWS))
    finally:
        for band in bands:
            band.close()


def _invert(part: Part, term: str, number: int, inside: Mask, bands: Sequence[_Band]) -> None:
    within = (1 << _ROWS) - 1
    rows = part.rows(_FIELD, term)
    for row, place in zip(rows, part.places(_FIELD, term), strict=True):
        if inside[row]:
            posting = (row & within) << (_PLACE + _TERM) | place << _TERM | number
            bands[row >> _ROWS].add(posting)
    for row, packed in part.repeats(_FIELD, term):
        if inside[row]:
            base = (row & within) << (_PLACE + _TERM) | number
            for place in positions(packed):
                bands[row >> _ROWS].add(base | place << _TERM)


class _Band:
    """Postings of some rows: of each the row, the position and the number of the term."""

    __slots__ = ("_aside", "_waiting")

    def __init__(self) -> None:
        self._waiting = array("Q")
        self._aside: IO[bytes] | None = None

    def add(self, posting: int) -> None:
        self._waiting.append(posting)
        # Gathered, so that the file is written to in large pieces.
        if len(self._waiting) >= _WAITING:
            if self._aside is None:
                self._aside = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close
            self._aside.write(self._waiting.tobytes())
            del self._waiting[:]

    def texts(self, terms: Sequence[str]) -> dict[int, list[str]]:
        """The terms of each row in order, by the row's place in the band."""
        found = array("Q")
        if self._aside is not None:
            self._aside.seek(0)
            found.frombytes(self._aside.read())
        found += self._waiting
        texts: dict[int, list[str]] = {}
        shift, mask = _PLACE + _TERM, (1 << _TERM) - 1
        for posting in sorted(found):
            row = posting >> shift
            text = texts.get(row)
            if text is None:
                text = texts[row] = []
            text.append(terms[posting & mask])
        self.close()
        return texts

    def close(self) -> None:
        """Let go of all of it."""
        self._waiting = array("Q")
        if self._aside is not None:
            self._aside.close()
            self._aside = None


def _groups(part: Part, inside: Mask, by: Sequence[str]) -> Iterator[Group]:
    """The values of the facets of each row of a mask."""
    columns: list[tuple[bool, Sequence[int], Sequence[str]]] = []
    for facet in by:
        if facet in PASSAGE_FACETS:
            numbers, names = part.lists.values(facet)
            columns.append((True, numbers, names))
        else:
            values = part.of_documents(facet)
            columns.append((False, range(len(values)), values))
    document = 0
    row = inside.find(1)
    while row >= 0:
        while row >= part.ends[document]:
            document += 1
        yield tuple(
            [
                names[numbers[row if of_passages else document]]
                for of_passages, numbers, names in columns
            ]
        )
        row = inside.find(1, row + 1)
