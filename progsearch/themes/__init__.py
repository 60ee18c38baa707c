"""Themes: dictionaries that ask one question in every language."""

from __future__ import annotations

from progsearch.themes.catalogue import Catalogue, lint, load
from progsearch.themes.clauses import TermClause, ThemeClauses
from progsearch.themes.theme import Theme

__all__ = ["Catalogue", "TermClause", "Theme", "ThemeClauses", "lint", "load"]
