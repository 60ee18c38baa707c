"""Which passages are looked at: the filters that every command shares, and what they mean.

Three rules hold for every search, count, comparison and page, and stand here and nowhere else:

- **Whose text it is** (party, region, year, kind, language …) says what there is to say
  something in: it bounds what is found and what a rate is of.
- **What is said** (promises, commitment, role) chooses among what is found. A rate is of all
  that was said in the group, except where the groups themselves are made by what is said.
- **Copies** are shown by a search, while a count takes each text once: once in each group and
  once in all (:mod:`progsearch.engine.copies`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from progsearch import query as q
from progsearch.clause import All, AllOf, Clause, Dated, FacetIn, NoneOf
from progsearch.engine import FACETS, SAID, Engine, Once
from progsearch.errors import ProgsearchError
from progsearch.facts.names import did_you_mean, fold
from progsearch.model import ASIDE_ROLES, PROMISED, Commitment, PartialDate, Role
from progsearch.state import Summary, summary_of

__all__ = [
    "Filters",
    "Scope",
    "absent_values",
    "as_filter",
    "left_out_line",
    "scope_of",
    "undated_line",
    "with_values",
]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a user asks to see. Values of one field are alternatives; all fields must match.

    ``promises`` keeps to what is promised (:data:`progsearch.model.PROMISED`). ``asides`` lets
    headings, lead-ins, teasers, navigation and the like through; naming a role does so for that
    role. ``copies`` lets documents through that repeat another one, or not; without either,
    searching does and counting does not.
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
    promises: bool = False
    asides: bool = False
    copies: bool | None = None

    def searching(self) -> Filters:
        """The same, with copies let through unless told otherwise."""
        return replace(self, copies=True) if self.copies is None else self

    def counting(self) -> Filters:
        """The same, with each text taken once unless told otherwise."""
        return replace(self, copies=False) if self.copies is None else self

    def chosen(self, by: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
        """What is chosen among all that is said, by field, where groups are made ``by`` others."""
        names = [name for name in SAID if getattr(self, name) and name not in by]
        found = {name: tuple(getattr(self, name)) for name in names}
        if self.promises and "commitment" not in by:
            found["promises"] = PROMISED
        return found


@dataclass(frozen=True, slots=True)
class Scope:
    """What filters mean in an index.

    ``clause`` lets through what a rate is of, ``said`` chooses among it, ``once`` says that
    each text is taken once, and which documents have the same.
    """

    clause: Clause
    said: Clause = field(default_factory=All)
    once: Once | None = None

    @property
    def narrow(self) -> Clause:
        """What is both of the text that is asked for and chosen among it."""
        return AllOf((self.clause, self.said))


_CLOSED = {
    "role": frozenset(role.value for role in Role),
    "commitment": frozenset(one.value for one in Commitment),
}
"""Values that may be asked for though no passage has them."""
UNKNOWN_VALUE = "unknown"
"""What a user writes for passages without a value: ``--party unknown``."""


def as_filter(value: str) -> str:
    """A value as it is shown and as a filter takes it: a party of the name *unknown* is
    ``=unknown``, none is ``unknown``."""
    return f"={value}" if value.casefold() == UNKNOWN_VALUE else value or UNKNOWN_VALUE


def scope_of(filters: Filters, engine: Engine, summary: Summary, by: Sequence[str] = ()) -> Scope:
    """The scope that filters mean in an index, for groups that are made ``by`` these facets.

    Raises ProgsearchError when the index has no passage with a value that was asked for, and
    for filters that let nothing through whatever there is.
    """
    _check(filters)
    chosen = {
        name: FacetIn(name, frozenset(_known(name, getattr(filters, name), engine)))
        for name in FACETS
        if getattr(filters, name)
    }
    said = [chosen.pop(name) for name in SAID if name in chosen]
    if filters.promises:
        said.append(FacetIn("commitment", frozenset(PROMISED)))
    parts: list[Clause] = [*chosen.values()]
    asides = {role.value for role in ASIDE_ROLES} - {one.casefold() for one in filters.role}
    if not filters.asides and asides:
        parts.append(NoneOf(FacetIn("role", frozenset(asides))))
    if filters.since or filters.until:
        since, until = filters.since, filters.until
        parts.append(Dated(since.first if since else None, until.last if until else None))
    text = AllOf(tuple(parts))
    once = None
    if not filters.copies and summary.copies:
        once = Once(summary.families(), text)
    # A group of what is said is all that there is of it: its rate is of nothing else.
    groups = [one for one in said if one.field in by]
    return Scope(AllOf((*parts, *groups)), AllOf(tuple(said)) if said else All(), once)


def _check(filters: Filters) -> None:
    since, until = filters.since, filters.until
    if since and until and since.first > until.last:
        raise ProgsearchError(
            f"--since {since} is after --until {until}", remedy="exchange the two"
        )
    wanted = [one.casefold() for one in filters.commitment]
    if filters.promises and wanted and not set(wanted) & set(PROMISED):
        raise ProgsearchError(
            f"--promises are {' or '.join(PROMISED)}, not {' or '.join(wanted)}",
            where="--commitment",
            remedy="leave one of the two out",
        )


def _known(name: str, wanted: Iterable[str], engine: Engine) -> Iterable[str]:
    there = engine.values(name)
    for value in wanted:
        found = _meant(name, value, there, engine)
        if not found and value.casefold() not in _CLOSED.get(name, ()):
            raise _absent(name, value, there, f"--{name}")
        yield from found


def _absent(name: str, value: str, there: Sequence[str], where: str) -> ProgsearchError:
    # In quotation marks, or "A, B" would be two.
    names = [f'"{one}"' if "," in one else one for one in there[:12]]
    shown = ", ".join(names) + (", …" if len(there) > 12 else "")
    otherwise = f"it has {shown}" if there else "it has none at all"
    remedy = did_you_mean(value, there, otherwise)
    return ProgsearchError(
        f"the index has no passage with {name} {value!r}", where=where, remedy=remedy
    )


def absent_values(query: q.Query, engine: Engine) -> Iterator[str]:
    """A line on each field of a query with a value that no passage of the index has."""
    for part in q.facets(query):
        name, value = part.field, part.value
        if value.casefold() not in _CLOSED.get(name, ()):
            there = engine.values(name)
            if not _meant(name, value, there, engine):
                yield str(_absent(name, value, there, str(part)))


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
        return _party_labels(value, there, engine)
    if name in ("country", "lang", "kind"):
        from progsearch.facts.keys import check_fact
        from progsearch.languages.profiles import name_of

        try:
            written = check_fact(name, value)
        except ProgsearchError:
            return [one for one in there if name == "lang" and fold(name_of(one)) == fold(value)]
        return [written] if written in there else []
    return []


def _party_labels(value: str, there: Sequence[str], engine: Engine) -> list[str]:
    from progsearch.facts.registry import candidates

    summary = summary_of(engine)
    meant = summary.parties_named(fold(value)) if summary else ()
    found = [
        label
        for name in meant or (value,)
        for label in ([name] if name in there else [one.name for one in candidates(name)])
        if label in there
    ]
    found = list(dict.fromkeys(found))
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
        named = engine.regions().items()
        code = next((code for code, name in named if fold(name) == fold(value)), "")
        if not code:
            raise
    return code if code in there else None


def undated_line(passages: int, filters: Filters) -> str:
    """The note on passages that days leave out because their documents have no date."""
    days = " and ".join(
        f"--{name} {value}"
        for name, value in (("since", filters.since), ("until", filters.until))
        if value
    )
    many = f"{passages:,} passage{'s' if passages != 1 else ''}"
    return f"{many} of documents without a date left out by {days}"


def left_out_line(copies: int) -> str:
    """The note on documents that were left out because they repeat others."""
    if copies == 1:
        return "1 document that repeats another was left out (--duplicates keep)"
    return f"{copies} documents that repeat others were left out (--duplicates keep)"
