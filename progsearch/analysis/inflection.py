"""Inflection as rules, for what a dictionary lacks or takes for another word.

A dictionary that was gathered from many sources has the form *beslutet* only of *besluten*,
and *lagar* only of *laga*. Rules tell of which words a form may be as well, and each asks the
dictionary itself for evidence: other forms of that word, inflected in the same way. They are
data, ``data/inflection/TAG.toml``.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from progsearch.analysis.chain import Dictionary
from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    from progsearch.languages import Language

__all__ = ["Inflection"]

LONGEST = 6  # letters of an ending
SHORTEST = 2  # letters of a stem
LONG = 4  # letters from which a noun is hardly ever meant as an order: test, but låt, sök
LONG = 4  # letters from which a noun is hardly ever meant as an order: test, but låt, sök
SHORTEST_HALF, SHORTEST_LAST = 3, 4  # letters of the words of a compound
OWN = "="  # evidence: the word has an entry of its own
HIDDEN = "~"  # the dictionary has the word only as a form of the one with this ending
BESIDE = "/"  # the dictionary has a word with this ending
ALWAYS = "!"  # holds for forms that are lemmas, too


class _Rule(NamedTuple):
    """What stands for an ending in the base, and the endings that bear witness to it."""

    base: str
    evidence: tuple[str, ...]


class Inflection:
    """The rules of one language; none where it has no file of them."""

    def __init__(self, language: Language, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        tag = language.tag
        data = _data(tag)
        self._stop_list = language.stop_list
        self._rules = _rules(data.get("bases", ""), tag)
        self._related = _rules(data.get("related", ""), tag)
        self._optional = [
            (ending, tuple(endings.split(",")))
            for ending, _, endings in (
                pair.partition(":") for pair in data.get("optional", "").split()
            )
        ]
        self._unknown = sorted(data.get("unknown", "").split(), key=len, reverse=True)
        self._imperative = data.get("imperative", "")
        self._no_imperative = tuple(data.get("longer_imperatives", "").split())
        self._nouns = tuple(data.get("nouns", "").split())
        self._passives = tuple(data.get("passives", "").split())
        self._compounds = tuple(data.get("compounds", "").split())
        self._lemmas_stay = bool(data.get("lemmas_stay"))
        self._without = tuple(data.get("not_bases", "").split())
        self._shadows = tuple(data.get("shadows", "").split())
        self._negation = data.get("negation", "")
        self._negated = tuple(data.get("negated", "").split())
        self._not_negated = frozenset(data.get("not_negated", "").split())
        self._spellings = [
            pair
            for one, _, other in (pair.partition(":") for pair in data.get("spellings", "").split())
            for pair in ((one, other), (other, one))
        ]
        self._participles = tuple(data.get("participles", "").split())
        self._endings = ("", *data.get("endings", "").split())

    def lemmas(self, form: str, told: Sequence[str], *, known: bool = True) -> tuple[str, ...]:
        """The lemmas of a form, when these were told: fewer, or more.

        ``known`` says that the dictionary has the form, and not only its likes.
        """
        if form in self._stop_list:
            return tuple(told)
        own = [self._by_itself(form, lemma) or lemma for lemma in told]
        bases = (
            base
            for base, sure in self._bases(form, known=known)
            if sure or not self._shadowed(base, told)
        )
        # The dictionary tells the passive, and of that the verb, if it has one: tagits, tas, ta.
        verbs = (
            self._dictionary.words[lemma]
            for lemma in told
            if lemma.endswith(self._passives) and lemma in self._dictionary.words
        )
        found = dict.fromkeys((*own, *verbs, *bases, *self._of_the_rest(form)))
        if not known:
            found.update(dict.fromkeys(self._stems(form)))
        further = [twin for lemma in (*found, form) for twin in self._twins(lemma)]
        return tuple(dict.fromkeys((*found, *further)))

    def _twins(self, lemma: str) -> Iterator[str]:
        """The word without its negation, and its other spelling, if the dictionary has them."""
        words = self._dictionary.words
        for one, other in self._spellings:
            if lemma.endswith(one):
                twin = lemma.removesuffix(one) + other
                if words.get(twin) == twin:
                    yield twin
        if self._negation and lemma.startswith(self._negation) and lemma.endswith(self._negated):
            positive = lemma.removeprefix(self._negation)
            if words.get(positive) == positive and lemma not in self._not_negated:
                yield positive

    def _shadowed(self, base: str, told: Sequence[str]) -> bool:
        words = self._dictionary.words
        others = (base + ending for ending in self._shadows)
        return any(other in told and words.get(other) == other for other in others)

    def of_last(self, form: str) -> tuple[str, ...]:
        """The lemmas of an unknown compound, inflected as its longest last word that is known."""
        if not self._compounds:
            return ()
        for at in range(SHORTEST_HALF, len(form) - SHORTEST_LAST + 1):
            head, last = form[:at], form[at:]
            told = self._dictionary.words.get(last)
            if told and self._is_first(head):
                lemmas = self.lemmas(last, (told.lower(),))
                # An inflected noun is no shorter than its lemma; those that are longer are verbs.
                return tuple(head + one for one in lemmas if len(one) <= len(last)) or (form,)
        return ()

    def _is_first(self, head: str) -> bool:
        heads = (head, *(head.removesuffix(one) for one in self._compounds if head.endswith(one)))
        return any(len(one) >= SHORTEST_HALF and self._dictionary.lemmas(one) for one in heads)

    def related(self, form: str) -> Iterator[str]:
        """The words that a form is derived from, which it is not a form of."""
        for _, word, _ in self._changed(form, self._related):
            if self._dictionary.words.get(word) == word:
                yield word

    def _bases(self, form: str, *, known: bool) -> Iterator[tuple[str, bool]]:
        """Words that a form may be of, and whether another form of the word says so."""
        words = self._dictionary.words
        if form.endswith(self._without):
            return
        stays = self._lemmas_stay and words.get(form) == form
        for stem, word, evidence in self._changed(form, self._rules):
            if stays and ALWAYS not in evidence:
                continue
            own = words.get(word)
            if any(words.get(stem + one) == word for one in evidence if one.isalpha()):
                yield word, True
            elif any(own == word + one[1:] for one in evidence if one[0] == HIDDEN):
                yield word, True
            elif (
                (own == word and OWN in evidence)
                or (own and not known)
                or any(
                    words.get(stem + one[1:]) == stem + one[1:]
                    for one in evidence
                    if one[0] == BESIDE
                )
            ):
                yield word, False

    @staticmethod
    def _changed(
        form: str, rules: Mapping[str, list[_Rule]]
    ) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What the rules make of a form: the stem, the word, and the evidence that it needs."""
        for length in range(min(LONGEST, len(form) - SHORTEST) + 1):
            stem = form[: len(form) - length]
            for base, evidence in rules.get(form[len(stem) :], ()):
                if stem + base != form:
                    yield stem, stem + base, evidence

    def _of_the_rest(self, form: str) -> Iterator[str]:
        """The lemma of the form without an ending that does not make it another word."""
        for ending, endings in self._optional:
            if form.endswith(endings) and len(form) > len(ending) + SHORTEST:
                rest = form.removesuffix(ending)
                lemma = self._dictionary.words.get(rest)
                if lemma and lemma != rest:
                    yield lemma

    def _stems(self, form: str) -> Iterator[str]:
        """What an unknown word has in common with its other forms: it without an ending."""
        for ending in self._unknown:
            if form.endswith(ending) and len(form) - len(ending) > SHORTEST:
                yield form.removesuffix(ending)
                return

    def _by_itself(self, form: str, lemma: str) -> str | None:
        """The participle that a form is of, or the noun that looks like an order, of a verb."""
        if self._imperative and form + self._imperative == lemma:
            words = self._dictionary.words
            longer = any(words.get(form + one) == lemma for one in self._no_imperative)
            if longer or len(form) >= LONG:
                return form if any(words.get(form + one) == form for one in self._nouns) else None
            return None
        if not form.startswith(lemma):
            return None
        for ending in self._participles:
            word = lemma + ending
            if form.startswith(word) and form[len(word) :] in self._endings:
                return word
        return None


def _data(tag: str) -> Mapping[str, Any]:
    source = files("progsearch").joinpath("data", "inflection", f"{tag}.toml")
    if not source.is_file():
        return {}
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _rules(text: str, tag: str) -> Mapping[str, list[_Rule]]:
    """The rules by their endings. Raises ProgsearchError for a line that is none."""
    found: dict[str, list[_Rule]] = defaultdict(list)
    for line in text.strip().splitlines():
        edit, colon, evidence = line.partition(":")
        ending, equals, base = (part.strip() for part in edit.partition("="))
        if not (colon and equals and evidence.strip()):
            raise ProgsearchError(
                f"not a rule: {line!r}", where=f"inflection/{tag}.toml", remedy="write a = b: c d"
            )
        found[ending].append(_Rule(base, tuple(evidence.split())))
    return dict(found)
