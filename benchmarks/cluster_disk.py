"""A node whose disk gets full: what a writer is told, and what is left of the index.

    python -m benchmarks.cluster_disk

Needs rights to mount a file system in memory (tmpfs), which is the disk. With the cluster's own
watermarks it stops taking rows before the disk is full; a cluster looks at its disks every ten
seconds at most, so this takes half a minute and is no test.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.cluster_kills import cluster_nodes
from benchmarks.corpus import SyntheticCorpus, demonstration_lemmas
from progsearch.clause import All
from progsearch.engine import Cluster, create
from progsearch.errors import ProgsearchError

MARKS = {
    "cluster.routing.allocation.disk.threshold_enabled": True,
    "cluster.routing.allocation.disk.watermark.low": "60%",
    "cluster.routing.allocation.disk.watermark.high": "70%",
    "cluster.routing.allocation.disk.watermark.flood_stage": "80%",
    "cluster.info.update.interval": "10s",
}
STEP = 400  # documents, of 20 passages


def _passages(engine: Any) -> int:  # noqa: ANN401
    return int(engine.tally([], scope=All(), by=()).total.passages)


def _shown(engine: Any) -> str:  # noqa: ANN401
    try:
        return f"{_passages(engine):,}"
    except ProgsearchError as error:
        return f"no answer ({error.what})"


def run(place: Path, size: int) -> None:
    """Fill the disk, see what is told, make room and go on."""
    of_nodes = cluster_nodes()
    documents = SyntheticCorpus(400_000, demonstration_lemmas()).documents()
    node = of_nodes.Node(place / "node", "node", {"node": of_nodes.free_port()}, MARKS)
    data = place / "node" / "data"
    data.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(data)]
    subprocess.run(mount, check=True)
    try:
        node.start()
        node.wait()
        with closing(create("opensearch", place / "index", cluster=Cluster(node.url))) as engine:
            kept = 0
            told: ProgsearchError | None = None
            while told is None:
                some = list(islice(documents, STEP))
                try:
                    with engine.writer() as writer:
                        for one in some:
                            writer.add(one)
                        writer.commit({"summary": {}})
                    kept += 20 * len(some)
                    time.sleep(2)
                except ProgsearchError as error:
                    told = error
            print(f"after {kept:,} passages: {told}; {told.remedy}", flush=True)
            print(f"the index still has {_shown(engine)}, and should have {kept:,}", flush=True)
            subprocess.run(["mount", "-o", f"remount,size={4 * size}m", str(data)], check=True)
            begun = time.monotonic()
            while True:
                try:
                    with engine.writer() as writer:
                        for one in some:
                            writer.add(one)
                        writer.commit({"summary": {}})
                    break
                except ProgsearchError as error:
                    if time.monotonic() - begun > 150:
                        raise
                    print(f"  not yet: {error.what}")
                    time.sleep(5)
            kept += 20 * len(some)
            print(f"with room again it takes rows after {time.monotonic() - begun:.0f} s")
            wrong = [what for _, what in engine.findings() if what]  # type: ignore[attr-defined]
            print(f"it has {_shown(engine)}, and should have {kept:,}; wrong: {wrong}")
    finally:
        node.kill()
        subprocess.run(["umount", str(data)], check=False)


def main() -> None:
    """Print what was told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=96, help="megabytes of the disk")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        run(Path(place), given.size)


if __name__ == "__main__":
    main()
