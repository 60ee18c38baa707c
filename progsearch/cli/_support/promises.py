"""Promises with their reports, and pairs of promises, on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from progsearch.cli._support.screen import console
from progsearch.promises import Followed, Following, Matched, Matching, Report, Said
from progsearch.promises.match import FIRST, SAME_OF_FIRST
from progsearch.promises.tracker import Judged
from progsearch.visible import visible

__all__ = ["followed_line", "write_following", "write_matching"]

NOTHING = "no near passage found (misses about one in five)"


def followed_line(following: Following) -> str:
    """``58 promises · 39 with a near passage · 2 restated · 19 without``."""
    counts = following.counts
    parts = [f"{counts['promises']:,} promises", f"{counts['near']:,} with a near passage"]
    if counts.get("meaning"):
        parts.append(f"{counts['meaning']:,} of them by meaning alone (~)")
    parts += [f"{counts[name]:,} {name}" for name in ("restated", "stated") if counts[name]]
    return " · ".join([*parts, f"{counts['nothing']:,} without"])


def write_following(following: Following, judged: Mapping[str, Judged], out: TextIO) -> None:
    """The counts, then each promise with the passages near it, shared words in brackets."""
    screen = console(out)
    _line(Text(followed_line(following), style="bold"), screen)
    for one in following.promises:
        screen.print()
        _write_followed(one, judged.get(one.promise.passage.id), screen)


def _write_followed(one: Followed, judged: Judged | None, screen: Console) -> None:
    _place("", one.promise, screen)
    lemmas = [lemma for report in one.reports for lemma in report.lemmas]
    _text(_marked(one.promise, lemmas), screen)
    if judged and judged.status:
        _line(Text(f"  {judged.status} ({judged.by}, {judged.on})", style="bold"), screen)
    if not one.reports:
        _line(Text(f"  {NOTHING}"), screen)
    for report in one.reports:
        mark = "~ " if report.by_meaning else ""
        _place(f"  {report.rank}. {mark}", report.said, screen, _told(report))
        _text(_marked(report.said, report.lemmas), screen, deep=5)


def _told(report: Report) -> str:
    date = report.said.document.date
    parts = [str(date.value)] if date else []
    if report.restated:
        parts.append("restated")
    if report.struck:
        parts.append("struck out")
    if report.stated:
        parts.append(f"the report says: “{report.stated.quote}” ({report.stated.status})")
    elif report.doubt and report.doubt.astray:
        parts.append(f"beside it: “{report.doubt.quote}”, of which promise is not told")
    elif report.doubt:
        why = "of other numbers, or of the contrary" if report.doubt.other else "no status told"
        parts.append(f"the report says: “{report.doubt.quote}” ({why})")
    return " · ".join(parts)


def write_matching(matching: Matching, out: TextIO, *, together: bool) -> None:
    """The pairs, the nearest first, or what hangs ``together``, and who stands alone."""
    screen = console(out)
    shown, found = len(matching.pairs), matching.found
    pairs = "pair" if found == 1 else "pairs"
    count = f"{shown:,} of {found:,} {pairs}" if shown < found else f"{found:,} {pairs}"
    _line(Text(f"{count} · {' · '.join(map(visible, matching.names))}", style="bold"), screen)
    if together:
        for cluster in matching.clusters:
            screen.print()
            of = f"perhaps promised by {len(cluster.names)} of {len(matching.names)}: "
            _line(Text(of + ", ".join(map(visible, cluster.names)), style="bold"), screen)
            for name, said in cluster.said:
                _place(f"  {visible(name)}  ", said, screen)
                _text(_marked(said, ()), screen, deep=4)
    else:
        for pair in matching.pairs:
            screen.print()
            _line(Text(_rank(pair, shown), style="bold"), screen)
            _place(f"  {visible(pair.names[0])}  ", pair.first, screen)
            _text(_marked(pair.first, pair.lemmas), screen, deep=4)
            _place(f"  {visible(pair.names[1])}  ", pair.other, screen)
            _text(_marked(pair.other, pair.lemmas), screen, deep=4)
    if together and matching.alone:
        screen.print()
        _line(Text(f"alone: {', '.join(map(visible, matching.alone))}"), screen)


_STANCES = {
    "agree": "; both answered this question alike",
    "oppose": "; they answered this question the contrary: yes and no",
}


def _rank(pair: Matched, shown: int) -> str:
    line = f"rank {pair.rank} of {shown}"
    if pair.rank <= FIRST <= shown:
        line += f"; of the first {FIRST} about {SAME_OF_FIRST} are the same promise"
    return line + _STANCES.get(pair.stance, "")


def _marked(said: Said, lemmas: Sequence[str]) -> Text:
    """A text with the shared words in brackets, for a colour is lost in a pipe."""
    text = Text()
    for stretch, shared in said.marked(lemmas):
        shown = visible(stretch)
        text.append(f"[{shown}]" if shared else shown, style="bold" if shared else "")
    return text


def _place(before: str, said: Said, screen: Console, after: str = "") -> None:
    line = Text(before).append(visible(said.place), style="cyan")
    _line(line.append(f"  {visible(after)}") if after else line, screen)


def _text(text: Text, screen: Console, deep: int = 2) -> None:
    text.rstrip()
    if screen.is_terminal:
        screen.print(Padding(text, (0, 0, 0, deep)))
    else:
        _line(Text(" " * deep).append_text(text), screen)


def _line(text: Text, screen: Console) -> None:
    screen.print(text, soft_wrap=True)
