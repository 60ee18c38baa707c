"""What is known of each word that texts have: made once a process, and kept between runs.

A corpus has a million words and a tenth as many different ones. Of each it is known here by
which keys it is found and what stands of it in the vocabulary, so that texts are read a word, a
look. What the dictionaries said is kept for the next run (:mod:`progsearch.kept`), which then
need not load them.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from progsearch import kept
from progsearch.analysis import Entry, Token, analysed, data_version, is_word, normal_form
from progsearch.clause import UNATTESTED, keys_of
from progsearch.engine.vocabulary import entry_from, entry_record, line_of
from progsearch.languages import LANGUAGES

__all__ = ["REMEMBERED", "Keys", "Word", "WordTable", "Words", "keep", "kept_keys", "made_of"]

REMEMBERED = 300_000
"""Forms that are remembered in a process, and those of a language that are kept between runs."""

Keys = tuple[str, ...]
"""What stands at one position of a text."""

Fresh = Mapping[str, list[str]]
"""By language, forms that the dictionaries were asked for, each with a tab and its record."""


@dataclass(slots=True, eq=False)
class Word:
    """A form in a language: its keys in postings, its line in the vocabulary, and the lemmas and
    parts that the vocabulary has beside it, since they are forms, too."""

    form: str
    entry: Entry
    keys: Keys
    line: str
    others: tuple[str, ...]


class Words:
    """The words of one language."""

    def __init__(self, lang: str, entry_of: Callable[[str], Entry], before: dict[str, str]) -> None:
        self.by_text = _ByText(self)
        """The same by words as they stand in a text."""
        self.fresh: list[str] = []
        self._lang = lang
        self._entry_of = entry_of
        self._before = before
        self._words: dict[str, Word] = {}
        self._bare: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._words) + len(self._bare)

    def of(self, form: str) -> Word:
        """The word of a normalised form, the very same object each time."""
        return self._words.get(form) or self._made(form)

    def _made(self, form: str) -> Word:
        lang = self._lang
        entry = self._known(form)
        if entry is None:
            entry = self._entry_of(form)
            self.fresh.append(f"{form}\t{entry_record(entry)}")
        found = Word(
            form,
            entry,
            tuple(keys_of(Token(0, 0, form, entry.keys, entry.parts), lang)),
            line_of(lang, form, entry),
            tuple(key for key in (*entry.keys, *entry.parts) if key != form),
        )
        self._words[form] = found
        return found

    def _known(self, form: str) -> Entry | None:
        record = self._before.get(form)
        try:
            return entry_from(record) if record else None
        except ValueError:
            return None

    def is_known(self, text: str) -> bool:
        """Whether a word as it stands in a text is one that the dictionary has."""
        return is_word(self.by_text[text].entry)

    def bare_line(self, form: str) -> str:
        """The line of a form that no text has: the lemma, or a part, of one that is there."""
        found = self._bare.get(form)
        if found is None:
            found = self._bare[form] = line_of(self._lang, form, self.of(form).entry, UNATTESTED)
        return found


class _ByText(dict[str, Word]):
    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, text: str) -> Word:
        found = self[text] = self._words.of(normal_form(text))
        return found


class WordTable:
    """The words of all languages. It begins anew when it has grown large."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, bool], Words] = {}
        self._before: dict[str, dict[str, str]] = {}
        self._fresh: dict[str, list[str]] = {}

    def of(self, lang: str, *, asked: bool = True) -> Words:
        """The words of a language; unless it is ``asked`` for, their forms are all that is known.

        Between :meth:`trim` and the next, they are the same.
        """
        found = self._words.get((lang, asked))
        if found is None:
            if asked and lang in LANGUAGES:
                if lang not in self._before:
                    self._before[lang] = _kept(lang)
                found = Words(lang, analysed(lang), self._before[lang])
            else:
                found = Words(lang, _bare, {})
            self._words[lang, asked] = found
        return found

    def trim(self) -> None:
        """Forget the words if they have become too many."""
        if sum(map(len, self._words.values())) > REMEMBERED:
            self._gather()
            self._words.clear()

    def fresh(self) -> Fresh:
        """What the dictionaries were asked for since this was last called."""
        self._gather()
        found, self._fresh = self._fresh, {}
        return found

    def _gather(self) -> None:
        for (lang, asked), words in self._words.items():
            if asked and lang in LANGUAGES and words.fresh:
                self._fresh.setdefault(lang, []).extend(words.fresh)
            words.fresh.clear()


def _bare(form: str) -> Entry:
    return Entry((form,))


def _name(lang: str) -> str:
    return f"forms-{lang}"


@cache
def made_of(lang: str) -> str:
    """What the entries of a language depend on: its rules and its table, the versions of the
    dictionaries, of Unicode, and of all that looks words up here."""
    rules = files("progsearch") / "data" / "inflection" / f"{lang}.toml"
    return kept.digest(
        f"{data_version()} {unicodedata.unidata_version} {sys.version_info[:2]}".encode(),
        repr(LANGUAGES[lang]).encode(),
        rules.read_bytes() if rules.is_file() else b"",
        kept.sources("analysis"),
    )


def _kept(lang: str) -> dict[str, str]:
    """The records of the forms of a language that were kept."""
    data = kept.load(_name(lang), made_of(lang))
    try:
        forms, _, records = (data or b"").decode().partition("\n\n")
        return dict(zip(forms.split("\n"), records.split("\n"), strict=True))
    except ValueError:
        return {}


def keep(fresh: Iterable[Fresh]) -> None:
    """Keep what the dictionaries said for the next run, beside what was kept before."""
    found: dict[str, dict[str, str]] = {}
    for one in fresh:
        for lang, lines in one.items():
            parted = (line.partition("\t") for line in lines)
            found.setdefault(lang, {}).update((form, record) for form, _, record in parted)
    for lang, forms in found.items():
        both = list((_kept(lang) | forms).items())[-REMEMBERED:]
        text = (
            "\n".join(form for form, _ in both) + "\n\n" + "\n".join(record for _, record in both)
        )
        kept.keep(_name(lang), made_of(lang), text.encode())


def kept_keys(
    name: str, lang: str, of: bytes, made: Callable[[], Mapping[str, Sequence[str]]]
) -> Mapping[str, Sequence[str]]:
    """The keys of forms in a language, kept under a name: ``made`` unless they were made of the
    same, ``of`` being a digest of which forms they are."""
    if lang not in LANGUAGES:
        return made()
    name, made_from = f"{name}-{lang}", kept.digest(of, made_of(lang).encode())
    data = kept.load(name, made_from)
    try:
        found = json.loads(data or b"")
        if isinstance(found, dict) and all(isinstance(keys, list) for keys in found.values()):
            return found
    except ValueError:
        pass
    keys = made()
    kept.keep(name, made_from, json.dumps(keys, ensure_ascii=False).encode())
    return keys
