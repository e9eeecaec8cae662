"""Finds the words in a text that are a date, and says what their parts are. Resolves nothing yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

from summarizer.language.cues import cues
from summarizer.language.date_folding import Folded, fold
from summarizer.language.date_found import Found
from summarizer.language.date_joining import joined
from summarizer.language.date_templates import Span, shapes
from summarizer.language.date_words import SOLAR, DateWords, date_words, key
from summarizer.language.tense import has_verb

_NUMERIC = re.compile(r"(?<![\w.,:/-])(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)(?:(?!\w)|(?=t\d))(?!['.,:/-]\d)")
_LEADING_DIGITS = re.compile(r"\d+")
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SENTENCE_STARTS = frozenset(".!?:;\n\"'«»„“”‘’()[]-–—•*|/…")
_BARE = frozenset({"weekday", "month"})
_PIVOT = 70
"""Two-digit years below this are of this century."""


def scan(text: str, language: str) -> list[Found]:
    """All dates in `text`, in order and without overlap: of two that overlap, the longer one; "April" and "last year"
    side by side are one."""
    folded, words = fold(text), date_words(language)
    candidates: list[tuple[int, int, Found]] = []
    wants_verb = cues(language, "dates").get("bare_day_wants_verb", False)
    for rank, (name, shape) in enumerate(shapes(language)):
        for _, inner, meaning, spans in shape.matches(folded.text):
            found = _read(folded, words, language, name, meaning, inner, spans)
            if found and (name != "day" or not wants_verb or has_verb(text, found.start, found.end, language)):
                candidates.append((found.start - found.end, rank, found))
    candidates.extend((found.start - found.end, -1, found) for found in _numeric(folded, language))
    return joined(_without_overlap(candidates), text, language)


def _without_overlap(candidates: list[tuple[int, int, Found]]) -> list[Found]:
    chosen: list[Found] = []
    starts: list[int] = []
    for _, _, found in sorted(candidates, key=lambda one: (one[0], one[1], one[2].start)):
        place = bisect_left(starts, found.start)
        after = chosen[place] if place < len(chosen) else None
        before = chosen[place - 1] if place else None
        if (after and after.start < found.end) or (before and before.end > found.start):
            continue
        starts.insert(place, found.start)
        chosen.insert(place, found)
    return chosen


def _read(
    folded: Folded, words: DateWords, language: str, shape: str, meaning: str, inner: Span, spans: Mapping[str, Span]
) -> Found | None:
    """The date of one match, or None where its parts show that it is none."""
    parts: dict[str, int] = {}
    unit: str | None = None
    for part, (start, end) in spans.items():
        written = key(folded.text[start:end])
        if part == "u":
            unit = words.units[written]
        elif part == "nu":
            unit, parts["n"] = words.spans[written]
        else:
            value = _value(part[0], written, words)
            if value is None:
                return None
            parts[part] = value
    if not _possible(parts) or not _well_cased(folded, language, shape, spans):
        return None
    if not _well_abbreviated(folded, words, language, spans):
        return None
    start, end = folded.span(*inner)
    return Found(start, end, shape, meaning, parts, unit)


def _value(part: str, written: str, words: DateWords) -> int | None:
    digits = _LEADING_DIGITS.match(written)
    if digits and not (part == "m" and written in words.short_months):
        return int(digits.group())
    tables = {"m": words.short_months, "w": words.short_weekdays, "n": words.numbers}
    return tables.get(part, words.ordinals).get(written)


def _possible(parts: Mapping[str, int]) -> bool:
    """Whether each day exists in its month; 29 February counts, its year may be unknown."""
    for day, months in (("d", ("m", "m2")), ("d2", ("m2", "m"))):
        number = parts.get(day)
        if number is None:
            continue
        month = next((parts[one] for one in months if one in parts), None)
        if month and number > (31 if month > SOLAR else _MONTH_LENGTHS[month - 1]):
            return False
    return True


def _well_cased(folded: Folded, language: str, shape: str, spans: Mapping[str, Span]) -> bool:
    """Capital letters tell May from may, and Domingo from domingo, in languages that keep to them."""
    rule = cues(language, "dates").get("capitals")
    if not rule:
        return True
    ambiguous = date_words(language).ambiguous
    for part, (start, end) in spans.items():
        if part[0] not in "mw":
            continue
        first = folded.span(start, start + 1)[0]
        capital = folded.original[first].isupper()
        if rule == "names" and folded.original[first].islower():
            return False
        if rule == "clear" and capital and key(folded.text[start:end]) in ambiguous:
            return False
        if (
            rule == "lower"
            and capital
            and shape in _BARE
            and "y" not in spans
            and not _may_start(folded.original, first)
        ):
            return False
    return True


def _may_start(text: str, place: int) -> bool:
    """Whether a word at `place` may be capital for its place alone: it starts a sentence, or all is capital."""
    if text[place + 1 : place + 3].isupper():
        return True
    before = text[max(0, place - 6) : place].rstrip(" \u00a0\u202f")
    if before.endswith(".") and before[-2:-1].isupper() and not before[-3:-2].isalpha():
        return False  # an initial, or M. for Monsieur
    return not before or before[-1] in _SENTENCE_STARTS


def _well_abbreviated(folded: Folded, words: DateWords, language: str, spans: Mapping[str, Span]) -> bool:
    """An abbreviated month needs its full stop, a year or, where names are capital, just that: not '3 set'.

    A full stop at the very end is the sentence's.
    """
    if "y" in spans or "y2" in spans or cues(language, "dates").get("capitals") == "names":
        return True
    for part, (start, end) in spans.items():
        written = folded.text[start:end]
        if part[0] != "m" or written[:1].isdigit() or key(written) in words.months:
            continue
        if not written.endswith(".") or not folded.text[end:].strip():
            return False
    return True


def _numeric(folded: Folded, language: str) -> Iterator[Found]:
    """Dates in digits: 2022-03-03, 3.3.2022, 03/03/2022."""
    for match in _NUMERIC.finditer(folded.text):
        first, separator, middle, last = match.groups()
        readings = _readings(first, separator, middle, last, language)
        valid = sorted({(y, m, d) for y, m, d in readings if 1 <= m <= 12 and 1 <= d <= _length(y, m)})
        if not valid:
            continue
        start, end = folded.span(*match.span())
        year, month, day = valid[0]
        if len(valid) == 1:
            month += SOLAR if year < 1500 else 0
            yield Found(start, end, "date", "", {"y": year, "m": month, "d": day})
        else:
            yield Found(start, end, "ambiguous", "", {"y": year}, choices=tuple((m, d) for _, m, d in valid))


def _length(year: int, month: int) -> int:
    return 31 if year < 1500 else _MONTH_LENGTHS[month - 1]


def _readings(first: str, separator: str, middle: str, last: str, language: str) -> list[tuple[int, int, int]]:
    """The (year, month, day) readings that the shape and the language's order allow."""
    a, b, c = int(first), int(middle), int(last)
    order = _order(language)
    if len(first) == 4:
        solar = 1300 <= a < 1500 and order == "ymd"
        return [(a, b, c)] if len(last) == 2 and (1800 <= a < 2100 or solar) else []
    if len(last) == 2 and len(first) == len(middle) == 2 and separator != "-":
        c += 2000 if c < _PIVOT else 1900
    if len(first) > 2 or not 1800 <= c < 2100:
        return []
    day_first, month_first = (c, b, a), (c, a, b)
    if separator == "." or order == "dmy":
        return [day_first]
    if order == "mdy" and b <= 31:
        return [month_first] if a <= 12 else [day_first]
    return [day_first, month_first]


@cache
def _order(language: str) -> str:
    """`dmy`, `mdy`, `ymd`, or "" where it is not sure: by the tag's region, else the language's own."""
    tag = language.replace("_", "-").split("-")
    table = cues(language, "dates")
    if len(tag) == 1 and "order" in table:
        return str(table["order"])
    try:
        pattern = Locale.parse("_".join(tag)).date_formats["short"].pattern
    except (UnknownLocaleError, ValueError, TypeError, KeyError):
        return str(table.get("order", ""))
    return "".join(dict.fromkeys(letter for letter in pattern.lower() if letter in "dmy"))
