"""A worker that is lost costs the file that it had, and no other; nothing outlives a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from worker_jobs import die, echo, hoard, leave, sleep, talk

from progsearch import prepare
from progsearch.engine.memory import MemoryEngine
from progsearch.errors import ProgsearchError
from progsearch.ingest import ingest
from progsearch.prepare import Job, Limits, prepare_all
from progsearch.settings import Settings
from progsearch.state import files_of
from progsearch.workers import Lost, workers

posix = pytest.mark.skipif(os.name != "posix", reason="asks for signals")
MEMORY = 3_000_000_000


def lost(future):
    with pytest.raises(Lost) as caught:
        future.result(60)
    return caught.value.kind, str(caught.value)


def test_answers_come_back_and_what_is_printed_is_none():
    with workers(2, MEMORY) as made:
        asked = [made.submit(talk, f"a{number}", seconds=60) for number in range(20)]
        assert [one.result() for one in asked] == [f"a{number}".encode() for number in range(20)]
        big = "x" * 3_000_000
        assert made.submit(echo, big, seconds=60).result() == big.encode()


def test_what_takes_too_long_is_ended_and_the_next_is_done(monkeypatch):
    monkeypatch.setattr("progsearch.workers.BEGINNING", 0)
    with workers(1, MEMORY) as made:
        assert made.submit(echo, "warm", seconds=60).result() == b"warm"
        kind, why = lost(made.submit(sleep, 600, seconds=0.5))
        assert kind == "time"
        assert "more than" in why
        assert made.submit(echo, "after", seconds=60).result() == b"after"


@posix
@pytest.mark.parametrize("name", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_a_worker_that_dies_costs_what_it_had(name):
    with workers(1, MEMORY) as made:
        kind, why = lost(made.submit(die, getattr(signal, name), seconds=60))
        assert (kind, name in why) == ("ended", True)
        assert made.submit(echo, "after", seconds=60).result() == b"after"


def test_the_last_words_of_a_worker_are_told():
    with workers(1, MEMORY) as made:
        assert lost(made.submit(leave, 3, seconds=60)) == (
            "ended",
            "ended the process that analysed it (the last words)",
        )


@pytest.mark.skipif(sys.platform != "linux", reason="no bound of memory here")
def test_what_takes_too_much_memory_is_told():
    with workers(1, 300_000_000) as made:
        assert lost(made.submit(hoard, 500_000_000, seconds=60))[0] == "memory"
        assert made.submit(hoard, 1000, seconds=60).result()


@posix
def test_a_worker_that_is_stopped_is_not_waited_for():
    with workers(1, MEMORY) as made:
        assert made.submit(echo, "warm", seconds=60).result()
        (number,) = made.pids()
        os.kill(number, signal.SIGSTOP)
        assert lost(made.submit(echo, "x", seconds=0.5))[0] == "time"
        assert made.submit(echo, "after", seconds=60).result() == b"after"


def gone(number):
    for _ in range(200):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@posix
def test_no_worker_outlives_a_run_that_fails():
    numbers = []

    def run():
        with workers(2, MEMORY) as made:
            asked = [made.submit(sleep, 600, seconds=600) for _ in range(2)]
            while len(made.pids()) < 2:
                time.sleep(0.01)
            numbers.extend(made.pids())
            assert not any(one.done() for one in asked)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run()
    assert len(numbers) == 2
    assert all(map(gone, numbers))


SCRIPT = """
import os, sys, time
from progsearch.workers import workers
sys.path.insert(0, {folder!r})
import worker_jobs
manager = workers(1, 3_000_000_000)
made = manager.__enter__()
made.submit(worker_jobs.echo, "x", seconds=60).result()
made.submit(worker_jobs.sleep, 600, seconds=600)
print(*made.pids(), flush=True)
os.kill(os.getpid(), 9)
"""


@posix
def test_no_worker_outlives_the_process_that_it_works_for():
    script = SCRIPT.format(folder=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == -9, done.stderr
    assert gone(int(done.stdout))


# -- files


def job(name, text="Chceme lékaře.\n"):
    return name, Job(name, text.encode(), "", lambda _part: {}, {}, {})


def prepared(jobs, processes=0, **limits):
    return dict(prepare_all(jobs, ("cs",), processes, Limits(**limits)))


def test_small_plain_texts_begin_no_process(monkeypatch):
    monkeypatch.setattr(prepare._Run, "_submitted", lambda *_: pytest.fail("a process"))
    found = prepared([job("a.md"), job("b.txt")])
    assert [len(one) for one in found.values()] == [1, 1]


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.html", "<html><body><p>Slib.</p></body></html>"), ("a.csv", "text\nSlib.\n"),
     ("a.md", "%PDF-1.4\n"), ("a.md", "slovo " * 40_000), ("a.md", "PK\x03\x04")],
)  # fmt: skip
def test_what_a_library_reads_and_what_is_large_is_read_elsewhere(monkeypatch, name, text):
    asked = []
    submitted = lambda _run, _made, job: asked.append(job.path)  # noqa: E731
    monkeypatch.setattr(prepare._Run, "_submitted", submitted)
    monkeypatch.setattr(prepare._Run, "_result", lambda *_: [])
    prepared([job(name, text)])
    assert asked == [name]


def corpus_of(tmp_path, count=8):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(count):
        rows = "\n".join(f"Chceme lékaře {number} {row}." for row in range(400))
        (folder / f"{number}.csv").write_text(f"text\n{rows}\n", encoding="utf-8")
    return folder


@posix
@pytest.mark.parametrize("processes", [0, 2])
def test_killing_any_worker_costs_at_most_its_file(tmp_path, processes, monkeypatch):
    monkeypatch.setattr("progsearch.renewal.WORTH_PROCESSES", 1)
    folder = corpus_of(tmp_path)
    made = []
    real = prepare.workers

    def watched(*words):
        manager = real(*words)
        enter = manager.__enter__

        class Watched:
            def __enter__(self):
                made.append(enter())
                return made[-1]

            def __exit__(self, *words):
                return manager.__exit__(*words)

        return Watched()

    monkeypatch.setattr(prepare, "workers", watched)
    killed = []

    def killer():
        while len(killed) < 2:
            for number in made[0].pids() if made else ():
                if number not in killed:
                    time.sleep(0.3)
                    os.kill(number, signal.SIGKILL)
                    killed.append(number)
                    break
            time.sleep(0.01)

    thread = threading.Thread(target=killer, daemon=True)
    thread.start()
    engine = MemoryEngine()
    done = {one.path: one for one in ingest(engine, [folder], Settings(processes=processes))}
    thread.join(5)
    failed = [one for one in done.values() if str(one.status) == "failed"]
    assert killed
    assert len(done) == 8
    assert len(failed) <= len(killed)
    for one in failed:
        assert "SIGKILL" in str(one.problems[0])
        assert "run ingest again" in str(one.problems[0])
    again = {one.path: str(one.status) for one in ingest(engine, [folder], Settings())}
    assert set(again.values()) <= {"unchanged", "added"}
    assert files_of(engine).failures == {}


def test_the_limits_name_the_options_that_raise_them():
    for kind, option in (("time", "--max-seconds"), ("memory", "--max-memory")):

        class Future:
            def result(self, kind=kind):
                raise Lost(kind, "x")

        error = prepare._Run((), Limits())._result(Future(), job("a.md")[1])
        assert isinstance(error, ProgsearchError)
        assert option in error.remedy
        assert error.where == "a.md"
