"""How a report was made: all that is needed to judge it and to make it once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from progsearch.compare.mixture import OF_DOCUMENTS
from progsearch.report.basis import basis, caveats
from progsearch.report.markup import Element, Node, el
from progsearch.report.model import Report

__all__ = ["EVERYTHING", "about"]

EVERYTHING = "everything"
"""The place of a page at which all of it is printed."""

_FIELDS = ("lang", "country", "region", "party", "kind", "role", "commitment", "year", "document")

_MANY = 12  # pairs of groups that are named


def about(report: Report) -> Element:
    """The section with the questions, the filters, the corpus and the program."""
    lang = report.lang
    entries = [
        el("div", el("dt", lang.text(f"about_{key}")), [el("dd", value) for value in values])
        for key, values in _entries(report)
        if values
    ]
    notes = [
        el("p", lang.text(f"about_{key}")) for key in ("passage", "place", "inferred", "commitment")
    ]
    return el(
        "section",
        el("h2", lang.text("about"), id="about-title"),
        el("dl", entries),
        notes,
        el(
            "p",
            el("a", lang.text("print_all"), href=f"#{EVERYTHING}"),
            " ",
            lang.text("print_all_how"),
            class_="printing",
        ),
        id="about",
        aria_labelledby="about-title",
    )


def _entries(report: Report) -> Iterator[tuple[str, list[Node]]]:
    lang, comparison = report.lang, report.comparison
    filters = comparison.filters
    yield "questions", list(_questions(report))
    yield "query", [el("code", report.query)] if report.query else []
    yield "by", [report.names.by]
    yield "filters", list(_filters(report)) or [lang.text("about_filters_none")]
    yield "scope", [_scope(report), *basis(report.names), *caveats(report.names)]
    if filters.copies:
        yield "copies", [lang.text("about_copies_kept")]
    elif comparison.left_out:
        yield "copies", [lang.counted("copies", comparison.left_out), *_shared(report)]
    else:
        yield "copies", [lang.text("about_copies_none")]
    if filters.role:
        yield "asides", [lang.text("about_asides_roles")]
    elif not filters.asides:
        yield "asides", [lang.text("about_asides_text")]
    yield "corpus", [lang.text("about_corpus_text", hash=comparison.corpus_hash)]
    yield "source", [report.source] if report.source else []
    yield "made", [el("time", lang.date(report.made), datetime=report.made.isoformat())]
    yield "program", [f"progsearch {report.version}"]
    yield "command", [el("code", report.command)] if report.command else []


def _questions(report: Report) -> Iterator[Node]:
    lang = report.lang
    for question in report.comparison.themes:
        kind = (
            lang.text("about_theme", id=question.id)
            if question.kind == "theme"
            else lang.text("about_words")
        )
        yield el("span", f"{question.label} ({kind})")


def _shared(report: Report) -> Iterator[Node]:
    """Which groups have the same texts, which count in each of them."""
    lang, comparison = report.lang, report.comparison
    by = [name for name in comparison.by if name in OF_DOCUMENTS]

    def named(values: Sequence[str]) -> str:
        return " · ".join(lang.name(name, one) for name, one in zip(by, values, strict=True))

    if comparison.shared:
        yield lang.text("about_shared")
    for one in comparison.shared[:_MANY]:
        size = lang.counted("documents", one.texts)
        yield f"{named(one.first)} = {named(one.other)} ({size})"
    rest = len(comparison.shared) - _MANY
    if rest > 0:
        yield lang.text("about_shared_more", number=lang.number(rest))


def _filters(report: Report) -> Iterator[Node]:
    lang, filters = report.lang, report.comparison.filters
    for name in _FIELDS:
        values = [
            lang.name(name, "" if value.casefold() == "unknown" else value, value)
            for value in getattr(filters, name)
        ]
        if values:
            yield f"{lang.name('dimension', name)}: {', '.join(values)}"
    if filters.promises:
        yield lang.text("basis_promises")
    for name in ("since", "until"):
        when = getattr(filters, name)
        if when:
            yield f"{lang.name('dimension', name)}: {lang.date(when)}"


def _scope(report: Report) -> str:
    size = report.comparison.size
    return report.lang.text(
        "about_scope_text",
        passages=report.lang.counted("passages", size.passages),
        documents=report.lang.counted("documents", report.documents),
        words=report.lang.counted("words", size.words),
    )
