"""The facts that may be stated of a document, and how each is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from progsearch.errors import ProgsearchError
from progsearch.facts.gazetteer import countries
from progsearch.facts.names import did_you_mean, fold
from progsearch.languages.table import LANGUAGES

__all__ = ["FACT_KEYS", "Kind", "check_fact", "read_given"]

FACT_KEYS = ("party", "region", "country", "lang", "kind", "date", "campaign", "title")
"""What front matter, a ``progsearch.toml`` and ``--set`` may say of a document."""


class Kind(StrEnum):
    """What a document is."""

    PROGRAMME = "programme"
    FULFILMENT_REPORT = "fulfilment-report"
    NEWS = "news"
    BUDGET = "budget"
    ELECTION_PAGE = "election-page"
    POST = "post"
    ARTICLE = "article"
    SPEECH = "speech"
    OTHER = "other"


# Country codes that people write for a language.
_MISTAKEN = {"cz": "cs", "se": "sv", "dk": "da"}


def check_fact(key: str, value: object) -> str:
    """The value in its one written form: a region's or country's code, an ISO date, …

    Raises ProgsearchError, whose ``where`` is the key, for an unknown key or a bad value.
    """
    text = " ".join(str(value).split())
    if key not in FACT_KEYS:
        remedy = did_you_mean(key, FACT_KEYS, f"known are {', '.join(FACT_KEYS)}", most=1)
        raise ProgsearchError(f"unknown key {key!r}", where=key, remedy=remedy)
    if not text:
        raise ProgsearchError("no value", where=key, remedy="write one, or leave the key out")
    try:
        return _WRITTEN[key](text) if key in _WRITTEN else text
    except ProgsearchError as error:
        raise ProgsearchError(error.what, where=key, remedy=error.remedy) from None


def _party(text: str) -> str:
    if not fold(text) or fold(text) in _nothing():
        raise ProgsearchError(f"{text!r} names no party", remedy="leave it out where there is none")
    return text


@cache
def _nothing() -> frozenset[str]:
    """What people write where there is nothing to state, in many languages."""
    source = files("progsearch") / "data" / "nothing.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return frozenset(fold(words) for said in data.values() for words in said)


def _kind(text: str) -> str:
    name = re.sub(r"[\s_]+", "-", text.lower())
    if name in list(Kind):
        return name
    if known := _kinds().get(fold(text)):
        return known
    remedy = did_you_mean(name, list(Kind), f"known are {', '.join(Kind)}", most=1)
    raise ProgsearchError(f"unknown kind {text!r}", remedy=remedy)


@cache
def _kinds() -> Mapping[str, Kind]:
    """The kinds by their other names, in many languages."""
    source = files("progsearch") / "data" / "kinds.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return {fold(name): Kind(kind) for kind, names in data.items() for name in names}


def _country(text: str) -> str:
    known = countries()
    for code, names in known.items():
        if fold(text) in {fold(name) for name in (code, *names)}:
            return code
    if re.fullmatch(r"[A-Z]{2}", text):
        return text
    raise ProgsearchError(
        f"unknown country {text!r}",
        remedy=f"write its ISO 3166-1 code, as in {', '.join(list(known)[:2])}",
    )


def _lang(text: str) -> str:
    named = _languages().get(fold(text))
    if named:
        return named
    # Dictionaries and detection know languages, not their countries: cs-CZ is cs.
    tag = text.replace("_", "-").lower().partition("-")[0]
    if tag == "no":
        return "nb"
    if not re.fullmatch(r"[a-z]{2,3}", tag):
        raise ProgsearchError(f"not a language tag: {text!r}", remedy="write one such as cs or sv")
    if tag in _MISTAKEN:
        raise ProgsearchError(
            f"{text!r} is not the tag of a language here", remedy=f"did you mean {_MISTAKEN[tag]}?"
        )
    return tag


@cache
def _languages() -> Mapping[str, str]:
    """The tags of languages by their names in English and in the language itself."""
    names = {fold(name): one.tag for one in LANGUAGES.values() for name in (one.name, one.own_name)}
    return names | {"norwegian": "nb", "norsk": "nb", "bokmal": "nb"}


# Most commands look at settings without a place or a date in them.
def _region(text: str) -> str:
    from progsearch.facts.regions import region

    return region(text).code


def _date(text: str) -> str:
    from progsearch.facts.dates import read_date

    return str(read_date(text))


_WRITTEN = {
    "party": _party,
    "region": _region,
    "country": _country,
    "lang": _lang,
    "kind": _kind,
    "date": _date,
}


def read_given(pairs: Iterable[str]) -> dict[str, str]:
    """The facts in ``key=value`` words of a command line; a later one overrides.

    Raises ProgsearchError for a word without ``=``, an unknown key and a bad value.
    """
    given = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            raise ProgsearchError(
                f"no value in {pair!r}", where="--set", remedy="write key=value, as in kind=news"
            )
        try:
            given[key.strip()] = check_fact(key.strip(), value)
        except ProgsearchError as error:
            raise ProgsearchError(
                f"{error.where}: {error.what}", where="--set", remedy=error.remedy
            ) from None
    return given
