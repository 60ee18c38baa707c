"""The lexicon of public policy: the words of one concept in every language.

Files in ``data/lexicon`` hold it; nothing of it is read before a question needs it.
"""

from __future__ import annotations

from progsearch.lexicon.concepts import Concept, load

__all__ = ["STATE", "Concept", "load"]

STATE = "lexicon"
"""The part of an index's state with the keys of the lexicon's words, see
:func:`progsearch.lexicon.words.words_record`."""
