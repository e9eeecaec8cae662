"""Makes dates of what was found: seen from publication, from the tense, or from the date mentioned before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from summarizer.language import date_arithmetic as count
from summarizer.language.cues import cues
from summarizer.language.date_found import Found, measure
from summarizer.language.date_mentions import Constraint, DateKind, DateMention
from summarizer.language.date_words import SOLAR
from summarizer.language.edtf import Bounds, Precision, between, known, of_day, of_days, of_year
from summarizer.language.tense import is_future
from summarizer.schema.article import Edtf

Reading = tuple[DateKind, Edtf | None, Constraint]
_KINDS = {"night": DateKind.NIGHT, "night_into": DateKind.NIGHT, "night_from": DateKind.NIGHT}


@dataclass(slots=True)
class Scene:
    """What a date is seen from: the text and its language, publication, and the days mentioned so far."""

    text: str
    language: str
    published: Bounds | None
    start_of_operation: Bounds | None
    history: list[Bounds | None]

    def future(self, found: Found) -> bool:
        """Whether the words around speak of what is to come."""
        return is_future(self.text, found.start, found.end, self.language)


def resolve(
    found: list[Found], text: str, language: str, published: Bounds | None, start: Bounds | None = None
) -> list[DateMention]:
    """The mentions for `found`. `start` is the day on which the operation began, if the text says so."""
    scene = Scene(text, language, published, start, [])
    mentions = []
    for one in found:
        try:
            kind, date, constraint = _READERS[one.shape](one, scene)
        except (OverflowError, ValueError):  # beyond the years 1 to 9999
            kind, date, constraint = DateKind.ABSOLUTE, None, Constraint()
        mentions.append(DateMention(one.start, one.end, text[one.start : one.end], date, kind, constraint))
        _remember(scene, one, date)
    return mentions


def _remember(scene: Scene, found: Found, date: Edtf | None) -> None:
    """Years, months and long stretches are background: "the day before" does not count from them."""
    bounds = known(date)
    if bounds is None and found.shape not in ("month", "month_last", "month_next", "year"):
        scene.history.append(None)
    elif bounds:
        scene.history.append(bounds)


def _floating(scene: Scene, constraint: Constraint, future: bool, days: int = 6) -> Constraint:
    """`constraint` with the days in which a date near publication lies, where that is known to the month."""
    published = scene.published
    if published is None or published.precision < Precision.MONTH:
        return constraint
    first, last = published.start, published.end
    first, last = (first, last + timedelta(days=days)) if future else (first - timedelta(days=days), last)
    return replace(constraint, within=of_days(first, last))


def _gregorian(month: int | None) -> bool:
    return month is not None and month <= SOLAR


def _said_year(found: Found, scene: Scene) -> int | None:
    """The year of a date as it is written, or as "last year" beside it says; of the month's own calendar."""
    shift, published = found.parts.get("ry"), scene.published
    if shift is None or published is None or published.start.year != published.end.year:
        return found.parts.get("y")
    month = found.parts.get("m2", found.parts.get("m", 0))
    return count.calendar_year(published.start, solar=month > SOLAR) + shift


def _date(found: Found, scene: Scene) -> Reading:
    parts = found.parts
    day, month, year, weekday = parts.get("d"), parts.get("m"), _said_year(found, scene), parts.get("w")
    weekdays = (weekday,) if weekday else ()
    constraint = Constraint(weekdays=weekdays)
    if month is None or _gregorian(month):
        constraint = Constraint(weekdays=weekdays, day=day, month=month, year=year)
    kind = DateKind.ABSOLUTE if "y" in parts else DateKind.PARTIAL
    if day is None:
        return kind, None, constraint
    if month is None:
        return _day_of_month(found, scene, constraint)
    if year:
        exact = count.calendar_day(year, month, day)
        agrees = exact and (not weekday or exact.isoweekday() == weekday)
        return kind, of_day(exact) if exact and agrees else None, constraint
    if scene.published is None or "ry" in parts:
        return kind, None, constraint
    exact = count.nearest_day(scene.published, month, day, weekdays, future=scene.future(found))
    return kind, of_day(exact) if exact else None, constraint


def _day_of_month(found: Found, scene: Scene, constraint: Constraint) -> Reading:
    weekday, day = found.parts.get("w"), found.parts["d"]
    kind = DateKind.WEEKDAY if weekday else DateKind.PARTIAL
    if scene.published is None:
        return kind, None, constraint
    if "rm" in found.parts:
        month = known(count.shifted(scene.published, "month", found.parts["rm"]))
        told = count.calendar_day(month.start.year, month.start.month, day) if month else None
        constraint = replace(constraint, offset=found.parts["rm"], unit="month")
        return kind, of_day(told) if told else None, constraint
    future = found.shape == "day_next" or (found.shape != "day_last" and scene.future(found))
    exact = count.month_day(scene.published, day, weekday, future=future)
    if exact is None and scene.published.is_day and weekday:
        exact = count.month_day(scene.published, day, weekday, future=not future)
    if exact:
        return kind, of_day(exact), constraint
    return kind, None, _floating(scene, constraint, future, days=31)


def _ambiguous(found: Found, scene: Scene) -> Reading:
    year = found.parts["y"]
    among = tuple(Edtf(f"{year:04}-{month:02}-{day:02}") for month, day in found.choices)
    return DateKind.ABSOLUTE, Edtf(f"{year:04}"), Constraint(year=year, among=among)


def _range(found: Found, scene: Scene) -> Reading:
    parts = found.parts
    if "d2" not in parts:
        return _range_without_days(found, scene)
    month2 = parts.get("m2", parts.get("m"))
    if month2 is None:
        return _KINDS.get(found.shape, DateKind.PARTIAL), None, Constraint()
    month, year2 = parts.get("m", month2), parts.get("y2") or _said_year(found, scene)
    day, day2 = parts.get("d", 0), parts["d2"]
    weekdays = tuple(parts[one] for one in ("w", "w2") if one in parts)
    constraint = Constraint(weekdays=weekdays)
    if month <= SOLAR and month2 <= SOLAR:
        constraint = Constraint(weekdays, day2, month2, year2, since_day=day, since_month=month)
    dated = year2 and "ry" not in parts
    kind = _KINDS.get(found.shape, DateKind.ABSOLUTE if dated else DateKind.PARTIAL)
    last = None
    if year2:
        last = count.calendar_day(year2, month2, day2)
    elif scene.published and "ry" not in parts:
        last = count.nearest_day(scene.published, month2, day2, (), future=scene.future(found))
    if last is None:
        return kind, None, constraint
    shift = last.year - (year2 or last.year) if month2 > SOLAR else 0
    own_year = year2 or (last.year - 621 if month2 > SOLAR else last.year) + shift
    first = count.calendar_day(parts.get("y", own_year), month, day)
    if first and first > last and "y" not in parts:
        first = count.calendar_day(own_year - 1, month, day)
    limit = 2 if kind is DateKind.NIGHT else 3660
    fits = first is not None and first <= last and (last - first).days < limit
    return kind, of_days(first, last) if first and fits else None, constraint


def _range_without_days(found: Found, scene: Scene) -> Reading:
    """From Monday to Wednesday; between January and March 2022."""
    parts = found.parts
    if "w2" in parts:
        return _night(found, scene)
    month, month2, year = parts.get("m"), parts.get("m2"), parts.get("y2") or _said_year(found, scene)
    if month is None or month2 is None:
        return DateKind.PARTIAL, None, Constraint()
    kind = DateKind.ABSOLUTE if year and "ry" not in parts else DateKind.PARTIAL
    constraint = Constraint(month=month2 if _gregorian(month2) else None, year=year)
    last = None
    if year:
        last = count.calendar_month(year, month2)
    elif scene.published and "ry" not in parts:
        last = count.nearest_month(scene.published, month2, future=scene.future(found))
    if last is None:
        return kind, None, constraint
    last_year = year or last.start.year - (621 if month2 > SOLAR else 0)
    first = count.calendar_month(parts.get("y", last_year - (month > month2)), month)
    return kind, count.month_range(first, last) if first else None, constraint


def _night(found: Found, scene: Scene) -> Reading:
    """Two weekdays: a night where they follow one another, else the days from the one to the other."""
    first, last = found.parts["w"], found.parts["w2"]
    kind = _KINDS.get(found.shape, DateKind.WEEKDAY)
    constraint = Constraint(weekdays=(first, last))
    future = scene.future(found)
    if scene.published is None or not scene.published.is_day:
        return kind, None, _floating(scene, constraint, future, days=7)
    if future:
        start = count.nearest_weekday(scene.published.start, first, future=True)
        end = count.nearest_weekday(start, last, future=True, strict=True)
    else:
        end = count.nearest_weekday(scene.published.start, last)
        start = count.nearest_weekday(end, first, strict=True)
    return kind, of_days(start, end), constraint


def _half_night(found: Found, scene: Scene) -> Reading:
    """One end is said: the night to Wednesday, the night from the 3rd."""
    step = 1 if found.shape == "night_from" else -1
    if "w" in found.parts and "d" not in found.parts:
        said = found.parts["w"]
        other = (said - 1 + step) % 7 + 1
        pair = {"w": said, "w2": other} if step > 0 else {"w": other, "w2": said}
        return _night(replace(found, parts=pair), scene)
    _, date, constraint = _date(found, scene)
    bounds = known(date)
    weekdays = constraint.weekdays
    if weekdays:
        weekdays = (*weekdays, (weekdays[0] - 1 + step) % 7 + 1)
    if bounds is None:
        return DateKind.NIGHT, None, Constraint(weekdays=weekdays, month=constraint.month, year=constraint.year)
    other_day = bounds.start + timedelta(days=step)
    night = of_days(min(bounds.start, other_day), max(bounds.start, other_day))
    return DateKind.NIGHT, night, Constraint(weekdays=weekdays)


def _weekday(found: Found, scene: Scene) -> Reading:
    weekday = found.parts["w"]
    constraint = Constraint(weekdays=(weekday,))
    strict = found.shape != "weekday"
    future = found.shape == "weekday_next" or (not strict and scene.future(found))
    if scene.published and scene.published.is_day:
        day = count.nearest_weekday(scene.published.start, weekday, future=future, strict=strict)
        if strict and cues(scene.language, "dates").get("adjacent_week"):
            day = count.adjacent_weekday(scene.published.start, weekday, future=future)
        return DateKind.WEEKDAY, of_day(day), constraint
    return DateKind.WEEKDAY, None, _floating(scene, constraint, future, days=7)


def _weekday_day(found: Found, scene: Scene) -> Reading:
    kind, date, constraint = _day_of_month(found, scene, Constraint((found.parts["w"],), found.parts["d"]))
    return kind, date, constraint


def _month(found: Found, scene: Scene) -> Reading:
    month, year = found.parts["m"], _said_year(found, scene)
    constraint = Constraint(month=month if _gregorian(month) else None, year=year)
    if year:
        bounds = count.calendar_month(year, month)
        kind = DateKind.ABSOLUTE if "y" in found.parts else DateKind.PARTIAL
        return kind, count.written_month(bounds) if bounds else None, constraint
    if scene.published is None or "ry" in found.parts:
        return DateKind.PARTIAL, None, constraint
    strict = found.shape != "month"
    future = found.shape == "month_next" or (not strict and scene.future(found))
    bounds = count.nearest_month(scene.published, month, future=future, strict=strict)
    return DateKind.PARTIAL, count.written_month(bounds) if bounds else None, constraint


def _year(found: Found, scene: Scene) -> Reading:
    year, last = found.parts["y"], found.parts.get("y2")
    if year > 1500:
        whole = Edtf(f"{year:04}")
        if last is None:
            return DateKind.ABSOLUTE, whole, Constraint(year=year)
        return DateKind.ABSOLUTE, between(whole, Edtf(f"{last:04}")) if year < last else None, Constraint(year=last)
    first, end = count.calendar_day(year, SOLAR + 1, 1), count.calendar_day((last or year) + 1, SOLAR + 1, 1)
    solar = of_days(first, end - timedelta(days=1)) if first and end else None
    return DateKind.ABSOLUTE, solar, Constraint()


def _ordinal(found: Found, scene: Scene) -> Reading:
    number, start = found.parts.get("o", found.parts.get("n", 0)), scene.start_of_operation
    constraint = Constraint(offset=number - 1, unit="day")
    if start is None or not start.is_day or not 1 <= number <= 4000:
        return DateKind.ORDINAL_DAY, None, constraint
    return DateKind.ORDINAL_DAY, of_day(start.start + timedelta(days=number - 1)), constraint


def _relative(found: Found, scene: Scene) -> Reading:
    unit, number, whole = measure(found)
    constraint = Constraint(offset=number, unit=unit)
    if found.unit == "hour" and found.parts.get("n", 1) % 24:
        return DateKind.RELATIVE, None, constraint
    published = scene.published
    kind = DateKind.NIGHT if unit == "night" else DateKind.RELATIVE
    if published is None:
        return kind, None, constraint
    if unit == "weekend" and number == 0 and published.is_day:
        ahead = published.start.isoweekday() >= 6 or scene.future(found)
        return kind, count.shifted(published, unit, 0 if ahead else -1), constraint
    date = count.stretch(published, unit, number) if whole else count.shifted(published, unit, number)
    if date is None and unit == "day" and not whole and published.precision is Precision.MONTH:
        step = timedelta(days=number)
        return kind, None, replace(constraint, within=of_days(published.start + step, published.end + step))
    return kind, date, constraint


def _anaphoric(found: Found, scene: Scene) -> Reading:
    unit, number, _ = measure(found)
    constraint = Constraint(offset=number, unit=unit)
    if found.unit == "hour" and found.parts.get("n", 1) % 24:
        return DateKind.ANAPHORIC, None, constraint
    anchor = _anchor(scene, unit)
    if anchor is None:
        return DateKind.ANAPHORIC, None, constraint
    if unit == "day" and number == 0:
        return DateKind.ANAPHORIC, of_days(anchor.start, anchor.end) if anchor.is_day else None, constraint
    return DateKind.ANAPHORIC, count.shifted(anchor, unit, number), constraint


def _anchor(scene: Scene, unit: str) -> Bounds | None:
    """The nearest date before that is fine enough for the unit; publication where none was mentioned."""
    for bounds in reversed(scene.history):
        if bounds is None:
            return None
        days = (bounds.end - bounds.start).days
        if unit == "year" or (unit == "month" and days < 31) or days < 2:
            return bounds
    return scene.published


def _day(found: Found, scene: Scene) -> Reading:
    """The 11th, with no month: the nearest one by tense, or that of "last month" beside it."""
    return _day_of_month(found, scene, Constraint(day=found.parts["d"]))


_READERS: dict[str, Callable[[Found, Scene], Reading]] = {
    "date": _date,
    "day": _day,
    "day_last": _day,
    "day_next": _day,
    "ambiguous": _ambiguous,
    "range": _range,
    "night": _range,
    "night_into": _half_night,
    "night_from": _half_night,
    "weekday": _weekday,
    "weekday_last": _weekday,
    "weekday_next": _weekday,
    "weekday_day": _weekday_day,
    "month": _month,
    "month_last": _month,
    "month_next": _month,
    "year": _year,
    "ordinal": _ordinal,
    "relative": _relative,
    "anaphoric": _anaphoric,
}

__all__ = ["Scene", "of_year", "resolve"]
