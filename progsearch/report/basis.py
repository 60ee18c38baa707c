"""What the numbers of a report or a picture are of, and what they lump together."""

from __future__ import annotations

from progsearch.compare.mixture import Part
from progsearch.report.model import Names

__all__ = ["basis"]

_NAMED = 5  # kinds, years and parties that are named


def basis(names: Names) -> list[str]:
    """What is counted of all that is said, what rates are of, and what is counted together."""
    lang, comparison = names.lang, names.comparison
    found: list[str] = []
    counted = comparison.filters.chosen(comparison.by)
    if counted:
        parts = [
            lang.text("basis_promises")
            if name == "promises"
            else lang.listed([lang.name(name, value) for value in values])
            for name, values in counted.items()
        ]
        found.append(lang.text("basis_chosen", chosen="; ".join(parts)))
    mixture = comparison.mixture
    if mixture.kinds:
        kinds = [_part(names, part) for part in mixture.kinds[:_NAMED]]
        more = ["…"] if len(mixture.kinds) > _NAMED else []
        found.append(lang.text("basis_mixed", parts=", ".join(kinds + more)))
    if mixture.turns:
        turns = [f"{year} {_some(parties)}" for year, parties in mixture.turns[:_NAMED]]
        more = ["…"] if len(mixture.turns) > _NAMED else []
        found.append(lang.text("basis_turns", turns="; ".join(turns + more)))
    return found


def _some(parties: tuple[str, ...]) -> str:
    return ", ".join((*parties[:_NAMED], *(["…"] if len(parties) > _NAMED else [])))


def _part(names: Names, part: Part) -> str:
    years = part.first if part.first == part.last else f"{part.first}–{part.last}"
    kind = names.lang.name("kind", part.kind)
    passages = names.lang.counted("passages", part.passages)
    return f"{kind} {years} ({passages})" if years else f"{kind} ({passages})"
