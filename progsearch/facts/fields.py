"""What a name of a field means: of a column, a key, or a line at the head of a text.

The names are data (``data/fields.toml``), in all languages. A name may mean two things, and then
its values decide; where they do not, it means none, so that no guess looks like a fact.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

from progsearch.errors import ProgsearchError
from progsearch.facts.keys import FACT_KEYS, check_fact
from progsearch.facts.names import fold
from progsearch.facts.partynames import Reading, reading_of

__all__ = ["can_be", "fields_of", "meant_by"]

ENOUGH = 0.5
"""Share of the values that must be possible for a name to mean a field."""
_FREE = frozenset(("title", "campaign"))
"""Facts that any text may state."""


@cache
def _fields() -> Mapping[str, tuple[str, ...]]:
    source = files("progsearch") / "data" / "fields.toml"
    found: dict[str, dict[str, None]] = {}
    for field, languages in tomllib.loads(source.read_text(encoding="utf-8")).items():
        for names in languages.values():
            for name in names:
                found.setdefault(fold(name), {})[field] = None
    return {name: tuple(fields) for name, fields in found.items()}


def fields_of(name: str) -> tuple[str, ...]:
    """The fields that a name may mean, in any language; none for any other name."""
    return _fields().get(fold(name), ())


def can_be(field: str, value: str) -> bool:
    """Whether a field may have that value: a region that there is, a day of the calendar."""
    if field == "party" and (field in fields_of(value) or reading_of(value) is Reading.NONE):
        return False
    if field in _FREE or field not in FACT_KEYS:
        return bool(value.strip())
    try:
        check_fact(field, value)
    except ProgsearchError:
        return False
    return True


def meant_by(name: str, values: Collection[str]) -> str:
    """The field that a name with those values means; empty where it is none, or in doubt."""
    shares = {
        field: sum(can_be(field, value) for value in values) / len(values) if values else 0.0
        for field in fields_of(name)
    }
    best = max(shares.values(), default=0.0)
    told = [field for field, share in shares.items() if share == best and share >= ENOUGH]
    return told[0] if len(told) == 1 else ""
