"""The vectors of an index: a numpy file beside it, keyed by the hash of each text.

One row a passage of the generation that it was made for: the hash of its text, its id, and its
vector (float32, or 127 times that in one byte, which ranks alike and takes a quarter). While
vectors are made, they go into blocks; a run that is stopped goes on from those. A text whose
hash is known is not encoded again, in whatever generation. Beside them is the mean of each
language, see :mod:`progsearch.meaning.common`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from progsearch.analysis import reading
from progsearch.clause import All
from progsearch.errors import ProgsearchError
from progsearch.meaning.common import Common, common_of, read_common, scale_of, write_common
from progsearch.meaning.encoders import DEFAULT, Encoder, lacking
from progsearch.model import Passage
from progsearch.outputs import replaced
from progsearch.search import Index

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "FOLDER",
    "Made",
    "Store",
    "is_made",
    "key_of",
    "make",
    "open_store",
    "rows_of",
    "text_of",
]

FOLDER = "meaning"
"""The folder of an index with its vectors."""

_ABOUT, _WHOLE = "meaning.json", "vectors.npy"
_BLOCK = 256  # texts that are encoded, and kept, together
_KEY = 16  # bytes of a hash
_ID = 40  # letters of a passage's id at most
_WORDS = 220  # words of a text that are encoded; models read about 512 pieces of words

Rows = Any
"""A structured array: ``key``, ``id`` and ``vector``."""


@dataclass(frozen=True, slots=True)
class Made:
    """How far the making of vectors is: passages done of all, and how many were encoded."""

    done: int
    of: int
    encoded: int


@dataclass(frozen=True, slots=True)
class Store:
    """The vectors of all passages of an index, by one encoder.

    ``ids`` are those of the passages, in the order of the rows. ``named`` is the encoder as
    the user named it, ``encoder`` what tells its vectors from others. What the vectors of a
    language have in common is taken from each where it is known.
    """

    named: str
    encoder: str
    ids: Sequence[str]
    vectors: NDArray[Any]
    common: Common | None = None

    def rows(self, wanted: slice | Sequence[int]) -> NDArray[Any]:
        """Some of the vectors, of length 1."""
        import numpy as np

        found: NDArray[Any] = self.vectors[wanted].astype(np.float32) / scale_of(self.vectors)
        return self.common.without(found, wanted) if self.common else found

    def of_questions(self, vectors: NDArray[Any], langs: Sequence[str]) -> NDArray[Any]:
        """The vectors of questions in these languages, to be compared with those of passages."""
        return self.common.taken(vectors, langs) if self.common else vectors

    def nearest(self, vector: NDArray[Any]) -> Iterator[tuple[str, float]]:
        """The ids of all passages, the nearest to a vector first, with the cosine.

        Of several vectors, a row each, the largest cosine counts.
        """
        import numpy as np

        cosines = np.empty(len(self.ids), dtype=np.float32)
        asked = np.atleast_2d(vector).astype(np.float32)
        step = 20_000
        for at in range(0, len(self.ids), step):
            rows = slice(at, at + step)
            # No vector is changed, only what comes of it: that is a number each.
            dots = self.vectors[rows].astype(np.float32, copy=False) @ asked.T
            dots /= scale_of(self.vectors)
            each = self.common.cosines(dots, asked, rows) if self.common else dots
            cosines[rows] = each.max(axis=1)
        for row in np.argsort(-cosines, kind="stable"):
            yield self.ids[row], float(cosines[row])

    def cosines(self, vector: NDArray[Any], passages: Sequence[str]) -> list[float]:
        """The cosines of some passages with a vector, or the largest with several; 0 for one that
        is not there."""
        import numpy as np

        rows = {ident: row for row, ident in enumerate(self.ids)}
        there = [rows[one] for one in passages if one in rows]
        each = self.rows(there) @ np.atleast_2d(vector).T
        by_row = dict(zip(there, map(float, each.max(axis=1)), strict=True))
        return [by_row[rows[one]] if one in rows else 0.0 for one in passages]

    def nearest_to_all(self, passages: Collection[str]) -> Iterator[str]:
        """The ids of all passages, the nearest to the middle of some first."""
        import numpy as np

        rows = [row for row, ident in enumerate(self.ids) if ident in passages]
        if not rows:
            return
        middle = self.rows(rows).mean(axis=0)
        middle /= float(np.linalg.norm(middle)) or 1.0
        yield from (ident for ident, _ in self.nearest(middle))

    def vector(self, passage: str) -> NDArray[Any] | None:
        """The vector of a passage, of length 1; nothing for an id that is not there."""
        import numpy as np

        if passage not in self.ids:
            return None
        found = self.rows([self.ids.index(passage)])[0]
        length = float(np.linalg.norm(found))
        unit: NDArray[Any] = found / (length or 1.0)
        return unit


def text_of(passage: Passage) -> str:
    """What is encoded of a passage: its text as people read it, below its nearest heading."""
    above = f"{passage.headings[-1]}: " if passage.headings else ""
    words = reading(f"{above}{passage.text}").text.split()
    return " ".join(words[:_WORDS])


def make(
    index: Index,
    folder: Path,
    encoder: Encoder,
    named: str = DEFAULT,
    *,
    small: bool = False,
    told: Callable[[Made], None] | None = None,
) -> Made:
    """Make the vectors of an index in a folder; of ``small`` ones each number takes one byte.

    Only texts are encoded whose vectors are not there. ``told`` hears of each block. Raises
    ProgsearchError when a file cannot be written.
    """
    try:
        import numpy as np
    except ImportError:
        raise lacking("numpy") from None

    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    _forget_others(place, encoder.name, small=small)
    results = index.engine.search(All(), scope=All(), limit=None, ranked=False)
    passages, langs = [], []
    for one, _ in results.hits:
        passages.append((one.id, text_of(one)))
        langs.append(one.lang.value)
    keys = [key_of(text) for _, text in passages]
    known = {bytes(row["key"]): row["vector"] for part in _parts(place) for row in part}
    waiting = {key: text for key, (_, text) in zip(keys, passages, strict=True) if key not in known}
    encoded = 0
    number = len(list(place.glob("block-*.npy")))
    order = sorted(waiting, key=lambda key: len(waiting[key]))
    for at in range(0, len(order), _BLOCK):
        some = order[at : at + _BLOCK]
        found = encoder.passages([waiting[key] for key in some])
        rows = rows_of(some, [""] * len(some), found, small=small)
        number += 1
        with replaced(place / f"block-{number:06}.npy") as aside, aside.open("wb") as file:
            np.save(file, rows)
        known |= {key: row["vector"] for key, row in zip(some, rows, strict=True)}
        encoded += len(some)
        if told:
            told(Made(len(passages) - len(waiting) + encoded, len(passages), encoded))
    if not passages:
        raise ProgsearchError("the index has no passages", remedy="run: progsearch ingest PATH")
    ids = [ident for ident, _ in passages]
    whole = rows_of(keys, ids, np.stack([known[key] for key in keys]), small=small)
    with replaced(place / _WHOLE) as aside, aside.open("wb") as file:
        np.save(file, whole)
    write_common(place, common_of(whole["vector"], langs))
    about = {
        "encoder": encoder.name,
        "named": named,
        "small": small,
        "corpus": index.summary.corpus_hash,
        "passages": len(passages),
    }
    with replaced(place / _ABOUT) as aside:
        aside.write_text(json.dumps(about, indent=1), encoding="utf-8")
    for block in place.glob("block-*.npy"):
        block.unlink()
    return Made(len(passages), len(passages), encoded)


def is_made(folder: Path) -> bool:
    """Whether there are vectors of an index in its folder, of today or of before."""
    return (folder / FOLDER / _ABOUT).is_file()


def open_store(index: Index, folder: Path) -> Store:
    """The vectors of an index. Raises ProgsearchError when there are none, or older ones."""
    try:
        import numpy as np
    except ImportError:
        raise lacking("numpy") from None

    place = folder / FOLDER
    try:
        about = json.loads((place / _ABOUT).read_text(encoding="utf-8"))
        rows = np.load(place / _WHOLE, mmap_mode="r", allow_pickle=False)
        named, encoder, corpus = about["named"], about["encoder"], about["corpus"]
    except FileNotFoundError:
        raise ProgsearchError(
            "the index has no vectors", where="--meaning", remedy="run: progsearch meaning"
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise ProgsearchError(
            "the vectors of the index cannot be read",
            where=str(place),
            remedy="remove that folder, and run: progsearch meaning",
        ) from None
    if corpus != index.summary.corpus_hash:
        raise ProgsearchError(
            "the vectors are of the index as it was before",
            where="--meaning",
            remedy="run: progsearch meaning (only new passages are encoded)",
        )
    common = read_common(place, rows["vector"])
    return Store(named, encoder, [one.decode() for one in rows["id"]], rows["vector"], common)


def key_of(text: str) -> bytes:
    """The hash by which the vector of a text is found."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=_KEY).digest()


def rows_of(keys: Sequence[bytes], ids: Sequence[str], vectors: Any, *, small: bool) -> Rows:  # noqa: ANN401
    """Rows as they stand in a file."""
    import numpy as np

    kind = np.int8 if small else np.float32
    size = vectors.shape[1]
    rows = np.zeros(
        len(keys), dtype=[("key", f"V{_KEY}"), ("id", f"S{_ID}"), ("vector", kind, (size,))]
    )
    rows["key"] = np.frombuffer(b"".join(keys), dtype=f"V{_KEY}")
    rows["id"] = [ident.encode() for ident in ids]
    if small and vectors.dtype != np.int8:
        vectors = np.clip(np.rint(vectors * 127), -127, 127)
    rows["vector"] = vectors
    return rows


def _parts(place: Path) -> Iterator[Rows]:
    """The rows that are there: of the last generation, and of a run that was stopped."""
    import numpy as np

    for file in (place / _WHOLE, *sorted(place.glob("block-*.npy"))):
        try:
            yield np.load(file, allow_pickle=False)
        except (OSError, ValueError):
            continue  # it is made anew


def _forget_others(place: Path, encoder: str, *, small: bool) -> None:
    """Remove vectors of another encoder, or of another size: they cannot be compared."""
    mark = place / "encoder.json"
    told = json.dumps({"encoder": encoder, "small": small})
    try:
        if mark.read_text(encoding="utf-8") == told:
            return
    except OSError:
        pass
    for file in (place / _ABOUT, place / _WHOLE, *place.glob("block-*.npy")):
        file.unlink(missing_ok=True)
    with replaced(mark) as aside:
        aside.write_text(told, encoding="utf-8")
