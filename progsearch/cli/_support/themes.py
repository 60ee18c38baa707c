"""Themes on the command line: which files hold, and what ``--theme`` and ``--expand`` mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.cli._support import options as o
from progsearch.query import And, Everything, Exact, Phrase, Query, Word, conjunction

if TYPE_CHECKING:
    from progsearch.clause import Clause
    from progsearch.search import Index
    from progsearch.themes import Catalogue
    from progsearch.themes.offers import Offers

__all__ = ["LookedFor", "catalogue_of", "looked_for", "offer"]

FOLDER = "themes"
"""The folder beside a corpus whose theme files hold for it."""


@dataclass(frozen=True, slots=True)
class LookedFor:
    """What is looked for: a query, and themes (or words that stand for one) with it."""

    query: Query
    each: Sequence[tuple[str, Clause]] = ()

    @property
    def clauses(self) -> list[Clause]:
        """The themes as one further clause: any of them; none when there are no themes."""
        from progsearch.clause import AnyOf

        if not self.each:
            return []
        parts: list[Clause] = []
        for _, clause in self.each:
            parts += clause.parts if isinstance(clause, AnyOf) else (clause,)
        return [AnyOf(tuple(parts), coordinate=True)]


def catalogue_of(
    folders: Sequence[Path] | None, roots: Mapping[str, str] | None = None
) -> Catalogue:
    """The shipped themes, those in a ``themes`` folder beside the corpus, and those in the
    folders given; ``roots`` are the corpus folders of an index."""
    from progsearch.cli._support.output import say
    from progsearch.themes import load

    found = load([*_beside(roots), *(folders or ())])
    for read in found.broken:
        say(f"{read.path} cannot be used; progsearch themes check says why")
    return found


def _beside(roots: Mapping[str, str] | None) -> list[Path]:
    corpora = [Path(root) for root in roots.values()] if roots else [o.DEFAULT_CORPUS]
    beside = dict.fromkeys(corpus.parent / FOLDER for corpus in corpora)
    return [folder for folder in beside if folder.is_dir()]


def looked_for(
    asked: Index,
    query: Query,
    themes: Sequence[str] | None,
    folders: Sequence[Path] | None,
    *,
    expand: bool = False,
) -> LookedFor:
    """What ``--theme``, ``--themes`` and ``--expand`` mean with a query over an index."""
    if not themes and not expand:
        return LookedFor(query)

    from progsearch.clause import AnyOf
    from progsearch.cli._support.output import say
    from progsearch.themes import ThemeClauses

    catalogue = catalogue_of(folders, asked.summary.roots)
    clauses = ThemeClauses.of(catalogue, asked)
    if themes:
        wanted = list(dict.fromkeys(themes))
        for theme in wanted:
            _say_missing(theme, catalogue, asked)
        return LookedFor(query, [(theme, clauses.clause(theme)) for theme in wanted])
    words, rest = _split(query)
    met = _offers(asked, words, catalogue)
    if not met:
        say("no theme has these words in its English label or terms")
        return LookedFor(query)
    say(f"also searched for --theme {met[0]}")
    either = AnyOf((asked.clause(conjunction(words)), clauses.clause(met[0])))
    return LookedFor(conjunction(rest), [(met[0], either)])


def offer(asked: Index, query: Query, folders: Sequence[Path] | None) -> str:
    """The themes that a query in English may mean, as a line; empty when there is none."""
    words, _ = _split(query)
    if not words:
        return ""
    met = _offers(asked, words, catalogue_of(folders, asked.summary.roots) if folders else None)
    if not met:
        return ""
    return f"did you mean --theme {' or --theme '.join(met[:3])}? --expand searches for both"


def _say_missing(theme: str, catalogue: Catalogue, asked: Index) -> None:
    from progsearch.cli._support.output import say

    spoken = {lang for one in catalogue.within(theme) for lang in one.terms}
    missing = [lang for lang in asked.summary.languages if lang not in spoken]
    if missing:
        say(f"the theme {theme} has no terms in {', '.join(missing)}, so it finds nothing there")


def _split(query: Query) -> tuple[list[Query], list[Query]]:
    """The words and phrases of a query, and what else it asks."""
    words: list[Query] = []
    rest: list[Query] = []
    for part in query.parts if isinstance(query, And) else (query,):
        if not isinstance(part, Everything):
            (words if isinstance(part, Word | Phrase | Exact) else rest).append(part)
    return words, rest


def _offers(asked: Index, words: Sequence[Query], catalogue: Catalogue | None) -> list[str]:
    from progsearch.analysis import fold
    from progsearch.themes.offers import offers

    table = _table(asked, catalogue)
    texts = [str(word).strip('="') for word in words]
    found = offers(texts, table)
    if found or not all(text.isascii() for text in texts):
        return found
    vocabulary, languages = asked.engine.vocabulary, asked.summary.languages
    if any(
        vocabulary.known(text, lang) or any(True for _ in vocabulary.folded(fold(text), lang))
        for text in texts
        for lang in languages
    ):
        return []
    # Only words that the index does not have are worth the loading of a dictionary.
    return offers(texts, table, lambda form: vocabulary.entry(form, "en").keys)


def _table(asked: Index, catalogue: Catalogue | None) -> Offers:
    from progsearch.themes import STATE

    roots = asked.summary.roots
    kept: Offers | None = asked.engine.state(STATE).get("offers")
    if catalogue is None and kept is not None and not _beside(roots):
        return kept
    from progsearch.themes.offers import offers_table

    return offers_table((catalogue or catalogue_of(None, roots)).themes.values())
