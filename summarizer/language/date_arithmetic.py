"""Counting with days: the nearest weekday, the nearest 24 February, three weeks back. No words, no text."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from summarizer.language.date_words import SOLAR
from summarizer.language.edtf import Bounds, Precision, between, of_day, of_days, of_month, of_year
from summarizer.language.solar_hijri import month_length, to_gregorian
from summarizer.schema.article import Edtf

_SOLAR_YEARS = 621
"""1 Farvardin of the solar year Y lies in the Gregorian year Y + 621."""


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day of a date with its year, of either calendar; None where there is no such day."""
    if month > SOLAR:
        return to_gregorian(year, month - SOLAR, day)
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def calendar_year(day: date, *, solar: bool) -> int:
    """The year of a day, by the Gregorian or the Iranian solar calendar."""
    if not solar:
        return day.year
    year = day.year - _SOLAR_YEARS
    first = to_gregorian(year, 1, 1)
    return year if first is None or first <= day else year - 1


def calendar_month(year: int, month: int) -> Bounds | None:
    """The days of a month with its year, of either calendar."""
    first = calendar_day(year, month, 1)
    last = calendar_day(year, month, month_length(year, month - SOLAR) if month > SOLAR else 28)
    if not first or not last:
        return None
    if month <= SOLAR:
        last = last.replace(day=monthrange(year, month)[1])
    return Bounds(first, last, Precision.MONTH)


def written_month(bounds: Bounds) -> Edtf:
    """A month as EDTF: `2022-03`, or the interval of its days where it is a solar one."""
    return of_month(bounds.start) if bounds.start.day == 1 else of_days(bounds.start, bounds.end)


def nearest_weekday(day: date, weekday: int, *, future: bool = False, strict: bool = False) -> date:
    """The nearest `weekday` (ISO) up to `day`, or from it on; `strict` leaves `day` itself out."""
    distance = (weekday - day.isoweekday() if future else day.isoweekday() - weekday) % 7
    if strict and distance == 0:
        distance = 7
    return day + timedelta(days=distance if future else -distance)


def adjacent_weekday(day: date, weekday: int, *, future: bool) -> date:
    """The `weekday` (ISO) of the calendar week, Monday to Sunday, after or before that of `day`."""
    monday = day - timedelta(days=day.isoweekday() - 1)
    return monday + timedelta(days=(7 if future else -7) + weekday - 1)


def _years_around(published: Bounds, month: int) -> range:
    shift = _SOLAR_YEARS if month > SOLAR else 0
    return range(published.start.year - 9 - shift, published.end.year + 10 - shift)


def nearest_day(published: Bounds, month: int, day: int, weekdays: tuple[int, ...], *, future: bool) -> date | None:
    """The nearest past (or future) day of that month and day, and weekday if one is given.

    Publication known to the month lets its own days count as past and as future. Known to the year only, the
    weekday must tell which year is meant. A past date whose weekday fits only a coming one is that one.
    """
    if published.precision < Precision.MONTH and not weekdays:
        return None
    every = [calendar_day(year, month, day) for year in _years_around(published, month)]
    days = [one for one in every if one and (not weekdays or one.isoweekday() == weekdays[0])]
    past = [one for one in days if one <= published.end]
    coming = [one for one in days if one >= published.start]
    chosen = coming[0] if future and coming else past[-1] if past else None
    if weekdays and (chosen is None or abs((chosen - published.end).days) > 366):
        near = [one for one in days if abs((one - published.end).days) <= 366]
        return near[0] if len(near) == 1 else None
    return chosen


def nearest_month(published: Bounds, month: int, *, future: bool, strict: bool = False) -> Bounds | None:
    """The nearest past (or future) month of that name; the month of publication counts, but not if `strict`."""
    if published.precision < Precision.MONTH:
        return None
    months = [one for year in _years_around(published, month) if (one := calendar_month(year, month))]
    if future:
        return next((one for one in months if (one.start if strict else one.end) > published.end), None)
    limit = published.start
    past = [one for one in months if (one.end < limit if strict else one.start <= published.end)]
    return past[-1] if past else None


def month_day(published: Bounds, day: int, weekday: int | None, *, future: bool) -> date | None:
    """ "Thursday 3", "the 3rd": the nearest such day within some seven weeks; of a month, the one that alone fits."""
    reach = timedelta(days=45)
    if published.precision < Precision.MONTH:
        return None
    first, last = (published.start, published.end + reach) if future else (published.start - reach, published.end)
    if not published.is_day:
        first = first if future else (published.start - timedelta(days=28))
        last = last if not future else (published.end + timedelta(days=28))
    days = [first + timedelta(days=shift) for shift in range((last - first).days + 1)]
    fitting = [one for one in days if one.day == day and weekday in (None, one.isoweekday())]
    if published.is_day:
        return None if not fitting else fitting[0 if future else -1]
    return fitting[0] if len(fitting) == 1 else None


def _month_shift(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(anchor: Bounds, unit: str, count: int) -> Edtf | None:
    """`count` units from `anchor`, as fine as the unit: a day, the days of a week, a month, a year.

    None where the anchor is too coarse for the unit. A week begins on Monday (ISO 8601).
    """
    base = anchor.end if count > 0 else anchor.start
    if unit == "day":
        return of_day(base + timedelta(days=count)) if anchor.precision is Precision.DAY else None
    if unit in ("week", "weekend", "night") and anchor.precision is Precision.DAY:
        if unit == "night":
            return of_days(base + timedelta(days=count), base + timedelta(days=count + 1))
        monday = base - timedelta(days=base.isoweekday() - 1) + timedelta(weeks=count)
        return of_days(monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6))
    same_year = anchor.start.year == anchor.end.year
    if unit == "month" and same_year and anchor.start.month == anchor.end.month:
        return of_month(_month_shift(base.replace(day=1), count))
    if unit == "year" and same_year:
        return of_year(base.replace(year=base.year + count, day=1))
    return None


def stretch(anchor: Bounds, unit: str, count: int) -> Edtf | None:
    """The last `count` units up to `anchor` (or, above zero, the next ones from it on)."""
    if not anchor.is_day:
        return None
    day = anchor.start
    if unit in ("month", "year"):
        other = _month_shift(day, count * (12 if unit == "year" else 1))
    else:
        other = day + timedelta(days=count * {"week": 7}.get(unit, 1))
    return of_days(min(day, other), max(day, other))


def month_range(first: Bounds, last: Bounds) -> Edtf | None:
    """From one month to another: `2022-01/2022-03`."""
    return between(written_month(first), written_month(last)) if first.start <= last.start else None
