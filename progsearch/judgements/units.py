"""Where in an index the passages are that somebody coded, and how a theme ranks them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from progsearch.clause import Clause, FacetIn
from progsearch.engine.whole import SOME
from progsearch.judgements.coded import Coded
from progsearch.model import Document, Passage
from progsearch.search import Index

__all__ = ["Unit", "locate", "ranked"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A coded row and its passage in the index.

    ``part`` is the stretch of the passage that was coded, none for all of it. ``id`` names
    the unit among those of its theme. ``score`` is what the theme gives it, none when the
    theme does not find it.
    """

    row: Coded
    id: str
    passage: Passage
    part: tuple[int, int] | None = None
    score: float | None = None


def locate(rows: Iterable[Coded], index: Index) -> tuple[list[Unit], list[Coded]]:
    """The units of the rows, and the rows whose passage the index does not have.

    A text that is a part of a passage stands for that part.
    """
    finder = _Finder(index)
    found: list[Unit] = []
    lost: list[Coded] = []
    taken: dict[tuple[str, str], int] = {}
    for row in finder.together(rows):
        place = finder.place(row)
        if place is None:
            lost.append(row)
            continue
        passage, part = place
        again = taken.get((row.theme, passage.id), 0)
        taken[row.theme, passage.id] = again + 1
        found.append(Unit(row, passage.id + (f"+{again}" if again else ""), passage, part))
    return found, lost


def ranked(units: Sequence[Unit], clause: Clause, index: Index) -> list[Unit]:
    """The units of one theme with the scores that its clause gives them.

    Every coded passage counts, whatever its role. A part of a passage is found only if a
    term stands in it or in the headings above; it has the score of its passage.
    """
    documents = frozenset(unit.passage.document for unit in units)
    results = index.engine.search(clause, scope=FacetIn("document", documents), limit=None)
    scores = {passage.id: score for passage, score in results.hits}
    return [replace(unit, score=_score(unit, scores, clause, index)) for unit in units]


def _score(unit: Unit, scores: Mapping[str, float], clause: Clause, index: Index) -> float | None:
    score = scores.get(unit.passage.id)
    if score is None or unit.part is None:
        return score
    start, end = unit.part
    hit = index.hit(unit.passage, score, clause)
    inside = any(
        match.where != "text" or (match.start < end and match.end > start) for match in hit.matches
    )
    return score if inside else None


class _Finder:
    def __init__(self, index: Index) -> None:
        self._index = index
        self._documents = {document.path: document for document in index.engine.documents()}
        self._passages: dict[str, list[Passage]] = {}
        self._meant: dict[str, Document | None] = {}

    def together(self, rows: Iterable[Coded]) -> Iterator[Coded]:
        """The rows, with the passages of their documents got together."""
        waiting = iter(rows)
        while some := list(islice(waiting, SOME)):
            found = [self._document(row.file) for row in some if row.file and not row.id]
            named = [row.id.partition(".")[0] for row in some if row.id]
            self._index.engine.prefetch(passages=[*named, *(one.id for one in found if one)])
            yield from some

    def place(self, row: Coded) -> tuple[Passage, tuple[int, int] | None] | None:
        if row.id:
            passage = self._index.engine.passage(row.id)
            if passage:
                return passage, None
        document = self._document(row.file) if row.file else None
        if document is None:
            return None
        if document.id not in self._passages:
            self._passages[document.id] = self._index.engine.passages(document.id)
        passages = self._passages[document.id]
        return _by_text(row.text, passages) if row.text else _by_line(row.line, passages)

    def _document(self, file: str) -> Document | None:
        """The document of that path: in its corpus, as seen from here, or by its last parts."""
        if file in self._documents:
            return self._documents[file]
        if file not in self._meant:
            self._meant[file] = self._ending(file)
        return self._meant[file]

    def _ending(self, file: str) -> Document | None:
        clean = "/".join(part for part in file.split("/") if part not in ("", ".", ".."))
        ends = [
            document
            for path, document in self._documents.items()
            if f"/{path}".endswith(f"/{clean}") or f"/{clean}".endswith(f"/{path}")
        ]
        return ends[0] if len(ends) == 1 else None


def _by_line(line: int, passages: Sequence[Passage]) -> tuple[Passage, None] | None:
    here = [one for one in passages if one.line <= line <= one.end_line]
    here = here or [one for one in passages if any(a <= line <= b for a, b in one.also)]
    return (min(here, key=lambda one: one.end_line - one.line), None) if here else None


_MARKS = re.compile(r"[*_`#>\s]+")


def _by_text(
    text: str, passages: Sequence[Passage]
) -> tuple[Passage, tuple[int, int] | None] | None:
    wanted = _plain(text)
    for passage in passages:
        if _plain(passage.text) == wanted:
            return passage, None
    words = [re.escape(word) for word in _MARKS.split(text) if word]
    pattern = re.compile(r"[*_`#>\s]+".join(words))
    for passage in passages:
        inside = pattern.search(passage.text) if words else None
        if inside:
            return passage, inside.span()
    holds = [one for one in passages if _plain(one.text) and _plain(one.text) in wanted]
    return (max(holds, key=lambda one: len(one.text)), None) if holds else None


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(" ", text).split())
