"""What a cluster takes beside tantivy, in one run on the same passages and themes.

    python -m benchmarks.cluster --cluster http://127.0.0.1:9200 --sizes 10000,100000

Each engine builds an index of the synthetic corpus (:mod:`benchmarks.corpus`), and is asked the
same 20 themes, each in a session that has asked before. Times of processors are those of this
process and, for the cluster, those of its nodes beside them, as they tell them themselves.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import SyntheticCorpus, Theme, demonstration_lemmas
from progsearch.clause import All, AllOf, FacetIn, NoneOf
from progsearch.engine import Cluster, OpenEngine, create

THEMES = 20


@dataclass
class Taken:
    """Seconds of this process, of the nodes, and on the wall."""

    own: float = 0.0
    nodes: float = 0.0
    wall: float = 0.0


def _nodes(cluster: str) -> float:
    if not cluster:
        return 0.0
    address = cluster.partition(",")[0]
    with urllib.request.urlopen(f"{address}/_nodes/stats/process") as found:
        told = json.load(found)["nodes"].values()
    return float(sum(one["process"]["cpu"]["total_in_millis"] for one in told)) / 1000


@contextmanager
def taken(cluster: str) -> Iterator[Taken]:
    """Measure what is done in a context."""
    result = Taken()
    nodes, own, wall = _nodes(cluster), sum(os.times()[:4]), time.perf_counter()
    yield result
    result.wall, result.own = time.perf_counter() - wall, sum(os.times()[:4]) - own
    result.nodes = _nodes(cluster) - nodes


def build(engine: OpenEngine, corpus: SyntheticCorpus, cluster: str) -> Taken:
    """Write the corpus; the making of it is not measured."""
    with engine.writer() as writer:
        documents = list(corpus.documents())
        with taken(cluster) as total:
            for prepared in documents:
                writer.add(prepared)
            writer.commit({"summary": {}})
    return total


def times(ask: Callable[[Theme], object], themes: list[Theme]) -> tuple[float, float]:
    """Milliseconds on the wall of a question, the median and the 95th percentile."""
    found = []
    for theme in themes:
        begun = time.perf_counter()
        ask(theme)
        found.append(1000 * (time.perf_counter() - begun))
    found.sort()
    return median(found), found[int(len(found) * 0.95)]


def run(name: str, corpus: SyntheticCorpus, themes: list[Theme], cluster: str) -> str:
    """The row of an engine."""
    everything = AllOf((NoneOf(FacetIn("role", frozenset({"heading"}))),))
    at = cluster if name == "opensearch" else ""
    with tempfile.TemporaryDirectory() as folder:
        nodes = Cluster(at) if at else None
        with closing(create(name, Path(folder, "index"), cluster=nodes)) as engine:
            built = build(engine, corpus, at)
            size = engine.status().size
            clauses = {id(theme): theme.clause(engine.vocabulary) for theme in themes}
            for one in clauses.values():
                engine.search(one, scope=All(), limit=20)  # frequencies are known from here on

            def search(theme: Theme) -> object:
                return engine.search(clauses[id(theme)], scope=All(), limit=20)

            def groups(theme: Theme) -> object:
                return engine.tally([clauses[id(theme)]], scope=everything, by=["region"])

            asked = [times(search, themes), times(groups, themes)]
            begun = time.perf_counter()
            engine.tally(list(clauses.values()), scope=everything, by=["region", "party"])
            compared = 1000 * (time.perf_counter() - begun)
    cells = [name, f"{built.own:.1f} + {built.nodes:.1f}", f"{built.wall:.1f}", f"{size / 1e6:.0f}"]
    cells += [f"{low:.1f} / {high:.1f}" for low, high in asked]
    return f"| {' | '.join([*cells, f'{compared:.0f}'])} |"


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cluster", required=True)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--engine", action="append", choices=("tantivy", "opensearch"))
    given = parser.parse_args()
    lemmas = demonstration_lemmas()
    for size in map(int, given.sizes.split(",")):
        corpus = SyntheticCorpus(size, lemmas)
        themes = corpus.themes(THEMES)
        print(f"\n{size:,} passages\n")
        print("| engine | build, CPU s, own + nodes | build s | MB | theme p50 / p95 ms", end="")
        print(" | groups p50 / p95 ms | 20 themes by region and party ms |")
        print("| --- |" + " ---: |" * 6)
        for name in given.engine or ("tantivy", "opensearch"):
            print(run(name, corpus, themes, given.cluster), flush=True)


if __name__ == "__main__":
    main()
