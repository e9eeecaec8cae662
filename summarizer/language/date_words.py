"""The words a language uses in dates: CLDR's names, and what the `[dates]` table of its data file adds.

A list entry may hold alternatives, `"вторник(|а|у|ом)"`, which are spelled out when the file is read.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from summarizer.language.cues import cues
from summarizer.language.date_folding import plain
from summarizer.language.folding import is_dense

SOLAR = 100
"""Added to the number of a month of the Iranian solar calendar: 101 is Farvardin."""

_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_SPACES = re.compile(r"\s+")
_MONTH_KEYS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY_KEYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class DateWords:
    """Folded words with what they mean. Months are 1 to 12 (or above SOLAR), weekdays 1 (Monday) to 7."""

    months: Mapping[str, int]
    short_months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    ambiguous: frozenset[str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    units: Mapping[str, str]
    spans: Mapping[str, tuple[str, int]]
    locales: tuple[Locale, ...] = field(default=())


def spelled_out(entry: str) -> list[str]:
    """All readings of an entry with alternatives: `a(|b)c` gives `ac` and `abc`."""
    match = _ALTERNATIVES.search(entry)
    if not match:
        return [entry]
    head, tail = entry[: match.start()], entry[match.end() :]
    return [reading for choice in match.group(1).split("|") for reading in spelled_out(head + choice + tail)]


def key(words: str) -> str:
    """The form under which words are looked up: one space between, no full stop at the end."""
    return _SPACES.sub(" ", words).strip().rstrip(".")


def _folded(entries: Iterable[str]) -> list[str]:
    return [key(plain(reading)) for entry in entries for reading in spelled_out(entry)]


def _numbered(table: Mapping[str, Iterable[str]]) -> dict[str, int]:
    return {word: int(number) for number, entries in table.items() for word in _folded(entries)}


def _listed(lists: Iterable[Iterable[str]], base: int = 1) -> dict[str, int]:
    return {word: number for number, entries in enumerate(lists, base) for word in _folded(entries)}


def _locales(language: str, names: Iterable[str]) -> tuple[Locale, ...]:
    found = []
    for name in [*names, language.split("-", maxsplit=1)[0].lower()]:
        try:
            found.append(Locale.parse(name))
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return tuple(dict.fromkeys(found))


def _cldr(locales: Iterable[Locale], kind: str, widths: tuple[str, ...], shift: int) -> dict[str, int]:
    """CLDR's names, folded. Names that are digits only ('3') are written with templates instead."""
    names: dict[str, int] = {}
    for locale in locales:
        table: Any = getattr(locale, kind)
        for context in ("format", "stand-alone"):
            for width in widths:
                for number, name in table.get(context, {}).get(width, {}).items():
                    word = key(plain(name))
                    if word and not word[0].isdigit():
                        names.setdefault(word, number + shift)
    return names


@cache
def fallback(language: str) -> dict[str, Any]:
    """dateparser's word list of a language that has no table here, or {}: names and 'yesterday', 'N days ago'."""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return {}
    try:
        module = importlib.import_module(f"dateparser.data.date_translation_data.{language}")
    except ImportError:
        return {}
    info: dict[str, Any] = module.info
    return info


def written_dense(names: Iterable[str]) -> bool:
    """Whether names are in a script in which words stand without spaces between them."""
    return any(is_dense(name[0]) for name in names)


@cache
def date_words(language: str) -> DateWords:
    """The words of `language` (a BCP 47 tag; only its first part counts). An unknown language has none."""
    table = cues(language, "dates")
    names = table.get("names", {})
    locales = _locales(language, table.get("locales", ()))
    rest = {} if table else fallback(language.split("-", maxsplit=1)[0].lower())
    months = _cldr(locales, "months", ("wide",), 0) | _listed(names.get("months", ()))
    months |= _listed(names.get("solar_months", ()), SOLAR + 1)
    weekdays = _cldr(locales, "days", ("wide",), 1) | _listed(names.get("weekdays", ()))
    short_months = _cldr(locales, "months", ("abbreviated",), 0) | _listed(names.get("short_months", ()))
    short_weekdays = _cldr(locales, "days", ("abbreviated",), 1) | _listed(names.get("short_weekdays", ()))
    short_months = _listed([rest.get(one, ()) for one in _MONTH_KEYS]) | short_months
    short_weekdays = _listed([rest.get(one, ()) for one in _DAY_KEYS]) | short_weekdays
    if not table and written_dense(weekdays):  # one character is no name there: 일 is Sunday, day and one
        short_months, short_weekdays = (
            {k: v for k, v in some.items() if len(k) > 1} for some in (short_months, short_weekdays)
        )
    spans = {}
    for measure, entries in table.get("spans", {}).items():
        unit, count = measure.split()
        spans.update(dict.fromkeys(_folded(entries), (unit, int(count))))
    return DateWords(
        months=months,
        short_months={**short_months, **months},
        weekdays=weekdays,
        short_weekdays={**short_weekdays, **weekdays},
        ambiguous=frozenset(_folded(names.get("ambiguous", ()))),
        numbers=_numbered(table.get("numbers", {})),
        ordinals=_numbered(table.get("ordinals", {})),
        units={word: unit for unit, entries in table.get("units", {}).items() for word in _folded(entries)},
        spans=spans,
        locales=locales,
    )
