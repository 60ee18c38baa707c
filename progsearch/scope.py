"""Which passages are looked at: the filters that every command shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from progsearch import query as q
from progsearch.clause import AllOf, Clause, Dated, FacetIn, NoneOf
from progsearch.engine import FACETS, Engine
from progsearch.errors import ProgsearchError
from progsearch.facts.names import did_you_mean, fold
from progsearch.matching import facets_of, matches
from progsearch.model import ASIDE_ROLES, Commitment, PartialDate, Role
from progsearch.state import Summary

__all__ = ["Filters", "Scope", "left_out_line", "scope_of", "with_values"]


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
    for value in wanted:
        found = _meant(name, value, there, engine)
        if not found and value.casefold() not in _CLOSED.get(name, ()):
            shown = ", ".join(there[:12]) + (", …" if len(there) > 12 else "")
            otherwise = f"it has {shown}" if there else "it has none at all"
            raise ProgsearchError(
                f"the index has no passage with {name} {value!r}",
                where=f"--{name}",
                remedy=did_you_mean(value, there, otherwise),
            )
        yield from found


def with_values(query: q.Query, engine: Engine) -> q.Query:
    """The query with its fields' values as the index has them: ``party:C``, ``lang:Czech``.

    Raises ProgsearchError for a value that may be two of the index.
    """
    match query:
        case q.And(parts):
            return q.And(tuple(with_values(part, engine) for part in parts))
        case q.Or(parts):
            return q.Or(tuple(with_values(part, engine) for part in parts))
        case q.Not(part):
            return q.Not(with_values(part, engine))
        case q.Facet(name, value):
            found = _meant(name, value, engine.values(name), engine)
            facets = tuple(q.Facet(name, one) for one in found)
            return (facets[0] if len(facets) == 1 else q.Or(facets)) if facets else query
        case _:
            return query


def _meant(name: str, value: str, there: Sequence[str], engine: Engine) -> Sequence[str]:
    """The values of the index that a user means by one; none when it has none.

    The exact spelling wins, then every value that differs from it only in case and accents,
    then what a name means. ``=unknown`` is a value of that spelling, and no other.
    """
    if value.startswith("=") and value[1:] in there:
        return [value[1:]]
    if value.casefold() in ("", UNKNOWN_VALUE):
        if any(one.casefold() == UNKNOWN_VALUE for one in there) and value:
            raise ProgsearchError(
                f"{value!r} may be the {name} of that name, or passages without one",
                where=f"--{name}",
                remedy=f"write --{name} ={value} for the name, --{name} '' for none",
            )
        return [""]
    if value in there:
        return [value]
    key = fold(value)
    folded = [one for one in there if one.casefold() == value.casefold()]
    folded = folded or [one for one in there if key and fold(one) == key]
    return folded or _named(name, value, there, engine)


def _named(name: str, value: str, there: Sequence[str], engine: Engine) -> list[str]:
    """The values that another name means: of a region, a party, a country, a language …"""
    if name == "region":
        code = _region_code(value, there, engine)
        return [code] if code else []
    if name == "party":
        return _party_labels(value, there)
    if name in ("country", "lang", "kind"):
        from progsearch.facts.keys import check_fact

        try:
            written = check_fact(name, value)
        except ProgsearchError:
            return []
        return [written] if written in there else []
    return []


def _party_labels(value: str, there: Sequence[str]) -> list[str]:
    from progsearch.facts.registry import candidates

    found = [party.name for party in candidates(value) if party.name in there]
    if len(found) > 1:
        raise ProgsearchError(
            f"{value!r} may be {' or '.join(found)}", where="--party", remedy="write its name"
        )
    return found


def _region_code(value: str, there: Sequence[str], engine: Engine) -> str | None:
    from progsearch.facts.regions import region

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
