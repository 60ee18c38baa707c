"""The whole page: its head, its contents, its sections and its style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from progsearch.report.about import about
from progsearch.report.basis import basis
from progsearch.report.chart import charts
from progsearch.report.heatmap import heat_map
from progsearch.report.markup import Element, el, html_page
from progsearch.report.model import Report
from progsearch.report.palette import DARK, LIGHT, Scheme
from progsearch.report.promises import promises
from progsearch.report.silence import silence

__all__ = ["html", "style_sheet"]

_SECTIONS = ("map", "charts", "promises", "silence", "about")


def html(report: Report) -> Iterator[str]:
    """A report as one HTML file that loads nothing, in pieces."""
    lang = report.lang
    sections = [
        heat_map(report.names),
        charts(report.names),
        promises(report),
        silence(report),
        about(report),
    ]
    body = el(
        "body",
        el("a", lang.text("skip"), href="#main", class_="skip"),
        _header(report),
        _contents(report),
        el("main", sections, id="main", tabindex=-1),
        el("footer", el("p", _made(report))),
    )
    return html_page(lang=lang.tag, title=report.heading, style=style_sheet(), body=body)


def _header(report: Report) -> Element:
    return el(
        "header",
        el("h1", report.heading),
        el("p", report.lang.text("subtitle", by=report.names.by), class_="subtitle"),
        [el("p", line, class_="basis") for line in basis(report.names)],
        el("p", _made(report), class_="made"),
    )


def _made(report: Report) -> str:
    return report.lang.text(
        "made",
        date=report.lang.date(report.made),
        version=report.version,
        hash=report.comparison.corpus_hash,
    )


def _contents(report: Report) -> Element:
    lang = report.lang
    names = ("map", "chart", "promises", "silence", "about")
    items = []
    for place, name in zip(_SECTIONS, names, strict=True):
        inner = None
        if name == "promises" and len(report.comparison.themes) > 1:
            links = [
                el("li", el("a", question.label, href=f"#promises-{at}"))
                for at, question, _ in report.names.numbered()
            ]
            inner = el("ul", links)
        items.append(el("li", el("a", lang.text(name), href=f"#{place}"), inner))
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
