"""What a user may ask: a small algebra of queries, its parser and its printer.

``parse(str(query)) == query`` holds for every query that :func:`parse` returns.
"""

from __future__ import annotations

from progsearch.query.algebra import (
    CODES,
    FACETS,
    SAID,
    And,
    Everything,
    Exact,
    Facet,
    Lemma,
    Near,
    Not,
    Or,
    Phrase,
    Plain,
    Prefix,
    Query,
    Regex,
    Term,
    Wild,
    Word,
    bounds,
    conjunction,
    expanding,
    facets,
    lemmas,
)
from progsearch.query.parsing import (
    MAX_LENGTH,
    WITH_PARTS,
    QuerySyntaxError,
    is_free,
    parse,
    parse_term,
)

__all__ = [
    "CODES",
    "FACETS",
    "MAX_LENGTH",
    "SAID",
    "WITH_PARTS",
    "And",
    "Everything",
    "Exact",
    "Facet",
    "Lemma",
    "Near",
    "Not",
    "Or",
    "Phrase",
    "Plain",
    "Prefix",
    "Query",
    "QuerySyntaxError",
    "Regex",
    "Term",
    "Wild",
    "Word",
    "bounds",
    "conjunction",
    "expanding",
    "facets",
    "is_free",
    "lemmas",
    "parse",
    "parse_term",
]
