"""What two promises have in common beside their words, and whether one undoes the other."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from progsearch.lexicon.concepts import load
from progsearch.pairing import Unit
from progsearch.promises.sides import Said

__all__ = ["are_contrary", "verbs_of", "with_concepts"]

_MARKED_VERB = "to "
"""How the lexicon writes English verbs."""
_SHORTEST_STEM = 2
"""Letters of a verb's stem, at least."""
_BESIDE = 3
"""Words from a denial to what it denies, at most: *will not under any circumstances raise*."""


def with_concepts(said: Iterable[Said], known: AbstractSet[str] = frozenset()) -> list[Said]:
    """The same, with the concepts that words of the lexicon stand for: its synonyms share them.

    Nouns that name what a verb does have the verb, too, where it is among the ``known`` lemmas.
    """
    return [
        replace(
            one,
            unit=replace(
                one.unit,
                further=frozenset(chain(_concepts(one.unit), verbs_of(one.unit.lemmas, known))),
            ),
        )
        for one in said
    ]


def verbs_of(lemmas: Iterable[str], known: AbstractSet[str]) -> set[str]:
    """The known verbs whose nouns are among some lemmas: *sänkning* is of *sänka*."""
    return {verb for lemma in lemmas for verb in _verbs(lemma) if verb in known}


@cache
def _verbs(lemma: str) -> Sequence[str]:
    """What a verb would be called that a noun with one of the endings is made of."""
    lang, _, word = lemma.partition(":")
    data = _nominal()
    particles = ("", *data["particles"].get(lang, ()))
    stems = [word.removeprefix(one) for one in particles if word.startswith(one)]
    return [
        f"{lang}:{stem.removesuffix(ending)}{verbal}"
        for stem in stems
        for ending, verbs in data.get(lang, {}).items()
        if stem.endswith(ending) and len(stem) >= len(ending) + _SHORTEST_STEM
        for verbal in verbs
    ]


def are_contrary(one: Said, other: Said) -> bool:
    """Whether what one says undoes what the other does, by verbs that are contrary or by a denial
    beside what both say."""
    first, second = (_acts(said.unit) for said in (one, other))
    for these, those in _contraries():
        for ones, others in ((first, second), (second, first)):
            alone = ones & these and others & those
            if alone and not (ones & those or others & these):
                return True
    shared = (set(one.unit.lemmas) & set(other.unit.lemmas)) - {""}
    shared &= one.unit.content
    denied = [bool(shared & _denied(said.unit)) for said in (one, other)]
    return denied[0] != denied[1]


def _acts(unit: Unit) -> set[str]:
    """The concepts of a text, and of the verbs that its nouns are made of: *zvýšení* is of
    *zvýšit*."""
    verbs = (verb.partition(":") for lemma in unit.lemmas for verb in _verbs(lemma))
    return {
        *(key[1:] for key in unit.further),
        *(concept for lang, _, word in verbs for concept in _words(lang).get(word, ())),
    }


def _concepts(unit: Unit) -> Iterable[str]:
    for lemma in set(unit.lemmas):
        lang, _, word = lemma.partition(":")
        # "=": no lemma is written so.
        yield from (f"={concept}" for concept in _words(lang).get(word, ()))


def _denied(unit: Unit) -> set[str]:
    """The lemmas that stand behind a denial in the same clause, a few words at most.

    The noun of *no child* is denied only where nothing follows that could be.
    """
    denied: set[str] = set()
    left = 0
    end = 0
    noun = ""
    for (start, stop), lemma in zip(unit.spans, unit.lemmas, strict=False):
        if any(mark in unit.text[end:start] for mark in ",.;:!?–"):
            left = 0
        form, lang = unit.text[start:stop].casefold(), lemma.partition(":")[0]
        if _denies_itself(form, lemma):
            denied.add(lemma)
        if form in _denials("denials", lang):
            left = _BESIDE + (form in _denials("determiners", lang))
        elif left > _BESIDE:
            noun = lemma
            left -= 1
        elif left:
            denied.add(lemma)
            left -= 1
        end = stop
    return denied or {noun} - {""}


def _denies_itself(form: str, lemma: str) -> bool:
    """Whether a form denies the word whose lemma it has (*nezrušíme* of *zrušit*), and does not
    begin so for another reason (*nejlepší* of *dobrý*, *nemocnice*)."""
    lang, _, word = lemma.partition(":")
    rest = word[:_SHORTEST_STEM]
    return any(
        not word.startswith(prefix) and form.startswith(prefix + rest)
        for prefix in _denials("prefixes", lang)
        if rest
    )


@cache
def _words(lang: str) -> Mapping[str, Sequence[str]]:
    """The concepts of each single word of a language."""
    found: dict[str, list[str]] = defaultdict(list)
    for concept in load():
        for word in concept.words.get(lang, ()):
            bare = word.removeprefix(_MARKED_VERB) if concept.pos == "verb" else word
            if " " not in bare:
                found[bare.casefold()].append(concept.id)
    return found


@cache
def _contraries() -> Sequence[tuple[frozenset[str], frozenset[str]]]:
    return [(frozenset(a.split()), frozenset(b.split())) for a, b in _data()["concepts"]]


@cache
def _denials(kind: str, lang: str) -> frozenset[str]:
    return frozenset(_data()[kind].get(lang, "").split())


def _data() -> Mapping[str, Any]:
    return _read("contraries")


def _nominal() -> Mapping[str, Any]:
    return _read("nominal")


@cache
def _read(name: str) -> Mapping[str, Any]:
    text = files("progsearch").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
