"""The words that join two others, of all languages together."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["conjunctions"]


@cache
def conjunctions() -> frozenset[str]:
    """*och*, *und*, *and* …, in small letters; read together where a language is not known yet."""
    source = files("progsearch").joinpath("data", "conjunctions.toml")
    languages = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(word for words in languages.values() for word in words)
