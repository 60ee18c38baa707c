"""What tables of a report have in common: on a telephone each cell stands below its row's name."""

from __future__ import annotations

from progsearch.report.markup import Element, Node, el
from progsearch.report.model import Names

__all__ = ["number_cell", "said", "scrolled", "unprinted"]


def said(column: str) -> Element:
    """The head of a column inside of its cell, for where columns do not stand side by side."""
    return el("span", column, class_="column", aria_hidden="true")


def number_cell(column: str, *inside: Node | None) -> Element:
    """A number below the head of its column."""
    found = [one for one in inside if one is not None]
    return el("td", said(column), " ", el("span", found), class_="number")


def scrolled(table: Element, label: str, role: str = "group") -> Element:
    """A table that can be moved sideways where it is wider than the page, also by keyboard."""
    return el("div", table, class_="scroll", role=role, tabindex=0, aria_label=label)


def unprinted(names: Names, key: str, left: int) -> Element | None:
    """What is said on paper of so many things that are not on it."""
    if left <= 0:
        return None
    return el("p", names.lang.counted(key, left), " ", names.lang.text("unprinted"), class_="paper")
