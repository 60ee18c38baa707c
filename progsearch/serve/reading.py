"""The pages of documents: the list of them, and one with its text as it stands in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from progsearch.api.answers import asked
from progsearch.api.index import OpenIndex
from progsearch.api.places import find
from progsearch.api.versions import Version, versions_of
from progsearch.api.words import texts_of
from progsearch.clause import AllOf
from progsearch.errors import ProgsearchError
from progsearch.model import ASIDE_ROLES, Document, Fact, Passage, Role
from progsearch.report.markup import Element, Node, el, is_address
from progsearch.search import Hit, Index
from progsearch.serve.controls import field, form, hidden, link, make
from progsearch.serve.hits import Showing, alike, collect, marked, quotation
from progsearch.serve.page import Shown
from progsearch.serve.pairs import Pair
from progsearch.serve.searching import Parts
from progsearch.themes.sought import sought

__all__ = ["WINDOW", "document", "documents"]

WINDOW = 80
"""Passages of a document that stand on a page: those around the one that is looked at."""

LISTED = 200
"""Documents that stand on a page of the list."""

_FACTS = ("party", "region", "country", "kind", "date", "lang")


def document(
    shown: Shown,
    opened: OpenIndex,
    id_: str,
    at: int,
    collected: frozenset[str],
    versions: Callable[[Index, Document], Sequence[Version]] = versions_of,
) -> Parts:
    """A document with the passages around number ``at`` (from 1), what is asked marked."""
    with opened.asking() as index:
        found, _ = find(index, id_)
        if found.id != id_:
            raise ProgsearchError(
                "there is no such document", where="address", remedy="search for it anew"
            )
        passages = index.engine.passages(found.id)
        first = max(0, min(at - WINDOW // 3, len(passages) - WINDOW))
        some = passages[first : first + WINDOW]
        hits = _hits(shown, opened, index, some)
        showing = Showing(shown, {hit.passage.id: opened.link(hit) for hit in hits}, collected)
        title = found.title or index.file(found.path)
        content: list[Node | None] = [
            el("h1", title, lang=found.lang.value),
            _facts(shown, index, found, versions(index, found)),
            el(
                "section",
                el("h2", shown.text("passages_of"), id="text"),
                _way(shown, found, first - WINDOW // 2, "earlier") if first else None,
                el("div", [_passage(showing, hit, at) for hit in hits], class_="source"),
                _way(shown, found, first + WINDOW + WINDOW // 3, "later")
                if first + WINDOW < len(passages)
                else None,
                aria_labelledby="text",
            ),
        ]
    return title, content


def _hits(shown: Shown, opened: OpenIndex, index: Index, some: Sequence[Passage]) -> list[Hit]:
    """The passages with the places of what is asked for."""
    state = shown.state
    query, translation = asked(index, state.query, state.spoken, ranked=True)
    themes = texts_of("theme", state.themes)
    about = sought(index, query, themes, opened.folders, translation=translation)
    clause = AllOf((index.clause(about.query), *about.clauses))
    return [*index.hits([(passage, 0.0) for passage in some], clause)]


def _passage(showing: Showing, hit: Hit, at: int) -> Element:
    """A passage with its lines at the margin; one that is looked at has what can be done."""
    shown, passage = showing.shown, hit.passage
    tag = passage.lang.value
    here = passage.number == at
    kind = "heading" if passage.role is Role.HEADING else ""
    kind = kind or ("aside" if passage.role in ASIDE_ROLES else "")
    kind += " here" if here else ""
    # "Line 12" is what is heard, "12" what stands at the margin.
    lines = (
        shown.text("line_of", first=str(passage.line))
        if passage.line == passage.end_line
        else shown.text("lines_of", first=str(passage.line), last=str(passage.end_line))
    )
    number = f"{passage.page}:{passage.line}" if passage.page else str(passage.line)
    role = shown.lang.name("role", passage.role.value)
    asked = shown.state.looked_for
    base = asked.address(shown.path)
    way = f"{base}{'&' if '?' in base else '?'}at={passage.number}#p{passage.number}"
    return el(
        "div",
        link(way, number, class_="line", aria_label=f"{lines}, {role}"),
        el(
            "div",
            el("p", marked(hit), lang=tag, dir="auto", class_="words"),
            el("p", role, _committed(shown, passage), class_="facts") if here else None,
            el(
                "div",
                quotation(showing, hit),
                alike(shown, passage),
                collect(showing, hit),
                class_="doing",
            )
            if here
            else None,
        ),
        class_=f"row {kind}".strip(),
        id=f"p{passage.number}",
    )


def _committed(shown: Shown, passage: Passage) -> str:
    kind = passage.commitment
    return f" · {shown.lang.name('commitment', kind)}" if kind not in ("", "plain") else ""


def _way(shown: Shown, found: Document, at: int, key: str) -> Element:
    asked = shown.state.looked_for
    base = asked.address(f"/document/{found.id}")
    address = f"{base}{'&' if '?' in base else '?'}at={max(1, at)}"
    return el("p", link(address, shown.text(key)), class_="leafing")


def _facts(shown: Shown, index: Index, found: Document, versions: Sequence[Version]) -> Element:
    """What is known of a document, each fact with where that is from."""
    rows: list[tuple[str, Node, str]] = [
        (shown.text("file"), el("code", index.file(found.path)), ""),
        (shown.text("format"), found.format, ""),
    ]
    for name in _FACTS:
        fact: Fact[Any] | None = getattr(found, name)
        if fact is None:
            continue
        label = shown.text("date") if name == "date" else shown.lang.name("dimension", name)
        rows.append((label, _value(shown, name, fact), shown.text(fact.origin.value)))
    source = str(found.extra.get("source", "") or found.extra.get("url", ""))
    if is_address(source):
        rows.append((shown.text("source"), link(source, source, rel="noreferrer"), ""))
    rows += [
        (shown.text("copy_of" if mine else "copied_by"), way, "")
        for mine, way in _copies(shown, index, found)
    ]
    rows += [(shown.text("version_of"), _version(shown, index, found, one), "") for one in versions]
    rows += [(shown.text("notes_of"), el("span", note, lang="en"), "") for note in found.notes[:20]]
    body = [
        el("tr", el("th", name, scope="row"), el("td", el("bdi", value)), el("td", origin))
        for name, value, origin in rows
    ]
    heads = ("fact", "value", "origin")
    table = el(
        "table",
        el("caption", shown.text("facts_of")),
        el("thead", el("tr", [el("th", shown.text(name), scope="col") for name in heads])),
        el("tbody", body),
    )
    return el(
        "div", table, class_="scroll", role="region", tabindex=0, aria_label=shown.text("facts_of")
    )


def _value(shown: Shown, name: str, fact: Fact[Any]) -> str:
    if name == "date":
        return shown.lang.date(fact.value)
    return shown.lang.name(name, str(getattr(fact.value, "code", fact.value)))


def _copies(shown: Shown, index: Index, found: Document) -> Iterator[tuple[bool, Node]]:
    """The documents that have the same text; whether this one repeats them."""
    copies = index.summary.copies
    first = copies.get(found.id)
    others = [copy for copy, original in copies.items() if original in (found.id, first)]
    for id_ in ([first] if first else []) + others:
        other = index.engine.document(id_) if id_ != found.id else None
        if other:
            way = shown.address(f"/document/{other.id}")
            yield id_ == first, link(way, el("code", index.file(other.path)))


def _version(shown: Shown, index: Index, found: Document, one: Version) -> Node:
    """Another version of the text, how much of it is the same, and the way to what changed."""
    other = one.document
    old, new = sorted((found, other), key=lambda it: str(it.date or ""))
    same = shown.text(
        "version_same", same=shown.lang.number(one.same), of=shown.lang.number(one.of)
    )
    changed = Pair("diff", f"document={old.id}", f"document={new.id}")
    return el(
        "span",
        link(shown.address(f"/document/{other.id}"), el("code", index.file(other.path))),
        f" – {same}; ",
        link(changed.address("/diff", shown.state.ui), shown.text("version_diff")),
    )


def documents(shown: Shown, opened: OpenIndex, part: str) -> Parts:
    """The documents whose path or title has ``part`` in it."""
    title = shown.text("nav_documents")
    wanted = part.casefold()
    with opened.asking() as index:
        there = [
            (one, index.file(one.path))
            for one in index.engine.documents()
            if wanted in one.path.casefold() or wanted in one.title.casefold()
        ]
    rows = [
        el(
            "tr",
            el(
                "th",
                link(shown.address(f"/document/{one.id}"), one.title or file),
                scope="row",
                lang=one.lang.value,
            ),
            el("td", str(one.party or "")),
            el("td", str(one.date or "")),
            el("td", shown.lang.name("kind", one.kind.value) if one.kind else ""),
            el("td", el("code", file)),
        )
        for one, file in there[:LISTED]
    ]
    heads = (
        shown.text("title"),
        shown.lang.name("dimension", "party"),
        shown.text("date"),
        shown.lang.name("dimension", "kind"),
        shown.text("file"),
    )
    counted = shown.lang.counted("documents_listed", len(there))
    table = el(
        "table",
        el("caption", counted),
        el("thead", el("tr", [el("th", name, scope="col") for name in heads])),
        el("tbody", rows),
    )
    content: list[Node | None] = [
        el("h1", title),
        el("p", shown.text("documents_intro")),
        form(
            "/documents",
            el("div", field("part", "part", shown.text("documents_filter"), part), class_="words"),
            [hidden("ui", shown.state.ui)] if shown.state.ui else [],
            make("button", shown.text("search_button"), type="submit", class_="main"),
            class_="ask",
        ),
        el("div", table, class_="scroll", role="region", tabindex=0, aria_label=title),
        el("p", shown.text("page_last", n=shown.lang.number(LISTED)), class_="note")
        if len(there) > LISTED
        else None,
    ]
    return title, content
