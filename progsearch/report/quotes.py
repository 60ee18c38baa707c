"""One quotation of each group on each question, as many as the first page has room for."""

from __future__ import annotations

from itertools import zip_longest

from progsearch.compare import Cell, Group, Question
from progsearch.report.heatmap import ROWS
from progsearch.report.marks import clipped
from progsearch.report.markup import Element, el
from progsearch.report.model import Report
from progsearch.report.promises import place_node

__all__ = ["quotes"]

_LETTERS = 150  # of a quotation: about three lines of half a page
_MOST, _LEAST = 8, 4  # quotations on the first page

_Quoted = tuple[int, Question, int, Group, Cell]


def quotes(report: Report) -> Element:
    """The section with the strongest passage of each cell."""
    lang = report.lang
    found, cells = _chosen(report)
    items = [_quote(report, quoted) for quoted in found]
    left = cells - len(found)
    return el(
        "section",
        el("h2", lang.text("quotes"), id="quotes-title"),
        el("ul", items, class_="quotes") if items else el("p", lang.text("quotes_none")),
        el("p", lang.counted("quotes_left", left), class_="note") if left else None,
        id="quotes",
        aria_labelledby="quotes-title",
    )


def _chosen(report: Report) -> tuple[list[_Quoted], int]:
    """The first group of each question, then the second, and of how many cells they are."""
    names = report.names
    by_question = [
        [
            (at, question, number, group, cell)
            for number, group, cell in names.ranked(pairs)
            if cell.evidence
        ]
        for at, question, pairs in names.numbered()
    ]
    cells = sum(map(len, by_question))
    # A row of the map takes as much of the page as half a quotation, two of which stand abreast.
    room = max(_LEAST, _MOST + ROWS // 2 - len(report.comparison.groups))
    turns = [one for turn in zip_longest(*by_question) for one in turn if one is not None]
    chosen = turns[: min(_MOST, room)]
    return sorted(chosen, key=lambda one: one[0]), cells


def _quote(report: Report, quoted: _Quoted) -> Element:
    at, question, number, group, cell = quoted
    hit = cell.evidence[0]
    link = el(
        "a",
        el("bdi", report.names.group(group)),
        f" · {question.label}, {report.names.rate(cell)}",
        href=f"#cell-{at}-{number}",
    )
    text = el(
        "blockquote", el("p", clipped(hit, _LETTERS), dir="auto"), lang=hit.passage.lang.value
    )
    return el(
        "li", el("p", link, class_="who"), text, el("p", place_node(report, hit), class_="place")
    )
