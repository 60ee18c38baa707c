"""What is taken away: the same files that the commands write, byte for byte."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from progsearch.api import answers
from progsearch.api.index import OpenIndex
from progsearch.api.places import find
from progsearch.api.tables import about, compare_asked, compare_tables
from progsearch.api.words import query_of
from progsearch.citation import bibtex, csl_json, reference
from progsearch.compare.basis import denominator
from progsearch.errors import ProgsearchError
from progsearch.export.formats import writer
from progsearch.export.hits import hits_table
from progsearch.export.tables import About, Table
from progsearch.report import html
from progsearch.serve import comparing
from progsearch.serve.page import Shown
from progsearch.serve.state import State
from progsearch.themes.folders import catalogue_of

__all__ = ["FILES", "KINDS", "cited", "compare_file", "picture", "report_file", "search_file"]

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "jsonl": "application/jsonl; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "png": "image/png",
    "svg": "image/svg+xml",
    "bib": "application/x-bibtex; charset=utf-8",
}
"""Kinds of files, by the ends of their names."""

PEOPLE = ("md",)
"""Formats of hits that are for people, who want the best and not all."""

WHOLE_REPORT = 10
"""Passages of each cell in a printable report, as in that of the command."""


def search_file(opened: OpenIndex, state: State, kind: str) -> bytes:
    """The hits in a format, as ``progsearch search --format`` writes them."""
    limit = answers.LIMIT if kind in PEOPLE else None
    if state.like:
        limit = (
            answers.LIMIT * state.page
        )  # as far as pages were leafed through, for there is no end
    with opened.asking() as index:
        answer = answers.search(
            index,
            state.query,
            themes=state.themes,
            folders=opened.folders,
            limit=limit,
            from_=state.spoken,
            meaning=state.meaning,
            like=state.like or None,
            **state.wanted,
        )
        if kind == "xlsx":
            words = {"words": state.query, "from": state.spoken, "like": state.like}
            near = {"meaning": state.meaning}
            what = {"themes": list(state.themes), **words, **near, "limit": limit}
            left = answer.found.left_out
            account = about(index, "search", what, answer.filters, left, answer.translations)
            title = ", ".join((*state.themes, state.query))
            table = hits_table(answer.found.hits, title, opened.link)
            return _binary([table], account, kind)
        out = io.StringIO(newline="")
        writer("hits", kind)(answer.found.hits, out)
        return out.getvalue().encode("utf-8", "replace")


def compare_file(opened: OpenIndex, state: State, kind: str, show: str = "cells") -> bytes:
    """The comparison in a format; ``show`` is ``cells``, ``passages`` or ``silences``."""
    side_by_side, silent = show == "passages", show == "silences"
    with opened.asking() as index:
        answer = comparing.answer_of(
            opened,
            index,
            state,
            evidence=comparing.EVIDENCE if side_by_side else 0,
            silent=silent,
            side_by_side=side_by_side,
        )
        tables = list(compare_tables(answer, show, index, silent=silent))
        narrowed = state.query if state.themes or state.words else ""
        account = about(
            index,
            "compare",
            compare_asked(answer, narrowed, state.spoken),
            answer.filters,
            answer.comparison.left_out,
            [*answer.notes, *answer.translations],
            denominator(answer.filters, answer.comparison.by),
        )
    if kind == "xlsx":
        return _binary(tables, account, kind)
    out = io.StringIO(newline="")
    writer("tables", kind)(tables, account, out)
    return out.getvalue().encode("utf-8", "replace")


def _binary(tables: Sequence[Table], account: About, kind: str) -> bytes:
    data = io.BytesIO()
    writer("tables", kind)(tables, account, data)
    return data.getvalue()


def report_file(shown: Shown, opened: OpenIndex, state: State) -> bytes:
    """The report of the command ``report``, as one page that loads nothing."""
    with opened.asking() as index:
        answer = comparing.answer_of(
            opened, index, state, evidence=WHOLE_REPORT, lang=shown.lang.tag
        )
        catalogue = catalogue_of(opened.folders, index.summary.roots)
        made = comparing.report_of(shown, opened, index, state, answer, catalogue, alone=True)
        return "".join(html(made)).encode("utf-8", "replace")


def picture(shown: Shown, opened: OpenIndex, state: State, kind: str) -> bytes:
    """The picture that ``compare --plot`` draws. Raises ProgsearchError without matplotlib."""
    from progsearch.plots import draw

    with opened.asking() as index:
        answer = comparing.answer_of(
            opened, index, state, evidence=0, silent=False, lang=shown.lang.tag
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"picture.{kind}")
        draw(answer.comparison, file, shown.lang.tag)
        return file.read_bytes()


def cited(opened: OpenIndex, wanted: str, kind: str) -> bytes:
    """The reference to a passage, by its id and nothing else."""
    with opened.asking() as index:
        passage = index.engine.passage(wanted)
        if passage is None:
            raise ProgsearchError(
                "there is no such passage", where="address", remedy="search for it anew"
            )
        document, _ = find(index, wanted)
        hit = index.hit(passage, 0.0, index.clause(query_of("")))
        found = [reference(document, passage, opened.link(hit))]
    return (bibtex(found) if kind == "bib" else csl_json(found)).encode("utf-8", "replace")


def _asked(shown: Shown) -> State:
    return comparing.asked(shown.state)


Making = Callable[[Shown, OpenIndex], bytes]


def _hits_in(kind: str) -> Making:
    return lambda shown, opened: search_file(opened, shown.state, kind)


def _table_in(kind: str, show: str = "cells") -> Making:
    return lambda shown, opened: compare_file(opened, _asked(shown), kind, show)


def _picture_in(kind: str) -> Making:
    return lambda shown, opened: picture(shown, opened, _asked(shown), kind)


def _report(shown: Shown, opened: OpenIndex) -> bytes:
    return report_file(shown, opened, _asked(shown))


FILES: Mapping[tuple[str, str], Making] = {
    **{("search", kind): _hits_in(kind) for kind in ("csv", "json", "jsonl", "md", "xlsx")},
    **{("compare", kind): _table_in(kind) for kind in ("csv", "json", "md", "xlsx")},
    **{(show, "csv"): _table_in("csv", show) for show in ("passages", "silences")},
    **{("compare", kind): _picture_in(kind) for kind in comparing.PICTURES},
    ("report", "html"): _report,
}
"""The files, by name and kind."""
