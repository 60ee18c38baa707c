"""How much an ingest takes beside the analysis and the engine: figures of ``docs/performance.md``.

    python -m benchmarks.ingest --corpus ../shared/corpus --defaults tests/data/shared.toml

Side by side, each in a process of its own and in turn: the whole of ``ingest``, and the
analysis and the engine alone, that is files that are already read, prepared in as many
processes and put into the index. Then the same corpus once more, of which nothing changed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from statistics import median

from benchmarks.measuring import watched
from progsearch.defaults import Defaults
from progsearch.engine import Prepared, create, installed
from progsearch.files import Beside, is_document, is_setting, read_source
from progsearch.ingest import ingest
from progsearch.plans import plan
from progsearch.prepare import Job, prepare_all
from progsearch.readers import Options
from progsearch.settings import DETECTED, PartDefaults, Settings
from progsearch.state import Files


def jobs(corpus: Path, defaults: Path | None) -> list[tuple[str, Job]]:
    """The files of a corpus, read, with the facts that hold for them."""
    extra = Defaults.from_file(defaults) if defaults else None
    found = []
    for source in plan([corpus], Files(), {}).files:
        own = Defaults.load(source.file.parent)
        ignored = own.ignores(source.file.as_posix()) or (extra and extra.ignores(source.path))
        if is_setting(source.file.name) or ignored:
            continue
        data, _ = read_source(source)
        facts = PartDefaults(own, extra, source.file.as_posix(), source.path)
        content = blake2b(data, digest_size=16).hexdigest()
        tables = (extra.table("tables") if extra else {}) | own.table("tables")
        options = Options("", tables, Beside(source), is_document)
        found.append((source.path, Job(source.path, data, content, facts, {}, {}, options)))
    return found


def alone(engine: str, folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """Prepare what is read and put it into the index."""
    read = jobs(given.corpus, given.defaults)
    begun = time.perf_counter()
    passages = 0
    opened = create(engine, folder)
    with opened.writer() as writer:
        for _, found in prepare_all(read, DETECTED, given.processes):
            for one in found if isinstance(found, list) else ():
                if isinstance(one, Prepared):
                    writer.add(one)
                    passages += len(one.passages)
        writer.commit({})
    opened.close()
    return {"seconds": time.perf_counter() - begun, "passages": passages, "files": len(read)}


def whole(engine: str, folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """Ingest the corpus."""
    begun = time.perf_counter()
    opened = create(engine, folder)
    settings = Settings(defaults_file=given.defaults, processes=given.processes)
    done = list(ingest(opened, [given.corpus], settings))
    opened.close()
    passages = sum(one.passages for one in done)
    return {"seconds": time.perf_counter() - begun, "passages": passages, "files": len(done)}


STEPS = {"alone": alone, "whole": whole, "again": whole}


def rounds(engine: str, given: argparse.Namespace) -> Iterator[tuple[str, dict[str, float]]]:
    """Run each step in turn, several times."""
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as temporary:
            for step in STEPS:
                folder = Path(temporary, "alone" if step == "alone" else "whole")
                command = [sys.executable, "-m", "benchmarks.ingest", "--one", step, engine]
                command += [str(folder), "--corpus", str(given.corpus)]
                command += ["--processes", str(given.processes)]
                command += ["--defaults", str(given.defaults)] if given.defaults else []
                printed, seconds, memory = watched(command)
                yield step, json.loads(printed) | {"process": seconds, "memory": memory}


def main() -> None:
    """Print the medians for each engine."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--defaults", type=Path, help="a file of defaults for its folders")
    parser.add_argument("--processes", type=int, default=max(1, (os.cpu_count() or 1) - 1))
    parser.add_argument("--engine", action="append", choices=installed())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        step, engine, folder = given.one
        print(json.dumps(STEPS[step](engine, Path(folder), given)))
        return
    print(
        "| engine | files | passages | ingest s | analysis and engine alone s | rate of the one to"
        " the other | unchanged s | memory MB |"
    )
    print("| --- |" + " ---: |" * 7)
    for engine in given.engine or installed():
        found: dict[str, list[dict[str, float]]] = {step: [] for step in STEPS}
        for step, figures in rounds(engine, given):
            print(engine, step, figures, file=sys.stderr)
            found[step].append(figures)
        seconds = {step: median(one["seconds"] for one in each) for step, each in found.items()}
        ratio = median(
            one["seconds"] / other["seconds"]
            for one, other in zip(found["alone"], found["whole"], strict=True)
        )
        first = found["whole"][0]
        most = max(one["memory"] for one in found["whole"])
        print(
            f"| {engine} | {first['files']:,.0f} | {first['passages']:,.0f} |"
            f" {seconds['whole']:.1f} | {seconds['alone']:.1f} | {ratio:.2f} |"
            f" {seconds['again']:.2f} | {most:.0f} |"
        )


if __name__ == "__main__":
    main()
