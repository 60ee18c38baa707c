"""The front matter of a file: its keys as they are written, and where its texts stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

import yaml
from frontmatter.default_handlers import YAMLHandler

from progsearch.blocks.lines import Line, line_of, line_starts, lines_of
from progsearch.errors import ProgsearchError

__all__ = ["TEXT_KEYS", "Head", "opens_with_head", "split_head"]

TEXT_KEYS = frozenset(
    (
        *("abstract", "anotace", "description", "excerpt", "ingress", "intro", "lead", "motto"),
        *("perex", "popis", "preamble", "sammanfattning", "subtitle", "summary"),
    )
)
"""Keys whose values are texts of the document and become passages."""

_FENCE = YAMLHandler.FM_BOUNDARY
_DOTS = re.compile(r"^\.{3}[ \t]*$", re.MULTILINE)
"""How YAML itself ends a document, and Pandoc a head."""
_KEY = re.compile(r"""(?:([A-Za-z_][\w.-]*)|"([^"\n]+)"|'([^'\n]+)')[ \t]*:(?:[ \t]+(.*))?$""")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
MAX_DEPTH = 20
MAX_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class Head:
    """What the front matter says.

    Values are text as written, None, lists and mappings. ``texts`` are the places
    (key, start, end) of the values of :data:`TEXT_KEYS`; the body begins at ``body``.
    """

    meta: Mapping[str, object]
    texts: tuple[tuple[str, int, int], ...]
    body: int
    notes: tuple[str, ...] = ()


class _Composer(yaml.BaseLoader):
    """Composes nodes, but refuses what would unfold without end before it builds it."""

    def __init__(self, source: str, at: int, starts: list[int]) -> None:
        super().__init__(source)
        self._first = line_of(starts, at)
        self._depth = self._values = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        """The next node. Raises ProgsearchError for references and for too many values."""
        self._values += 1
        self._depth += 1
        if self.check_event(yaml.AliasEvent):
            self._refuse("refers to its own values (* and &)", "write the values out")
        if self._depth > MAX_DEPTH:
            self._refuse("is nested too deeply", f"keep to {MAX_DEPTH} levels")
        if self._values > MAX_VALUES:
            self._refuse("has too many values", f"keep to {MAX_VALUES}")
        node: yaml.Node | None = super().compose_node(parent, index)  # type: ignore[arg-type]
        self._depth -= 1
        return node

    def _refuse(self, what: str, remedy: str) -> NoReturn:
        line = self._first + self.line
        raise ProgsearchError(f"the front matter {what}", where=f"line {line}", remedy=remedy)


@dataclass(slots=True)
class _Found:
    """What has been read so far; ``at`` is where the YAML begins in the file."""

    starts: list[int]
    at: int = 0
    meta: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def put(self, key: str, value: object, at: int, texts: list[tuple[str, int, int]]) -> None:
        line = line_of(self.starts, at)
        if key in self.meta:
            self.notes.append(
                f"the key {key!r} stands in line {self.lines[key]} and again in line {line}:"
                " the last one counts"
            )
        self.meta[key] = value
        self.lines[key] = line
        self.texts[key] = texts


def opens_with_head(text: str) -> bool:
    """Whether a unified text opens with ``---`` and a key, or with nothing but comments."""
    bare = len(text) - len(text.lstrip())
    begin = text.find("\n", bare) + 1
    if not begin or not YAMLHandler().detect(text[bare : begin + 1]):
        return False
    for line in lines_of(text[begin:]):
        if line.text.startswith("---"):
            return True
        if line.text and not line.text.startswith("#"):
            return _KEY.match(line.text) is not None
    return False


def split_head(text: str) -> Head | None:
    """The front matter of a unified text, or None when it opens with none.

    Scalars are kept as they are written, where YAML 1.1 would make a date, a number or
    ``False`` of them. Of a key that stands twice the last value counts. Front matter that
    is no YAML is read key by key, and where its closing line is missing it ends before
    the first blank line that no key follows; notes say so. Raises ProgsearchError for
    front matter that would unfold without end.
    """
    if not opens_with_head(text):
        return None
    begin = text.find("\n", len(text) - len(text.lstrip())) + 1
    closing = _closing(text, begin)
    end = closing.start() if closing else len(text)
    found = _Found(line_starts(text))
    broken = None if closing else ""
    if closing:
        try:
            _take(text[begin:end], begin, found)
        except yaml.YAMLError as error:
            broken = _reason(error, found.starts, begin)
            found = _Found(found.starts)
    if broken is not None:
        stop = _salvage(text, begin, end, found)
        if closing is None or stop < end:
            first = line_of(found.starts, max(begin, stop - 1))
            found.notes.insert(0, f"the front matter has no closing ---: it ends at line {first}")
            return Head(found.meta, _texts(found), stop, tuple(found.notes))
        found.notes.insert(0, f"the front matter is not YAML ({broken}): read key by key")
    assert closing is not None  # noqa: S101 - without it the branch above has returned
    body = text.find("\n", closing.start()) + 1 or len(text)
    return Head(found.meta, _texts(found), body, tuple(found.notes))


def _closing(text: str, begin: int) -> re.Match[str] | None:
    """The line that ends the front matter: the first of dashes or of dots."""
    fence = _FENCE.search(text, begin)
    return _DOTS.search(text, begin, fence.start() if fence else len(text)) or fence


def _texts(found: _Found) -> tuple[tuple[str, int, int], ...]:
    places = (place for places in found.texts.values() for place in places)
    return tuple(sorted(places, key=lambda place: place[1]))


def _reason(error: yaml.YAMLError, starts: list[int], begin: int) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        line = line_of(starts, begin) + error.problem_mark.line
        return f"line {line}: {error.problem}"
    return str(error).splitlines()[0]


def _take(source: str, at: int, found: _Found) -> None:
    """Read ``source``, which stands at ``at``. Raises YAMLError."""
    root = _Composer(source, at, found.starts).get_single_node()
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise yaml.MarkedYAMLError(None, None, "no keys", root.start_mark)
    for key_node, value_node in root.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
        texts = list(_places(key, value_node, source, at)) if key in TEXT_KEYS else []
        value = _value(value_node, at, found)
        found.put(key, value, at + key_node.start_mark.index, texts)


def _value(node: yaml.Node, at: int, found: _Found) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, at, found) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        inner = _Found(found.starts)
        for key_node, value_node in node.value:
            value = _value(value_node, at, found)
            inner.put(str(key_node.value), value, at + key_node.start_mark.index, [])
        found.notes += inner.notes
        return inner.meta
    written = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style is None and written in _NULLS:
        return None
    return written.rstrip()


def _places(key: str, node: yaml.Node, source: str, at: int) -> Iterator[tuple[str, int, int]]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _places(key, item, source, at)
    elif isinstance(node, yaml.ScalarNode) and node.value.strip():
        start, end = node.start_mark.index, node.end_mark.index
        if node.style in ("|", ">"):
            start = source.find("\n", start, end) + 1 or end
        elif node.style in ("'", '"'):
            start = source.find(node.style, start, end) + 1
            end -= 1
        yield key, at + start, at + end


def _salvage(text: str, begin: int, end: int, found: _Found) -> int:
    """Read the keys one by one; where the front matter ends, which may be before ``end``."""
    chunks: list[list[Line]] = []
    blank = False
    stop = end
    for line in lines_of(text[:end], begin):
        if not line.text:
            blank = True
            continue
        column = line.start - (text.rfind("\n", 0, line.start) + 1)
        if column == 0 and (_KEY.match(line.text) or line.text.startswith("#")):
            chunks.append([line])
        elif not chunks or (blank and column == 0):
            stop = line.start
            break
        else:
            chunks[-1].append(line)
        blank = False
    for number, chunk in enumerate(chunks):
        last = chunks[number + 1][0].start if number + 1 < len(chunks) else stop
        _salvage_key(text, chunk, last, found)
    return stop


def _salvage_key(text: str, chunk: list[Line], last: int, found: _Found) -> None:
    begin = chunk[0].start
    match = _KEY.match(chunk[0].text)
    if match is None:
        return
    try:
        _take(text[begin:last], begin, found)
    except yaml.YAMLError:
        key = match[1] or match[2] or match[3]
        start = begin + match.start(4) if match[4] else chunk[0].end
        if match[4] and match[4][0] in "|>":
            start = chunk[0].end
        end = chunk[-1].end
        value = " ".join(text[start:end].split())
        texts = [(key, start, end)] if key in TEXT_KEYS and value else []
        found.put(key, value or None, begin, texts)
        line = line_of(found.starts, begin)
        found.notes.append(f"the value of {key!r} in line {line} is not YAML: kept as written")
