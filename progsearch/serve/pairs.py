"""The pages of versions, reports and pairs: what ``diff``, ``follow`` and ``match`` tell."""

from __future__ import annotations

import io
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from progsearch.api import promises
from progsearch.api.index import OpenIndex
from progsearch.api.words import query_of
from progsearch.errors import ProgsearchError
from progsearch.export.formats import writer
from progsearch.export.promises import followed_table, matched_table
from progsearch.export.tables import About, Table, Value
from progsearch.export.versions import differences_table
from progsearch.made import today
from progsearch.promises.asked import part_of
from progsearch.promises.match import Matching
from progsearch.report.markup import Element, Node, el
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.serve.asking import dimension, problem, takeaway
from progsearch.serve.controls import checkbox, field, form, hidden, link, make
from progsearch.serve.page import Shown, UnansweredError
from progsearch.serve.searching import Parts
from progsearch.serve.state import FILTERS, switch

__all__ = ["KINDS", "Pair", "check_size", "pairs", "pairs_file"]

KINDS = ("diff", "follow", "match")
"""The commands, each of which has a page."""

MOST = 6_000
"""Passages of a side: what takes longer than a reader waits is for the terminal."""

MOST_OF_GROUPS = 2_000
"""Passages of all groups, of which each is held against each other."""

SHOWN = 200
"""Rows of a page; the file has all."""

_TEXTS = {
    "diff": (
        "change",
        "old_file",
        "old_line",
        "old_text",
        "new_file",
        "new_line",
        "new_text",
        "firmness",
        "amounts",
    ),
    "follow": (
        "promise_file",
        "promise_line",
        "promise",
        "report_file",
        "report_line",
        "report",
        "status",
        "status_from",
        "shared",
    ),
    "match": (
        "rank",
        "name_a",
        "file_a",
        "line_a",
        "text_a",
        "name_b",
        "file_b",
        "line_b",
        "text_b",
        "shared",
        "stance",
    ),
}
"""The columns of each page; files have all."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked: two parts of the index, as ``--of`` and ``--with`` name them.

    With ``by``, all groups of that dimension are asked, of what ``of`` names, or of everything;
    with ``meaning`` passages are near by their vectors, too.
    """

    kind: str
    of: str = ""
    with_: str = ""
    by: str = ""
    meaning: bool = False

    @property
    def whole(self) -> bool:
        """Whether all is said that is needed for an answer."""
        return bool(self.by or (self.of and self.with_))

    @property
    def begun(self) -> bool:
        """Whether anything is asked."""
        return bool(self.by or self.of or self.with_)

    def address(self, path: str, ui: str) -> str:
        """The address that asks this."""
        near = "1" if self.meaning and path.startswith("/follow") else ""
        found = {"of": self.of, "with": self.with_, "by": self.by, "meaning": near, "ui": ui}
        asked = urlencode({name: value for name, value in found.items() if value})
        return f"{path}?{asked}" if asked else path

    def command(self) -> str:
        """The command line that asks this."""
        told = {"of": self.of, "with": self.with_, "by": self.by}
        named = [f"--{name}={value}" for name, value in told.items() if value]
        return shlex.join(["progsearch", self.kind, *["--meaning"] * self.meaning, *named])


def check_size(index: Index, pair: Pair) -> None:
    """Raises ProgsearchError for what cannot be asked, or takes longer than a reader waits."""
    if not pair.whole:
        raise ProgsearchError(
            "one of the two parts is missing",
            where="with" if pair.of else "of",
            remedy="name both, as in party=S,year=2022",
        )
    for part, wanted in _parts(pair):
        size = index.tally(query_of(""), wanted, by=()).total_of.passages
        if size > (MOST_OF_GROUPS if pair.by else MOST):
            raise ProgsearchError(
                f"{size:,} passages are too many for a page",
                where=part,
                remedy=f"narrow it down, or run on a terminal: {pair.command()}",
            )


def _parts(pair: Pair) -> Iterator[tuple[str, Filters]]:
    if not pair.by:
        yield pair.of, part_of("--of", pair.of, Filters())
        yield pair.with_, part_of("--with", pair.with_, Filters())
    elif pair.of:
        yield pair.of, part_of("--of", pair.of, Filters())
    else:
        yield "match", Filters()


def _asked(index: Index, pair: Pair) -> tuple[Table, About, Matching | None]:
    """The table of an answer, and pairs by themselves. Raises ProgsearchError as
    :func:`check_size`."""
    check_size(index, pair)
    if pair.kind == "diff":
        told = promises.difference(of=pair.of, with_=pair.with_, index=index)
        return differences_table(told.versions, told.title), told.about(today()), None
    if pair.kind == "follow":
        seen = promises.followed(of=pair.of, with_=pair.with_, index=index, meaning=pair.meaning)
        return followed_table(seen.following, seen.title, seen.judged), seen.about(today()), None
    same = promises.matched(of=pair.of, with_=pair.with_, by=pair.by, index=index)
    return matched_table(same.matching, same.title), same.about(today()), same.matching


def pairs_file(opened: OpenIndex, pair: Pair) -> bytes:
    """The answer as CSV."""
    with opened.asking() as index:
        table, about, _ = _asked(index, pair)
    out = io.StringIO(newline="")
    writer("tables", "csv")([table], about, out)
    return out.getvalue().encode("utf-8", "replace")


def pairs(shown: Shown, opened: OpenIndex, pair: Pair) -> Parts:
    """The form, and what it asks for."""
    title = shown.text(f"{pair.kind}_title")
    head: list[Node | None] = [
        el("h1", title),
        _ways(shown, pair),
        el("p", shown.text(f"{pair.kind}_intro"), class_="subtitle"),
        form(
            f"/{pair.kind}",
            el(
                "div",
                field(
                    "of", "of", shown.text(f"{pair.kind}_of"), pair.of, placeholder="party=…,year=…"
                ),
                class_="words",
            ),
            el(
                "div",
                field(
                    "with",
                    "with",
                    shown.text(f"{pair.kind}_with"),
                    pair.with_,
                    placeholder="party=…,year=…",
                ),
                class_="words",
            ),
            el("div", dimension(shown, "by", "match_by", pair.by, "match_two", promises.DIMENSIONS))
            if pair.kind == "match"
            else None,
            _meaning_switch(shown, pair),
            [hidden("ui", shown.state.ui)] if shown.state.ui else [],
            make("button", shown.text("compare_button"), type="submit", class_="main"),
            class_="ask",
        ),
        el("p", shown.text("part_hint"), class_="note"),
    ]
    if not pair.begun:
        return title, head
    with opened.asking() as index:
        try:
            table, about, matching = _asked(index, pair)
        except ProgsearchError as error:
            raise UnansweredError(title, [*head, problem(shown, error)]) from error
        places = _Places(shown, index, {})
        grid = _grid(shown, places, pair, table)
        together = _together(shown, places, matching) if matching and pair.by else None
    file = pair.address(f"/{pair.kind}.csv", "")
    notes = [el("li", note) for note in about.notes]
    return title, [
        *head,
        el("p", shown.lang.counted("rows", len(table.rows)), role="status", class_="count"),
        el("p", link(pair.address("/sheet", shown.state.ui), shown.text("sheet_code")))
        if pair.kind == "follow"
        else None,
        together,
        grid,
        el("p", shown.text("page_last", n=str(SHOWN)), class_="note")
        if len(table.rows) > SHOWN
        else None,
        el("section", el("h2", shown.text("caveats")), el("ul", notes, lang="en")),
        takeaway(shown, {"take_csv": file}, pair.command()),
    ]


def _meaning_switch(shown: Shown, pair: Pair) -> Element | None:
    """The box by which passages are also near in meaning, where there are vectors."""
    if pair.kind != "follow" or not shown.vectors:
        return None
    box = checkbox("meaning", "1", shown.text("meaning_switch"), checked=pair.meaning)
    return el("div", box, class_="switches")


def _ways(shown: Shown, pair: Pair) -> Element:
    ways = [
        el(
            "li",
            link(
                replace(pair, kind=kind).address(f"/{kind}", shown.state.ui),
                shown.text(f"{kind}_title"),
                aria_current="true" if kind == pair.kind else None,
            ),
        )
        for kind in KINDS
    ]
    return el("ul", ways, class_="views")


def _together(shown: Shown, places: _Places, matching: Matching) -> Element:
    """What hangs together, with the groups that say it, and who stands alone."""
    found = []
    for cluster in matching.clusters:
        values = {"names": ", ".join(cluster.names), "number": str(len(cluster.names))}
        values["of"] = str(len(matching.names))
        said = [
            el(
                "li",
                el("span", name, class_="name"),
                " ",
                places.link(one.file, one.passage.line),
                el("p", one.unit.text, lang=one.passage.lang.value),
            )
            for name, one in cluster.said
        ]
        found.append(
            el("section", el("h2", shown.lang.text("promised_by", **values)), el("ul", said))
        )
    alone = ", ".join(matching.alone)
    if alone:
        found.append(el("p", shown.lang.text("pairs_alone", names=alone)))
    return el("div", found, class_="together")


MANY = 40
"""Letters of a cell that needs room on a narrow page."""


def _grid(shown: Shown, places: _Places, pair: Pair, table: Table) -> Element:
    names = _TEXTS[pair.kind]
    heads = [name for name in names if "line" not in name]
    body = []
    for record in table.records()[:SHOWN]:
        cells = []
        for name in heads:
            if "file" in name:
                near = "~ " if name == "report_file" and record["inferred"] else ""
                cells.append(el("td", near, places.link(record[name], record[_line(name)])))
            elif name == "stance" and record[name]:
                cells.append(el("td", shown.text(str(record[name]))))
            else:
                text = str(record[name] if record[name] is not None else "")
                cells.append(el("td", text, class_="words" if len(text) > MANY else None))
        body.append(el("tr", cells))
    title = table.title
    grid = el(
        "table",
        el("caption", title),
        # The names of columns are those of the file, which speaks English.
        el("thead", el("tr", [el("th", name, scope="col") for name in heads]), lang="en"),
        el("tbody", body),
        class_="pairs",
    )
    return el("div", grid, class_="scroll", role="region", tabindex=0, aria_label=title)


def _line(name: str) -> str:
    return name.replace("file", "line")


@dataclass(frozen=True, slots=True)
class _Places:
    """Finds the pages of places; ``known`` keeps the documents by file."""

    shown: Shown
    index: Index
    known: dict[str, Mapping[int, str]]

    def link(self, file: Value, line: Value) -> Node:
        """A link to where a passage stands, or its place."""
        if not file or not isinstance(line, int):
            return ""
        shown = el("code", f"{str(file).rpartition('/')[2]}:{line}")
        way = self._lines(str(file)).get(line)
        return link(way, shown) if way else shown

    def _lines(self, file: str) -> Mapping[int, str]:
        if not self.known:
            for document in self.index.engine.documents():
                self.known.setdefault(self.index.file(document.path), _Later(document.id))
        found: Any = self.known.get(file, {})
        if isinstance(found, _Later):
            base = self.shown.address(f"/document/{found.id}")
            joint = "&" if "?" in base else "?"
            found = self.known[file] = {
                one.line: f"{base}{joint}at={one.number}#p{one.number}"
                for one in self.index.engine.passages(found.id)
            }
        lines: Mapping[int, str] = found
        return lines


class _Later(dict[int, str]):
    """The lines of a document that nobody has asked for yet."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id = id_


def pair_of(path: str, given: Mapping[str, str]) -> Pair:
    """What is asked of two parts. Raises ProgsearchError for a filter: these pages heed none."""
    kind = path.strip("/").partition(".")[0]
    for name in given:
        if name in FILTERS:
            raise ProgsearchError(
                f"{name} is no filter of this page",
                where=name,
                remedy=f"write it into a part: of={name}=…",
            )
    of, with_, by = (given.get(name, "")[:500] for name in ("of", "with", "by"))
    meaning = kind == "follow" and switch("meaning", given.get("meaning", ""))
    if kind == "sheet":
        kind = "follow"
    return Pair(kind, of, with_, by if kind == "match" else "", meaning)
