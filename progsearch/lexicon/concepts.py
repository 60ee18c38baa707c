"""The concepts of the lexicon, as their files have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from progsearch.errors import ProgsearchError
from progsearch.facts.keys import check_fact

__all__ = ["COLUMNS", "LANGUAGES", "Concept", "digest", "files", "language_of", "load", "read"]

LANGUAGES = ("en", "cs", "sv", "de", "sk", "pl", "da", "nb", "fi")
"""The languages of the lexicon (BCP 47), in the order of its columns."""

COLUMNS = ("id", "pos", *LANGUAGES, "note")
"""The columns of its files."""

BETWEEN = ";"
"""Stands between the words of a cell, of which the commonest comes first."""

_FOLDER = Path(__file__).parents[1] / "data" / "lexicon"


@dataclass(frozen=True, slots=True)
class Concept:
    """What one row of a file says: a concept, and its words in each language.

    ``words`` are dictionary forms, words and phrases; a language that has none is left out.
    ``pos`` is noun, verb, adj, adv, phrase or name. ``note`` says what a word means otherwise.
    """

    id: str
    pos: str
    words: Mapping[str, tuple[str, ...]]
    note: str
    file: str
    line: int


def language_of(wanted: str, where: str = "--from") -> str:
    """The language of the lexicon that a user names, by its tag or name.

    Raises ProgsearchError for another.
    """
    with suppress(ProgsearchError):
        tag = check_fact("lang", wanted)
        if tag in LANGUAGES:
            return tag
    raise ProgsearchError(
        f"no language {wanted!r}"[:200], where=where, remedy=f"choose {', '.join(LANGUAGES)}"
    )


def files() -> Sequence[Path]:
    """The files of the shipped lexicon, by name."""
    return sorted(_FOLDER.glob("*.tsv"))


def digest() -> str:
    """A hash of the shipped lexicon."""
    made = blake2b(digest_size=8)
    for file in files():
        made.update(file.read_bytes())
    return made.hexdigest()


@cache
def load() -> tuple[Concept, ...]:
    """All concepts of the shipped lexicon, in the order of its files."""
    return tuple(concept for file in files() for concept in read(file))


def read(file: Path) -> Iterator[Concept]:
    """The concepts of one file. Raises ProgsearchError for a line that is no row of it."""
    lines = file.read_text(encoding="utf-8").split("\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise ProgsearchError(
            f"the columns are not {' '.join(COLUMNS)}", where=f"{file}:1", remedy="mend the line"
        )
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            raise ProgsearchError(
                f"{len(cells)} cells, not {len(COLUMNS)}",
                where=f"{file}:{number}",
                remedy="put one tab between two cells",
            )
        ident, pos, *words, note = cells
        by_lang = {
            lang: found
            for lang, cell in zip(LANGUAGES, words, strict=True)
            if (found := _words(cell.split(BETWEEN)))
        }
        yield Concept(ident, pos, by_lang, note, file.name, number)


def _words(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for cell in cells if (word := " ".join(cell.split())))
