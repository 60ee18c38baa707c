"""Sentence vectors beside the words: passages that mean the same in other words.

An extra (``progsearch[meaning]``). Words come first: what is found by meaning alone is marked,
and counted nowhere.
"""

from __future__ import annotations

from progsearch.meaning.encoders import DEFAULT, Encoder, encoder_of

__all__ = ["DEFAULT", "Encoder", "encoder_of"]
