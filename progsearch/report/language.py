"""The language of a report: its texts, and how it writes numbers, dates and names.

Each language is one file in ``data/report``. The formats are those of the Unicode CLDR.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from progsearch.analysis import fold
from progsearch.classes import dataclass
from progsearch.errors import ProgsearchError
from progsearch.model import PartialDate

__all__ = ["UI_LANGUAGES", "UiLanguage", "ui_language"]

UI_LANGUAGES = ("en", "cs", "sv")
"""The languages that a report can be written in: files of ``data/report``."""


@dataclass(frozen=True, slots=True)
class UiLanguage:
    """A language as a report writes it; ``data`` is its file."""

    tag: str
    data: Mapping[str, Any]

    def text(self, key: str, **values: str) -> str:
        """The text with that name, its ``{places}`` filled in."""
        found: str = self.data["texts"][key]
        return found.format_map(values)

    def counted(self, key: str, number: int, **values: str) -> str:
        """A number with what it counts: *2 pasáže*, *5 pasáží*."""
        forms: Mapping[str, str] = self.data["counted"][key]
        form = forms.get(self._plural(number), forms["other"])
        return form.format_map({"n": self.number(number)} | values)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with that many decimals: *1,234.5*, *1 234,5* with a no-break space."""
        marks = self.data["numbers"]
        text = f"{value:,.{decimals}f}"
        if float(text.replace(",", "")) == 0:
            text = text.removeprefix("-")
        exchange = {",": marks["thousands"], ".": marks["decimal"], "-": "\u2212"}
        return "".join(exchange.get(char, char) for char in text)

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share from 0 to 1: *12.5%*, *12,5 %*."""
        percent: str = self.data["numbers"]["percent"]
        return percent.format(self.number(100 * share, decimals))

    def date(self, when: date | PartialDate) -> str:
        """A date, of which the month and the day may be unknown: *8. listopadu 2023*."""
        if not when.month:
            return str(when.year)
        dates = self.data["dates"]
        months: Sequence[str] = dates["months"]
        if not when.day:
            return f"{dates.get('months_alone', months)[when.month - 1]} {when.year}"
        full: str = dates["full"]
        return full.format(day=when.day, month=months[when.month - 1], year=when.year)

    def quoted(self, text: str) -> str:
        """The text in quotation marks."""
        quotes: str = self.data["quotes"]
        return quotes.replace("…", text)

    def listed(self, names: Sequence[str]) -> str:
        """Names in a row: *a, b and c*."""
        if len(names) < 2:
            return "".join(names)
        last: str = self.data["and"]
        return f"{', '.join(names[:-1])}{last}{names[-1]}"

    def name(self, dimension: str, value: str, label: str = "") -> str:
        """What a value of a dimension (``lang``, ``region``, …) is called.

        ``label`` is what it is called elsewhere, for values that have no name here.
        """
        if not value:
            unknown: Mapping[str, str] = self.data["names"]["unknown"]
            return unknown.get(dimension, self.text("unknown"))
        if dimension == "region":
            from progsearch.facts.regions import load_regions

            entry = load_regions().get(value)
            if entry:
                return entry.names.get(self.tag, entry.region.name)
        names: Mapping[str, str] = self.data["names"].get(dimension, {})
        return names.get(value, label or value)

    def order(self, name: str) -> str:
        """What to sort a name by: letters with an accent stand with those without one, unless
        the alphabet of the language has them after another (``after`` in its file)."""
        after: Mapping[str, str] = self.data.get("after", {})

        def placed(letter: str) -> str:
            return f"{placed(after[letter])}\uffff" if letter in after else letter

        text = name.casefold()
        for letter in after:
            text = text.replace(letter, placed(letter))
        return fold(text)

    def _plural(self, number: int) -> str:
        # CLDR, "Language Plural Rules", for whole numbers
        if number == 1:
            return "one"
        return "few" if 2 <= number <= 4 else "other"


@cache
def ui_language(tag: str) -> UiLanguage:
    """The language with that BCP 47 tag. Raises ProgsearchError for one that is not there."""
    if tag not in UI_LANGUAGES:
        raise ProgsearchError(
            f"no reports in {tag!r}", where="--ui-lang", remedy=f"choose {', '.join(UI_LANGUAGES)}"
        )
    source = files("progsearch").joinpath("data", "report", f"{tag}.toml")
    return UiLanguage(tag, tomllib.loads(source.read_text(encoding="utf-8")))
