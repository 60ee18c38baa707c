"""One file to one document that is ready for an index; many, in several processes."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from progsearch import readers
from progsearch.analysis import DictionaryLexicon, Entry, Lexicon, Token, tokens
from progsearch.clause import UNATTESTED, keys_of
from progsearch.engine import Posting, Prepared
from progsearch.engine.vocabulary import Forms, line_of
from progsearch.errors import ProgsearchError
from progsearch.languages import Detector, detect_document, detect_passage
from progsearch.model import Passage
from progsearch.normalise import normalise
from progsearch.segmentation import segment

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

__all__ = ["Job", "Preparer", "prepare_all"]

REMEMBERED = 150_000
"""Forms whose entries a process remembers at least; twice as many at most."""

AHEAD_FILES, AHEAD_BYTES = 4, 8_000_000
"""Files a process, and bytes in all, that are read before the first of them is done."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be prepared, and all that is said about it elsewhere."""

    path: str
    data: bytes
    content_hash: str
    defaults: Mapping[str, str]
    given: Mapping[str, str]
    people: Mapping[str, str]


class _RecentLexicon:
    """A lexicon that forgets what was not asked for lately, so that it does not grow."""

    def __init__(self) -> None:
        self._lexicon = DictionaryLexicon()
        self._recent: dict[tuple[str, str], Entry] = {}
        self._before: dict[tuple[str, str], Entry] = {}

    def entry(self, form: str, lang: str) -> Entry:
        name = (form, lang)
        found = self._recent.get(name)
        if found is None:
            if len(self._recent) >= REMEMBERED:
                # The lexicon below keeps all that it was asked for; its dictionaries stay.
                self._lexicon = DictionaryLexicon()
                self._before, self._recent = self._recent, {}
            found = self._before.get(name) or self._lexicon.entry(form, lang)
            self._recent[name] = found
        return found


@dataclass(slots=True)
class Preparer:
    """Reads, normalises, segments and analyses files with the same dictionaries."""

    detector: Detector
    lexicon: Lexicon
    _lines: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    @classmethod
    def loaded(cls, languages: Sequence[str]) -> Preparer:
        """One that tells these languages apart and has their dictionaries."""
        return cls(Detector(languages), _RecentLexicon())

    def prepare(self, job: Job) -> Prepared:
        """The document in the bytes of a file. Raises ProgsearchError when there is none."""
        raw = readers.read(job.path, job.data)
        document = normalise(
            raw,
            path=job.path,
            content_hash=job.content_hash,
            defaults=job.defaults,
            given=job.given,
            people=job.people,
            detect=lambda text: detect_document(text, self.detector),
        )
        lang = document.lang
        cut = segment(
            raw,
            document.id,
            title=document.title,
            lang=lang,
            passage_lang=self._passage_lang(lang.value),
        )
        analysis = _Analysis(self.lexicon)
        postings = [analysis.posting(passage) for passage in cut.passages]
        forms = Forms(list(self._vocabulary(analysis.forms)))
        return Prepared(replace(document, between=cut.between), cut.passages, postings, forms)

    def _vocabulary(self, forms: Mapping[tuple[str, str], Entry]) -> Iterator[str]:
        """The lines of forms; lemmas and parts are forms, too.

        A user types them, with accents or without.
        """
        further: dict[tuple[str, str], None] = {}
        for (lang, form), entry in forms.items():
            yield self._line(lang, form, entry, unattested=False)
            for key in (*entry.keys, *entry.parts):
                if (lang, key) not in forms:
                    further[lang, key] = None
        for lang, form in further:
            yield self._line(lang, form, self.lexicon.entry(form, lang), unattested=True)

    def _line(self, lang: str, form: str, entry: Entry, *, unattested: bool) -> str:
        name = (lang, form, unattested)
        found = self._lines.get(name)
        if found is None:
            if len(self._lines) >= REMEMBERED:
                self._lines.clear()
            found = line_of(lang, form, entry, UNATTESTED if unattested else "")
            self._lines[name] = found
        return found

    def _passage_lang(self, document_lang: str) -> Callable[[str], str | None]:
        return lambda text: detect_passage(text, document_lang, self.detector)


Keys = tuple[str, ...]


class _Analysis:
    """The words of one document. Equal words have the same keys, the very same object."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.forms: dict[tuple[str, str], Entry] = {}
        self._lexicon = lexicon
        self._keys: dict[tuple[str, str, tuple[str, ...]], Keys] = {}
        self._headings: dict[tuple[str, tuple[str, ...]], list[Keys]] = {}

    def entry(self, form: str, lang: str) -> Entry:
        """What is known of a form; it is noted, so that the index can keep it."""
        known = self.forms.get((lang, form))
        if known is None:
            known = self.forms[lang, form] = self._lexicon.entry(form, lang)
        return known

    def posting(self, passage: Passage) -> Posting:
        """What is to be indexed of a passage."""
        lang = passage.lang.value
        place = (lang, passage.headings)
        if place not in self._headings:
            self._headings[place] = self._of(tokens("\n".join(passage.headings), lang, self), lang)
        text = self._of(tokens(passage.text, lang, self), lang)
        return Posting(text, self._headings[place], len(text))

    def _of(self, found: Sequence[Token], lang: str) -> list[Keys]:
        keys = []
        for token in found:
            name = (lang, token.form, token.parts)
            if name not in self._keys:
                self._keys[name] = tuple(keys_of(token, lang))
            keys.append(self._keys[name])
        return keys


Outcome = Prepared | ProgsearchError


def prepare_all(
    jobs: Iterable[tuple[T, Job]], languages: Sequence[str], processes: int
) -> Iterator[tuple[T, Outcome]]:
    """Prepare files in their order, each with what is to be known of it afterwards.

    With more than one process, ``__main__`` must be safe to import, as always with
    :mod:`multiprocessing`. Raises ProgsearchError when one of them is ended from outside.
    """
    if processes > 1:
        yield from _in_processes(jobs, tuple(languages), processes)
        return
    preparer = _loaded(tuple(languages))
    for key, job in jobs:
        yield key, _outcome(preparer, job)


def _outcome(preparer: Preparer, job: Job) -> Outcome:
    try:
        return preparer.prepare(job)
    except ProgsearchError as error:
        return error


def _in_processes(
    jobs: Iterable[tuple[T, Job]], languages: tuple[str, ...], processes: int
) -> Iterator[tuple[T, Outcome]]:
    from concurrent.futures.process import BrokenProcessPool

    ahead: deque[tuple[T, int, Future[bytes]]] = deque()
    held = 0
    with _executor(processes) as executor:
        try:
            for key, job in jobs:
                size = len(job.data)
                while ahead and (
                    len(ahead) >= AHEAD_FILES * processes or held + size > AHEAD_BYTES
                ):
                    first, done, future = ahead.popleft()
                    held -= done
                    yield first, _unpacked(future.result())
                held += size
                ahead.append((key, size, executor.submit(_packed, job, languages)))
            for first, _, future in ahead:
                yield first, _unpacked(future.result())
        except BrokenProcessPool:
            raise ProgsearchError(
                "a process that analyses files was ended from outside",
                remedy="free some memory, or use --processes 1",
            ) from None


@contextmanager
def _executor(processes: int) -> Iterator[Executor]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = set(active_children())
    # Spawned everywhere: what works on Linux then works on Windows and macOS, too.
    executor = ProcessPoolExecutor(processes, get_context("spawn"), _begin)
    try:
        yield executor
    except BaseException:
        # Whoever stops the run does not wait for files that nobody wants any more.
        for process in set(active_children()) - others:
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _begin() -> None:
    """Set up a process that analyses: it ends with its parent and leaves Ctrl-C to it."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@cache
def _loaded(languages: tuple[str, ...]) -> Preparer:
    """The preparer of this process, with its dictionaries warm."""
    return Preparer.loaded(languages)


def _packed(job: Job, languages: tuple[str, ...]) -> bytes:
    """Prepare a file; what comes of it in few bytes and fewer objects."""
    done = _outcome(_loaded(languages), job)
    if isinstance(done, ProgsearchError):
        return pickle.dumps(done, 5)
    numbers: dict[int, int] = {}
    words: list[Sequence[str]] = []

    def numbered(positions: Sequence[Sequence[str]]) -> bytes:
        found = array("I")
        for keys in positions:
            if id(keys) not in numbers:
                numbers[id(keys)] = len(words)
                words.append(keys)
            found.append(numbers[id(keys)])
        return found.tobytes()

    postings = [(numbered(one.text), numbered(one.headings), one.words) for one in done.postings]
    lines = "\n".join(done.forms.lines) if isinstance(done.forms, Forms) else ""
    return pickle.dumps((done.document, done.passages, words, postings, lines), 5)


def _unpacked(packed: bytes) -> Outcome:
    done: Any = pickle.loads(packed)  # noqa: S301 - from a process of our own
    if isinstance(done, ProgsearchError):
        return done
    document, passages, words, postings, lines = done

    def positions(numbers: bytes) -> list[Keys]:
        return [words[number] for number in array("I", numbers)]

    found = [Posting(positions(text), positions(heads), n) for text, heads, n in postings]
    return Prepared(document, passages, found, Forms(lines.split("\n") if lines else []))
