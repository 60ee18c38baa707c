"""The arithmetic of counts, held against published figures and a statistics library."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progsearch.keyness import keyness
from progsearch.statistics import (
    association,
    dispersion,
    log_dice,
    log_likelihood,
    log_ratio,
    mutual_information,
    p_value,
    wilson,
)

counts = st.integers(0, 5000)
sizes = st.integers(5001, 10**6)


@pytest.mark.parametrize(
    ("target", "target_size", "rest", "rest_size", "wanted"),
    [
        # by hand: expected 15 and 15; 2 (20 ln 20/15 + 10 ln 10/15)
        (20, 1000, 10, 1000, 2 * (20 * math.log(4 / 3) + 10 * math.log(2 / 3))),
        (10, 1000, 100, 10000, 0.0),
        (0, 1000, 10, 1000, 20 * math.log(2)),
        (0, 1000, 0, 1000, 0.0),
        (5, 100, 0, 0, 0.0),
        (0, 0, 5, 100, 0.0),
        (1, 0, 1, 10, 0.0),  # more than there is of it says nothing
    ],
)
def test_log_likelihood_by_hand(target, target_size, rest, rest_size, wanted):
    found = log_likelihood(target, target_size, rest, rest_size)
    assert found == pytest.approx(wanted, abs=1e-9)


@pytest.fixture(scope="module")
def stats():
    """scipy's statistics; they come with the extra ``evaluate``."""
    return pytest.importorskip("scipy.stats", reason="the extra evaluate is not installed")


@given(target=counts, target_size=sizes, rest=counts, rest_size=sizes)
def test_log_likelihood_is_that_of_the_library(stats, target, target_size, rest, rest_size):
    both, size = target + rest, target_size + rest_size
    if not both:
        return
    expected = [target_size * both / size, rest_size * both / size]
    wanted, _ = stats.power_divergence([target, rest], expected, lambda_="log-likelihood")
    found = log_likelihood(target, target_size, rest, rest_size)
    assert found == pytest.approx(max(0, wanted), rel=1e-6, abs=1e-6)
    assert p_value(found) == pytest.approx(stats.chi2.sf(found, 1), rel=1e-9, abs=1e-300)


@given(counts, sizes, counts, sizes)
def test_log_ratio_turns_around(target, target_size, rest, rest_size):
    there = log_ratio(target, target_size, rest, rest_size)
    assert there == pytest.approx(-log_ratio(rest, rest_size, target, target_size))
    assert log_ratio(40, 1000, 10, 1000) == pytest.approx(2)


@given(successes=st.integers(0, 300), more=st.integers(1, 300))
def test_wilson_is_that_of_the_library(stats, successes, more):
    trials = successes + more - 1
    low, high = wilson(successes, trials)
    if not trials:
        assert (low, high) == (0.0, 1.0)
        return
    wanted = stats.binomtest(successes, trials).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((wanted.low, wanted.high), abs=1e-9)
    assert 0 <= low <= successes / trials <= high <= 1


def test_wilson_of_a_known_example():
    # Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_keyness_puts_the_most_unusual_first():
    target = {"a": 30, "b": 8, "c": 2, "d": 50}
    rest = {"a": 5, "b": 0, "d": 5000}
    found = keyness(target, rest, target_size=100, rest_size=10_000)
    assert [key.item for key in found] == ["a", "b"]
    assert found[0].ratio == pytest.approx(math.log2(600))
    assert keyness(target, rest, target_size=100, rest_size=10_000, minimum=9)[-1].item == "a"


@pytest.mark.parametrize(
    ("found", "size", "smallest", "wanted"),
    [
        ([(5, 50), (5, 50)], 100, 50, (0.0, 0.0)),  # as the parts are
        ([(9, 90), (1, 10)], 100, 10, (0.0, 0.0)),
        ([(10, 50)], 100, 50, (0.5, 1.0)),  # all in one of two halves
        ([(10, 10)], 100, 10, (0.9, 1.0)),  # all in the smallest
        ([(10, 90)], 100, 10, (0.1, 0.1 / 0.9)),
        ([(3, 30), (1, 20)], 100, 20, (0.5, 0.625)),
        ([(10, 100)], 100, 100, (0.0, 0.0)),  # there is only one
        ([], 100, 50, (0.0, 0.0)),
        ([(1, 0)], 0, 0, (0.0, 0.0)),
    ],
)
def test_dispersion_by_hand(found, size, smallest, wanted):
    assert dispersion(found, size, smallest) == pytest.approx(wanted, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 1000)), min_size=1, max_size=9))
def test_dispersion_is_half_of_what_the_shares_differ_by(parts):
    total, size = sum(n for n, _ in parts), sum(words for _, words in parts)
    if not total:
        return
    wanted = sum(abs(n / total - words / size) for n, words in parts) / 2
    smallest = min(words for _, words in parts)
    found, normal = dispersion([one for one in parts if one[0]], size, smallest)
    assert found == pytest.approx(wanted, abs=1e-9)
    assert 0 <= found <= 1
    assert 0 <= normal <= 1
    if len(parts) > 1:
        assert normal == pytest.approx(min(1, wanted / (1 - smallest / size)), abs=1e-9)


def test_association_by_hand():
    assert log_dice(10, 10, 10) == 14
    assert log_dice(5, 10, 10) == 13
    assert log_dice(5, 30, 10) == 12
    assert mutual_information(8, 2) == 2
    assert mutual_information(1, 4) == -2
    statistic, expected = association(20, 1000, 30, 2000)
    assert expected == 15
    # of 30, 20 among 1,000 words and 10 among the other 1,000; of the others 980 and 990
    by_hand = 20 * math.log(20 / 15) + 10 * math.log(10 / 15)
    by_hand += 980 * math.log(980 / 985) + 990 * math.log(990 / 985)
    assert statistic == pytest.approx(2 * by_hand)
    statistic, expected = association(30, 500, 30, 2000)
    assert (statistic > 50, expected) == (True, 7.5)
