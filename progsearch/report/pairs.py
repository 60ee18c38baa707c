"""Pages of promises in two columns: versions, promises with their reports, pairs of groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from progsearch.pairing.wordings import Piece
from progsearch.promises import Difference, Followed, Following, Matching, Report, Said, Versions
from progsearch.promises.match import FIRST, SAME_OF_FIRST
from progsearch.promises.tracker import Judged
from progsearch.report.language import UiLanguage
from progsearch.report.markup import Element, Node, el, html_page
from progsearch.report.page import style_sheet

__all__ = ["Card", "Half", "PairsPage", "following_page", "html", "matching_page", "versions_page"]

_TEXTS = {
    "diff": ("pairs_diff", "pairs_diff_1", "pairs_diff_2"),
    "follow": ("pairs_follow", "pairs_follow_1", "pairs_follow_2"),
    "follow by meaning": ("pairs_follow", "pairs_follow_meaning", "pairs_follow_2"),
    "match": ("pairs_match", "pairs_match_1", "pairs_match_2"),
}
"""What each kind of page is, and the two notes by which it is to be read."""
_TOLD = ("slip", "agree", "oppose")
"""What is told of a pair by a text of that name."""
_CHANGES = {
    "kept": "change_kept",
    "reworded": "change_reworded",
    "merged": "change_merged",
    "split": "change_split",
    "moved": "change_moved",
    "dropped": "change_dropped",
    "new": "change_new",
}


@dataclass(frozen=True, slots=True)
class Half:
    """A passage in a column: its text in stretches, those marked that the other side has not
    (or has, where ``shared``); ``told`` are keys of texts, ``quoted`` what is
    said of it, ``doubted`` what seems to be, ``name`` whose it is."""

    said: Said
    parts: Sequence[tuple[str, bool]]
    told: Sequence[str] = ()
    quoted: str = ""
    doubted: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands beside each other: ``title`` names a text and the values that it takes."""

    title: tuple[str, Mapping[str, str]]
    left: Sequence[Half]
    right: Sequence[Half]
    told: Sequence[str] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class PairsPage:
    """A page: its kind (``diff``, ``follow``, ``follow by meaning`` or ``match``), counts by name,
    and its cards.

    ``shared`` tells whether what is marked is what both sides have, and not what differs.
    """

    kind: str
    counts: Mapping[str, int]
    cards: Sequence[Card]
    shared: bool
    alone: Sequence[str] = ()


def versions_page(versions: Versions, *, everything: bool = False) -> PairsPage:
    """The page of a comparison of versions; what was kept only with ``everything``."""
    cards = []
    for _, group in groupby(versions.differences, attrgetter("group")):
        links = list(group)
        if links[0].change != "kept" or everything:
            cards.append(_changed(links))
    counts = {name: versions.counts[name] for name in _CHANGES if versions.counts[name]}
    return PairsPage("diff", counts, cards, shared=False)


def _changed(links: Sequence[Difference]) -> Card:
    first = links[0]
    pieces = first.pieces if len(links) == 1 else ()
    told = [one for link in links for one in (link.firmness, link.amounts) if one]
    olds = {one.old.passage.id: one.old for one in links if one.old}
    news = {one.new.passage.id: one.new for one in links if one.new}
    return Card(
        (_CHANGES[first.change], {}),
        [Half(said, _pieces(pieces, 0) or [(said.unit.text, False)]) for said in olds.values()],
        [Half(said, _pieces(pieces, 1) or [(said.unit.text, False)]) for said in news.values()],
        [*dict.fromkeys(told), *(["slip"] if first.slip else [])],
    )


def _pieces(pieces: Sequence[Piece], side: int) -> list[tuple[str, bool]]:
    return [((piece.old, piece.new)[side], piece.changed) for piece in pieces]


def following_page(
    following: Following, judged: Mapping[str, Judged], *, meaning: bool = False
) -> PairsPage:
    """The page of a programme with its reports: the tracker, where people judged; ``meaning``
    says whether passages were near in meaning, too."""
    counts = {name: number for name, number in following.counts.items() if number}
    cards = [_followed(one, judged.get(one.promise.passage.id)) for one in following.promises]
    kind = "follow by meaning" if meaning else "follow"
    return PairsPage(kind, counts, cards, shared=True)


def _followed(one: Followed, judged: Judged | None) -> Card:
    lemmas = [lemma for report in one.reports for lemma in report.lemmas]
    right = [
        Half(
            report.said,
            report.said.marked(report.lemmas),
            _told(report),
            report.stated.quote if report.stated else "",
            report.doubt.quote if report.doubt else "",
        )
        for report in one.reports
    ]
    title: tuple[str, Mapping[str, str]] = ("status_open", {})
    if judged and judged.status:
        values = {"status": judged.status, "by": judged.by, "on": judged.on}
        title = ("status_entered", values)
    left = [Half(one.promise, one.promise.marked(lemmas))]
    return Card(title, left, right, nothing="" if right else "nothing_near")


def _told(report: Report) -> list[str]:
    """The names of the texts on a passage of a report."""
    told = {
        "restated": report.restated,
        "pairs_struck": report.struck,
        "pairs_meaning": report.by_meaning,
    }
    return [name for name, holds in told.items() if holds]


def matching_page(matching: Matching, *, together: bool = False) -> PairsPage:
    """The page of pairs, or of what hangs ``together`` of all groups."""
    counts = {"pairs": len(matching.pairs)}
    if together:
        cards = []
        shared = _shared(matching)
        for cluster in matching.clusters:
            values = {"names": ", ".join(cluster.names), "number": str(len(cluster.names))}
            values["of"] = str(len(matching.names))
            halves = [
                Half(said, said.marked(shared[cluster.group, said.passage.id]), name=name)
                for name, said in cluster.said
            ]
            cards.append(Card(("promised_by", values), halves[::2], halves[1::2]))
        return PairsPage("match", counts, cards, shared=True, alone=matching.alone)
    cards = [
        Card(
            _ranked(pair.rank, len(matching.pairs)),
            [Half(pair.first, pair.first.marked(pair.lemmas), name=pair.names[0])],
            [Half(pair.other, pair.other.marked(pair.lemmas), name=pair.names[1])],
            [pair.stance] if pair.stance else [],
        )
        for pair in matching.pairs
    ]
    return PairsPage("match", counts, cards, shared=True)


def _shared(matching: Matching) -> Mapping[tuple[int, str], Sequence[str]]:
    """The lemmas that each passage shares with another one of its group."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for pair in matching.pairs:
        for said in (pair.first, pair.other):
            found[pair.group, said.passage.id] += pair.lemmas
    return found


def _ranked(rank: int, of: int) -> tuple[str, Mapping[str, str]]:
    values = {"rank": str(rank), "of": str(of), "first": str(FIRST), "same": str(SAME_OF_FIRST)}
    return ("rank_first" if rank <= FIRST <= of else "rank"), values


def html(page: PairsPage, lang: UiLanguage, title: str, made: date, version: str) -> Iterator[str]:
    """A page as one HTML file that loads nothing, in pieces."""
    counts = " · ".join(
        f"{lang.name('promise_count', name)}: {lang.number(number)}"
        for name, number in page.counts.items()
    )
    body = el(
        "body",
        el("a", lang.text("skip"), href="#main", class_="skip"),
        el(
            "header",
            el("h1", title),
            el("p", lang.text(_TEXTS[page.kind][0]), class_="subtitle"),
            el("p", counts, class_="counts"),
            [el("p", lang.text(one), class_="basis") for one in _TEXTS[page.kind][1:]],
            el("p", lang.text("pairs_shared" if page.shared else "pairs_changed"), class_="basis"),
        ),
        el(
            "main",
            [_card(card, at, page, lang) for at, card in enumerate(page.cards, 1)],
            el("p", lang.text("pairs_alone", names=", ".join(page.alone))) if page.alone else None,
            id="main",
            tabindex=-1,
        ),
        el("footer", el("p", lang.text("pairs_made", date=lang.date(made), version=version))),
    )
    return html_page(lang=lang.tag, title=title, style=style_sheet(), body=body)


def _card(card: Card, at: int, page: PairsPage, lang: UiLanguage) -> Element:
    name, values = card.title
    shown = {
        key: lang.name("status", value) if key == "status" else value
        for key, value in values.items()
    }
    told: list[Node] = [
        el("span", lang.text(one) if one in _TOLD else _arrows(one, lang), class_="kind")
        for one in card.told
    ]
    return el(
        "section",
        el("h2", lang.text(name, **shown), id=f"card-{at}", class_="pair-title"),
        el("p", told, class_="facts") if told else None,
        el(
            "div",
            _column(card.left, "left", page, lang, "pairs_no_old"),
            _column(card.right, "right", page, lang, card.nothing or "pairs_no_new"),
            class_="pair",
        ),
        class_="pair-card",
        aria_labelledby=f"card-{at}",
    )


def _arrows(told: str, lang: UiLanguage) -> str:
    """How firmness changed in the page's language; amounts as they are."""
    return " → ".join(lang.name("commitment", part) for part in told.split(" → "))


def _column(
    halves: Sequence[Half], side: str, page: PairsPage, lang: UiLanguage, nothing: str
) -> Element:
    if not halves:
        return el("div", el("p", lang.text(nothing), class_="note"), class_=f"half {side}")
    kind = "shared" if page.shared else "old" if side == "left" else "new"
    parts = [part for one in halves for part in _half(one, kind, lang)]
    return el("div", parts, class_=f"half {side}")


def _half(half: Half, kind: str, lang: UiLanguage) -> list[Element]:
    tag = half.said.passage.lang.value
    told = [lang.text(key) for key in half.told]
    if half.quoted:
        told.append(lang.text("report_says", quote=lang.quoted(half.quoted)))
    if half.doubted:
        told.append(lang.text("report_unsure", quote=lang.quoted(half.doubted)))
    day = half.said.document.date
    facts = [*([lang.date(day.value)] if day else []), *told]
    return [
        *([el("p", half.name, class_="heading")] if half.name else []),
        el("blockquote", el("p", _marked(half.parts, kind), dir="auto"), lang=tag),
        el("p", el("code", half.said.place), class_="place"),
        *([el("p", " · ".join(facts), class_="facts")] if facts else []),
    ]


def _marked(parts: Sequence[tuple[str, bool]], kind: str) -> list[Node]:
    """The stretches, those that are marked in brackets by the style sheet, too."""
    found: list[Node] = []
    for text, marked in parts:
        inner = text.strip()
        if not marked or not inner:
            found.append(text)
            continue
        at = text.index(inner)
        found += [text[:at], el("mark", inner, class_=kind), text[at + len(inner) :]]
    return [one for one in found if one != ""]
