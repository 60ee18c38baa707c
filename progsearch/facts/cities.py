"""Cities in titles of programmes: no more is known of them than that they are places."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from progsearch.facts.names import fold

__all__ = ["names_city"]


def names_city(key: str) -> bool:
    """Whether a folded text is the name of a city of ``data/cities.toml``."""
    return key in _cities()


@cache
def _cities() -> frozenset[str]:
    source = files("progsearch") / "data" / "cities.toml"
    by_country = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(
        " ".join(fold(name).split()) for names in by_country.values() for name in names
    )
