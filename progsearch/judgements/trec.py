"""Relevance judgements and rankings in the files of the Text Retrieval Conference (TREC).

Both are read by ``trec_eval`` and what follows it; the themes are the topics. Ids have no
blanks, so a line has as many fields as there are blanks and one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from progsearch.judgements.units import Unit

__all__ = ["write_qrels", "write_run"]


def write_qrels(units: Mapping[str, Sequence[Unit]], out: TextIO) -> None:
    """Write the judgements: topic, 0, passage, relevance."""
    for theme, of_theme in units.items():
        out.writelines(f"{theme} 0 {unit.id} {unit.row.relevance}\n" for unit in of_theme)


def write_run(units: Mapping[str, Sequence[Unit]], out: TextIO, tag: str = "progsearch") -> None:
    """Write the ranking of what was found: topic, Q0, passage, rank, score, name of the run."""
    for theme, of_theme in units.items():
        found = [(unit.score, unit.id) for unit in of_theme if unit.score is not None]
        # trec_eval orders equal scores by id, the last one first.
        out.writelines(
            f"{theme} Q0 {id_} {rank} {score:.6f} {tag}\n"
            for rank, (score, id_) in enumerate(sorted(found, reverse=True), 1)
        )
