"""Queries, numbers and the filters of all questions by name, as a user writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from progsearch.errors import ProgsearchError
from progsearch.facts.names import did_you_mean
from progsearch.model import PartialDate
from progsearch.query import Query, parse
from progsearch.scope import Filters

__all__ = ["FilterWords", "Texts", "check_number", "filters_of", "query_of", "texts_of"]

Texts = str | Sequence[str] | None
"""One text, several that are alternatives, or none."""

Day = str | int | date | PartialDate | None
"""A day, a month or a year: ``"2024-05-03"``, ``"2024-05"``, ``2024``."""


class FilterWords(TypedDict, total=False):
    """Which passages are looked at; ``progsearch search --help`` says what each name holds.

    Values of one name are alternatives, all names must match. ``unknown`` stands for passages
    without a value. ``promises`` keeps to what is promised, ``duplicates`` is ``keep`` or ``once``.
    """

    lang: Texts
    country: Texts
    region: Texts
    party: Texts
    kind: Texts
    role: Texts
    commitment: Texts
    promises: bool
    since: Day
    until: Day
    asides: bool
    duplicates: str | None


_LISTS = ("lang", "country", "region", "party", "kind", "role", "commitment")
_SWITCHES = ("promises", "asides")


def filters_of(duplicates: str = "once", /, **words: Unpack[FilterWords]) -> Filters:
    """The filters that the words mean; the first is the default of ``duplicates``.

    Raises ProgsearchError for a name that is no filter, and for what cannot be read.
    """
    for name in words:
        if name not in FilterWords.__annotations__:
            known = (*FilterWords.__annotations__, "themes")
            names = ", ".join(FilterWords.__annotations__)
            raise ProgsearchError(
                f"no filter {name!r}",
                remedy=did_you_mean(name, known, f"filters are {names}", most=1),
            )
    copies = words.get("duplicates") or duplicates
    if copies not in ("keep", "once"):
        raise ProgsearchError(
            f"not a choice: {copies!r}", where="--duplicates", remedy="write keep or once"
        )
    given: dict[str, Any] = dict(words)
    switches = {name: given.get(name, False) for name in _SWITCHES}
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise ProgsearchError(
                f"not a choice: {value!r}", where=f"--{name}", remedy="write True or False"
            )
    lists = {name: texts_of(f"--{name}", given.get(name)) for name in _LISTS}
    return Filters(
        **lists,
        promises=switches["promises"],
        asides=switches["asides"],
        since=_day("--since", words.get("since")),
        until=_day("--until", words.get("until")),
        copies=copies == "keep",
    )


def texts_of(where: str, value: object) -> tuple[str, ...]:
    """One text or several as a tuple. Raises ProgsearchError for what is neither."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        found = tuple(value)
        if all(isinstance(one, str) for one in found):
            return found
    raise ProgsearchError(
        f"neither a text nor a list of texts: {value!r}"[:200],
        where=where,
        remedy='write "one" or ["one", "another"]',
    )


def _day(where: str, value: object) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate(value.year, value.month, value.day)
    text = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise ProgsearchError(
            f"not a date: {value!r}", where=where, remedy="write YYYY, YYYY-MM or YYYY-MM-DD"
        )
    try:
        return PartialDate.parse(text)
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=where, remedy=error.remedy) from None


def query_of(text: str) -> Query:
    """The query of a text. Raises ProgsearchError for what is no text or cannot be parsed."""
    if not isinstance(text, str):
        raise ProgsearchError(
            f"not a query: {text!r}"[:200], where="text", remedy='write words in quotes: "lékař"'
        )
    return parse(text)


def check_number(where: str, value: object, least: int) -> None:
    """Raise ProgsearchError for what is no whole number from ``least`` on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ProgsearchError(
            f"not a number from {least} on: {value!r}"[:200], where=where, remedy="write a number"
        )
