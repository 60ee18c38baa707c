"""Rates, intervals and tests of comparisons, held against scipy and statsmodels."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from compare_making import asks, index_of, text_of
from hypothesis import assume, given
from hypothesis import strategies as st

from progsearch.compare import Cell, Comparison, Group, Question, comparison, differences
from progsearch.compare.differences import LEVEL
from progsearch.compare.table import cell_of
from progsearch.engine import Counts, Total
from progsearch.statistics import (
    Z95,
    chi_squared_tail,
    g_squared,
    holm,
    log_likelihood,
    log_ratio,
    p_value,
    wilson,
)

WITHOUT = "the extra dev is not installed"


@pytest.fixture(scope="module")
def scipy():
    return pytest.importorskip("scipy.stats", reason=WITHOUT)


@pytest.fixture(scope="module")
def proportion():
    return pytest.importorskip("statsmodels.stats.proportion", reason=WITHOUT)


@pytest.fixture(scope="module")
def multitest():
    module = pytest.importorskip("statsmodels.stats.multitest", reason=WITHOUT)
    with pytest.MonkeyPatch.context() as patch:
        # It collects garbage each time, which takes seconds beside all that tests have loaded.
        patch.setattr("gc.collect", lambda: 0)
        yield module


shares = st.integers(1, 10**6).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size)))
tables = st.lists(shares, min_size=2, max_size=12)
probabilities = st.lists(st.floats(0, 1), max_size=40)


@given(shares)
def test_wilson_is_that_of_statsmodels(proportion, share):
    found, size = share
    low, high = wilson(found, size)
    wanted = proportion.proportion_confint(found, size, alpha=0.05, method="wilson")
    assert (low, high) == pytest.approx(wanted, abs=1e-12)
    assert 0 <= low <= found / size <= high <= 1


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_takes_in_the_shares_that_the_score_test_allows(found, more):
    # The interval's definition: its ends are so far off that the score test gives z.
    size = found + more
    for end in wilson(found, size):
        if 0 < end < 1:
            spread = math.sqrt(end * (1 - end) / size)
            assert abs(found / size - end) / spread == pytest.approx(Z95)


@given(tables)
def test_g_squared_is_that_of_scipy(scipy, table):
    found, sizes = [one for one, _ in table], [size for _, size in table]
    assume(0 < sum(found) < sum(sizes))
    rows = [found, [size - one for one, size in table]]
    wanted = scipy.chi2_contingency(rows, correction=False, lambda_="log-likelihood")
    statistic = g_squared(found, sizes)
    assert statistic == pytest.approx(max(0, wanted.statistic), rel=1e-6, abs=1e-5)
    degrees = len(table) - 1
    assert wanted.dof == degrees
    assert chi_squared_tail(statistic, degrees) == pytest.approx(
        scipy.chi2.sf(statistic, degrees), rel=1e-9, abs=1e-12
    )


@given(st.floats(0, 2000), st.integers(1, 400))
def test_tail_is_that_of_scipy(scipy, statistic, degrees):
    wanted = scipy.chi2.sf(statistic, degrees)
    assert chi_squared_tail(statistic, degrees) == pytest.approx(wanted, rel=1e-8, abs=1e-12)


@given(st.floats(0, 1400))
def test_p_of_one_degree_is_that_of_scipy(scipy, statistic):
    wanted = scipy.chi2.sf(statistic, 1)
    assert p_value(statistic) == pytest.approx(wanted, rel=1e-9, abs=1e-300)
    assert p_value(statistic) == pytest.approx(chi_squared_tail(statistic, 1), rel=1e-9)


@given(probabilities)
def test_holm_is_that_of_statsmodels(multitest, found):
    corrected = holm(found)
    wanted = multitest.multipletests(found, method="holm")[1] if found else []
    assert corrected == pytest.approx(list(wanted), abs=1e-12)


@given(probabilities, st.randoms(use_true_random=False))
def test_holm_does_not_depend_on_the_order(found, random):
    order = list(range(len(found)))
    random.shuffle(order)
    corrected = holm(found)
    assert holm([found[at] for at in order]) == [corrected[at] for at in order]


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([], []),
        ([0.04], [0.04]),
        # the least by three, the next by two and no less than the one before
        ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
        ([0.5, 0.9], [1.0, 1.0]),
    ],
)
def test_holm_by_hand(found, wanted):
    assert holm(found) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("found", "sizes", "wanted"),
    [
        ([0, 0], [50, 70], 0.0),
        ([50, 70], [50, 70], 0.0),
        ([10, 20, 30], [100, 200, 300], 0.0),
        # by hand: expected 15 and 85 in both
        ([20, 10], [100, 100], 2 * (20 * math.log(20 / 15) + 10 * math.log(10 / 15)
            + 80 * math.log(80 / 85) + 90 * math.log(90 / 85))),
    ],
)  # fmt: skip
def test_g_squared_by_hand(found, sizes, wanted):
    assert g_squared(found, sizes) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("degrees", [0, -1])
def test_without_degrees_nothing_is_unlikely(degrees):
    assert chi_squared_tail(10, degrees) == 1


def made(*counts):
    """A comparison of one question; a pair of counts for each group."""
    groups = [
        Group((f"g{at}",), (f"g{at}",), size, 1, 10 * size) for at, (_, size) in enumerate(counts)
    ]
    cells = [
        cell_of("q", group, Counts(found, 1, 10 * found))
        for group, (found, _) in zip(groups, counts, strict=True)
    ]
    question = Question("q", "q", None)
    return Comparison((question,), ("party",), tuple(groups), tuple(cells))


larger = st.integers(30, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(larger, min_size=3, max_size=8))
def test_every_group_is_tested_against_all_others(scipy, multitest, counts):
    found = differences(made(*counts))
    total, size = sum(one for one, _ in counts), sum(n for _, n in counts)
    raw = []
    for one, (own, of) in zip(found.groups, counts, strict=True):
        assert (one.passages, one.of_passages) == (own, of)
        assert (one.rest, one.of_rest) == (total - own, size - of)
        assert one.ratio == pytest.approx(log_ratio(own, of, total - own, size - of))
        if 0 < total < size:
            rows = [[own, total - own], [of - own, size - of - (total - own)]]
            wanted = scipy.chi2_contingency(rows, correction=False, lambda_="log-likelihood")
            assert one.g2 == pytest.approx(max(0, wanted.statistic), abs=1e-6)
            assert one.p == pytest.approx(scipy.chi2.sf(one.g2, 1), rel=1e-9, abs=1e-300)
        raw.append(one.p)
    wanted = multitest.multipletests(raw, method="holm")[1]
    assert [one.corrected for one in found.groups] == pytest.approx(list(wanted), abs=1e-12)


@given(st.lists(larger, min_size=2, max_size=8))
def test_a_difference_is_called_only_when_intervals_and_test_allow_it(counts):
    found = differences(made(*counts))
    for one in found.groups:
        low, high = wilson(one.passages, one.of_passages)
        rest_low, rest_high = wilson(one.rest, one.of_rest)
        apart = "more" if low > rest_high else "fewer" if high < rest_low else ""
        assert one.called == (apart if one.corrected < LEVEL else "")
        if one.called:
            assert (one.ratio > 0) == (one.called == "more")


def test_intervals_apart_are_not_enough_among_many_groups():
    first, *_ = differences(made((33, 200), *[(20, 200)] * 14)).groups
    assert wilson(33, 200)[0] > wilson(first.rest, first.of_rest)[1]
    assert first.p < LEVEL < first.corrected
    assert first.called == ""


def test_two_groups_are_one_test():
    first, second = differences(made((40, 100), (10, 100))).groups
    assert first.p == second.p == first.corrected == second.corrected
    assert (first.called, second.called) == ("more", "fewer")
    three = differences(made((40, 100), (10, 100), (20, 100))).groups
    assert three[0].corrected > three[0].p


def test_small_and_unknown_groups_take_no_part():
    compared = made((29, 29), (0, 40), (0, 50))
    assert [one.group for one in differences(compared).groups] == [("g1",), ("g2",)]
    assert [one.groups for one in differences(compared).spreads] == [2]
    assert differences(compared).of("q", ("g0",)) is None
    unknown = Group(("",), ("unknown",), 900, 1, 900)
    cells = (*compared.cells, cell_of("q", unknown, Counts(900, 1, 900)))
    more = Comparison(compared.themes, ("party",), (*compared.groups, unknown), cells)
    assert differences(more) == differences(compared)


def test_one_group_alone_is_not_tested():
    assert differences(made((5, 400))).groups == ()
    assert differences(made((5, 400), (3, 10))).spreads == ()


def test_spreads_are_corrected_by_the_number_of_questions():
    index = index_of(
        text_of("a", ["lékař"] * 30 + ["sestra"] * 10 + ["vlak"] * 60, party="A"),
        text_of("b", ["lékař"] * 10 + ["sestra"] * 12 + ["vlak"] * 60, party="B"),
    )
    compared = comparison(index, asks(index, "lékař", "sestra", "vlak"), ["party"])
    found = differences(compared)
    assert [one.theme for one in found.spreads] == ["lékař", "sestra", "vlak"]
    assert holm([one.p for one in found.spreads]) == [one.corrected for one in found.spreads]
    assert [one.differs for one in found.spreads] == [True, False, False]
    first = found.spreads[0]
    assert first.g2 == pytest.approx(g_squared([30, 10], [100, 82]))
    assert first.degrees == 1


@given(st.integers(0, 900), st.integers(0, 100), st.integers(1, 20))
def test_rates_and_intervals_of_a_cell(proportion, of, words, per):
    found = of // per
    cell = cell_of("q", Group(("a",), ("A",), of, 1, 10_000), Counts(found, 1, words))
    assert isinstance(cell, Cell)
    assert cell.share_of_words == words / 10_000
    if not of:
        assert (cell.rate_per_1000, cell.low, cell.high) == (0, 0, 1000)
        return
    assert cell.rate_per_1000 == pytest.approx(1000 * found / of)
    low, high = proportion.proportion_confint(found, of, method="wilson")
    assert (cell.low, cell.high) == pytest.approx((1000 * low, 1000 * high), abs=1e-9)


@given(st.integers(1, 400), st.integers(0, 400))
def test_log_likelihood_of_words_is_near_that_of_shares_when_they_are_rare(own, rest):
    # Both statistics meet where nearly nothing matches: the words that do not weigh little.
    size = 10**9
    words = log_likelihood(own, size, rest, size)
    assert g_squared([own, rest], [size, size]) == pytest.approx(words, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(("other", "differs"), [(40, True), (42, False), (60, False)])
def test_groups_differ_below_five_in_a_hundred(other, differs):
    (spread,) = differences(made((60, 1000), (other, 1000))).spreads
    assert (spread.p < 0.05) is differs
    assert spread.differs is differs


@pytest.mark.parametrize(
    ("more", "fewer", "apart"),
    [
        (40, 19, True),  # by less than a thousandth of a rate
        (117, 80, True),
        (55, 30, False),  # they meet by as little
        (105, 70, False),
    ],
)
def test_intervals_are_compared_as_they_are(more, fewer, apart):
    gap = wilson(more, 1000)[0] / wilson(fewer, 1000)[1]
    assert abs(gap - 1) < 0.001
    first, second = differences(made((more, 1000), (fewer, 1000))).groups
    assert first.corrected < 0.05
    assert (first.called, second.called) == (("more", "fewer") if apart else ("", ""))


def test_the_test_of_a_group_is_that_of_its_question():
    one, other = made((40, 100), (10, 100)), made((11, 100), (41, 100))
    cells = (*one.cells, *(replace(cell, theme="other") for cell in other.cells))
    found = differences(replace(one, cells=cells))
    for theme, group, passages in (("q", "g1", 10), ("other", "g0", 11), ("other", "g1", 41)):
        test = found.of(theme, (group,))
        assert (test.theme, test.group, test.passages) == (theme, (group,), passages)
    assert found.of("q", ("g2",)) is None
    assert found.of("another", ("g0",)) is None


def test_a_comparison_gives_its_cells_by_question_and_by_group():
    compared = made((40, 100), (10, 100))
    cells = (*compared.cells, *(replace(cell, theme="r", passages=1) for cell in compared.cells))
    compared = replace(compared, cells=cells, totals={"q": Total(50, 500)}, size=Total(200, 2000))
    assert [one.group for one in compared.cells_of("r")] == [("g0",), ("g1",)]
    assert (compared.cell("q", ("g1",)).passages, compared.cell("r", ("g1",)).passages) == (10, 1)
    with pytest.raises(KeyError):
        compared.cell("q", ("g2",))
    by_group = compared.by_group()
    assert [one.theme for one in by_group["g0",]] == ["q", "r"]
    assert (compared.overall("q"), compared.overall("none")) == (250.0, 0.0)
    assert replace(compared, size=Total()).overall("q") == 0.0
    cell = compared.cells[0]
    assert (cell.rate_per_1000, cell.share_of_words) == (400.0, 0.4)
    assert (cell.per_million_words, replace(cell, of_words=0).per_million_words) == (40_000.0, 0.0)
    assert (
        replace(cell, of_words=0).share_of_words,
        replace(cell, of_passages=0).rate_per_1000,
    ) == (
        0.0,
        0.0,
    )
    assert (cell.comparable, replace(cell, group=("",)).comparable) == (True, False)
    assert (replace(cell, group=()).comparable, replace(cell, small=True).comparable) == (
        True,
        False,
    )
