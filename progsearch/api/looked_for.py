"""What is looked for in which passages, for the answers of concordances."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.api import answers
from progsearch.api.hints import emptied, expanded, undated
from progsearch.api.words import FilterWords, Texts, filters_of
from progsearch.classes import dataclass
from progsearch.clause import AllOf
from progsearch.compare.basis import copies_line
from progsearch.errors import ProgsearchError
from progsearch.query import Everything, Query, conjunction
from progsearch.scope import Filters
from progsearch.search import Index
from progsearch.themes.sought import Sought

if TYPE_CHECKING:
    from progsearch.clause import Clause

__all__ = ["LookedFor"]


@dataclass(frozen=True, slots=True)
class LookedFor:
    """What is looked for, of which passages."""

    query: Query
    sought: Sought
    clause: Clause
    inside: tuple[Clause, ...]
    filters: Filters
    translated: tuple[str, ...]
    from_: str | None = None

    @classmethod
    def of(
        cls,
        index: Index,
        text: str,
        themes: Texts,
        folders: Sequence[Path] | None,
        inside: str,
        filters: FilterWords,
        *,
        needed: bool = False,
        from_: str | None = None,
    ) -> LookedFor:
        """What words, themes and filters mean in an index.

        Raises ProgsearchError where something is ``needed`` and nothing was asked.
        """
        wanted = filters_of(**filters)
        query, about = answers.posed(index, text, themes, folders, wanted, from_)
        within, meant = answers.asked(index, inside, from_)
        if needed and isinstance(query, Everything) and not about.clauses:
            raise ProgsearchError(
                "nothing to look for", where="QUERY", remedy="write words, or name a --theme"
            )
        clause = AllOf((index.clause(about.query), *about.clauses))
        bound = meant.clause if meant else index.clause(within)
        more = () if isinstance(within, Everything) else (bound,)
        told = tuple(dict.fromkeys([*about.translations, *(meant.lines if meant else ())]))
        return cls(conjunction([query, within]), about, clause, more, wanted, told, from_)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader has to know of the themes."""
        return self.sought.warnings

    def notes(self, index: Index, left_out: int, *, any_found: bool) -> tuple[str, ...]:
        """For how many forms patterns stand, what was left out, and why nothing is there."""
        lines = [*self.translated, *expanded(index, self.query, from_=self.from_)]
        lines += [copies_line(left_out)] if left_out else []
        also = (*self.sought.clauses, *self.inside)
        lines += undated(index, self.sought.query, also, self.filters)
        if not any_found:
            lines += emptied(index, self.sought.query, also, self.filters)
        return tuple(lines)
