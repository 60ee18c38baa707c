"""The wheel and the sdist are built, installed and used as a stranger would."""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("hatchling")

SCRIPT = """
from __future__ import annotations

import sys

import progsearch
from progsearch import CellRow, HitRow, ProgsearchError


def places(folder: str) -> list[str]:
    with progsearch.open(folder) as index:
        hits = index.search("lékař", region="CZ-51", limit=20, since="2020")
        best: HitRow = hits[0]
        print(best.place, best.score + 1.0, hits.total)
        compared = index.compare(
            themes=["healthcare-staffing"], by=["region"], test=True, evidence=1
        )
        cell: CellRow = compared[0]
        rate: float = cell.rate_per_1000
        frame = compared.to_pandas()
        print(cell.group["region"], rate, len(frame), compared.evidence[0].matched)
        print(compared.to_arrow().num_rows, sum(row.passages for row in index.count("lékař")))
        print(index.keywords(by="party")[0].words, len(index.themes()), len(index.documents()))
        document = index.document(best.file)
        return [document.facts.title, *(one.text for one in document.passages)]


try:
    print(len(places(sys.argv[1])))
except ProgsearchError as error:
    print(error.remedy)
"""
WRONG = """
import progsearch

with progsearch.open("index") as index:
    index.search("lékař", regoin="CZ-51")
    index.search(5)
    index.count("lékař", by=3)
    index.search("lékař")[0].nonsense
    progsearch.nonsense
"""


class Installed(NamedTuple):
    python: Path
    folder: Path

    def run(self, *words, **more):
        # Nothing of the checkout may be found by chance.
        kept = {
            name: value
            for name, value in os.environ.items()
            if name == "PROGSEARCH_CACHE" or not name.startswith(("PYTHON", "PROGSEARCH"))
        }
        return subprocess.run(
            [self.python, *words],
            cwd=self.folder,
            env=kept | {"PYTHONUTF8": "1"} | more,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )


def build(checkout, folder):
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", folder],
        cwd=checkout,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def built(project, tmp_path_factory):
    return build(project, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False, symlinks=os.name != "nt")
    home = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = home / f"python{'.exe' if os.name == 'nt' else ''}"
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    place = Path(subprocess.check_output(asked, encoding="utf-8").strip())
    with zipfile.ZipFile(built[0]) as wheel:
        wheel.extractall(place)
    # The libraries are those of the tests: nothing is fetched. What they have of progsearch
    # itself comes behind, and its own .pth is not read.
    (place / "libraries.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    (folder / "work").mkdir()
    return Installed(python, folder / "work")


def test_the_wheel_has_all_that_is_needed(project, built):
    with zipfile.ZipFile(built[0]) as wheel:
        names = set(wheel.namelist())
        (metadata,) = (name for name in names if name.endswith("/METADATA"))
        told = wheel.read(metadata).decode("utf-8")
    package = project / "progsearch"
    for file in package.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            assert file.relative_to(project).as_posix() in names
    for file in (project / "corpus").rglob("*"):
        if file.is_file():
            assert (
                f"progsearch/data/demo/{file.relative_to(project / 'corpus').as_posix()}" in names
            )
    assert "progsearch/py.typed" in names
    assert not any(name.startswith(("tests/", "docs/")) for name in names)
    version = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(re.findall(r"^Provides-Extra: (.+)$", told, re.MULTILINE)) == set(
        version["project"]["optional-dependencies"]
    )
    assert (project / "README.md").read_text(encoding="utf-8").strip() in told


def test_the_sdist_gives_the_same_wheel(built, tmp_path):
    with tarfile.open(built[1]) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (checkout,) = tmp_path.iterdir()
    again, _ = build(checkout, tmp_path / "dist")
    assert again.read_bytes() == built[0].read_bytes()


def test_pictures_of_the_readme_lead_to_the_address(project, tmp_path):
    names = ("progsearch", "corpus", "README.md", "LICENSE", "hatch_build.py", "pyproject.toml")
    for name in names:
        copy = shutil.copytree if (project / name).is_dir() else shutil.copy
        copy(project / name, tmp_path / name)
    file = tmp_path / "pyproject.toml"
    text = file.read_text(encoding="utf-8")
    address = "https://git.example.org/progsearch/raw/v1"
    assert text.count('address = ""') == 1
    file.write_text(text.replace('address = ""', f'address = "{address}"'), encoding="utf-8")
    wheel, _ = build(tmp_path, tmp_path / "dist")
    with zipfile.ZipFile(wheel) as made:
        (metadata,) = (name for name in made.namelist() if name.endswith("/METADATA"))
        told = made.read(metadata).decode("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", told)
    assert f"{address}/docs/session.svg" in links
    assert all(link.startswith("https://") for link in links)


def test_the_demonstration_and_a_script_run_on_the_wheel(installed):
    done = installed.run("-m", "progsearch", "demo", "corpus")
    assert "now run: progsearch ingest corpus" in done.stderr
    installed.run("-m", "progsearch", "ingest", "--quiet")
    found = installed.run("-c", "import progsearch; print(progsearch.__file__)").stdout
    assert "site-packages" in found
    (installed.folder / "script.py").write_text(SCRIPT, encoding="utf-8")
    lines = installed.run("script.py", "index").stdout.splitlines()
    assert lines[0].startswith("corpus/cz/")
    assert lines[-1].isdecimal()
    told = installed.run("script.py", "nothing").stdout
    assert told.startswith("run: progsearch ingest")


def test_commands_of_the_readme_run_on_the_wheel(project, installed):
    text = (project / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ progsearch (.+)$", text, re.MULTILINE)
    lines += re.findall(r"&& \.venv/bin/progsearch (search [^&\n]+|count [^&\n]+)", text)
    lines += re.findall(r"^progsearch (report .+)$", text, re.MULTILINE)
    assert len(lines) >= 4
    for line in lines:
        import shlex

        words = shlex.split(line)
        installed.run("-m", "progsearch", *words)
    assert (installed.folder / "housing.html").stat().st_size > 10_000


def checked(installed, name, text):
    """What mypy says of a script in strict mode, with the types of the installed package."""
    pytest.importorskip("mypy")
    (installed.folder / name).write_text(text, encoding="utf-8")
    line = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed.python]
    line += ["--cache-dir", installed.folder / "cache", name]
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "MYPY"))}
    return subprocess.run(
        line, cwd=installed.folder, env=kept, capture_output=True, encoding="utf-8", check=False
    )


def test_a_script_is_strictly_typed(installed):
    done = checked(installed, "script.py", SCRIPT)
    assert done.returncode == 0, done.stdout


def test_mistakes_in_a_script_are_found_by_its_types(installed):
    done = checked(installed, "wrong.py", WRONG)
    lines = {
        int(line) for line in re.findall(r"^wrong\.py:(\d+): error", done.stdout, re.MULTILINE)
    }
    assert lines == {5, 6, 7, 8, 9}, done.stdout
