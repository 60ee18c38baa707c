"""The vocabulary of an index: one line of text a form, found by how it begins.

A line is ``lang``, the form without accents, the form, its keys, its parts and the step
that found them, with tabs between. So the lines are in the order of the forms without
accents, which is how people look words up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, groupby, islice
from operator import itemgetter

from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, fold, keep_dictionaries
from progsearch.clause import UNATTESTED, Lookup, form_key, lemma_key, part_key

__all__ = ["Forms", "StoredVocabulary", "entry_from", "entry_record", "line_of", "lines_of"]

SOME = 50
"""Forms with one first letter by which it is told whether dictionaries were asked for them."""

_REMEMBERED = 50_000
"""Forms that are remembered; whoever reads all passages meets all of them."""

SEP = "\x1f"
"""Between the keys of a form."""

Lines = Callable[[str], Iterable[str]]
Stands = Callable[[Iterable[str]], bool]
Fetch = Callable[[Iterable[Lookup]], None]


def line_of(lang: str, form: str, entry: Entry, step: str = "") -> str:
    """The line of a form; ``step`` instead of the entry's own."""
    folded = form if form.isascii() else fold(form)
    keys, parts = SEP.join(entry.keys), SEP.join(entry.parts)
    return f"{lang}\t{folded}\t{form}\t{keys}\t{parts}\t{step or entry.step}"


def entry_record(entry: Entry) -> str:
    """An entry as the end of a line has it."""
    return f"{SEP.join(entry.keys)}\t{SEP.join(entry.parts)}\t{entry.step}"


def entry_from(record: str) -> Entry:
    """The entry of the end of a line. Raises ValueError for what is none."""
    keys, parts, step = record.split("\t")
    return Entry(_listed(keys), _listed(parts), step)


_BARE = Entry(()).step


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(SEP)) if text else ()


class Forms(Mapping[tuple[str, str], Entry]):
    """The forms of a document as lines, which is how an index wants them; read when asked."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    @cached_property
    def _entries(self) -> dict[tuple[str, str], Entry]:
        found = {}
        for line in self.lines:
            lang, _, form, keys, parts, step = line.split("\t")
            found[lang, form] = Entry(_listed(keys), _listed(parts), step)
        return found

    def __getitem__(self, key: tuple[str, str]) -> Entry:
        return self._entries[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self.lines)


def lines_of(forms: Mapping[tuple[str, str], Entry]) -> Sequence[str]:
    """The lines of the forms of a document."""
    if isinstance(forms, Forms):
        return forms.lines
    return [line_of(lang, form, entry) for (lang, form), entry in forms.items()]


def _how_little(entry: Entry) -> int:
    """By how little an entry says of its form."""
    return _said_by(entry.step)


def _said_by(step: str) -> int:
    return 2 if step == UNATTESTED else int(step == _BARE)


def _saying_most(lines: Iterable[Sequence[str]]) -> Entry:
    """The entry of a form by its lines, which are taken apart.

    One document has the form itself, another only forms of which it is the lemma; and a document
    whose language was not asked for has it without a lemma.
    """
    found = [Entry(_listed(keys), _listed(parts), step) for *_, keys, parts, step in lines]
    return found[0] if len(found) == 1 else min(found, key=_how_little)


class StoredVocabulary:
    """The vocabulary of an open index; dictionaries are asked only for what it has never seen.

    ``lines`` gives the lines that begin so, in order. Forms stay when documents go, so
    ``stands`` tells whether a passage has one of some keys. Where the lines are on another
    machine, ``fetch`` is told beforehand which are wanted.
    """

    def __init__(self, lines: Lines, stands: Stands, fetch: Fetch | None = None) -> None:
        self._lines = lines
        self._stands = stands
        self._fetch = fetch
        self._fallback: Lexicon = DictionaryLexicon()
        self._analysed: dict[str, bool] = {}
        self._cache: dict[tuple[str, str], Entry | None] = {}

    def _forms(self, lang: str, beginning: str) -> Iterator[tuple[str, Entry]]:
        lines = (line.split("\t") for line in self._lines(f"{lang}\t{beginning}"))
        for form, same in groupby(lines, itemgetter(2)):
            yield form, _saying_most(same)

    def _alive(self, form: str, lang: str, entry: Entry) -> Entry | None:
        """The entry as it is without what has gone."""
        if self._stands([form_key(lang, form)]):
            return entry
        if self._stands([lemma_key(lang, form), part_key(lang, form)]):
            return replace(entry, step=UNATTESTED)
        return None

    def _some(self, lang: str, beginning: str) -> Iterator[tuple[str, Entry]]:
        for form, stored in self._forms(lang, beginning):
            entry = self._alive(form, lang, stored)
            if entry:
                yield form, entry

    def _stored(self, form: str, lang: str) -> Entry | None:
        place = (lang, form)
        if place not in self._cache:
            if len(self._cache) >= _REMEMBERED:
                self._cache.clear()
            lines = [*self._lines(f"{lang}\t{fold(form)}\t{form}\t")]
            self._cache[place] = _saying_most(one.split("\t") for one in lines) if lines else None
        return self._cache[place]

    def prefetch(self, wanted: Iterable[Lookup]) -> None:
        """Be told what will be asked for."""
        if self._fetch:
            self._fetch(wanted)

    def known(self, form: str, lang: str) -> Entry | None:
        """What is stored of a form."""
        stored = self._stored(form, lang)
        return self._alive(form, lang, stored) if stored else None

    def entry(self, form: str, lang: str) -> Entry:
        """What is stored of a form, or else what the dictionaries say."""
        found = self._stored(form, lang)
        if found is None and self._was_analysed(lang):
            found = self._fallback.entry(form, lang)
            keep_dictionaries([lang])
        return found or Entry((form,))

    def _was_analysed(self, lang: str) -> bool:
        """Whether dictionaries were asked for its forms: else no lemma of it can be met."""
        if lang not in self._analysed:
            # Numbers, which come first, have no lemma in any language.
            some = chain.from_iterable(islice(self._forms(lang, one), SOME) for one in "aekmpst")
            steps = (entry.step for _, entry in some)
            first, bare = next(steps, None), Entry(()).step
            # Nearly always the first few tell; to begin a letter may take reading all of it.
            self._analysed[lang] = first != bare or any(step != bare for step in steps)
        return self._analysed[lang]

    def folded(self, folded: str, lang: str) -> Iterable[tuple[str, Entry]]:
        """The forms that are ``folded`` without accents."""
        return self._some(lang, f"{folded}\t")

    def fitting(self, folded: str, lang: str, fits: Callable[[str], bool]) -> Iterable[str]:
        """The forms of texts that start so without accents, and fit."""
        before = ""
        for line in self._lines(f"{lang}\t{folded}"):
            form = line.split("\t", 3)[2]
            if form == before:
                continue
            before = form
            if fits(form) and self._stands([form_key(lang, form)]):
                yield form

    def of_lemma(self, lemma: str, lang: str) -> Iterable[str]:
        """The forms of texts of which this is the first lemma."""
        before = ""
        for line in self._lines(f"{lang}\t"):
            # Most lines are passed over without being taken apart.
            if lemma not in line:
                continue
            form = line.split("\t", 3)[2]
            if form == before:
                continue
            before = form
            entry = self._stored(form, lang)
            if entry and entry.keys[:1] == (lemma,) and self._stands([form_key(lang, form)]):
                yield form

    def entries(self, lang: str) -> Iterable[tuple[str, Entry]]:
        """All forms of a language, those that have gone among them."""
        return self._forms(lang, "")

    def lemmas(self, lang: str) -> Iterable[tuple[str, str, str]]:
        """Of each form of a language its first lemma, and the step that found it."""
        before = lemma = told = ""
        for line in self._lines(f"{lang}\t"):
            _, _, form, keys, _, step = line.split("\t")
            if form != before:
                if before:
                    yield before, lemma, told
            elif _said_by(step) >= _said_by(told):
                continue  # as in _forms, the line that says most
            before, lemma, told = form, keys.partition(SEP)[0], step
        if before:
            yield before, lemma, told
