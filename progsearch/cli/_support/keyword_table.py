"""Keywords on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from progsearch.cli._support.comparison import named
from progsearch.cli._support.grid import GridColumn, Text, grid
from progsearch.cli._support.screen import Screen
from progsearch.compare.keywords import Keyword, Keywords
from progsearch.export.tables import decimal
from progsearch.model import place_of
from progsearch.visible import visible

__all__ = ["write_keywords"]

_WORD, _PLACE = 16, 40  # columns to which a word and a place may be folded


def write_keywords(found: Keywords, out: TextIO) -> None:
    """One table a group and language: the words, how much more often, and an example."""
    screen = Screen(out)
    names = {group.values: " · ".join(named(found.by, group)) for group in found.groups}
    for values, lang in dict.fromkeys((word.group, word.lang) for word in found.words):
        words = [word for word in found.words if (word.group, word.lang) == (values, lang)]
        told = [names[values], *([] if "lang" in found.by else [lang])]
        title = " · ".join([*told, f"{words[0].of_words:,} words"])
        screen.print(Text(title, style="bold"))
        screen.print(grid(_columns(words), screen.width))
        screen.print()
    if not found.words:
        screen.print("no word sets a group apart")


def _columns(words: Sequence[Keyword]) -> list[GridColumn]:
    places = [word.example for word in words]
    return [
        GridColumn(
            "word",
            [Text(visible(word.text), style="bold") for word in words],
            right=False,
            least=_WORD,
        ),
        _numbers("times", [f"{word.count:,}" for word in words], 2),
        _numbers("documents", [f"{word.documents:,}" for word in words], 5),
        _numbers("per 10,000", [decimal(10_000 * word.count / word.of_words) for word in words]),
        _numbers("others", [decimal(10_000 * word.rest / word.of_rest) for word in words], 1),
        _numbers("G²", [f"{word.g2:,.1f}" for word in words], 4),
        _numbers(
            "ratio", [f"×{2**word.ratio:,.1f}" if word.rest else "only here" for word in words]
        ),
        GridColumn(
            "example",
            [
                Text(visible(place_of(one.file, one.passage)) if one else "", "dim")
                for one in places
            ],
            right=False,
            spare=3,
            least=_PLACE,
        ),
    ]


def _numbers(name: str, texts: Sequence[str], spare: int = 0) -> GridColumn:
    return GridColumn(name, [Text(text) for text in texts], spare=spare)
