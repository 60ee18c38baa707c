"""Sets of words that terms of a theme share: ``$staff NEAR/5 (nedostat* OR chyb*)``.

A theme keeps its terms as written, since that is what people read; :func:`expanded` writes
the sets out where a term is to be parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from progsearch.facts.names import did_you_mean
from progsearch.query import (
    MAX_LENGTH,
    WITH_PARTS,
    Plain,
    QuerySyntaxError,
    Term,
    parse_term,
)
from progsearch.themes.theme import Theme

__all__ = ["SET_NAME", "expanded", "named_sets", "set_item", "term_query", "written_out"]

SET_NAME = re.compile(r"[^\W\d_][\w-]*")
"""What a set can be called; so ``$100`` is no set."""

_PIECE = re.compile(rf"(?P<quoted>[\"„“”][^\"„“”]*[\"“”])|\$(?P<name>{SET_NAME.pattern})")

Sets = Mapping[str, Collection[str]]
"""The words of the sets of one language of a theme, by name."""


def term_query(theme: Theme, lang: str, term: str) -> Term:
    """The query that a term or an exclusion of a theme means.

    Raises QuerySyntaxError as :func:`expanded` and :func:`progsearch.query.parse_term` do.
    """
    return parse_term(written_out(theme, lang, term))


def written_out(theme: Theme, lang: str, term: str) -> str:
    """A term or an exclusion of a theme with its sets written out.

    Raises QuerySyntaxError as :func:`expanded` does.
    """
    return expanded(term, theme.sets.get(lang, {}))


def named_sets(term: str) -> list[str]:
    """The names of the sets in a term, each time that they stand there."""
    return [match["name"] for match in _PIECE.finditer(term) if match["name"]]


def expanded(term: str, sets: Sets) -> str:
    """A term with alternatives in brackets for each ``$name``.

    Raises QuerySyntaxError for a set that is not there, that stands in quotes or by itself,
    that has something else than words, prefixes, exact forms and phrases, or that makes the
    term too long.
    """
    if "$" not in term:
        return term

    def piece(match: re.Match[str]) -> str:
        name = match["name"]
        if name is None:
            for quoted in re.findall(rf"\$({SET_NAME.pattern})", match[0]):
                if quoted in sets:
                    raise QuerySyntaxError(
                        f"the set ${quoted} stands in quotes",
                        term,
                        match.start(),
                        f"join it by NEAR: ${quoted} NEAR/1 word",
                    )
            return match[0]
        if name not in sets:
            raise QuerySyntaxError(
                f"there is no set ${name} in its language",
                term,
                match.start(),
                did_you_mean(
                    name,
                    sets,
                    f"write its words under sets, as {name}",
                    shown={one: f"${one}" for one in sets},
                    most=1,
                ),
            )
        if match[0] == term:
            raise QuerySyntaxError(
                "a set by itself is no term", term, 0, "write its words as terms, each in a line"
            )
        return _alternatives(tuple(sets[name]))

    found = _PIECE.sub(piece, term)
    if len(found) > MAX_LENGTH:
        raise QuerySyntaxError(
            f"with its sets written out it is longer than {MAX_LENGTH} characters",
            term,
            0,
            "make the sets smaller",
        )
    return found


# Terms of a theme share few sets, and to read their phrases takes as long as to read a term.
@lru_cache(maxsize=64)
def _alternatives(items: tuple[str, ...]) -> str:
    return f"({' OR '.join(str(set_item(item)) for item in items)})"


def set_item(text: str) -> Plain:
    """Read one of the words of a set. Raises QuerySyntaxError for what is not plain."""
    if named_sets(text):
        raise QuerySyntaxError("a set holds no other set", text, 0, "write its words here, too")
    if text.startswith(WITH_PARTS):
        remedy = f"put the {WITH_PARTS} before the whole term"
        raise QuerySyntaxError("a set has no parts of its own", text, 0, remedy)
    found = parse_term(text)
    if isinstance(found, Plain):
        return found
    raise QuerySyntaxError(
        "a set holds words, prefixes, exact forms and phrases only",
        text,
        0,
        "write NEAR and AND in the terms",
    )
