"""Which terms of a theme file, and which words of its sets, cannot be parsed?

Apart from the reading of files, for to parse all terms of all themes takes longer than a search.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from progsearch.errors import Problem
from progsearch.query import QuerySyntaxError, parse_term
from progsearch.themes.sets import expanded, named_sets, set_item
from progsearch.themes.theme import ThemeFile

__all__ = ["term_problems"]


def term_problems(read: ThemeFile) -> Iterator[Problem]:
    """The terms of a file, and the words of its sets, that cannot be parsed, each at its line."""
    amiss: set[tuple[str, str]] = set()
    for lang, sets in read.sets.items():
        for name, items in sets.items():
            found = list(_item_problems(read.path, name, items))
            yield from found
            # What is wrong in a set is said there, and not in every term that names it.
            if found or not items:
                amiss.add((lang, name))
    for (lang, term), line in read.lines.items():
        if not amiss.isdisjoint((lang, name) for name in named_sets(term)):
            continue
        try:
            parse_term(expanded(term, read.sets.get(lang, {})))
        except QuerySyntaxError as error:
            why = "" if error.what == "not a term" else f": {error.what}"
            yield Problem(read.path, line, f"not a term: {term}{why}", error.remedy)


def _item_problems(path: str, name: str, items: Mapping[str, int]) -> Iterator[Problem]:
    for item, line in items.items():
        try:
            set_item(item)
        except QuerySyntaxError as error:
            yield Problem(path, line, f"{item} cannot be in ${name}: {error.what}", error.remedy)
