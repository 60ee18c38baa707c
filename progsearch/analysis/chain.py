"""The chain of steps that look for the lemma of a form: the first that answers counts.

Each step is made for a language and answers lemmas, the likeliest first, or none. A
language names its steps in :data:`progsearch.languages.LANGUAGES`.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import unidata_version

from progsearch import kept
from progsearch.packed import PackedLines, packed, stored

if TYPE_CHECKING:
    from progsearch.languages import Language

__all__ = ["STEPS", "Dictionary", "Step", "chain"]

Step = Callable[[str], tuple[str, ...]]


ENOUGH = 20_000
"""Forms that are looked up in what was kept of a dictionary; whoever asks for more, as the first
ingest of a corpus does, is better served by all of it."""


@cache
def whole_dictionary(tag: str) -> Mapping[str, str]:
    """simplemma's dictionary of a language, read once a process: that takes seconds."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    # One factory a language: nothing is ever dropped to be loaded again.
    return DefaultDictionaryFactory(1).get_dictionary(tag)


class _Words(Mapping[str, str]):
    """Lemmas by forms, as simplemma's dictionary of a language has them.

    Of what was kept of it single forms are looked up; it is read as a whole, and kept, when it
    is asked for more than that.
    """

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._name = f"dictionary-{tag}"
        self._lock = threading.Lock()
        self._whole: Mapping[str, str] | None = None
        self._asked = 0
        self._written = False

    @cached_property
    def _kept(self) -> PackedLines | None:
        return _packed(self._name, made_of(self._tag))

    def get(self, form: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The lemma of a form."""
        whole = self._whole
        if whole is not None:
            return whole.get(form, default)
        self._asked += 1
        lines = self._kept if self._asked < ENOUGH else None
        if lines is None:
            return self.whole().get(form, default)
        at = lines.place(f"{form}\t")
        found, _, lemma = lines[at].partition("\t") if at < len(lines) else ("", "", "")
        return lemma if found == form else default

    def whole(self) -> Mapping[str, str]:
        """All of it."""
        if self._whole is None:
            with self._lock:
                if self._whole is None:
                    self._whole = whole_dictionary(self._tag)
        return self._whole

    def keep(self) -> None:
        """Keep it for those who ask for less, unless that was done."""
        if self._kept is None and not self._written:
            self._written = True  # once a process, also where nothing can be written
            kept.keep(self._name, made_of(self._tag), packed(_lines(self.whole())), plain=True)

    def __getitem__(self, form: str) -> str:
        found = self.get(form)
        if found is None:
            raise KeyError(form)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole())

    def __len__(self) -> int:
        return len(self._kept or self.whole()) if self._whole is None else len(self._whole)


def _lines(words: Mapping[str, str]) -> list[bytes]:
    """Forms with their lemmas in UTF-8, sorted, which is the order of their letters, too."""
    if (whole := stored(words)) is not None:
        return sorted(map(b"\t".join, whole.items()))
    return sorted(f"{form}\t{lemma}".encode() for form, lemma in words.items())


def made_of(tag: str) -> str:
    """What depends on simplemma's dictionary of a language and on how it is read here."""
    version, own = _rules()
    return kept.digest(f"{tag} {version} {unidata_version}".encode(), own)


@cache
def _rules() -> tuple[str, bytes]:
    """The version of simplemma, and a digest of how it is read here; they stay as they are."""
    from importlib.metadata import version

    return version("simplemma"), kept.sources("analysis")


def _packed(name: str, made_of: str) -> PackedLines | None:
    data = kept.load(name, made_of, plain=True)
    try:
        return None if data is None else PackedLines(data)
    except ValueError:
        return None


class Dictionary:
    """simplemma's dictionary of one language, loaded when it is first asked."""

    def __init__(self, tag: str, *, capitals: bool = False) -> None:
        self.tag = tag
        self.capitals = capitals  # whether nouns, or all names of peoples, are written with one
        self.words = _Words(tag)
        """Lemmas by forms, in the capitals of the dictionary."""

    def get_dictionary(self, lang: str) -> Mapping[str, str]:  # noqa: ARG002
        """The same, as simplemma's strategies ask for it."""
        return self.words

    def lemma(self, form: str) -> str | None:
        """The lemma of a form as it is written here."""
        found = self.words.get(form)
        return found.lower() if found else None

    def lemmas(self, form: str) -> tuple[str, ...]:
        """The lemma of the form, and that of the name or noun that is spelt so with a capital.

        A word that is a lemma by itself is no form of a name, and none is of a longer one: *annan*
        is not of *Anna*, *dom* not of *Domarboken*. German nouns and English names of peoples are.
        """
        own, name = self.lemma(form), self.lemma(form.capitalize())
        if own and name and not self.capitals and (own == form or len(name) > len(form)):
            name = form if name == form else None
        return tuple(dict.fromkeys(lemma for lemma in (own, name) if lemma))


def _dictionary(language: Language, dictionary: Dictionary) -> Step:  # noqa: ARG001
    """Look the form up."""
    return dictionary.lemmas


def _prefix(language: Language, dictionary: Dictionary) -> Step:
    """Strip a prefix of inflection (Czech ``ne-``, ``nej-``) and look the rest up."""

    def step(form: str) -> tuple[str, ...]:
        for prefix in language.prefixes:
            rest = form.removeprefix(prefix)
            if rest != form and len(rest) >= 3:
                lemma = dictionary.lemma(rest)
                if lemma:
                    return (lemma,)
        return ()

    return step


def _simplemma(language: Language, dictionary: Dictionary) -> Step:
    """What simplemma makes of a form that is not in its dictionary, by rules and affixes."""
    from simplemma.strategies import DefaultStrategy

    strategy = DefaultStrategy(dictionary_factory=dictionary)

    def step(form: str) -> tuple[str, ...]:
        lemma = strategy.get_lemma(form, language.tag)
        return (lemma.lower(),) if lemma else ()

    return step


@dataclass(frozen=True, slots=True)
class _Edit:
    """How a form becomes a lemma: take off ``cut`` letters and put ``ending`` there."""

    cut: int
    ending: str


class _Analogy:
    """Inflects an unknown form as the dictionary's forms with the longest common ending."""

    SHORTEST, LONGEST = 3, 8  # letters of an ending
    EXAMPLES = 2  # forms that an ending needs; a lone one may be a misspelling
    VOTERS = 20  # forms asked about one ending
    SECOND = 0.25  # share of votes by which the second lemma counts too: exekucí, vedoucí
    FORMS = 300_000  # forms kept of a dictionary; all 3.6 million of Polish bring nothing

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._known: dict[str, tuple[_Edit, ...]] = {}

    @cached_property
    def _reversed(self) -> Sequence[str]:
        """Forms from their end, sorted."""
        name = f"endings-{self._dictionary.tag}"
        kept_ones = _packed(name, made_of(self._dictionary.tag))
        if kept_ones is not None:
            return kept_ones
        words = self._dictionary.words
        some = islice(words, 0, None, 1 + len(words) // self.FORMS)
        found = sorted(form[::-1] for form in some if len(form) > 4 and form.islower())
        kept.keep(name, made_of(self._dictionary.tag), packed(found), plain=True)
        return found

    def __call__(self, form: str) -> tuple[str, ...]:
        """The lemma that its likes suggest."""
        backwards = form[::-1]
        for length in range(min(self.LONGEST, len(form) - 2), self.SHORTEST - 1, -1):
            ending = backwards[:length]
            if ending not in self._known:
                self._known[ending] = self._vote(ending)
            edits = self._known[ending]
            if edits:
                return tuple(form[: len(form) - edit.cut] + edit.ending for edit in edits)
        return ()

    def _vote(self, ending: str) -> tuple[_Edit, ...]:
        forms = self._reversed
        place = forms.place if isinstance(forms, PackedLines) else partial(bisect_left, forms)
        first, last = place(ending), place(ending + "\U0010ffff")
        if last - first < self.EXAMPLES:
            return ()
        votes: Counter[_Edit] = Counter()
        for at in range(first, last, 1 + (last - first) // self.VOTERS):
            form = forms[at][::-1]
            edit = _edit(form, self._dictionary.words[form])
            if edit.cut <= len(ending):
                votes[edit] += 1
        least = self.SECOND * votes.total()
        best = votes.most_common(2)
        return tuple(edit for edit, count in best if edit is best[0][0] or count >= least)


def _edit(form: str, lemma: str) -> _Edit:
    same = 0
    for one, other in zip(form, lemma, strict=False):
        if one != other:
            break
        same += 1
    return _Edit(len(form) - same, lemma[same:])


def _analogy(language: Language, dictionary: Dictionary) -> Step:  # noqa: ARG001
    """Inflect an unknown form as known ones with the same ending."""
    return _Analogy(dictionary)


STEPS: Mapping[str, Callable[[Language, Dictionary], Step]] = {
    "dictionary": _dictionary,
    "prefix": _prefix,
    "simplemma": _simplemma,
    "analogy": _analogy,
}
"""The steps that a language's chain can name."""


def chain(language: Language, dictionary: Dictionary) -> Iterator[tuple[str, Step]]:
    """The steps of a language, each with its name."""
    for name in language.chain:
        yield name, STEPS[name](language, dictionary)
