"""How fast one and two writers fill a cluster of one, two and three nodes.

    python -m benchmarks.cluster_bulk --size 20000

It starts nodes of its own, as the tests do (tests/cluster/nodes.py), all on this machine; so what
more nodes take is seen, and not what they would give on machines of their own. The index has a
part a node, and with two nodes or more each part is kept twice. Several writers are processes that
write a share of a generation each (docs/cluster.md).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import time
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.cluster_kills import cluster_nodes
from benchmarks.corpus import SyntheticCorpus, demonstration_lemmas
from progsearch.engine import Cluster, create

WRITERS = (1, 2)
NODES = (1, 2, 3)


def _of_nodes(address: str) -> float:
    time.sleep(1.2)  # they look at their clocks each second
    with urllib.request.urlopen(f"{address.partition(',')[0]}/_nodes/stats/process") as found:
        told = json.load(found)["nodes"].values()
    return float(sum(one["process"]["cpu"]["total_in_millis"] for one in told)) / 1000


def _share(folder: Path, corpus: SyntheticCorpus, number: int, of: int, told: Any) -> None:  # noqa: ANN401
    """Write a share of the corpus; what is told are the seconds, and those of its processor."""
    documents = [one for at, one in enumerate(corpus.documents()) if at % of == number - 1]
    ready, generation, results = told
    ready.wait()
    begun, cpu = time.perf_counter(), time.process_time()
    with (
        closing(create(None, folder, together=True)) as engine,
        engine.together().share(generation, number, of) as writer,
    ):
        for one in documents:
            writer.add(one)
        writer.commit({"report": {}})
    results.put((time.perf_counter() - begun, time.process_time() - cpu))


def filled(address: str, corpus: SyntheticCorpus, writers: int, shards: int) -> str:
    """Fill an index; a row of the table."""
    processes = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "index")
        with closing(create("opensearch", folder, cluster=Cluster(address, shards=shards))) as made:
            generation = made.together().begin()
        ready, results = processes.Barrier(writers + 1), processes.Queue()
        told = (ready, generation, results)
        running = [
            processes.Process(target=_share, args=(folder, corpus, number, writers, told))
            for number in range(1, writers + 1)
        ]
        for one in running:
            one.start()
        ready.wait()
        nodes, begun = _of_nodes(address), time.perf_counter()
        found = [results.get() for _ in running]
        for one in running:
            one.join()
        with closing(create(None, folder, together=True)) as made:
            made.together().reports(generation, "report")
            with made.together().committing(generation) as writer:
                writer.commit({"summary": {}})
        wall = time.perf_counter() - begun
        nodes = _of_nodes(address) - nodes
        client = sum(cpu for _, cpu in found)
    return f"{wall:.1f} | {client:.1f} | {nodes:.1f}"


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=20_000)
    given = parser.parse_args()
    corpus = SyntheticCorpus(given.size, demonstration_lemmas())
    print(f"{given.size:,} passages\n")
    print("| nodes | writers | seconds | CPU s of the writers | CPU s of the nodes |")
    print("| ---: |" + " ---: |" * 4)
    for count in NODES:
        with cluster_nodes().nodes(count) as nodes:
            address = ",".join(node.url for node in nodes)
            filled(address, corpus, 1, count)  # the nodes are warm from here on
            for writers in WRITERS:
                print(f"| {count} | {writers} | {filled(address, corpus, writers, count)} |")


if __name__ == "__main__":
    main()
