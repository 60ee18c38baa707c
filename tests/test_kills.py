"""Real ingests are killed, or stopped: the index is the old or the new one, and nothing stays.

``python -m benchmarks.kills --times 200`` does the same with more of them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from laws import examples

from benchmarks.kills import KINDS, runs
from progsearch.engine import installed
from progsearch.engine.mark import LOCK, generations, read_mark
from progsearch.verify import index_findings


@pytest.fixture(params=installed())
def name(request):
    return request.param


def test_a_killed_ingest_leaves_the_old_index_or_the_new_one(name, tmp_path):
    done = list(runs(tmp_path, name, examples(len(KINDS)), seed=7))
    assert {one.found for one in done} <= {"old", "new"}, done
    assert len({one.phase for one in done}) > 1


posix = pytest.mark.skipif(os.name != "posix", reason="asks for signals and groups of processes")


def start(corpus, folder, engine, *more):
    words = ["ingest", str(corpus), "--index", str(folder), "--languages", "en", "--engine", engine]
    return subprocess.Popen(
        [sys.executable, "-m", "progsearch", *words, "--quiet", *more],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def stop(process, folder, wait, number):
    """Send a signal to a run and all that it has begun, as a terminal does."""
    while not (folder / LOCK).exists() and process.poll() is None:
        time.sleep(0.01)
    time.sleep(wait)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    return process.communicate(timeout=60)[1]


def stopped(begin, place, wait, number):
    """A run that a signal met: where it was done before, on a quick machine, another is begun."""
    while True:
        folder = place / f"index-{wait}"
        process = begin(folder)
        told = stop(process, folder, wait, number)
        if process.returncode or told:
            return folder, process, told
        wait /= 2


def left_over(group):
    """Whether a process of a group is still there after a while."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Texts that are worth several processes."""
    folder = tmp_path_factory.mktemp("large") / "corpus"
    folder.mkdir()
    chance = random.Random(3)
    words = [f"word{number}" for number in range(3000)]
    for number in range(60):
        body = "\n\n".join(" ".join(chance.choices(words, k=60)) for _ in range(90))
        (folder / f"{number}.md").write_text(f"# Text {number}\n\n{body}\n", encoding="utf-8")
    return folder


@posix
@pytest.mark.parametrize(
    ("processes", "wait", "number"),
    [
        (1, 0.2, signal.SIGINT),
        (1, 1.0, signal.SIGTERM),
        (2, 0.5, signal.SIGINT),
        (2, 1.6, signal.SIGINT),
        (2, 1.6, signal.SIGTERM),
    ],
)
def test_ctrl_c_stops_at_once_and_says_how_to_go_on(name, large, tmp_path, processes, wait, number):
    def begin(folder):
        return start(large, folder, name, "--processes", str(processes))

    folder, process, told = stopped(begin, tmp_path, wait, number)
    assert told == ("stopped; what was committed is kept: run the same command again to go on\n")
    assert process.returncode == 128 + number
    assert not left_over(process.pid)
    assert read_mark(folder) is None
    assert len(generations(folder)) <= 1


HURRIED = """
import sys
from progsearch.cli import main
from progsearch.cli._support import signals as stopping

if __name__ == "__main__":
    stopping.GRACE = 0  # as on a machine that is too busy to tidy up in time
    sys.argv[0] = "progsearch"
    main()
"""


@posix
def test_a_run_that_has_no_time_to_tidy_up_says_no_more(large, tmp_path):
    script = tmp_path / "hurried.py"
    script.write_text(HURRIED, encoding="utf-8")
    words = ["ingest", str(large), "--languages", "en", "--quiet", "--processes", "2"]

    def begin(folder):
        return subprocess.Popen(
            [sys.executable, str(script), *words, "--index", str(folder)],
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    _, process, told = stopped(begin, tmp_path, 1.2, signal.SIGINT)
    # It may say so twice, as one of two threads that saw the signal has not seen the other.
    assert set(told.splitlines()) == {
        "stopped; what was committed is kept: run the same command again to go on"
    }
    assert process.returncode == 130
    assert not left_over(process.pid)


SLOW = """
import os, signal, typer
from progsearch.cli._support import signals as stopping

class Slow(stopping.threading.Thread):
    def run(self):
        pass  # as one that does not get to it

stopping.threading.Thread = Slow
told = "os.kill(os.getpid(), signal.{}); signal.pause()"
try:
    with stopping.stoppable(print, "stopped"):
        {}
except typer.Exit as done:
    raise SystemExit(done.exit_code)
"""


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("during", ["eval(compile(told, '', 'exec'))", "exec(told)"])
def test_the_code_tells_the_signal_whoever_saw_it_first(tmp_path, number, during):
    (tmp_path / "slow.py").write_text(SLOW.format(number.name, during), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "slow"],  # only so does Python look at how it was interrupted
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.stderr) == ("stopped\n", "")
    assert done.returncode == 128 + number


@posix
def test_what_is_committed_stays_when_a_run_is_stopped(name, large, tmp_path):
    folder, small = tmp_path / "index", tmp_path / "small"
    small.mkdir()
    (small / "one.md").write_text("A small document.\n", encoding="utf-8")
    first = start(small, folder, name)
    assert first.communicate(timeout=60)[1] == ""
    process = start(large, folder, name)
    stop(process, folder, 0.8, signal.SIGINT)
    assert process.returncode == 130
    assert not [one for one in index_findings(folder) if one.what]
