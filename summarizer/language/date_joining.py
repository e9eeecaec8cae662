"""Two dates side by side that are one: "April" and "last year", 上月 and 13日.

What stands between them is data: `[dates.joins]` has `after`, the words between a date and the year that follows it
("April of last year"), and `before`, those between a year and the date after it ("last year, in April").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from summarizer.language.cues import cues
from summarizer.language.date_folding import plain
from summarizer.language.date_found import Found, measure

_YEARLESS = frozenset({"date", "month", "range", "night", "night_into", "night_from"})
_NEAR = 8
"""Characters: no words that join are longer."""


def joined(found: Sequence[Found], text: str, language: str) -> list[Found]:
    """The dates with those that belong together made one."""
    after, before = (_between(language, side) for side in ("after", "before"))
    out: list[Found] = []
    for one in found:
        last = out[-1] if out else None
        if last is not None and one.start - last.end <= _NEAR:
            gap = plain(text[last.end : one.start])
            shift = _shift(last, one) if after.fullmatch(gap) else None
            shift = shift or (_shift(one, last) if before.fullmatch(gap) else None)
            if shift:
                dated = last if _is_relative(one) else one
                out[-1] = Found(last.start, one.end, dated.shape, dated.key, {**dated.parts, **shift}, dated.unit)
                continue
        out.append(one)
    return out


@cache
def _between(language: str, side: str) -> re.Pattern[str]:
    words = [plain(one) for one in cues(language, "dates").get("joins", {}).get(side, ())]
    return re.compile("|".join(words) or "(?!)")


def _is_relative(one: Found) -> bool:
    return one.shape == "relative" and one.key.split()[0] in ("year", "month")


def _shift(dated: Found, relative: Found) -> Mapping[str, int] | None:
    """The part that `relative` adds to `dated`: a year to what has a month and no year, a month to a bare day."""
    if not _is_relative(relative) or "n" in relative.parts or _is_relative(dated):
        return None
    unit, number, whole = measure(relative)
    parts = dated.parts
    if whole or dated.shape not in _YEARLESS | {"day"} or "y" in parts or "y2" in parts or "w2" in parts:
        return None
    named = "m" in parts or "m2" in parts
    if unit == "year" and named:
        return {"ry": number}
    return {"rm": number} if unit == "month" and "d" in parts and not named and "w" not in parts else None
