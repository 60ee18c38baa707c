"""The words by which documents mark their parts, in every language that has a file of them.

The words are data: ``data/roles/*.toml``, one file a language. They are read together,
since a page must be cut into parts before its language is known.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from progsearch.analysis.alternatives import any_of
from progsearch.errors import ProgsearchError
from progsearch.model import Role

__all__ = ["Wording", "load_wording", "parse_wording", "simplified"]

MAX_GREETING_WORDS, MAX_CLOSING_WORDS = 10, 14
_INSIDE = re.compile(r"[^\W\d_](?:.*[^\W\d_])?", re.DOTALL)


@lru_cache(10_000)
def simplified(line: str) -> str:
    """A line as the lists of words have it: small letters, single spaces, bare edges."""
    found = _INSIDE.search(" ".join(unicodedata.normalize("NFC", line).casefold().split()))
    return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of all languages together; phrases are :func:`simplified`.

    ``speech_verbs`` have with them the words for offices that may stand before a speaker's
    name; where there are none, all that stands between verb and name is the office.
    """

    heading_roles: Mapping[str, Role]
    heading_beginnings: tuple[tuple[str, Role], ...]
    heading_endings: tuple[tuple[str, Role], ...]
    contents: frozenset[str]
    related: frozenset[str]
    links: tuple[str, ...]
    captions: frozenset[str]
    speech_verbs: Mapping[str, tuple[str, ...]]
    groups: frozenset[str]
    before_names: tuple[str, ...]
    pronouns: frozenset[str]
    _greeting: re.Pattern[str]
    _closing: re.Pattern[str]
    _labels: Mapping[str, re.Pattern[str]]
    _beginnings: tuple[str, ...]  # those of ``heading_beginnings``, to be looked for in one go
    _endings: tuple[str, ...]

    def role_under(self, heading: str) -> Role | None:
        """The role of what stands under a heading, if its words tell one."""
        words = simplified(heading)
        known = self.heading_roles.get(words)
        if known is not None:
            return known
        if words.startswith(self._beginnings):  # a quick look: most headings begin with none
            for beginning, role in self.heading_beginnings:
                if words.startswith(beginning) and not words[len(beginning) :][:1].isalnum():
                    return role
        if words.endswith(self._endings):
            return next(role for ending, role in self.heading_endings if words.endswith(ending))
        return None

    def is_office(self, word: str) -> bool:
        """Whether a word is an office that stands before a name (*Ministerpräsidentin*)."""
        return word.casefold().endswith(self.before_names)

    def labelled(self, label: str, line: str) -> bool:
        """Whether ``line`` begins with a word for ``label`` (``motto`` or ``byline``) and a
        colon or a dash."""
        return self._labels[label].match(line) is not None

    def greets(self, line: str) -> bool:
        """Whether a line is the greeting of a letter, and says nothing else."""
        if line[-1:] in (".", "?"):
            return False
        parts = [part for part in line.rstrip(" ,!:").split(",") if part.strip()]
        greeting = bool(parts) and all(map(self._greeting.match, parts))
        return greeting and len(line.split()) <= MAX_GREETING_WORDS

    def closes_letter(self, line: str) -> bool:
        """Whether a line is what a letter ends in, alone or with the name of who writes."""
        found = self._closing.match(line)
        if found is None or len(line.split()) > MAX_CLOSING_WORDS or line[-1:] in (".", "?"):
            return False
        name = line[found.end() :].strip(" ,!:–—-")
        return not name or name[0].isupper()

    def is_caption(self, line: str) -> bool:
        """Whether a line is the caption of a table or a figure, with its number."""
        first, _, rest = line.partition(" ")
        return first.casefold() in self.captions and rest[:1].isdigit()

    def is_link_line(self, line: str) -> bool:
        """Whether a short line only leads to another page."""
        words = simplified(line)
        return words.startswith(self.links)


def _beginning(
    languages: Iterable[Mapping[str, Mapping[str, list[str]]]], key: str
) -> re.Pattern[str]:
    """How letters begin or end; not simplified, which would make two letters of an ``ß``."""
    phrases = (one for lang in languages for one in lang.get("letter", {}).get(key, ()))
    return re.compile(rf"\W{{0,3}}(?:{any_of(phrases)})(?!\w)", re.IGNORECASE)


def _alternatives(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _read(sources: Mapping[str, str]) -> Iterator[Mapping[str, Mapping[str, list[str]]]]:
    for name, source in sources.items():
        try:
            yield tomllib.loads(source)
        except tomllib.TOMLDecodeError as error:
            raise ProgsearchError(
                f"not TOML: {error}", where=name, remedy="mend the file or install again"
            ) from error


@cache
def load_wording() -> Wording:
    """The words that are shipped. Raises ProgsearchError if a file of them is damaged."""
    folder = files("progsearch").joinpath("data", "roles")
    return parse_wording(
        {
            entry.name: entry.read_text(encoding="utf-8")
            for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(".toml")
        }
    )


def parse_wording(sources: Mapping[str, str]) -> Wording:
    """The words in several files together, given by name."""
    languages = list(_read(sources))

    def collect(table: str, key: str) -> list[str]:
        return [simplified(word) for lang in languages for word in lang.get(table, {}).get(key, ())]

    roles = (("goal", Role.GOAL), ("measure", Role.MEASURE))
    beginnings, endings = (
        tuple((phrase, role) for key, role in roles for phrase in collect(table, key))
        for table in ("beginnings", "endings")
    )
    return Wording(
        heading_roles={phrase: role for key, role in roles for phrase in collect("headings", key)},
        heading_beginnings=beginnings,
        heading_endings=endings,
        captions=frozenset(collect("lines", "caption")),
        contents=frozenset(collect("lines", "contents")),
        related=frozenset(collect("lines", "related")),
        links=tuple(collect("lines", "link")),
        speech_verbs={
            simplified(verb): tuple(lang["speech"].get("offices", ()))
            for lang in languages
            for verb in lang["speech"]["verbs"]
        },
        groups=frozenset(name for lang in languages for name in lang["speech"].get("groups", ())),
        before_names=tuple(collect("speech", "before_names")),
        pronouns=frozenset(collect("speech", "pronouns")),
        _greeting=_beginning(languages, "greeting"),
        _closing=_beginning(languages, "closing"),
        _labels={
            label: re.compile(
                rf"\W*(?:{_alternatives(collect('lines', label))})\s*[:–—-]", re.IGNORECASE
            )
            for label in ("motto", "byline")
        },
        _beginnings=tuple(phrase for phrase, _ in beginnings),
        _endings=tuple(phrase for phrase, _ in endings),
    )
