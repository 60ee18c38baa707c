"""The page of a comparison: a report in which every number leads on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from progsearch import __version__
from progsearch.api import answers
from progsearch.api.answers import CompareAnswer
from progsearch.api.facets import facets
from progsearch.api.index import OpenIndex
from progsearch.api.words import query_of
from progsearch.compare import Group, Question, documents_in
from progsearch.compare.sources import sources
from progsearch.errors import ProgsearchError
from progsearch.made import today
from progsearch.report import Names, Report
from progsearch.report.about import EVERYTHING, about
from progsearch.report.basis import basis, caveats
from progsearch.report.chart import charts
from progsearch.report.heatmap import heat_map
from progsearch.report.markup import Element, Node, el, is_address
from progsearch.report.promises import promises
from progsearch.report.silence import silence
from progsearch.report.sources import sources as sources_of
from progsearch.search import Index
from progsearch.serve.asking import chosen, comparing, problem, takeaway
from progsearch.serve.controls import make
from progsearch.serve.narrowing import facet_list
from progsearch.serve.page import Shown, UnansweredError
from progsearch.serve.searching import Parts
from progsearch.serve.state import State
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.folders import catalogue_of

__all__ = ["EVIDENCE", "FORMATS", "PICTURES", "asked", "compare", "report_of"]

EVIDENCE = 3
"""Passages of each cell that stand on the page."""

BY = "party"
"""What groups are made by, unless the address says so."""

FORMATS = {
    "take_csv": "compare.csv",
    "take_xlsx": "compare.xlsx",
    "take_json": "compare.json",
    "take_md": "compare.md",
    "take_passages": "passages.csv",
    "take_silences": "silences.csv",
    "take_report": "report.html",
    "take_png": "compare.png",
    "take_svg": "compare.svg",
}
"""The files of a comparison, by the names of their texts."""

PICTURES = ("png", "svg")


def asked(state: State) -> State:
    """The same with what groups are made by, where the address does not say it."""
    return state if state.by else replace(state, by=(BY,))


def answer_of(
    opened: OpenIndex,
    index: Index,
    state: State,
    *,
    evidence: int,
    silent: bool = True,
    test: bool = False,
    side_by_side: bool = True,
    lang: str = "en",
) -> CompareAnswer:
    """The comparison that an address asks for."""
    return answers.compare(
        index,
        state.query,
        themes=state.themes,
        words=state.words,
        folders=opened.folders,
        by=state.by,
        evidence=evidence,
        promises_first=side_by_side,
        test=test,
        silent=silent,
        label_lang=lang,
        from_=state.spoken,
        **state.wanted,
    )


def compare(shown: Shown, opened: OpenIndex) -> Parts:
    """The form, and what it asks for: heat map, rates, passages, silences, and how made."""
    state = asked(shown.state)
    title = shown.text("compare_title")
    with opened.asking() as index:
        catalogue = catalogue_of(opened.folders, index.summary.roots)
        head: list[Node | None] = [el("h1", title)]
        if not (state.themes or state.words or state.query.strip()):
            intro = el("p", shown.text("compare_intro"), class_="subtitle")
            return title, [*head, intro, comparing(shown, catalogue)]
        try:
            answer = answer_of(opened, index, state, evidence=EVIDENCE, lang=shown.lang.tag)
            found = report_of(shown, opened, index, state, answer, catalogue)
        except ProgsearchError as error:
            instead = [*head, comparing(shown, catalogue, error), problem(shown, error)]
            raise UnansweredError(title, instead) from error
        counted = facets(
            index,
            state.query,
            themes=state.themes,
            folders=opened.folders,
            from_=state.spoken,
            ranked=False,
            once=True,
            **state.wanted,
        )
    content: list[Node | None] = [
        el("h1", found.heading),
        el("p", shown.text("subtitle", by=found.names.by), class_="subtitle"),
        el(
            "details",
            el("summary", el("h2", shown.text("asked_and_filters"))),
            comparing(shown, catalogue),
            facet_list(shown, "/compare", counted),
            class_="side",
        ),
        chosen(shown, "/compare", catalogue),
        el("p", el("a", shown.text("take"), href="#take"), class_="jump"),
        *[el("p", line, class_="basis") for line in basis(found.names)],
        heat_map(found.names),
        _timeline(shown, answer),
        charts(found.names),
        promises(found),
        silence(found),
        sources_of(found),
        _caveats(shown, answer, found),
        takeaway(shown, _files(state), state.command("compare")),
        about(found),
        # What the contents of a whole print are asked for by.
        el("div", id=EVERYTHING),
    ]
    return found.heading, content


def report_of(
    shown: Shown,
    opened: OpenIndex,
    index: Index,
    state: State,
    answer: CompareAnswer,
    catalogue: Catalogue,
    *,
    alone: bool = False,
) -> Report:
    """The answer as a report whose places and cells lead to other pages.

    One that is to be kept ``alone`` leads to the web, where the passages have an address there.
    """
    compared = answer.comparison
    tag = shown.lang.tag
    return Report(
        Names(compared, shown.lang),
        made=today(),
        version=__version__,
        documents=documents_in(index, answer.filters),
        silences=answer.silences,
        sources=sources(index, compared),
        query=state.query,
        command=state.command("report", *([f"--ui-lang={tag}"] if tag != "en" else [])),
        definitions={one: catalogue.get(one).definitions.get(tag, "") for one in state.themes},
        links=dict(_web(opened, answer) if alone else _places(shown, answer)),
        copies=dict(_copies(index, answer)),
        wholes={} if alone else dict(_wholes(shown, state, answer)),
    )


def _copies(index: Index, answer: CompareAnswer) -> Iterator[tuple[str, str]]:
    """What the documents that are shown repeat, by its place inside of the corpus."""
    for cell in answer.comparison.cells:
        for hit in cell.evidence:
            original = index.summary.copies.get(hit.document.id)
            repeated = index.engine.document(original) if original else None
            if repeated:
                yield hit.document.id, repeated.path


def _web(opened: OpenIndex, answer: CompareAnswer) -> Iterator[tuple[str, str]]:
    """The permanent addresses of passages, where their folders name one."""
    for cell in answer.comparison.cells:
        for hit in cell.evidence:
            address = opened.link(hit)
            if is_address(address):
                yield hit.passage.id, address


def _places(shown: Shown, answer: CompareAnswer) -> Iterator[tuple[str, str]]:
    """Where each passage stands in its document, on this server."""
    for cell in answer.comparison.cells:
        for hit in cell.evidence:
            base = shown.address(f"/document/{hit.document.id}")
            joint = "&" if "?" in base else "?"
            number = hit.passage.number
            yield hit.passage.id, f"{base}{joint}at={number}#p{number}"


def _wholes(
    shown: Shown, state: State, answer: CompareAnswer
) -> Iterator[tuple[tuple[str, tuple[str, ...]], str]]:
    """The search that has all passages of a cell."""
    compared = answer.comparison
    groups = {group.values: group for group in compared.groups}
    for question in answer.questions:
        for values, group in groups.items():
            yield (question.id, values), _whole(shown, state, question, group, compared.by)


def _whole(
    shown: Shown, state: State, question: Question, group: Group, by: tuple[str, ...]
) -> str:
    found = replace(state, words=(), by=(), ui=shown.state.ui, page=1, view="passages")
    if question.kind == "theme":
        found = replace(found, themes=(question.id,))
    else:
        # A passage of a comparison has all words of a question in another language.
        own, rest = (
            str(query_of(one)) if state.from_ else one for one in (question.id, state.query)
        )
        query = f"({own}) AND ({rest})" if rest and rest != own else own
        found = replace(found, themes=(), query=query)
    filters: dict[str, Any] = dict(found.filters)
    # A comparison takes each text once; so does the search that it leads to.
    filters.setdefault("duplicates", "once")
    fields = []
    for name, value in zip(by, group.values, strict=True):
        if name == "year" and value:
            filters |= {"since": value, "until": value}
        elif name in ("document", "label", "year"):
            fields.append(f'{name}:"{value}"' if value else f'{name}:""')
        else:
            filters[name] = (f"={value}" if value.casefold() == "unknown" else value or "unknown",)
    if fields:
        query = " AND ".join([*([f"({found.query})"] if found.query else []), *fields])
        found = replace(found, query=query)
    return replace(found, filters=filters).address("/search")


def _caveats(shown: Shown, answer: CompareAnswer, report: Report) -> Element:
    """The rules of a report, and the notes of the terminal in its words."""
    lines = [el("li", note) for note in (*answer.warnings, *answer.translations, *answer.notes)]
    rules = [el("li", line) for line in caveats(report.names)]
    return el(
        "section",
        el("h2", shown.text("caveats"), id="caveats-title"),
        el("ul", rules) if rules else None,
        el("ul", lines, lang="en"),
        aria_labelledby="caveats-title",
        id="caveats",
    )


def _timeline(shown: Shown, answer: CompareAnswer) -> Element | None:
    """The picture of the years, where groups are years and something can draw it."""
    from importlib.util import find_spec

    if answer.comparison.by != ("year",) or not find_spec("matplotlib"):
        return None
    title = shown.text("timeline")
    source = shown.state.address("/compare.svg", ("page", "view", "sort"))
    alt = shown.text("picture_alt", title=title)
    return el(
        "section",
        el("h2", title, id="timeline-title"),
        el("figure", make("img", src=source, alt=alt, loading="lazy", class_="picture")),
        aria_labelledby="timeline-title",
    )


def _files(state: State) -> Mapping[str, str]:
    """The files of a comparison; pictures and reports are in the language of the page."""
    found = {}
    for key, name in FORMATS.items():
        drawn = name.endswith((*PICTURES, "html"))
        without = ("page", "view", "sort") if drawn else ("page", "view", "sort", "ui")
        found[key] = state.address(f"/{name}", without)
    return found
