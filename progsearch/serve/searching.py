"""The pages of a search: passages with their reasons, and keyword in context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from progsearch.api import answers
from progsearch.api.facets import concordance, facets
from progsearch.api.index import OpenIndex
from progsearch.clause import All
from progsearch.concordance import Line
from progsearch.errors import ProgsearchError
from progsearch.model import place_of
from progsearch.report.markup import Element, Node, el
from progsearch.search import Found, Hit, Index
from progsearch.serve.asking import asking, chosen, problem, takeaway
from progsearch.serve.controls import link
from progsearch.serve.hits import Showing, document_address, passage
from progsearch.serve.narrowing import facet_list
from progsearch.serve.page import Shown, UnansweredError
from progsearch.serve.state import State
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.folders import catalogue_of

__all__ = ["FORMATS", "SIZE", "home", "search"]

SIZE = answers.LIMIT
"""Hits of a page."""

LINES = 100
"""Passages whose places stand in a page of keyword in context."""

FORMATS = {
    "take_csv": "csv",
    "take_xlsx": "xlsx",
    "take_json": "json",
    "take_md": "md",
}
"""The files of a search, by the names of their texts."""

Parts: TypeAlias = "tuple[str, list[Node | None]]"
"""The title of a page, and what stands on it."""


def home(shown: Shown, opened: OpenIndex) -> Parts:
    """The first page: the box, and the themes to begin with."""
    with opened.asking() as index:
        catalogue = catalogue_of(opened.folders, index.summary.roots)
    tag = shown.lang.tag
    top = [one for one in catalogue.themes.values() if not one.broader]
    themes = [
        el(
            "li",
            link(shown.address("/search", replace(shown.state, themes=(one.id,))), one.label(tag)),
        )
        for one in sorted(top, key=lambda one: shown.lang.order(one.label(tag)))
    ]
    content: list[Node | None] = [
        el("h1", shown.text("home_title")),
        el("p", shown.text("home_intro"), class_="subtitle"),
        asking(shown, catalogue),
        el("h2", shown.text("home_themes")),
        el("ul", themes, class_="ways"),
    ]
    return "progsearch", content


def search(shown: Shown, opened: OpenIndex, collected: frozenset[str]) -> Parts:
    """What is found; for a question that cannot be answered, why."""
    state = shown.state
    with opened.asking() as index:
        catalogue = catalogue_of(opened.folders, index.summary.roots)
        title = _title(shown, catalogue)
        head: list[Node | None] = [el("h1", title)]
        try:
            view = _kwic if state.view == "kwic" else _passages
            found = view(shown, opened, index, collected, catalogue)
            counted = facets(
                index,
                state.query,
                themes=state.themes,
                folders=opened.folders,
                from_=state.spoken,
                **state.wanted,
            )
        except ProgsearchError as error:
            instead = [*head, asking(shown, catalogue, error), problem(shown, error)]
            raise UnansweredError(title, instead) from error
        repeated = bool(index.summary.copies) and state.filters.get("duplicates") != "once"
    side = el(
        "details",
        el("summary", el("h2", shown.text("filters"))),
        _of_copies(shown) if repeated else None,
        facet_list(shown, "/search", counted),
        class_="side",
    )
    content: list[Node | None] = [
        *head,
        asking(shown, catalogue),
        chosen(shown, "/search", catalogue),
        el("div", side, el("div", *found, class_="found"), class_="split"),
        takeaway(shown, _files(shown), state.command("search", *_ranks(state))),
    ]
    return title, content


def _of_copies(shown: Shown) -> Element:
    """That the numbers beside the filters are those of the list, and not of ``count``."""
    filters = {**shown.state.filters, "duplicates": "once"}
    way = replace(shown.state, filters=filters, page=1).address("/search")
    return el(
        "p",
        shown.text("copies_counted"),
        " ",
        link(way, shown.text("copies_once")),
        class_="note",
    )


def _title(shown: Shown, catalogue: Catalogue) -> str:
    labels = [
        catalogue.themes[one].label(shown.lang.tag) if one in catalogue.themes else one
        for one in shown.state.themes
    ]
    asked = [one for one in (shown.state.query.strip(), *labels) if one]
    return f"{shown.text('nav_search')}: {', '.join(asked)}" if asked else shown.text("nav_search")


def _files(shown: Shown) -> dict[str, str]:
    without = ("view", "sort", "ui") if shown.state.like else ("view", "sort", "page", "ui")
    return {key: shown.state.address(f"/search.{name}", without) for key, name in FORMATS.items()}


def _ranks(state: State) -> list[str]:
    """What a command needs to have the passages up to this page: those like one have no end."""
    return [f"--limit={state.page * SIZE}"] if state.like and state.page > 1 else []


def _passages(
    shown: Shown,
    opened: OpenIndex,
    index: Index,
    collected: frozenset[str],
    catalogue: Catalogue,
) -> list[Node | None]:
    state = shown.state
    first = (state.page - 1) * SIZE
    answer = answers.search(
        index,
        state.query,
        themes=state.themes,
        folders=opened.folders,
        limit=first + SIZE + bool(state.like),  # one more tells whether there is a next page
        from_=state.spoken,
        meaning=state.meaning,
        like=state.like or None,
        **state.wanted,
    )
    found = list(answer.found.hits)
    hits = found[first : first + SIZE]
    showing = Showing(shown, {hit.passage.id: opened.link(hit) for hit in hits}, collected)
    total = len(found) if state.like else answer.found.total + answer.found.near
    return [
        *_notes(shown, answer, catalogue),
        *(_seed(showing, index, opened) if state.like else ()),
        _count(shown, answer.found, first, len(hits)),
        None if state.like else _views(shown),
        el("ol", [el("li", passage(showing, hit)) for hit in hits], class_="hits")
        if hits
        else el("p", shown.text("page_beyond" if first else "found_none_hint"), class_="note"),
        *_leafing(shown, first + len(hits), total),
    ]


def _seed(showing: Showing, index: Index, opened: OpenIndex) -> list[Node]:
    """The passage whose nearest are shown, and what the numbers beside them count."""
    shown = showing.shown
    one = index.engine.passage(shown.state.like)
    if one is None:
        return []
    hit = index.hit(one, 0.0, All())
    alone = Showing(shown, {one.id: opened.link(hit)}, showing.collected)
    return [
        el("h2", shown.text("like_of")),
        el("div", passage(alone, hit), class_="hits"),
        el("h2", shown.text("like_found")),
        el("p", shown.text("like_counts"), class_="note"),
    ]


def _count(shown: Shown, found: Found, first: int, number: int) -> Element:
    lang, state = shown.lang, shown.state
    near = lang.counted("passages_found", found.near)
    last = min(first + number, found.total)
    parts = []
    if state.like and number:
        ranks = {"first": lang.number(first + 1), "last": lang.number(first + number)}
        parts = [shown.text("shown_like", **ranks)]
    elif last > first:
        ranked = state.query.strip() or state.themes
        counted = lang.counted("passages_found", found.total)
        key, ends = "shown_of" if ranked else "shown_source", (first + 1, last)
        first_last = dict(zip(("first", "last"), map(lang.number, ends), strict=True))
        parts = [shown.text(key, **first_last, found=counted)]
    if not state.like and number and first + number > found.total:
        parts.append(shown.text("shown_near", found=near))
    text = "; ".join(parts) or shown.text("found_none_here" if first else "found_none")
    return el("p", text, role="status", class_="count")


def _notes(shown: Shown, answer: answers.SearchAnswer, catalogue: Catalogue) -> list[Node]:
    said = (*answer.translations, *answer.warnings)
    found: list[Node] = [el("p", line, class_="note", lang="en") for line in said]
    if answer.found.left_out:
        text = shown.lang.counted("copies_left", answer.found.left_out)
        way = shown.state.having("duplicates", ()).address("/search")
        found.append(el("p", text, ". ", link(way, shown.text("copies_keep")), class_="note"))
    for hint in answer.hints:
        meant = [name.removesuffix(" or ") for name in hint.split("? ")[0].split("--theme ")[1:]]
        known = [name.strip() for name in meant if name.strip() in catalogue.themes]
        if not known:
            found.append(el("p", hint, class_="note", lang="en"))
        for theme in known:
            label = catalogue.themes[theme].label(shown.lang.tag)
            asked = replace(shown.state, query="", from_="", themes=(theme,), page=1)
            text = shown.text("did_you_mean", name=label)
            found.append(el("p", link(asked.address("/search"), text), class_="note"))
    return found


def _views(shown: Shown) -> Element:
    ways = [
        el(
            "li",
            link(
                replace(asked, view=view, page=1).address("/search"),
                shown.text(f"view_{view}"),
                aria_current="true" if view == shown.state.view else None,
            ),
        )
        # Keyword in context is found by words alone.
        for view, asked in (
            ("passages", shown.state),
            ("kwic", replace(shown.state, meaning=False)),
        )
    ]
    return el("ul", ways, class_="views", aria_label=shown.text("view_label"))


def _leafing(shown: Shown, last: int, total: int) -> list[Node]:
    from progsearch.serve.state import PAGES

    state, ways = shown.state, []
    if state.page > 1:
        before = replace(state, page=state.page - 1).address("/search")
        ways.append(link(before, shown.text("previous"), rel="prev"))
    if last < total and state.page < PAGES:
        after = replace(state, page=state.page + 1).address("/search")
        ways.append(link(after, shown.text("next"), rel="next"))
    found: list[Node] = [el("p", _spaced(ways), class_="leafing")] if ways else []
    if last < total and state.page == PAGES and not state.like:
        text = shown.text("page_last", n=shown.lang.number(last))
        found.append(el("p", text, class_="note"))
    return found


def _spaced(ways: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    for way in ways:
        found += [" ", way] if found else [way]
    return found


# Keyword in context


CONTEXT = 70
"""Letters on each side of a match; a narrow page shows fewer."""


def _kwic(
    shown: Shown,
    opened: OpenIndex,
    index: Index,
    collected: frozenset[str],  # noqa: ARG001
    catalogue: Catalogue,
) -> list[Node | None]:
    state, lang = shown.state, shown.lang
    if state.is_search:
        raise ProgsearchError(
            "words in their context are found by words alone",
            where="meaning" if state.meaning else "like",
            remedy="leave it out, or show passages",
        )
    answer, lines = concordance(
        index,
        state.query,
        themes=state.themes,
        folders=opened.folders,
        limit=LINES,
        sort=state.sort,
        from_=state.spoken,
        **state.wanted,
    )
    sorts = [
        el(
            "li",
            link(
                replace(state, sort=sort).address("/search"),
                shown.text(f"sort_{sort}"),
                aria_current="true" if sort == state.sort else None,
            ),
        )
        for sort in ("place", "left", "right")
    ]
    caption = shown.text(
        "kwic_caption",
        n=lang.counted("passages_found", min(LINES, answer.found.total)),
    )
    heads = ("kwic_left", "kwic_match", "kwic_right", "kwic_place")
    table = el(
        "table",
        el("caption", caption),
        el("thead", el("tr", [el("th", shown.text(name), scope="col") for name in heads])),
        el("tbody", [_line(shown, line) for line in lines]),
        class_="kwic",
    )
    return [
        *_notes(shown, answer, catalogue),
        el("p", lang.counted("lines_found", len(lines)), role="status", class_="count"),
        _views(shown),
        el("p", shown.text("sort_label"), id="sort-label", class_="unseen"),
        el("ul", sorts, class_="views", aria_labelledby="sort-label"),
        el("div", table, class_="scroll", role="region", tabindex=0, aria_label=caption)
        if lines
        else el("p", shown.text("found_none"), class_="note"),
    ]


def _line(shown: Shown, line: Line) -> Element:
    tag = line.hit.passage.lang.value
    return el(
        "tr",
        el("td", el("bdi", _tail(line.left)), lang=tag, class_="left"),
        el("td", el("mark", line.match), lang=tag),
        el("td", _head(line.right), lang=tag),
        el("td", link(document_address(shown, line.hit), el("code", _place(line.hit)))),
    )


def _place(hit: Hit) -> str:
    return place_of(hit.file.rpartition("/")[2], hit.passage)


def _tail(text: str) -> str:
    # Begun where a word begins, so that no letter stands for a word.
    return text if len(text) <= CONTEXT else f"…{text[-CONTEXT:].partition(' ')[2]}"


def _head(text: str) -> str:
    return text if len(text) <= CONTEXT else f"{text[:CONTEXT].rpartition(' ')[0]}…"
