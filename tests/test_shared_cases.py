"""What newsrooms tried by hand comes out right through the commands, on files not kept here."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest
from every_command import run

CASES = (
    "party-letters.txt",
    "sv-lead-in.txt",
    "de-c1-bullets.md",
    "de-default-languages.txt",
    "german-default-languages.txt",
    "nb-default-languages.txt",
    "sk-default-languages.txt",
    "dutch-unsupported.txt",
    "macce.txt",
    "manifest-facts/valmanifest-2022-sd.txt",
    "hostile/party_upper.md",
    "hostile/party_title.md",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory, shared):
    folder = tmp_path_factory.mktemp("cases")
    for name in CASES:
        source, copy = shared / "cases" / name, folder / "corpus" / name
        if not source.is_file():
            pytest.skip(f"{name} is not at hand")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    said = run("ingest", folder / "corpus", "--index", folder / "index").stderr
    (folder / "index.said").write_text(said, encoding="utf-8")
    return folder / "index"


def hits(index, *words):
    ran = run("search", *words, "--index", index, "-f", "jsonl", "--limit", "500")
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("party-letters.txt", {"party": "Centerpartiet", "date": "2025-10-07"}),
        ("valmanifest-2022-sd.txt", {"party": "Sverigedemokraterna", "date": "2022"}),
        ("valmanifest-2022-sd.txt", {"kind": "programme", "country": "SE"}),
        ("de-default-languages.txt", {"lang": "de", "country": ""}),
        ("german-default-languages.txt", {"lang": "de", "country": ""}),
        ("nb-default-languages.txt", {"lang": "nb", "country": ""}),
        ("sk-default-languages.txt", {"lang": "sk", "country": "SK"}),
        ("dutch-unsupported.txt", {"lang": "nl", "country": ""}),
        ("macce.txt", {"lang": "cs", "country": "CZ"}),
    ],
)
def test_facts(index, name, facts):
    ran = run("list", "documents", "--index", index, "-f", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(ran.stdout)) if row["file"].endswith(name)]
    assert [{key: row[key] for key in facts} for row in rows] == [facts]


def test_languages_that_were_not_asked_for_are_named_and_counted_as_themselves(index):
    said = (index.parent / "index.said").read_text(encoding="utf-8")
    for language in ("German (de)", "Norwegian Bokmål (nb)", "Slovak (sk)", "Dutch (nl)"):
        assert language in said
    ran = run("count", "", "--by", "lang", "--index", index, "-f", "csv")
    rows = {row["lang"]: row for row in csv.DictReader(io.StringIO(ran.stdout))}
    assert set(rows) == {"cs", "de", "nb", "nl", "sk", "sv"}
    assert rows["de"]["documents"] == "3"


def test_lead_ins_commit_their_items_and_do_not_count(index):
    rows = [hit for hit in hits(index, "") if hit["file"].endswith("sv-lead-in.txt")]
    assert [row["commitment"] for row in rows] == ["strong"] * 5 + ["weak"] * 2
    assert not any(row["text"].endswith(":") for row in rows)


def test_a_heading_with_a_colon_leads_in_items_behind_any_bullet(index):
    rows = [hit for hit in hits(index, "") if hit["file"].endswith("de-c1-bullets.md")]
    assert len(rows) == 3


@pytest.mark.parametrize("name", ["ANO", "Ano", "ano"])
def test_a_party_is_found_however_it_is_spelled(index, name):
    files = {hit["file"].rpartition("/")[2] for hit in hits(index, "nemocnici", "--party", name)}
    assert "party_upper.md" in files
