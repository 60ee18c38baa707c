"""How alike the engines rank: the overlap of their first hits on the themes that are shipped.

    python -m benchmarks.overlap --shared ../shared [--index FOLDER]

The demonstration corpus and the shared documents are put into an index of each engine, and
every theme is searched in both. The overlap of a theme is the share of the first hits of the
one, 20 or as many as there are, that are among the first of the other. Hits with the same
score as the last of them are as good as that one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from progsearch.engine import create, installed
from progsearch.ingest import ingest
from progsearch.query import Everything
from progsearch.scope import Filters
from progsearch.search import Hit, Index
from progsearch.settings import Settings
from progsearch.themes import ThemeClauses, load

ROOT = Path(__file__).parent.parent
DEFAULTS = ROOT / "tests" / "data" / "shared.toml"
FIRST = 20


@dataclass(frozen=True, slots=True)
class Overlap:
    """How alike two rankings of one theme are."""

    theme: str
    total: int
    first: float
    """The share of the first hits that both have."""
    best: bool
    """Whether both have the same hit first."""


def indexes(folder: Path, shared: Path | None, names: Sequence[str]) -> Iterator[Index]:
    """An index of each engine over the same files; one that is there is brought up to date."""
    # Folders of one name cannot be told apart in an index.
    demonstration = folder / "demonstration"
    shutil.copytree(ROOT / "corpus", demonstration, dirs_exist_ok=True)
    paths = [demonstration, *([shared / "corpus"] if shared else [])]
    for name in names:
        engine = create(name, folder / name)
        for _ in ingest(engine, paths, Settings(defaults_file=DEFAULTS, processes=2)):
            pass
        yield Index.of(engine)


def overlaps(one: Index, other: Index, limit: int = FIRST) -> Iterator[Overlap]:
    """How alike two engines rank the passages of each theme."""
    catalogue = load()
    clauses = [ThemeClauses.of(catalogue, index) for index in (one, other)]
    for theme in catalogue.themes:
        # Some more of the one, so that equals of its last hit can be seen.
        ranked = [
            index.search(Everything(), Filters(), limit=hits, clauses=[known.clause(theme)])
            for index, known, hits in zip((one, other), clauses, (5 * limit, limit), strict=True)
        ]
        if ranked[0].total:
            first, second = (list(found.hits) for found in ranked)
            best = first[0].passage.id == second[0].passage.id
            yield Overlap(theme, ranked[0].total, overlap(first, second, limit), best)


def overlap(one: Sequence[Hit], other: Sequence[Hit], limit: int) -> float:
    """The share of the first hits of ``other`` that are as good as the first of ``one``."""
    first = one[:limit]
    least = first[-1].score * (1 - 1e-4)
    good = {hit.passage.id for hit in one if hit.score >= least}
    return sum(hit.passage.id in good for hit in other[:limit]) / len(first)


def main() -> None:
    """Print a line for each theme, and the means."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, help="folder of the real documents")
    parser.add_argument("--index", type=Path, help="a folder for the indexes; they are kept there")
    given = parser.parse_args()
    names = installed()
    if len(names) < 2:
        sys.exit("one engine only is installed; run: pip install progsearch[tantivy]")
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.index or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        one, other = indexes(folder, given.shared, names)
        found = list(overlaps(one, other))
        for index in (one, other):
            index.engine.close()
    print(f"| theme | passages | overlap of the first {FIRST} | same first |")
    print("| --- | ---: | ---: | --- |")
    for each in found:
        print(
            f"| {each.theme} | {each.total} | {each.first:.2f} | {'yes' if each.best else 'no'} |"
        )
    print(
        f"\n{len(found)} themes: overlap {mean(each.first for each in found):.3f} in the mean, "
        f"{min(each.first for each in found):.2f} at least; the same hit first in "
        f"{sum(each.best for each in found)}"
    )


if __name__ == "__main__":
    main()
