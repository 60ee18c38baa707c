"""The words that a group uses more than all others (keyness)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from progsearch.api.answers import posed
from progsearch.api.hints import emptied, expanded, undated
from progsearch.api.words import FilterWords, Texts, check_number, filters_of, texts_of
from progsearch.classes import dataclass
from progsearch.search import Index

if TYPE_CHECKING:
    from progsearch.compare.keywords import Keywords
    from progsearch.scope import Filters

__all__ = ["KEYWORDS_BY", "KeywordAnswer", "keywords"]

KEYWORDS_BY = "party"
"""What keywords are told apart by, unless something else is asked for."""


@dataclass(frozen=True, slots=True)
class KeywordAnswer:
    """Keywords of groups, how they were chosen, and what filters keep out."""

    keywords: Keywords
    filters: Filters
    notes: Sequence[str]
    warnings: Sequence[str]
    hints: Sequence[str] = ()


def keywords(
    index: Index,
    text: str = "",
    *,
    themes: Texts = None,
    folders: Sequence[Path] | None = None,
    by: Texts = None,
    limit: int = 15,
    minimum: int = 5,
    from_: str | None = None,
    **filters: Unpack[FilterWords],
) -> KeywordAnswer:
    """The words that each group uses more than all others, in the passages that match.

    At most ``limit`` a group and language, each of which a group has ``minimum`` times. Of a
    text in the language ``from_`` a passage has to have all words, in translation.
    """
    from progsearch.clause import AllOf
    from progsearch.compare.keywords import keywords as find
    from progsearch.compare.notes import keyword_notes
    from progsearch.compare.questions import groups_by

    check_number("--limit", limit, 1)
    check_number("--minimum", minimum, 1)
    dimensions = groups_by(texts_of("--by", by) or (KEYWORDS_BY,))
    wanted = filters_of(**filters)
    query, about = posed(index, text, themes, folders, wanted, from_)
    inside = AllOf((index.clause(about.query), *about.clauses))
    found = find(index, dimensions, wanted, clause=inside, limit=limit, minimum=minimum)
    notes = [*keyword_notes(found, minimum), *about.translations]
    notes += expanded(index, query, from_=from_)
    hints = [*undated(index, about.query, about.clauses, wanted)]
    if not found.words:
        hints += emptied(index, about.query, about.clauses, wanted)
    return KeywordAnswer(found, wanted, notes, about.warnings, hints)
