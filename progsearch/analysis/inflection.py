"""Inflection as rules, for what a dictionary lacks or takes for another word.

A dictionary that was gathered from many sources has the form *beslutet* only of *besluten*,
and *lagar* only of *laga*. Rules tell of which words a form may be as well, and each asks the
dictionary itself for evidence: other forms of that word, inflected in the same way. They are
data, ``data/inflection/TAG.toml``; ``docs/languages.md`` says how they are written.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from progsearch.analysis.chain import Dictionary
from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    from progsearch.languages import Language

__all__ = ["Inflection"]

SHORTEST = 2  # letters of a stem
LONG = 4  # letters from which a noun is hardly ever meant as an order: test, but låt, sök
SHORTEST_HALF, SHORTEST_LAST = 3, 4  # letters of the words of a compound
LONGEST_LAST = 40  # letters: a word without end takes no more steps than a long one


class _Rule(NamedTuple):
    """What stands for an ending in the base, and what bears witness to it, any one of it.

    ``forms`` are endings with which the dictionary has forms of the base, ``beside`` those with
    which it has other words, ``hidden`` those of the word that it takes the base for, ``own``
    asks for an entry of the base. ``like`` are endings of which the lemma that was told must
    have one. ``always`` lets the rule hold for forms that are lemmas by themselves.
    """

    ending: str
    base: str
    forms: tuple[str, ...]
    beside: tuple[str, ...]
    hidden: tuple[str, ...]
    like: tuple[str, ...]
    own: bool
    always: bool


_MARKS = "/~^=!"
_DERIVED = "+"  # before a lemma of a correction that the form is derived from, and no form of


class Inflection:
    """The rules of one language; none where it has no file of them."""

    def __init__(self, language: Language, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._stop_list = language.stop_list
        data = _data(language.tag)

        def words(name: str) -> tuple[str, ...]:
            return tuple(data.get(name, "").split())

        where = f"inflection/{language.tag}.toml"
        corrections = _lines(data.get("corrections", ""), where)
        self.corrections = {
            form: tuple(lemma for lemma in lemmas if lemma[0] != _DERIVED)
            for form, lemmas in corrections.items()
        }
        self._derived = {
            form: tuple(lemma[1:] for lemma in lemmas if lemma[0] == _DERIVED)
            for form, lemmas in corrections.items()
        }
        self.twins = _lines(data.get("twins", ""), where)
        bases = _rules(data.get("bases", ""), where)
        self._bases = _Table(bases)
        self._always = _Table(rule for rule in bases if rule.always)
        self._related = _Table(_rules(data.get("related", ""), where))
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
        self._older = words("older_infinitives")
        self._nouns = words("nouns")
        self._participles = words("participles")
        self._strong = data.get("strong_participle", "").partition(":")
        self._agents = data.get("agents", "")
        self._endings = ("", *words("endings"))
        self._negation = data.get("negation", "")
        self._negated = words("negated")
        self._not_negated = frozenset(words("not_negated"))
        pairs = [pair.partition(":") for pair in words("spellings")]
        self._spellings = [pair for one, _, other in pairs for pair in ((one, other), (other, one))]
        self._spelt = tuple(one for one, _ in self._spellings)

    @cached_property
    def _lemma(self) -> Callable[[str], str | None]:
        """The lemma of a form in the dictionary, which is not loaded before a word is asked."""
        return self._dictionary.words.get

    def lemmas(self, form: str, told: Sequence[str], *, known: bool = True) -> tuple[str, ...]:
        """The lemmas of a form, when these were told: fewer, or more.

        ``known`` says that the dictionary has the form, and not only its likes.
        """
        if form in self._stop_list:
            return tuple(told)
        found = list(told)
        if self._imperative or self._participles:
            found = [self._by_itself(form, lemma) or lemma for lemma in told]
        if self._passives:
            found += self._verbs(told)
        found += self._by_rule(form, told, known=known)
        if self._possessives:
            found += self._possessor(form)
        if self._agents and form.endswith(self._agents[:-1]):
            # "Vårdar" stands in "vårdarutbildning"; by itself it is of "vårda" alone.
            found = [lemma for lemma in found if lemma != form + self._agents[-1]] or found
        if not known:
            found += self._stem(form)
        if self._spellings or self._negation:
            for lemma in (*found, form):
                found += self._other_spellings(lemma)
        return tuple(dict.fromkeys(found))

    def of_compound(self, form: str) -> tuple[str, ...]:
        """The lemmas of an unknown compound, inflected as its longest last word that is known.

        The possessive of a word that is known is none: *landenes* is of *landene*, not of *enes*.
        """
        if not self._joints:
            return ()
        names: tuple[str, ...] = ()
        word = form.removesuffix(self._possessive)
        if word != form and len(word) > SHORTEST:
            names = self._dictionary.lemmas(word)
            if names and self._dictionary.lemma(word):
                return self.lemmas(word, names)
        first = max(SHORTEST_HALF, len(form) - LONGEST_LAST)
        for at in range(first, len(form) - SHORTEST_LAST + 1):
            head, last = form[:at], form[at:]
            told = self._lemma(last)
            if told and self._is_first(head):
                lemmas = self.lemmas(last, (told.lower(),))
                # An inflected noun is no shorter than its lemma; those that are longer are verbs.
                whole = tuple(head + one for one in lemmas if len(one) <= len(last))
                return (*names, *whole) or (form,)
        return names

    def mended(self, form: str, lemma: str) -> tuple[str, ...]:
        """The lemmas of a form of which the dictionary tells this one, but no others by rule."""
        return self.corrections.get(form) or (self._by_itself(form, lemma) or lemma,)

    def related(self, form: str) -> Iterator[str]:
        """The words that a form is derived from, which it is not a form of: *helt*, of *hel*."""
        yield from self._derived.get(form, ())
        for _, word, _ in self._related.changed(form):
            if self._lemma(word) == word:
                yield word

    def _is_first(self, head: str) -> bool:
        heads = (head, *(head.removesuffix(one) for one in self._joints if head.endswith(one)))
        return any(len(one) >= SHORTEST_HALF and self._dictionary.lemmas(one) for one in heads)

    def _by_itself(self, form: str, lemma: str) -> str | None:
        """The participle that a form is of, or the noun that looks like an order, of a verb."""
        lemma_of = self._lemma
        if self._imperative and form + self._imperative == lemma:
            # A verb that keeps its ending when it orders something has no such form: it is what
            # compounds begin with, or another word, as "blank" beside "blanka".
            if any(lemma_of(form + one) == lemma for one in self._longer_imperatives):
                return form
            return form if len(form) >= LONG and self._is_noun(form) else None
        if any(form + self._imperative == lemma + one for one in self._older):
            return form if self._is_noun(form) else None
        ending, _, plural = self._strong
        if ending and form.endswith(ending) and lemma.endswith(self._imperative):
            return form if lemma_of(form.removesuffix(ending) + plural) == form else None
        if form.startswith(lemma):
            for ending in self._participles:
                word = lemma + ending
                if form.startswith(word) and form[len(word) :] in self._endings:
                    return word
        return None

    def _is_noun(self, form: str) -> bool:
        """Whether the dictionary inflects it as a noun of its own."""
        return any(self._lemma(form + one) == form for one in self._nouns)

    def _verbs(self, told: Sequence[str]) -> Iterator[str]:
        """The verbs of passives: the dictionary has *tagits* of *tas*, and that of *ta*."""
        for lemma in told:
            verb = self._lemma(lemma) if lemma.endswith(self._passives) else None
            if verb:
                yield verb

    def _by_rule(self, form: str, told: Sequence[str], *, known: bool) -> Iterator[str]:
        lemma_of = self._lemma
        if form.endswith(self._without):
            return
        stays = self._lemmas_stay and lemma_of(form) == form
        for stem, word, rule in (self._always if stays else self._bases).changed(form):
            if told and rule.like and not any(lemma.endswith(rule.like) for lemma in told):
                continue
            own = lemma_of(word)
            if own is None:  # not in the dictionary at all: most of what the rules propose
                sure, likely = False, False
            elif own == word:
                sure = any(lemma_of(stem + one) == word for one in rule.forms)
                likely = rule.own or not known
            else:
                sure = any(own == word + one for one in rule.hidden) or any(
                    lemma_of(stem + one) == word for one in rule.forms
                )
                likely = not known
            if not (sure or likely) and rule.beside:
                likely = any(lemma_of(stem + one) == stem + one for one in rule.beside)
            if sure or (likely and not self._is_shadowed(word, told)):
                yield word

    def _is_shadowed(self, base: str, told: Sequence[str]) -> bool:
        """Whether the dictionary's own lemma is regular: *värdet* of *värde* and not of *värd*."""
        lemma_of = self._lemma
        others = (base + ending for ending in self._shadows)
        return any(other in told and lemma_of(other) == other for other in others)

    def _possessor(self, form: str) -> Iterator[str]:
        """The lemma of a definite or plural noun that stands in the possessive."""
        if self._possessives and form.endswith(self._possessives):
            rest = form.removesuffix(self._possessive)
            lemma = self._lemma(rest)
            if lemma and lemma != rest:
                yield lemma

    def _stem(self, form: str) -> Iterator[str]:
        """What an unknown word has in common with its other forms: it without an ending."""
        for ending in self._unknown:
            least = SHORTEST + (ending != self._possessive)  # "SVs" is of "SV"
            if form.endswith(ending) and len(form) - len(ending) >= least:
                yield form.removesuffix(ending)
                return

    def _other_spellings(self, lemma: str) -> Iterator[str]:
        """The word without its negation, and its other spelling, if the dictionary has them."""
        lemma_of = self._lemma
        if self._spellings and lemma.endswith(self._spelt):
            for one, other in self._spellings:
                twin = lemma.removesuffix(one) + other
                if lemma.endswith(one) and lemma_of(twin) == twin:
                    yield twin
        if self._negation and lemma.startswith(self._negation) and lemma.endswith(self._negated):
            positive = lemma.removeprefix(self._negation)
            if lemma_of(positive) == positive and lemma not in self._not_negated:
                yield positive


class _Table:
    """Rules by their endings, and what they make of a form."""

    def __init__(self, rules: Iterable[_Rule]) -> None:
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        for rule in rules:
            self._rules[rule.ending].append(rule)
        lengths = defaultdict[str, set[int]](set)
        for ending in self._rules:
            lengths[ending[-1:]].add(len(ending))
        # Most letters end few of the endings, so few lengths are tried of a form.
        self._lengths = {
            letter: sorted(lengths[letter] | lengths.get("", set())) for letter in list(lengths)
        }

    def changed(self, form: str) -> list[tuple[str, str, _Rule]]:
        """The stems, the words that the rules make of them, and the rules."""
        found = []
        for length in self._lengths.get(form[-1:], self._lengths.get("", [])):
            at = len(form) - length
            if at < SHORTEST:
                break
            rules = self._rules.get(form[at:])
            if rules:
                stem = form[:at]
                found += [(stem, stem + rule.base, rule) for rule in rules]
        return found


def _data(tag: str) -> Mapping[str, Any]:
    source = files("progsearch").joinpath("data", "inflection", f"{tag}.toml")
    if not source.is_file():
        return {}
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _rules(text: str, where: str) -> list[_Rule]:
    """The rules, a line each. Raises ProgsearchError for a line that is none."""
    found = []
    for line in text.strip().splitlines():
        edit, colon, evidence = line.partition(":")
        ending, equals, base = (part.strip() for part in edit.partition("="))
        if not (colon and equals and evidence.strip()) or ending == base:
            raise ProgsearchError(f"not a rule: {line!r}", where=where, remedy="write a = b: c d")
        by_mark = defaultdict[str, list[str]](list)
        for one in evidence.split():
            mark = one[0] if one[0] in _MARKS else ""
            by_mark[mark].append(one.removeprefix(mark))
        found.append(
            _Rule(
                ending,
                base,
                tuple(by_mark[""]),
                tuple(by_mark["/"]),
                tuple(by_mark["~"]),
                tuple(by_mark["^"]),
                own="=" in by_mark,
                always="!" in by_mark,
            )
        )
    return found


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
