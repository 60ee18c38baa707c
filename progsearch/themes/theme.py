"""What a theme is: a researcher's dictionary for one question, in several languages.

The names in its file are those of SKOS (W3C, "SKOS Simple Knowledge Organization System
Reference", 2009), so that it can be exchanged with other vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from progsearch.classes import dataclass
from progsearch.errors import Problem

__all__ = ["SCHEMES", "Theme", "ThemeFile", "bare"]

SCHEMES: Mapping[str, str] = {
    "cap": r"\d{1,4}",
    "marpor": r"\d{3}(\.\d)?",
    "eurovoc": r"\d{1,6}",
}
"""The schemes whose codes a theme may name, and what their codes look like.

``cap``: topics of the Comparative Agendas Project's master codebook; ``marpor``: categories
of the Manifesto Project; ``eurovoc``: concept numbers of EuroVoc.
"""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as its file has it.

    ``labels``, ``definitions``, ``terms`` and ``exclude`` are by language (BCP 47); terms
    stand as written, see :func:`progsearch.themes.sets.term_query`. ``sets`` are by language
    and name. ``close`` are the codes of other schemes that mean the same, ``broad`` those that
    contain it. ``broader`` is the id of the theme that this one is a part of. ``file`` is
    where it was read from.
    """

    id: str
    labels: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, str] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    broader: str = ""
    close: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broad: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = ""
    file: str = ""

    def label(self, lang: str = "en") -> str:
        """The label in a language, or else in English, or in the first language that it has."""
        for one in (lang, "en", *self.labels):
            if one in self.labels:
                return self.labels[one]
        return self.id


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """What was read of a theme file.

    ``theme`` is none when a fatal problem was found; ``id`` is known even then, from the
    file's name. ``lines`` tell where each term stands, by language and text; ``sets`` where
    each word of a set does, by language and name.
    """

    path: str
    id: str
    theme: Theme | None
    problems: tuple[Problem, ...]
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    broader_line: int = 0
    sets: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)


def bare(term: str) -> str:
    """A term by which it is compared with others: lower case, single spaces, no quotes."""
    return " ".join(term.casefold().replace('"', " ").split())
