"""Terms that a theme may lack: words and pairs of words that are unusual in its hits.

What the theme already finds is not looked at: a passage is a hit whatever else stands in
the places that matched, so only the words beside them can add anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from progsearch.analysis import Token, tokens
from progsearch.clause import AllOf, Clause, FacetIn, keys_of
from progsearch.keyness import keyness
from progsearch.matching import Indexed, places
from progsearch.model import Passage
from progsearch.scope import Filters, scope_of
from progsearch.search import Index
from progsearch.themes.catalogue import Catalogue
from progsearch.themes.clauses import ThemeClauses
from progsearch.themes.theme import bare

__all__ = ["Suggestion", "suggestions"]

Lemmas = tuple[str, ...]
"""The lemma of a word, or those of two words next to each other."""

_SHORTEST = 3  # letters of a lemma; shorter ones are particles and abbreviations
_COMMON = 0.1  # of the passages without a hit; a word in more of them is no content word


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A candidate term in a language.

    ``term`` is its lemma or lemmas, ``form`` how it is written most often; ``hits`` counts
    the theme's passages that have it, ``rest`` the other passages. ``score`` and ``ratio``
    are the log-likelihood and the effect size of :mod:`progsearch.keyness`. ``example`` is
    the id of a hit with it, ``theme`` another theme that has it as a term.
    """

    lang: str
    term: str
    form: str
    hits: int
    rest: int
    score: float
    ratio: float
    example: str
    theme: str = ""


@dataclass(slots=True)
class _Counts:
    """In how many passages of a language each word and pair stands."""

    hits: Counter[Lemmas] = field(default_factory=Counter)
    rest: Counter[Lemmas] = field(default_factory=Counter)
    forms: dict[Lemmas, Counter[str]] = field(default_factory=dict)
    examples: dict[Lemmas, str] = field(default_factory=dict)
    hit_passages: int = 0
    rest_passages: int = 0


def suggestions(
    theme: str,
    catalogue: Catalogue,
    index: Index,
    filters: Filters | None = None,
    *,
    limit: int = 20,
    minimum: int = 3,
) -> list[Suggestion]:
    """The most unusual words and pairs in a theme's hits, by language, at most ``limit`` each.

    Passages are counted, not occurrences, so that one long passage proposes nothing by
    itself. A word must stand in ``minimum`` hits. Raises ProgsearchError for an unknown theme.
    """
    found: list[Suggestion] = []
    owners = {
        (lang, bare(term)): other.id
        # The user's own themes come last and are the ones that are named.
        for other in sorted(catalogue.themes.values(), key=lambda one: one.id in catalogue.own)
        for lang, terms in other.terms.items()
        for term in terms
    }
    filters = (filters or Filters()).counting()
    clause = ThemeClauses.of(catalogue, index).clause(theme)
    for lang in index.summary.languages:
        if any(lang in one.terms for one in catalogue.within(theme)):
            counts = _count(clause, index, filters, lang)
            found += _ranked(lang, counts, owners, limit, minimum)
    return found


def _count(clause: Clause, index: Index, filters: Filters, lang: str) -> _Counts:
    engine = index.engine
    scope = scope_of(filters, engine, index.summary)
    once = scope.once
    counts = _Counts()
    here = FacetIn("lang", frozenset({lang}))
    met = engine.search(
        AllOf((here, clause)), scope=scope.narrow, limit=None, ranked=False, once=once
    )
    hits = {passage.id for passage, _ in met.hits}
    of = engine.search(here, scope=scope.narrow, limit=None, ranked=False, once=once)
    for passage in index.each(passage for passage, _ in of.hits):
        found = tokens(passage.text, lang, engine.vocabulary)
        if passage.id in hits:
            _add_hit(counts, passage, found, _taken(clause, found, lang))
        else:
            counts.rest_passages += 1
            counts.rest.update({lemmas for lemmas, _ in _candidates(passage.text, found, ())})
    return counts


def _taken(clause: Clause, found: Sequence[Token], lang: str) -> list[tuple[int, int]]:
    indexed = Indexed(
        tuple((token.start, token.end) for token in found),
        tuple(frozenset(keys_of(token, lang)) for token in found),
    )
    return [(match.start, match.end) for match in places(clause, indexed)]


def _add_hit(
    counts: _Counts,
    passage: Passage,
    found: Sequence[Token],
    taken: Sequence[tuple[int, int]],
) -> None:
    counts.hit_passages += 1
    seen: set[Lemmas] = set()
    for lemmas, (start, end) in _candidates(passage.text, found, taken):
        form = " ".join(passage.text[start:end].split())
        counts.forms.setdefault(lemmas, Counter())[form.lower()] += 1
        if lemmas not in seen:
            seen.add(lemmas)
            counts.hits[lemmas] += 1
            counts.examples.setdefault(lemmas, passage.id)


def _candidates(
    text: str, found: Sequence[Token], taken: Sequence[tuple[int, int]]
) -> Iterator[tuple[Lemmas, tuple[int, int]]]:
    """The words outside of the stretches that are taken, and the pairs of such words."""
    before: Token | None = None
    for token in found:
        lemma = token.keys[0]
        free = not any(token.start < end and token.end > start for start, end in taken)
        if not free or len(lemma) < _SHORTEST or not lemma[0].isalpha():
            before = None
            continue
        yield (lemma,), (token.start, token.end)
        if before and text[before.end : token.start].isspace():
            yield (before.keys[0], lemma), (before.start, token.end)
        before = token


def _ranked(
    lang: str,
    counts: _Counts,
    owners: Mapping[tuple[str, str], str],
    limit: int,
    minimum: int,
) -> Iterator[Suggestion]:
    common = {
        lemmas
        for lemmas, number in counts.rest.items()
        if len(lemmas) == 1 and number > _COMMON * counts.rest_passages
    }
    keys = keyness(
        counts.hits,
        counts.rest,
        target_size=counts.hit_passages,
        rest_size=counts.rest_passages,
        minimum=minimum,
    )
    telling = [key for key in keys if not any((lemma,) in common for lemma in key.item)]
    for key in telling[:limit]:
        yield Suggestion(
            lang,
            " ".join(key.item),
            counts.forms[key.item].most_common(1)[0][0],
            key.target,
            key.rest,
            key.score,
            key.ratio,
            counts.examples[key.item],
            owners.get((lang, " ".join(key.item)), ""),
        )
