"""What the numbers of a report or a picture are of, and by what rules they are to be read.

The same rules as :mod:`progsearch.compare.notes` has for the terminal, in the language of the
report: what is counted, of what, and together with what; what is small, unknown or repeated.
"""

from __future__ import annotations

from progsearch.compare.mixture import Part
from progsearch.report.model import Names

__all__ = ["basis", "caveats"]

_NAMED = 5  # kinds, years and parties that are named


def basis(names: Names) -> list[str]:
    """What is counted of all that is said, what shares are of, and what is counted together."""
    lang, comparison = names.lang, names.comparison
    counted = comparison.filters.chosen(comparison.by)
    if counted:
        parts = [
            lang.text("basis_promises")
            if name == "promises"
            else lang.listed([lang.name(name, value) for value in values])
            for name, values in counted.items()
        ]
        found = [lang.text("basis_chosen", chosen="; ".join(parts))]
    else:
        found = [lang.text("basis_all")]
    mixture = comparison.mixture
    if mixture.kinds:
        kinds = [_part(names, part) for part in mixture.kinds[:_NAMED]]
        more = ["…"] if len(mixture.kinds) > _NAMED else []
        found.append(lang.text("basis_mixed", parts=", ".join(kinds + more)))
    if mixture.turns:
        turns = [f"{year} {_some(parties)}" for year, parties in mixture.turns[:_NAMED]]
        more = ["…"] if len(mixture.turns) > _NAMED else []
        found.append(lang.text("basis_turns", turns="; ".join(turns + more)))
    # What goes on ends in an ellipsis, and in no full stop.
    return [line.replace("….", "…") for line in found]


def caveats(names: Names) -> list[str]:
    """By what further rules the numbers are to be read."""
    lang, comparison = names.lang, names.comparison
    found = []
    if len(comparison.languages) > 1:
        spoken = lang.listed([lang.name("lang", one) for one in comparison.languages])
        found.append(lang.text("basis_languages", languages=spoken))
    unknown = sum(group.passages for group in comparison.groups if not group.known)
    if unknown:
        found.append(lang.text("basis_unknown", passages=lang.counted("passages", unknown)))
    if not comparison.filters.asides and not comparison.filters.role:
        found.append(lang.text("basis_asides", asides=lang.text("about_asides_text")))
    if comparison.left_out:
        found.append(lang.counted("basis_copies", comparison.left_out))
    if comparison.shared:
        found.append(lang.counted("basis_shared", len(comparison.shared)))
    return found


def _some(parties: tuple[str, ...]) -> str:
    return ", ".join((*parties[:_NAMED], *(["…"] if len(parties) > _NAMED else [])))


def _part(names: Names, part: Part) -> str:
    years = part.first if part.first == part.last else f"{part.first}–{part.last}"
    kind = names.lang.name("kind", part.kind)
    passages = names.lang.counted("passages", part.passages)
    return f"{kind} {years} ({passages})" if years else f"{kind} ({passages})"
