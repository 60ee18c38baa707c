"""What the numbers of a table are of, in words, for the lines below and beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from progsearch.compare.mixture import Mixture, Part
from progsearch.query import SAID, Query, facets
from progsearch.scope import Filters, as_filter

__all__ = [
    "basis_lines",
    "chosen",
    "copies_line",
    "denominator",
    "fields_line",
    "mixture_lines",
    "shared_line",
]

NAMED = 4
"""Kinds, years or pairs of groups that a line names."""

_Group = tuple[str, ...]


def chosen(filters: Filters, by: Sequence[str] = ()) -> str:
    """What is counted of all that is said: ``promises (strong or weak)``; nothing for all."""
    parts = []
    for name, values in filters.chosen(by).items():
        listed = " or ".join(values)
        parts.append(f"promises ({listed})" if name == "promises" else f"{name} {listed}")
    return ", ".join(parts)


def denominator(filters: Filters, by: Sequence[str]) -> str:
    """What a rate is of."""
    whose = "all passages of the group" if by else "all passages"
    counted = chosen(filters, by)
    return f"{counted}, of {whose}" if counted else whose


def basis_lines(filters: Filters, by: Sequence[str], mixture: Mixture) -> list[str]:
    """What is counted, of what, and what that lumps together."""
    counted = chosen(filters, by)
    lines = []
    if counted:
        whose = "the group" if by else "the text"
        lines.append(f"counted: {counted}; of: all passages of {whose}, whatever they say")
    return [*lines, *mixture_lines(mixture)]


_OPTIONS = {"year": "--since and --until"}
_WITHOUT_OPTION = frozenset({"document", "label"})


def fields_line(queries: Iterable[Query]) -> str:
    """What is said of fields in queries that tell whose text it is; nothing without any."""
    names = sorted({one.field for query in queries for one in facets(query)} - set(SAID))
    if not names:
        return ""
    written = " and ".join(f"{name}:" for name in names)
    told = f"{written} in the query chooses among what is found, not what it is counted of"
    options = [_OPTIONS.get(name, f"--{name}") for name in names if name not in _WITHOUT_OPTION]
    both = "do" if len(options) > 1 or "year" in names else "does"
    return f"{told}; {' and '.join(options)} {both} both" if options else told


def mixture_lines(mixture: Mixture) -> Iterator[str]:
    """What is counted together, and how to keep to a part of it."""
    if mixture.kinds:
        parts = ", ".join(map(_part, mixture.kinds[:NAMED]))
        rest = len(mixture.kinds) - NAMED
        more = f" and {rest} more" if rest > 0 else ""
        main = mixture.main
        remedy = f"--kind {main.kind} keeps to that" if main else "--since and --until keep to some"
        yield f"counted together: {parts}{more}; {remedy}"
    if mixture.turns:
        told = "; ".join(
            f"{year} {', '.join(parties[:NAMED])}{' …' if len(parties) > NAMED else ''}"
            for year, parties in mixture.turns[:NAMED]
        )
        more = "; …" if len(mixture.turns) > NAMED else ""
        yield f"not the same parties speak in all years (from {told}{more}); --party keeps to one"


def _part(part: Part) -> str:
    years = part.first if part.first == part.last else f"{part.first}–{part.last}"
    kind = part.kind or "of unknown kind"
    return f"{kind} {years} ({part.passages:,})" if years else f"{kind} ({part.passages:,})"


def copies_line(documents: int) -> str:
    """The note on documents that repeat others, where each text counts once."""
    if documents == 1:
        return "1 document repeats another; a text counts once in a group (--duplicates keep)"
    return (
        f"{documents:,} documents repeat others; a text counts once in a group (--duplicates keep)"
    )


def shared_line(shared: Mapping[tuple[_Group, _Group], int]) -> str:
    """Which groups have the same texts."""
    pairs = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    told = [
        f"{texts:,} of {_group(first)} in {_group(other)}"
        for (first, other), texts in pairs[:NAMED]
    ]
    rest = len(pairs) - len(told)
    more = f" and {rest} more" if rest else ""
    return f"texts of several groups count in each of them: {', '.join(told)}{more}"


def _group(values: Sequence[str]) -> str:
    return " · ".join(map(as_filter, values))
