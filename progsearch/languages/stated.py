"""Whether a document is in the language that is stated of it, as its texts read.

Systems that keep pages state a language that nobody chose, most often their own. Texts long
enough to be told are held against it; short ones say nothing one by one, and are told together.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from progsearch.languages.detect import Detector, detect_surely
from progsearch.languages.table import UNDETERMINED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["contradicted"]

MIN_PIECE = 12
"""Words in small letters of short texts that are told together."""

MIN_TOLD = 24
"""Words that must be told of a document: two sentences, or a list of some items."""

MAJORITY = 0.8
"""The share of the words told that must be in another language; a mixed document has less."""

MOST_PIECES = 60

_ONE = (frozenset(("nb", "nn")), frozenset(("hr", "bs", "sr")))
"""Languages that are stated for each other in good faith: both are Norwegian."""


def contradicted(
    texts: Sequence[str], stated: str, detector: Detector, bare: Callable[[str], str]
) -> str:
    """The language that a document's texts are in where that is clearly not the one stated, which
    ``detector`` must be able to tell; "" otherwise. ``bare`` takes the marks out of a text."""
    if not detector.can_tell(stated):
        return ""
    told: Counter[str] = Counter()
    for piece in map(bare, _pieces(texts)):
        if found := detect_surely(piece, stated, detector):
            told[found] += len(piece.split())
    told.pop(UNDETERMINED, None)
    if told.total() < MIN_TOLD:
        return ""
    best, words = told.most_common(1)[0]
    alike = any(best in group and stated in group for group in _ONE)
    return best if best != stated and not alike and words >= MAJORITY * told.total() else ""


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    """Texts of some length as they are, shorter ones joined; of very many some from all over."""
    pieces: list[str] = []
    short: list[str] = []
    size = 0
    for text in texts:
        small = sum(word.islower() for word in text.split())
        if small >= MIN_PIECE:
            pieces.append(text)
            continue
        short.append(text)
        size += small
        if size >= MIN_PIECE:
            pieces.append("\n".join(short))
            short, size = [], 0
    if size:
        pieces.append("\n".join(short))
    return iter(pieces[:: 1 + len(pieces) // MOST_PIECES])
