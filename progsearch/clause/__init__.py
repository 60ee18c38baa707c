"""Queries in the terms of an index: what engines run.

:func:`resolve` turns a query into a clause. A word becomes the keys that it may have in
each language of the index; engines, which know no languages, look only for keys.
"""

from __future__ import annotations

from progsearch.clause.algebra import (
    EXPANDED,
    WEIGHTS,
    All,
    AllOf,
    AnyOf,
    Clause,
    Dated,
    FacetIn,
    How,
    Leaf,
    Nearby,
    NoneOf,
    OneOf,
    Sequential,
    Side,
    Textual,
    every_leaf,
    leaves,
)
from progsearch.clause.keys import form_key, keys_of, lemma_key, part_key, words_of
from progsearch.clause.resolving import UNATTESTED, Lookup, Vocabulary, lookups, resolve

__all__ = [
    "EXPANDED",
    "UNATTESTED",
    "WEIGHTS",
    "All",
    "AllOf",
    "AnyOf",
    "Clause",
    "Dated",
    "FacetIn",
    "How",
    "Leaf",
    "Lookup",
    "Nearby",
    "NoneOf",
    "OneOf",
    "Sequential",
    "Side",
    "Textual",
    "Vocabulary",
    "every_leaf",
    "form_key",
    "keys_of",
    "leaves",
    "lemma_key",
    "lookups",
    "part_key",
    "resolve",
    "words_of",
]
