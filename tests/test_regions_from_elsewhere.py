"""An index may hold regions that the list of regions does not know; each counts as its code."""

from __future__ import annotations

import csv
import io
import json

import pytest
from every_command import run

from progsearch.engine import installed
from progsearch.errors import ProgsearchError

CHANGED = {"CZ-51": ("CZ-01", "Horní kraj"), "SE-G": ("GB-03", "Oslo")}


@pytest.fixture(scope="module")
def here(demo):
    return demo


@pytest.fixture(scope="module", params=installed())
def index(here, request, tmp_path_factory):
    """An index of its export with other regions."""
    folder = tmp_path_factory.mktemp("elsewhere")
    rows = []
    for line in run("export", "corpus", "--index", here).stdout.splitlines():
        row = json.loads(line)
        if row["document_region"] in CHANGED:
            code, name = CHANGED[row["document_region"]]
            row |= {"document_region": code, "document_region_name": name}
        rows.append(json.dumps(row))
    (folder / "in").mkdir()
    (folder / "in" / "corpus.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    at = folder / "index"
    with pytest.MonkeyPatch.context() as patch:  # as one_process, for the whole module
        patch.setattr("progsearch.prepare._is_plain", lambda _job: True)
        run("ingest", folder / "in", "--index", at, "--engine", request.param, "-q")
    return at


def counted(*words):
    table = csv.DictReader(io.StringIO(run(*words, "-f", "csv").stdout))
    return {
        row["region"]: tuple(
            row[name] for name in ("passages", "documents", "words") if name in row
        )
        for row in table
    }


@pytest.mark.parametrize(
    "words",
    [
        ("count", "--by", "region"),
        ("count", "vård OR škola", "--by", "region"),
        ("list", "regions"),
        ("compare", "vård OR škola", "--by", "region"),
    ],
)
def test_their_counts_are_those_of_the_regions_that_they_were(here, index, words):
    before = counted(*words, "--index", here)
    wanted = {CHANGED.get(code, (code,))[0]: row for code, row in before.items()}
    assert len(wanted) > 3
    assert counted(*words, "--index", index) == wanted


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("count", "--by", "region"), "CZ-01"),
        (("list", "regions"), "CZ-01"),
        (("list", "documents"), "CZ-01"),
        (("compare", "škola", "--by", "region"), "CZ-01"),
        (("compare", "škola", "--by", "region", "--silent"), "GB-03"),
        (("report", "škola", "--by", "region"), "CZ-01"),
        (("search", "škola", "--region", "CZ-01"), "Horní kraj (CZ-01)"),
        (("search", "škola", "--region", "cz-01"), "Horní kraj (CZ-01)"),
        (("search", "škola", "--region", "horni kraj"), "Horní kraj (CZ-01)"),
        (("search", "vård AND region:GB-03"), "Oslo (GB-03)"),
    ],
)
def test_they_are_shown_by_their_codes(index, words, shown):
    ran = run(*words, "--index", index)
    assert shown in ran.stdout
    assert f"{shown} {shown}" not in ran.stdout


@pytest.mark.parametrize("name", ["NO-99", "Narnia"])
def test_a_region_that_nobody_knows_is_an_error(index, name):
    with pytest.raises(ProgsearchError, match=f"unknown region '{name}'"):
        run("search", "škola", "--region", name, "--index", index)
