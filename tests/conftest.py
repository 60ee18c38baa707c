"""What all tests share: the folders of the checkout."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterable
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from laws import THOROUGH, USUAL

# Commands that tests run in processes of their own need not be compiled anew each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).resolve().parent.parent


DICTIONARIES = ("dictionary", "endings", "halves", "words")
"""What is kept of dictionaries, by the beginnings of the names of its files, and …"""

READ_BY = ("analysis", "languages", "packed.py", "kept.py")
"""… the packages and modules that make it, which most changes of the program leave alone."""


def kept() -> Path:
    """A folder for what is kept between runs, for these tests and this very program only.

    Dictionaries are packed in seconds each: they stay until what reads and packs them changes.
    """
    folder = ROOT / ".pytest_cache" / "kept"
    packed = made_of(file for name in READ_BY for file in files_in(ROOT / "progsearch" / name))
    mine = folder / f"{packed}-{made_of(files_in(ROOT / 'progsearch'))}"
    if not mine.exists():
        before = list(folder.glob(f"{packed}-*/*-*"))
        mine.mkdir(mode=0o700, parents=True)
        for file in before:
            if file.name.partition("-")[0] in DICTIONARIES:
                shutil.copy(file, mine)
    for other in folder.glob("*"):
        if other != mine:
            shutil.rmtree(other, ignore_errors=True)
    return mine


def made_of(files: Iterable[Path]) -> str:
    """A digest of files and of the libraries that are installed."""
    found = blake2b(str(sorted(one.version for one in distributions())).encode(), digest_size=8)
    for file in files:
        found.update(file.name.encode() + file.read_bytes())
    return found.hexdigest()


def files_in(place: Path) -> list[Path]:
    """The files of a package, or a module."""
    found = sorted(place.rglob("*")) if place.is_dir() else [place]
    return [one for one in found if one.is_file() and "__pycache__" not in one.parts]


if "PYTEST_XDIST_WORKER" not in os.environ:  # whose processes share that of the first one
    os.environ["PROGSEARCH_CACHE"] = str(kept())

# Where the tests run in the background, commands would be deaf to Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes tells of the machine, not of the program.
# The same examples in each run: one that fails by chance tells nothing of the change at hand.
settings.register_profile("usual", deadline=None, max_examples=USUAL, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=THOROUGH)
settings.load_profile("usual")

# Most of what is there stays: thousands of tests and whole dictionaries. To look through all of
# it for what can go, a thousand times, took a tenth of all time.
gc.set_threshold(10_000, 20, 10)


LARGE = ("pl", "fi", "de", "sk", "nb", "da")
"""Languages whose dictionaries take seconds to read, which hardly any other test asks for."""


def pytest_collection_modifyitems(items):
    """Tests of a language with a large dictionary come first, and together: one process runs
    them, and no other has to read it."""
    place = {lang: number for number, lang in enumerate(LARGE)}
    items.sort(key=lambda item: place.get(_language(item), len(LARGE)))


def _language(item) -> object:
    of = getattr(item, "callspec", None)
    lang = of.params.get("lang") if of else None
    return lang if isinstance(lang, str) else None


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


def shared_by_all(tmp_path_factory) -> Path:
    """A folder that all processes of a run have in common."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def demo(unsynced, tmp_path_factory) -> Path:
    """An index of the demonstration corpus, for all tests that only read it."""
    from progsearch.cli import app

    place = shared_by_all(tmp_path_factory) / "demo"
    with FileLock(f"{place}.lock"):
        if not place.exists():
            words = ["ingest", str(ROOT / "corpus"), "--index", str(place / "index"), "--quiet"]
            app(words, standalone_mode=False)
    return place / "index"


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
    with shared_nodes(shared_by_all(tmp_path_factory)) as urls:
        yield urls
