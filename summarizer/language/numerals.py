"""Numbers written in digits, of any script: where one ends, and what it is worth.

Group and decimal marks are told apart by shape first (`142.500`, `2,14,000`, `1.234.567,8`); where the shape
leaves it open (one mark, three digits after it) both readings are kept, for the reader who knows what follows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from functools import cache

# A count of more digits is no count: a telephone number, an account, noise.
MAX_DIGITS = 18

SPACES = " \u00a0\u2002-\u200a\u202f"
_APOSTROPHES = "'’ʼ"
_COMMAS = ",٬،"
_DOTS = "."
# Fullwidth marks belong to fullwidth digits; beside others they end a clause.
_WIDE = "(?<=[０-９])[，．](?=[０-９])"


class Shape(Enum):
    """How a number in digits is written."""

    INTEGER = auto()
    GROUPED = auto()
    DECIMAL = auto()
    DATE = auto()
    TIME = auto()
    SECTION = auto()  # 3.2.1, 2/3, 1,2,3: digits that are no single number


@dataclass(frozen=True, slots=True)
class Literal:
    """One number in digits. `decimal` is the other reading of `142.500`, with the mark that it hangs on."""

    end: int
    shape: Shape
    value: Fraction | None
    digits: int
    decimal: Fraction | None = None
    mark: str = ""


_IDEOGRAPHS = 0x20000
"""From here on Unicode has ideographs and private use only: no digits (tests/language/test_quantities_properties.py)."""


@cache
def _patterns() -> tuple[tuple[Shape, re.Pattern[str]], ...]:
    """The shapes in the order in which they are tried; each is matched at the start of a run of digits."""
    zero = "".join(c for c in map(chr, range(_IDEOGRAPHS)) if c.isdecimal() and unicodedata.decimal(c) == 0)
    space, zero = f"[{SPACES}]", f"[{re.escape(zero)}]"
    marks = f"(?:[{_COMMAS}{_DOTS}{_APOSTROPHES}]|{_WIDE})"
    decimal = f"(?:[{_DOTS}{_COMMAS}٫]|{_WIDE})"
    tail = rf"(?:{decimal}\d++)?"
    sources = (
        (Shape.DATE, r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)|\d{4}([./-])\d{1,2}\2\d{1,2}(?!\d)"),
        (Shape.DATE, r"\d{1,2}[./]\d{2}\.(?!\d)|\d{1,2}/\d{2}(?![\d/])"),
        (Shape.TIME, r"\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}[hH]\d{2}(?![^\W_])"),
        (Shape.GROUPED, rf"(?!{zero})\d{{1,2}}(?:,\d{{2}}){{1,6}},\d{{3}}(?!\d)"),
        (Shape.GROUPED, rf"(?!{zero})\d{{1,3}}(?P<g>{marks})\d{{3}}(?!\d)(?:(?P=g)\d{{3}}(?!\d))*{tail}"),
        # A group set off by a space is no continuation of `F-16` or `Covid-19`.
        (
            Shape.GROUPED,
            rf"(?<![^\W\d_][-‐‑])(?<![^\W\d_])(?!{zero})\d{{1,3}}(?P<g>{space})\d{{3}}(?!\d)"
            rf"(?:(?P=g)\d{{3}}(?!\d))*{tail}",
        ),
        # "61, 000": nobody writes a list whose next item begins with a zero.
        (Shape.GROUPED, rf"(?!{zero})\d{{1,3}}(?:(?:{marks}{space}|{space}{marks}){zero}\d{{2}}(?!\d)){{1,4}}"),
        (Shape.SECTION, r"\d++([.,/:])\d++(?:\1\d++)+|\d++/\d++"),
        (Shape.DECIMAL, rf"\d++{decimal}\d++"),
        (Shape.INTEGER, r"\d++"),
    )
    return tuple((shape, re.compile(source)) for shape, source in sources)


def read_literal(text: str, start: int) -> Literal:
    """The number in digits that begins at `start`, where `text[start]` must be a decimal digit."""
    for shape, pattern in _patterns():
        found = pattern.match(text, start)
        if found is None:
            continue
        literal = _literal(shape, found)
        if literal is not None:
            return literal
    raise AssertionError("a decimal digit is at least an integer")


def _literal(shape: Shape, found: re.Match[str]) -> Literal | None:
    """What was found, or None where it only looks like its shape."""
    parts = [part for part in re.split(r"\D+", found.group()) if part]
    digits = sum(map(len, parts))
    match shape:
        case Shape.DATE if not _is_date(parts):
            return None
        case Shape.TIME if not _is_time(parts):
            return None
        case Shape.DATE | Shape.TIME | Shape.SECTION:
            return Literal(found.end(), shape, None, digits)
    if digits > MAX_DIGITS:
        return Literal(found.end(), Shape.SECTION, None, digits)
    return _number(shape, found, parts, digits)


def _number(shape: Shape, found: re.Match[str], parts: list[str], digits: int) -> Literal:
    end, marks = found.end(), re.findall(r"\D+", found.group())
    if shape is Shape.INTEGER:
        return Literal(end, shape, Fraction(int(parts[0])), digits)
    if shape is Shape.DECIMAL:
        return Literal(end, shape, _decimal(parts[0], parts[1]), digits)
    if marks[-1] != marks[0] and len(marks[-1]) == len(marks[0]) == 1:
        return Literal(end, Shape.DECIMAL, _decimal("".join(parts[:-1]), parts[-1]), digits)
    value = Fraction(int("".join(parts)))
    if len(parts) == 2 and marks[0] in ".,．，":
        mark = unicodedata.normalize("NFKC", marks[0])
        return Literal(end, shape, value, digits, _decimal(parts[0], parts[1]), mark)
    return Literal(end, shape, value, digits)


def _decimal(whole: str, part: str) -> Fraction:
    return Fraction(int(whole + part), 10 ** len(part))


def _is_date(parts: list[str]) -> bool:
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        numbers.reverse()
    first, second = numbers[0], numbers[1]
    return 1 <= min(first, second) <= 12 and 1 <= max(first, second) <= 31


def _is_time(parts: list[str]) -> bool:
    return int(parts[0]) <= 24 and all(int(part) < 60 for part in parts[1:])
