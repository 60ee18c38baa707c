"""A file to documents that are ready for an index; many files, in several processes."""

from __future__ import annotations

import pickle
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from progsearch import readers
from progsearch.analysis import keep_dictionaries
from progsearch.blocks.marks import has_words, plain
from progsearch.blocks.unseen import unstruck
from progsearch.commitment import leads_in, told
from progsearch.engine import Posting, Prepared
from progsearch.engine.vocabulary import Forms
from progsearch.errors import ProgsearchError
from progsearch.languages.detect import Detector, detect_document, detect_passage
from progsearch.languages.stated import contradicted
from progsearch.languages.unexpected import mixed, note
from progsearch.model import Document, Origin, Passage, RawDocument, ReadyDocument, Role
from progsearch.normalise import Kind, labelled_speakers, normalise
from progsearch.postings import Analysis
from progsearch.readers import Options, Refused
from progsearch.segmentation import segment
from progsearch.settings import MAX_MEMORY, MAX_SECONDS
from progsearch.wordtable import Fresh, Keys, WordTable, keep
from progsearch.workers import Lost, Workers, workers

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["Job", "Limits", "Preparer", "prepare_all"]


AHEAD_FILES, AHEAD_BYTES = 4, 8_000_000
"""Files a process, and bytes in all, that are read before the first of them is done."""

PLAIN = 200_000
"""Bytes of plain text up to which a file is analysed in this process: to begin another takes
longer. Whatever has a format of its own is not, for its reader is a library that may fail."""

FEW = 5_000
"""New forms up to which an ingest is a small one after others."""

T = TypeVar("T")


def _no_facts(_part: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: bytes of memory, and seconds, more of them for a large file."""

    memory: int = MAX_MEMORY
    seconds: float = MAX_SECONDS

    def seconds_for(self, size: int) -> float:
        """Seconds for a file of so many bytes: as many again for each half a megabyte."""
        return self.seconds * (1 + size / 500_000)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be prepared, and all that is said about it elsewhere.

    ``defaults`` are the facts of each of its parts, ``overrides`` those that overrule what a
    part states, ``aliases`` further names of parties; ``extra`` is kept with each of its
    documents. All of it can be sent to another process.
    """

    path: str
    data: bytes
    content_hash: str
    defaults: Callable[[str], Mapping[str, str]]
    given: Mapping[str, str]
    people: Mapping[str, str]
    options: Options = field(default_factory=Options)
    extra: Mapping[str, object] = field(default_factory=dict)
    overrides: Callable[[str], Mapping[str, str]] = _no_facts
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Preparer:
    """Reads, normalises, segments and analyses files with the same dictionaries."""

    detector: Detector
    words: WordTable = field(default_factory=WordTable)

    @classmethod
    def loaded(cls, languages: Sequence[str]) -> Preparer:
        """One that tells these languages apart and has their dictionaries."""
        return cls(Detector(languages))

    def prepare(self, job: Job) -> Iterator[Prepared | Refused]:
        """The documents in the bytes of a file, and the parts that cannot be read.

        Raises ProgsearchError when the file as a whole cannot be read.
        """
        for found in readers.read_all(job.path, job.data, job.options):
            match found:
                case Refused():
                    yield found
                case ReadyDocument(document, passages):
                    yield self._analysed(document, passages, {})
                case RawDocument():
                    yield self._prepared(job, found)

    def _prepared(self, job: Job, raw: RawDocument) -> Prepared:
        document = normalise(
            raw,
            path=job.path + raw.part,
            content_hash=job.content_hash,
            defaults=job.defaults(raw.part),
            given=job.given,
            overrides=job.overrides(raw.part),
            aliases=job.aliases,
            people=job.people,
            detect=lambda text: detect_document(text, self.detector),
            contradicted=lambda texts, lang: contradicted(texts, lang, self.detector, plain),
        )
        if job.extra:
            document = replace(document, extra={**document.extra, **job.extra})
        lang = document.lang
        cut = segment(
            raw,
            document.id,
            title=document.title,
            lang=lang,
            passage_lang=self._passage_lang(lang.value),
            leads_in=lambda sentence: leads_in(sentence, lang.value),
        )
        gone = sum(not has_words(unstruck(one.text)) for one in cut.passages)
        notes = (*document.notes, *([_struck(gone)] if gone else ()))
        document = replace(document, between=cut.between, notes=notes)
        odd = note(lang.value, self.detector.tags) if lang.origin is Origin.INFERRED else ""
        if odd and cut.passages:
            document = replace(document, notes=(*document.notes, odd))
        if lang.origin is Origin.INFERRED and (
            several := mixed(lang.value, _letters(cut.passages))
        ):
            document = replace(document, notes=(*document.notes, several))
        country = document.country.value if document.country else ""
        passages = labelled_speakers(cut.passages, country, job.aliases)
        return self._analysed(document, passages, raw.lemmas)

    def _analysed(
        self,
        document: Document,
        passages: Sequence[Passage],
        lemmas: Mapping[tuple[int, int], str],
    ) -> Prepared:
        stated = (one.lang.value for one in passages if one.lang.origin is not Origin.INFERRED)
        analysis = Analysis(self.words, lemmas, {*self.detector.tags, *stated})
        postings = [analysis.posting(passage) for passage in passages]
        forms = Forms(list(analysis.lines()))
        return Prepared(document, _told(document, passages), postings, forms)

    def _passage_lang(self, document_lang: str) -> Callable[[str], str | None]:
        return lambda text: detect_passage(text, document_lang, self.detector)


def _letters(passages: Sequence[Passage]) -> Counter[str]:
    """How long the text is in each language that was told; headings have their document's."""
    found: Counter[str] = Counter()
    for one in passages:
        if one.role is not Role.HEADING:
            found[one.lang.value] += len(one.text)
    return found


def _struck(passages: int) -> str:
    which = "1 passage is" if passages == 1 else f"{passages:,} passages are"
    return f"{which} struck out: the text is kept, and promises nothing"


_NEWS = (Kind.NEWS, Kind.ARTICLE)
"""Kinds that tell mostly of what others do."""


def _told(document: Document, passages: Sequence[Passage]) -> list[Passage]:
    kind = document.kind.value if document.kind else ""
    lang, title = document.lang.value, document.title
    report = kind == Kind.FULFILMENT_REPORT
    party, news = document.party.value if document.party else "", kind in _NEWS
    return list(told(passages, lang, title=title, report=report, news=news, party=party))


Outcome = Sequence[Prepared | Refused] | ProgsearchError
"""The documents of a file with the parts that cannot be read, or why all of it cannot."""


def prepare_all(
    jobs: Iterable[tuple[T, Job]],
    languages: Sequence[str],
    processes: int,
    limits: Limits | None = None,
) -> Iterator[tuple[T, Outcome]]:
    """Prepare files in their order, each with what is to be known of it afterwards.

    They are analysed in so many ``processes`` beside this one; with none small plain texts in this
    one and other files in another. A file that ends its process, or takes more than the limits,
    costs itself and no other.
    """
    limits = limits or Limits()
    chosen = tuple(languages)
    run = _Run(chosen, limits)
    with workers(max(1, processes), limits.memory) as made:
        if processes:
            yield from run.in_processes(jobs, processes, made)
        else:
            yield from run.one_by_one(jobs, made)
    keep(run.fresh)
    if 0 < sum(len(forms) for one in run.fresh for forms in one.values()) < FEW:
        # A few new words: the next ones need not have a dictionary read again.
        keep_dictionaries({lang for one in run.fresh for lang in one})


class _Run:
    """Many files, and what was learnt of words on the way."""

    def __init__(self, languages: tuple[str, ...], limits: Limits) -> None:
        self.fresh: list[Fresh] = []
        self._languages = languages
        self._limits = limits

    def one_by_one(
        self, jobs: Iterable[tuple[T, Job]], made: Workers
    ) -> Iterator[tuple[T, Outcome]]:
        begun = False
        for key, job in jobs:
            if not begun and _is_plain(job):
                preparer = _loaded(self._languages)
                yield key, _outcome(preparer, job)
                self.fresh.append(preparer.words.fresh())
            else:
                begun = True
                yield key, self._result(self._submitted(made, job), job)

    def in_processes(
        self, jobs: Iterable[tuple[T, Job]], processes: int, made: Workers
    ) -> Iterator[tuple[T, Outcome]]:
        ahead: deque[tuple[T, Job, Future[bytes]]] = deque()
        held = 0
        for key, job in jobs:
            size = len(job.data)
            while ahead and (len(ahead) >= AHEAD_FILES * processes or held + size > AHEAD_BYTES):
                first, done, future = ahead.popleft()
                held -= len(done.data)
                yield first, self._result(future, done)
            held += size
            ahead.append((key, job, self._submitted(made, job)))
        for first, done, future in ahead:
            yield first, self._result(future, done)

    def _submitted(self, made: Workers, job: Job) -> Future[bytes]:
        seconds = self._limits.seconds_for(len(job.data))
        return made.submit(_packed, job, self._languages, seconds=seconds)

    def _result(self, future: Future[bytes], job: Job) -> Outcome:
        try:
            found, fresh = _unpacked(future.result())
        except Lost as lost:
            remedies = {
                "time": "leave it out, or allow more with --max-seconds",
                "memory": "leave it out, split it, or allow more with --max-memory",
            }
            remedy = remedies.get(lost.kind, "run ingest again; leave it out if it says so again")
            return ProgsearchError(str(lost), where=job.path, remedy=remedy)
        if fresh:
            self.fresh.append(fresh)
        return found


def _is_plain(job: Job) -> bool:
    return len(job.data) <= PLAIN and readers.is_text(job.path, job.data, job.options)


def _outcome(preparer: Preparer, job: Job) -> Outcome:
    try:
        return list(preparer.prepare(job))
    except ProgsearchError as error:
        return error
    except MemoryError:
        raise  # its process ends
    except Exception as error:  # noqa: BLE001 - one file must not cost the others
        return ProgsearchError(
            f"a fault of progsearch: {type(error).__name__}: {error}",
            where=job.path,
            remedy="please report it with the file; the other files are read",
        )


@cache
def _loaded(languages: tuple[str, ...]) -> Preparer:
    """The preparer of this process, with its dictionaries warm."""
    return Preparer.loaded(languages)


def _packed(job: Job, languages: tuple[str, ...]) -> bytes:
    """Prepare a file; what comes of it in few bytes and fewer objects."""
    preparer = _loaded(languages)
    done = _outcome(preparer, job)
    small: object = done
    if not isinstance(done, ProgsearchError):
        small = [one if isinstance(one, Refused) else _small(one) for one in done]
    return pickle.dumps((small, preparer.words.fresh()), 5)


_Places = list[tuple[bytes, bytes, int]]
_Row = tuple[Any, ...]
_Small = tuple[Document, list[_Row], list[Keys], _Places, str]

# A data class with slots is pickled with a look at all its fields each time.
_row: Callable[[Passage], _Row] = attrgetter(*(one.name for one in fields(Passage)))


def _small(done: Prepared) -> _Small:
    """A document with each word that it has once."""
    numbers: dict[int, int] = {}
    words: list[Keys] = []

    def numbered(positions: Sequence[Sequence[str]]) -> bytes:
        found = array("I")
        for keys in positions:
            if id(keys) not in numbers:
                numbers[id(keys)] = len(words)
                words.append(tuple(keys))
            found.append(numbers[id(keys)])
        return found.tobytes()

    postings = [(numbered(one.text), numbered(one.headings), one.words) for one in done.postings]
    lines = "\n".join(done.forms.lines) if isinstance(done.forms, Forms) else ""
    return done.document, [_row(one) for one in done.passages], words, postings, lines


def _unpacked(packed: bytes) -> tuple[Outcome, Fresh]:
    done: Any
    done, fresh = pickle.loads(packed)  # noqa: S301 - from a process of our own
    if isinstance(done, ProgsearchError):
        return done, fresh
    return [one if isinstance(one, Refused) else _whole(one) for one in done], fresh


def _whole(small: _Small) -> Prepared:
    document, rows, words, postings, lines = small

    def positions(numbers: bytes) -> list[Keys]:
        return [words[number] for number in array("I", numbers)]

    found = [Posting(positions(text), positions(heads), n) for text, heads, n in postings]
    passages = [Passage(*row) for row in rows]
    return Prepared(document, passages, found, Forms(lines.split("\n") if lines else []))
