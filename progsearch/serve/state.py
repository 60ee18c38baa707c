"""What an address asks, and the command line that asks the same.

Every page is told by its address alone. The names of its parameters are those of the options
of the commands, ``q`` stands for the words; a parameter without a value asks nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode

from progsearch.api.words import FilterWords
from progsearch.errors import ProgsearchError
from progsearch.facts.names import did_you_mean
from progsearch.lexicon.concepts import LANGUAGES
from progsearch.report.language import UI_LANGUAGES

__all__ = [
    "FILTERS",
    "LISTS",
    "MOST",
    "PAGES",
    "State",
    "choice",
    "given",
    "read_state",
    "switch",
]

LISTS = ("lang", "country", "region", "party", "kind", "role", "commitment")
"""Filters that may have several values."""

_SWITCHES = ("promises", "asides")
_TEXTS = ("since", "until", "duplicates")
FILTERS = (*LISTS, *_SWITCHES, *_TEXTS)
"""All names of filters in an address."""
_SHOWING = ("view", "sort", "page", "ui")
_NEAR = ("meaning", "like")
_NAMES = ("q", "from", *_NEAR, "theme", "words", "by", *LISTS, *_SWITCHES, *_TEXTS, *_SHOWING)

MOST = 24
"""Themes, words or values of one filter that an address may have."""

PAGES = 50
"""Pages of hits that can be leafed through; files have all."""

LONGEST = 16_000
"""Characters of an address."""

VIEWS = ("passages", "kwic")
SORTS = ("place", "left", "right")


@dataclass(frozen=True, slots=True)
class State:
    """What is asked, and how it is shown.

    ``from_`` is the language of the words, if they are to be translated. With ``meaning``
    passages are also found by nearness of meaning, ``like`` is the id of one whose nearest are
    wanted; only a search asks either. ``filters`` are
    :class:`~progsearch.api.words.FilterWords`; ``page`` counts from 1; ``ui``
    is the language of the page, empty for that of the browser.
    """

    query: str = ""
    from_: str = ""
    meaning: bool = False
    like: str = ""
    themes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    view: str = "passages"
    sort: str = "place"
    page: int = 1
    ui: str = ""

    @property
    def wanted(self) -> FilterWords:
        """The filters, as the front door takes them."""
        found: Any = dict(self.filters)
        words: FilterWords = found
        return words

    @property
    def spoken(self) -> str | None:
        """The language of the words, as the front door takes it."""
        return self.from_ or None

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        asked = self.query.strip() or self.themes or self.words or self.filters
        return bool(asked or self.like)

    @property
    def is_search(self) -> bool:
        """Whether only a search can answer it."""
        return self.meaning or bool(self.like)

    @property
    def looked_for(self) -> State:
        """The same without filters: what is marked in a document."""
        return State(query=self.query, from_=self.from_, themes=self.themes, ui=self.ui)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a filter that may have several."""
        return tuple(self.filters.get(name, ()))

    def having(self, name: str, values: Sequence[str]) -> State:
        """The same with other values of a filter, from the first page on."""
        filters = {one: value for one, value in self.filters.items() if one != name}
        if values:
            filters[name] = tuple(values)
        return replace(self, filters=filters, page=1)

    def pairs(self, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """The parameters of the address."""
        found = [("q", self.query)] if self.query else []
        found += [("from", self.from_)] if self.from_ else []
        found += [("meaning", "1")] if self.meaning else []
        found += [("like", self.like)] if self.like else []
        found += [("theme", one) for one in self.themes]
        found += [("words", one) for one in self.words]
        found += [("by", one) for one in self.by]
        for name in LISTS:
            found += [(name, one) for one in self.values(name)]
        found += [(name, "1") for name in _SWITCHES if self.filters.get(name)]
        found += [(name, str(self.filters[name])) for name in _TEXTS if self.filters.get(name)]
        found += [("view", self.view)] if self.view != "passages" else []
        found += [("sort", self.sort)] if self.sort != "place" else []
        found += [("page", str(self.page))] if self.page != 1 else []
        found += [("ui", self.ui)] if self.ui else []
        left = set(without)
        return [pair for pair in found if pair[0] not in left]

    def address(self, path: str, without: Iterable[str] = ()) -> str:
        """The address of a page that shows this, or as much of it as that page can."""
        left = without if path.startswith("/search") else (*without, *_NEAR)
        asked = urlencode(self.pairs(left), encoding="utf-8", errors="replace")
        return f"{path}?{asked}" if asked else path

    def arguments(self, command: str) -> list[str]:
        """The words of the command line that asks the same (``search``, ``count``, ``compare``)."""
        found = [command, *([f"--from={self.from_}"] if self.from_ else [])]
        if command == "search":
            found += ["--meaning"] if self.meaning else []
            found += [f"--like={self.like}"] if self.like else []
        for name, values in (("theme", self.themes), ("words", self.words), ("by", self.by)):
            if name == "theme" or command in _TAKES[name]:
                found += [f"--{name}={one}" for one in values]
        for name in LISTS:
            found += [f"--{name}={one}" for one in self.values(name)]
        found += [f"--{name}" for name in _SWITCHES if self.filters.get(name)]
        found += [f"--{name}={self.filters[name]}" for name in _TEXTS if self.filters.get(name)]
        return [*found, "--", self.query] if self.query else found

    def command(self, command: str, *more: str) -> str:
        """The command line, as a shell reads it; ``more`` stands before the words."""
        words = self.arguments(command)
        at = words.index("--") if "--" in words else len(words)
        return shlex.join(["progsearch", *words[:at], *more, *words[at:]])


_TAKES: Mapping[str, Sequence[str]] = {
    "words": ("compare", "report"),
    "by": ("compare", "report", "count"),
}


def given(asked: str) -> str:
    """The part of an address behind its question mark, without parameters that are empty."""
    found = parse_qs(asked, max_num_fields=400, errors="replace")
    return "&".join(
        f"{quote(name)}={quote(value)}" for name, values in found.items() for value in values
    )


def read_state(asked: str, also: Sequence[str] = ()) -> State:
    """What the part of an address behind its question mark asks.

    ``also`` are further parameters, which are for others. Raises ProgsearchError for a
    parameter that is not known, and for values that cannot be.
    """
    if len(asked) > LONGEST:
        raise ProgsearchError("the address is too long", remedy=f"keep to {LONGEST:,} characters")
    found: dict[str, list[str]] = {}
    try:
        pairs = parse_qsl(asked, max_num_fields=400, encoding="utf-8", errors="replace")
    except ValueError:
        raise ProgsearchError("the address asks too much", remedy="leave some out") from None
    for name, value in pairs:
        if name in also:
            continue
        if name not in _NAMES:
            raise ProgsearchError(
                f"no parameter {name!r}"[:200],
                where="address",
                remedy=did_you_mean(name, _NAMES, f"they are {', '.join(_NAMES)}", most=1),
            )
        if "\0" in value:
            raise ProgsearchError("there is a NUL in it", where=name, remedy="type it anew")
        if value and value not in found.setdefault(name, []):
            found[name].append(value)
    for name, values in found.items():
        if len(values) > MOST:
            raise ProgsearchError(f"more than {MOST} values", where=name, remedy="leave some out")
    return _state({name: values for name, values in found.items() if values})


def _state(found: Mapping[str, list[str]]) -> State:
    filters: dict[str, Any] = {name: tuple(found[name]) for name in LISTS if name in found}
    filters |= {name: True for name in _SWITCHES if _switch(name, found)}
    filters |= {name: found[name][-1] for name in _TEXTS if name in found}
    return State(
        query=found.get("q", [""])[-1],
        from_=_choice("from", found, ("", *LANGUAGES)),
        meaning=_switch("meaning", found),
        like=found.get("like", [""])[-1],
        themes=tuple(found.get("theme", ())),
        words=tuple(found.get("words", ())),
        by=tuple(found.get("by", ())),
        filters=filters,
        view=_choice("view", found, VIEWS),
        sort=_choice("sort", found, SORTS),
        page=_page(found.get("page", ["1"])[-1]),
        ui=_choice("ui", found, ("", *UI_LANGUAGES)),
    )


def _switch(name: str, found: Mapping[str, list[str]]) -> bool:
    return switch(name, found.get(name, ["0"])[-1])


def switch(name: str, given: str) -> bool:
    """Whether a parameter says yes; one that is empty does not. Raises ProgsearchError for what
    is neither."""
    value = given.casefold() or "0"
    if value not in ("0", "1", "true", "false"):
        raise ProgsearchError(f"not a choice: {value!r}"[:200], where=name, remedy="write 1 or 0")
    return value in ("1", "true")


def choice(value: str, name: str, choices: Sequence[str]) -> str:
    """One of the values that a parameter may have. Raises ProgsearchError for another."""
    return _choice(name, {name: [value]}, choices)


def _choice(name: str, found: Mapping[str, list[str]], choices: Sequence[str]) -> str:
    value = found.get(name, [choices[0]])[-1]
    if value not in choices:
        raise ProgsearchError(
            f"not a choice: {value!r}"[:200],
            where=name,
            remedy=f"write {' or '.join(filter(None, choices))}",
        )
    return value


def _page(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= PAGES):
        raise ProgsearchError(
            f"no page {text!r}"[:200],
            where="page",
            remedy=f"pages are 1 to {PAGES}; a file has all hits",
        )
    return int(text)
