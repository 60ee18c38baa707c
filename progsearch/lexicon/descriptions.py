"""What a description of a topic is about, and what it says that belongs elsewhere.

Who describes a topic, as a codebook does, often ends with what is not meant: *How long one
waits for care belongs to waiting times*. The words of such a sentence are those of other topics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["parted"]

_ELSEWHERE: Mapping[str, str] = {
    "en": r"belongs?",
    "cs": r"(?:ne)?patří",
    "sv": r"hör\s+(?:(?:inte|ej)\s+)?(?:till|hit|hemma|under)|tillhör",
    "de": r"gehör(?:t|en)",
    "sk": r"(?:ne)?patr(?:í|ia)",
    "pl": r"należ(?:y|ą)\s+(?:tu\b|tutaj|do)",
    "da": r"hører\s+(?:ikke\s+)?(?:til|hjemme|under)",
    "nb": r"hører\s+(?:ikke\s+)?(?:til|hjemme|under)",
    "fi": r"kuulu(?:u|vat)?",
}
"""How a language says that something belongs elsewhere, or not here."""

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


def parted(text: str, lang: str) -> tuple[str, tuple[str, ...]]:
    """A description without the sentences, or parts behind a semicolon, on what belongs elsewhere,
    and these; a text of one sentence, or of such sentences only, stays as it is."""
    elsewhere = re.compile(rf"\b(?:{_ELSEWHERE[lang]})\b", re.IGNORECASE)
    sentences = _SENTENCE.split(text.strip())
    own = [one for one in sentences if not elsewhere.search(one)]
    if not own or len(own) == len(sentences):
        return text, ()
    return " ".join(own), tuple(one for one in sentences if elsewhere.search(one))
