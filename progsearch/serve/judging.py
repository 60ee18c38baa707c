"""The page of a sheet: what became of each promise, by what reports say near it, coded blind.

It is the sheet of ``progsearch follow --sheet``: what is judged here is taken away as the CSV
that the command reads back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from urllib.parse import urlencode

from progsearch.api.coding import STATUSES, judged_agreement
from progsearch.api.index import OpenIndex
from progsearch.api.promises import FollowAnswer
from progsearch.errors import ProgsearchError
from progsearch.promises import Followed, Report, Said
from progsearch.report.markup import Element, Node, el
from progsearch.serve.asking import problem, takeaway
from progsearch.serve.basket import Contents, Promise, Verdict
from progsearch.serve.coder import agreement_table, choices, coder_form
from progsearch.serve.controls import form, hidden, link, make
from progsearch.serve.page import Shown, UnansweredError
from progsearch.serve.pairs import Pair
from progsearch.serve.searching import Parts
from progsearch.serve.sheets import Following, Sheet, coders_of, placed_now, rows_of
from progsearch.serve.state import PAGES

__all__ = ["SIZE", "sheet", "sheets"]

SIZE = 25
"""Promises that stand on a page."""

CODERS = 4
"""Coders whose pairs have a file each."""


def sheet(
    shown: Shown, opened: OpenIndex, contents: Contents, asked: Sheet, following: Following
) -> Parts:
    """The promises of a part of the index, to be judged by what another part says near them."""
    title = shown.text("sheet_title")
    head: list[Node | None] = [el("h1", title)]
    pair = asked.pair
    if not pair.begun:
        way = link(shown.address("/follow"), shown.text("follow_title"))
        return title, [*head, el("p", shown.text("sheet_none"), " ", way), *sheets(shown, contents)]
    with opened.asking():
        try:
            answer = following(pair)
        except ProgsearchError as error:
            raise UnansweredError(title, [*head, problem(shown, error)]) from error
    promises = contents.sheets().get((pair.of, pair.with_), [])
    found, lost = placed_now(promises, answer)
    there = answer.following.promises
    mine = {id_ for id_, one in found.items() if one.verdicts.get(shown.coder, Verdict()).status}
    some = [one for one in there if asked.only != "open" or one.promise.passage.id not in mine]
    first = (shown.state.page - 1) * SIZE
    cards = [
        el("li", _card(shown, asked, one, found.get(one.promise.passage.id)))
        for one in some[first : first + SIZE]
    ]
    return title, [
        *head,
        el("p", answer.title, class_="subtitle"),
        coder_form(shown, asked.address(shown)),
        el("p", shown.text("blind"), class_="note"),
        el("p", shown.text("pairs_follow_2"), class_="note"),
        el("p", _count(shown, len(mine), len(there)), role="status", class_="count"),
        _views(shown, asked),
        el("ol", cards, class_="hits") if cards else None,
        *_leafing(shown, asked, first + len(cards), len(some)),
        *_lost(shown, lost),
        _agreement(shown, promises),
        _notes(shown, answer),
        takeaway(shown, {}, f"{pair.command()} --sheet=sheet.csv", _files(shown, asked, promises)),
    ]


def _count(shown: Shown, coded: int, of: int) -> str:
    total = shown.lang.counted("promises_followed", of)
    if not shown.coder:
        return total
    number = shown.lang.number(coded)
    return f"{total}; {shown.text('sheet_coded', coder=shown.coder, n=number)}"


def _views(shown: Shown, asked: Sheet) -> Element:
    ways = [
        el(
            "li",
            link(
                asked.address(shown, only=only),
                shown.text(f"sheet_{only or 'all'}"),
                aria_current="true" if only == asked.only else None,
            ),
        )
        for only in ("", "open")
    ]
    way = asked.pair.address("/follow", shown.state.ui)
    return el("ul", ways, el("li", link(way, shown.text("follow_title"))), class_="views")


def _leafing(shown: Shown, asked: Sheet, last: int, number: int) -> Iterator[Node]:
    page = shown.state.page
    ways: list[Node] = []
    if page > 1:
        ways.append(link(asked.address(shown, page=page - 1), shown.text("previous"), rel="prev"))
    if last < number and page < PAGES:
        ways.append(link(asked.address(shown, page=page + 1), shown.text("next"), rel="next"))
    if ways:
        yield el("p", ways, class_="leafing")


def _lost(shown: Shown, lost: Sequence[Promise]) -> Iterator[Node]:
    """What was judged and is not among the promises any more."""
    if lost:
        lines = [
            el("li", el("bdi", one.text), " ", el("code", f"{one.file}:{one.line}")) for one in lost
        ]
        yield el("details", el("summary", shown.text("sheet_lost")), el("ul", lines))


# A promise


def _card(shown: Shown, asked: Sheet, one: Followed, known: Promise | None) -> Element:
    """A promise, what is near it, and what this coder says; of others nothing before that."""
    passage = one.promise.passage
    mine = known.verdicts.get(shown.coder, Verdict()) if known else Verdict()
    id_ = f"promise-{passage.id.replace('.', '-')}"
    lemmas = [lemma for report in one.reports for lemma in report.lemmas]
    by = next(
        (
            near.said.passage.id
            for near in one.reports
            if near.said.unit.text.strip() == mine.report
        ),
        "",
    )
    near: list[Node] = [
        part
        for report in one.reports
        for part in _near(shown, report, by if shown.coder and mine.status else "")
    ]
    others = {
        coder: shown.lang.name("status", verdict.status)
        for coder, verdict in (known.verdicts.items() if known else ())
        if coder != shown.coder and verdict.status and mine.status
    }
    told = ", ".join(f"{coder}: {status}" for coder, status in others.items())
    return el(
        "article",
        el(
            "div",
            el("div", _said(shown, one.promise, lemmas), class_="half left"),
            el(
                "div",
                near or el("p", shown.text("nothing_near"), class_="note"),
                class_="half right",
            ),
            _coding(shown, asked, one, known, mine, by)
            if shown.coder
            else el("p", shown.text("coder_none"), class_="note coding"),
            class_="pair judged",
        ),
        el("p", told, class_="facts") if told else None,
        id=id_,
    )


def _said(shown: Shown, said: Said, lemmas: Sequence[str]) -> list[Node]:
    passage = said.passage
    base = shown.address(f"/document/{said.document.id}")
    joint = "&" if "?" in base else "?"
    way = f"{base}{joint}at={passage.number}#p{passage.number}"
    tag = passage.lang.value
    words = [el("mark", text, class_="shared") if on else text for text, on in said.marked(lemmas)]
    heading = " › ".join(passage.headings)
    return [
        *([el("p", heading, lang=tag, dir="auto", class_="heading")] if heading else []),
        el("blockquote", el("p", words, dir="auto"), lang=tag),
        el("p", link(way, el("code", said.place)), class_="place"),
    ]


def _near(shown: Shown, report: Report, by: str) -> list[Node]:
    """A passage near a promise; ``by`` is the one that it was judged by."""
    day = report.said.document.date
    told = [shown.text("sheet_passage", rank=str(report.rank))]
    told += [shown.lang.date(day.value)] if day else []
    told += [shown.text("restated")] if report.restated else []
    if report.stated:
        told.append(shown.text("report_says", quote=shown.lang.quoted(report.stated.quote)))
    if report.doubt:
        told.append(shown.text("report_unsure", quote=shown.lang.quoted(report.doubt.quote)))
    told += [shown.text("sheet_by_this")] if report.said.passage.id == by else []
    facts = el("p", " · ".join(told), class_="facts")
    return [facts, *_said(shown, report.said, report.lemmas)]


def _coding(
    shown: Shown, asked: Sheet, one: Followed, known: Promise | None, mine: Verdict, by: str
) -> Element:
    passage = one.promise.passage
    statuses = {status: shown.lang.name("status", status) for status in STATUSES}
    reports = {
        near.said.passage.id: shown.text("sheet_passage", rank=str(near.rank))
        for near in one.reports
    }
    back = asked.address(shown, page=shown.state.page)
    return form(
        "/basket",
        hidden("token", shown.token),
        hidden("do", "judge"),
        hidden("of", asked.pair.of),
        hidden("with", asked.pair.with_),
        hidden("promise", passage.id),
        hidden("was", known.passage if known else passage.id),
        hidden("back", f"{back}#promise-{passage.id.replace('.', '-')}"),
        choices(
            "status",
            f"{shown.text('sheet_status')} ({shown.coder})",
            {**statuses, "": shown.text("code_none")},
            mine.status,
        ),
        choices("report", shown.text("sheet_by"), {**reports, "": shown.text("sheet_by_none")}, by)
        if reports
        else None,
        el("div", make("button", shown.text("save"), type="submit")),
        method="post",
        class_="coding",
    )


# What was judged


def _agreement(shown: Shown, promises: Sequence[Promise]) -> Element:
    """How far pairs of coders agree on the statuses that both have given."""
    rows = []
    for first, second in combinations(coders_of(promises), 2):
        found = judged_agreement(rows_of(promises, first, second))
        if found.rows:
            kappa = "–" if found.kappa is None else shown.lang.number(found.kappa, 2)
            numbers = [shown.lang.number(found.rows), shown.lang.number(found.same), kappa]
            rows.append((f"{first} · {second}", numbers))
    heads = ("agreement_coders", "agreement_rows", "agreement_same", "agreement_kappa")
    return el(
        "section",
        el("h2", shown.text("agreement"), id="agreement"),
        agreement_table(shown, shown.text("sheet_agreement"), heads, rows)
        if rows
        else el("p", shown.text("agreement_none")),
        aria_labelledby="agreement",
    )


def _notes(shown: Shown, answer: FollowAnswer) -> Element:
    notes = [el("li", note) for note in answer.notes]
    return el("section", el("h2", shown.text("caveats")), el("ul", notes, lang="en"))


def _files(shown: Shown, asked: Sheet, promises: Sequence[Promise]) -> list[Node]:
    """The files of the sheet: of each two coders, either of whom may be the first."""
    coders = coders_of(promises)
    if len(coders) < 2:
        return [link(asked.pair.address("/sheet.csv", ""), shown.text("sheet_csv"), download="")]
    ways: list[Node] = []
    for first, second in permutations(coders[:CODERS], 2):
        base = asked.pair.address("/sheet.csv", "")
        way = f"{base}&{urlencode({'first': first, 'second': second})}"
        text = shown.text("sheet_csv_of", first=first, second=second)
        ways.append(link(way, text, download=""))
    return ways


def sheets(shown: Shown, contents: Contents) -> list[Node]:
    """The sheets that were begun, each with how much of it is coded."""
    begun = contents.sheets()
    if not begun:
        return []
    lines = []
    for (of, with_), promises in begun.items():
        way = Sheet(Pair("follow", of, with_)).address(shown)
        number = shown.lang.counted("promises_judged", len(promises))
        lines.append(el("li", link(way, f"{of} → {with_}"), ": ", number))
    return [
        el(
            "section",
            el("h2", shown.text("sheets"), id="sheets"),
            el("ul", lines),
            aria_labelledby="sheets",
        )
    ]
