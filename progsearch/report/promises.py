"""The passages behind the numbers, those of the groups next to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from progsearch.compare import Cell, Group
from progsearch.model import Commitment, Origin, place_of
from progsearch.report.marks import marked, marked_heading
from progsearch.report.markup import Element, Node, el
from progsearch.report.model import Report
from progsearch.report.tables import unprinted
from progsearch.search import Hit

__all__ = ["SHOWN", "place_node", "promises", "shown_fact"]

SHOWN = 3
"""Passages of a group that are open at once; further ones are a click away."""

PRINTED = 20
"""Cards that are printed, with one passage each: about three pages."""


def promises(report: Report) -> Element:
    """The section with the passages of each question, a card for each group."""
    lang = report.lang
    parts = []
    printed = max(1, PRINTED // max(1, len(report.comparison.themes)))
    for at, question, pairs in report.names.numbered():
        pairs = [pair for pair in report.names.ranked(pairs) if pair[2].passages]
        shown = [pair for pair in pairs if pair[2].evidence]
        cards = [
            _card(report, question.label, f"{at}-{number}", group, cell, left_out=place >= printed)
            for place, (number, group, cell) in enumerate(shown)
        ]
        parts.append(
            el(
                "section",
                el("h3", question.label),
                _definition(report, question.id),
                el("div", cards, class_="cards") if cards else None,
                None if pairs else el("p", lang.text("promises_none")),
                el("p", lang.text("promises_left")) if pairs and not cards else None,
                unprinted(report.names, "unprinted_cards", len(cards) - printed),
                class_="screen" if at > PRINTED else None,
                id=f"promises-{at}",
            )
        )
    return el(
        "section",
        el("h2", lang.text("promises"), id="promises-title"),
        el("p", lang.text("promises_intro")),
        _questions(report),
        parts,
        id="promises",
        aria_labelledby="promises-title",
    )


def _questions(report: Report) -> Element | None:
    """The way to each question, where there are several."""
    links = [
        el("li", el("a", question.label, href=f"#promises-{at}"))
        for at, question, _ in report.names.numbered()
    ]
    return el("ul", links, class_="ways") if len(links) > 1 else None


def _definition(report: Report, theme: str) -> Element | None:
    text = report.definitions.get(theme)
    return el("p", text, class_="definition") if text else None


def _card(
    report: Report, question: str, place: str, group: Group, cell: Cell, *, left_out: bool
) -> Element:
    lang = report.lang
    hits = [el("li", _passage(report, hit)) for hit in cell.evidence]
    rest = hits[SHOWN:]
    left = cell.passages - len(hits)
    name = report.names.group(group)
    return el(
        "article",
        el("h4", name, id=f"cell-{place}-title"),
        el("p", _counts(report, cell), class_="counts"),
        el("ol", hits[:SHOWN]),
        el("p", lang.counted("unprinted_passages", len(hits) - 1), class_="paper")
        if len(hits) > 1
        else None,
        el(
            "details",
            el("summary", lang.counted("more", len(rest))),
            el("ol", rest, class_="further"),
        )
        if rest
        else None,
        el(
            "p",
            lang.counted("strongest", len(hits), found=lang.number(cell.passages)),
            class_="counts",
        )
        if left
        else None,
        _whole(report, name, question, cell),
        el(
            "p",
            el(
                "a",
                lang.text("card_back"),
                href=f"#map-{place}",
                aria_label=lang.text("card_back_of", group=name, question=question),
            ),
            class_="back",
        ),
        id=f"cell-{place}",
        tabindex=-1,
        aria_labelledby=f"cell-{place}-title",
        class_="screen" if left_out else None,
    )


def _whole(report: Report, name: str, question: str, cell: Cell) -> Element | None:
    """A way to all passages of a cell, where there is a page that has them."""
    way = report.wholes.get((cell.theme, cell.group))
    if not way:
        return None
    label = report.lang.text("card_whole_of", group=name, question=question)
    return el("p", el("a", report.lang.text("card_whole"), href=way, aria_label=label))


def _counts(report: Report, cell: Cell) -> str:
    lang = report.lang
    text = lang.text(
        "card_counts",
        found=report.names.found_of(cell),
        documents=lang.counted("documents", cell.documents),
        rate=report.names.share(cell),
        interval=report.names.interval(cell),
    )
    return f"{text}; {lang.text('card_small')}" if cell.small else text


def place_node(report: Report, hit: Hit) -> Node:
    """Where a passage stands: its place inside of the corpus, which leads to the web if it can.

    A report is read elsewhere, where a path from the current folder would lead nowhere.
    """
    place = el("code", place_of(hit.document.path, hit.passage))
    link = report.links.get(hit.passage.id)
    return el("a", place, href=link, rel="noreferrer") if link else place


def _passage(report: Report, hit: Hit) -> list[Element]:
    tag = hit.passage.lang.value
    # Whatever way a document's letters run, they do not turn around what stands beside them.
    text = el("blockquote", el("p", marked(hit), dir="auto"), lang=tag)
    found = [
        text,
        el("p", place_node(report, hit), class_="place"),
        el("p", _promised(report, hit), _facts(report, hit), class_="facts"),
    ]
    heading = marked_heading(hit)
    return [el("p", heading, lang=tag, dir="auto", class_="heading"), *found] if heading else found


def _facts(report: Report, hit: Hit) -> list[Node]:
    """Where a passage comes from; ``~`` marks what was told from the text."""
    lang, document, passage = report.lang, hit.document, hit.passage
    parts: list[Node] = []
    if document.title:
        parts.append(el("span", lang.quoted(document.title), lang=document.lang.value))
    for name, value, origin in _told(hit):
        if name not in report.comparison.by or origin is Origin.INFERRED:
            parts.append(shown_fact(lang.name(name, value), origin))
    if document.date:
        parts.append(shown_fact(lang.date(document.date.value), document.date.origin))
    parts += [lang.name("role", passage.role.value), lang.name("lang", passage.lang.value)]
    if passage.speaker:
        party = f" ({passage.speaker.party})" if passage.speaker.party else ""
        parts.append(lang.text("card_said", name=f"{passage.speaker.name}{party}"))
    if passage.also:
        parts.append(lang.counted("also", len(passage.also)))
    if hit.copy_of:
        parts.append(lang.text("card_copy", path=report.copies.get(hit.document.id, hit.copy_of)))
    return _isolated(parts)


def _promised(report: Report, hit: Hit) -> Iterator[Node]:
    """What the passage commits its author to, unless it states something plainly."""
    kind = hit.passage.commitment
    if kind not in ("", Commitment.PLAIN):
        yield el("span", report.lang.name("commitment", kind), class_=f"kind {kind}")
        yield " "


def _told(hit: Hit) -> Iterator[tuple[str, str, Origin]]:
    document = hit.document
    if document.party:
        yield "party", document.party.value, document.party.origin
    if document.region:
        yield "region", document.region.value.code, document.region.origin
    if document.kind:
        yield "kind", document.kind.value, document.kind.origin


def shown_fact(value: str, origin: Origin) -> str:
    """A fact; ``~`` marks what was told from the text."""
    return f"{value}~" if origin is Origin.INFERRED else value


def _isolated(parts: Sequence[Node]) -> list[Node]:
    found: list[Node] = []
    for part in parts:
        found += [" · ", el("bdi", part)] if found else [el("bdi", part)]
    return found
