"""What ``--theme`` and ``--expand`` mean with a query over an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from progsearch.languages import LANGUAGES
from progsearch.query import And, Everything, Exact, Phrase, Query, Word, conjunction

if TYPE_CHECKING:
    from progsearch.clause import Clause
    from progsearch.lexicon.translation import Translation
    from progsearch.scope import Filters
    from progsearch.search import Index
    from progsearch.themes.catalogue import Catalogue
    from progsearch.themes.offers import Offers
    from progsearch.themes.theme import Theme

__all__ = ["Sought", "offer", "sought"]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: a query, and themes (or words that stand for one) with it.

    ``labels`` are the themes' names by id; ``warnings`` what a reader of the numbers has to
    know of the themes: a language in which one has no terms, a file that cannot be used.
    ``themes`` are these as they are described. ``translation`` is what a question in another
    language means here; ``query`` holds nothing of it.
    """

    query: Query
    each: Sequence[tuple[str, Clause]] = ()
    labels: Mapping[str, str] | None = None
    warnings: tuple[str, ...] = ()
    translation: Translation | None = None
    themes: tuple[Theme, ...] = ()

    def described(self, languages: Sequence[str]) -> list[tuple[str, str]]:
        """What the themes are about in each of some languages: label and definition, without
        what that says belongs elsewhere; in English in the place of those that they lack."""
        from progsearch.lexicon.descriptions import parted

        found: dict[tuple[str, str], None] = {}
        for theme in self.themes:
            for lang in languages:
                said = lang if lang in theme.labels else "en"
                about = theme.definitions.get(said, "")
                own = parted(about, said)[0] if said in LANGUAGES else about
                found[lang, f"{theme.label(said)}. {own}".strip()] = None
        return list(found)

    @property
    def clauses(self) -> list[Clause]:
        """The themes as one further clause, any of them, and what was translated as another."""
        from progsearch.clause import AnyOf

        translated = [self.translation.clause] if self.translation else []
        if not self.each:
            return translated
        parts: list[Clause] = []
        for _, clause in self.each:
            parts += clause.parts if isinstance(clause, AnyOf) else (clause,)
        return [AnyOf(tuple(parts), coordinate=True, chosen=True), *translated]

    @property
    def unranked(self) -> list[Clause]:
        """The same for counting: the themes as they are, whose passages an engine may know."""
        from progsearch.clause import AnyOf

        themes = [AnyOf(tuple(clause for _, clause in self.each))] if self.each else []
        return [*themes, *([self.translation.clause] if self.translation else [])]

    @property
    def translations(self) -> list[str]:
        """What the words of a question in another language are looked for by, in lines."""
        return self.translation.lines if self.translation else []

    def narrowed(self, clause: Clause) -> Clause:
        """A theme of :attr:`each` together with what was translated."""
        from progsearch.clause import AllOf

        return AllOf((clause, self.translation.clause)) if self.translation else clause


def sought(
    index: Index,
    query: Query,
    themes: Sequence[str] = (),
    folders: Sequence[Path] | None = None,
    *,
    expand: bool = False,
    lang: str = "en",
    translation: Translation | None = None,
    filters: Filters | None = None,
) -> Sought:
    """What a query with themes, or one that is to be expanded to a theme, looks for.

    Themes that are named are not looked for by ``expand``, too. ``lang`` is the language of the
    labels. A ``translation`` stands in the place of the query that it is of. That a theme has no
    terms in a language is said of those that the ``filters`` let through. Raises ProgsearchError
    for an unknown theme, and for a folder that is not there.
    """
    if translation:
        query = Everything()
    if not themes and not expand:
        return Sought(query, translation=translation)

    from progsearch.clause import AnyOf
    from progsearch.themes.clauses import ThemeClauses
    from progsearch.themes.folders import catalogue_of, trouble
    from progsearch.themes.meant import Meant

    catalogue = catalogue_of(folders, index.summary.roots)
    warnings = [*trouble(catalogue)]
    clauses = ThemeClauses.of(catalogue, index)
    if themes:
        wanted = list(dict.fromkeys(themes))
        labels = {theme: catalogue.get(theme).label(lang) for theme in wanted}
        warnings += _unspoken(wanted, catalogue, index, filters)
        each = list(zip(wanted, Meant(clauses, index).get(wanted), strict=True))
        described = tuple(map(catalogue.get, wanted))
        return Sought(query, each, labels, tuple(warnings), translation, described)
    words, rest = _split(query)
    words = _english(translation) if translation else words
    met = _offers(index, words, catalogue, english=translation is not None)
    if not met:
        warnings.append("no theme has these words in its English label or terms")
        return Sought(query, warnings=tuple(warnings), translation=translation)
    warnings.append(f"also searched for --theme {met[0]}")
    meant = translation.clause if translation else index.clause(conjunction(words))
    either = AnyOf((meant, clauses.clause(met[0])))
    labels = {met[0]: catalogue.get(met[0]).label(lang)}
    described = (catalogue.get(met[0]),)
    return Sought(conjunction(rest), [(met[0], either)], labels, tuple(warnings), None, described)


def offer(
    index: Index,
    query: Query,
    folders: Sequence[Path] | None = None,
    translation: Translation | None = None,
) -> str:
    """The themes that a query in English, or one that was translated, may mean, as a line;
    empty when there is none."""
    words, _ = (_english(translation), ()) if translation else _split(query)
    if not words:
        return ""
    met = _offers(index, words, _own(index, folders), english=translation is not None)
    if not met:
        return ""
    return f"did you mean --theme {' or --theme '.join(met[:3])}? --expand searches for both"


def _english(translation: Translation) -> list[Query]:
    return [Phrase(tuple(map(Word, one.split()))) for one in translation.english]


def _own(index: Index, folders: Sequence[Path] | None) -> Catalogue | None:
    """The catalogue, where there are other themes than the shipped ones."""
    from progsearch.themes.folders import catalogue_of, folders_of

    roots = index.summary.roots
    return catalogue_of(folders, roots) if folders_of(folders, roots) else None


def _unspoken(
    themes: Sequence[str], catalogue: Catalogue, index: Index, filters: Filters | None
) -> Iterator[str]:
    """Lines on the languages in which themes have no terms, of what the filters let through."""
    missing = {}
    for theme in themes:
        spoken = {lang for one in catalogue.within(theme) for lang in one.terms}
        missing[theme] = [lang for lang in index.summary.languages if lang not in spoken]
    if not any(missing.values()):
        return
    from progsearch.languages.profiles import name_of
    from progsearch.scope import Filters, scope_of

    scope = scope_of(filters or Filters(), index.engine, index.summary)
    there = {lang for (lang,) in index.engine.tally([], scope=scope.clause, by=["lang"]).scope}
    for theme, languages in missing.items():
        if some := [lang for lang in languages if lang in there]:
            named = ", ".join(f"{name_of(lang)} ({lang})" for lang in some)
            yield f"the theme {theme} has no terms in {named}, so it finds nothing there"


def _split(query: Query) -> tuple[list[Query], list[Query]]:
    """The words and phrases of a query, and what else it asks."""
    words: list[Query] = []
    rest: list[Query] = []
    for part in query.parts if isinstance(query, And) else (query,):
        if not isinstance(part, Everything):
            (words if isinstance(part, Word | Phrase | Exact) else rest).append(part)
    return words, rest


def _offers(
    index: Index, words: Sequence[Query], catalogue: Catalogue | None, *, english: bool
) -> list[str]:
    """The themes that words may mean; ``english`` where they are known to be English."""
    from progsearch.analysis import fold
    from progsearch.themes.offers import offers

    table = _table(index, catalogue)
    texts = [str(word).strip('="') for word in words]
    found = offers(texts, table)
    if found or not all(text.isascii() for text in texts):
        return found
    vocabulary, languages = index.engine.vocabulary, index.summary.languages
    if not english and any(
        vocabulary.known(text, lang) or any(True for _ in vocabulary.folded(fold(text), lang))
        for text in texts
        for lang in languages
    ):
        return []
    # Only words that the index does not have are worth the loading of a dictionary.
    return offers(texts, table, lambda form: vocabulary.entry(form, "en").keys)


def _table(index: Index, catalogue: Catalogue | None) -> Offers:
    from progsearch.themes import STATE
    from progsearch.themes.offers import offers_table

    kept: Offers | None = index.engine.state(STATE).get("offers")
    if catalogue is None and kept is not None:
        return kept
    if catalogue is None:
        from progsearch.themes.catalogue import load

        catalogue = load()
    return offers_table(catalogue.themes.values())
