"""Tries many breaks with the tests collected once: each in a fork of the process, its tests first
that have seen a break before, and of all only those that run the broken function.

A plugin of pytest, begun by :mod:`tests.mutate`. What it calls seen was seen by a test that failed;
what it does not see is tried again in a process of its own, as processes that tests begin have the
code without the break.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

SECONDS = 120


def pytest_addoption(parser):
    """The file of breaks, one of JSON a line, and that of what was seen."""
    parser.addoption("--breaks")
    parser.addoption("--told")
    parser.addoption("--until", type=float)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Try the breaks in place of running the tests."""
    # Once to have everything imported and to learn which test runs what.
    runs, seconds, left = _baseline(session.items)
    functions = _functions()
    gc.freeze()
    order = sorted(session.items, key=lambda item: seconds[item.nodeid])
    if left:
        pytest.exit("\n".join(left), returncode=2)
    with Path(session.config.option.told).open("w", encoding="utf-8") as told:
        for line in Path(session.config.option.breaks).read_text("utf-8").splitlines():
            if time.time() > session.config.option.until:
                break
            one = json.loads(line)
            changed = _changed(one["file"], one["was"], one["source"], functions)
            killer = None
            if changed is not None:
                able = [item for item in order if changed[0].co_qualname in runs[item.nodeid]]
                killer = _killer(able, changed, session.config)
            if killer:
                order.sort(key=lambda item: item.nodeid != killer)
            told.write(json.dumps(killer) + "\n")
            told.flush()
    return True


def _baseline(items):
    """The functions of the package that each test runs, its seconds, and what fails as it is."""
    runs, seconds, here, left = defaultdict(set), {}, set(), []

    def note(frame, event, _):
        if event == "call" and "progsearch" in frame.f_code.co_filename:
            here.add(frame.f_code.co_qualname)

    for item, after in zip(list(items), [*items[1:], None], strict=True):
        begun = time.monotonic()
        here.clear()
        threading.setprofile(note)
        sys.setprofile(note)
        reports = runtestprotocol(item, log=False, nextitem=after)
        sys.setprofile(None)
        threading.setprofile(None)
        seconds[item.nodeid] = time.monotonic() - begun
        if any(one.outcome == "skipped" for one in reports):
            items.remove(item)
        elif any(one.outcome == "failed" for one in reports):
            left += [f"{item.nodeid}: {one.longreprtext}" for one in reports if one.failed]
        runs[item.nodeid] = set(here)
    # What a fixture of the file did for its first test, it did for all tests of the file.
    first = {}
    for item in items:
        first.setdefault(str(item.path), item.nodeid)
    for item in items:
        runs[item.nodeid] |= runs[first[str(item.path)]]
    return runs, seconds, left


def _codes(source, file):
    """The outermost functions of a file by their names."""
    found = {}

    def look(code):
        for one in code.co_consts:
            if isinstance(one, CodeType):
                if one.co_flags & 3 == 3:  # has fast locals: a function, and no class
                    found[one.co_qualname] = one
                else:
                    look(one)

    look(compile(source, file, "exec"))
    return found


def _functions():
    """All functions there are, by the file and the name of their code."""
    found = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and "progsearch" in one.__code__.co_filename:
            code = one.__code__
            found[code.co_filename.replace(os.sep, "/"), code.co_qualname].append(one)
    return found


def _changed(file, was, source, functions):
    """The one function that a break changes and what it is now; None when it is no function."""
    before, after = _codes(was, file), _codes(source, file)
    names = [n for n in before if before[n] != after.get(n)]
    if len(names) != 1:
        return None
    name = names[0]
    found = [
        one
        for (place, known), alike in functions.items()
        if known == name and place.endswith(f"progsearch/{file}")
        for one in alike
    ]
    free = len(after[name].co_freevars)
    alike = all(len(one.__closure__ or ()) == free for one in found)
    return (after[name], found) if found and alike else None


def _killer(items, changed, config):
    """The first test that fails with a break; None when none does."""
    if not items:
        return None
    reading, writing = os.pipe()
    home = tempfile.mkdtemp(prefix="breaks-")
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            os.setsid()
            config._tmp_path_factory._basetemp = Path(home)
            code, functions = changed
            for one in functions:
                one.__code__ = code
            for item, after in zip(items, [*items[1:], None], strict=True):
                reports = runtestprotocol(item, log=False, nextitem=after)
                if any(one.outcome == "failed" for one in reports):
                    os.write(writing, item.nodeid.encode())
                    break
        except BaseException as error:  # noqa: BLE001 - a break can do anything
            os.write(writing, f"{type(error).__name__}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    end = time.monotonic() + SECONDS
    done, status = 0, 0
    while not done and time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if not done:
            time.sleep(0.02)
    if not done:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(reading, "rb", closefd=True) as pipe:
        os.set_blocking(pipe.fileno(), False)
        said = (pipe.read() or b"").decode()
    shutil.rmtree(home, ignore_errors=True)
    if not done:
        return "it does not end"
    return said or (f"the process ended with {status}" if status else None)
