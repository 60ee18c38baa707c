"""The forms in which people ask: words, themes, filters by facet, and what is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from progsearch.compare import DIMENSIONS
from progsearch.errors import ProgsearchError
from progsearch.lexicon.concepts import LANGUAGES
from progsearch.query import QuerySyntaxError
from progsearch.report.markup import Element, Node, el
from progsearch.serve.controls import checkbox, field, form, hidden, link, make
from progsearch.serve.page import Shown
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.theme import Theme

__all__ = ["asking", "chosen", "comparing", "dimension", "kept", "problem", "takeaway"]

_TYPED = ("q", "from", "theme", "words", "by")
"""What the form of a comparison asks itself."""

_NEARNESS = ("meaning", "like")
"""What the form of a search asks anew, or not at all."""


def asking(shown: Shown, catalogue: Catalogue, error: ProgsearchError | None = None) -> Element:
    """The box for words and the one for themes."""
    wrong = isinstance(error, QuerySyntaxError)
    return form(
        "/search",
        el("div", field_of_words(shown, invalid=wrong), class_="words"),
        el("div", language_of_words(shown), class_="by"),
        el("div", theme_field(shown, catalogue), class_="theme"),
        [
            hidden(name, value)
            for name, value in kept(shown, "q", "from", *_NEARNESS, "page", "words", "by")
        ],
        el("div", meaning_switch(shown), class_="switches") if shown.vectors else None,
        make("button", shown.text("search_button"), type="submit", class_="main"),
        role="search",
        class_="ask",
        id="ask",
    )


def field_of_words(shown: Shown, *, invalid: bool = False) -> list[Node]:
    """The box for the query, with a line on what may stand in it."""
    found = field(
        "q",
        "q",
        shown.text("words_label"),
        shown.state.query,
        type_="search",
        describedby="q-hint q-error" if invalid else "q-hint",
        invalid=invalid,
    )
    return [*found, el("p", shown.text("words_hint"), id="q-hint", class_="note")]


def meaning_switch(shown: Shown) -> Element:
    """The box by which passages are also found by nearness of meaning."""
    return checkbox("meaning", "1", shown.text("meaning_switch"), checked=shown.state.meaning)


def language_of_words(shown: Shown) -> list[Node]:
    """The language in which the words are typed, from which they are translated."""
    options = [
        make(
            "option",
            shown.lang.name("lang", tag) if tag else shown.text("from_none"),
            value=tag,
            selected="" if tag == shown.state.from_ else None,
        )
        for tag in ("", *LANGUAGES)
    ]
    return [
        make("label", shown.text("from_label"), for_="from"),
        make("select", options, id="from", name="from"),
    ]


def theme_field(shown: Shown, catalogue: Catalogue, id_: str = "theme") -> list[Node]:
    """A box for themes, with the names of all of them to choose from as one types."""
    found = field(
        id_,
        "theme",
        shown.text("theme_label"),
        list_="themes",
        placeholder=shown.text("theme_hint"),
    )
    return [*found, themes_known(shown, catalogue)]


def themes_known(shown: Shown, catalogue: Catalogue) -> Element:
    """All themes by id, name and definition, for boxes to choose from."""
    tag = shown.lang.tag
    options = [
        make(
            "option", value=one.id, label=f"{one.label(tag)} – {one.definitions.get(tag, '')}"[:120]
        )
        for one in catalogue.themes.values()
    ]
    return make("datalist", options, id="themes")


def _named(theme: Theme, tag: str) -> str:
    about = theme.definitions.get(tag, "")
    return f"{theme.label(tag)} – {about}"[:120] if about else theme.label(tag)


def kept(shown: Shown, *without: str) -> list[tuple[str, str]]:
    """What a form sends along that does not ask for it itself."""
    return shown.state.pairs(without)


def problem(shown: Shown, error: ProgsearchError) -> Element:
    """What cannot be answered, where in the query, and what to do about it."""
    parts: list[Node] = [el("p", make("strong", error.what), class_="what")]
    if isinstance(error, QuerySyntaxError):
        lines = str(error).split("\n")
        parts.append(make("pre", el("code", _preserved(lines[-2:])), class_="caret"))
    elif error.where:
        parts.append(el("p", el("code", error.where)))
    if error.remedy:
        parts.append(el("p", shown.text("error_remedy", remedy=error.remedy)))
    # The message is that of the terminal, which speaks English.
    return el("div", parts, role="alert", id="q-error", class_="problem", lang="en")


def _preserved(lines: Sequence[str]) -> list[Node]:
    return [el("span", line, class_="line") for line in lines]


def chosen(shown: Shown, path: str, catalogue: Catalogue) -> Element | None:
    """What the hits are narrowed to, each with a way to be without it."""
    lang, state = shown.lang, shown.state
    items: list[tuple[str, str]] = []
    for theme in state.themes:
        rest = tuple(one for one in state.themes if one != theme)
        name = catalogue.themes[theme].label(lang.tag) if theme in catalogue.themes else theme
        items.append((name, replace(state, themes=rest, page=1).address(path)))
    if state.like:
        items.append((shown.text("like_this"), replace(state, like="", page=1).address(path)))
    for name, value in state.filters.items():
        if isinstance(value, tuple):
            for one in value:
                rest = tuple(other for other in value if other != one)
                known = "" if one.casefold() == "unknown" else one
                items.append((lang.name(name, known, one), state.having(name, rest).address(path)))
        else:
            label = {"promises": "promises_switch", "asides": "asides_switch"}.get(name)
            said = shown.text(label) if label else f"{_label(shown, name)} {value}"
            items.append((said, state.having(name, ()).address(path)))
    if not items:
        return None
    return el(
        "div",
        el("h2", shown.text("chosen"), class_="unseen"),
        el(
            "ul",
            [
                el("li", link(way, name, " ×", aria_label=shown.text("drop", name=name)))
                for name, way in items
            ],
            el(
                "li",
                link(replace(state, filters={}, page=1).address(path), shown.text("clear")),
            )
            if len(state.filters) > 1
            else None,
            class_="chips",
        ),
        class_="chosen",
    )


def _label(shown: Shown, name: str) -> str:
    known = {"since": "since_label", "until": "until_label"}
    return shown.text(known[name]) if name in known else name


def comparing(shown: Shown, catalogue: Catalogue, error: ProgsearchError | None = None) -> Element:
    """The form of a comparison: themes, words, and what groups are made by."""
    state, lang = shown.state, shown.lang
    by = [one.strip() for part in state.by or ("party",) for one in part.split(",")]
    ticked = [
        checkbox(
            "theme",
            theme,
            catalogue.themes[theme].label(lang.tag) if theme in catalogue.themes else theme,
            checked=True,
        )
        for theme in state.themes
    ]
    words = " ".join(state.words) if len(state.words) == 1 else ""
    return form(
        "/compare",
        el("div", ticked, theme_field(shown, catalogue), class_="theme"),
        el("div", field("words", "words", shown.text("compare_words"), words), class_="words"),
        el("div", language_of_words(shown), class_="by"),
        [hidden("words", one) for one in state.words if len(state.words) > 1],
        el("div", dimension(shown, "by-1", "compare_by", by[0] if by else "party"), class_="by"),
        el(
            "div",
            dimension(
                shown,
                "by-2",
                "compare_by_more",
                by[1] if len(by) > 1 else "",
                none="compare_nothing",
            ),
            class_="by",
        ),
        el(
            "div",
            field(
                "q",
                "q",
                shown.text("compare_narrow"),
                state.query,
                invalid=isinstance(error, QuerySyntaxError),
            ),
            class_="words",
        ),
        [hidden(n, v) for n, v in kept(shown, *_TYPED, "promises", "page")],
        checkbox(
            "promises",
            "1",
            shown.text("promises_switch"),
            checked=bool(state.filters.get("promises")),
        ),
        make("button", shown.text("compare_button"), type="submit", class_="main"),
        class_="ask compare",
        id="ask",
    )


def dimension(
    shown: Shown,
    id_: str,
    label: str,
    value: str,
    none: str = "",
    among: Sequence[str] = tuple(DIMENSIONS),
) -> list[Node]:
    """A choice of what groups are made by; ``none`` names the text of no choice."""
    options = [
        make(
            "option",
            shown.lang.name("dimension", name),
            value=name,
            selected="" if name == value else None,
        )
        for name in among
    ]
    if none:
        options.insert(0, make("option", shown.text(none), value=""))
    return [
        make("label", shown.text(label), for_=id_),
        make("select", options, id=id_, name="by"),
    ]


def takeaway(
    shown: Shown, files: Mapping[str, str], command: str, more: Sequence[Node] = ()
) -> Element:
    """The files of a page, by the names of their texts, and the command that makes the same;
    ``more`` are further ways to files."""
    items = [el("li", link(way, shown.text(key), download="")) for key, way in files.items()]
    items += [el("li", way) for way in more]
    return el(
        "section",
        el("h2", shown.text("take"), id="take-title"),
        el("ul", items, class_="ways"),
        el(
            "details",
            el("summary", shown.text("command")),
            make("pre", el("code", command, id="command"), class_="command"),
            el(
                "p",
                make(
                    "button",
                    shown.text("copy"),
                    type="button",
                    data_copy="command",
                    class_="script",
                ),
                " ",
                shown.text("command_hint"),
                class_="note",
            ),
        ),
        aria_labelledby="take-title",
        class_="take",
        id="take",
    )
