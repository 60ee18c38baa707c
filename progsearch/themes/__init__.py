"""Themes: dictionaries that ask one question in every language."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from progsearch.themes.catalogue import Catalogue, lint, load
    from progsearch.themes.clauses import TermClause, ThemeClauses
    from progsearch.themes.theme import Theme

__all__ = ["STATE", "Catalogue", "TermClause", "Theme", "ThemeClauses", "lint", "load"]

STATE = "themes"
"""The part of an index's state with the words of the shipped themes, see
:func:`progsearch.themes.words.words_record`."""

_HOMES = {
    "Catalogue": "catalogue",
    "lint": "catalogue",
    "load": "catalogue",
    "TermClause": "clauses",
    "ThemeClauses": "clauses",
    "Theme": "theme",
}


def __getattr__(name: str) -> object:
    # A search without a theme looks only into what an index has kept of them.
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
