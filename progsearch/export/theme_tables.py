"""What a theme does with an index, as tables: its terms, proposed terms, samples to code."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from progsearch.export.tables import Column, Table, Value
from progsearch.model import place_of
from progsearch.search import Hit
from progsearch.themes.audit import COLUMNS, Sampled, cells
from progsearch.themes.coverage import Coverage
from progsearch.themes.suggestions import Suggestion

__all__ = ["audit_table", "coverage_table", "suggestions_table"]

AROUND = 40
"""Characters shown on each side of a match in an example."""


def coverage_table(found: Coverage, langs: Collection[str] = ()) -> Table:
    """One row a term, of the languages that are named or of all."""
    columns = (
        Column("lang", "string", "Language of the term (BCP 47)"),
        Column("term", "string", "The term as written"),
        Column("passages", "integer", "Passages that it finds"),
        Column("documents", "integer", "Documents that they stand in"),
        Column("percent", "number", "Of the passages that the theme's terms find in its language"),
        Column("example_at", "string", "Place of an example, file:line"),
        Column("example", "string", "The example around the match"),
    )
    rows: list[list[Value]] = [
        [
            one.lang,
            one.term,
            one.passages,
            one.documents,
            round(100 * one.share, 1),
            place_of(one.examples[0].file, one.examples[0].passage) if one.examples else "",
            _around(one.examples[0]) if one.examples else "",
        ]
        for one in found.terms
        if not langs or one.lang in langs
    ]
    return Table("terms", "What each term finds", columns, rows, key=("lang", "term"))


def _around(hit: Hit) -> str:
    """The first match with some text around it; of a match in the headings, those."""
    match = next((one for one in hit.matches if one.where == "text"), None)
    if match is None:
        return "# " + " › ".join(hit.passage.headings)
    text = hit.passage.text
    start, end = max(0, match.start - AROUND), min(len(text), match.end + AROUND)
    cut = " ".join(text[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text) else "")


def suggestions_table(found: Sequence[Suggestion]) -> Table:
    """One row a proposed term."""
    columns = (
        Column("lang", "string", "Language of the word (BCP 47)"),
        Column("term", "string", "The proposed term"),
        Column("written", "string", "How it stands there most often"),
        Column("hits", "integer", "Passages of the theme that have it"),
        Column("elsewhere", "integer", "Other passages that have it"),
        Column("log_likelihood", "number", "How unusual that is (G²)"),
        Column("log_ratio", "number", "Effect: 1 is twice as frequent, 2 four times"),
        Column("in_theme", "string", "A theme that has it already"),
        Column("example", "string", "Id of a passage that has it"),
    )
    rows: list[list[Value]] = [
        [
            one.lang,
            one.term,
            one.form,
            one.hits,
            one.rest,
            round(one.score, 1),
            round(one.ratio, 1),
            one.theme,
            one.example,
        ]
        for one in found
    ]
    return Table("suggestions", "Proposed terms", columns, rows, key=("lang", "term"))


_AUDIT = {
    "theme": "Id of the theme",
    "id": "Id of the passage",
    "file": "File of the passage",
    "line": "Its first line",
    "lang": "Language of the passage (BCP 47)",
    "region": "Region by its ISO 3166-2 code",
    "party": "Party or organisation",
    "heading": "Headings above the passage",
    "text": "The passage",
    "relevance": "To be filled in: 0, 1 or 2",
    "relevance_2": "The same by a second coder",
    "note": "For the coder",
    "weight": "For how many passages it stands",
}


def audit_table(theme: str, sampled: Sequence[Sampled]) -> Table:
    """One row a passage to be coded."""
    numbers = {"line": "integer", "weight": "number"}
    columns = tuple(
        Column(name, numbers.get(name, "string"), _AUDIT[name])  # type: ignore[arg-type]
        for name in COLUMNS
    )
    return Table("sample", theme, columns, [cells(theme, one) for one in sampled], key=("id",))
