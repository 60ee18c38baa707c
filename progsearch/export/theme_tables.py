"""What a theme does with an index, as tables: its terms, proposed terms, samples to code."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from progsearch.export.tables import Column, Table, Value
from progsearch.model import place_of
from progsearch.search import Hit
from progsearch.themes.audit import COLUMNS, Sampled, cells
from progsearch.themes.coverage import Coverage
from progsearch.themes.gaps import Gap
from progsearch.themes.missing import MissingWord
from progsearch.themes.suggestions import Suggestion

__all__ = [
    "audit_table",
    "coverage_table",
    "gaps_table",
    "missing_table",
    "suggestions_table",
]

BEGINNING = 100
"""Characters of a passage that a terminal shows in a list."""
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


def missing_table(found: Sequence[MissingWord]) -> Table:
    """One row a word that a theme lacks in a language."""
    columns = (
        Column("lang", "string", "Language of the word (BCP 47)"),
        Column("term", "string", "The proposed term"),
        Column("concept", "string", "The concept of the lexicon"),
        Column("because", "string", "Terms of other languages that name it"),
        Column("passages", "integer", "Passages of that language that have the word"),
        Column("new", "integer", "Those of them that the theme does not find"),
        Column("example", "string", "Id of one of these"),
    )
    rows: list[list[Value]] = [
        [
            one.lang,
            one.term,
            one.concept,
            "; ".join(f"{lang} {term}" for lang, term in one.because.items()),
            one.passages,
            one.new,
            one.example,
        ]
        for one in found
    ]
    return Table("missing", "Words that a language lacks", columns, rows, key=("lang", "term"))


def gaps_table(theme: str, found: Sequence[Gap], *, coded: bool = True) -> Table:
    """One row a passage to be read and, if it is to be ``coded``, with room for that."""
    if not coded:
        return Table("gaps", theme, _GAPS_SHOWN, [_gap_shown(one) for one in found])
    columns = (
        Column("theme", "string", "Id of the theme"),
        Column("id", "string", "Id of the passage"),
        Column("file", "string", "File of the passage"),
        Column("line", "integer", "Its first line"),
        Column("lang", "string", "Language of the passage (BCP 47)"),
        Column("words", "string", "Lemmas that tell the theme's hits, the most telling first"),
        Column("text", "string", "The passage"),
        Column("relevance", "string", "To be filled in: 0, 1 or 2"),
        Column("relevance_2", "string", "The same by a second coder"),
        Column("note", "string", "For the coder"),
    )
    rows: list[list[Value]] = [
        [
            theme,
            one.hit.passage.id,
            one.hit.file,
            one.hit.passage.line,
            one.hit.passage.lang.value,
            "; ".join(one.words),
            one.hit.passage.text,
            "",
            "",
            "",
        ]
        for one in found
    ]
    return Table("gaps", theme, columns, rows, key=("id",))


_GAPS_SHOWN = (
    Column("at", "string", "Place of the passage, file:line"),
    Column("words", "string", "Lemmas that tell the theme's hits, the most telling first"),
    Column("text", "string", "How the passage begins"),
)


def _gap_shown(one: Gap) -> list[Value]:
    text = " ".join(one.hit.passage.text.split())
    cut = text if len(text) <= BEGINNING else f"{text[:BEGINNING].rpartition(' ')[0]}…"
    return [place_of(one.hit.file, one.hit.passage), "; ".join(one.words), cut]


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
