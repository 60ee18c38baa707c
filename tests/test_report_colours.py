"""Colours and scales of reports: they can be told apart, and have no false precision."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_making import report

from progsearch.compare import Group
from progsearch.compare.table import cell_of
from progsearch.engine import Counts
from progsearch.report.chart import Scale, scale_of
from progsearch.report.page import style_sheet
from progsearch.report.palette import DARK, LIGHT, LIMITS, STEPS, step, ticks
from progsearch.report.precision import decimals_of, shown_decimals

NBSP = "\u00a0"


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_steps_can_be_told_apart_and_read(scheme):
    assert len(scheme.steps) == len(scheme.inks) == STEPS
    lights = [luminance(colour) for colour in scheme.steps]
    assert lights in (sorted(lights), sorted(lights, reverse=True))
    for colour, ink in zip(scheme.steps, scheme.inks, strict=True):
        assert contrast(colour, ink) >= 4.5


def schemes():
    """The colours of the page itself, light and dark."""
    blocks = re.findall(r":root \{([^}]*)\}", style_sheet())
    found = [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in blocks]
    assert len(found) == 2
    return [found[0], found[0] | found[1]]


@pytest.mark.parametrize("which", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "ground", 7),
        ("text", "raised", 7),
        ("quiet", "ground", 4.5),
        ("quiet", "raised", 4.5),
        ("link", "ground", 4.5),
        ("link", "raised", 4.5),
        ("marked", "mark", 4.5),
        ("dot", "ground", 3),
    ],
)
def test_everything_can_be_read(which, ink, ground, least):
    colours = schemes()[which]
    assert contrast(colours[ink], colours[ground]) >= least


rates = st.floats(0.05, 1000, allow_nan=False)


@given(rates, st.lists(rates, min_size=2))
def test_higher_rates_have_higher_steps(mean, some):
    steps = [step(rate, mean) for rate in sorted(some)]
    assert steps == sorted(steps)
    assert all(1 <= one <= STEPS for one in steps)
    assert step(0, mean) == step(mean, 0) == 0


@given(rates, rates)
def test_what_is_so_many_times_more_is_as_far_from_the_mean_as_what_is_less(mean, rate):
    times = rate / mean
    # Halves and doubles are exact; other numbers may fall on either side of a limit.
    if min(abs(times - limit) for limit in (*LIMITS, *(1 / one for one in LIMITS))) > 1e-6:
        assert step(rate, mean) + step(mean * mean / rate, mean) == STEPS + 1


@pytest.mark.parametrize(
    ("rate", "found"),
    [
        (20, 1),
        (24.9, 1),
        (25, 2),
        (50, 3),
        (80, 4),
        (100, 4),
        (125, 4),
        (126, 5),
        (200, 5),
        (401, 7),
    ],
)
def test_colours_are_beside_the_mean_of_the_question(rate, found):
    assert step(rate, 100) == found


@pytest.mark.parametrize(
    ("passages", "of", "shown"),
    [
        # statsmodels, proportion_confint(…, method="wilson")
        (8, 40, "20% (10 to 35%)"),
        (800, 4000, "20% (19 to 21%)"),
        (16000, 80000, "20.0% (19.7 to 20.3%)"),
        (1, 5000, "0.02% (0.004 to 0.11%)"),
        (11, 887, "1.2% (0.7 to 2.2%)"),
        (3, 900, "0.3% (0.1 to 1.0%)"),
        (1, 47, "2% (0.4 to 11%)"),
        (0, 65, "0% (0 to 6%)"),
    ],
)
def test_shares_have_no_false_precision(passages, of, shown):
    group = Group(("A",), ("A",), of, 1, 9)
    names = report().names
    cell = cell_of("t1", group, Counts(passages, 1, 1))
    assert f"{names.share(cell)} ({names.interval(cell)})" == shown


@given(st.floats(0, 100), st.floats(0, 100))
def test_the_last_digit_is_no_finer_than_a_twentieth_of_the_interval(low, high):
    decimals = decimals_of(min(low, high), max(low, high))
    if decimals:
        assert 10.0**-decimals >= abs(high - low) / 20 * 0.999


@given(st.floats(0.0001, 100), st.integers(0, 4))
def test_what_is_not_nothing_is_not_shown_as_0(value, decimals):
    assert float(f"{value:.{shown_decimals(value, decimals)}f}") > 0


@given(rates)
def test_axes_are_round_and_long_enough(highest):
    marks = ticks(highest)
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert marks[-2] < highest or len(marks) == 3
    assert 3 <= len(marks) <= 6


def test_places_on_a_scale():
    scale = Scale([0.0, 50.0, 100.0])
    assert scale.place(0) < scale.place(50) < scale.place(100) == scale.place(400) < 100


def test_small_groups_do_not_stretch_the_scale():
    cells = report().comparison.cells_of("t1")
    small = [cell for cell in cells if cell.small]
    assert small
    end = scale_of(cells).end
    assert max(cell.high for cell in cells if not cell.small) <= end < small[0].high
    assert small[0].rate_per_1000 > end  # written, not drawn
    names = report().names
    pairs = next(iter(names.numbered()))[2]
    assert replace(names, sort="name").ranked(pairs) == pairs
    order = names.ranked(pairs)
    assert [(pair[1].small, pair[1].known) for pair in order] == [
        *[(False, True), (False, True), (True, True), (False, False)]
    ]
    assert order[0][2].rate_per_1000 > order[1][2].rate_per_1000
