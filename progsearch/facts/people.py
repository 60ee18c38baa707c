"""The people behind a document: who answers for it, who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from progsearch.facts.fields import fields_of
from progsearch.facts.names import fold
from progsearch.model import Person

__all__ = ["names_people", "people_of", "read_people"]

_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_people(text: str) -> dict[str, str]:
    """Names by uid from a table of people: tab-separated, ``uid``, ``name``, ``path``.

    Comments (`` # …``) are cut off, rows without a uid or a name left out. When a uid comes
    twice, the row counts whose path is named after it, else the first.
    """
    names: dict[str, str] = {}
    for line in text.splitlines()[1:]:
        cells = [_COMMENT.sub("", cell).strip() for cell in line.split("\t")]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            continue
        uid, name = cells[0], cells[1]
        stem = cells[-1].rpartition("/")[2].partition(".")[0] if len(cells) > 2 else ""
        if uid not in names or fold(stem) == _plain(uid):
            names[uid] = name
    return names


def _plain(uid: str) -> str:
    return fold(uid.replace(".", " "))


# "_GARANT - ZBYNĚK MIKLÍK_" on a line of its own, in any emphasis.
_GARANT_LINE = re.compile(
    r"^(?:[^\S\n]|[*_>#])*+garant\w*[^\S\n]*[-–—:][^\S\n]*(.+)$", re.IGNORECASE | re.MULTILINE
)


def people_of(meta: Mapping[str, object], text: str, names: Mapping[str, str]) -> Iterator[Person]:
    """Garants and authors that front matter names, each once, in its order.

    A uid without a name in the table takes the one that the text's own garant line spells.
    """
    for uid in _texts(meta.get("garant")):
        yield Person(_name_of(uid, text, names), "garant", uid=uid)
    named = next((key for key in meta if key != "author" and "author" in fields_of(key)), "author")
    authors = list(_texts(meta.get("author") or meta.get(named)))
    uids = list(_texts(meta.get("authorId")))
    for at, author in enumerate(authors):
        yield Person(author, "author", uid=uids[at] if at < len(uids) else "")
    for uid in uids[len(authors) :]:
        yield Person(_name_of(uid, text, names), "author", uid=uid)


def names_people(value: object) -> bool:
    """Whether a value is a name or a list of names, so that nothing of it is left over."""
    items = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(item, str | None) for item in items) and any(_texts(value))


def _texts(value: object) -> Iterator[str]:
    items = value if isinstance(value, list | tuple) else [value]
    texts = (" ".join(item.split()) for item in items if isinstance(item, str))
    yield from dict.fromkeys(text for text in texts if text)


def _name_of(uid: str, text: str, names: Mapping[str, str]) -> str:
    if uid in names:
        return names[uid]
    by_case = {other.lower(): name for other, name in names.items()}
    if uid.lower() in by_case:
        return by_case[uid.lower()]
    for found in _GARANT_LINE.finditer(text):
        name = " ".join(found[1].strip("*_ \t\r\f\v\u00a0").split())
        if fold(name) == _plain(uid):
            return name.title() if name.isupper() else name
    return uid
