from __future__ import annotations

import pytest

from progsearch.facts.campaigns import Campaign, read_campaign


@pytest.mark.parametrize(
    ("category", "group", "year", "fulfilment"),
    [
        ("kraj2020", "volby-2020", 2020, False),
        ("2018-komunalni", "volby-2018", 2018, False),
        ("2020-krajske", "2020-krajske", 2020, False),
        ("2020-krajske-plneni", "volby-2020", 2020, True),
        ("psp2017", "", 2017, False),
        ("praha2018", "volby-2018", 2018, False),
        ("2018-komunalky-kolin", "2018-komunalky", 2018, False),
        ("senat", "", None, False),
        ("senat", "volby-2018", 2018, False),
        ("", "volby-2020", 2020, False),
        ("hlinsko", "volby-2018", 2018, False),
        ("psp202122", "", None, False),
        ("kraj2020", "volby-2018", 2020, False),
    ],
)
def test_read_campaign(category: str, group: str, year: int | None, fulfilment: bool) -> None:
    assert read_campaign(category, group) == Campaign(category or group, year, fulfilment)


@pytest.mark.parametrize("key", ["", "hlinsko", "2020", "rajska-zahrada", "krajina"])
def test_no_campaign(key: str) -> None:
    assert read_campaign(key) is None
