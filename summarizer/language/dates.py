"""Dates in a text: what is written, what day that is, and whether a drafted date agrees with it.

The rules are the codebook's ("When and where"): a weekday or a day without a year is the nearest past one, seen from
publication, unless the tense is future; what publication and text do not fix stays unresolved; today's date is
never used. The words of each language are the `[dates]` table of its data file, beside CLDR's names and patterns.
"""

from __future__ import annotations

from datetime import date, timedelta

from summarizer.language.date_inference import infer, start_of_operation
from summarizer.language.date_mentions import Constraint, DateKind, DateMention, Inference
from summarizer.language.date_resolution import resolve
from summarizer.language.date_scan import scan
from summarizer.language.edtf import Bounds, Precision, known
from summarizer.schema.article import Edtf

__all__ = ["Constraint", "DateKind", "DateMention", "Inference", "agrees", "find_dates", "infer_publication"]


def find_dates(text: str, language: str, published: Edtf | None = None) -> list[DateMention]:
    """All dates in `text`, in order and without overlap.

    `published` is EDTF of any precision; where it is no single day, `infer_publication` is tried first. What is
    no EDTF counts as unknown.
    """
    found = scan(text, language)
    bounds = known(published)
    if bounds is None or not bounds.is_day:
        inference = infer(found, text, language, bounds)
        bounds = known(inference.date) if inference else bounds
    return resolve(found, text, language, bounds, start_of_operation(found, text, language, bounds))


def infer_publication(text: str, language: str, published: Edtf | None) -> Inference | None:
    """The day of publication, where `published` does not give it and the text leaves only one; else None."""
    bounds = known(published)
    if bounds is not None and bounds.is_day:
        return None
    return infer(scan(text, language), text, language, bounds)


def agrees(drafted: Edtf, mention: DateMention) -> bool:
    """Whether `drafted` is a date that the words of `mention` can mean.

    It must lie within the date of the mention, or be a calendar unit or an interval that contains it (from that day
    on, up to it). A mention that could not be resolved is held to what its words say: weekday, day, month, year. What
    says nothing of the kind ("yesterday", with no publication date) supports no date at all.
    """
    bounds = known(drafted)
    if bounds is None:
        return False
    own = known(mention.date)
    constraint = mention.constraint
    if constraint.among:
        return any(_compatible(bounds, one) for one in map(known, constraint.among) if one)
    if own is not None:
        return _compatible(bounds, own)
    if constraint == Constraint(offset=constraint.offset, unit=constraint.unit):
        return False
    return _keeps(bounds, constraint)


def _compatible(drafted: Bounds, said: Bounds) -> bool:
    if said.start <= drafted.start and drafted.end <= said.end:
        return True
    if not (drafted.start <= said.start and said.end <= drafted.end):
        return False
    return not drafted.interval or drafted.start == said.start or drafted.end == said.end


def _keeps(drafted: Bounds, constraint: Constraint) -> bool:
    """Whether `drafted` keeps to what is known of a date that is not resolved."""
    within = known(constraint.within)
    if within and not (within.start <= drafted.end and drafted.start <= within.end):
        return False
    if drafted.precision is not Precision.DAY:
        return _coarse(drafted, constraint, within)
    first, last = drafted.start, drafted.end
    if constraint.since_day is not None:
        return _within_days(first, last, constraint)
    if len(constraint.weekdays) == 2 and (last - first).days < 7:
        return _within_weekdays(first, last, constraint.weekdays)
    said = ((constraint.day, first.day), (constraint.month, first.month), (constraint.year, first.year))
    fits = not constraint.weekdays or first.isoweekday() in constraint.weekdays
    return first == last and fits and all(one in (None, own) for one, own in said)


def _within_weekdays(first: date, last: date, weekdays: tuple[int, ...]) -> bool:
    """Whether the days are the two weekdays, or one day between them."""
    if first == last:
        return first.isoweekday() in _from_to(*weekdays)
    return sorted((first.isoweekday(), last.isoweekday())) == sorted(weekdays)


def _from_to(first: int, last: int) -> set[int]:
    return {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}


def _coarse(drafted: Bounds, constraint: Constraint, within: Bounds | None) -> bool:
    """A month or a year agrees where the words name it, or where all it could be lies near it."""
    year_fits = constraint.year in (None, drafted.start.year)
    if drafted.precision is Precision.MONTH and constraint.month is not None:
        months = {constraint.month, constraint.since_month or constraint.month}
        return year_fits and {drafted.start.month, drafted.end.month} <= months
    return year_fits and (constraint.year is not None or within is not None)


def _within_days(first: date, last: date, constraint: Constraint) -> bool:
    """Whether all days from `first` to `last` lie in "from 3 to 5 March", of whatever year fits."""
    if None in (constraint.since_month, constraint.day, constraint.month):
        return False
    if constraint.year not in (None, last.year) or (last - first) > timedelta(days=366):
        return False
    begin = (constraint.since_month or 0, constraint.since_day or 0)
    end = (constraint.month or 0, constraint.day or 0)

    def inside(day: date) -> bool:
        place = (day.month, day.day)
        return begin <= place <= end if begin <= end else place >= begin or place <= end

    return inside(first) and inside(last)
