"""One node for all processes that run tests at once: to start it takes seconds.

The first that asks starts it; the last that is done ends it.
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


@contextmanager
def shared_node(base):
    """The address of a node that is known by a file in a folder, started unless it is there."""
    told, lock = base / "opensearch-node.json", FileLock(base / "opensearch-node.lock")
    with lock:
        state = json.loads(told.read_text()) if told.exists() else {"users": 0}
        if not state["users"]:
            state |= _started()
        state["users"] += 1
        told.write_text(json.dumps(state))
    try:
        yield state["url"]
    finally:
        with lock:
            state = json.loads(told.read_text())
            state["users"] -= 1
            told.write_text(json.dumps(state))
            if not state["users"]:
                with suppress(ProcessLookupError):
                    os.kill(state["process"], signal.SIGKILL)
                shutil.rmtree(state["place"], ignore_errors=True)


def _started():
    # Not below the folder of the tests, which other users may not enter: root runs no node.
    place = Path(tempfile.mkdtemp(prefix="progsearch-node-"))
    place.chmod(0o755)
    node = Node(place / "node", "node", {"node": free_port()})
    node.start()
    try:
        node.wait()
    except BaseException:
        node.kill()
        raise
    process = node.process.pid
    node.process.returncode = 0  # it is ended by whoever is the last
    return {"url": node.url, "process": process, "place": str(place)}
