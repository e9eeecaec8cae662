"""What the scan finds and the resolution reads: the words of a date with their parts, not yet a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A date as found: `start`:`end` in the original text, the shape and key of its template, its parts.

    Parts are numbers by placeholder: `d`, `m` (1 to 12, or above SOLAR), `y`, `w`, `n`, `o`, each perhaps with `2`
    after it; `ry` and `rm` are a year or month counted from publication ("12 April last year" has `ry` -1).
    `choices` are the (month, day) readings of an ambiguous numeric date.
    """

    start: int
    end: int
    shape: str
    key: str
    parts: Mapping[str, int]
    unit: str | None = None
    choices: tuple[tuple[int, int], ...] = ()


def measure(found: Found) -> tuple[str, int, bool]:
    """What a relative key says: the unit, how many (below zero: back), and whether it is a whole stretch."""
    words = found.key.split()
    whole = words[0] in ("past", "next")
    if len(words) == 2 and not whole and words[1].lstrip("+-").isdigit():
        unit, number = words[0], int(words[1])
    else:
        back = words[0] in ("-n", "past")
        unit = words[-1] if words[-1] not in ("-n", "+n", "n") else found.unit or "day"
        number = found.parts.get("n", 1) * (-1 if back else 1)
    if unit == "hour":
        days = -(-abs(number) // 24)
        return "day", days if number > 0 else -days, whole
    return unit, number, whole
