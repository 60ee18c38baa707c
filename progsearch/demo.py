"""The demonstration corpus, which a package brings along: invented parties, real formats."""

from __future__ import annotations

import shutil
from pathlib import Path

from progsearch.errors import ProgsearchError

__all__ = ["demo_corpus", "write_demo"]

_PLACES = (Path(__file__).parent / "data" / "demo", Path(__file__).parents[1] / "corpus")
"""In an installed package, and in a checkout."""


def demo_corpus() -> Path:
    """The folder of the demonstration corpus. Raises ProgsearchError where it is missing."""
    for place in _PLACES:
        if (place / "progsearch.toml").is_file():
            return place
    raise ProgsearchError(
        "the demonstration corpus is not in this package", remedy="install progsearch anew"
    )


def write_demo(folder: Path) -> int:
    """Write the demonstration corpus to a new or empty folder; how many files it has.

    Raises ProgsearchError where there is something already, and where it cannot be written.
    """
    source = demo_corpus()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProgsearchError(
            "there is something already", where=str(folder), remedy="name a new folder"
        )
    try:
        shutil.copytree(source, folder, dirs_exist_ok=True)
    except OSError as error:
        raise ProgsearchError(
            f"cannot be written: {error.strerror or error}",
            where=str(folder),
            remedy="name another folder",
        ) from None
    return sum(file.is_file() for file in folder.rglob("*"))
