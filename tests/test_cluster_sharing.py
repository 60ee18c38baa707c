"""Nodes that tests share do not outlive a run that was killed."""

from __future__ import annotations

import os
import subprocess
import time

import pytest
from cluster.sharing import ended_with

pytestmark = pytest.mark.skipif(os.name != "posix", reason="nodes are started on POSIX only")


def test_nodes_end_with_the_run_that_started_them(tmp_path):
    owner, *nodes = (subprocess.Popen(["sleep", "100"]) for _ in range(3))
    place = tmp_path / "nodes"
    place.mkdir()
    watching = ended_with(owner.pid, place, [one.pid for one in nodes])
    time.sleep(0.2)
    assert [one.poll() for one in nodes] == [None, None]
    owner.kill()
    owner.wait()
    assert [one.wait(20) for one in nodes] == [-9, -9]
    assert watching.wait(20) == 0
    assert not place.exists()


def test_whoever_watches_ends_when_the_nodes_were_ended(tmp_path):
    owner, node = (subprocess.Popen(["sleep", "100"]) for _ in range(2))
    watching = ended_with(owner.pid, tmp_path, [node.pid])
    node.kill()
    node.wait()
    watching.wait(20)
    assert owner.poll() is None
    assert tmp_path.exists()
    owner.kill()
    owner.wait()
