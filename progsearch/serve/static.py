"""The pages that ask nothing: the themes, and how it works."""

from __future__ import annotations

from collections.abc import Sequence

from progsearch.api.index import OpenIndex
from progsearch.report.markup import Element, Node, el
from progsearch.serve.controls import link
from progsearch.serve.page import Shown
from progsearch.serve.searching import Parts
from progsearch.serve.state import State
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.folders import catalogue_of
from progsearch.themes.theme import Theme

__all__ = ["help_page", "themes"]


def themes(shown: Shown, opened: OpenIndex) -> Parts:
    """All themes with their definitions and terms, and the ways to ask them."""
    title = shown.text("themes_title")
    with opened.asking() as index:
        catalogue = catalogue_of(opened.folders, index.summary.roots)
    top = [one for one in catalogue.themes.values() if one.broader not in catalogue.themes]
    content: list[Node | None] = [
        el("h1", title),
        el("p", shown.text("themes_intro"), class_="subtitle"),
        el("div", [_theme(shown, catalogue, one) for one in _sorted(shown, top)], class_="themes"),
    ]
    return title, content


def _sorted(shown: Shown, found: Sequence[Theme]) -> list[Theme]:
    return sorted(found, key=lambda one: shown.lang.order(one.label(shown.lang.tag)))


def _theme(shown: Shown, catalogue: Catalogue, one: Theme, level: int = 2) -> Element:
    tag = shown.lang.tag
    narrower = [
        other for other in catalogue.themes.values() if other.broader == one.id and level < 4
    ]
    terms = [
        el(
            "li",
            shown.lang.name("lang", lang),
            ": ",
            el("span", ", ".join(words), lang=lang),
        )
        for lang, words in one.terms.items()
        if words
    ]
    label = one.label(tag)
    asked = State(themes=(one.id,))
    return el(
        "section",
        el(f"h{level}", label, " ", el("code", one.id), id=f"theme-{one.id}"),
        el("p", one.definitions.get(tag, ""), class_="definition"),
        el(
            "p",
            link(
                shown.address("/search", asked),
                shown.text("theme_search"),
                aria_label=f"{shown.text('theme_search')}: {label}",
            ),
            " ",
            link(
                shown.address("/compare", asked),
                shown.text("theme_compare"),
                aria_label=f"{shown.text('theme_compare')}: {label}",
            ),
            class_="ways",
        ),
        el("details", el("summary", shown.text("theme_terms")), el("ul", terms), class_="terms")
        if terms
        else None,
        [_theme(shown, catalogue, other, level + 1) for other in _sorted(shown, narrower)],
    )


def help_page(shown: Shown, opened: OpenIndex) -> Parts:  # noqa: ARG001
    """How it works, in a few lines."""
    title = shown.text("help_title")
    names = ("help_1", "help_2", "help_3", "help_4", "help_5", "help_keys")
    content: list[Node | None] = [
        el("h1", title),
        *(el("p", shown.text(name)) for name in names),
        el("p", link("/api/openapi.json", "API (OpenAPI)")),
    ]
    return title, content
