"""The words of groups, counted in one walk over their passages.

What a group says in a language is a row of numbers (:mod:`progsearch.compare.numbered`), of which
single words and pairs are counted when they are asked for; pairs that are too rare to be asked
for are never held.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import product

from progsearch.clause import every_leaf
from progsearch.compare.grouping import group_of
from progsearch.compare.kept_counts import Counted
from progsearch.compare.kept_rows import FACETS, LANG, KeptRows, Stretch
from progsearch.compare.numbered import BREAK, Numbered, Row, both_of, pair_of, pairs_in
from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.matching import Indexed, index_text
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["Forms", "Lemmas", "Texts"]

_AT_A_TIME = 500_000
"""Pairs of words that are counted in one go; of more, a share at a time."""

_SHORT = 300
"""Letters of a text, as headings are, that is asked for more than once."""

Lemmas = tuple[str, ...]
"""A word or two next to each other, by their lemmas."""

Forms = tuple[str, ...]
"""The same as it is written."""

_Values = tuple[str, ...]
_NOBODY: _Values = ()


class Texts:
    """What all groups say, by language: single words that mean something, and pairs of them.

    A text that several groups have is said by each of them, and once by each. Of pairs, only
    those are counted that a group has ``minimum`` times.
    """

    def __init__(self, index: Index, by: Sequence[str], scope: Scope, minimum: int = 1) -> None:
        self._minimum = minimum
        self._rows: dict[tuple[str, _Values], Callable[[], Row]] = {}
        self._sizes: dict[tuple[str, _Values], int] = {}
        self._words: dict[str, Numbered] = {}
        self._counted: dict[tuple[str, _Values], Counted] = {}
        self._totals: dict[str, Counted] = {}
        self._kept: KeptRows | None = None
        self._stretches: Mapping[tuple[str, _Values], Sequence[Stretch]] = {}
        self._indexed: dict[tuple[str, str], Indexed] = {}
        # Words are in some passages of a document; all else that is asked for leaves it whole,
        # or what is alike in it.
        if KeptRows.possible(index) and not any(True for _ in every_leaf(scope.clause)):
            self._take(KeptRows(index), index, by, scope)
        else:
            self._cut(index, by, scope)

    def _take(self, rows: KeptRows, index: Index, by: Sequence[str], scope: Scope) -> None:
        """Have the rows of groups put together of what is kept."""
        repeats = index.engine.repeats(scope.once, by) if scope.once else None
        inside = index.engine.tally([], scope=scope.clause, by=(*by, *FACETS)).scope
        wanted: dict[str, dict[Stretch, int]] = {}
        of: dict[tuple[str, _Values], list[Stretch]] = {}
        for found, counts in inside.items():
            values, stretch = found[: len(by)], found[len(by) :]
            if repeats and repeats.repeated(values, stretch[0]):
                continue
            wanted.setdefault(stretch[LANG], {})[stretch] = counts.passages
            of.setdefault((stretch[LANG], values), []).append(stretch)
        del inside
        # A language after the other, so that what takes texts apart is held for one only.
        for lang in [*wanted]:
            rows.read(lang, wanted.pop(lang), scope.clause)
        self._kept, self._stretches = rows, of
        for place, stretches in of.items():
            self._words[place[0]] = rows.words(place[0])
            self._rows[place] = partial(rows.row, place[0], stretches)
            self._sizes[place] = rows.size(place[0], stretches)

    def _cut(self, index: Index, by: Sequence[str], scope: Scope) -> None:
        """Cut the passages of a scope into words."""
        engine = index.engine
        repeats = index.engine.repeats(scope.once, by) if scope.once else None
        rows: dict[tuple[str, _Values], Row] = {}
        # Passages of a document follow each other; most groups are those of documents.
        apart = not set(by).isdisjoint(PASSAGE_FACETS)
        document, values = "", _NOBODY
        found = engine.search(scope.clause, scope=scope.clause, limit=None, ranked=False)
        for passage in index.each((passage for passage, _ in found.hits), words=False):
            lang = passage.lang.value
            if apart or passage.document != document:
                document, values = passage.document, group_of(index, by, passage)
            if repeats and repeats.repeated(values, passage.document):
                continue
            if lang not in self._words:
                self._words[lang] = Numbered(engine.vocabulary, lang)
            place = (lang, values)
            if place not in rows:
                rows[place] = array("I")
            self._words[lang].add(passage.text, rows[place])
        for place, row in rows.items():
            self._rows[place] = partial(_itself, row)
            self._sizes[place] = len(row) - row.count(BREAK)

    def languages(self, group: _Values) -> list[str]:
        """The languages that a group has text in."""
        return sorted(lang for lang, values in self._rows if values == group)

    def sizes(self, lang: str, group: _Values) -> tuple[int, int]:
        """Words of a group in a language, and those of all other groups."""
        own = self._sizes[lang, group]
        return own, sum(n for (one, _), n in self._sizes.items() if one == lang) - own

    def counts(
        self, lang: str, group: _Values
    ) -> tuple[Mapping[Lemmas, int], Mapping[Lemmas, int]]:
        """How often the words and pairs of a group stand in it, and in all other groups."""
        if lang not in self._totals:
            self._count(lang)
        lemmas, total = self._words[lang].lemmas, self._totals[lang]
        counted = self._counted[lang, group]
        own: dict[Lemmas, int] = {}
        rest: dict[Lemmas, int] = {}
        for word, count in counted.words.items():
            item: Lemmas = (lemmas[word],)
            own[item], rest[item] = count, total.words[word] - count
        for pair, count in counted.pairs.items():
            one, other = both_of(pair)
            item = (lemmas[one], lemmas[other])
            own[item], rest[item] = count, total.pairs[pair] - count
        return own, rest

    def _count(self, lang: str) -> None:
        """Have what is frequent enough in a group of a language counted, and that in all."""
        places = [place for place in self._rows if place[0] == lang]
        make = partial(self._counts_of, places)
        if self._kept:
            of = [self._stretches[place] for place in places]
            *each, total = self._kept.counted(lang, of, self._minimum, make)
        else:
            *each, total = make()
        self._counted.update(zip(places, each, strict=True))
        self._totals[lang] = total

    def _counts_of(self, places: Sequence[tuple[str, _Values]]) -> list[Counted]:
        """What is frequent enough in each of some groups of a language, and that in all."""
        found: list[Counted] = []
        asked: set[int] = set()
        words: Counter[int] = Counter()
        for place in places:
            row = self._lemmas(place)
            there = Counter(row)
            words.update(there)
            often = {word: n for word, n in there.items() if word and n >= self._minimum}
            # Of a word that is too rare no pair is frequent enough.
            kept: Row = array("I", bytes(4 * len(self._words[place[0]].lemmas)))
            for word in often:
                kept[word] = word
            pairs = _frequent(array("I", map(kept.__getitem__, row)), self._minimum)
            found.append(Counted(often, pairs))
            asked.update(pairs)
        total: Counter[int] = Counter()
        for place in places:
            total.update(filter(asked.__contains__, pairs_in(self._lemmas(place))))
        wanted = {word for one in found for word in one.words}
        return [*found, Counted({word: words[word] for word in wanted}, total)]

    def _lemmas(self, place: tuple[str, _Values]) -> Row:
        """The lemmas of a row, with breaks where there is none."""
        return array("I", map(self._words[place[0]].lemma_of.__getitem__, self._rows[place]()))

    def indexed(self, text: str, lang: str) -> Indexed:
        """A text cut into positions, each with the form that stands there and no lemma."""
        if len(text) > _SHORT:
            return index_text(text, lang, self._words[lang])
        place = (lang, text)
        if place not in self._indexed:
            self._indexed[place] = index_text(text, lang, self._words[lang])
        return self._indexed[place]

    def written(self, lang: str, group: _Values, wanted: Collection[Lemmas]) -> dict[Lemmas, Forms]:
        """How a group writes these most often."""
        words, row = self._words[lang], self._rows[lang, group]()
        of_number: dict[int, Lemmas] = {}
        of_pair: dict[int, Lemmas] = {}
        for item in wanted:
            forms = [[*words.forms_of(words.lemma_number(lemma))] for lemma in item]
            if len(forms) == 1:
                of_number.update(dict.fromkeys(forms[0], item))
            else:
                of_pair.update((pair_of(*two), item) for two in product(*forms))
        best: dict[Lemmas, tuple[int, Forms]] = {}
        for number, count in Counter(filter(of_number.__contains__, row)).items():
            told: tuple[int, Forms] = (count, (words.forms[number],))
            item = of_number[number]
            best[item] = max(best.get(item, told), told)
        for pair, count in Counter(filter(of_pair.__contains__, pairs_in(row))).items():
            one, other = both_of(pair)
            told = (count, (words.forms[one], words.forms[other]))
            item = of_pair[pair]
            best[item] = max(best.get(item, told), told)
        return {item: forms for item, (_, forms) in best.items()}


def _itself(row: Row) -> Row:
    return row


def _frequent(row: Row, minimum: int) -> dict[int, int]:
    """The pairs of touching words of a row that are there so often."""
    found: dict[int, int] = {}
    shares = 1 + len(row) // _AT_A_TIME
    for share in range(shares):
        pairs: Iterable[int] = pairs_in(row)
        if shares > 1:
            pairs = (pair for pair in pairs if pair % shares == share)
        found.update(
            (pair, count)
            for pair, count in Counter(pairs).items()
            if count >= minimum and BREAK not in both_of(pair)
        )
    return found
