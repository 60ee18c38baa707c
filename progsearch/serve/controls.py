"""What pages have and reports have not: forms that ask the server, pictures that it draws.

They are elements as safe as those of a report: they send only to the server that the page
comes from, and nothing can be made of a text but text.
"""

from __future__ import annotations

from collections.abc import Iterable

from progsearch.report.markup import (
    ATTRIBUTES,
    TAGS,
    Element,
    Node,
    el,
    is_served,
    leads_somewhere,
)

__all__ = ["Control", "checkbox", "field", "form", "hidden", "link", "make"]

_MORE_TAGS = """
    button datalist fieldset form img input label legend option pre select strong
"""
_TAGS = TAGS | frozenset(_MORE_TAGS.split())
_MORE_ATTRIBUTES = """
    action alt aria-current aria-invalid autocapitalize autocomplete checked data-copy download
    for label list loading maxlength method name placeholder selected spellcheck src type value
"""
_ATTRIBUTES = ATTRIBUTES | frozenset(_MORE_ATTRIBUTES.split())
_TYPES = frozenset(("checkbox", "hidden", "radio", "search", "submit", "text", "button"))


class Control(Element):
    """An element of a page that is served. Raises ValueError when a page may not have it."""

    __slots__ = ()

    def __post_init__(self) -> None:
        if self.tag not in _TAGS:
            raise ValueError(f"no element <{self.tag}>")
        for name, value in self.attributes.items():
            if name not in _ATTRIBUTES:
                raise ValueError(f"no attribute {name}")
            if name == "href" and not leads_somewhere(value):
                raise ValueError(f"not an address: {value!r}")
            if name in ("action", "src") and not is_served(value):
                raise ValueError(f"not an address of this server: {value!r}")
            if name == "type" and value not in _TYPES:
                raise ValueError(f"no type {value!r}")


def make(
    tag: str, *children: Node | Iterable[Node] | None, **attributes: str | float | None
) -> Control:
    """A control, as :func:`progsearch.report.markup.el` makes elements."""
    plain = el("p", *children)
    named = {
        name.rstrip("_").replace("_", "-"): str(value)
        for name, value in attributes.items()
        if value is not None
    }
    return Control(tag, named, plain.children)


def link(
    address: str, *children: Node | Iterable[Node] | None, **attributes: str | float | None
) -> Control:
    """A link."""
    return make("a", *children, href=address, **attributes)


def form(
    action: str, *children: Node | Iterable[Node] | None, method: str = "get", **more: str
) -> Control:
    """A form that asks an address of this server."""
    return make("form", *children, action=action, method=method, **more)


def hidden(name: str, value: str) -> Control:
    """What a form sends along."""
    return make("input", type="hidden", name=name, value=value)


def field(
    id_: str,
    name: str,
    label: str,
    value: str = "",
    *,
    type_: str = "text",
    list_: str | None = None,
    placeholder: str | None = None,
    describedby: str | None = None,
    invalid: bool = False,
) -> list[Node]:
    """A line to be typed, and what it is called."""
    return [
        make("label", label, for_=id_),
        make(
            "input",
            id=id_,
            name=name,
            value=value,
            type=type_,
            list=list_,
            placeholder=placeholder,
            aria_describedby=describedby,
            aria_invalid="true" if invalid else None,
            autocomplete="off",
            autocapitalize="off",
            spellcheck="false",
            maxlength=10000,
        ),
    ]


def checkbox(name: str, value: str, label: Node, *, checked: bool, count: str = "") -> Control:
    """A box to be ticked, with its label."""
    return make(
        "label",
        make(
            "input",
            type="checkbox",
            name=name,
            value=value,
            checked="" if checked else None,
        ),
        " ",
        make("bdi", label),
        [" ", make("span", count, class_="counts")] if count else None,
        class_="box",
    )
