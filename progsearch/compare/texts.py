"""The words of groups, counted in one walk over their passages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from progsearch.analysis import Entry, Token, tokens
from progsearch.compare.grouping import group_of, repeats_of
from progsearch.engine import StoredForms
from progsearch.languages import LANGUAGES
from progsearch.scope import Scope
from progsearch.search import Index

__all__ = ["Forms", "Lemmas", "Texts"]

_SHORTEST = 3  # letters of a lemma; shorter ones are particles and abbreviations

Lemmas = tuple[str, ...]
"""A word or two next to each other, by their lemmas."""

Forms = tuple[str, ...]
"""The same as it is written."""

_Values = tuple[str, ...]
_Stream = list[str | None]  # words in order; nothing where two do not touch


class _Stored:
    """The forms of an index, and no others.

    What is put together from two broken halves was looked up at ingest, and is stored if it
    was a word; so no dictionary is needed to tell.
    """

    def __init__(self, vocabulary: StoredForms) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, dict[str, Entry]] = {}

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or that it is its own lemma."""
        if lang not in self._known:
            self._known[lang] = dict(self._vocabulary.entries(lang))
        return self._known[lang].get(form) or Entry((form,))


class Texts:
    """What all groups say, by language: single words that mean something, and pairs of them.

    A text that several groups have is said by each of them, and once by each.
    """

    def __init__(self, index: Index, by: Sequence[str], scope: Scope) -> None:
        self._streams: dict[tuple[str, _Values], _Stream] = defaultdict(list)
        self._sizes: Counter[tuple[str, _Values]] = Counter()
        self._lemmas: dict[str, dict[str, str | None]] = defaultdict(dict)
        engine = index.engine
        lexicon = _Stored(engine.vocabulary)
        repeats = repeats_of(index, by, scope.once) if scope.once else None
        stops = {lang: language.stop_list for lang, language in LANGUAGES.items()}
        for passage, _ in engine.search(
            scope.clause, scope=scope.clause, limit=None, ranked=False
        ).hits:
            lang = passage.lang.value
            values = group_of(index, by, passage)
            if repeats and repeats.repeated(values, passage.document):
                continue
            words = tokens(passage.text, lang, lexicon)
            known = self._lemmas[lang]
            for word in words:
                if word.form not in known:
                    known[word.form] = _lemma(word, stops.get(lang, frozenset()))
            place = (lang, values)
            self._sizes[place] += len(words)
            self._streams[place] += _touching(passage.text, words, known)
        self._counts = {place: self._counted(*place) for place in self._streams}
        self._totals: dict[str, Counter[Lemmas]] = defaultdict(Counter)
        for (lang, _), counts in self._counts.items():
            self._totals[lang].update(counts)

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
        own, total = self._counts[lang, group], self._totals[lang]
        return own, {item: total[item] - count for item, count in own.items()}

    def written(self, lang: str, group: _Values, wanted: Collection[Lemmas]) -> dict[Lemmas, Forms]:
        """How a group writes these most often."""
        lemma = self._lemmas[lang]
        best: dict[Lemmas, tuple[int, Forms]] = {}
        for forms, count in _items(self._streams[lang, group]):
            item = tuple(lemma[form] or "" for form in forms)
            if item in wanted:
                best[item] = max(best.get(item, (0, forms)), (count, forms))
        return {item: forms for item, (_, forms) in best.items()}

    def _counted(self, lang: str, group: _Values) -> Counter[Lemmas]:
        lemma = self._lemmas[lang]
        stream = self._streams[lang, group]
        return Counter(dict(_items([form and lemma[form] for form in stream])))


def _lemma(word: Token, stops: Collection[str]) -> str | None:
    """The lemma of a word that means something by itself."""
    lemma = word.keys[0]
    if (
        len(lemma) < _SHORTEST
        or not word.form[0].isalpha()
        or word.form.endswith("-")  # half of a compound: hälso- och sjukvård
        or word.form in stops
        or lemma in stops
    ):
        return None
    return lemma


def _touching(
    text: str, words: Iterable[Token], known: Mapping[str, str | None]
) -> Iterator[str | None]:
    """The forms that mean something, with nothing between those that have more than blanks."""
    end = -1  # of the word before, where it means something
    for word in words:
        if known[word.form] is None:
            end = -1
            continue
        if end < 0 or not text[end : word.start].isspace():
            yield None
        yield word.form
        end = word.end


def _items(stream: _Stream) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every word and every pair of words that touch, and how often it is there."""
    for word, count in Counter(stream).items():
        if word is not None:
            yield (word,), count
    for (one, other), count in Counter(pairwise(stream)).items():
        if one is not None and other is not None:
            yield (one, other), count
