"""The vectors of some passages: those of an index, or made for files and kept by their hash."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch import kept
from progsearch.errors import ProgsearchError
from progsearch.meaning.encoders import Encoder, lacking
from progsearch.meaning.store import Made, key_of, open_store, rows_of, text_of
from progsearch.model import Passage
from progsearch.search import Index

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Nearest", "nearest_of_files", "nearest_of_index"]

_BLOCK = 64  # texts that are encoded before it is told how far it is
_FEW = 5  # passages of a side below which its mean says nothing of it
_MOST = 50_000  # texts whose vectors are kept, with 384 numbers each about 80 MB


class Nearest:
    """Passages by the cosines of their vectors, to be asked which are nearest to others."""

    def __init__(self, rows: Mapping[str, int], vectors: NDArray[Any]) -> None:
        """``rows`` are the rows of the vectors by the ids of the passages."""
        self._rows, self._vectors = rows, vectors

    def between(
        self, asked: Sequence[Passage], others: Sequence[Passage]
    ) -> Callable[[int, int], list[int]]:
        """What finds, for the place of one that is asked, the places of so many others as are
        nearest to it, the nearest first.

        From each vector is taken what its side has in common: all promises of a programme are
        alike in being promises, and all reports in being reports. Source: Mu & Viswanath,
        "All-but-the-Top", 2018, who take the mean of all.
        """
        import numpy as np

        sides = [self._of(passages) for passages in (asked, others)]
        both = np.concatenate(sides)
        own = min(map(len, sides)) >= _FEW
        means = [(side if own else both).mean(axis=0) for side in sides]
        ones, there = (_directions(side - mean) for side, mean in zip(sides, means, strict=True))

        def nearest(one: int, limit: int) -> list[int]:
            cosines = there @ ones[one]
            return [int(place) for place in np.argsort(-cosines, kind="stable")[:limit]]

        return nearest

    def _of(self, passages: Sequence[Passage]) -> NDArray[Any]:
        import numpy as np

        return self._vectors[[self._rows[one.id] for one in passages]].astype(np.float32)


def _directions(vectors: NDArray[Any]) -> NDArray[Any]:
    """The same vectors, of length 1."""
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: NDArray[Any] = vectors / np.maximum(lengths, 1e-12)
    return found


def nearest_of_index(
    index: Index, folder: Path, passages: Sequence[Passage]
) -> tuple[str, Nearest]:
    """By the vectors of an index, and by which encoder they are.

    Raises ProgsearchError where it has none, or older ones.
    """
    store = open_store(index, folder)
    rows = {ident: row for row, ident in enumerate(store.ids)}
    if any(one.id not in rows for one in passages):
        raise ProgsearchError(
            "some passages have no vectors",
            where="--meaning",
            remedy="run: progsearch meaning",
        )
    return store.encoder, Nearest(rows, store.vectors)


def nearest_of_files(
    encoder: Encoder,
    passages: Sequence[Passage],
    told: Callable[[Made], None] | None = None,
) -> Nearest:
    """By vectors that are made for these passages, and kept for the next time.

    ``told`` hears how far it is. Raises ProgsearchError where numpy is missing.
    """
    try:
        import numpy as np
    except ImportError:
        raise lacking("numpy") from None

    texts = {key_of(text): text for text in map(text_of, passages)}
    known = dict(_kept(encoder.name))
    missing = sorted((key for key in texts if key not in known), key=lambda key: len(texts[key]))
    done = 0
    try:
        for at in range(0, len(missing), _BLOCK):
            some = missing[at : at + _BLOCK]
            found = encoder.passages([texts[key] for key in some])
            known |= dict(zip(some, found, strict=True))
            done += len(some)
            if told:
                told(Made(len(texts) - len(missing) + done, len(texts), done))
    finally:
        # A run that is stopped has made those that it has made.
        if done:
            _keep(encoder.name, {key: known[key] for key in (*texts, *known) if key in known})
    rows = {key: row for row, key in enumerate(texts)}
    places = {one.id: rows[key_of(text_of(one))] for one in passages}
    return Nearest(places, np.stack([known[key] for key in texts]))


def _kept(encoder: str) -> Iterator[tuple[bytes, Any]]:
    """The vectors of an encoder that were kept, by the hashes of their texts."""
    import numpy as np

    name, made_of = _name(encoder)
    data = kept.load(name, made_of, plain=True)
    if data is None:
        return
    for row in np.load(io.BytesIO(data), allow_pickle=False):
        yield bytes(row["key"]), row["vector"]


def _keep(encoder: str, vectors: Mapping[bytes, Any]) -> None:
    import numpy as np

    some = list(vectors)[:_MOST]
    out = io.BytesIO()
    found = np.stack([vectors[key] for key in some])
    np.save(out, rows_of(some, [""] * len(some), found, small=False), allow_pickle=False)
    name, made_of = _name(encoder)
    kept.keep(name, made_of, out.getvalue(), plain=True)


def _name(encoder: str) -> tuple[str, str]:
    """What the file of an encoder is called, and what it is made of."""
    made_of = kept.digest(b"rows of key, id and vector", encoder.encode())
    return f"vectors-{made_of[:12]}", made_of
