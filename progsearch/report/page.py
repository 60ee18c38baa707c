"""The whole page: its head, its contents, its sections and its style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from progsearch.report.about import EVERYTHING, about
from progsearch.report.basis import basis, caveats
from progsearch.report.chart import charts
from progsearch.report.heatmap import heat_map
from progsearch.report.markup import Element, el, html_page
from progsearch.report.model import Report
from progsearch.report.palette import DARK, LIGHT, Scheme
from progsearch.report.promises import promises
from progsearch.report.quotes import quotes
from progsearch.report.silence import silence
from progsearch.report.sources import sources, sources_line

__all__ = ["html", "style_sheet"]

_SECTIONS = {
    "map": "map",
    "quotes": "quotes",
    "charts": "short_chart",
    "promises": "promises",
    "silence": "silence",
    "sources": "sources",
    "about": "short_about",
}
"""The sections in order, and what the navigation calls them."""

_FINDINGS = 5
"""Questions of which the first page says how much there is."""


def html(report: Report) -> Iterator[str]:
    """A report as one HTML file that loads nothing, in pieces."""
    lang = report.lang
    front = [
        heat_map(report.names),
        quotes(report),
        el("div", _how_to_read(report), class_="foot"),
    ]
    evidence = [
        charts(report.names),
        promises(report),
        silence(report),
        sources(report),
        about(report),
    ]
    body = el(
        "body",
        el("a", lang.text("skip"), href="#main", class_="skip"),
        _header(report),
        _contents(report),
        el("main", el("div", front, class_="front"), evidence, id="main", tabindex=-1),
        el("footer", el("p", _made(report))),
        # Who opens the page at this place prints all of it.
        el("div", id=EVERYTHING),
    )
    return html_page(lang=lang.tag, title=report.heading, style=style_sheet(), body=body)


def _header(report: Report) -> Element:
    names = report.names
    stated = (f"{report.lang.text('about_questions')}: {names.asked}. ",) if report.title else ()
    return el(
        "header",
        el("h1", report.heading),
        el(
            "p",
            *stated,
            report.lang.text("subtitle", by=names.by),
            class_="subtitle",
        ),
        el("ul", [el("li", line) for line in _findings(report)], class_="findings"),
    )


def _findings(report: Report) -> Iterator[str]:
    """How much there is on each question, and which groups surely have more or less."""
    lang, names = report.lang, report.names
    tests = names.tests()
    for at, question, pairs in names.numbered():
        if at > _FINDINGS:
            return
        total = report.comparison.totals.get(question.id)
        found = lang.counted(
            "found_of",
            report.comparison.size.passages,
            found=lang.number(total.passages if total else 0),
        )
        parts = []
        for called, sign in (("more", "▲"), ("fewer", "▼")):
            some = [
                f"{names.group(group)} {names.share(cell)}"
                for _, group, cell in names.ranked(pairs)
                if (test := tests.of(question.id, group.values)) and test.called == called
            ]
            parts += [f"{sign} {', '.join(some)}"] if some else []
        yield lang.text(
            "finding",
            question=question.label,
            share=names.mean(question.id),
            found=found,
            groups="; ".join(parts) or lang.text("finding_none"),
        )


def _how_to_read(report: Report) -> Iterator[Element]:
    lines = [*basis(report.names), *caveats(report.names)]
    yield el("p", " ".join(lines), class_="basis")
    yield sources_line(report)
    yield el("p", _made(report), class_="made")


def _made(report: Report) -> str:
    return report.lang.text(
        "made",
        date=report.lang.date(report.made),
        version=report.version,
        hash=report.comparison.corpus_hash,
    )


def _contents(report: Report) -> Element:
    lang = report.lang
    items = [
        el("li", el("a", lang.text(name), href=f"#{place}")) for place, name in _SECTIONS.items()
    ]
    return el("nav", el("ul", items), aria_label=lang.text("contents"))


@cache
def style_sheet() -> str:
    """The style of a report: the colours of rates, and ``data/report/style.css``."""
    rules = files("progsearch").joinpath("data", "report", "style.css").read_text(encoding="utf-8")
    dark = _colours(DARK)
    return "\n".join(
        (
            f":root{{{_colours(LIGHT)}}}",
            # Paper is white, whatever the screen.
            f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}",
            # A browser ends lines with LF before it looks at the hash.
            rules.replace("\r\n", "\n"),
        )
    )


def _colours(scheme: Scheme) -> str:
    return "".join(_pair(at, scheme.steps, scheme.inks) for at in range(len(scheme.steps)))


def _pair(at: int, steps: Sequence[str], inks: Sequence[str]) -> str:
    return f"--step{at + 1}:{steps[at]};--ink{at + 1}:{inks[at]};"
