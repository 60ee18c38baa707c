"""Who says nothing on a question, and how much text there was to say it in."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.compare import Silence, Why
from progsearch.report.markup import Element, el
from progsearch.report.model import Report
from progsearch.report.precision import shown_decimals
from progsearch.report.tables import number_cell, scrolled, unprinted

__all__ = ["silence"]

_PRINTED = 6  # questions that are printed

_NOWHERE = {
    Why.FILTERED: "silence_filtered",
    Why.ABSENT: "silence_absent",
}


def silence(report: Report) -> Element:
    """The section with the groups in which nothing was found, and those without any text."""
    lang = report.lang
    parts = []
    for at, question, _ in report.names.numbered():
        found = [
            one for one in report.silences if one.theme == question.id and one.why is Why.NOTHING
        ]
        parts.append(
            el(
                "section",
                el("h3", question.label, id=f"silence-{at}"),
                _tables(report, found) or el("p", lang.text("silence_nobody")),
                class_="screen" if at > _PRINTED else None,
            )
        )
    return el(
        "section",
        el("h2", lang.text("silence"), id="silence-title"),
        el("p", lang.text("silence_intro")),
        el("div", parts, class_="silences"),
        unprinted(report.names, "unprinted_charts", len(parts) - _PRINTED),
        _nowhere(report),
        id="silence",
        aria_labelledby="silence-title",
    )


def _tables(report: Report, found: Sequence[Silence]) -> list[Element]:
    tables = []
    for by in dict.fromkeys(one.by for one in found):
        rows = sorted((one for one in found if one.by == by), key=lambda one: one.small)
        tables.append(_table(report, by, rows))
    if any(one.small for one in found):
        text = report.lang.text("silence_small", few=report.names.few)
        tables.append(el("p", text, class_="note"))
    return tables


def _table(report: Report, by: Sequence[str], rows: Sequence[Silence]) -> Element:
    lang = report.lang
    columns = [lang.text(name) for name in ("found", "in_documents", "expected", "at_most")]
    head = el(
        "tr",
        el("th", " · ".join(lang.name("dimension", name) for name in by), scope="col"),
        [el("th", name, scope="col", class_="number") for name in columns],
    )
    body = [_row(report, columns, by, one) for one in rows]
    title = lang.text("silence_found")
    table = el(
        "table", el("caption", title), el("thead", head), el("tbody", body), class_="stacked"
    )
    return scrolled(table, title)


def _row(report: Report, columns: Sequence[str], by: Sequence[str], one: Silence) -> Element:
    lang = report.lang
    passages = lang.number(one.passages)
    numbers = (
        f"({passages})" if one.small else passages,
        lang.number(one.group.documents),
        lang.number(one.expected, int(one.expected < 10)),
        lang.percent(one.high / 1000, shown_decimals(one.high / 10, int(one.high < 10))),
    )
    return el(
        "tr",
        el("th", report.names.group(one.group, by), scope="row"),
        [number_cell(name, number) for name, number in zip(columns, numbers, strict=True)],
    )


def _nowhere(report: Report) -> Element | None:
    """The groups without text in scope, once: they are the same for every question."""
    lang = report.lang
    first = report.comparison.themes[0].id if report.comparison.themes else ""
    parts: list[Element] = []
    for why, key in _NOWHERE.items():
        silent = [one for one in report.silences if one.theme == first and one.why is why]
        for by in dict.fromkeys(one.by for one in silent):
            names = [report.names.group(one.group, by) for one in silent if one.by == by]
            items = [el("li", el("bdi", name)) for name in names]
            parts += [el("p", lang.text(key)), el("ul", items, class_="names")]
    if not parts:
        return None
    return el(
        "section",
        el("h3", lang.text("silence_nowhere")),
        parts,
    )
