"""The generated pages are what the program says now; the others name what exists."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest


def test_generated_pages_are_up_to_date(project):
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_picture_of_the_readme_has_its_numbers(project):
    text = (project / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^healthcare-staffing,([^,]+),\d+,\d+,\d+,([\d.]+),", text, re.MULTILINE)
    drawn = (project / "docs" / "comparison.svg").read_text(encoding="utf-8")
    told = [one.strip("()") for one in re.findall(r"<!-- (.*?) -->", drawn, re.DOTALL)]
    shares = {name: f"{float(rate) / 10:.0f}%" for name, rate in rows if name != "unknown"}
    assert len(shares) > 4
    assert not shares.keys() - set(told)
    assert not set(shares.values()) - set(told)


def test_a_picture_with_another_number_is_out_of_date():
    from docs.generate import shown

    one = "<svg><!-- Created with matplotlib --><path d='M 1.25'/><!-- 11% --></svg>"
    assert shown(one) == shown(one.replace("1.25", "1.26"))
    assert shown(one) != shown(one.replace("11%", "12%"))
    assert shown("a page") != shown("another page")


def test_architecture_is_short(project):
    assert len((project / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize(
    "page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "corpus/README.md"]
)
def test_links_and_paths_lead_somewhere(project, page):
    text = (project / page).read_text(encoding="utf-8")
    folder = (project / page).parent
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (folder / target).exists(), target
    for name in re.findall(r"`((?:progsearch|docs|tests|benchmarks|corpus)/[\w./-]+\w)`", text):
        if "NAME" not in name and "CODE" not in name and "ID" not in name and "TAG" not in name:
            assert (project / name).exists(), name


def test_every_command_is_in_the_reference(project):
    from progsearch.cli import COMMANDS

    text = (project / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"## progsearch {name}" in text


def test_a_picture_keeps_what_its_page_said():
    from docs.pictures import DOCS, PICTURES, showing, shows, stale, words_of

    name = next(iter(PICTURES))
    picture = (DOCS / name).read_bytes()
    told = shows(picture)
    assert told
    assert stale([(name, told)]) == []
    assert stale([(name, "another"), ("none.png", told)]) == [name, "none.png"]
    assert shows(showing(picture, "another")) == "another"
    page = '<p>12 <b>passages</b></p><input name="token" value="{}"><footer>{}</footer>'
    assert words_of(page.format("a", "b")) == words_of(page.format("c", "d"))
    assert words_of(page.format("a", "b")) != words_of(page.replace("12", "13").format("a", "b"))


def test_releases_stand_in_their_order_and_the_last_one_is_this(project):
    import progsearch

    text = (project / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (\d+)\.(\d+)\.(\d+) – (\d{4}-\d\d-\d\d)$", text, re.MULTILINE)
    headings = re.findall(r"^## .*$", text, re.MULTILINE)
    assert len(found) == len([one for one in headings if one != "## Unreleased"])
    versions = [tuple(map(int, one[:3])) for one in found]
    assert versions == sorted(versions, reverse=True)
    assert [one[3] for one in found] == sorted((one[3] for one in found), reverse=True)
    assert progsearch.__version__ == ".".join(map(str, versions[0]))
