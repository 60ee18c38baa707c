"""The nodes of a YAML file: what was written, and at which line.

The file is composed and not loaded: YAML 1.1 makes ``no`` a truth value, ``1177`` a number
and ``2024-01-01`` a date, and only the nodes still tell what was written, and where.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import yaml

from progsearch.errors import Problem

__all__ = ["Nodes", "is_empty", "line_of"]

_MENDED = 20  # lines that YAML cannot read; a file with more of them is no theme

# libyaml reads the shipped themes in a fifteenth of the time; not every machine has it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_READ_AS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "timestamp": "a date",
    "merge": "a merge key",
    "value": "a default value",
    "binary": "binary data",
}


_DEEPEST = 20
_DEEPER = re.compile(r"[\[{]|[-?:](?=[ \t]+[-?:])|^[ ]{40}", re.MULTILINE)
"""What can lead a level down."""


def _nested_too_deeply(text: str) -> bool:
    """Whether the levels of a file would be too many for the parser, which goes down them."""
    if len(_DEEPER.findall(text)) <= _DEEPEST:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, _LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                return True
    except yaml.YAMLError:
        # What comes behind the fault is never reached.
        return False
    return False


class Nodes:
    """Reads nodes of a file and notes every problem with its line."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.unread = False  # whether there are lines that YAML could not read

    def add(self, line: int, what: str, remedy: str, *, fatal: bool = True) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.path, line, what, remedy, fatal))

    def compose(self, text: str) -> yaml.Node | None:
        """The root of the file; an empty scalar for an empty file.

        A line that YAML cannot read is noted and taken for blank, so that what is wrong in
        the other lines is found as well; none if that does not help.
        """
        if _nested_too_deeply(text):
            self.unread = True
            self.add(0, "nested too deeply", f"keep to {_DEEPEST} levels")
            return None
        lines = text.splitlines(keepends=True)
        for _ in range(_MENDED):
            try:
                return yaml.compose("".join(lines), _LOADER) or yaml.ScalarNode("", "")
            except yaml.MarkedYAMLError as error:
                # An open quote or bracket is found missing at the end; it is amiss where it
                # opens.
                open_ = "end of stream" in str(error.problem) or "flow" in str(error.context)
                mark = (open_ and error.context_mark) or error.problem_mark
                line = mark.line if mark else -1
                written = lines[line] if 0 <= line < len(lines) else ""
                self.unread = True
                self.add(
                    line + 1,
                    f"YAML cannot read this: {error.problem}",
                    _remedy(written, str(error.context)),
                )
                if not written.strip():
                    return None
                lines[line] = "\n"
            except yaml.YAMLError as error:
                self.unread = True
                self.add(0, f"YAML cannot read this: {error}", "take out the odd characters")
                return None
        return None

    def pairs(self, node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """The keys and values of a mapping, keys as written; all that is wrong is noted."""
        if not isinstance(node, yaml.MappingNode):
            if not is_empty(node):
                self.add(line_of(node), f"{what} must be a mapping", "write: name: value")
            return
        seen: dict[str, int] = {}
        for key_node, value in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.add(line_of(key_node), f"{what} has a key that is no word", "write a word")
                continue
            key = self.text(key_node, f"the key {key_node.value!r}") or key_node.value
            if key in seen:
                self.add(
                    line_of(key_node),
                    f"{key!r} stands twice, first in line {seen[key]}",
                    "put both together",
                )
                continue
            seen[key] = line_of(key_node)
            yield key, key_node, value

    def text(self, node: yaml.Node, what: str) -> str:
        """The text of a scalar; what YAML would not read as a text is noted."""
        if not isinstance(node, yaml.ScalarNode):
            self.add(
                line_of(node),
                f"{what} must be one text",
                'put it in quotes if it has a colon or brackets: "…"',
            )
            return ""
        if is_empty(node):
            self.add(line_of(node), f"{what} is empty", "write something, or take it away")
            return ""
        kind = node.tag.rpartition(":")[2]
        if kind != "str":
            self.add(
                line_of(node),
                f"{node.value} is read by YAML as {_READ_AS.get(kind, kind)}, not as a text",
                f'put it in quotes: "{node.value}"',
            )
        return unicodedata.normalize("NFC", str(node.value)).strip()


def line_of(node: yaml.Node) -> int:
    """The line of a node, from 1."""
    return int(node.start_mark.line) + 1


def is_empty(node: yaml.Node) -> bool:
    """Whether nothing was written where a value belongs."""
    return (
        isinstance(node, yaml.ScalarNode)
        and not str(node.value).strip()
        and (node.tag.endswith(":null") or not node.value)
    )


def _remedy(written: str, context: str) -> str:
    value = written.strip().removeprefix("-").strip()
    if "\t" in written:
        return "indent with spaces, not with tabs"
    if "quoted" in context:
        return "close the quotation mark"
    if "flow" in context:
        return "close the bracket"
    if value[:1] in tuple("*&!%@`|>'\"{}[],#?"):
        return "put the term in single quotes: '…'"
    return "look at the indentation, the colons and the quotes here and in the line above"
