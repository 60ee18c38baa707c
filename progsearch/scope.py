"""Which passages are looked at: the filters that every command shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from progsearch.clause import AllOf, Clause, Dated, FacetIn, NoneOf
from progsearch.engine import FACETS, Engine
from progsearch.errors import ProgsearchError
from progsearch.matching import facets_of, matches
from progsearch.model import ASIDE_ROLES, Commitment, PartialDate, Role
from progsearch.state import Summary

__all__ = ["Filters", "Scope", "left_out_line", "scope_of"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a user asks to see. Values of one field are alternatives; all fields must match.

    ``asides`` lets headings, teasers, navigation and the like through; naming a role does
    so for that role. ``copies`` lets documents through that repeat another one.
    """

    lang: Sequence[str] = ()
    country: Sequence[str] = ()
    region: Sequence[str] = ()
    party: Sequence[str] = ()
    kind: Sequence[str] = ()
    role: Sequence[str] = ()
    commitment: Sequence[str] = ()
    label: Sequence[str] = ()
    year: Sequence[str] = ()
    document: Sequence[str] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    asides: bool = False
    copies: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters as a clause, and the documents left out because they repeat another in scope."""

    clause: Clause
    left_out: Sequence[str] = field(default=())


_CLOSED = {
    "role": frozenset(role.value for role in Role),
    "commitment": frozenset(one.value for one in Commitment),
}
"""Values that may be asked for though no passage has them."""
UNKNOWN_VALUE = "unknown"
"""What a user writes for passages without a value: ``--party unknown``."""


def scope_of(filters: Filters, engine: Engine, summary: Summary) -> Scope:
    """The scope that filters mean in an index.

    Raises ProgsearchError when the index has no passage with a value that was asked for.
    """
    parts: list[Clause] = [
        FacetIn(name, frozenset(_known(name, getattr(filters, name), engine)))
        for name in FACETS
        if getattr(filters, name)
    ]
    if not filters.role and not filters.asides:
        parts.append(NoneOf(FacetIn("role", frozenset(role.value for role in ASIDE_ROLES))))
    if filters.since or filters.until:
        since, until = filters.since, filters.until
        if since and until and since.first > until.last:
            raise ProgsearchError(
                f"--since {since} is after --until {until}", remedy="exchange the two"
            )
        parts.append(Dated(since.first if since else None, until.last if until else None))
    clause = AllOf(tuple(parts))
    if filters.copies or not summary.copies:
        return Scope(clause)
    left_out = _repeated(clause, engine, summary)
    if left_out:
        clause = AllOf((*parts, NoneOf(FacetIn("document", frozenset(left_out)))))
    return Scope(clause, left_out)


def _known(name: str, wanted: Iterable[str], engine: Engine) -> Iterable[str]:
    there = engine.values(name)
    by_lower = {value.casefold(): value for value in there}
    for value in wanted:
        if value.casefold() == UNKNOWN_VALUE:
            yield ""
            continue
        found = by_lower.get(value.casefold()) or _region_code(name, value, there, engine)
        if found is None:
            if value.casefold() in _CLOSED.get(name, ()):
                continue
            shown = ", ".join(there[:12]) + (", …" if len(there) > 12 else "")
            raise ProgsearchError(
                f"the index has no passage with {name} {value!r}",
                where=f"--{name}",
                remedy=f"it has {shown}" if there else "it has none at all",
            )
        yield found


def _region_code(name: str, value: str, there: Sequence[str], engine: Engine) -> str | None:
    if name != "region":
        return None
    from progsearch.facts.regions import fold, region

    try:
        code = region(value).code
    except ProgsearchError:
        # An export from elsewhere may bring regions that only its documents name.
        named = (one.region.value for one in engine.documents() if one.region)
        code = next((one.code for one in named if fold(one.name) == fold(value)), "")
        if not code:
            raise
    return code if code in there else None


def _repeated(clause: Clause, engine: Engine, summary: Summary) -> list[str]:
    groups: dict[str, list[str]] = {}
    for copy, original in summary.copies.items():
        groups.setdefault(original, [original]).append(copy)
    left_out: list[str] = []
    for group in groups.values():
        inside = [document for document in group if _in_scope(document, clause, engine)]
        left_out += inside[1:]
    return left_out


def _in_scope(document: str, clause: Clause, engine: Engine) -> bool:
    known = engine.document(document)
    return known is not None and any(
        matches(clause, facets_of(known, passage), ()) for passage in engine.passages(document)
    )


def left_out_line(copies: int) -> str:
    """What is said of documents that were not looked at because they repeat others."""
    if copies == 1:
        return "1 document that repeats another was left out (--duplicates keep)"
    return f"{copies} documents that repeat others were left out (--duplicates keep)"
