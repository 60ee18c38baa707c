"""The form by which hits are narrowed to values of their facets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from progsearch.api.facets import FacetAnswer, FacetValue
from progsearch.report.markup import Element, Node, el
from progsearch.serve.asking import kept
from progsearch.serve.controls import checkbox, field, form, hidden, link, make
from progsearch.serve.page import Shown

__all__ = ["facet_list"]

FEW = 8
"""Values of a facet that are open at once; further ones are a click away."""


def facet_list(shown: Shown, path: str, answer: FacetAnswer) -> Element:
    """The values of all facets with their counts, as one form: usable by keyboard alone."""
    state = shown.state
    groups = [
        part
        for name, values in answer.values.items()
        if name != "year"
        for part in _facet(shown, name, values)
    ]
    names = [name for name in answer.values if name != "year"]
    return form(
        path,
        [
            hidden(name, value)
            for name, value in kept(shown, *names, "promises", "asides", "since", "until", "page")
        ],
        el(
            "div",
            checkbox(
                "promises",
                "1",
                shown.text("promises_switch"),
                checked=bool(state.filters.get("promises")),
            ),
            checkbox(
                "asides",
                "1",
                shown.text("asides_switch"),
                checked=bool(state.filters.get("asides")),
            ),
            class_="switches",
        ),
        groups,
        el(
            "div",
            field(
                "since",
                "since",
                shown.text("since_label"),
                str(state.filters.get("since", "")),
                placeholder=shown.text("date_hint"),
            ),
            field(
                "until",
                "until",
                shown.text("until_label"),
                str(state.filters.get("until", "")),
                placeholder=shown.text("date_hint"),
            ),
            class_="dates",
        ),
        _years(shown, path, answer.values.get("year", ())),
        make("button", shown.text("apply"), type="submit"),
        class_="facets",
        id="facets",
    )


def _facet(shown: Shown, name: str, values: Sequence[FacetValue]) -> Iterator[Node]:
    taken = {one.casefold() for one in shown.state.values(name)}
    boxes = []
    for one in values:
        sent = one.value or "unknown"
        label = shown.lang.name(name, one.value)
        on = sent.casefold() in taken or label.casefold() in taken
        boxes.append(
            (on, checkbox(name, sent, label, checked=on, count=shown.lang.number(one.passages)))
        )
    known = {one.value.casefold() or "unknown" for one in values}
    known |= {shown.lang.name(name, one.value).casefold() for one in values}
    # What was asked for in other words, or has nothing here, stays chosen.
    boxes += [
        (True, checkbox(name, one, one, checked=True))
        for one in shown.state.values(name)
        if one.casefold() not in known
    ]
    if not boxes:
        return
    boxes.sort(key=lambda pair: not pair[0])
    shown_first = [box for _, box in boxes[:FEW]]
    rest = [box for _, box in boxes[FEW:]]
    yield make(
        "fieldset",
        make("legend", shown.lang.name("dimension", name)),
        shown_first,
        el("details", el("summary", shown.text("more_values")), rest) if rest else None,
    )


def _years(shown: Shown, path: str, values: Sequence[FacetValue]) -> Element | None:
    if not values:
        return None
    items = []
    for one in values:
        if one.value:
            asked = shown.state.having("since", ()).having("until", ())
            filters = {**asked.filters, "since": one.value, "until": one.value}
            name: Node = link(replace(asked, filters=filters, page=1).address(path), one.value)
        else:
            name = shown.lang.name("year", "")
        number = shown.lang.number(one.passages)
        items.append(el("li", name, " ", el("span", number, class_="counts")))
    return make(
        "fieldset",
        make("legend", shown.lang.name("dimension", "year")),
        el("ul", items, class_="years"),
    )
