"""The publication date of a header or an option, as EDTF of the precision given."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from summarizer.schema.article import Edtf

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?$")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:,? \d{1,2}:\d{2}.*)?$")


_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}.*)?$")  # ISO 8601's basic format, as agencies write it
_EPOCH = re.compile(r"(1[0-9]{9}|[2-9][0-9]{8})(?:\d{3})?$")  # seconds or milliseconds since 1970, from 1976 to 2033


def publication_date(value: str) -> Edtf | None:
    """`value` as EDTF: a day, a month or a year; None where it is no date.

    Day and month of a numeric date such as 03/04/2022 cannot be told apart, so only its year is kept.
    """
    value = value.strip().strip("()[]")
    return _iso(value) or _compact(value) or _numeric(value) or _mail(value) or _words(value)


def _iso(value: str) -> Edtf | None:
    match = _ISO.match(value)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return _edtf(year or 0, month, day)


def _compact(value: str) -> Edtf | None:
    if match := _EPOCH.match(value):
        return Edtf(datetime.fromtimestamp(int(match[1]), UTC).date().isoformat())
    if match := _BASIC.match(value):
        return _edtf(int(match[1]), int(match[2]), int(match[3])) if 1800 <= int(match[1]) < 2200 else None
    return None


def _numeric(value: str) -> Edtf | None:
    match = _NUMERIC.match(value)
    if not match:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first > 12:
        return _edtf(year, second, first)
    if second > 12:
        return _edtf(year, first, second)
    return _edtf(year, first, first) if first == second else _edtf(year, None, None)


def _mail(value: str) -> Edtf | None:
    try:
        return Edtf(parsedate_to_datetime(value).date().isoformat())
    except (ValueError, TypeError, IndexError):
        return None


def _words(value: str) -> Edtf | None:
    """A date in words, in any language; its parts must be there, nothing is filled in from today."""
    if len(value) > 60 or not re.search(r"\d{4}", value) or not re.search(r"[^\W\d_]", value):
        return None
    import dateparser  # slow to import, seldom needed

    for parts, precision in ((["day", "month", "year"], 3), (["month", "year"], 2), (["year"], 1)):
        parsed: datetime | None = dateparser.parse(value, settings={"REQUIRE_PARTS": parts})
        if parsed is not None:
            return Edtf("-".join(parsed.date().isoformat().split("-")[:precision]))
    return None


def _edtf(year: int, month: int | None, day: int | None) -> Edtf | None:
    try:
        full = date(year, month or 1, day or 1)
    except ValueError:
        return None
    precision = 3 if day else 2 if month else 1
    return Edtf("-".join(full.isoformat().split("-")[:precision]))
