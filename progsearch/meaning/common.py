"""What the vectors of a language have in common, and vectors without it.

All texts of a language are alike in being in that language, and all of a corpus in being of
that corpus, which says nothing of what they are about. Source: Mu & Viswanath,
"All-but-the-Top", 2018, who take the mean of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from progsearch.outputs import replaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Common", "common_of", "read_common", "scale_of", "write_common"]

FEW = 20
"""Passages of a language below which their mean says nothing of it; that of all stands for it."""

_FILE = "common.npz"
_SHORTEST = 1e-9  # what is no longer has no direction
_STEP = 20_000  # vectors that are held as numbers of four bytes together


@dataclass(frozen=True, slots=True)
class Common:
    """The means of the vectors of languages, a row each, that of all passages first, and the
    row that is that of each passage; and by what the vector of each passage without its mean is to
    be multiplied to have length 1."""

    langs: Sequence[str]
    means: NDArray[Any]
    of: NDArray[Any]
    inverse: NDArray[Any]

    def cosines(self, dots: NDArray[Any], vectors: NDArray[Any], rows: slice) -> NDArray[Any]:
        """The cosines of the passages in these rows with some vectors, a column each, where
        ``dots`` are the products of both as they are."""
        taken = (self.means @ vectors.T)[self.of[rows]]
        found: NDArray[Any] = (dots - taken) * self.inverse[rows, None]
        return found

    def without(self, vectors: NDArray[Any], rows: slice | Sequence[int]) -> NDArray[Any]:
        """The vectors of the passages in these rows without what they have in common."""
        return _unit(vectors - self.means[self.of[rows]])

    def taken(self, vectors: NDArray[Any], langs: Sequence[str]) -> NDArray[Any]:
        """The vectors of texts in these languages without what passages have in common there."""
        known = {lang: row for row, lang in enumerate(self.langs)}
        return _unit(vectors - self.means[[known.get(lang, 0) for lang in langs]])


def common_of(vectors: NDArray[Any], langs: Sequence[str]) -> Common | None:
    """What vectors of passages in these languages have in common; nothing where they are few."""
    import numpy as np

    if len(langs) < FEW:
        return None
    many = sorted(lang for lang, number in Counter(langs).items() if number >= FEW and lang)
    known = {lang: row for row, lang in enumerate(["", *many])}
    of = np.array([known.get(lang, 0) for lang in langs], dtype=np.uint16)
    sums = np.zeros((len(known), vectors.shape[1]))
    for at in range(0, len(of), _STEP):
        part = vectors[at : at + _STEP].astype(np.float32)
        here = of[at : at + _STEP]
        for row in np.unique(here):
            sums[row] += part[here == row].sum(axis=0)
    numbers = np.bincount(of, minlength=len(known))[:, None]
    sums[0], numbers[0] = sums.sum(axis=0), len(of)
    means = (sums / numbers / scale_of(vectors)).astype(np.float32)
    return Common(list(known), means, of, _inverse(vectors, means, of))


def scale_of(vectors: NDArray[Any]) -> float:
    """How many times as long vectors are as they are kept."""
    return 127.0 if vectors.dtype.itemsize == 1 else 1.0


def _inverse(vectors: NDArray[Any], means: NDArray[Any], of: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    found = np.empty(len(of), dtype=np.float32)
    for at in range(0, len(of), _STEP):
        part = vectors[at : at + _STEP].astype(np.float32) / scale_of(vectors)
        lengths = np.linalg.norm(part - means[of[at : at + _STEP]], axis=1)
        found[at : at + _STEP] = 1 / lengths.clip(min=_SHORTEST)
    return found


def write_common(folder: Path, common: Common | None) -> None:
    """Keep it beside the vectors, in the place of what was there."""
    import numpy as np

    if common is None:
        (folder / _FILE).unlink(missing_ok=True)
        return
    langs = np.array([lang.encode() for lang in common.langs])
    with replaced(folder / _FILE) as aside, aside.open("wb") as file:
        np.savez(file, langs=langs, means=common.means, of=common.of, inverse=common.inverse)


def read_common(folder: Path, vectors: NDArray[Any]) -> Common | None:
    """What was kept; nothing where there is none for these vectors, as beside older ones. What an
    older file lacks is made anew."""
    import numpy as np

    try:
        with (
            (folder / _FILE).open("rb") as file,
            np.load(file, allow_pickle=False) as found,
        ):
            langs = [one.decode() for one in found["langs"]]
            means, of = found["means"], found["of"]
            inverse = found.get("inverse")
    except (OSError, ValueError, KeyError, BadZipFile):
        return None
    fits = len(of) == len(vectors) and means.shape == (len(langs), vectors.shape[1])
    if not fits or not (of < len(langs)).all():
        return None
    if inverse is None or len(inverse) != len(of):
        inverse = _inverse(vectors, means, of)
    return Common(langs, means, of, inverse)


def _unit(vectors: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    unit: NDArray[Any] = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True).clip(
        min=_SHORTEST
    )
    return unit
