"""Static vectors: a table of word pieces, by model2vec, fast enough for any corpus.

Tulkens & van Dongen, "Model2Vec: Fast State-of-the-Art Static Embeddings", 2024. The user
names the model; it has to know the languages of the corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from progsearch.errors import ProgsearchError
from progsearch.meaning.encoders import AbsentError, Vectors, lacking

__all__ = ["StaticEncoder"]


class StaticEncoder:
    """A static model in a folder, or one of the hub that is on this machine.

    With ``download`` one that is not is fetched. Raises ProgsearchError when the package or
    the model is not there.
    """

    def __init__(self, name: str, *, download: bool = False) -> None:
        try:
            from model2vec import StaticModel
        except ImportError:
            raise lacking("model2vec") from None
        folder = _folder(name, download=download)
        try:
            self._model = StaticModel.from_pretrained(folder, force_download=False)
        except Exception as error:  # noqa: BLE001 - files of a stranger, read by several libraries
            raise ProgsearchError(
                f"no static model can be read there: {type(error).__name__}",
                where=name,
                remedy="name a folder that model2vec has written",
            ) from None
        self.name = f"model2vec-{Path(name).name}-{_digest(self._model.embedding)}"

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is asked."""
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what is found."""
        import numpy as np

        found = self._model.encode(list(texts), use_multiprocessing=False)
        found = np.asarray(found, dtype=np.float32)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(length, 1e-12)
        return unit


_FILES = ("*.json", "*.safetensors", "*.txt", "README.md")
"""What a static model is made of; a hub may have the same for other libraries beside it."""


def _folder(name: str, *, download: bool) -> Path:
    """Where the files of a model lie."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(
            snapshot_download(name, local_files_only=not download, allow_patterns=list(_FILES))
        )
    except HFValidationError:
        raise ProgsearchError(
            "no folder, and no name of a model", where=name, remedy="name a folder, or OWNER/MODEL"
        ) from None
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError) as error:
        if download:
            raise ProgsearchError(
                f"the model cannot be fetched: {type(error).__name__}",
                where=name,
                remedy="fetch it elsewhere, and name its folder",
            ) from None
        raise AbsentError(
            "this model is not on this machine",
            where=name,
            remedy="fetch it with --download, or name its folder",
        ) from None


def _digest(table: Vectors) -> str:
    """What tells a model from another of the same name."""
    import numpy as np

    return blake2b(np.ascontiguousarray(table).tobytes(), digest_size=4).hexdigest()
