"""What is known of a single form: its keys, its parts, and by which step."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Protocol

from progsearch.classes import dataclass
from progsearch.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from progsearch.analysis.analyser import Analyser

__all__ = [
    "DictionaryLexicon",
    "Entry",
    "Lexicon",
    "analysed",
    "data_version",
    "fits",
    "keep_dictionaries",
]

_ANALYSIS = 3  # to be raised when a change here or in the table changes keys
_LOCK = threading.Lock()


def data_version() -> str:
    """What the keys of a text depend on: this analysis and the packages that it asks."""
    from importlib.metadata import version

    return f"{_ANALYSIS}/simplemma-{version('simplemma')}/langdetect-{version('langdetect')}"


def fits(version: str) -> bool:
    """Whether keys that were made with that language data are found by this analysis.

    The packages' versions are not looked at, for that takes longer than a search: forms that
    an index has are looked up there, and the others are not in it.
    """
    return version.partition("/")[0] == str(_ANALYSIS)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one form in one language.

    ``keys`` are its lemmas, then the form itself, in one namespace of the language: two
    forms are the same word if they share a key. ``parts`` are keys of the parts of a
    compound, and words that the form is derived from. ``step`` names where the lemma comes
    from: ``irregular`` (a correction), ``dictionary``, ``compound`` (its last word),
    ``prefix``, ``simplemma``, ``analogy``, ``inflection``, or ``form`` when the form is all
    that there is.
    """

    keys: tuple[str, ...]
    parts: tuple[str, ...] = ()
    step: str = "form"


class Lexicon(Protocol):
    """Answers what is known of a form."""

    def entry(self, form: str, lang: str) -> Entry:
        """The entry of a normalised form; of an unknown one, the form as its only key."""
        ...


class DictionaryLexicon:
    """A lexicon out of dictionaries, each loaded when its language is first asked for.

    Compounds are taken apart only with ``compounds``: a query has no use for the parts of
    its words, and they take a second of work when the language is first used.
    """

    def __init__(self, *, compounds: bool = True) -> None:
        self._compounds = compounds
        self._entries: dict[str, dict[str, Entry]] = {}

    def entry(self, form: str, lang: str) -> Entry:
        """The entry of a normalised form; of an unknown one, the form as its only key."""
        entries = self._entries.get(lang)
        if entries is None:
            entries = self._entries.setdefault(lang, {})
        found = entries.get(form)
        if found is None:
            language = LANGUAGES.get(lang)
            found = _analyser(lang).entry(form, self._compounds) if language else Entry((form,))
            entries[form] = found
        return found


def analysed(lang: str) -> Callable[[str], Entry]:
    """What finds the entry, compounds taken apart, of a normalised form in a language of the
    table; the dictionary is loaded when it is first called. Nothing is remembered."""
    return lambda form: _analyser(lang).entry(form, True)


def keep_dictionaries(langs: Iterable[str]) -> None:
    """Keep the dictionaries of languages for the next run, which then reads none for a few words.

    It takes a second or two where it was not done before, and nothing otherwise.
    """
    for lang in langs:
        if lang in LANGUAGES:
            _analyser(lang).keep()


@cache
def _made(lang: str) -> Analyser:
    from progsearch.analysis.analyser import Analyser

    return Analyser(LANGUAGES[lang])


def _analyser(lang: str) -> Analyser:
    """The analyser of a language, one for all lexicons and threads."""
    with _LOCK:
        return _made(lang)
