"""Theme files: YAML to a theme, with every problem at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from progsearch.facts.names import did_you_mean
from progsearch.themes.nodes import Nodes, is_empty, line_of
from progsearch.themes.sets import SET_NAME, named_sets
from progsearch.themes.theme import SCHEMES, Theme, ThemeFile, bare

__all__ = ["ID_REMEDY", "id_fault", "read_theme"]

KEYS = (
    "id",
    "prefLabel",
    "definition",
    "broader",
    "sets",
    "terms",
    "exclude",
    "closeMatch",
    "broadMatch",
    "source",
)
"""The keys of a theme file, in their usual order."""

ID_REMEDY = "use small letters without accents, digits and hyphens: my-theme"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)\d")
"""Names that no file can have on Windows, whatever its suffix.
Source: Microsoft, "Naming Files, Paths, and Namespaces"."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")


def read_theme(text: str, path: str, name: str) -> ThemeFile:
    """Read a theme file; ``name`` is the file's name without its suffix.

    All problems are found at once; terms are not parsed, see
    :func:`progsearch.themes.checking.term_problems`.
    """
    nodes = Nodes(path)
    root = nodes.compose(text)
    if root is None:
        return ThemeFile(path, name, None, tuple(nodes.problems))
    if not isinstance(root, yaml.MappingNode):
        if not nodes.unread:
            nodes.add(1, "this is no theme", "begin with: id: my-theme")
        return ThemeFile(path, name, None, tuple(nodes.problems))
    reader = _Reader(nodes)
    theme = reader.theme(root, name)
    fatal = any(problem.fatal for problem in nodes.problems)
    ordered = sorted(nodes.problems, key=lambda problem: problem.line)
    return ThemeFile(
        path,
        name,
        None if fatal else theme,
        tuple(ordered),
        reader.lines,
        reader.broader_line,
        reader.sets,
    )


def id_fault(wanted: str) -> str:
    """Why this cannot be the id of a theme; nothing when it can."""
    if not _ID.fullmatch(wanted):
        return f"{wanted!r} cannot be an id"
    if _DEVICE.fullmatch(wanted):
        return f"{wanted!r} cannot be an id, for Windows keeps that name for a device"
    return ""


class _Reader:
    """Makes a theme of the nodes of its file."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.add = nodes.add
        self.text = nodes.text
        self.lines: dict[tuple[str, str], int] = {}
        self.sets: dict[str, dict[str, dict[str, int]]] = {}
        self.broader_line = 0

    def theme(self, root: yaml.MappingNode, name: str) -> Theme:
        values: dict[str, yaml.Node] = {}
        for key, node, value in self.nodes.pairs(root, "the file"):
            if key in KEYS:
                values[key] = value
                continue
            self.add(
                line_of(node),
                f"unknown key {key!r}",
                did_you_mean(key, KEYS, f"keys are {', '.join(KEYS)}", most=1),
            )
        labels = self.texts_by_language(values.get("prefLabel"), "prefLabel")
        set_lines = self.read_sets(values.get("sets"))
        terms = self.terms(values.get("terms"), "terms")
        definitions = self.texts_by_language(values.get("definition"), "definition")
        exclude = self.terms(values.get("exclude"), "exclude")
        # What seems to be missing may stand in a line that could not be read.
        if not self.nodes.unread:
            self.required(root, values, labels, terms, definitions)
            self.unused(set_lines)
        self.contradictions(terms, exclude)
        self.broader_line = line_of(values["broader"]) if "broader" in values else 0
        return Theme(
            id=self.id(values, name),
            labels={lang: text for lang, (text, _) in labels.items()},
            terms={lang: tuple(found) for lang, found in terms.items() if found},
            definitions={lang: text for lang, (text, _) in definitions.items()},
            exclude={lang: tuple(found) for lang, found in exclude.items() if found},
            sets={
                lang: {name: tuple(items) for name, items in found.items()}
                for lang, found in self.sets.items()
                if found
            },
            broader=self.text(values["broader"], "broader") if "broader" in values else "",
            close=self.codes(values.get("closeMatch"), "closeMatch"),
            broad=self.codes(values.get("broadMatch"), "broadMatch"),
            source=self.text(values["source"], "source") if "source" in values else "",
            file=self.nodes.path,
        )

    def required(
        self,
        root: yaml.MappingNode,
        values: Mapping[str, yaml.Node],
        labels: Mapping[str, tuple[str, int]],
        terms: Mapping[str, list[str]],
        definitions: Mapping[str, tuple[str, int]],
    ) -> None:
        for key, example in (
            ("id", "id: my-theme"),
            ("prefLabel", "prefLabel: {en: My theme}"),
            ("terms", "terms: {cs: [slovo, dvě slova]}"),
        ):
            if key not in values:
                self.add(line_of(root), f"{key} is missing", f"write: {example}")
        if "terms" in values and not any(terms.values()) and not self.nodes.problems:
            self.add(line_of(values["terms"]), "there is not a single term", "write some")
        named = {lang: line for found in (definitions, labels) for lang, (_, line) in found.items()}
        for lang, line in named.items():
            # Lists show English labels, whatever the language of the terms.
            if "terms" in values and lang not in terms and lang != "en":
                self.add(
                    line,
                    f"the language {lang!r} has no terms",
                    f"write terms in {lang}, or take the language away",
                    fatal=False,
                )

    def contradictions(
        self, terms: Mapping[str, list[str]], exclude: Mapping[str, list[str]]
    ) -> None:
        for lang, excluded in exclude.items():
            wanted = {bare(term) for term in terms.get(lang, ())}
            for term in excluded:
                if bare(term) in wanted:
                    self.add(
                        self.lines[lang, term],
                        f"{term!r} is both a term and excluded",
                        "take it away in one of the two",
                    )

    def id(self, values: Mapping[str, yaml.Node], name: str) -> str:
        if "id" not in values:
            return name
        node = values["id"]
        found = self.text(node, "id")
        if found and (fault := id_fault(found)):
            self.add(line_of(node), fault, ID_REMEDY)
        elif found and found != name:
            self.add(
                line_of(node),
                f"the id is {found!r}, but the file is named {name!r}",
                f"name the file {found}.yaml",
            )
        return found or name

    def by_language(
        self, node: yaml.Node | None, what: str
    ) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        if node is None:
            return
        if isinstance(node, yaml.ScalarNode | yaml.SequenceNode) and not is_empty(node):
            self.add(line_of(node), f"{what} must be by language", f"write: {what}: {{en: …}}")
            return
        for lang, key, value in self.nodes.pairs(node, what):
            if not _LANGUAGE.fullmatch(lang):
                self.add(
                    line_of(key),
                    f"{lang!r} is no language code",
                    "write two small letters (BCP 47): cs, sv, en, no, …",
                )
                continue
            yield lang, key, value

    def texts_by_language(self, node: yaml.Node | None, what: str) -> dict[str, tuple[str, int]]:
        return {
            lang: (self.text(value, f"{what} in {lang}"), line_of(key))
            for lang, key, value in self.by_language(node, what)
        }

    def terms(self, node: yaml.Node | None, what: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for lang, key, value in self.by_language(node, what):
            lines = self.term_list(value, f"{what} in {lang}", "term")
            for term, line in lines.items():
                self.lines[lang, term] = line
            found[lang] = list(lines)
            if (
                not found[lang]
                and what == "terms"
                and (is_empty(value) or (isinstance(value, yaml.SequenceNode) and not value.value))
            ):
                self.add(
                    line_of(key),
                    f"the language {lang!r} has no terms",
                    f"write terms in {lang}, or take the language away",
                    fatal=False,
                )
        return found

    def read_sets(self, node: yaml.Node | None) -> dict[tuple[str, str], int]:
        """Read the sets into ``self.sets``; the line of each, by language and name."""
        lines: dict[tuple[str, str], int] = {}
        for lang, _, by_name in self.by_language(node, "sets"):
            self.sets[lang] = {}
            for name, key, value in self.nodes.pairs(by_name, f"sets in {lang}"):
                if not SET_NAME.fullmatch(name):
                    self.add(
                        line_of(key),
                        f"{name!r} cannot be the name of a set",
                        "begin with a letter, and use letters, digits and hyphens only",
                    )
                    continue
                before = len(self.nodes.problems)
                items = self.term_list(value, f"the set {name!r}", "word")
                if not items and len(self.nodes.problems) == before:
                    self.add(line_of(key), f"the set {name!r} is empty", "write its words")
                self.sets[lang][name] = items
                lines[lang, name] = line_of(key)
        return lines

    def unused(self, set_lines: Mapping[tuple[str, str], int]) -> None:
        if not set_lines:
            return
        used = {(lang, name) for lang, term in self.lines for name in named_sets(term)}
        for (lang, name), line in set_lines.items():
            if (lang, name) not in used:
                self.add(
                    line,
                    f"no term in {lang} uses the set {name!r}",
                    f"write ${name} in a term, or take the set away",
                    fatal=False,
                )

    def term_list(self, node: yaml.Node, what: str, kind: str) -> dict[str, int]:
        """The terms of a list, or the words of a set, each with its line."""
        if is_empty(node):
            return {}
        if not isinstance(node, yaml.SequenceNode):
            self.add(
                line_of(node),
                f"{what} must be a list",
                f"put each {kind} on a line of its own, after a hyphen",
            )
            return {}
        found: dict[str, int] = {}
        seen: dict[str, int] = {}
        for item in node.value:
            term = self.text(item, f"a {kind}")
            if not term:
                continue
            if bare(term) in seen:
                self.add(
                    line_of(item),
                    f"the {kind} {term!r} stands twice, first in line {seen[bare(term)]}",
                    "take one away",
                    fatal=False,
                )
                continue
            seen[bare(term)] = line_of(item)
            found[term] = line_of(item)
        return found

    def codes(self, node: yaml.Node | None, what: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        if node is None:
            return found
        for scheme, key, value in self.nodes.pairs(node, what):
            if scheme not in SCHEMES:
                self.add(
                    line_of(key), f"unknown scheme {scheme!r}", f"schemes are {', '.join(SCHEMES)}"
                )
                continue
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            codes = [(self.text(item, f"a code of {scheme}"), item) for item in items]
            for code, item in codes:
                if code and not re.fullmatch(SCHEMES[scheme], code):
                    self.add(
                        line_of(item),
                        f"{code!r} does not look like a code of {scheme}",
                        "look it up in the scheme, or take it away",
                    )
            found[scheme] = tuple(code for code, _ in codes if code)
        return found
