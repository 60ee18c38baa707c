"""The heat map: a table of all questions by all groups, whose shares lead to the passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from progsearch.compare import Cell, Differences, Group, Question
from progsearch.report.markup import Element, el
from progsearch.report.model import Names, Pair
from progsearch.report.palette import LIMITS, STEPS, step
from progsearch.report.tables import said, scrolled

__all__ = ["ROWS", "called", "heat_map", "steps_named", "times"]

ROWS = 14
"""Groups that stand on the first page; further ones are a click away."""

_Asked = Sequence[tuple[int, Question, list[Pair]]]


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
    lang = names.lang
    tests = names.tests()
    questions = list(names.numbered())
    groups = list(enumerate(names.groups(), 1))
    further = None
    if len(groups) > ROWS:
        rest = _table(names, tests, questions, groups[ROWS:], last=False)
        summary = el("summary", lang.counted("more_groups", len(groups) - ROWS))
        further = el("details", summary, scrolled(rest, lang.text("map_scroll")))
    table = _table(names, tests, questions, groups[:ROWS], last=True)
    return el(
        "section",
        el("h2", lang.text("map"), id="map-title"),
        el("p", lang.text("map_intro"), " ", _order(names)),
        scrolled(table, lang.text("map_scroll"), role="region"),
        _legend(names, tests),
        further,
        id="map",
        aria_labelledby="map-title",
    )


def _order(names: Names) -> str:
    themes = names.comparison.themes
    if names.sort == "name" or not themes or names.comparison.by == ("year",):
        return names.lang.text("sorted_name")
    return names.lang.text("sorted_value", question=themes[0].label)


def _table(
    names: Names,
    tests: Differences,
    questions: _Asked,
    groups: Sequence[tuple[int, Group]],
    *,
    last: bool,
) -> Element:
    """A part of the groups; the ``last`` row is that of all together."""
    columns = [
        el("th", el("a", question.label, href=f"#chart-{at}"), scope="col")
        for at, question, _ in questions
    ]
    head = el("tr", el("th", _kinds(names), scope="col"), columns)
    bodies = []
    for country, some in groupby(groups, lambda pair: names.country(pair[1])):
        rows = [_row(names, tests, questions, number, group) for number, group in some]
        if country is not None:
            title = names.country_named(country)
            wide = str(1 + len(questions))
            above = el("th", title, scope="rowgroup", colspan=wide)
            rows.insert(0, el("tr", above, class_="country"))
        bodies.append(el("tbody", rows))
    foot = el("tfoot", _together(names, questions)) if last and len(groups) > 1 else None
    return el(
        "table",
        el("thead", head),
        bodies or el("tbody"),
        foot,
        class_="map stacked",
        aria_labelledby="map-title",
    )


def _row(names: Names, tests: Differences, questions: _Asked, number: int, group: Group) -> Element:
    cells = [
        _cell(names, tests, question, f"{at}-{number}", pairs[number - 1][2])
        for at, question, pairs in questions
    ]
    size = names.lang.counted("passages", group.passages)
    beside = el("span", " · ".join(filter(None, (size, names.years(group)))), class_="counts")
    name = el("span", names.group(group), class_="called-so")
    apart = None if group.known else "apart"
    return el("tr", el("th", name, " ", beside, scope="row"), cells, class_=apart)


def _together(names: Names, questions: _Asked) -> Element:
    lang, size = names.lang, names.comparison.size.passages
    cells = []
    for _, question, _ in questions:
        total = names.comparison.totals.get(question.id)
        counts = lang.text(
            "found_short", found=lang.number(total.passages if total else 0), all=lang.number(size)
        )
        share = el("span", names.mean(question.id), class_="rate")
        inside = el("span", share, " ", el("span", counts, class_="counts"), class_="numbers")
        cells.append(el("td", said(question.label), " ", inside))
    counted = el("span", lang.counted("passages", size), class_="counts")
    return el("tr", el("th", lang.text("everything"), " ", counted, scope="row"), cells)


def _kinds(names: Names) -> str:
    parts = [names.lang.name("dimension", name) for name in names.comparison.by]
    return " · ".join(parts) or names.lang.text("group")


def _cell(names: Names, tests: Differences, question: Question, place: str, cell: Cell) -> Element:
    lang, label = names.lang, said(question.label)
    if not cell.passages:
        text = f"({lang.text('legend_none')})" if cell.small else lang.text("legend_none")
        return el("td", label, " ", el("span", text, class_="rate"), class_="step0")
    mean = names.comparison.overall(cell.theme)
    colour = "small" if cell.small else f"step{step(cell.rate_per_1000, mean)}"
    counts = lang.text(
        "found_short", found=lang.number(cell.passages), all=lang.number(cell.of_passages)
    )
    inside = (
        el("span", names.rate(cell), called(names, tests, cell), class_="rate"),
        " ",
        el("span", counts, class_="counts"),
    )
    if not cell.evidence:
        return el("td", label, " ", el("span", inside, class_="numbers"), class_=colour)
    link = el("a", inside, href=f"#cell-{place}", id=f"map-{place}", class_="numbers")
    return el("td", label, " ", link, class_=colour)


def steps_named(names: Names) -> Iterator[tuple[int, str]]:
    """The steps of colour, and the shares that they stand for beside that of all groups."""
    lang = names.lang
    yield 0, lang.text("legend_none")
    if not any(cell.passages and not cell.small for cell in names.comparison.cells):
        return
    edges = [times(names, limit) for limit in LIMITS]
    yield 1, lang.text("legend_first", high=edges[0])
    for at, (low, high) in enumerate(pairwise(edges), 2):
        mean = 2 * at == STEPS + 1
        yield at, lang.text("legend_mean" if mean else "legend_middle", low=low, high=high)
    yield STEPS, lang.text("legend_last", low=edges[-1])


def times(names: Names, limit: float) -> str:
    """How many times the mean, as it is written."""
    text = f"{limit:g}"
    decimals = len(text.partition(".")[2])
    return names.lang.number(limit, decimals)


def _legend(names: Names, tests: Differences) -> Element:
    lang = names.lang
    entries = [
        el("li", el("span", class_=f"swatch step{at}", aria_hidden="true"), text)
        for at, text in steps_named(names)
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
