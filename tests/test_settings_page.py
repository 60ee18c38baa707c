"""The page on progsearch.toml has every key that the program knows, and every page its data."""

from __future__ import annotations

import tomllib

import pytest

from progsearch.defaults import ENTRY_KEYS, KNOWN_TABLES
from progsearch.facts.keys import Kind
from progsearch.permalinks import KEYS as WEB_KEYS
from progsearch.readers.tables.mapping import KEYS as TABLE_KEYS


@pytest.fixture(scope="module")
def table(project):
    text = (project / "docs" / "settings.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("key", sorted({*ENTRY_KEYS, *WEB_KEYS, *TABLE_KEYS, *KNOWN_TABLES}))
def test_every_key_is_in_the_table(table, key):
    cells = " ".join(line.split("|")[1] for line in table)
    assert any(f"{start}{key}" in cells for start in ("`", "`[", "`[[", "`[tables."))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_in_the_table(table, kind):
    assert any(f"`{kind}`" in line for line in table)


def test_every_key_of_the_registry_is_on_its_page(project):
    page = (project / "docs" / "parties.md").read_text(encoding="utf-8")
    countries = []
    for file in sorted((project / "progsearch" / "data" / "parties").glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        countries.append(data["country"])
        assert file.stem == data["country"]
        for key in {*data, *(key for party in data["party"] for key in party)} - {"party"}:
            assert f"`{key}`" in page, key
    assert ", ".join(countries) in " ".join(page.split())
