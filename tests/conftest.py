"""What all tests share: the folders of the checkout."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

import pytest
from hypothesis import settings
from laws import USUAL

# Commands that tests run in processes of their own need not be compiled anew each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).resolve().parent.parent


def kept() -> Path:
    """A folder for what is kept between runs, for these tests and this very program only."""
    made_of = blake2b(str(sorted(one.version for one in distributions())).encode(), digest_size=8)
    for file in sorted((ROOT / "progsearch").rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            made_of.update(file.name.encode() + file.read_bytes())
    folder = ROOT / ".pytest_cache" / "kept"
    mine = folder / made_of.hexdigest()
    for other in folder.glob("*"):
        if other != mine:
            shutil.rmtree(other, ignore_errors=True)
    return mine


if "PYTEST_XDIST_WORKER" not in os.environ:  # whose processes share that of the first one
    os.environ["PROGSEARCH_CACHE"] = str(kept())

# Where the tests run in the background, commands would be deaf to Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes tells of the machine, not of the program.
# The same examples in each run: one that fails by chance tells nothing of the change at hand.
settings.register_profile("usual", deadline=None, max_examples=USUAL, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=10 * USUAL)
settings.load_profile("usual")

# Most of what is there stays: thousands of tests and whole dictionaries. To look through all of
# it for what can go, a thousand times, took a tenth of all time.
gc.set_threshold(10_000, 20, 10)


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real documents beside the checkout; tests that need them are skipped without them."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("no ../shared beside the checkout")
    return folder


@pytest.fixture(scope="session")
def demo(unsynced, tmp_path_factory) -> Path:
    """An index of the demonstration corpus, for all tests that only read it."""
    from progsearch.cli import app

    folder = tmp_path_factory.mktemp("demo") / "index"
    corpus = str(ROOT / "corpus")
    app(["ingest", corpus, "--index", str(folder), "--quiet"], standalone_mode=False)
    return folder


@pytest.fixture(autouse=True, scope="session")
def unsynced():
    """Indexes of tests need not survive a power cut, and syncing takes most of their time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("progsearch.engine.mark.sync", lambda path: None)
        yield


@pytest.fixture
def one_process(monkeypatch):
    """Small files of all formats are read in this process, which has its dictionaries: to begin
    another for each ingest takes most of the time of tests of what comes of the files."""
    monkeypatch.setattr("progsearch.prepare._is_plain", lambda _job: True)


@pytest.fixture(scope="session")
def cluster_url(tmp_path_factory):
    """The addresses of the nodes of OpenSearch; tests that need one skip where none can be."""
    if own := os.environ.get("PROGSEARCH_TEST_OPENSEARCH"):
        yield own
        return
    pytest.importorskip("opensearchpy")
    from cluster.nodes import missing
    from cluster.sharing import shared_nodes

    if why := missing():
        pytest.skip(why)
    base = tmp_path_factory.getbasetemp()
    with shared_nodes(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) as urls:
        yield urls
