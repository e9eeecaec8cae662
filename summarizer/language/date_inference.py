"""The day of publication, where a text fixes it. Each rule needs words that leave one day only.

Marked: "today, Thursday 3 March", "yesterday, 2 March", "this Thursday 3 March" (not of the future).
Dateline: "KYIV, March 3 (Reuters) -", or a line that holds the date alone, at the head of the text.
Counted: "the eighth day of the operation", "launched on 24 February", and a weekday that agrees ("resumed Thursday").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from summarizer.language.cues import cues
from summarizer.language.date_arithmetic import calendar_day
from summarizer.language.date_folding import plain
from summarizer.language.date_found import Found, measure
from summarizer.language.date_mentions import Inference
from summarizer.language.date_resolution import resolve
from summarizer.language.edtf import Bounds, Precision, known, of_day
from summarizer.language.tense import is_future

_GAP = re.compile(r"[\s,،(:]{0,3}")
_HEAD = 300
"""A dateline stands in this many first characters."""
_DATELINE_TAIL = re.compile(r"\.?,?[ \t]*(?:\([^()\n]{1,40}\))?\.?[ \t]*(?:[-–—―]{1,2}[ \t]|/[^/\n]{1,30}/)")
_SENTENCE_STOP = re.compile(r"[!?。！？؟\n]|\.\s+(?=\w{4})")
_BEFORE, _AFTER = 100, 60
"""Characters around a date in which the words that start an operation are looked for."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Clue:
    day: date
    evidence: tuple[Span, ...]
    reason: str


def infer(found: list[Found], text: str, language: str, published: Bounds | None) -> Inference | None:
    """The day that every clue in the text points to, or None: without clues, or where they do not agree."""
    clues = [*_marked(found, text, language, published), *_datelines(found, text, language, published)]
    if not clues:
        clues = _counted(found, text, language, published)
    days = {clue.day for clue in clues}
    if len(days) != 1:
        return None
    day = days.pop()
    if published and not published.start <= day <= published.end:
        return None
    evidence = tuple(dict.fromkeys(span for clue in clues for span in clue.evidence))
    return Inference(of_day(day), evidence, clues[0].reason)


def _day(one: Found, published: Bounds | None) -> date | None:
    """The day that is written, with the year (and beside a weekday, the month) of publication where it lacks them."""
    parts = one.parts
    if one.shape not in ("date", "weekday_day") or "d" not in parts or "ry" in parts or "rm" in parts:
        return None
    year, month = parts.get("y"), parts.get("m")
    if year is None and published and published.precision >= Precision.YEAR:
        year = published.start.year
    if month is None and "w" in parts and published and published.precision is Precision.MONTH:
        month = published.start.month
    if year is None or month is None:
        return None
    day = calendar_day(year, month, parts["d"])
    return day if day and parts.get("w") in (None, day.isoweekday()) else None


def _span(one: Found) -> Span:
    return one.start, one.end


def _marked(found: list[Found], text: str, language: str, published: Bounds | None) -> list[_Clue]:
    clues = []
    for place, one in enumerate(found):
        day = _day(one, published)
        if day is None:
            continue
        mark = found[place - 1] if place else None
        shift = _days_away(mark) if mark and _GAP.fullmatch(text, mark.end, one.start) else None
        if mark and shift is not None:
            clues.append(_Clue(day - timedelta(days=shift), (_span(mark), _span(one)), "marked"))
            continue
        this = _this(language).search(plain(text[max(0, one.start - 24) : one.start]))
        if this and "w" in one.parts and not is_future(text, one.start, one.end, language):
            clues.append(_Clue(day, (_span(one),), "this day"))
    return clues


def _days_away(mark: Found) -> int | None:
    """0 for today, -1 for yesterday, 1 for tomorrow; None for what is no such word."""
    if mark.shape != "relative":
        return None
    unit, number, whole = measure(mark)
    return number if unit == "day" and not whole and abs(number) <= 1 and "n" not in mark.parts else None


@cache
def _this(language: str) -> re.Pattern[str]:
    words = [plain(one) for one in cues(language, "dates").get("this", ())]
    return re.compile(rf"(?:(?<!\w)(?:{'|'.join(words)})\s*$)" if words else "(?!)")


def _datelines(found: list[Found], text: str, language: str, published: Bounds | None) -> list[_Clue]:
    """The first date of the head, if it stands in a dateline or alone on its line."""
    for one in found:
        if one.start > _HEAD:
            break
        day = _day(one, published)
        if day is None or one.shape != "date":
            continue
        line_start = text.rfind("\n", 0, one.start) + 1
        line_end = text.find("\n", one.end)
        line_end = len(text) if line_end < 0 else line_end
        before, after = text[line_start : one.start].strip(), text[one.end : line_end].strip(" \t.,|")
        label = _published(language).fullmatch(plain(before))
        alone = label and not re.search(r"[^\W\d_]{4}", after[:60]) and len(after) < 60 and line_end < len(text)
        place = len(before) <= 40 and not re.search(r"[!?:;]|\w{4}\.\s+\w+ \w", before) and _DATELINE_TAIL
        if alone or (place and before and _capital(before) and place.match(text, one.end)):
            return [_Clue(day, (_span(one),), "dateline")]
    return []


def _capital(before: str) -> bool:
    """Whether the words before a date can be a place name in a dateline: they start with no small letter."""
    return not before[:1].islower() and len(before.split()) <= 5


@cache
def _published(language: str) -> re.Pattern[str]:
    """What may stand before a date that is alone on its line: "Published on", or nothing."""
    words = "|".join(plain(one) for one in cues(language, "dates").get("published", ()))
    return re.compile(rf"(?:(?:{words})\W{{0,3}})?" if words else "")


def start_of_operation(found: list[Found], text: str, language: str, published: Bounds | None) -> Bounds | None:
    """The day on which, by the text, the operation began whose days are counted; None if that is not one day."""
    start = _start(found, text, language, published)
    return start[1] if start else None


def _start(found: list[Found], text: str, language: str, published: Bounds | None) -> tuple[Found, Bounds] | None:
    if not any(one.shape == "ordinal" for one in found):
        return None
    started, operation = _start_words(language)
    starts: dict[date, tuple[Found, Bounds]] = {}
    for one in found:
        if one.shape != "date" or "m" not in one.parts:
            continue
        before, after = text[max(0, one.start - _BEFORE) : one.start], text[one.end : one.end + _AFTER]
        before = _SENTENCE_STOP.split(before)[-1] if "." in before or "\n" in before else before
        window = plain(before + " ~ " + _SENTENCE_STOP.split(after)[0])
        if not (started.search(window) and operation.search(window)):
            continue
        bounds = known(resolve([one], text, language, published)[0].date)
        if bounds:
            starts[bounds.start] = (one, bounds)
    return next(iter(starts.values())) if len(starts) == 1 else None


@cache
def _start_words(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = cues(language, "dates").get("start", {})
    edge = "" if cues(language, "dates").get("spaceless") else r"(?<!\w)"
    started, operation = ("|".join(plain(one) for one in table.get(name, ())) for name in ("began", "operation"))
    return re.compile(f"{edge}(?:{started or '(?!)'})"), re.compile(f"{edge}(?:{operation or '(?!)'})")


def _counted(found: list[Found], text: str, language: str, published: Bounds | None) -> list[_Clue]:
    ordinals = [one for one in found if one.shape == "ordinal"]
    numbers = {one.parts.get("o", one.parts.get("n", 0)) for one in ordinals}
    start = _start(found, text, language, published)
    if start is None or len(numbers) != 1 or (published is None and "y" not in start[0].parts):
        return []
    number = numbers.pop()
    if not 1 <= number <= 4000:
        return []
    day = start[1].start + timedelta(days=number - 1)
    if any(_later(one, day, text, language, published) for one in found):
        return []
    witness = next((one for one in found if _agrees(one, day, ordinals, text, language)), None)
    if witness is None:
        return []
    evidence = (_span(ordinals[0]), _span(start[0]), _span(witness))
    return [_Clue(day, evidence, "day counted from the start of the operation, with an agreeing weekday")]


def _agrees(one: Found, day: date, ordinals: list[Found], text: str, language: str) -> bool:
    """A weekday of the past that is that day's; or "today" close to the count."""
    if one.shape in ("weekday", "weekday_day"):
        fits = one.parts.get("w") == day.isoweekday() and one.parts.get("d") in (None, day.day)
        return fits and not is_future(text, one.start, one.end, language)
    return _days_away(one) == 0 and any(abs(one.start - other.start) < _BEFORE for other in ordinals)


def _later(one: Found, day: date, text: str, language: str, published: Bounds | None) -> bool:
    """Whether a day of the past is told that lies after the counted one: then the count is no count to today."""
    told = _day(one, published)
    return told is not None and told > day and not is_future(text, one.start, one.end, language)
