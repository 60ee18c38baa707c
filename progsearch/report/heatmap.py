"""The heat map: a table of all questions by all groups, whose rates lead to the passages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from progsearch.compare import Cell, Differences
from progsearch.report.markup import Element, el
from progsearch.report.model import Names
from progsearch.report.palette import breaks, step

__all__ = ["called", "heat_map", "limits_of", "steps_named"]


def limits_of(cells: Sequence[Cell]) -> list[float]:
    """Where the steps of colour begin: one scale for all questions, told by the largest rate."""
    return breaks(max((cell.rate_per_1000 for cell in cells if not cell.small), default=0.0))


def called(names: Names, tests: Differences, cell: Cell) -> Element | None:
    """A mark where a group has more or fewer passages than the others."""
    test = tests.of(cell.theme, cell.group)
    if test is None or not test.called:
        return None
    key, sign = ("more_than_others", "▲") if test.called == "more" else ("fewer_than_others", "▼")
    text = names.lang.text(key)
    return el("span", sign, el("span", f" ({text})", class_="unseen"), class_="called")


def heat_map(names: Names) -> Element:
    """The section with the heat map and what its colours mean."""
    lang, comparison = names.lang, names.comparison
    limits = limits_of(comparison.cells)
    tests = names.tests()
    questions = list(names.numbered())
    columns = [
        el("th", el("a", question.label, href=f"#chart-{at}"), scope="col")
        for at, question, _ in questions
    ]
    head = el(
        "tr",
        el("th", _kinds(names), scope="col"),
        columns,
    )
    rows = []
    for number, group in enumerate(names.groups(), 1):
        cells = [
            _cell(names, tests, limits, f"{at}-{number}", pairs[number - 1][2])
            for at, _, pairs in questions
        ]
        size = el("span", lang.counted("passages", group.passages), class_="counts")
        apart = None if group.known else "apart"
        head_of = el("th", names.group(group), " ", size, scope="row")
        rows.append(el("tr", head_of, cells, class_=apart))
    return el(
        "section",
        el("h2", lang.text("map"), id="map-title"),
        el("p", lang.text("map_intro")),
        el(
            "div",
            el(
                "table",
                el("thead", head),
                el("tbody", rows),
                class_="map",
                aria_labelledby="map-title",
            ),
            class_="scroll",
            role="region",
            tabindex=0,
            aria_label=lang.text("map_scroll"),
        ),
        _legend(names, tests, limits),
        id="map",
        aria_labelledby="map-title",
    )


def _kinds(names: Names) -> str:
    parts = [names.lang.name("dimension", name) for name in names.comparison.by]
    return " · ".join(parts) or names.lang.text("group")


def _cell(
    names: Names, tests: Differences, limits: Sequence[float], place: str, cell: Cell
) -> Element:
    lang = names.lang
    if not cell.passages:
        text = f"({lang.text('legend_none')})" if cell.small else lang.text("legend_none")
        return el("td", el("span", text, class_="rate"), class_="step0")
    colour = "small" if cell.small else f"step{step(cell.rate_per_1000, limits)}"
    counts = lang.text(
        "found_short", found=lang.number(cell.passages), all=lang.number(cell.of_passages)
    )
    inside = (
        el("span", names.rate(cell), called(names, tests, cell), class_="rate"),
        " ",
        el("span", counts, class_="counts"),
    )
    if not cell.evidence:
        return el("td", inside, class_=colour)
    link = el("a", inside, href=f"#cell-{place}", id=f"map-{place}")
    return el("td", link, class_=colour)


def steps_named(names: Names, limits: Sequence[float]) -> list[tuple[int, str]]:
    """The steps of colour that are in use, and the rates that they stand for."""
    lang = names.lang
    found = [(0, lang.text("legend_none"))]
    if not any(cell.passages and not cell.small for cell in names.comparison.cells):
        return found
    edges = [lang.number(limit, int(limit < 1)) for limit in limits]
    if not edges:
        return [*found, (step(1, limits), f"> {lang.text('legend_none')}")]
    texts = [
        lang.text("legend_first", high=edges[0]),
        *(lang.text("legend_middle", low=low, high=high) for low, high in pairwise(edges)),
        lang.text("legend_last", low=edges[-1]),
    ]
    steps = [step(rate, limits) for rate in (*limits, inf)]
    return [*found, *zip(steps, texts, strict=True)]


def _legend(names: Names, tests: Differences, limits: Sequence[float]) -> Element:
    lang = names.lang
    entries = [
        el("li", el("span", class_=f"swatch step{at}", aria_hidden="true"), text)
        for at, text in steps_named(names, limits)
    ]
    notes = []
    if any(cell.small for cell in names.comparison.cells):
        notes.append(el("p", lang.text("legend_small", few=names.few)))
    if any(test.called for test in tests.groups):
        notes.append(el("p", lang.text("differences")))
    return el(
        "div",
        el("p", lang.text("legend"), id="legend-title"),
        el("ul", entries, aria_labelledby="legend-title"),
        notes,
        class_="legend",
    )
