"""The plain types of the dates module: what a date mention is, and what can be checked about one that floats."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summarizer.schema.article import Edtf


class DateKind(StrEnum):
    """How a date is said."""

    ABSOLUTE = "absolute"
    """With its year: 3 March 2022, March 2022, in 2014."""
    PARTIAL = "partial"
    """A day or a month without a year: 24 February, in March."""
    WEEKDAY = "weekday"
    """Thursday, last Thursday, Thursday 3."""
    RELATIVE = "relative"
    """Counted from publication: yesterday, last week, three days ago."""
    ANAPHORIC = "anaphoric"
    """Counted from the date mentioned before: three days earlier, the next day."""
    ORDINAL_DAY = "ordinal_day"
    """The eighth day of the operation."""
    NIGHT = "night"
    """The night from Tuesday to Wednesday: an interval of two days."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What the words alone say of the date, whether or not it could be resolved. None or () where they are silent.

    `weekdays`: ISO, 1 is Monday; two for a night. `day`, `month`, `year`: of the Gregorian calendar; of an
    interval, these are its last day's, and `since_day`, `since_month` its first day's. `offset` and `unit`:
    "three days ago" is -3 "day". `among`: the readings of an ambiguous date. `within`: the interval in which
    the date lies, where publication is known only roughly.
    """

    weekdays: tuple[int, ...] = ()
    day: int | None = None
    month: int | None = None
    year: int | None = None
    since_day: int | None = None
    since_month: int | None = None
    offset: int | None = None
    unit: str | None = None
    among: tuple[Edtf, ...] = ()
    within: Edtf | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: `text[start:end] == as_written`; `date` is None where it cannot be resolved."""

    start: int
    end: int
    as_written: str
    date: Edtf | None
    kind: DateKind
    constraint: Constraint


@dataclass(frozen=True, slots=True)
class Inference:
    """The day of publication that the text fixes, with the spans it rests on and the rule, in words."""

    date: Edtf
    evidence: tuple[tuple[int, int], ...]
    reason: str
