"""Recipes: a question kept with all that its answer depends on, to be asked once more.

A recipe is a TOML file: the command and its options as a user types them, the hashes of the
corpus, the themes and the language data that it was run with, and what it found.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from progsearch import __version__
from progsearch.errors import ProgsearchError
from progsearch.lexicon.concepts import digest as lexicon_digest
from progsearch.opening import setting_text
from progsearch.state import Summary
from progsearch.themes import Catalogue, Theme
from progsearch.themes.sets import written_out

__all__ = ["Circumstances", "Recipe", "circumstances", "digest", "read", "theme_hash", "written"]

COMMANDS = (
    "collocates",
    "compare",
    "count",
    "diff",
    "dispersion",
    "follow",
    "keywords",
    "kwic",
    "match",
    "report",
    "search",
    "words",
)
"""The commands that a recipe may repeat."""

Option = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an answer depends on beside the question.

    ``themes`` are hashes by id; ``lexicon`` is one where the question is in another language
    than the texts, and else empty.
    """

    progsearch: str
    corpus: str
    documents: int
    passages: int
    language_data: str
    themes: Mapping[str, str] = field(default_factory=dict)
    lexicon: str = ""

    def changes(self, now: Circumstances) -> list[str]:
        """What is another now, one sentence each."""
        found: list[str] = []
        if self.corpus != now.corpus:
            size = f"{self.documents:,} documents with {self.passages:,} passages"
            if (self.documents, self.passages) == (now.documents, now.passages):
                found.append(f"the corpus has changed, though it still has {size}")
            else:
                found.append(
                    f"the corpus has changed: {size} then, "
                    f"{now.documents:,} with {now.passages:,} now"
                )
        for theme, known in self.themes.items():
            if now.themes.get(theme) != known:
                found.append(f"the terms of the theme {theme} have changed")
        if self.lexicon and self.lexicon != now.lexicon:
            found.append("the lexicon, by which words are translated, has changed")
        if self.language_data != now.language_data:
            found.append(
                f"the language data has changed: {self.language_data} then, {now.language_data} now"
            )
        if self.progsearch != now.progsearch:
            found.append(f"progsearch was {self.progsearch} then and is {now.progsearch} now")
        return found


@dataclass(frozen=True, slots=True)
class Recipe:
    """A command with its options, its circumstances, and what it found.

    ``found`` counts passages by question; ``result`` is a hash of the whole answer.
    """

    command: str
    options: Mapping[str, Option]
    then: Circumstances
    found: Mapping[str, int]
    result: str
    made: str = ""

    def differences(self, again: Recipe) -> list[str]:
        """How the answer of the same question differs, one sentence each."""
        if self.result == again.result:
            return []
        told = [
            f"{name}: {count:,} passages then, {again.found.get(name, 0):,} now"
            for name, count in self.found.items()
            if again.found.get(name, 0) != count
        ]
        return told or ["the answer is another, with as many passages"]


def theme_hash(catalogue: Catalogue, theme: str) -> str:
    """A hash of what a theme looks for: the terms and exclusions of it and its narrower ones.

    Raises ProgsearchError for an unknown theme.
    """
    parts = [
        [one.id, _sorted(one, one.terms), _sorted(one, one.exclude)]
        for one in sorted(catalogue.within(theme), key=lambda one: one.id)
    ]
    return _hash(json.dumps(parts, ensure_ascii=False))


def _sorted(theme: Theme, terms: Mapping[str, Sequence[str]]) -> list[list[object]]:
    return [
        [lang, sorted(written_out(theme, lang, term) for term in terms[lang])]
        for lang in sorted(terms)
    ]


def digest(rows: Iterable[Sequence[object]]) -> str:
    """A hash of the rows of an answer."""
    return _hash(json.dumps([list(row) for row in rows], ensure_ascii=False, default=str))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def circumstances(
    summary: Summary, themes: Mapping[str, str], *, translated: bool = False
) -> Circumstances:
    """The circumstances of an index and of themes, whose hashes are given by id.

    ``translated`` is a question that the lexicon has part in.
    """
    return Circumstances(
        progsearch=__version__,
        corpus=summary.corpus_hash,
        documents=summary.documents,
        passages=summary.passages,
        language_data=summary.language_data,
        themes=dict(themes),
        lexicon=lexicon_digest() if translated else "",
    )


def written(recipe: Recipe) -> str:
    """A recipe as TOML."""
    then = recipe.then
    tables: list[tuple[str, Mapping[str, Any]]] = [
        ("options", recipe.options),
        (
            "made",
            {
                "on": recipe.made,
                "progsearch": then.progsearch,
                "corpus": then.corpus,
                "documents": then.documents,
                "passages": then.passages,
                "language_data": then.language_data,
                **({"lexicon": then.lexicon} if then.lexicon else {}),
            },
        ),
        ("made.themes", then.themes),
        ("found", {"result": recipe.result}),
        ("found.passages", recipe.found),
    ]
    lines = ["# Repeat it with: progsearch run THIS-FILE", f"command = {_toml(recipe.command)}"]
    for name, table in tables:
        lines += ["", f"[{name}]", *(f"{_key(k)} = {_toml(v)}" for k, v in table.items())]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _toml(name)


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            # JSON's escapes are those of TOML's basic strings, which forbid one more character.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def read(file: Path) -> Recipe:
    """The recipe in a file. Raises ProgsearchError when it cannot be used."""
    try:
        data = tomllib.loads(setting_text(file))
    except OSError as error:
        raise ProgsearchError(
            f"cannot be read: {error.strerror}", where=str(file), remedy="check the name"
        ) from None
    except RecursionError:
        raise _bad(file, "nested too deeply") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(file, f"not TOML: {error}") from None
    try:
        made, found = data["made"], data["found"]
        recipe = Recipe(
            command=data["command"],
            options=data["options"],
            then=Circumstances(
                progsearch=made["progsearch"],
                corpus=made["corpus"],
                documents=int(made["documents"]),
                passages=int(made["passages"]),
                language_data=made["language_data"],
                themes=dict(made.get("themes", {})),
                lexicon=str(made.get("lexicon", "")),
            ),
            found={name: int(count) for name, count in found.get("passages", {}).items()},
            result=found["result"],
            made=made.get("on", ""),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _bad(file, f"no recipe: {error} is missing or of another kind") from None
    if recipe.command not in COMMANDS:
        raise _bad(file, f"{recipe.command!r} is no command of a recipe")
    return recipe


def _bad(file: Path, what: str) -> ProgsearchError:
    return ProgsearchError(
        what, where=str(file), remedy="write it anew with --save, or undo the change"
    )
