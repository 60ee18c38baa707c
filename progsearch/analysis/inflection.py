"""Inflection as rules, for what a dictionary lacks or takes for another word.

A dictionary that was gathered from many sources has the form *beslutet* only of *besluten*,
and *lagar* only of *laga*. Rules tell of which words a form may be as well, and each asks the
dictionary itself for evidence: other forms of that word, inflected in the same way. They are
data, ``data/inflection/TAG.toml``; ``docs/languages.md`` says how they are written.
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
SHORTEST_HALF, SHORTEST_LAST = 3, 4  # letters of the words of a compound


class _Rule(NamedTuple):
    """What stands for an ending in the base, and what bears witness to it, any one of it.

    ``forms`` are endings with which the dictionary has forms of the base, ``beside`` those with
    which it has other words, ``hidden`` those of the word that it takes the base for, ``own``
    asks for an entry of the base. ``like`` are endings of which the lemma that was told must
    have one. ``always`` lets the rule hold for forms that are lemmas by themselves.
    """

    base: str
    forms: tuple[str, ...]
    beside: tuple[str, ...]
    hidden: tuple[str, ...]
    like: tuple[str, ...]
    own: bool
    always: bool


_MARKS = "/~^=!"


class Inflection:
    """The rules of one language; none where it has no file of them."""

    def __init__(self, language: Language, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._stop_list = language.stop_list
        data = _data(language.tag)

        def words(name: str) -> tuple[str, ...]:
            return tuple(data.get(name, "").split())

        where = f"inflection/{language.tag}.toml"
        self.corrections = _lines(data.get("corrections", ""), where)
        self.twins = _lines(data.get("twins", ""), where)
        self._bases = _rules(data.get("bases", ""), where)
        self._related = _rules(data.get("related", ""), where)
        self._lemmas_stay = bool(data.get("lemmas_stay"))
        self._without = words("not_bases")
        self._shadows = words("shadows")
        self._possessive = data.get("possessive", "")
        self._possessives = words("possessives")
        self._passives = words("passives")
        self._unknown = sorted(words("unknown"), key=len, reverse=True)
        self._joints = words("joints")
        self._imperative = data.get("imperative", "")
        self._longer_imperatives = words("longer_imperatives")
        self._nouns = words("nouns")
        self._participles = words("participles")
        self._endings = ("", *words("endings"))
        self._negation = data.get("negation", "")
        self._negated = words("negated")
        self._not_negated = frozenset(words("not_negated"))
        pairs = [pair.partition(":") for pair in words("spellings")]
        self._spellings = [pair for one, _, other in pairs for pair in ((one, other), (other, one))]

    def lemmas(self, form: str, told: Sequence[str], *, known: bool = True) -> tuple[str, ...]:
        """The lemmas of a form, when these were told: fewer, or more.

        ``known`` says that the dictionary has the form, and not only its likes.
        """
        if form in self._stop_list:
            return tuple(told)
        found = dict.fromkeys(self._by_itself(form, lemma) or lemma for lemma in told)
        found.update(dict.fromkeys(self._verbs(told)))
        found.update(dict.fromkeys(self._by_rule(form, told, known=known)))
        found.update(dict.fromkeys(self._possessor(form)))
        if not known:
            found.update(dict.fromkeys(self._stem(form)))
        further = [twin for lemma in (*found, form) for twin in self._other_spellings(lemma)]
        return tuple(dict.fromkeys((*found, *further)))

    def of_compound(self, form: str) -> tuple[str, ...]:
        """The lemmas of an unknown compound, inflected as its longest last word that is known."""
        if not self._joints:
            return ()
        for at in range(SHORTEST_HALF, len(form) - SHORTEST_LAST + 1):
            head, last = form[:at], form[at:]
            told = self._dictionary.words.get(last)
            if told and self._is_first(head):
                lemmas = self.lemmas(last, (told.lower(),))
                # An inflected noun is no shorter than its lemma; those that are longer are verbs.
                return tuple(head + one for one in lemmas if len(one) <= len(last)) or (form,)
        return ()

    def related(self, form: str) -> Iterator[str]:
        """The words that a form is derived from, which it is not a form of."""
        for _, word, _ in _changed(form, self._related):
            if self._dictionary.words.get(word) == word:
                yield word

    def _is_first(self, head: str) -> bool:
        heads = (head, *(head.removesuffix(one) for one in self._joints if head.endswith(one)))
        return any(len(one) >= SHORTEST_HALF and self._dictionary.lemmas(one) for one in heads)

    def _by_itself(self, form: str, lemma: str) -> str | None:
        """The participle that a form is of, or the noun that looks like an order, of a verb."""
        words = self._dictionary.words
        if self._imperative and form + self._imperative == lemma:
            longer = any(words.get(form + one) == lemma for one in self._longer_imperatives)
            noun = any(words.get(form + one) == form for one in self._nouns)
            return form if noun and (longer or len(form) >= LONG) else None
        if form.startswith(lemma):
            for ending in self._participles:
                word = lemma + ending
                if form.startswith(word) and form[len(word) :] in self._endings:
                    return word
        return None

    def _verbs(self, told: Sequence[str]) -> Iterator[str]:
        """The verbs of passives: the dictionary has *tagits* of *tas*, and that of *ta*."""
        for lemma in told:
            if lemma.endswith(self._passives) and lemma in self._dictionary.words:
                yield self._dictionary.words[lemma]

    def _by_rule(self, form: str, told: Sequence[str], *, known: bool) -> Iterator[str]:
        words = self._dictionary.words
        if form.endswith(self._without):
            return
        stays = self._lemmas_stay and words.get(form) == form
        for stem, word, rule in _changed(form, self._bases):
            if stays and not rule.always:
                continue
            if told and rule.like and not any(lemma.endswith(rule.like) for lemma in told):
                continue
            own = words.get(word)
            sure = any(words.get(stem + one) == word for one in rule.forms) or any(
                own == word + one for one in rule.hidden
            )
            likely = (
                (own and not known)
                or (own == word and rule.own)
                or any(words.get(stem + one) == stem + one for one in rule.beside)
            )
            if sure or (likely and not self._is_shadowed(word, told)):
                yield word

    def _is_shadowed(self, base: str, told: Sequence[str]) -> bool:
        """Whether the dictionary's own lemma is regular: *värdet* of *värde* and not of *värd*."""
        words = self._dictionary.words
        others = (base + ending for ending in self._shadows)
        return any(other in told and words.get(other) == other for other in others)

    def _possessor(self, form: str) -> Iterator[str]:
        """The lemma of a definite or plural noun that stands in the possessive."""
        if self._possessives and form.endswith(self._possessives):
            rest = form.removesuffix(self._possessive)
            lemma = self._dictionary.words.get(rest)
            if lemma and lemma != rest:
                yield lemma

    def _stem(self, form: str) -> Iterator[str]:
        """What an unknown word has in common with its other forms: it without an ending."""
        for ending in self._unknown:
            if form.endswith(ending) and len(form) - len(ending) > SHORTEST:
                yield form.removesuffix(ending)
                return

    def _other_spellings(self, lemma: str) -> Iterator[str]:
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


def _changed(form: str, rules: Mapping[str, Sequence[_Rule]]) -> Iterator[tuple[str, str, _Rule]]:
    """What rules make of a form: the stem, the word, and the rule, the shortest ending first."""
    for length in range(min(LONGEST, len(form) - SHORTEST) + 1):
        stem = form[: len(form) - length]
        for rule in rules.get(form[len(stem) :], ()):
            if stem + rule.base != form:
                yield stem, stem + rule.base, rule


def _data(tag: str) -> Mapping[str, Any]:
    source = files("progsearch").joinpath("data", "inflection", f"{tag}.toml")
    if not source.is_file():
        return {}
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _rules(text: str, where: str) -> Mapping[str, Sequence[_Rule]]:
    """The rules by their endings. Raises ProgsearchError for a line that is none."""
    found: dict[str, list[_Rule]] = defaultdict(list)
    for line in text.strip().splitlines():
        edit, colon, evidence = line.partition(":")
        ending, equals, base = (part.strip() for part in edit.partition("="))
        if not (colon and equals and evidence.strip()):
            raise ProgsearchError(f"not a rule: {line!r}", where=where, remedy="write a = b: c d")
        by_mark = defaultdict[str, list[str]](list)
        for one in evidence.split():
            mark = one[0] if one[0] in _MARKS else ""
            by_mark[mark].append(one.removeprefix(mark))
        found[ending].append(
            _Rule(
                base,
                tuple(by_mark[""]),
                tuple(by_mark["/"]),
                tuple(by_mark["~"]),
                tuple(by_mark["^"]),
                own="=" in by_mark,
                always="!" in by_mark,
            )
        )
    return dict(found)


def _lines(text: str, where: str) -> Mapping[str, tuple[str, ...]]:
    """The lemmas of forms, or of lemmas. Raises ProgsearchError for a line without a reason."""
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        given, _, reason = line.partition("#")
        form, _, lemmas = given.partition(":")
        if not (lemmas.strip() and reason.strip()):
            raise ProgsearchError(
                f"not a correction: {line!r}", where=where, remedy="write form: lemma # why"
            )
        found[form.strip()] = tuple(lemmas.split())
    return found
