"""What pages cost, and how a server holds under readers.

    python -m benchmarks.serve --index index [--readers 50] [--seconds 20] [--wait 1.0] [--searches]
    python -m benchmarks.serve --index index --themes

Pages are made without a network first: the time of the processor for each kind, the first time
and when the index is warm, without the cache of pages. Then ``progsearch serve`` is run as a
process, and so many readers ask it at once, each for a page of its own that no other has asked
for, with ``--wait`` seconds on average between two pages (0 for none: as fast as it answers).
Said are the times of answers, those that failed, and the memory of the server. With ``--themes``
the first page of each shipped theme is made twice, with all facets, and nothing else is done.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from progsearch.serve import comparing, searching
from progsearch.serve.fresh import Fresh
from progsearch.serve.language import page_language
from progsearch.serve.page import Shown, page
from progsearch.serve.state import State
from progsearch.themes import load
from progsearch.workers import COLLECTED

CZECH = "lékař škola doprava byt nájem daň voda les práce rodina senior policie"
SWEDISH = "vård skola bostad tåg skatt klimat jobb polis äldre energi landsbygd företag"
WORDS = (*CZECH.split(), *SWEDISH.split())
THEMES = (
    "healthcare-staffing",
    "housing",
    "public-transport",
    "waiting-times",
    "energy",
    "education",
    "environment",
)
TIMES = 5


def shown(path: str, state: State) -> Shown:
    return Shown(page_language("en"), state, path, "token")


def made(fresh: Fresh, path: str, state: State) -> bytes:
    """A page without a network and without the cache of pages."""
    asked = shown(path, state)
    with fresh.index() as opened:
        if path == "/compare":
            title, content = comparing.compare(asked, opened)
        else:
            title, content = searching.search(asked, opened, frozenset())
    return "".join(page(asked, title, content)).encode()


def pages() -> Iterator[tuple[str, str, State]]:
    yield "word page", "/search", State(query="lékař")
    yield "two words", "/search", State(query="skola OR škola")
    yield "theme page with all facets", "/search", State(themes=THEMES[:1])
    yield "keyword in context", "/search", State(query="lékař", view="kwic")
    yield "heat map of 5 themes by party", "/compare", State(themes=THEMES[:5], by=("party",))
    yield "one theme by year", "/compare", State(themes=THEMES[:1], by=("year",))


def timed(what: Callable[[], bytes]) -> tuple[float, int]:
    began = time.process_time()
    body = what()
    return 1000 * (time.process_time() - began), len(body)


def costs(folder: Path, *, searches: bool) -> None:
    print(f"{'page':32} {'first ms':>9} {'warm ms':>9} {'KB':>6}")
    for name, path, state in pages():
        if searches and path != "/search":
            continue
        fresh = Fresh(folder)
        first, size = timed(lambda: made(fresh, path, state))  # noqa: B023 - called at once
        warm = min(timed(lambda: made(fresh, path, state))[0] for _ in range(TIMES))  # noqa: B023
        fresh.close()
        print(f"{name:32} {first:9.1f} {warm:9.1f} {size / 1000:6.0f}")


def themes(folder: Path) -> None:
    """The first page of each shipped theme, the first time and again."""
    fresh = Fresh(folder)
    found = []
    for theme in load().themes:
        state = State(themes=(theme,))
        found.append([timed(lambda: made(fresh, "/search", state))[0] for _ in range(2)])  # noqa: B023
        print(f"{theme:32} {found[-1][0]:9.1f} {found[-1][1]:9.1f}", flush=True)
    fresh.close()
    for name, times in zip(("first", "again"), zip(*found, strict=True), strict=True):
        ordered = sorted(times)
        p95 = ordered[int(len(ordered) * 0.95)]
        print(
            f"{name}: p50 {statistics.median(times):.1f}, p95 {p95:.1f}, most {ordered[-1]:.1f} ms"
        )


def asked_for(chance: random.Random, *, searches: bool) -> str:
    """The address of a page that somebody may want."""
    kind = chance.random() * (0.8 if searches else 1.0)
    if kind < 0.6:
        query = " OR ".join(chance.sample(WORDS, chance.randint(1, 2)))
        return State(query=query, page=chance.choice((1, 1, 1, 2))).address("/search")
    if kind < 0.8:
        return State(themes=(chance.choice(THEMES),), page=chance.randint(1, 3)).address("/search")
    if kind < 0.9:
        themes = tuple(chance.sample(THEMES, 2))
        return State(themes=themes, by=("party",)).address("/compare")
    return chance.choice(("/", "/documents", "/themes", "/help"))


def loaded(folder: Path, readers: int, seconds: float, wait: float, *, searches: bool) -> None:
    line = [sys.executable, "-m", "progsearch", "serve", "--port", "0", "--index", str(folder)]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, encoding="utf-8")
    assert server.stdout
    host = server.stdout.readline().strip().removeprefix("http://").rstrip("/")
    took: list[float] = []
    failed: list[str] = []
    until = time.monotonic() + seconds

    def reader(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.random() * wait)
        while time.monotonic() < until:
            path = asked_for(chance, searches=searches)
            began = time.monotonic()
            try:
                link = http.client.HTTPConnection(host, timeout=60)
                link.request("GET", path)
                answer = link.getresponse()
                answer.read()
                link.close()
                if answer.status != 200:
                    failed.append(f"{answer.status} {path}")
            except OSError as error:
                failed.append(f"{error} {path}")
            took.append(time.monotonic() - began)
            time.sleep(chance.expovariate(1 / wait) if wait else 0)

    threads = [threading.Thread(target=reader, args=(one,)) for one in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    memory = _memory(server.pid)
    server.terminate()
    began = time.monotonic()
    server.wait()
    server.stdout.close()
    parts = statistics.quantiles(took, n=100)
    print(
        f"{readers} readers, {seconds:.0f} s, {wait} s between pages: {len(took)} pages,"
        f" p50 {parts[49]:.2f} s, p95 {parts[94]:.2f} s, p99 {parts[98]:.2f} s,"
        f" {len(failed)} failed, {memory} MB, ended in {time.monotonic() - began:.2f} s"
    )
    for line_of in failed[:5]:
        print(line_of)


def _memory(process: int) -> str:
    """The memory of a process at its most, where the system tells it."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return "?"
    return str(int(told.partition("VmHWM:")[2].split()[0]) // 1000)


def main() -> None:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--index", type=Path, default=Path("index"))
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--wait", type=float, default=1.0)
    asked.add_argument(
        "--searches", action="store_true", help="no comparisons, as on large indexes"
    )
    asked.add_argument("--themes", action="store_true", help="pages of all shipped themes only")
    given = asked.parse_args()
    gc.set_threshold(*COLLECTED)  # as the command does
    if given.themes:
        themes(given.index)
        return
    costs(given.index, searches=given.searches)
    loaded(given.index, given.readers, given.seconds, given.wait, searches=given.searches)


if __name__ == "__main__":
    main()
