"""Intervals and differences: right on what can be worked out, the same on every run."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals import statistics
from evals.statistics import difference, f1, interval, precision, recall, table

COUNTS = st.lists(
    st.fixed_dictionaries({name: st.integers(0, 9) for name in ("tp", "fp", "fn")}).map(Counter),
    min_size=2,
    max_size=12,
)


def test_rates_on_paper() -> None:
    counts = table([Counter(tp=3, fp=1, fn=0), Counter(tp=1, fp=1, fn=2)])
    assert interval(counts, precision).value == pytest.approx(4 / 6)
    assert interval(counts, recall).value == pytest.approx(4 / 6)
    assert interval(counts, f1).value == pytest.approx(8 / 12)


def test_nothing_to_divide_by_is_none_and_no_zero() -> None:
    counts = table([Counter(fn=2), Counter(fn=1)])
    assert interval(counts, precision).value is None
    assert interval(counts, recall).value == 0.0


def test_articles_that_agree_have_no_spread() -> None:
    one = interval(table([Counter(tp=3, fp=1, fn=1)] * 6), f1)
    assert one.low == one.value == one.high


@given(COUNTS)
@settings(max_examples=40, deadline=None)
def test_the_interval_holds_the_value_and_can_be_repeated(counts: list[Counter[str]]) -> None:
    rows = table(counts)
    one, again = interval(rows, f1, 200), interval(rows, f1, 200)
    assert one == again
    if one.value is not None and one.low is not None and one.high is not None:
        assert one.low - 1e-9 <= one.high
        assert 0.0 <= one.low <= 1.0


@given(COUNTS)
@settings(max_examples=40, deadline=None)
def test_a_run_beside_itself_differs_by_nothing(counts: list[Counter[str]]) -> None:
    rows = table(counts)
    same = difference(rows, rows, f1, 200)
    assert same.value in (None, 0.0)
    assert same.p in (None, 1.0)


def test_a_large_and_even_difference_is_sure() -> None:
    worse = table([Counter(tp=2, fp=4, fn=4)] * 10)
    better = table([Counter(tp=5, fp=1, fn=1)] * 10)
    found = difference(worse, better, f1)
    assert found.value == pytest.approx(5 / 6 - 2 / 6)
    assert found.p is not None
    assert found.p < 0.01
    assert difference(better, worse, f1).value == pytest.approx(-(5 / 6 - 2 / 6))


def test_a_difference_on_one_article_of_many_is_not_sure() -> None:
    same = [Counter(tp=4, fp=1, fn=1)] * 9
    found = difference(table([*same, Counter(tp=1, fn=2)]), table([*same, Counter(tp=2, fn=1)]), f1)
    assert found.p is not None
    assert found.p > statistics.LEVEL - 0.9
