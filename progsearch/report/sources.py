"""The documents in which something was found, by party and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from progsearch.compare.sources import Source
from progsearch.report.markup import Element, Node, el
from progsearch.report.model import Report
from progsearch.report.promises import shown_fact
from progsearch.report.tables import number_cell, said, scrolled, unprinted

__all__ = ["sources", "sources_line"]

MOST = 200
"""Documents that are named; `progsearch count --by document` has all."""

_PRINTED = 30
_PARTIES = 8  # parties that the first page names


def sources(report: Report) -> Element:
    """The section with the documents behind the numbers."""
    lang = report.lang
    named = sorted(report.sources[:MOST], key=lambda one: _order(report, one))
    columns = [lang.text(name) for name in ("source_date", "source_document", "found")]
    head = el(
        "tr",
        el("th", lang.name("dimension", "party"), scope="col"),
        [
            el("th", name, scope="col", class_="number" if at == 2 else None)
            for at, name in enumerate(columns)
        ],
    )
    rows = [_row(report, columns, at, one) for at, one in enumerate(named)]
    table = el(
        "table",
        el("thead", head),
        el("tbody", rows),
        class_="stacked sources",
        aria_labelledby="sources-title",
    )
    left = len(report.sources) - len(named)
    return el(
        "section",
        el("h2", lang.text("sources"), id="sources-title"),
        el("p", lang.text("sources_intro")),
        el("p", report.source) if report.source else None,
        scrolled(table, lang.text("sources")) if rows else el("p", lang.text("sources_none")),
        el("p", lang.counted("sources_left", left), class_="note") if left else None,
        unprinted(report.names, "unprinted_sources", len(rows) - _PRINTED),
        id="sources",
        aria_labelledby="sources-title",
    )


def _order(report: Report, one: Source) -> tuple[object, ...]:
    """By party and date; what is unknown comes last."""
    document = one.document
    party = document.party.value if document.party else ""
    day = document.date.value.first.toordinal() if document.date else 0
    return not party, report.lang.order(party), not day, day, document.path


def _row(report: Report, columns: Sequence[str], at: int, one: Source) -> Element:
    lang, document = report.lang, one.document
    party = (
        shown_fact(document.party.value, document.party.origin)
        if document.party
        else lang.name("party", "")
    )
    when = (
        shown_fact(lang.date(document.date.value), document.date.origin)
        if document.date
        else lang.text("unknown")
    )
    title: list[Node] = []
    if document.title:
        title = [el("span", document.title, lang=document.lang.value), " "]
    what = el("span", title, el("code", document.path))
    return el(
        "tr",
        el("th", el("bdi", party), scope="row"),
        el("td", said(columns[0]), " ", el("span", when)),
        el("td", said(columns[1]), " ", what),
        number_cell(columns[2], lang.number(one.passages)),
        class_="screen" if at >= _PRINTED else None,
    )


def sources_line(report: Report) -> Element:
    """Where the numbers are from, on the first page: who, when, and how many documents."""
    lang = report.lang
    years: dict[str, list[int]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for one in report.sources:
        party = one.document.party.value if one.document.party else ""
        counts[party] += 1
        if one.document.date:
            years[party].append(one.document.date.value.year)
    order = sorted(counts, key=lambda party: (not party, -counts[party], lang.order(party)))
    parts = [_party(report, party, counts[party], years[party]) for party in order[:_PARTIES]]
    more = ["…"] if len(order) > _PARTIES else []
    told = "; ".join(parts + more) or lang.text("sources_none")
    link = el("a", lang.text("sources"), href="#sources")
    stated = f"{report.source} " if report.source else ""
    return el("p", link, ": ", stated, told, class_="note")


def _party(report: Report, party: str, documents: int, years: Sequence[int]) -> str:
    lang = report.lang
    name = lang.name("party", party)
    size = lang.counted("of_documents", documents)
    if not years:
        return f"{name} ({size})"
    first, last = min(years), max(years)
    span = str(first) if first == last else f"{first}–{last}"
    return f"{name} {span} ({size})"
