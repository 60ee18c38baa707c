"""Nodes for all processes that run tests at once: to start one takes seconds.

The first that asks starts them; the last that is done ends them, or a process that looks whether
the run is still there. Usually it is one node, since two take twice the time for the same answers;
with ``OPENSEARCH_NODES=2`` parts and copies of an index lie on different ones, as they do in
``test_cluster_failures.py``, which has two nodes of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from cluster.nodes import Node, free_port
from filelock import FileLock

WATCHING = """
owner=$1 place=$2 node=$3
shift 2
while kill -0 "$owner" && kill -0 "$node"; do sleep 1; done 2>/dev/null
kill -0 "$owner" 2>/dev/null || { kill -9 "$@" 2>/dev/null; rm -rf "$place"; }
"""
"""Ends nodes and takes their folder away when the process is gone that they were started for."""

NODES = int(os.environ.get("OPENSEARCH_NODES", "1"))


@contextmanager
def shared_nodes(base):
    """The addresses of nodes, by a file in a folder; they are started unless they are there."""
    told, lock = base / "opensearch-nodes.json", FileLock(base / "opensearch-nodes.lock")
    with lock:
        state = json.loads(told.read_text()) if told.exists() else {"users": 0}
        if not state["users"]:
            state |= _started()
        state["users"] += 1
        told.write_text(json.dumps(state))
    try:
        yield state["urls"]
    finally:
        with lock:
            state = json.loads(told.read_text())
            state["users"] -= 1
            told.write_text(json.dumps(state))
            if not state["users"]:
                for process in state["processes"]:
                    with suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
                shutil.rmtree(state["place"], ignore_errors=True)


def ended_with(owner, place, processes):
    """End processes, and take their folder away, when their owner has been killed."""
    words = [str(one) for one in (owner, place, *processes)]
    return subprocess.Popen(
        ["sh", "-c", WATCHING, "watching", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _started():
    # Not below the folder of the tests, which other users may not enter: root runs no node.
    place = Path(tempfile.mkdtemp(prefix="progsearch-node-"))
    place.chmod(0o755)
    ports = {f"node{number}": free_port() for number in range(NODES)}
    nodes = [Node(place / name, name, ports) for name in ports]
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait()
    except BaseException:
        for node in nodes:
            node.kill()
        raise
    processes = [node.process.pid for node in nodes]
    for node in nodes:
        node.process.returncode = 0  # it is ended by whoever is the last
    # Whoever runs tests in several processes is the parent of each.
    owner = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    ended_with(owner, place, processes).returncode = 0  # it ends by itself
    urls = ",".join(node.url for node in nodes)
    return {"urls": urls, "processes": processes, "place": str(place)}
