"""The document-feature matrix: how often each lemma, or form, stands in each document."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO

from progsearch.classes import dataclass
from progsearch.clause import AllOf, Clause
from progsearch.concordance.items import Items
from progsearch.concordance.passages import texts_in
from progsearch.model import Document
from progsearch.scope import Filters, scope_of
from progsearch.search import Index

__all__ = ["Feature", "Matrix", "matrix"]

_IN_MEMORY = 1 << 24  # bytes of entries that need no file
_AT_ONCE = 1 << 16  # numbers that are read at a time


@dataclass(frozen=True, slots=True)
class Feature:
    """A column: a lemma or a form in a language, how often it stands, in how many documents."""

    lang: str
    word: str
    count: int
    documents: int

    @property
    def name(self) -> str:
        """Its name, that of no other: ``cs:vlak``."""
        return f"{self.lang}:{self.word}"


@dataclass(slots=True)
class Matrix:
    """Rows are documents by path, columns features by language and word.

    ``words`` has the words of each document, those that were left out among them. ``entries``
    can be asked for once.
    """

    documents: Sequence[Document]
    files: Sequence[str]
    words: Sequence[int]
    features: Sequence[Feature]
    size: int
    filters: Filters
    left_out: int
    _spool: IO[bytes]
    _rows: Mapping[int, int]
    _columns: Sequence[int]

    def entries(self) -> Iterator[tuple[int, int, int]]:
        """Row, column and count of what is not 0; rows and columns from 0, a row together."""
        self._spool.seek(0)
        while data := self._spool.read(4 * 3 * _AT_ONCE):
            numbers = array("I")
            numbers.frombytes(data)
            values = iter(numbers)
            for row, feature, count in zip(values, values, values, strict=True):
                column = self._columns[feature]
                if column >= 0:
                    yield self._rows[row], column, count

    def close(self) -> None:
        """Let go of the entries."""
        self._spool.close()


def matrix(
    index: Index,
    filters: Filters | None = None,
    *,
    clause: Clause | None = None,
    of: str = "lemma",
    minimum: int = 1,
    stop_words: bool = True,
) -> Matrix:
    """The matrix of the documents that filters let through, of the passages that match.

    A feature stands there ``minimum`` times in all; a document without any is a row of zeros.
    """
    items = Items(index, of)
    filters = (filters or Filters()).counting()
    scope = scope_of(filters, index.engine, index.summary)
    inside = scope.narrow if clause is None else AllOf((scope.narrow, clause))
    scope = replace(scope, clause=inside)
    there = index.engine.tally([], scope=scope.clause, by=("document",), once=None)
    left_out = index.engine.tally([], scope=scope.clause, by=(), once=scope.once).left_out
    documents = [one for one in index.engine.documents() if (one.id,) in there.scope]
    rows = {one.id: row for row, one in enumerate(documents)}
    taken: set[int] = set()
    words: Counter[int] = Counter()
    names: dict[tuple[str, str], int] = {}
    counts: Counter[int] = Counter()
    having: Counter[int] = Counter()
    spool: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed with the matrix
    now, met = -1, Counter[int]()

    def flush() -> None:
        for feature, count in met.items():
            counts[feature] += count
            having[feature] += 1
        found = array("I", (n for feature in sorted(met) for n in (now, feature, met[feature])))
        spool.write(found.tobytes())
        met.clear()

    for _, (lang, ident), keys in texts_in(index, scope, (), "lang", "document"):
        row = rows[ident]
        if row != now:
            flush()
            now = row
            taken.add(row)
        words[row] += len(keys)
        met.update(names.setdefault((lang, items.of(key)), len(names)) for key in keys)
    flush()
    kept = sorted(
        (lang, word, number)
        for (lang, word), number in names.items()
        if counts[number] >= minimum and (stop_words or word not in items.stops(lang))
    )
    columns = array("l", [-1]) * len(names)
    for column, (_, _, number) in enumerate(kept):
        columns[number] = column
    # A copy of a text that was taken is no row of zeros.
    order = sorted(taken)
    return Matrix(
        documents=[documents[row] for row in order],
        files=[index.file(documents[row].path) for row in order],
        words=[words[row] for row in order],
        features=[Feature(lang, word, counts[n], having[n]) for lang, word, n in kept],
        size=sum(having[number] for _, _, number in kept),
        filters=filters,
        left_out=left_out,
        _spool=spool,
        _rows={row: place for place, row in enumerate(order)},
        _columns=columns,
    )
