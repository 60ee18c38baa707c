"""Two versions on a terminal: counts first, then what was lost and what was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from progsearch.cli._support.screen import console
from progsearch.pairing.wordings import Piece
from progsearch.promises import Difference, Said, Versions
from progsearch.visible import visible

__all__ = ["write_versions"]

_SHOWN = ("kept", "reworded", "merged", "split", "moved", "dropped", "new")


def write_versions(versions: Versions, out: TextIO, *, everything: bool) -> None:
    """The counts, then each difference with its places; what was kept only if asked for."""
    screen = console(out)
    screen.print(Text(counts_line(versions), style="bold"), soft_wrap=not screen.is_terminal)
    for _, group in groupby(versions.differences, attrgetter("group")):
        links = list(group)
        if links[0].change == "kept" and not everything:
            continue
        screen.print()
        _write_group(links, screen)


def counts_line(versions: Versions) -> str:
    """``kept 286 · reworded 35 · merged 20 → 8 · moved 13 · dropped 30 · new 41``."""
    parts = []
    for change in _SHOWN:
        many, became = versions.counts[change], versions.became[change]
        if many:
            both = change in ("merged", "split")
            parts.append(f"{change} {many:,}{f' → {became:,}' if both else ''}")
    return " · ".join(parts) or "nothing on either side"


def _write_group(links: Sequence[Difference], screen: Console) -> None:
    first = links[0]
    title = Text(first.change, style="bold")
    told = [one.firmness for one in links if one.firmness]
    told += [one.amounts for one in links if one.amounts]
    told += ["typing only"] if first.slip else []
    if told:
        title.append(f"  {'; '.join(dict.fromkeys(told))}", style="not bold")
    screen.print(title, soft_wrap=not screen.is_terminal)
    olds = _once(one.old for one in links)
    news = _once(one.new for one in links)
    alone = len(olds) == 1 and len(news) == 1
    for sign, said, side in (*(("-", s, 0) for s in olds), *(("+", s, 1) for s in news)):
        text = _marked(first.pieces, side) if alone and first.pieces else Text(_plain(said))
        _write_said(sign, said, text, screen)


def _once(said: Iterator[Said | None]) -> list[Said]:
    found = {one.passage.id: one for one in said if one is not None}
    return list(found.values())


def _plain(said: Said) -> str:
    return visible(said.unit.text.strip())


def _marked(pieces: Sequence[Piece], side: int) -> Text:
    """A wording with the words that the other one does not have in brackets and bold.

    Brackets, for a colour is lost in a pipe and to some eyes.
    """
    text = Text()
    for piece in pieces:
        words = visible(piece.new if side else piece.old)
        if not piece.changed or not words.strip():
            text.append(words)
            continue
        before = len(words) - len(words.lstrip())
        after = len(words.rstrip())
        text.append(words[:before])
        text.append(f"[{words[before:after]}]", style="bold green" if side else "bold red")
        text.append(words[after:])
    return text


def _write_said(sign: str, said: Said, text: Text, screen: Console) -> None:
    place = Text(f"{sign} {visible(said.place)}", style="cyan")
    if not screen.is_terminal:
        screen.print(place, soft_wrap=True)
        screen.print(Text("  ").append_text(text), soft_wrap=True)
        return
    screen.print(place, soft_wrap=True)
    screen.print(Padding(text, (0, 0, 0, 2)))
