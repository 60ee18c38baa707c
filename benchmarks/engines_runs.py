"""What is measured of each engine: building an index of the synthetic corpus, and asking it.

Every engine is given the same words, each as written and as its lemma, the same facets and
the same record of each passage. Only what the engine does is timed, not the making of the
corpus.
"""

from __future__ import annotations

import json
import os
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.corpus import SyntheticCorpus, Theme
from benchmarks.engines_asked import (
    LIMIT,
    REGION,
    Asked,
    Built,
    Run,
    Watch,
    asked_of,
    batches,
    bytes_of,
    cpu,
)
from benchmarks.engines_peers import BARE, FILES, FTS
from progsearch.clause import All, AllOf, Clause, FacetIn, NoneOf
from progsearch.engine import Cluster, Engine, create

CLUSTER = "BENCHMARK_CLUSTER"
"""The variable that names the nodes of a cluster, whose engine is not run without."""


def _cluster() -> Cluster:
    return Cluster(os.environ[CLUSTER])


def _of_nodes() -> float:
    """Seconds of processors of all nodes of the cluster so far, as they tell it."""
    time.sleep(1.2)  # they look at their clocks each second
    address = os.environ[CLUSTER].partition(",")[0]
    with urllib.request.urlopen(f"{address}/_nodes/stats/process") as found:
        told = json.load(found)["nodes"].values()
    return float(sum(one["process"]["cpu"]["total_in_millis"] for one in told)) / 1000


def _engine_run(name: str, *, plain: bool = False, away: bool = False) -> Run:
    others = _of_nodes if away else lambda: 0.0

    def opened(folder: Path) -> Engine:
        if plain:
            from progsearch.engine.whoosh import open_index

            return open_index(folder, True, blocks=False)
        return create(name, folder, cluster=_cluster() if away else None)

    def build(corpus: SyntheticCorpus, folder: Path) -> Built:
        engine = opened(folder)
        watch = Watch()
        before = others()
        with engine.writer() as writer:
            for batch in batches(corpus.documents()):
                with watch:
                    for prepared in batch:
                        writer.add(prepared)
            with watch:
                writer.commit({"summary": {}})
        size = engine.status().size if away else bytes_of(folder)  # type: ignore[attr-defined]
        engine.close()
        return Built(watch.wall, watch.cpu, size, others() - before)

    everything = AllOf((NoneOf(FacetIn("role", frozenset({"heading"}))),))
    region = AllOf((*everything.parts, FacetIn("region", frozenset({REGION}))))

    def ask(folder: Path, themes: list[Theme]) -> Asked:
        def prepare(engine: Engine, theme: Theme) -> Clause:
            return theme.clause(engine.vocabulary)

        def search(engine: Engine, clause: Clause) -> int:
            return engine.search(clause, scope=All(), limit=LIMIT).total

        def filtered(engine: Engine, clause: Clause) -> int:
            return engine.search(clause, scope=region, limit=LIMIT).total

        def groups(by: Sequence[str]) -> Callable[[Engine, Clause], int]:
            def count(engine: Engine, clause: Clause) -> int:
                return len(engine.tally([clause], scope=everything, by=by).clauses[0])

            return count

        questions = {
            "theme": search,
            "filtered": filtered,
            "groups": groups(["region"]),
            "groups of two facets": groups(["region", "party"]),
            "theme again": search,  # by an engine that is opened anew, of an index that was asked
        }
        asked = asked_of(lambda: opened(folder), prepare, questions, themes, others)
        engine = opened(folder)
        clauses = [theme.clause(engine.vocabulary) for theme in themes]
        before, started, begun = others(), time.perf_counter(), cpu()
        engine.tally(clauses, scope=everything, by=["region", "party"])
        took, wall = cpu() - begun, time.perf_counter() - started
        asked.times["all themes"] = (1000 * (took + others() - before),) * 2
        asked.wall["all themes"] = 1000 * wall
        return asked

    return Run(build, ask)


RUNS: dict[str, Run] = {
    "SQLite FTS5": FTS,
    "whoosh": _engine_run("whoosh"),
    "whoosh, public interface": _engine_run("whoosh", plain=True),
    "tantivy": _engine_run("tantivy"),
    "opensearch": _engine_run("opensearch", away=True),
    "tantivy, bare library": BARE,
    "ripgrep": FILES,
}
"""What is run, in the order of the table; the first is what the others are held against. One
needs a cluster."""
