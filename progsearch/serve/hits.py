"""A passage on a page: its words, where it comes from, and why it was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from progsearch.export.display import cut, merged, pieces, shown_text
from progsearch.model import Commitment, Document, Fact, Origin, Passage, place_of
from progsearch.report.markup import Element, Node, el, is_address
from progsearch.search import Hit
from progsearch.serve.controls import form, hidden, link, make
from progsearch.serve.page import Shown
from progsearch.serve.state import State

__all__ = ["Showing", "alike", "document_address", "facts_of", "marked", "passage", "quotation"]


def document_address(shown: Shown, hit: Hit) -> str:
    """The address of a passage in its document, with what is asked, so that it is marked."""
    asked = shown.state.looked_for
    base = asked.address(f"/document/{hit.document.id}")
    joint = "&" if "?" in base else "?"
    return f"{base}{joint}at={hit.passage.number}#p{hit.passage.number}"


@dataclass(frozen=True, slots=True)
class Showing:
    """How hits are shown: ``links`` are permanent addresses by passage, ``collected`` the
    passages that stand in the basket."""

    shown: Shown
    links: Mapping[str, str] = field(default_factory=dict)
    collected: frozenset[str] = frozenset()


def passage(showing: Showing, hit: Hit) -> Element:
    """A passage with its headings, facts, reasons, and what can be done with it."""
    shown = showing.shown
    tag = hit.passage.lang.value
    number = hit.passage.id.replace(".", "-")
    heading = _heading(hit)
    # The place names it: passages of one document may begin alike.
    place = link(
        document_address(shown, hit), el("code", place_of(hit.file, hit.passage)), class_="place"
    )
    return el(
        "article",
        el("p", heading, lang=tag, dir="auto", class_="heading") if heading else None,
        el("blockquote", el("p", marked(hit), dir="auto"), lang=tag),
        el("p", _committed(shown, hit), facts_of(shown, hit.document, hit), class_="facts"),
        el("p", "~ ", shown.text("by_meaning"), class_="note") if hit.by_meaning else None,
        el("p", place, class_="place"),
        el(
            "div",
            _reasons(shown, hit),
            quotation(showing, hit),
            alike(shown, hit.passage),
            collect(showing, hit),
            class_="doing",
        ),
        id=f"hit-{number}",
    )


def marked(hit: Hit) -> list[Node]:
    """The text of a passage with the words that matched."""
    return [el("mark", text) if matched else text for text, matched in pieces(hit)]


def _heading(hit: Hit) -> list[Node]:
    path = "\n".join(hit.passage.headings)
    spans = merged((one.start, one.end) for one in hit.matches if one.where == "heading")
    parts = [(text.replace("\n", " › "), matched) for text, matched in cut(path, spans)]
    return [el("mark", text) if matched else text for text, matched in parts]


def _committed(shown: Shown, hit: Hit) -> Iterator[Node]:
    kind = hit.passage.commitment
    if kind not in ("", Commitment.PLAIN):
        yield el("span", shown.lang.name("commitment", kind), class_=f"kind {kind}")
        yield " "


def facts_of(shown: Shown, document: Document, hit: Hit) -> list[Node]:
    """Where a passage comes from; ``~`` and a word on it mark what was told from the text."""
    lang = shown.lang
    parts: list[Node] = []
    if document.title:
        parts.append(el("span", lang.quoted(document.title), lang=document.lang.value))
    for name, fact in _told(document):
        value = lang.date(fact.value) if name == "date" else lang.name(name, _value(fact))
        parts.append(_with_origin(shown, value, fact.origin))
    parts += [
        lang.name("role", hit.passage.role.value),
        _with_origin(
            shown, lang.name("lang", hit.passage.lang.value), hit.passage.lang.origin, quiet=True
        ),
    ]
    if hit.passage.page:
        parts.append(shown.text("page_of", page=str(hit.passage.page)))
    speaker = hit.passage.speaker
    if speaker:
        party = f" ({speaker.party})" if speaker.party else ""
        parts.append(lang.text("card_said", name=f"{speaker.name}{party}"))
    if hit.passage.also:
        parts.append(lang.counted("also", len(hit.passage.also)))
    if hit.copy_of:
        parts.append(lang.text("card_copy", path=hit.copy_of))
    found: list[Node] = []
    for part in parts:
        found += [" · ", el("bdi", part)] if found else [el("bdi", part)]
    return found


def _told(document: Document) -> Iterator[tuple[str, Fact[Any]]]:
    for name in ("party", "region", "kind", "date"):
        fact = getattr(document, name)
        if fact:
            yield name, fact


def _value(fact: Fact[Any]) -> str:
    return str(getattr(fact.value, "code", fact.value))


def _with_origin(shown: Shown, value: str, origin: Origin, *, quiet: bool = False) -> Node:
    if origin is not Origin.INFERRED or quiet:
        return value
    return el("span", value, "~", el("span", f" ({shown.text('inferred')})", class_="unseen"))


def _reasons(shown: Shown, hit: Hit) -> Element | None:
    """The words that matched, and how each came to be found."""
    rows: dict[str, None] = {}
    headings = "\n".join(hit.passage.headings)
    for match in hit.matches:
        inside = hit.passage.text if match.where == "text" else headings
        how = shown.text(f"why_{match.how.value}")
        if match.where != "text":
            how = f"{how}, {shown.text('why_heading')}"
        words = " ".join(inside[match.start : match.end].split())
        quoted = shown.lang.quoted(words)
        rows[shown.text("why_row", words=quoted, how=how, term=match.term)] = None
    if not rows:
        return None
    return el(
        "details",
        el("summary", shown.text("why")),
        el("ul", [el("li", row) for row in rows]),
    )


def quotation(showing: Showing, hit: Hit) -> Element:
    """The words with their source, to be copied; and the references of the passage."""
    shown = showing.shown
    text = cited(showing, hit)
    id_ = f"quote-{hit.passage.id.replace('.', '-')}"
    address = showing.links.get(hit.passage.id, "")
    ways: list[Node] = [
        link(f"/cite/{hit.passage.id}.bib", shown.text("take_bibtex"), download=""),
        " ",
        link(f"/cite/{hit.passage.id}.json", shown.text("take_csl"), download=""),
    ]
    if is_address(address):
        ways += [" ", link(address, shown.text("permanent"), rel="noreferrer")]
    return el(
        "details",
        el("summary", shown.text("quote")),
        el("p", text, id=id_, class_="quotation"),
        el(
            "p",
            make("button", shown.text("copy"), type="button", data_copy=id_, class_="script"),
            " ",
            ways,
        ),
    )


def alike(shown: Shown, one: Passage) -> Element | None:
    """The way to the passages that are nearest to one in meaning, where there are vectors."""
    if not shown.vectors or shown.state.like == one.id:
        return None
    asked = State(like=one.id, filters=shown.state.filters, ui=shown.state.ui)
    return el("p", link(asked.address("/search"), shown.text("like_this")))


def cited(showing: Showing, hit: Hit) -> str:
    """*“We will hire doctors.” Party, “Title”, 2024, file:12*, with the address if there is one."""
    lang = showing.shown.lang
    text, _ = shown_text(hit)
    document = hit.document
    parts = [
        document.party.value if document.party else "",
        lang.quoted(document.title) if document.title else "",
        lang.date(document.date.value) if document.date else "",
        place_of(hit.file, hit.passage),
        showing.links.get(hit.passage.id, ""),
    ]
    return f"{lang.quoted(' '.join(text.split()))} {', '.join(part for part in parts if part)}"


def collect(showing: Showing, hit: Hit) -> Element:
    """The button that puts a passage into the basket, or a way to where it is."""
    shown = showing.shown
    if hit.passage.id in showing.collected:
        way = shown.address("/basket") + f"#in-{hit.passage.id.replace('.', '-')}"
        return el("p", "★ ", link(way, shown.text("collected")), class_="collect")
    theme = shown.state.themes[0] if len(shown.state.themes) == 1 else ""
    return form(
        "/basket",
        hidden("token", shown.token),
        hidden("passage", hit.passage.id),
        hidden("theme", theme),
        hidden("do", "star"),
        hidden("back", f"{shown.here()}#hit-{hit.passage.id.replace('.', '-')}"),
        make("button", "☆ ", shown.text("collect"), type="submit"),
        method="post",
        class_="collect",
    )


def without_page(state: State) -> State:
    """The same from the first page on."""
    return replace(state, page=1)


def listed(parts: Sequence[Node]) -> list[Node]:
    """Parts with blanks between them."""
    found: list[Node] = []
    for part in parts:
        found += [" ", part] if found else [part]
    return found
