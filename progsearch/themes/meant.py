"""What themes mean in an index, kept between runs.

To look the terms of a theme up takes a third of a search for it. What they were found to mean
holds for that very state of the index, for the same terms and the same rules; a clause for which
a dictionary was asked is made anew each time, since dictionaries may change.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from progsearch import kept
from progsearch.clause import (
    AllOf,
    AnyOf,
    Clause,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
)
from progsearch.clause.vocabularies import KeptVocabulary
from progsearch.search import Index
from progsearch.themes.clauses import ThemeClauses
from progsearch.themes.theme import Theme

__all__ = ["Meant", "clause_from", "clause_record"]

_HOW = {one: chr(ord("a") + place) for place, one in enumerate(How)}
_HOW_OF = {letter: how for how, letter in _HOW.items()}


class Meant:
    """Gives the clauses of themes, each made once for a state of an index."""

    def __init__(self, clauses: ThemeClauses, index: Index) -> None:
        self._clauses = clauses
        self._index = index
        self._rules = b""

    def get(self, themes: Sequence[str]) -> list[Clause]:
        """The clauses of themes. Raises ProgsearchError for an unknown one."""
        met = self._index.meant
        new = [
            one for one in themes if one not in met or met[one][0] is not self._clauses.catalogue
        ]
        left = [one for one in new if not self._load(one)]
        self._clauses.prefetch(left)
        for theme in left:
            self._make(theme)
        return [met[theme][1] for theme in themes]

    def _note(self, theme: str, clause: Clause) -> None:
        self._index.meant[theme] = self._clauses.catalogue, clause

    def _load(self, theme: str) -> bool:
        made_of = self._made_of(theme)
        data = kept.load(_name(theme), made_of) if made_of else None
        if data is None:
            return False
        try:
            self._note(theme, clause_from(json.loads(data)))
        except (ValueError, TypeError, KeyError):
            return False
        return True

    def _make(self, theme: str) -> None:
        vocabulary = self._clauses.vocabulary
        if isinstance(vocabulary, KeptVocabulary):
            vocabulary.asked_dictionaries = False
        clause = self._clauses.clause(theme)
        self._note(theme, clause)
        sure = isinstance(vocabulary, KeptVocabulary) and not vocabulary.asked_dictionaries
        made_of = self._made_of(theme) if sure else ""
        if made_of:
            record = clause_record(clause)
            if record is not None:
                text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
                kept.keep(_name(theme), made_of, text.encode())

    def _made_of(self, theme: str) -> str:
        """What a clause is made of; nothing where the state of the index cannot be told."""
        seal = self._index.engine.seal
        if not seal or self._clauses.parts:
            return ""
        if not self._rules:
            self._rules = kept.sources("themes", "query", "clause", "analysis", "engine")
        within = self._clauses.catalogue.within(theme)
        records = [[getattr(one, name) for name in Theme.__slots__] for one in within]
        told = json.dumps([records, list(self._clauses.languages)], sort_keys=True, default=dict)
        return kept.digest(self._rules, seal.encode(), told.encode())


def _name(theme: str) -> str:
    return f"theme-{kept.digest(theme.encode())}"


def clause_record(clause: Clause) -> Any:  # noqa: ANN401 - it is JSON
    """A clause of words as JSON; nothing for one that asks for something else."""
    match clause:
        case Leaf(term, keys):
            return ["leaf", term, list(keys), "".join(_HOW[how] for how in keys.values())]
        case Sequential(term, leaves):
            return _record("phrase", leaves, term)
        case OneOf(term, parts):
            return _record("one", parts, term)
        case Nearby(term, left, right, distance):
            return _record("near", (left, right), term, distance)
        case AllOf(parts):
            return _record("all", parts)
        case AnyOf(parts, coordinate, chosen):
            return _record("any", parts, coordinate, chosen)
        case NoneOf(part):
            return _record("none", (part,))
        case _:
            return None


def _record(kind: str, parts: Sequence[Clause], *more: object) -> Any:  # noqa: ANN401 - as above
    found = [clause_record(part) for part in parts]
    return None if None in found else [kind, *more, found]


def clause_from(record: Any) -> Any:  # noqa: ANN401 - the kinds of parts follow from the record
    """The clause of a record. Raises ValueError, TypeError or KeyError for what is none."""
    match record:
        case ["leaf", term, keys, hows]:
            return Leaf(term, dict(zip(keys, map(_HOW_OF.__getitem__, hows), strict=True)))
        case ["phrase", term, leaves]:
            return Sequential(term, _parts(leaves))
        case ["one", term, parts]:
            return OneOf(term, _parts(parts))
        case ["near", term, distance, sides]:
            left, right = _parts(sides)
            return Nearby(term, left, right, distance)
        case ["all", parts]:
            return AllOf(_parts(parts))
        case ["any", coordinate, chosen, parts]:
            return AnyOf(_parts(parts), coordinate, chosen)
        case ["none", parts]:
            (part,) = _parts(parts)
            return NoneOf(part)
        case _:
            raise ValueError(f"not a clause: {record!r}"[:200])


def _parts(records: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(map(clause_from, records))
