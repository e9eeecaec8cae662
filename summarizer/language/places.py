"""The places that a text names, each with what the gazetteer knows of it.

A settlement's name is also many other things: a word ("Most", "Nice", "Reading"), a surname ("Lincoln"), a small place
at the other end of the world. So its capital letter, its population, the countries that the article is about, and the
words around it (prepositions and nouns of place, from the language's data) decide together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.evidence import (
    LIST_GAP,
    RIVERS,
    country_beside,
    goes_on,
    in_list,
    is_common,
    is_compound,
    is_located,
    is_person_like,
    is_river,
    is_shouted,
    is_weakly_located,
    speaks,
)
from summarizer.language.folding import inflects, is_dense, joined
from summarizer.language.gazetteer import (
    MOST_COUNTRIES,
    GazetteerEntry,
    capitals,
    country_entry,
    entries,
    inflected,
    is_us_state,
    region_entry,
    settlements,
)
from summarizer.language.parties import known_party
from summarizer.language.settlements import LARGE, small_index
from summarizer.language.spots import Reading, Spot, read
from summarizer.schema.article import Iso3

_TOWN, _BIG, _HUGE = 5_000, 100_000, 500_000
_MOST_COUNTRIES = 8
_LEAST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place in a text: `text[start:end] == as_written`."""

    start: int
    end: int
    as_written: str
    entry: GazetteerEntry


def find_places(text: str, language: str, about: Sequence[Iso3] | None = None) -> list[PlaceMention]:
    """The places named in a text, in order. `about`: the countries it is about, or None: as `countries_of` tells."""
    reading = read(text, language)
    countries = tuple(about if about is not None else countries_of(text, language))
    mentions: list[PlaceMention] = []
    covered: set[int] = set()
    for spot in reading.spots:
        entry = _entry_of(reading, spot, countries, mentions[-1] if mentions else None)
        if entry is not None:
            mentions.append(PlaceMention(spot.start, spot.end, text[spot.start : spot.end], entry))
        if entry is not None or (spot.phrases and not spot.settlement):
            covered.update(range(spot.first, spot.last))
    mentions += _small_places(reading, countries[:MOST_COUNTRIES], covered, mentions)
    return sorted(mentions, key=lambda mention: mention.start)


def countries_of(text: str, language: str) -> list[Iso3]:
    """The countries that an article is about, most named first: by name, nationality words, parties and cities."""
    reading = read(text, language)
    points: dict[Iso3, float] = {}
    last: PlaceMention | None = None
    for spot in reading.spots:
        country, weight = _points(reading, spot, last)
        if country is not None:
            points[country] = points.get(country, 0.0) + weight
    ranked = sorted(points, key=lambda country: -points[country])
    return [country for country in ranked if points[country] >= _LEAST_SHARE * points[ranked[0]]][:_MOST_COUNTRIES]


def _points(reading: Reading, spot: Spot, last: PlaceMention | None) -> tuple[Iso3 | None, float]:
    if spot.country is not None:
        return (Iso3(spot.country), 2.0) if _country_is_meant(reading, spot) else (None, 0.0)
    if spot.phrases:
        party = known_party(spot.phrases[0].party)
        return (party.country if party else None), 1.5
    if spot.region is not None:
        return region_entry(spot.region).country, 1.5
    entry = _entry_of(reading, spot, (), last)
    if entry is None or entry.population < _BIG:
        return None, 0.0
    namesakes = {each.country for each in settlements(spot.key) if each.population >= _BIG}
    return entry.country, 1.0 if len(namesakes) == 1 else 0.25


def _entry_of(
    reading: Reading, spot: Spot, about: tuple[Iso3, ...], before: PlaceMention | None
) -> GazetteerEntry | None:
    """What a spot means as a place, or None where it is none."""
    region = region_entry(spot.region) if spot.region is not None else None
    if spot.country is not None and _country_is_meant(reading, spot):
        country = country_entry(Iso3(spot.country))
        both = region is not None and region.country in about and country.country not in about
        return region if both else country
    if spot.phrases and spot.country is None:
        return None
    if region is not None and not (spot.settlement and is_us_state(region) and _is_big_city(spot)):
        return region if not _is_person(reading, spot) else None
    if not spot.settlement:
        return None
    beside = country_beside(reading, spot)
    weighed = (beside,) if beside is not None else about
    found = [entry for entry in entries(spot.key, reading.language, weighed) if entry.kind == "settlement"]
    return found[0] if found and _settlement_is_meant(reading, spot, found[0], about, before) else None


def _is_big_city(spot: Spot) -> bool:
    return any(entry.population >= _HUGE for entry in settlements(spot.key, small=False))


def _country_is_meant(reading: Reading, spot: Spot) -> bool:
    """'Jordan Peterson' and 'Chad Smith' are no countries, nor are the banks of the Niger."""
    return not _is_person(reading, spot) and not (spot.country in RIVERS and is_river(reading, spot))


def _is_person(reading: Reading, spot: Spot) -> bool:
    return all(i in reading.in_person for i in range(spot.first, spot.last))


def _settlement_is_meant(
    reading: Reading, spot: Spot, best: GazetteerEntry, about: tuple[Iso3, ...], before: PlaceMention | None
) -> bool:
    end = before.end if before is not None and before.entry.kind == "settlement" else None
    listed, near = in_list(reading, spot, end), best.country in about
    located = is_located(reading, spot) or listed
    common = spot.last == spot.first + 1 and is_common(spot.key, reading.language)
    if is_river(reading, spot) or (not near and (is_compound(reading, spot) or goes_on(reading, spot))):
        return False
    if reading.words[spot.first].dense:
        return not common and _dense_is_meant(spot, best, located, near)
    located = located or country_beside(reading, spot) is not None
    if not reading.words[spot.first].cased:
        return not common and _caseless_is_meant(spot, best, located, near)
    if common:
        return best.population >= _BIG and is_located(reading, spot) and not reading.opens(spot.first)
    return _cased_is_meant(reading, spot, best, located, near)


def _dense_is_meant(spot: Spot, best: GazetteerEntry, located: bool, near: bool) -> bool:
    """Names of two characters are many a word's: they need a big city or a word that locates."""
    if len(spot.key) > 2:
        return best.population >= LARGE
    if best.geonames_id in capitals() or best.population >= 2 * _HUGE:
        return True
    return located and best.population >= (LARGE if near else _BIG)


def _caseless_is_meant(spot: Spot, best: GazetteerEntry, located: bool, near: bool) -> bool:
    """Without capitals, only a big city or a word that locates tells a name from a word."""
    least = (2 * LARGE, _BIG) if located else (_BIG, 3 * _BIG)
    return len(spot.key) > 2 and best.population >= least[0 if near else 1]


def _cased_is_meant(reading: Reading, spot: Spot, best: GazetteerEntry, located: bool, near: bool) -> bool:
    word, alone = reading.words[spot.first], spot.last == spot.first + 1
    acronym = alone and word.all_caps and (len(word.text) <= 4 or not is_shouted(reading, spot))
    person = is_person_like(reading, spot, located) and not (located and best.population >= _HUGE)
    big = best.population >= (LARGE if near else _BIG)
    if spot.first in reading.in_title:
        return not acronym and big and (not alone or located or best.population >= _BIG)
    if acronym or person:
        return False
    if len(spot.key) <= 2:
        return located and best.population >= _BIG
    if located or best.geonames_id in capitals():
        return located or big
    if best.population >= 2 * LARGE and is_weakly_located(reading, spot):
        return True
    if alone and not near and reading.opens(spot.first):
        big = best.population >= _HUGE  # a capital letter that says nothing: "Far behind the lines"
    surname = speaks(reading, spot) and not near and best.population < _HUGE and not reading.opens(spot.first)
    return big and not surname


def _small_places(
    reading: Reading, about: tuple[Iso3, ...], covered: set[int], mentions: list[PlaceMention]
) -> list[PlaceMention]:
    """Settlements below 15,000 in the countries that the article is about; only where the words around locate them."""
    found: list[PlaceMention] = []
    ends = {mention.end: mention for mention in mentions if mention.entry.kind == "settlement"}
    i = 0
    while i < len(reading.words):
        spot = None if i in covered or i in reading.in_person else _small_spot(reading, i, about)
        if spot is None:
            i += 1
            continue
        before = max((m for m in (*found[-1:], _closest(ends, spot.start)) if m), key=lambda m: m.end, default=None)
        best = settlements(spot.key, about)
        best = [entry for entry in best if entry.country in about]
        common = spot.last == spot.first + 1 and is_common(spot.key, reading.language)
        located = is_located(reading, spot) or in_list(reading, spot, before.end if before else None)
        if not located and best and best[0].country == about[0] and best[0].population >= _TOWN:
            located = is_weakly_located(reading, spot) and len(settlements(spot.key, about)) == 1
        if best and located and not common and not is_person_like(reading, spot, located=False):
            found.append(PlaceMention(spot.start, spot.end, reading.text[spot.start : spot.end], best[0]))
            i = spot.last
        else:
            i += 1
    return found


def _closest(ends: dict[int, PlaceMention], start: int) -> PlaceMention | None:
    """The mention that ends at most twelve characters before."""
    return next((ends[end] for end in range(start, max(-1, start - LIST_GAP - 1), -1) if end in ends), None)


def _small_spot(reading: Reading, i: int, about: tuple[Iso3, ...]) -> Spot | None:
    """The longest name of a small place at word i."""
    run = [reading.words[i]]
    if is_dense(run[0].text[0]) or (run[0].cased and not run[0].capitalised) or not run[0].text[0].isalpha():
        return None
    for word in reading.words[i + 1 : i + 4]:
        if not joined(reading.text, run[-1], word) or word.dense:
            break
        run.append(word)
    for count in range(len(run), 0, -1):
        part = run[:count]
        if part[0].cased and (not part[-1].capitalised or (count == 1 and part[0].all_caps)):
            continue
        keys = [word.key for word in part]
        forms = [" ".join(keys), *(inflected(keys, reading.language, 48) if inflects(reading.language) else [])]
        for key in forms:
            if len(key) > 2 and any(key in small_index(country) for country in about):
                return Spot(part[0].start, part[-1].end, i, i + count, key, (), None, True, "")
    return None
