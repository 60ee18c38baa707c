"""Themes as a dictionary of quanteda, the R package for text analysis, in its YAML format.

Its keys are theme and language, and a narrower theme lies inside of its broader one. Its
patterns are globs and phrases with blanks, so NEAR, AND and /patterns/ have no counterpart and
are left out, as are exclusions; both are listed at the head of the file. quanteda has no lemmas:
apply the dictionary to lemmatised tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TextIO

import yaml

from progsearch.query import And, Exact, Lemma, Near, Regex
from progsearch.themes.sets import term_query, written_out
from progsearch.themes.theme import Theme

__all__ = ["write_quanteda"]


def write_quanteda(themes: Sequence[Theme], out: TextIO) -> None:
    """Write themes so that ``dictionary(file = "….yml", format = "YAML")`` reads them."""
    out.write("# quanteda dictionary; its values are lemmas, so lemmatise the tokens first\n")
    left_out = [line for theme in themes for line in _left_out(theme)]
    if left_out:
        out.write("# left out, for quanteda has no such pattern:\n")
        out.writelines(f"#   {line}\n" for line in left_out)
    here = {theme.id for theme in themes}
    tops = [theme for theme in themes if theme.broader not in here]
    tree = {theme.id: _tree(theme, themes) for theme in tops}
    yaml.safe_dump(tree, out, allow_unicode=True, sort_keys=False, width=100)


def _tree(theme: Theme, themes: Sequence[Theme]) -> dict[str, Any]:
    found: dict[str, Any] = {
        lang: [pattern for term in terms if (pattern := _pattern(theme, lang, term))]
        for lang, terms in theme.terms.items()
    }
    for other in themes:
        if other.broader == theme.id:
            found[other.id] = _tree(other, themes)
    return found


def _pattern(theme: Theme, lang: str, term: str) -> str:
    match term_query(theme, lang, term):
        case Near() | And() | Regex():
            return ""
        case Exact(text) | Lemma(text):
            return text
        case other:
            return str(other).replace('"', "")


def _left_out(theme: Theme) -> Iterator[str]:
    for lang, terms in theme.terms.items():
        for term in terms:
            if not _pattern(theme, lang, term):
                yield f"{theme.id} {lang}: {written_out(theme, lang, term)}"
    for lang, terms in theme.exclude.items():
        yield from (f"{theme.id} {lang}: not {written_out(theme, lang, term)}" for term in terms)
