"""The groups of options in a command's help."""

from __future__ import annotations

__all__ = ["FILTERS", "OUTPUT", "THEMES"]

FILTERS = "Filters"
THEMES = "Themes"
OUTPUT = "Output"
