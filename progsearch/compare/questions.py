"""What is compared: questions from themes and words, and the dimensions of the groups."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from progsearch.classes import dataclass
from progsearch.clause import AllOf, Clause
from progsearch.compare.grouping import DIMENSIONS
from progsearch.compare.table import Question
from progsearch.errors import ProgsearchError
from progsearch.query import CODES, Everything, Query, parse
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.themes.sought import sought

__all__ = ["MAX_DIMENSIONS", "Asked", "groups_by", "questions"]

MAX_DIMENSIONS = 3
"""Dimensions of groups; with more of them nearly every group is too small."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a comparison; ``warnings`` are those of its themes."""

    questions: tuple[Question, ...]
    warnings: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    """What words in another language are looked for by, in lines."""


def groups_by(by: Sequence[str]) -> list[str]:
    """The dimensions asked for, which may be joined by commas, each once.

    Raises ProgsearchError for unknown ones, and for too many.
    """
    asked = (name.strip() for part in by for name in part.split(","))
    names = [CODES.get(name, name) for name in asked]
    for name in names:
        if name not in DIMENSIONS:
            raise ProgsearchError(
                f"cannot group by {name!r}", where="--by", remedy=f"choose {', '.join(DIMENSIONS)}"
            )
    names = list(dict.fromkeys(names))
    if len(names) > MAX_DIMENSIONS:
        raise ProgsearchError(
            f"at most {MAX_DIMENSIONS} dimensions",
            where="--by",
            remedy="leave one out, or use a filter",
        )
    return names


def questions(
    index: Index,
    query: Query,
    themes: Sequence[str] = (),
    words: Sequence[str] = (),
    folders: Sequence[Path] | None = None,
    *,
    lang: str = "en",
    from_: str | None = None,
    filters: Filters | None = None,
) -> Asked:
    """The questions that themes and words ask.

    A query by itself is one; beside themes and ``words`` it narrows each of them. ``lang`` is
    the language of the themes' labels, ``from_`` that of the query and the words, if they are
    to be translated, ``filters`` what is to be looked at. Raises ProgsearchError when nothing is
    asked, and as :func:`progsearch.themes.sought.sought` does.
    """
    found: list[Question] = []
    lines: dict[str, None] = {}

    def meant(query: Query) -> Clause:
        if from_ is None:
            return index.clause(query)
        from progsearch.lexicon.asking import asked

        _, translation = asked(index, query, from_)
        lines.update(dict.fromkeys(translation.lines))
        return translation.clause

    about = sought(index, query, themes, folders, lang=lang, filters=filters)
    if themes:
        labels = about.labels or {}
        found += [Question(name, labels[name], clause, "theme") for name, clause in about.each]
    index.ready(map(parse, words))
    for text in dict.fromkeys(words):
        found.append(Question(text, text, meant(parse(text))))
    if not found and isinstance(query, Everything):
        raise ProgsearchError(
            "nothing to compare",
            where="--theme",
            remedy="name themes (progsearch themes list) or give words",
        )
    if not found:
        text = str(query)
        question = Question(text, text, meant(query))
        return Asked((question,), translations=tuple(lines))
    if not isinstance(query, Everything):
        inner = meant(query)
        found = [Question(q.id, q.label, AllOf((q.clause, inner)), q.kind) for q in found]
    return Asked(tuple(found), about.warnings, tuple(lines))
