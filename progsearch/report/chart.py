"""Shares with their intervals: for each question a chart, and its numbers as a table.

Places along the scale are percentages, so that the chart is as wide as the page lets it be
while its letters keep their size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from progsearch.classes import dataclass
from progsearch.compare import Cell, Differences, Group, Question
from progsearch.report.heatmap import called
from progsearch.report.markup import Element, el
from progsearch.report.model import Names, Pair
from progsearch.report.palette import ticks
from progsearch.report.precision import shown_decimals
from progsearch.report.tables import number_cell, scrolled, unprinted

__all__ = ["Scale", "charts", "scale_of"]

ROW = 40
"""Height of a row in pixels: a line of text, and the interval below it."""

_LABEL, _LINE = 15, 27  # where the two stand in a row
_AXIS = 34
_COUNTRY = 24  # the height of a country's name above its groups
_TIME = ("year",)
_LONGEST = 40  # letters of a name that fit beside the share on a telephone

ROWS = 30
"""Groups that a chart draws; the table below it has them all."""

_PRINTED = 6
"""Charts that are printed; the first page has the numbers of all questions."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from 0: ``marks`` are the round numbers on it, the last one is its end."""

    marks: Sequence[float]

    @property
    def end(self) -> float:
        """The highest rate that the axis shows."""
        return self.marks[-1]

    def place(self, rate: float) -> float:
        """Where a rate stands, in percent of the width, with room for a dot at both ends."""
        return 1.5 + 97 * min(rate, self.end) / self.end


def scale_of(cells: Sequence[Cell]) -> Scale:
    """The axis for the cells of a question. Small groups have rates and intervals that would
    leave the others no room: they are cut off where they go beyond."""
    highs = [cell.high for cell in cells if not cell.small] or [cell.high for cell in cells]
    return Scale(ticks(max(*highs, 1.0, 0.0)))


def charts(names: Names) -> Element:
    """The section with a chart for each question."""
    tests = names.tests()
    return el(
        "section",
        el("h2", names.lang.text("chart"), id="charts-title"),
        el("p", names.lang.text("chart_intro")),
        el(
            "div",
            [
                _figure(names, tests, at, question, pairs)
                for at, question, pairs in names.numbered()
            ],
            class_="charts",
        ),
        unprinted(names, "unprinted_charts", len(names.comparison.themes) - _PRINTED),
        id="charts",
        aria_labelledby="charts-title",
    )


def _figure(
    names: Names, tests: Differences, at: int, question: Question, pairs: Sequence[Pair]
) -> Element:
    lang, mean = names.lang, names.comparison.overall(question.id)
    cells = [cell for _, _, cell in pairs]
    scale, rows = scale_of(cells), names.ranked(pairs)
    notes = [lang.text("chart_all", rate=names.mean(question.id))]
    if len(rows) > ROWS:
        notes.append(lang.counted("chart_first", ROWS, all=lang.number(len(rows))))
    if any(cell.small for cell in cells):
        notes.append(lang.text("chart_small", few=names.few))
    if any(cell.high > scale.end for cell in cells):
        notes.append(lang.text("chart_cut"))
    figure = el(
        "figure",
        el("h3", question.label, id=f"chart-{at}"),
        _drawing(names, at, question.label, scale, rows[:ROWS], mean),
        el("figcaption", " ".join(notes)),
    )
    table = _table(names, tests, question.label, rows)
    numbers = el("details", el("summary", lang.text("chart_table")), table)
    return el("div", figure, numbers, class_="screen" if at > _PRINTED else None)


def _drawing(
    names: Names, at: int, question: str, scale: Scale, rows: Sequence[Pair], mean: float
) -> Element:
    lang = names.lang
    parts, height = _parts(names, scale, rows)
    said = "; ".join(_said(names, group, cell) for _, group, cell in rows)
    return el(
        "svg",
        el("title", lang.text("chart_title", question=question), id=f"chart-{at}-title"),
        el("desc", lang.text(_desc(names), rows=said), id=f"chart-{at}-desc"),
        _axis(names, scale, height),
        _vertical(scale.place(mean), height, "mean"),
        parts,
        width="100%",
        height=height + _AXIS,
        role="img",
        aria_labelledby=f"chart-{at}-title",
        aria_describedby=f"chart-{at}-desc",
        class_="chart",
    )


def _parts(names: Names, scale: Scale, rows: Sequence[Pair]) -> tuple[list[Element], int]:
    """The rows below each other, those of a country below its name, and their height."""
    parts: list[Element] = []
    top = 0
    for country, some in groupby(rows, lambda pair: names.country(pair[1])):
        if country is not None:
            title = names.country_named(country)
            parts.append(el("text", title, x=0, y=top + _LABEL, class_="country"))
            top += _COUNTRY
        for _, group, cell in some:
            parts += _row(names, scale, top, group, cell)
            top += ROW
    return parts, top


def _desc(names: Names) -> str:
    return "chart_desc_years" if names.comparison.by == _TIME else "chart_desc"


def _said(names: Names, group: Group, cell: Cell) -> str:
    return names.lang.text(
        "chart_row",
        group=names.group(group),
        rate=names.rate(cell),
        interval=names.interval(cell),
    )


def _percent(place: float) -> str:
    return f"{place:.2f}%"


def _vertical(place: float, height: int, kind: str) -> Element:
    x = _percent(place)
    return el("line", x1=x, x2=x, y1=0, y2=height, class_=kind)


def _axis(names: Names, scale: Scale, height: int) -> Iterator[Element]:
    for number, mark in enumerate(scale.marks):
        yield _vertical(scale.place(mark), height, "grid")
        last = number == len(scale.marks) - 1
        yield el(
            "text",
            names.mark(mark),
            x=_percent(scale.place(mark)),
            y=height + 14,
            text_anchor="start" if not number else "end" if last else "middle",
            class_="tick",
        )
    yield el(
        "text",
        names.lang.text("chart_axis"),
        x="100%",
        y=height + 30,
        text_anchor="end",
        class_="tick",
    )


def _row(names: Names, scale: Scale, top: int, group: Group, cell: Cell) -> Iterator[Element]:
    name = names.group(group)
    if len(name) > _LONGEST:
        name = name[: _LONGEST - 1].rstrip() + "…"
    kind_of_name = "name" if group.known else "name apart"
    if not group.known:
        yield el("line", x1="0", x2="100%", y1=top, y2=top, class_="apart")
    yield el("text", name, x=0, y=top + _LABEL, class_=kind_of_name)
    yield el("text", names.rate(cell), x="100%", y=top + _LABEL, text_anchor="end", class_="name")
    low, high = scale.place(cell.low), scale.place(cell.high)
    y = top + _LINE
    kind = "hollow" if cell.small else "full"
    yield el("line", x1=_percent(low), x2=_percent(high), y1=y, y2=y, class_=f"interval {kind}")
    if cell.high > scale.end:
        yield el("text", "›", x="100%", y=y + 5, text_anchor="end", class_="beyond")
    if cell.rate_per_1000 <= scale.end:
        yield el("circle", cx=_percent(scale.place(cell.rate_per_1000)), cy=y, r=5, class_=kind)


def _table(names: Names, tests: Differences, question: str, rows: Sequence[Pair]) -> Element:
    lang = names.lang
    columns = [
        lang.text(name)
        for name in (
            *("rate", "interval", "found", "of_all", "in_documents", "share"),
            "per_million_words",
        )
    ]
    head = el(
        "tr",
        el("th", lang.text("group"), scope="col"),
        [el("th", name, scope="col", class_="number") for name in columns],
    )
    body = [
        el(
            "tr",
            el("th", names.group(group), scope="row"),
            number_cell(columns[0], names.rate(cell), called(names, tests, cell)),
            [
                number_cell(name, text)
                for name, text in zip(columns[1:], _numbers(names, cell), strict=True)
            ],
            class_=None if group.known else "apart",
        )
        for _, group, cell in rows
    ]
    table = el(
        "table", el("caption", question), el("thead", head), el("tbody", body), class_="stacked"
    )
    return scrolled(table, f"{lang.text('chart_table')}: {question}")


def _numbers(names: Names, cell: Cell) -> list[str]:
    lang = names.lang
    return [
        names.interval(cell),
        lang.number(cell.passages),
        lang.number(cell.of_passages),
        lang.number(cell.documents),
        lang.percent(cell.share_of_words, 0 if cell.share_of_words >= 0.1 else 1),
        lang.number(cell.per_million_words, shown_decimals(cell.per_million_words, 0)),
    ]
