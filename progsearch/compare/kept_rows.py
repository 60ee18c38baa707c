"""The words of an index's passages as rows of numbers, kept between runs.

To cut 30,000 passages into words takes most of the time in which they are counted. So what was
cut is kept (:mod:`progsearch.kept`) for that very state of the index and the same rules: for each
language its words by number, and the rows of stretches. A stretch is all that a document has in
one language, role, commitment and label; whatever is asked for, and by whatever groups, it is
mostly whole ones.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, pairwise
from sys import byteorder

from progsearch import kept
from progsearch.clause import All, AllOf, Clause, FacetIn
from progsearch.compare.kept_counts import Counted, counts_from, counts_told
from progsearch.compare.numbered import BREAK, Numbered, Row, array_of
from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.matching import passage_facets
from progsearch.search import Index

__all__ = ["FACETS", "LANG", "KeptRows", "Stretch"]

FACETS = ("document", *PASSAGE_FACETS)
"""What all passages of a stretch have in common."""

Stretch = tuple[str, ...]
"""Values of :data:`FACETS`."""

LANG = FACETS.index("lang")
"""Where the language is among them."""
_NAMED = 1000
"""Documents that are asked for by name; where more are wanted, all of a scope is looked at."""
_HEAD = 1000  # bytes in which the sizes of parts stand
_COUNTS = 8
"""Files of counts of a language at most: one that falls on another is kept instead of it."""
_WORTH = 20
"""What is new is kept if it is one word of so many."""


class _Rows:
    """The stretches of a language, one row behind the other."""

    def __init__(self, words: Numbered) -> None:
        self.words = words
        self.row: Row = array("I")
        self.places: dict[Stretch, tuple[int, int, int, int]] = {}
        """Where each begins and ends, and how many words and passages it has."""
        self.parts: set[Stretch] = set()
        """Those of which the index has more than was put here."""
        self.fresh = 0

    def has(self, stretch: Stretch, passages: int) -> bool:
        """Whether just so many passages of a stretch are here."""
        found = self.places.get(stretch)
        return found is not None and found[3] == passages

    def put(self, stretch: Stretch, row: Row, passages: int, *, whole: bool) -> None:
        """Add a stretch."""
        begin = len(self.row)
        self.row.extend(row)
        self.places[stretch] = begin, len(self.row), len(row) - row.count(BREAK), passages
        if whole:
            self.fresh += len(row)
        else:
            self.parts.add(stretch)

    def joined(self, stretches: Iterable[Stretch]) -> Row:
        """The rows of stretches as one."""
        found: Row = array("I")
        for begin, end, *_ in map(self.places.__getitem__, stretches):
            found += self.row[begin:end]
        return found

    def told(self) -> bytes:
        """All whole stretches as bytes, for :meth:`restore`."""
        whole = [one for one in self.places if one not in self.parts]
        row = self.row if len(whole) == len(self.places) else self.joined(whole)
        lengths = array("I")
        for begin, end, words, passages in map(self.places.__getitem__, whole):
            lengths.extend((end - begin, words, passages))
        names = json.dumps(whole, ensure_ascii=False).encode()
        parts: list[bytes | memoryview] = [names, lengths.tobytes(), *self.words.told()]
        parts.append(memoryview(row).cast("B"))
        return b"".join((json.dumps([*map(len, parts)]).encode(), b"\n", *parts))

    def restore(self, data: memoryview) -> None:
        """Take over what was told. Raises ValueError, IndexError or TypeError for what was not."""
        at = bytes(data[:_HEAD]).index(b"\n") + 1
        ends = [*accumulate(json.loads(bytes(data[:at])), initial=at)]
        if ends[-1] != len(data):
            raise ValueError("no rows")
        names, lengths, *words, row = (data[a:b] for a, b in pairwise(ends))
        self.row = array_of("I", row)
        self.words.restore(words)
        numbers = iter(array_of("I", lengths))
        end = 0
        for name in json.loads(bytes(names)):
            begin, end = end, end + next(numbers)
            self.places[tuple(name)] = begin, end, next(numbers), next(numbers)
        if end != len(self.row):
            raise ValueError("no rows")


class KeptRows:
    """The rows of stretches: those that were kept, and those that are cut now."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._of: dict[str, _Rows] = {}
        self._rules = b""

    @staticmethod
    def possible(index: Index) -> bool:
        """Whether what is cut can be kept for an index."""
        return bool(index.engine.seal) and kept.folder() is not None

    def words(self, lang: str) -> Numbered:
        """The words of a language by number."""
        return self._rows(lang).words

    def row(self, lang: str, stretches: Iterable[Stretch]) -> Row:
        """What stretches in a language say."""
        return self._rows(lang).joined(stretches)

    def size(self, lang: str, stretches: Iterable[Stretch]) -> int:
        """The words of stretches in a language."""
        places = self._rows(lang).places
        return sum(places[one][2] for one in stretches)

    def read(self, lang: str, wanted: Mapping[Stretch, int], scope: Clause) -> None:
        """Have stretches of a language at hand, of which so many passages are in a scope."""
        rows = self._rows(lang)
        missing = {one: many for one, many in wanted.items() if not rows.has(one, many)}
        if not missing:
            return
        documents = frozenset(one[0] for one in missing)
        named = FacetIn("document", documents)
        narrow = [named] if len(documents) <= _NAMED else []
        counted = self._index.engine.tally(
            [], scope=narrow[0] if narrow else All(), by=FACETS
        ).scope
        for stretch, row in self._cut(
            rows.words, AllOf((scope, *narrow, FacetIn("lang", frozenset({lang})))), missing
        ):
            passages = missing[stretch]
            rows.put(stretch, row, passages, whole=counted[stretch].passages == passages)
        rows.words.forget_pieces()
        self._keep(lang)

    def _cut(
        self, words: Numbered, scope: Clause, wanted: Container[Stretch]
    ) -> Iterator[tuple[Stretch, Row]]:
        """The rows of stretches; passages of a document follow each other."""
        engine = self._index.engine
        found = engine.search(scope, scope=scope, limit=None, ranked=False)
        now: dict[Stretch, Row] = {}
        document = ""
        for passage in self._index.each((passage for passage, _ in found.hits), words=False):
            if passage.document != document:
                yield from now.items()
                now, document = {}, passage.document
            facets = passage_facets(passage)
            stretch = (document, *(facets[name] for name in PASSAGE_FACETS))
            if stretch in wanted:
                words.add(passage.text, now.setdefault(stretch, array("I")))
        yield from now.items()

    def counted(
        self,
        lang: str,
        groups: Sequence[Sequence[Stretch]],
        minimum: int,
        make: Callable[[], list[Counted]],
    ) -> list[Counted]:
        """What ``make`` counts of groups in a language, given by their stretches, and of all of
        them together: words and pairs that a group has ``minimum`` times. It is kept."""
        rows = self._rows(lang)
        if any(one in rows.parts for group in groups for one in group):
            return make()
        # What is counted has the numbers of lemmas, which are others if rows are cut anew.
        told = "\n".join((f"{minimum}", json.dumps(groups), *rows.words.lemmas))
        made_of = kept.digest(self._made_of(lang).encode(), told.encode())
        name = f"counts-{lang}-{int(made_of, 16) % _COUNTS}"
        data = kept.view(name, made_of)
        with suppress(ValueError, IndexError, TypeError):
            if data is not None and len(found := counts_from(data)) == len(groups) + 1:
                return found
        found = make()
        kept.keep(name, made_of, counts_told(found), plain=True)
        return found

    # -- what is kept

    def _rows(self, lang: str) -> _Rows:
        if lang not in self._of:
            self._of[lang] = self._loaded(lang) or _Rows(
                Numbered(self._index.engine.vocabulary, lang)
            )
        return self._of[lang]

    def _loaded(self, lang: str) -> _Rows | None:
        data = kept.view(f"rows-{lang}", self._made_of(lang))
        if data is None:
            return None
        found = _Rows(Numbered(None, lang))
        try:
            found.restore(data)
        except (ValueError, IndexError, TypeError, StopIteration):
            return None
        return found

    def _keep(self, lang: str) -> None:
        rows = self._rows(lang)
        if rows.fresh and rows.fresh * _WORTH >= len(rows.row):
            kept.keep(f"rows-{lang}", self._made_of(lang), rows.told(), plain=True)

    def _made_of(self, lang: str) -> str:
        if not self._rules:
            self._rules = kept.sources("compare", "analysis", "languages", "engine")
        told = f"{lang} {byteorder} {self._index.engine.seal}"
        return kept.digest(self._rules, told.encode())
