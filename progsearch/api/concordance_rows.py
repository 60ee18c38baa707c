"""The typed rows of lines, frequency lists, collocates and dispersion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from progsearch.api.results import Placed, Rows
from progsearch.concordance import Dispersion

__all__ = [
    "CollocateRow",
    "DispersionRow",
    "DispersionRows",
    "KwicRow",
    "KwicRows",
    "SpreadRow",
    "WordRow",
]


@dataclass(frozen=True, slots=True)
class KwicRow(Placed):
    """A place where words matched, with what stands to its left and right."""

    group: Mapping[str, str]
    left: str
    match: str
    right: str
    file: str
    line: int
    page: int | None
    id: str
    lang: str
    party: str
    region: str
    date: str
    role: str
    commitment: str
    title: str
    link: str


class KwicRows(Rows[KwicRow]):
    """Lines; ``passages`` match, ``total`` are all their lines, where that was counted."""

    passages: int = 0
    total: int | None = None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class WordRow:
    """How often a word, or words in a row, stand in a group's text in a language.

    The rate and its 95 % interval are per million words; ``range`` of ``of_range`` parts have it,
    over which ``dp`` and ``dp_norm`` tell how evenly. ``query`` finds the passages.
    """

    group: Mapping[str, str]
    lang: str
    words: str
    count: int
    per_million_words: float
    low: float
    high: float
    documents: int
    of_documents: int
    range: int
    of_range: int
    dp: float | None
    dp_norm: float | None
    of_words: int
    query: str
    region_name: str = ""


@dataclass(frozen=True, slots=True)
class CollocateRow:
    """A word near what was found, how often, and how strongly the two are associated."""

    group: Mapping[str, str]
    lang: str
    word: str
    count: int
    logdice: float
    g2: float
    mi: float
    left: int
    right: int
    expected: float
    passages: int
    documents: int
    places: int
    of_count: int
    of_words: int
    query: str
    region_name: str = ""


@dataclass(frozen=True, slots=True)
class DispersionRow:
    """A document that has what was asked for, and how far into its source each place stands."""

    group: Mapping[str, str]
    file: str
    title: str
    date: str
    count: int
    per_million_words: float
    words: int
    places: str
    id: str


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How often a group has it, per million words with a 95 % interval, and how evenly."""

    group: Mapping[str, str]
    count: int
    per_million_words: float
    low: float
    high: float
    documents: int
    of_documents: int
    dp: float | None
    dp_norm: float | None
    of_words: int
    region_name: str = ""


class DispersionRows(Rows[DispersionRow]):
    """The documents that have it; ``spreads`` has a row a group."""

    dispersion: Dispersion
    asked: str
    spreads: Rows[SpreadRow]

    def plot(self, file: str | Path, *, title: str = "") -> Path:
        """Draw it as ``dispersion --plot`` does; ``.svg``, ``.png`` or ``.pdf`` by the name.

        Raises ProgsearchError for another name, where matplotlib is not installed, and for no
        document or too many.
        """
        from progsearch.plots import check_picture
        from progsearch.plots.dispersion import barcode

        picture = Path(file)
        check_picture(picture)
        barcode(self.dispersion, picture, title or self.asked)
        return picture
