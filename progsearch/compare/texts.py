"""The words of groups, counted in one walk over their passages.

Words are numbers here: a corpus of 300,000 passages has ten million of them. What a group says is
a row of such numbers, of which single words and pairs are counted when they are asked for; pairs
that are too rare to be asked for are never held.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from sys import intern

from progsearch.analysis import Entry, is_word, normal_form, plain_pieces, tokens
from progsearch.compare.grouping import group_of
from progsearch.engine import StoredForms
from progsearch.engine.copies import PASSAGE_FACETS
from progsearch.languages import LANGUAGES
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["Forms", "Lemmas", "Texts"]

_SHORTEST = 3  # letters of a lemma; shorter ones are particles and abbreviations
_AT_A_TIME = 500_000
"""Pairs of words that are counted in one go; of more, a share at a time."""

Lemmas = tuple[str, ...]
"""A word or two next to each other, by their lemmas."""

Forms = tuple[str, ...]
"""The same as it is written."""

_Values = tuple[str, ...]
_NOBODY: _Values = ()
_NOTHING = 0  # stands where two words do not touch
_BLANK = -1  # stands for blanks, between two words that do
_Numbers = tuple[int, ...]


class _Words:
    """The words of a language that mean something by themselves, as numbers from 1 on.

    What is put together from two broken halves was looked up at ingest, and is stored if it
    was a word; so no dictionary is needed to tell.
    """

    def __init__(self, vocabulary: StoredForms, lang: str) -> None:
        self._lang = lang
        self._stored = {
            form: (entry.keys[0], intern(entry.step)) for form, entry in vocabulary.entries(lang)
        }
        language = LANGUAGES.get(lang)
        self._stops: Collection[str] = language.stop_list if language else ()
        self._entries: dict[str, Entry] = {}
        self._number: dict[str, int] = {}
        self._lemma_number: dict[str, int] = {}
        self.forms = [""]
        self.lemmas = [""]
        self.lemma_of = array("I", (_NOTHING,))
        """By the number of a form, that of its lemma."""
        self.by_text = _ByText(self)

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or that it is its own lemma, as :func:`tokens` asks for it."""
        del lang
        found = self._entries.get(form)
        if found is None:
            lemma, step = self._stored.get(form, (form, "form"))
            found = self._entries[form] = Entry((lemma,), (), step)
        return found

    def _is_known(self, text: str) -> bool:
        return is_word(self.entry(normal_form(text), self._lang))

    def number(self, form: str) -> int:
        """The number of a form; none of one that means nothing by itself."""
        found = self._number.get(form)
        if found is None:
            lemma, _ = self._stored.get(form, (form, ""))
            found = self._new(form, lemma) if self._means(form, lemma) else _NOTHING
            self._number[form] = found
        return found

    def _new(self, form: str, lemma: str) -> int:
        lemma_number = self._lemma_number.get(lemma)
        if lemma_number is None:
            lemma_number = self._lemma_number[lemma] = len(self.lemmas)
            self.lemmas.append(lemma)
        self.forms.append(form)
        self.lemma_of.append(lemma_number)
        return len(self.forms) - 1

    def _means(self, form: str, lemma: str) -> bool:
        return (
            len(lemma) >= _SHORTEST
            and form[0].isalpha()
            and not form.endswith("-")  # half of a compound: hälso- och sjukvård
            and form not in self._stops
            and lemma not in self._stops
        )

    def add(self, text: str, stream: array[int]) -> int:
        """Add the words of a text that mean something, with nothing before those that have more
        than blanks there; how many words there were."""
        stream.append(_NOTHING)
        pieces = plain_pieces(text, self._is_known)
        if pieces is not None:
            # A look a piece: most texts come here.
            by_text = self.by_text
            stream.extend([number for one in pieces if (number := by_text[one]) >= 0])
            return len(pieces) // 2
        found = tokens(text, self._lang, self)
        before = 0
        for token in found:
            if not text[before : token.start].isspace():
                stream.append(_NOTHING)
            stream.append(self.number(token.form))
            before = token.end
        return len(found)


class _ByText(dict[str, int]):
    """The numbers of words and of what stands between them, as they are written."""

    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, text: str) -> int:
        if text.isspace():
            found = _BLANK
        elif any(map(str.isalnum, text)):
            found = self._words.number(normal_form(text))
        else:
            found = _NOTHING
        self[text] = found
        return found


class Texts:
    """What all groups say, by language: single words that mean something, and pairs of them.

    A text that several groups have is said by each of them, and once by each. Of pairs, only
    those are counted that a group has ``minimum`` times.
    """

    def __init__(self, index: Index, by: Sequence[str], scope: Scope, minimum: int = 1) -> None:
        self._minimum = minimum
        self._streams: dict[tuple[str, _Values], array[int]] = {}
        self._sizes: Counter[tuple[str, _Values]] = Counter()
        self._words: dict[str, _Words] = {}
        self._kept: dict[tuple[str, _Values], dict[_Numbers, int]] = {}
        self._totals: dict[str, Counter[_Numbers]] = {}
        engine = index.engine
        repeats = index.engine.repeats(scope.once, by) if scope.once else None
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
                self._words[lang] = _Words(engine.vocabulary, lang)
            place = (lang, values)
            if place not in self._streams:
                self._streams[place] = array("I")
            self._sizes[place] += self._words[lang].add(passage.text, self._streams[place])

    def languages(self, group: _Values) -> list[str]:
        """The languages that a group has text in."""
        return sorted(lang for lang, values in self._streams if values == group)

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
        own: dict[Lemmas, int] = {}
        rest: dict[Lemmas, int] = {}
        for numbers, count in self._kept[lang, group].items():
            item = tuple(lemmas[number] for number in numbers)
            own[item] = count
            rest[item] = total[numbers] - count
        return own, rest

    def _count(self, lang: str) -> None:
        """Count what is frequent enough in a group of a language, and that in all groups."""
        places = [place for place in self._streams if place[0] == lang]
        lemma_of = self._words[lang].lemma_of
        for place in places:
            stream = array("I", map(lemma_of.__getitem__, self._streams[place]))
            self._kept[place] = dict(_frequent(stream, self._minimum))
        asked = set[_Numbers]().union(*(self._kept[place] for place in places))
        total: Counter[_Numbers] = Counter()
        for place in places:
            stream = array("I", map(lemma_of.__getitem__, self._streams[place]))
            for number, count in Counter(stream).items():
                if (number,) in asked:
                    total[number,] += count
            total.update(pair for pair in pairwise(stream) if pair in asked)
        self._totals[lang] = total

    def written(self, lang: str, group: _Values, wanted: Collection[Lemmas]) -> dict[Lemmas, Forms]:
        """How a group writes these most often."""
        words, stream = self._words[lang], self._streams[lang, group]
        lemma, lemmas, forms = words.lemma_of, words.lemmas, words.forms
        singles = {one[0] for one in wanted if len(one) == 1}
        firsts = {one[0] for one in wanted if len(one) == 2}
        begins = bytes(lemmas[number] in firsts for number in lemma)
        counted: Iterable[tuple[_Numbers, int]] = (
            *(
                ((number,), count)
                for number, count in Counter(stream).items()
                if number and lemmas[lemma[number]] in singles
            ),
            *Counter(pair for pair in pairwise(stream) if begins[pair[0]] and pair[1]).items(),
        )
        best: dict[Lemmas, tuple[int, Forms]] = {}
        for numbers, count in counted:
            item = tuple(lemmas[lemma[number]] for number in numbers)
            if item in wanted:
                found = (count, tuple(forms[number] for number in numbers))
                best[item] = max(best.get(item, found), found)
        return {item: found for item, (_, found) in best.items()}


def _frequent(stream: array[int], minimum: int) -> Iterator[tuple[_Numbers, int]]:
    """The words and pairs of touching words that are there so often."""
    singles = {n: count for n, count in Counter(stream).items() if n and count >= minimum}
    for number, count in singles.items():
        yield (number,), count
    # Both words of a pair are as frequent as the pair at least.
    shares = 1 + len(stream) // _AT_A_TIME
    for share in range(shares):
        some = {number for number in singles if number % shares == share}
        pairs = Counter(pair for pair in pairwise(stream) if pair[0] in some and pair[1] in singles)
        for pair, count in pairs.items():
            if count >= minimum:
                yield pair, count
