"""Dates as EDTF strings (ISO 8601-2, levels 0 and 1): read, compare, write.

What is read: year, month, day, `?` `~` `%` after it, unspecified digits (`202X`, `2022-XX`, `2022-03-XX`), and
intervals of these, also open ones (`2022-02-24/..`). Seasons and times of day are no dates here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from summarizer.schema.article import Edtf

_POINT = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?", re.ASCII)


class Precision(IntEnum):
    """How fine a date is: the larger, the finer. An interval is as fine as the coarser of its ends."""

    CENTURY = 0
    DECADE = 1
    YEAR = 2
    MONTH = 3
    DAY = 4


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day that an EDTF string can mean, both included."""

    start: date
    end: date
    precision: Precision
    interval: bool = False

    @property
    def is_day(self) -> bool:
        """Whether this is one single day."""
        return self.start == self.end


def bounds(text: str) -> Bounds:
    """The days that `text` covers. Raises ValueError for anything that is no EDTF date."""
    if text.count("/") != 1:
        return _point(text)
    left, right = text.split("/")
    first = _point(left) if left not in ("", "..") else None
    last = _point(right) if right not in ("", "..") else None
    ends = [end for end in (first, last) if end]
    if not ends:
        raise ValueError(f"{text!r} is an interval without ends")
    start = first.start if first else date.min
    end = last.end if last else date.max
    if start > end:
        raise ValueError(f"{text!r} ends before it begins")
    return Bounds(start, end, min(one.precision for one in ends), interval=True)


def _point(text: str) -> Bounds:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no EDTF date")
    year, month, day = match.groups()
    if "X" in year:
        if month:
            raise ValueError(f"{text!r} gives a month of an unknown year")
        precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
        return Bounds(
            date(max(1, int(year.replace("X", "0"))), 1, 1), date(int(year.replace("X", "9")), 12, 31), precision
        )
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError(f"{text!r} gives a day of an unknown month")
        return Bounds(date(int(year), 1, 1), date(int(year), 12, 31), Precision.YEAR)
    first = date(int(year), int(month), 1)
    if day is None or day == "XX":
        return Bounds(first, first.replace(day=monthrange(first.year, first.month)[1]), Precision.MONTH)
    exact = first.replace(day=int(day))
    return Bounds(exact, exact, Precision.DAY)


def known(text: str | None) -> Bounds | None:
    """The bounds of `text`, or None where there is no valid EDTF date."""
    if not text:
        return None
    try:
        return bounds(text)
    except ValueError:
        return None


def valid(text: str) -> bool:
    """Whether `text` is an EDTF date of the kinds read here."""
    return known(text) is not None


def precision(text: str) -> Precision:
    """How fine `text` is. Raises ValueError for anything that is no EDTF date."""
    return bounds(text).precision


def overlaps(one: str, other: str) -> bool:
    """Whether some day lies in both. Raises ValueError for anything that is no EDTF date."""
    a, b = bounds(one), bounds(other)
    return a.start <= b.end and b.start <= a.end


def contains(outer: str, inner: str) -> bool:
    """Whether all days of `inner` lie in `outer`. Raises ValueError for anything that is no EDTF date."""
    a, b = bounds(outer), bounds(inner)
    return a.start <= b.start and b.end <= a.end


def of_day(day: date) -> Edtf:
    """`2022-03-03`."""
    return Edtf(day.isoformat())


def of_month(day: date) -> Edtf:
    """`2022-03`: the month in which `day` lies."""
    return Edtf(day.isoformat()[:7])


def of_year(day: date) -> Edtf:
    """`2022`: the year in which `day` lies."""
    return Edtf(day.isoformat()[:4])


def of_days(first: date, last: date) -> Edtf:
    """`2022-03-01/2022-03-02`, or the day itself where both are the same."""
    return of_day(first) if first == last else Edtf(f"{first.isoformat()}/{last.isoformat()}")


def between(first: Edtf, last: Edtf) -> Edtf:
    """The interval from `first` to `last`, or `first` itself where both are the same."""
    return first if first == last else Edtf(f"{first}/{last}")
