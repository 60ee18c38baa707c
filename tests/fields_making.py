"""A promise that stands below fields."""

from __future__ import annotations

PROMISE = "Postavíme školu v každé obci."
