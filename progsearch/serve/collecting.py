"""The page of what is collected: codes, notes and tags, blind for the second coder; agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from progsearch.analysis import reading
from progsearch.api.coding import RELEVANCE, agreement_of
from progsearch.api.index import OpenIndex
from progsearch.errors import ProgsearchError
from progsearch.report.markup import Element, Node, el
from progsearch.search import Index
from progsearch.serve.asking import themes_known
from progsearch.serve.basket import Basket, Code, Contents, Item, now
from progsearch.serve.coder import agreement_table, choices, coder_form, sent
from progsearch.serve.controls import field, form, hidden, link, make
from progsearch.serve.judging import sheets
from progsearch.serve.page import Shown
from progsearch.serve.searching import Parts
from progsearch.serve.sheets import judge
from progsearch.themes.folders import catalogue_of

__all__ = ["change", "collected"]

AT_ONCE = 50
"""Items that stand on a page."""


def collected(
    shown: Shown, opened: OpenIndex, contents: Contents, file: str, theme: str, only: str
) -> Parts:
    """What is collected, for one theme or for all; ``only`` is ``open`` for what is to be coded."""
    title = shown.text("basket_title")
    with opened.asking() as index:
        catalogue = catalogue_of(opened.folders, index.summary.roots)
    items = [one for one in contents.items if not theme or one.theme == theme]
    if only == "open":
        items = [one for one in items if one.codes.get(shown.coder, Code()).code is None]
    content: list[Node | None] = [
        el("h1", title),
        el("p", shown.text("basket_intro", file=file), class_="subtitle"),
        coder_form(shown, shown.address("/basket")),
        el("p", shown.text("blind"), class_="note"),
        el("p", shown.lang.counted("items", len(items)), role="status", class_="count"),
        None if contents.items else el("p", shown.text("basket_empty")),
        themes_known(shown, catalogue),
        el("ol", [el("li", _item(shown, one)) for one in items[:AT_ONCE]], class_="hits"),
        el("p", shown.text("page_last", n=str(AT_ONCE)), class_="note")
        if len(items) > AT_ONCE
        else None,
        *_agreement(shown, contents),
        *sheets(shown, contents),
    ]
    return title, content


def _item(shown: Shown, one: Item) -> Element:
    """An item with what this coder says of it, and nothing of what others say before that."""
    mine = one.codes.get(shown.coder, Code())
    id_ = f"in-{one.passage.replace('.', '-')}"
    name = f"{id_}-{one.theme}" if one.theme else id_
    document = one.passage.partition(".")[0]
    number = one.passage.partition(".")[2]
    base = shown.address(f"/document/{document}") if document.isalnum() else "/documents"
    way = f"{base}{'&' if '?' in base else '?'}at={number}#p{number}" if number.isdigit() else base
    others = {
        coder: code.code
        for coder, code in one.codes.items()
        if coder != shown.coder and code.code is not None and mine.code is not None
    }
    return el(
        "article",
        el("blockquote", el("p", one.text, dir="auto")),
        el("p", link(way, el("code", f"{one.file}:{one.line}"), class_="place")),
        el("p", el("bdi", one.title), class_="facts") if one.title else None,
        form(
            "/basket",
            hidden("token", shown.token),
            hidden("do", "code"),
            hidden("passage", one.passage),
            hidden("was", one.theme),
            hidden("back", f"{shown.address('/basket')}#{id_}"),
            el(
                "div",
                field(f"{name}-theme", "theme", shown.text("theme_for"), one.theme, list_="themes"),
                class_="theme",
            ),
            _codes(shown, mine)
            if shown.coder
            else el("p", shown.text("coder_none"), class_="note"),
            el("div", field(f"{name}-note", "note", shown.text("note"), mine.note), class_="words"),
            el("div", field(f"{name}-tags", "tags", shown.text("tags"), one.tags), class_="words"),
            el(
                "div",
                make("button", shown.text("save"), type="submit", name="save", value="1"),
                " ",
                make("button", shown.text("remove"), type="submit", name="remove", value="1"),
            ),
            method="post",
            class_="coding",
        ),
        el("p", _others(others), class_="facts") if others else None,
        id=id_,
    )


def _codes(shown: Shown, mine: Code) -> Element:
    values = {one: shown.text(f"code_{one or 'none'}") for one in (*map(str, RELEVANCE), "")}
    chosen = "" if mine.code is None else str(mine.code)
    return choices("code", f"{shown.text('code')} ({shown.coder})", values, chosen)


def _others(codes: Mapping[str, int | None]) -> str:
    return ", ".join(f"{coder}: {code}" for coder, code in codes.items())


def _agreement(shown: Shown, contents: Contents) -> list[Node]:
    """How far pairs of coders agree, and the files of codes."""
    coders = contents.coders
    found: list[Node] = []
    ways = [link("/basket.csv", shown.text("basket_csv"), download="")]
    for at, first in enumerate(coders):
        for second in coders[at + 1 :]:
            found += _pair(shown, contents, first, second)
    return [
        el(
            "section",
            el("h2", shown.text("agreement"), id="agreement"),
            found or el("p", shown.text("agreement_none")),
            aria_labelledby="agreement",
        ),
        el(
            "section",
            el("h2", shown.text("take"), id="take-title"),
            el("ul", [el("li", way) for way in ways], class_="ways"),
            aria_labelledby="take-title",
        ),
    ]


def _pair(shown: Shown, contents: Contents, first: str, second: str) -> list[Node]:
    both = contents.both(first, second)
    if not both:
        return []
    try:
        agreed = agreement_of(both)
    except ProgsearchError as error:
        return [el("p", str(error), class_="note", lang="en")]
    heads = [
        "agreement_row",
        "agreement_rows",
        "agreement_same",
        "agreement_kappa",
        "agreement_alpha",
    ]
    rows = [
        (one.theme, _numbers(shown, (one.rows, one.same), (one.kappa, one.alpha))) for one in agreed
    ]
    return [agreement_table(shown, f"{first} · {second}", heads, rows)]


def _numbers(shown: Shown, whole: Sequence[int], parts: Sequence[float | None]) -> list[str]:
    found = [shown.lang.number(one) for one in whole]
    return found + ["–" if one is None else shown.lang.number(one, 2) for one in parts]


# Changes


def change(
    basket: Basket, opened: OpenIndex, told: Mapping[str, Sequence[str]], coder: str
) -> None:
    """Do what a form asks for. Raises ProgsearchError for what cannot be done."""
    kind = sent(told, "do")
    if kind == "star":
        _star(basket, opened, told)
    elif kind == "code":
        _code(basket, opened, told, coder)
    elif kind == "judge":
        judge(basket, opened, told, coder)
    elif kind != "coder":
        raise ProgsearchError("nothing to do", where="do", remedy="use the buttons of the page")


def _star(basket: Basket, opened: OpenIndex, told: Mapping[str, Sequence[str]]) -> None:
    theme = _theme(opened, sent(told, "theme"))
    with opened.asking() as index:
        new = [_made(index, passage, theme) for passage in (told.get("passage") or ())[:AT_ONCE]]
    if not new:
        raise ProgsearchError("no passage", where="passage", remedy="use the buttons of the page")
    with basket.changing() as changed:
        for item in new:
            if item.key not in {one.key for one in changed.contents.items}:
                changed.contents = changed.contents.with_item(item)


def _made(index: Index, wanted: str, theme: str) -> Item:
    passage = index.engine.passage(wanted)
    document = index.engine.document(passage.document) if passage else None
    if passage is None or document is None:
        raise ProgsearchError(
            "there is no such passage", where="passage", remedy="search for it anew"
        )
    text = " ".join(reading(passage.text).text.split())
    place = index.file(document.path)
    return Item(passage.id, theme, place, passage.line, text, document.title, star=True)


def _theme(opened: OpenIndex, wanted: str) -> str:
    """The id of a theme; raises ProgsearchError for one that is not known."""
    if not wanted:
        return ""
    with opened.asking() as index:
        return catalogue_of(opened.folders, index.summary.roots).get(wanted).id


def _code(basket: Basket, opened: OpenIndex, told: Mapping[str, Sequence[str]], coder: str) -> None:
    key = (sent(told, "passage"), sent(told, "was"))
    with basket.changing() as changed:
        item = next((one for one in changed.contents.items if one.key == key), None)
        if item is None:
            raise ProgsearchError(
                "it is not collected any more", where="passage", remedy="load the page anew"
            )
        if told.get("remove"):
            changed.contents = changed.contents.without(key)
            return
        theme, given = _theme(opened, sent(told, "theme")), sent(told, "code")
        if given not in ("", *map(str, RELEVANCE)):
            raise ProgsearchError(f"no code {given!r}", where="code", remedy="write 0, 1 or 2")
        if given and not theme:
            raise ProgsearchError(
                "a code is about a theme", where="theme", remedy="choose a theme and save it again"
            )
        if theme != item.theme and any(one != coder for one in item.codes):
            raise ProgsearchError(
                f"others have coded it for {item.theme!r}",
                where="theme",
                remedy="collect the passage anew for the other theme",
            )
        codes = dict(item.codes)
        if coder:
            code = Code(int(given) if given else None, sent(told, "note"), now())
            codes[coder] = code
        new = replace(item, theme=theme, tags=sent(told, "tags"), codes=codes)
        changed.contents = changed.contents.with_item(new, instead=key)
