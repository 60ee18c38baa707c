"""Nodes for all processes that run tests at once: to start one takes seconds.

The first that asks starts them; the last that is done ends them. They are a cluster of two, so
that parts and copies of an index lie on different ones; ``OPENSEARCH_NODES=1`` is one node.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from cluster.nodes import Node, free_port
from filelock import FileLock

NODES = int(os.environ.get("OPENSEARCH_NODES", "2"))


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
    urls = ",".join(node.url for node in nodes)
    return {"urls": urls, "processes": processes, "place": str(place)}
