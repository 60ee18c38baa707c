"""A ``progsearch.toml`` for a folder that has none: what would be inferred of its files.

Every document is read and its facts inferred, as ``ingest`` does. What the documents of a
folder agree in becomes a line for the folder, what they differ in lines for the folders and
files below it, each with its evidence beside it. A person reads and corrects them: lines with
little behind them are written as comments.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from progsearch import readers
from progsearch.errors import ProgsearchError
from progsearch.facts.inference import HEAD
from progsearch.facts.parties import infer_party
from progsearch.facts.regions import region_of_path
from progsearch.facts.registry import countries_of_language
from progsearch.files import Beside, is_document, is_setting, read_source
from progsearch.languages.detect import Detector, detect_document
from progsearch.model import Document, Origin, RawDocument
from progsearch.normalise import body_of, normalise
from progsearch.plans import plan
from progsearch.readers import Options
from progsearch.settings import FolderSettings, Settings
from progsearch.state import Files

__all__ = ["Draft", "Line", "draft", "written"]

FACTS = ("party", "region", "kind", "date", "lang")
"""What is drafted, in the order of the lines."""

SURE = 0.5
"""Share of the documents below a folder that must say something for a line that counts."""
ALIKE = 0.95
"""Share of those that must say the same. The others are named in the line's evidence."""
MOST_FILES = 40
"""Files of one folder that get lines of their own; of more only the number is told."""


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of a folder or a file; ``doubtful`` ones are written as a comment."""

    key: str
    value: str
    evidence: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines of one ``[[defaults]]``, or only what is to be said of its path."""

    path: str
    lines: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A document: the folders that it lies in, and by fact its value and why."""

    folders: tuple[str, ...]
    name: str
    values: Mapping[str, tuple[str, str]]


def draft(folder: Path, settings: Settings | None = None) -> tuple[list[Draft], int, int]:
    """The entries for a folder, the number of documents read, and of files that could not be.

    Raises ProgsearchError when the folder does not exist.
    """
    settings = settings or Settings()
    seen: list[_Seen] = []
    failed = 0
    folders = FolderSettings(settings)
    detector = Detector(settings.detected)
    for source in plan([folder], Files(), {}).files:
        if is_setting(source.file.name) or folders.ignored(source):
            continue
        options = Options(
            settings.format,
            folders.tables(source),
            Beside(source, settings.max_bytes),
            is_document,
        )
        try:
            data, _ = read_source(source, max_bytes=settings.max_bytes)
            read = readers.read_all(source.path, data, options)
            label = source.root.label
            seen.extend(
                _seen(found, source.path, label, detector)
                for found in read
                if isinstance(found, RawDocument)
            )
        except (ProgsearchError, OSError):
            failed += 1
    return list(_drafts("", seen, {})), len(seen), failed


def _seen(raw: RawDocument, path: str, label: str, detector: Detector) -> _Seen:
    document = normalise(
        raw,
        path=path + raw.part,
        content_hash="",
        defaults={},
        given={},
        people={},
        detect=lambda text: detect_document(text, detector),
    )
    parts = path.removeprefix(label).strip("/").split("/")
    return _Seen(tuple(parts[:-1]), parts[-1], dict(_values(document, raw)))


def _values(document: Document, raw: RawDocument) -> Iterator[tuple[str, tuple[str, str]]]:
    if document.party:
        yield "party", (document.party.value, _why_party(document, raw))
    if document.region:
        inferred = document.region.origin is Origin.INFERRED
        place = "file or folder name" if region_of_path(document.path) else "text"
        yield "region", (document.region.value.code, place if inferred else "stated")
    if document.kind:
        yield "kind", (document.kind.value, _why(document.kind.origin, "title, place or text"))
    if document.date:
        value, origin = document.date.value, document.date.origin
        # A day is of one document, the year may be that of the folder.
        yield "date", (str(value.year), _why(origin, "name, title or text"))
    if document.lang.value != "und":
        yield "lang", (document.lang.value, _why(document.lang.origin, "text"))


def _why(origin: Origin, inferred: str) -> str:
    return inferred if origin is Origin.INFERRED else "stated"


def _why_party(document: Document, raw: RawDocument) -> str:
    if document.party and document.party.origin is not Origin.INFERRED:
        return "stated"
    countries = (
        (document.country.value,)
        if document.country
        else countries_of_language(document.lang.value)
    )
    owner = infer_party(document.title, body_of(raw.text)[:HEAD], document.path, countries)
    return f"{owner.where} {owner.written!r}" if owner else "text"


def _drafts(path: str, seen: Sequence[_Seen], above: Mapping[str, str]) -> Iterator[Draft]:
    """The entries for a folder and all below it, without what is said of the folders above."""
    depth = len(path.split("/")) if path else 0
    known = dict(above)
    lines: list[Line] = []
    open_facts: list[str] = []
    for fact in FACTS:
        if fact in above:
            continue
        line = _line(fact, seen)
        if line is None:
            if any(fact in one.values for one in seen):
                open_facts.append(fact)
            continue
        # A fact that few documents tell may still be told by the folders below.
        if line.doubtful and any(len(one.folders) > depth for one in seen):
            open_facts.append(fact)
            continue
        lines.append(line)
        known[fact] = line.value
    files = [one for one in seen if len(one.folders) == depth]
    below: dict[str, list[_Seen]] = {}
    for one in seen:
        if len(one.folders) > depth:
            below.setdefault(one.folders[depth], []).append(one)
    remarks: list[str] = []
    own: list[Draft] = []
    if open_facts and len(seen) > 1:
        names = {one.name for one in files}
        if len(names) <= MOST_FILES:
            own = list(_of_files(path, files, open_facts))
        else:
            remarks = [_differing(fact, files) for fact in open_facts]
    if lines or any(remarks):
        pattern = f"{_literal(path)}/**" if path else "**"
        yield Draft(pattern, tuple(lines), tuple(filter(None, remarks)))
    yield from own
    for name in sorted(below):
        yield from _drafts(f"{path}/{name}" if path else name, below[name], known)
    yield from _exceptions([line for line in lines if not line.doubtful], seen)


def _exceptions(lines: Sequence[Line], seen: Sequence[_Seen]) -> Iterator[Draft]:
    """Entries for the files that say otherwise than a line for all of their folder."""
    others: dict[str, list[Line]] = {}
    for line in lines:
        told: dict[str, set[tuple[str, str]]] = {}
        for one in seen:
            place = "/".join((*one.folders, one.name))
            told.setdefault(place, set()).add(one.values.get(line.key, (line.value, "")))
        for place, values in told.items():
            if {value for value, _ in values} != {line.value} and len(values) == 1:
                ((value, why),) = values
                if why != "stated":
                    evidence = f"{why}; other than its folder"
                    others.setdefault(place, []).append(Line(line.key, value, evidence))
    for place, found in sorted(others.items()):
        yield Draft(_literal(place), tuple(found))


def _line(fact: str, seen: Sequence[_Seen]) -> Line | None:
    """The line that the documents agree in; None when they differ, say nothing or say it all
    themselves."""
    told = [one.values[fact] for one in seen if fact in one.values]
    if not told or (len(told) == len(seen) and all(why == "stated" for _, why in told)):
        return None
    (value, count), *others = Counter(value for value, _ in told).most_common()
    if others and count < ALIKE * len(told):
        return None
    why, _ = Counter(why for own, why in told if own == value).most_common(1)[0]
    evidence = f"{why}; {count} of {len(seen)} {'file' if len(seen) == 1 else 'files'}"
    if others:
        evidence += f", but {', '.join(f'{other} {number}' for other, number in others[:3])}"
    return Line(fact, value, evidence, doubtful=count < SURE * len(seen))


def _of_files(path: str, files: Sequence[_Seen], facts: Sequence[str]) -> Iterator[Draft]:
    by_name: dict[str, list[_Seen]] = {}
    for one in files:
        by_name.setdefault(one.name, []).append(one)
    for name, documents in sorted(by_name.items()):
        lines = [line for fact in facts if (line := _line(fact, documents))]
        if lines:
            yield Draft(_literal(f"{path}/{name}" if path else name), tuple(lines))


def _differing(fact: str, files: Sequence[_Seen]) -> str:
    told = [one.values[fact] for one in files if fact in one.values]
    found = Counter(value for value, _ in told)
    if len(found) < 2 or all(why == "stated" for _, why in told):
        return ""
    most = ", ".join(f"{value} {number}" for value, number in found.most_common(4))
    return f"{fact} differs: {most}{', …' if len(found) > 4 else ''}"


def _literal(path: str) -> str:
    """A path as a pattern that covers it alone."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


_HEAD = """\
# What progsearch would infer of the files below this folder. Read each line and correct it:
# a line says it of all files that its path covers and that do not state it themselves; with
# override = true, of those that do as well. Lines with little behind them are comments.
"""


def written(drafts: Sequence[Draft]) -> str:
    """The entries as the text of a ``progsearch.toml``."""
    parts = [_HEAD]
    for one in drafts:
        rows = [f"path = {_quoted(one.path)}"]
        pairs = [
            (f"{'# ' if line.doubtful else ''}{line.key} = {_quoted(line.value)}", line.evidence)
            for line in one.lines
        ]
        width = max((len(pair[0]) for pair in pairs), default=0)
        rows += [f"{pair:<{width}}  # {_plain(evidence)}" for pair, evidence in pairs]
        rows += [f"# {_plain(remark)}" for remark in one.remarks]
        parts.append("\n".join(["[[defaults]]", *rows, ""]))
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    """A text that can stand in a comment: on one line, without control characters."""
    return "".join(char if char.isprintable() else " " for char in text)
