"""What all pages of coding have: who codes, what a form has sent, and how far two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from progsearch.errors import ProgsearchError
from progsearch.report.markup import Element, Node, el
from progsearch.serve.basket import LONGEST
from progsearch.serve.controls import field, form, hidden, make
from progsearch.serve.page import Shown

__all__ = ["agreement_table", "choices", "coder_form", "sent"]


def coder_form(shown: Shown, back: str) -> Element:
    """The form that says who codes, and leads back."""
    return form(
        "/basket",
        hidden("token", shown.token),
        hidden("do", "coder"),
        hidden("back", back),
        el("div", field("coder", "coder", shown.text("coder"), shown.coder), class_="words"),
        make("button", shown.text("coder_set"), type="submit"),
        method="post",
        class_="ask",
    )


def choices(name: str, legend: str, values: Mapping[str, str], chosen: str) -> Element:
    """Values of which one is chosen, each with what it is called."""
    boxes = [
        make(
            "label",
            make(
                "input",
                type="radio",
                name=name,
                value=value,
                checked="" if value == chosen else None,
            ),
            " ",
            label,
            class_="box",
        )
        for value, label in values.items()
    ]
    return make("fieldset", make("legend", legend), boxes)


def sent(told: Mapping[str, Sequence[str]], name: str) -> str:
    """What a form has sent by that name. Raises ProgsearchError for more than anybody types."""
    value = (told.get(name) or [""])[-1].strip()
    if len(value) > LONGEST:
        raise ProgsearchError(
            f"more than {LONGEST:,} characters", where=name, remedy="make it shorter"
        )
    return value


def agreement_table(
    shown: Shown, caption: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]
) -> Element:
    """How far two coders agree: ``heads`` are keys of texts, rows a name and its numbers."""
    body: list[Node] = [
        el(
            "tr",
            el("th", name, scope="row"),
            [el("td", number, class_="number") for number in numbers],
        )
        for name, numbers in rows
    ]
    return el(
        "table",
        el("caption", caption),
        el("thead", el("tr", [el("th", shown.text(name), scope="col") for name in heads])),
        el("tbody", body),
    )
