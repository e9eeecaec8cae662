"""The Iranian solar calendar, in whole days.

A leap year is told by its place in a cycle of 33 years; this agrees with the observed calendar for the years
1343 to 1472 (1964 to 2094), and outside of these nothing is converted.
"""

from __future__ import annotations

from datetime import date, timedelta

_FIRST, _LAST = 1343, 1472
_LEAP_REMAINDERS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_EPOCH_YEAR, _EPOCH = 1400, date(2021, 3, 21)
"""1 Farvardin 1400."""


def is_leap(year: int) -> bool:
    """Whether the solar `year` has 366 days."""
    return year % 33 in _LEAP_REMAINDERS


def month_length(year: int, month: int) -> int:
    """The days of the solar `month`: six of 31, five of 30, and the last of 29 or 30."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a solar date, or None where there is no such day or the reckoning is not sure."""
    if not (_FIRST <= year <= _LAST and 1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    days = sum(365 + is_leap(one) for one in range(_EPOCH_YEAR, year))
    days -= sum(365 + is_leap(one) for one in range(year, _EPOCH_YEAR))
    days += sum(month_length(year, one) for one in range(1, month)) + day - 1
    return _EPOCH + timedelta(days=days)
