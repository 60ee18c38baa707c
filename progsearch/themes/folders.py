"""Which folders of theme files hold: one rule for all commands and for Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from progsearch.themes.catalogue import Catalogue, load

__all__ = ["FOLDER", "catalogue_of", "folders_of", "trouble"]

FOLDER = "themes"
"""The folder beside a corpus, or in the current one, whose theme files hold."""


def folders_of(
    given: Sequence[Path] | None = None, roots: Mapping[str, str] | None = None
) -> list[Path]:
    """The folders whose files add to or replace the shipped themes; a later one wins.

    First the ``themes`` beside each corpus of an index (``roots``), then the one in the
    current folder, then those that were ``given``, which need not exist: :func:`load` says so.
    """
    beside = [Path(root).parent / FOLDER for root in (roots or {}).values()]
    there = [folder for folder in (*beside, Path(FOLDER)) if folder.is_dir()]
    found: dict[Path, Path] = {}
    for folder in (*there, *(given or ())):
        # One that is there twice stands where it wins.
        found.pop(folder.resolve(), None)
        found[folder.resolve()] = folder
    return list(found.values())


def catalogue_of(
    given: Sequence[Path] | None = None, roots: Mapping[str, str] | None = None
) -> Catalogue:
    """The shipped themes and those of :func:`folders_of`.

    Raises ProgsearchError for a folder that was given and is not there.
    """
    return load(folders_of(given, roots))


def trouble(catalogue: Catalogue) -> list[str]:
    """A line for each file that cannot be used."""
    return [
        f"{read.path} cannot be used; progsearch themes check says why" for read in catalogue.broken
    ]
