"""Nodes and writers of a cluster that are killed at random moments.

    python -m benchmarks.cluster_kills --nodes 50 --writers 50 [--seed 1]

It starts nodes of its own, as the tests do (tests/cluster/nodes.py). Of three nodes one after the
other is killed (``SIGKILL``) while passages are written, whichever it is, the one that leads the
others among them; after each, all passages that were acknowledged must be found, and no others.
Writers are processes of ``progsearch ingest``; after each that is killed the index must be wholly
the old or wholly the new one by its own numbers and checksums, the next ingest must finish, give
what a fresh build gives, and leave no row of the one that was killed.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import SyntheticCorpus, demonstration_lemmas
from benchmarks.kills import Contents, built, contents, edition, put
from progsearch.clause import All
from progsearch.engine import Cluster, create, open_engine
from progsearch.engine.opensearch.manifest import Ledger
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.settings import Settings

ROUND = 150
"""Documents that are written while a node is killed, of 20 passages each."""

STEP = 15
"""Documents after which a writer sends what it has."""


def cluster_nodes() -> Any:  # noqa: ANN401 - a module of the tests
    """What starts nodes."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    return import_module("cluster.nodes")


# Nodes


def killed_nodes(times: int, seed: int) -> Iterator[str]:
    """What became of each run during which a node was killed."""
    chance = random.Random(seed)
    corpus = SyntheticCorpus((times + 2) * ROUND * 20, demonstration_lemmas())
    documents = corpus.documents()
    with cluster_nodes().nodes(3) as nodes, tempfile.TemporaryDirectory() as place:
        at = Cluster(",".join(node.url for node in nodes), shards=3)
        with closing(create("opensearch", Path(place, "index"), cluster=at)) as engine:
            written: set[str] = set()
            lasted = 0.0
            for number in range(times + 1):
                some = list(islice(documents, ROUND))
                node = chance.choice(nodes)
                killer = threading.Timer(chance.uniform(0, lasted), node.kill)
                if number:  # the first is left alone, to see how long one takes
                    killer.start()
                begun = time.perf_counter()
                tries, told = _written(engine, some, number)
                lasted = lasted or time.perf_counter() - begun
                killer.join() if number else None
                written |= {one.document.id for one in some}
                wrong = _wrong(engine, written)
                if number:
                    took = time.perf_counter() - begun
                    what = wrong or ("went on" if not tries else f"told, and done again: {told}")
                    print(f"node {number}: {what}; {took:.1f} s", file=sys.stderr, flush=True)
                    yield what
                    node.start()
                    node.wait()
                prefix = engine.place.prefix  # type: ignore[attr-defined]
                health = f"/_cluster/health/{prefix}-*?wait_for_status=green&timeout=20s"
                for _ in range(9):
                    found = engine.client.ask("GET", health, missing=True)  # type: ignore[attr-defined]
                    if found and found["status"] == "green":
                        break


def _written(engine: Any, some: list[Any], number: int) -> tuple[int, str]:  # noqa: ANN401
    """Write documents and commit; how often it had to be done again, and why."""
    told = ""
    for tries in range(20):
        try:
            with engine.writer() as writer:
                for at, one in enumerate(some):
                    writer.add(one)
                    if at % STEP == STEP - 1:
                        writer.flush()
                writer.commit({"summary": {"number": number}})
        except ProgsearchError as error:
            told = error.what
            time.sleep(8)  # until the lease is over, or a node leads the others again
        else:
            return tries, told
    raise RuntimeError(told)


def _wrong(engine: Any, written: set[str]) -> str:  # noqa: ANN401
    """What is not as it was acknowledged."""
    for _ in range(20):
        try:
            found = engine.tally([], scope=All(), by=("document",)).scope
        except ProgsearchError:
            time.sleep(2)  # a node is missed before its parts are another's
            continue
        here = {ident for (ident,) in found}
        lost, more = len(written - here), len(here - written)
        passages = sum(one.passages for one in found.values())
        if lost or more or passages != 20 * len(written):
            return f"LOST: {lost} documents, {more} not written, {passages} passages"
        return ""
    return "NOT ANSWERED"


# Writers


def killed_writers(times: int, seed: int) -> Iterator[str]:
    """What was found after each writer that was killed."""
    chance = random.Random(seed)
    with cluster_nodes().nodes(1) as (node,), tempfile.TemporaryDirectory() as name:
        place = Path(name)
        corpus, folder = place / "corpus", place / "index"
        words = ["ingest", str(corpus), "--index", str(folder), "--languages", "en", "--quiet"]
        words = [sys.executable, "-m", "progsearch", *words]
        put(edition(0, chance), corpus)
        at = Cluster(node.url)
        with closing(create("opensearch", folder, cluster=at)) as engine:
            list(ingest(engine, [corpus], Settings(detected=("en",))))
        begun, committed, ended = 0.0, 0.0, 0.0
        for number in range(times + 1):
            old = _contents(folder)
            put(edition(number + 1, chance), corpus)
            fresh = place / f"fresh-{number}"
            built(corpus, fresh, "whoosh")
            with closing(open_engine(fresh)) as one:
                new = contents(one)
            if not number:
                begun, committed, ended = _timed(words, folder)
                continue
            _killed(words, folder, chance, (begun, committed, ended))
            now = _contents(folder)
            what = "new" if now == new else "old" if now == old else "MIXTURE"
            with closing(create(None, folder)) as engine:
                list(ingest(engine, [corpus], Settings(detected=("en",))))
                if _contents(folder) != new:
                    what = "MIXTURE after the next ingest"
                elif left := _left(engine):
                    what = f"LEFT: {left} rows"
            print(f"writer {number}: {what}", file=sys.stderr, flush=True)
            yield what


def _contents(folder: Path) -> Contents:
    with closing(open_engine(folder)) as engine:
        if wrong := [what for _, what in engine.findings() if what]:  # type: ignore[attr-defined]
            raise ValueError(wrong)
        return contents(engine)


def _left(engine: Any) -> int:  # noqa: ANN401
    """Rows that no generation has that was committed."""
    ledger = Ledger(engine.client, engine.place)
    now = ledger.read()
    gone = list(now.abandoned) if now else []
    query = {"bool": {"should": [{"terms": {"born": gone}}, {"terms": {"died": gone}}]}}
    found = engine.client.search(ledger.indices().rows, {"query": query, "size": 0})
    return int(found["hits"]["total"]["value"])


def _manifest(engine: Any) -> tuple[int, bool]:  # noqa: ANN401
    now = Ledger(engine.client, engine.place).peek()
    return (now.generation, now.writer is not None) if now else (0, False)


def _timed(words: list[str], folder: Path) -> tuple[float, float, float]:
    """Seconds until a run that is left alone takes the index, commits, and ends."""
    start = time.perf_counter()
    begun = committed = 0.0
    with closing(open_engine(folder)) as engine:
        before, _ = _manifest(engine)
        process = subprocess.Popen(words)
        while process.poll() is None:
            generation, writing = _manifest(engine)
            now = time.perf_counter() - start
            begun = begun or (now if writing else 0.0)
            committed = committed or (now if generation != before else 0.0)
            time.sleep(0.005)
    ended = time.perf_counter() - start
    return begun or ended, committed or ended, ended


def _killed(
    words: list[str], folder: Path, chance: random.Random, times: tuple[float, float, float]
) -> None:
    """Kill a run: half of them at any moment, half while they write."""
    begun, committed, ended = times
    start = time.perf_counter()
    with closing(open_engine(folder)) as engine:
        process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        if chance.random() < 0.5:
            wait = chance.uniform(0, ended)
        else:
            while process.poll() is None and not _manifest(engine)[1]:
                time.sleep(0.005)
            wait = time.perf_counter() - start + chance.random() * 1.1 * (committed - begun)
    while process.poll() is None and time.perf_counter() - start < wait:
        time.sleep(0.002)
    process.kill()
    process.wait()


def main() -> None:
    """Kill nodes and writers, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=50)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name, run, times in (
        ("writers", killed_writers, given.writers),
        ("nodes", killed_nodes, given.nodes),
    ):
        if times:
            begun = time.perf_counter()
            counted = Counter(run(times, given.seed))
            print(f"{times} {name} killed in {time.perf_counter() - begun:,.0f} s")
            for what, number in counted.most_common():
                print(f"  {number} {what}", flush=True)


if __name__ == "__main__":
    main()
