"""The Whoosh engine: one index holds passages, documents, the vocabulary and the state.

All of it changes together, with the commit of Whoosh's table of contents. A record is a
passage (``rec`` is ``p``), a document (``d``) or a part of the state (``s/…``). The vocabulary is a
field of terms on the document records, one term a form, so that it comes and goes with
the documents and a form is found by the term's beginning.
"""

from __future__ import annotations

import heapq
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh import fields, formats, index, query
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.matching import Matcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher
from whoosh.writing import LockError
from whoosh.writing import SegmentWriter as WhooshWriter

from progsearch.analysis import DictionaryLexicon, Entry, fold
from progsearch.clause import UNATTESTED, AllOf, Clause
from progsearch.engine import FACETS, Counts, Prepared, Results, Tally, Writer
from progsearch.engine.evaluation import Evaluation, inverse_frequency, posting_weight
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of
from progsearch.model import Document, Passage
from progsearch.records import document_from, document_record, passage_from, passage_record

__all__ = ["WhooshEngine", "discard", "open_index"]


UNKNOWN = "\x01"
"""Stands in the index for a facet without a value; Whoosh has no empty terms."""


SEP = "\x1f"
"""Between the keys of a form; tabs stand between the columns of its term."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEP)) if text else ()


def encode_positions(positions: Sequence[int]) -> bytes:
    """Positions as bytes, three each: no passage has 16 million words."""
    return b"".join([place.to_bytes(3, "big") for place in positions])


def decode_positions(packed: bytes) -> list[int]:
    """The positions that were packed."""
    starts = range(0, len(packed), 3)
    return [int.from_bytes(packed[at : at + 3], "big") for at in starts]


class Keys(fields.FieldType):  # type: ignore[misc]
    """A field that is given, for each position, the keys that stand there."""

    def __init__(self) -> None:
        self.format = formats.Positions()
        self.analyzer = None
        # Lengths are not used, but without their column Whoosh looks for its file at each posting.
        self.scorable = True
        self.stored = self.unique = False
        self.multitoken_query = "default"
        self.column_type = None
        self.vector = None

    def index(
        self, value: Sequence[Sequence[str]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of a text: key, frequency, BM25's weight, positions."""
        positions: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(value):
            for key in dict.fromkeys(keys):
                positions[key].append(place)
        words = len(value)
        for key, at in positions.items():
            weight = posting_weight(len(at), words)
            yield key.encode(), len(at), weight, encode_positions(at)


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field of ready terms, without positions or frequencies."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        # Lengths are not used, but without their column Whoosh looks for its file at each posting.
        self.scorable = True
        self.stored = self.unique = False
        self.multitoken_query = "default"
        self.column_type = None
        self.vector = None

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """One posting a term."""
        for term in value:
            yield term.encode(), 1, 1.0, b""


def _schema() -> fields.Schema:
    facets = {
        name: fields.ID(sortable=VarBytesColumn() if name == "document" else RefBytesColumn())
        for name in FACETS
    }
    return fields.Schema(
        rec=fields.ID(),
        passage=fields.ID(),
        text=Keys(),
        headings=Keys(),
        vocabulary=Terms(),
        days=fields.ID(),
        words=fields.COLUMN(NumericColumn("i")),
        number=fields.COLUMN(NumericColumn("i")),
        data=fields.STORED(),
        **facets,
    )


def _packed(record: Mapping[str, object]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


_OURS = re.compile(r"_?MAIN_.*\.(toc|seg|trm|pst|vps|col)|MAIN_WRITELOCK|_MAIN_\d+\.toc")


class WhooshVocabulary:
    """The vocabulary of an open index; dictionaries are asked only for what it has never seen."""

    def __init__(self, engine: WhooshEngine) -> None:
        self._engine = engine
        self._fallback = DictionaryLexicon(compounds=False)
        self._cache: dict[tuple[str, str], Entry | None] = {}

    def _forms(self, lang: str, beginning: str) -> Iterator[tuple[str, Entry]]:
        reader = self._engine.searcher.reader()
        for term in reader.expand_prefix("vocabulary", f"{lang}\t{beginning}"):
            _, _, form, keys, parts, step = term.decode().split("\t")
            yield form, Entry(_list(keys), _list(parts), step)

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form."""
        place = (lang, form)
        if place not in self._cache:
            found = [entry for _, entry in self._forms(lang, f"{fold(form)}\t{form}\t")]
            self._cache[place] = min(found, key=lambda one: one.step == UNATTESTED, default=None)
        return self._cache[place]

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else what the dictionaries say."""
        return self.known(form, lang) or self._fallback.entry(form, lang)

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` without accents."""
        return self._forms(lang, f"{folded}\t")

    def starting(self, folded: str, lang: str) -> Iterable[str]:
        """The forms that start so without accents."""
        return (form for form, _ in self._forms(lang, folded))


class _Part:
    """The posting lists of one segment."""

    def __init__(self, reader: IndexReader, offset: int) -> None:
        self.reader = reader
        self.offset = offset
        self._facets: dict[tuple[str, str], set[int]] = {}

    def _matcher(self, field: str, term: str) -> Matcher:
        found = term.encode()
        return self.reader.postings(field, found) if (field, found) in self.reader else None

    def ids(self, field: str, key: str) -> Iterable[int]:
        matcher = self._matcher(field, key)
        return matcher.all_ids() if matcher else ()

    def weights(self, field: str, key: str) -> Iterable[tuple[int, float]]:
        matcher = self._matcher(field, key)
        while matcher and matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()

    def positions(self, field: str, key: str) -> Iterable[tuple[int, Sequence[int]]]:
        matcher = self._matcher(field, key)
        while matcher and matcher.is_active():
            yield matcher.id(), decode_positions(matcher.value())
            matcher.next()

    def facet(self, field: str, value: str) -> set[int]:
        place = (field, value)
        if place not in self._facets:
            found = set(self.ids(field, value or UNKNOWN))
            # Documents carry their own id as a facet, too, for their removal.
            self._facets[place] = found & self.every() if field == "document" else found
        return self._facets[place]

    def dated(self, since: int, until: int) -> set[int]:
        found: set[int] = set()
        for term in self.reader.lexicon("days"):
            first, _, last = term.decode().partition(" ")
            if int(last) >= since and int(first) <= until:
                found.update(self.ids("days", term.decode()))
        return found

    def every(self) -> set[int]:
        place = ("rec", "p")
        if place not in self._facets:
            self._facets[place] = set(self.ids(*place))
        return self._facets[place]

    def rows(self, by: Sequence[str]) -> Callable[[int], tuple[tuple[bytes, ...], bytes, int]]:
        """What is counted of a passage: its group, its document and its words."""
        columns = [self.reader.column_reader(name, translate=False) for name in by]
        documents = self.reader.column_reader("document", translate=False)
        words = self.reader.column_reader("words")
        return lambda at: (tuple([column[at] for column in columns]), documents[at], words[at])


class WhooshEngine:
    """An index in a folder, as Whoosh keeps it."""

    def __init__(self, storage: index.FileIndex) -> None:
        self._index = storage
        self._documents: dict[str, Document | None] = {}

    @cached_property
    def searcher(self) -> Searcher:
        """The index as it was when first looked at."""
        return self._index.searcher()

    def state(self, part: str) -> Mapping[str, Any]:
        """A part of what the last commit was given."""
        return next(self._stored(query.Term("rec", f"s/{part}")), {})

    def values(self, facet: str) -> list[str]:
        """The values of a facet that passages have, or had lately."""
        terms = self.searcher.reader().lexicon(facet)
        return [term.decode() for term in terms if term != UNKNOWN.encode()]

    @cached_property
    def vocabulary(self) -> WhooshVocabulary:
        """The forms that the index holds."""
        return WhooshVocabulary(self)

    def _stored(self, wanted: query.Query) -> Iterator[dict[str, Any]]:
        for number in self.searcher.docs_for_query(wanted):
            yield json.loads(self.searcher.stored_fields(number)["data"])

    def documents(self) -> Iterator[Document]:
        """All documents, by path."""
        found = map(document_from, self._stored(query.Term("rec", "d")))
        return iter(sorted(found, key=lambda document: document.path))

    def document(self, document: str) -> Document | None:
        """The document with that id."""
        if document not in self._documents:
            wanted = query.And([query.Term("document", document), query.Term("rec", "d")])
            found = next(self._stored(wanted), None)
            self._documents[document] = document_from(found) if found else None
        return self._documents[document]

    def passages(self, document: str) -> list[Passage]:
        """The passages of a document, in the order of the source."""
        wanted = query.And([query.Term("document", document), query.Term("rec", "p")])
        return sorted(map(passage_from, self._stored(wanted)), key=lambda one: one.number)

    def passage(self, passage: str) -> Passage | None:
        """The passage with that id."""
        found = next(self._stored(query.Term("passage", passage)), None)
        return passage_from(found) if found else None

    def _passage_at(self, number: int) -> Passage:
        return passage_from(json.loads(self.searcher.stored_fields(number)["data"]))

    @cached_property
    def _parts(self) -> list[_Part]:
        return [_Part(leaf, offset) for leaf, offset in self.searcher.reader().leaf_readers()]

    @cached_property
    def _size(self) -> int:
        return sum(len(part.every()) for part in self._parts)

    def _evaluations(self) -> Iterator[tuple[_Part, Evaluation]]:
        reader = self.searcher.reader()

        def rarity(field: str, key: str, found: int) -> float:
            found = max(found, reader.doc_frequency(field, key.encode()))
            return inverse_frequency(self._size, min(found, self._size))

        for part in self._parts:
            yield part, Evaluation(part, rarity)

    def search(
        self, clause: Clause, *, scope: Clause, limit: int | None, ranked: bool = True
    ) -> Results:
        """The passages that match both clauses."""
        if not ranked:
            return self._in_order(AllOf((clause, scope)), limit)
        found: list[tuple[float, int]] = []
        for part, evaluation in self._evaluations():
            inside = evaluation.ids(scope)
            scores = evaluation.scores(clause)
            found += [(-s, part.offset + at) for at, s in scores.items() if at in inside]
        best = heapq.nsmallest(limit, found) if limit is not None else sorted(found)
        return Results([(self._passage_at(at), -score) for score, at in best], len(found))

    def _in_order(self, clause: Clause, limit: int | None) -> Results:
        paths: dict[bytes, str] = {}
        found: list[tuple[str, int, int]] = []
        for part, evaluation in self._evaluations():
            inside = evaluation.ids(clause)
            if not inside:
                continue
            documents = part.reader.column_reader("document", translate=False)
            numbers = part.reader.column_reader("number")
            for at in inside:
                key = documents[at]
                if key not in paths:
                    document = self.document(key.decode())
                    paths[key] = document.path if document else ""
                found.append((paths[key], numbers[at], part.offset + at))
        first = heapq.nsmallest(limit, found) if limit is not None else sorted(found)
        return Results([(self._passage_at(at), 0.0) for _, _, at in first], len(found))

    def tally(self, clauses: Sequence[Clause], *, scope: Clause, by: Sequence[str]) -> Tally:
        """Counts of all groups of all clauses; the facets are read once for all of them."""
        counters = [_Counter() for _ in range(len(clauses) + 1)]
        for part, evaluation in self._evaluations():
            inside = evaluation.ids(scope)
            if not inside:
                continue
            row = part.rows(by)
            rows = {at: row(at) for at in inside}
            counters[0].add(rows.values())
            for counter, clause in zip(counters[1:], clauses, strict=True):
                counter.add(rows[at] for at in evaluation.ids(clause) & inside)
        summed = [counter.counts() for counter in counters]
        return Tally(summed[0], summed[1:])

    def close(self) -> None:
        """Let go of the index's files."""
        if "searcher" in self.__dict__:
            self.searcher.close()
        self._index.close()

    def _forget(self) -> None:
        for name in ("searcher", "vocabulary", "_parts", "_size"):
            value = self.__dict__.pop(name, None)
            if name == "searcher" and value is not None:
                value.close()
        self._documents.clear()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer; a second one is refused."""
        try:
            inner = self._index.writer(limitmb=256)
        except LockError:
            raise ProgsearchError(
                "another ingest is writing to this index",
                where=str(self._index.storage.folder),
                remedy="wait until it is done",
            ) from None
        writer = _Writer(inner, self._index.is_empty())
        try:
            yield writer
        finally:
            writer.cancel()
            self._forget()


class _Counter:
    """Counts by group while passages go by."""

    def __init__(self) -> None:
        self._passages: dict[tuple[bytes, ...], int] = defaultdict(int)
        self._words: dict[tuple[bytes, ...], int] = defaultdict(int)
        self._documents: dict[tuple[bytes, ...], set[bytes]] = defaultdict(set)

    def add(self, rows: Iterable[tuple[tuple[bytes, ...], bytes, int]]) -> None:
        for group, document, words in rows:
            self._passages[group] += 1
            self._words[group] += words
            self._documents[group].add(document)

    def counts(self) -> dict[tuple[str, ...], Counts]:
        return {
            tuple("" if part == UNKNOWN.encode() else part.decode() for part in group): Counts(
                passages, len(self._documents[group]), self._words[group]
            )
            for group, passages in self._passages.items()
        }


class _Writer:
    def __init__(self, inner: WhooshWriter, empty: bool) -> None:
        self._inner = inner
        self._empty = empty
        self._open = True

    def add(self, prepared: Prepared) -> None:
        document = prepared.document
        self.remove(document.id)
        vocabulary = {
            "\t".join((lang, fold(form), form, SEP.join(e.keys), SEP.join(e.parts), e.step))
            for (lang, form), e in prepared.forms.items()
        }
        self._inner.add_document(
            rec="d",
            document=document.id,
            vocabulary=vocabulary,
            data=_packed(document_record(document)),
        )
        for passage, posting in zip(prepared.passages, prepared.postings, strict=True):
            facets = facets_of(document, passage)
            first, last = facets.first_day, facets.last_day
            self._inner.add_document(
                rec="p",
                passage=passage.id,
                text=posting.text,
                headings=posting.headings,
                words=posting.words,
                number=passage.number,
                data=_packed(passage_record(passage)),
                days=f"{first} {last}" if first else None,
                **{name: facets.value(name) or UNKNOWN for name in FACETS},
            )

    def remove(self, document: str) -> None:
        if not self._empty:
            self._inner.delete_by_term("document", document)

    def commit(self, state: Mapping[str, Mapping[str, object]]) -> None:
        for part, record in state.items():
            if not self._empty:
                self._inner.delete_by_term("rec", f"s/{part}")
            self._inner.add_document(rec=f"s/{part}", data=_packed(record))
        self._inner.commit()
        self._open = False

    def cancel(self) -> None:
        if self._open:
            self._open = False
            self._inner.cancel()


def open_index(folder: Path, create: bool) -> WhooshEngine:
    """Open the index in a folder; ``create`` begins an empty one when there is none.

    Raises ProgsearchError when there is none to open.
    """
    where = str(folder)
    if index.exists_in(where):
        return WhooshEngine(index.open_dir(where))
    if not create:
        raise ProgsearchError(
            "there is no index here", where=where, remedy="run: progsearch ingest PATH"
        )
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
    return WhooshEngine(index.create_in(where, _schema()))


def discard(folder: Path) -> None:
    """Take away Whoosh's files in a folder."""
    for file in folder.iterdir():
        if file.is_file() and _OURS.fullmatch(file.name):
            file.unlink()
