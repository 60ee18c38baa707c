"""Groups of words that patterns name: by list, and by the shape of verb forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["CACHED", "OWN", "Group", "Groups", "group_of"]

CACHED = 100_000
"""Forms remembered for each language: twice those of 14,000 Swedish passages. Forms that no rule
knows share one entry."""

OWN = "Ownparty"
"""Stands in a text for the name of the party that speaks."""
_SPEAKING = ("we", "body", "party")
"""The groups of those who speak and act, which that party is in where a language has them."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words by list and by shape: a beginning, an ending, and what is neither."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ("",)
    endings: tuple[str, ...] = ()
    shortest: int = 0
    negation: str = ""
    exceptions: frozenset[str] = frozenset()
    other_prefixes: tuple[str, ...] = ()
    other_endings: tuple[str, ...] = ()

    @property
    def shaped(self) -> bool:
        """Whether it has more than the words of its list."""
        return bool(self.endings or self.negation)

    def __contains__(self, form: str) -> bool:
        if self._has(form):
            return True
        bare = form.removeprefix(self.negation)
        return bare != form and self._has(bare)

    def _has(self, form: str) -> bool:
        if form in self.words:
            return True
        return (
            len(form) >= self.shortest
            and form.endswith(self.endings)
            and form.startswith(self.prefixes)
            and form not in self.exceptions
            and not form.startswith(self.other_prefixes)
            and not form.endswith(self.other_endings)
        )


class Groups(dict[str, Group]):
    """The groups of a language by name, and which of them each form was found to be in.

    All lists of the language ask for the same words: those of headings, of lead-ins, of texts.
    """

    def __init__(self, groups: Mapping[str, Group]) -> None:
        super().__init__(groups)
        self._of: dict[str, tuple[str, ...]] = {}
        # Most groups are mere lists, and most forms have none of the endings of the others.
        speaking = [name for name in _SPEAKING if name in groups]
        self._listed: dict[str, list[str]] = {OWN.lower(): speaking}
        for name, group in groups.items():
            for word in group.words:
                self._listed.setdefault(word, []).append(name)
        self._shaped = {name: group for name, group in groups.items() if group.shaped}
        self._endings = tuple({one for group in self._shaped.values() for one in group.endings})
        negations = tuple({group.negation for group in self._shaped.values() if group.negation})
        self._negations = negations

    def of(self, form: str) -> tuple[str, ...]:
        """The keys (``@name``) of the groups that a form is in."""
        found = self._of.get(form)
        if found is None:
            names = list(self._listed.get(form, ()))
            if form.endswith(self._endings) or form.startswith(self._negations):
                names += [name for name, group in self._shaped.items() if form in group]
            found = tuple(f"@{name}" for name in dict.fromkeys(names))
            if len(self._of) >= CACHED:
                self._of.clear()
            self._of[form] = found
        return found


def group_of(table: Mapping[str, Any]) -> Group:
    """The group that a table of a data file describes."""
    prefixes = table.get("prefixes", [])
    compounds = (prefix + stem for prefix in prefixes for stem in table.get("stems", ()))
    return Group(
        words=frozenset((*table.get("words", ()), *compounds)),
        prefixes=tuple(prefixes) or ("",),
        endings=tuple(table.get("endings", ())),
        shortest=table.get("shortest", 0),
        negation=table.get("negation", ""),
        exceptions=frozenset(table.get("except", ())),
        other_prefixes=tuple(table.get("except_prefixes", ())),
        other_endings=tuple(table.get("except_endings", ())),
    )
