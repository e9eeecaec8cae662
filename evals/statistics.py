"""How sure the numbers are: intervals by resampling articles, paired differences by swapping them.

Articles are the unit: items of one article stand and fall together. Percentile bootstrap (Efron 1979) and an approximate
randomisation test (Noreen 1989), both with a fixed seed, so that a run can be repeated to the digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20220303
_NAMES = ("tp", "fp", "fn")

Table = NDArray[np.float64]
Rate = Callable[[Table], Table]


@dataclass(frozen=True, slots=True)
class Interval:
    """A rate with its interval; None where it is not defined (nothing to divide by)."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The rate of B less that of A on the same articles, its interval, and the chance of as large a one by luck."""

    value: float | None
    low: float | None
    high: float | None
    p: float | None


def precision(sums: Table) -> Table:
    """tp / (tp + fp), along the last axis; NaN where undefined."""
    return _ratio(sums[..., 0], sums[..., 0] + sums[..., 1])


def recall(sums: Table) -> Table:
    """tp / (tp + fn)."""
    return _ratio(sums[..., 0], sums[..., 0] + sums[..., 2])


def f1(sums: Table) -> Table:
    """2 tp / (2 tp + fp + fn)."""
    return _ratio(2 * sums[..., 0], 2 * sums[..., 0] + sums[..., 1] + sums[..., 2])


def table(counts: Sequence[Counter[str]], prefix: str = "") -> Table:
    """Counts of articles as rows of true positives, false positives, false negatives."""
    return np.array([[one[prefix + name] for name in _NAMES] for one in counts], dtype=float).reshape(-1, 3)


def interval(counts: Table, rate: Rate, resamples: int = RESAMPLES) -> Interval:
    """The rate over all articles, with its bootstrap interval over articles."""
    value = _number(rate(counts.sum(axis=0)))
    if len(counts) < 2 or value is None:
        return Interval(value, None, None)
    return Interval(value, *_bounds(rate(_resampled(counts, resamples))))


def difference(a: Table, b: Table, rate: Rate, resamples: int = RESAMPLES) -> Difference:
    """B less A, paired by article: `a[i]` and `b[i]` are counts of the same article."""
    first, second = _number(rate(a.sum(axis=0))), _number(rate(b.sum(axis=0)))
    if first is None or second is None:
        return Difference(None, None, None, None)
    value = second - first
    if len(a) < 2:
        return Difference(value, None, None, None)
    picks = _picks(len(a), resamples)
    low, high = _bounds(rate(b[picks].sum(axis=1)) - rate(a[picks].sum(axis=1)))
    return Difference(value, low, high, _permutation(a, b, rate, value, resamples))


def _permutation(a: Table, b: Table, rate: Rate, value: float, resamples: int) -> float:
    """How often swapping A and B at random, article by article, gives a difference at least as large."""
    swap = np.random.default_rng(_SEED).integers(0, 2, size=(resamples, len(a), 1)).astype(bool)
    one = np.where(swap, b, a).sum(axis=1)
    other = np.where(swap, a, b).sum(axis=1)
    spread = np.nan_to_num(np.abs(rate(other) - rate(one)))
    return float((np.sum(spread >= abs(value) - 1e-12) + 1) / (resamples + 1))


def _picks(size: int, resamples: int) -> NDArray[np.int64]:
    return np.random.default_rng(_SEED).integers(0, size, size=(resamples, size))


def _resampled(counts: Table, resamples: int) -> Table:
    sums: Table = counts[_picks(len(counts), resamples)].sum(axis=1)
    return sums


def _bounds(values: Table) -> tuple[float | None, float | None]:
    kept = values[~np.isnan(values)]
    if not len(kept):
        return None, None
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(kept, [tail, 100 - tail])
    return float(low), float(high)


def _ratio(top: Table, bottom: Table) -> Table:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)


def _number(value: Table) -> float | None:
    return None if np.isnan(value) else float(value)
