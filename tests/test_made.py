"""The day that stands on an output."""

from datetime import date, datetime

import pytest

from progsearch.made import today


@pytest.mark.parametrize(
    ("epoch", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1704067199", date(2023, 12, 31)),
        ("1704067200", date(2024, 1, 1)),
    ],
)
def test_the_day_is_that_of_the_epoch_in_utc(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == day


@pytest.mark.parametrize("epoch", [None, "", "soon", "-1", "99999999999999", "9" * 30])
def test_the_day_is_that_of_the_clock_without_one(monkeypatch, epoch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = datetime.now().astimezone().date()
    assert before <= today() <= datetime.now().astimezone().date()
