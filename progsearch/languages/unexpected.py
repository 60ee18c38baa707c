"""Notes on texts in languages that an index was not asked to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from progsearch.languages.profiles import name_of
from progsearch.languages.table import LANGUAGES, UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["advice", "mixed", "note"]

MIXED = 0.25
"""The share of a text in other languages than its own from which on it is said."""


def note(tag: str, expected: Sequence[str]) -> str:
    """What is noted on a document that looks like the language ``tag``; "" if that is expected."""
    if tag in expected:
        return ""
    if tag == UNDETERMINED:
        return "its language cannot be told: its words are found by exact form only"
    return (
        f"looks like {name_of(tag)} ({tag}), which is not among the index's languages "
        f"{', '.join(expected)}: its words are found by exact form only"
    )


def mixed(tag: str, letters: Mapping[str, int]) -> str:
    """What is noted on a document that was taken for ``tag``, where as many letters of its text as
    ``letters`` says are in each language and much of them in others; "" where little is."""
    told = {lang: count for lang, count in letters.items() if lang != UNDETERMINED}
    others = {lang: count for lang, count in told.items() if lang != tag}
    if not others or not told.get(tag) or sum(others.values()) < MIXED * sum(letters.values()):
        return ""
    named = ", ".join(sorted(others, key=lambda lang: (-others[lang], lang)))
    return (
        f"is in several languages: parts of it are in {named}, what is too short to tell is taken"
        f" for {tag}"
    )


def advice(
    tag: str, documents: int, passages: int, expected: Sequence[str], found: Sequence[str]
) -> str:
    """The same of all documents of a run, and of passages within documents in another language,
    with what can be done; ``found`` are all languages of which that is said."""
    said = [_counted(documents, "document")] if documents else []
    if passages:
        said.append(_counted(passages, "passage") + " in documents of another language")
    which = " and ".join(said)
    one = documents + passages == 1
    if tag == UNDETERMINED:
        return (
            f"the language of {which} cannot be told: counted as {UNDETERMINED}; "
            "state it in the file, in progsearch.toml or with --set lang=TAG"
        )
    looks = (
        f"{which} look{'s' if one else ''} like {name_of(tag)} ({tag}), which is not among the "
        f"index's languages {', '.join(expected)}"
    )
    if tag in LANGUAGES:
        wanted = (*expected, *(one for one in found if one in LANGUAGES))
        return f"{looks}: add --languages {','.join(wanted)}"
    return f"{looks} nor among those that can be analysed: words are found by exact form only"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
