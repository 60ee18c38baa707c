"""Columns that several tables have, and the values of groups in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from progsearch.export.tables import Column, Value

if TYPE_CHECKING:
    from progsearch.compare import Group
    from progsearch.search import Hit

__all__ = [
    "COMMITMENT",
    "LANG",
    "NAME",
    "SMALL",
    "THEME",
    "UNKNOWN_OF",
    "Link",
    "by_values",
    "dimensions",
    "group_values",
    "region_name",
    "unknown_of",
]

Link = Callable[["Hit"], str]
"""Gives the address of a passage, an empty text where it has none."""

_ABOUT = {
    "region": "Region by its ISO 3166-2 code",
    "party": "Party or organisation",
    "lang": "Language of the passages (BCP 47)",
    "kind": "Kind of document",
    "role": "What the passages do in their documents",
    "commitment": "How far the passages bind their speaker",
    "year": "Year of the document",
    "country": "Country (ISO 3166-1)",
    "document": "File of the document",
}

THEME = Column("theme", "string", "Id of the theme, or the words as typed")
SMALL = Column("small", "boolean", "Whether the group has too little text to compare")
UNKNOWN = "unknown"
UNKNOWN_OF = Column(
    "unknown", "string", "Which of the columns that name the group are not known; empty for none"
)
NAME = Column("region_name", "string", "Name of the region")
COMMITMENT = Column(
    "commitment",
    "string",
    "How far it binds its speaker: strong (a firm promise), weak (a loose one), done …",
)
LANG = Column("lang", "string", _ABOUT["lang"])


def dimensions(by: Sequence[str]) -> tuple[Column, ...]:
    """The columns that name a group."""
    return tuple(
        Column(name, "string", f"{_ABOUT.get(name, name)}; unknown for none") for name in by
    )


def group_values(by: Sequence[str], group: Group) -> list[Value]:
    """The values of a group in a file: codes of regions, files of documents."""
    return [
        label if name == "document" else value or UNKNOWN
        for name, value, label in zip(by, group.values, group.labels, strict=True)
    ]


def unknown_of(by: Sequence[str], group: Group) -> str:
    """The dimensions of which it is not known what they are in a group."""
    return " ".join(name for name, value in zip(by, group.values, strict=True) if not value)


def by_values(groups: Sequence[Group]) -> Mapping[tuple[str, ...], Group]:
    """Groups by their values."""
    return {group.values: group for group in groups}


def region_name(by: Sequence[str], group: Group) -> str:
    """The name of a group's region; nothing where it is unknown or the group has none."""
    at = list(by).index("region") if "region" in by else -1
    return group.labels[at] if at >= 0 and group.values[at] else ""
