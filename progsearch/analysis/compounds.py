"""Compounds taken apart: where both halves are what the dictionary makes compounds of.

That two halves are words is not enough (*förs+var*, *al+lians*). Of all lemmas of the
dictionary that start like the first half, a share is a compound of it and a word, and the
same goes for those that end like the last half: *arbets-* begins nothing else, *al-* does.
A place is split where the product of both shares is high (cf. Koehn & Knight, "Empirical
Methods for Compound Splitting", EACL 2003, who weigh halves by their frequency).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from progsearch import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from progsearch.analysis.chain import Dictionary
    from progsearch.languages import Compounding

    Mended = Callable[[str, str], Sequence[str]]

__all__ = ["Splitter"]


class _Shares(NamedTuple):
    """Of the lemmas that start, or end, like a half, the share that are a compound of it."""

    first: dict[str, float]
    last: dict[str, float]


class Splitter:
    """Finds the parts of the compounds of one language."""

    SHORTEST_FIRST, SHORTEST_LAST = 2, 3  # letters: el+nät, lands+ting+s+råd
    FIRST, LAST = 2, 3  # compounds that a half needs in the dictionary
    LAST_SHARE = 0.4
    SHARE = 0.12  # both shares multiplied
    DEPTH = 2

    def __init__(
        self,
        dictionary: Dictionary,
        compounding: Compounding,
        tag: str = "",
        mended: Mended = lambda _, lemma: (lemma,),
    ) -> None:
        self._dictionary = dictionary
        self._mended = mended  # the lemmas of a half for which the dictionary tells this one
        self._tag = tag  # under which the shares are kept; they take a second of work
        self._compounding = compounding

    @cached_property
    def _shares(self) -> _Shares:
        if not self._tag:
            return self._counted()
        from progsearch.analysis.chain import made_of

        name = f"halves-{self._tag}"
        made = kept.digest(made_of(self._tag).encode(), repr(self._compounding).encode())
        found = _read(kept.load(name, made))
        if found is None:
            found = self._counted()
            kept.keep(name, made, json.dumps(found, ensure_ascii=False).encode())
        return found

    def _counted(self) -> _Shares:
        words = self._dictionary.words
        # Every third form: there are eight of a noun, and all a third of a second dearer.
        some = {words[form] for form in islice(words, 0, None, 3)}
        lemmas = {lemma for lemma in some if lemma.islower() and lemma.isalpha()}
        first: Counter[str] = Counter()
        last: Counter[str] = Counter()
        for lemma in lemmas:
            for at in range(self.SHORTEST_FIRST, len(lemma) - self.SHORTEST_LAST + 1):
                end = lemma[at:]
                if words.get(end) and self._first_lemma(lemma[:at]):
                    first[lemma[:at]] += 1
                    last[end[::-1]] += 1
        backwards = _shares(last, [lemma[::-1] for lemma in lemmas], self.LAST)
        return _Shares(
            _without(_shares(first, list(lemmas), self.FIRST), self._compounding.not_first),
            _without(
                {end[::-1]: share for end, share in backwards.items()}, self._compounding.not_last
            ),
        )

    @cached_property
    def _longest(self) -> tuple[int, int]:
        """Letters of the longest first half, and of the longest last."""
        firsts, lasts = self._shares
        return max(map(len, firsts), default=0), max(map(len, lasts), default=0)

    def _first_lemma(self, start: str) -> str | None:
        """The word that a first half stands for; of *föräldra-* it is that of *föräldrar*."""
        return self._dictionary.lemma(start) or self._dictionary.lemma(start + "r")

    def parts(self, *words: str) -> tuple[str, ...]:
        """Keys of the parts, and of their parts, of a form and its lemmas."""
        found = dict.fromkeys(key for word in words for key in self._keys(word, self.DEPTH))
        return tuple(key for key in found if key not in words)

    def _keys(self, word: str, depth: int) -> Iterator[str]:
        for start, end in self._splits(word):
            first, last = self._first_lemma(start), self._dictionary.lemma(end)
            # The first half may be the stem of a verb, which is no form of it: hämt-.
            keys = (first, *self._mended(start, first or start), *self._nouns(start))
            for key in (*keys, *self._mended(end, last or end), end):
                if key:
                    yield key
                    if depth:
                        yield from self._keys(key, depth - 1)

    def _nouns(self, start: str) -> Iterator[str]:
        """The noun of a first half that the dictionary takes for the form of a verb: *försöks-*."""
        for noun in (start, start.removesuffix("s")):
            if self._dictionary.lemma(noun) == noun + "a":
                yield noun

    def _splits(self, word: str) -> Iterator[tuple[str, str]]:
        firsts, lasts = self._shares
        longest_first, longest_last = self._longest
        # Only where both halves can be in the tables: a text may be one word without an end.
        begin = max(self.SHORTEST_FIRST, len(word) - longest_last)
        end = min(longest_first, len(word) - self.SHORTEST_LAST)
        for at in range(begin, end + 1):
            last = lasts.get(word[at:], 0.0)
            if last >= self.LAST_SHARE and firsts.get(word[:at], 0.0) * last >= self.SHARE:
                yield word[:at], word[at:]


def _read(data: bytes | None) -> _Shares | None:
    try:
        return None if data is None else _Shares(*map(dict, json.loads(data)))
    except (ValueError, TypeError):
        return None


def _shares(compounds: Counter[str], lemmas: list[str], least: int) -> dict[str, float]:
    """The share of each start. One more lemma counts, which keeps rare ones from certainty."""
    lemmas.sort()
    shares = {}
    for start, count in compounds.items():
        if count >= least:
            first = bisect_left(lemmas, start)
            like = bisect_left(lemmas, start + "\U0010ffff", first) - first
            shares[start] = count / (1 + like)
    return shares


def _without(shares: dict[str, float], halves: str) -> dict[str, float]:
    never = frozenset(halves.split())
    return {half: share for half, share in shares.items() if half not in never}
