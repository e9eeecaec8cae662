"""Which place of the gazetteer a drafted place is: of its namesakes, the one that the rest of the article speaks for."""

from __future__ import annotations

from collections.abc import Container, Sequence

from summarizer.grounding.folding import contains, fold
from summarizer.language.analysis import Analysis
from summarizer.language.countries import alpha3
from summarizer.language.distance import Point, kilometres
from summarizer.language.gazetteer import GazetteerEntry, Identity, capitals, identity, lookup, same_place
from summarizer.language.places import PlaceMention
from summarizer.schema.codes import Precision
from summarizer.schema.draft import DraftPlace

WIDE = frozenset({Precision.REGION, Precision.LINE, Precision.SEA_OR_AIR})
"""Lines and regions between settlements: the gazetteer has no point for them."""

_NEAR_KM = 300.0
"""So near other places of the article, a namesake in another country than drafted may be meant."""
_ANCHORS = 3  # how many of the nearest other places say how near a namesake lies
_MUCH_NEARER = 3.0  # times: what makes a less likely namesake the one that is meant
_MEANINGS = 8
_WORLD_CITY = 500_000  # inhabitants: named far from its country as well
_CITY = 100_000  # inhabitants: a city this large is meant by its name, wherever the article's other places lie


def locate(analysis: Analysis, place: DraftPlace) -> GazetteerEntry | None:
    """The gazetteer's entry for a drafted place: settlements and countries, not the lines and regions between them.

    Of places of the same name, those in the drafted country go first, then those in the countries that the article is
    about; of a country's small ones, the one nearest to the article's other places. A namesake in another country than
    drafted counts only where it lies near these, or where the article is not about the drafted country.
    """
    if place.precision in WIDE:
        return None
    own = alpha3(place.country) if place.country else None
    wanted = [one for one in _candidates(analysis, place) if _is_of_kind(one, place)]
    at_home = [one for one in wanted if own and one.country == own]
    if at_home:
        return _nearest(analysis, place, at_home)
    if not wanted or own not in analysis.countries:
        return _nearest(analysis, place, wanted)
    return next((one for one in wanted if _is_near(analysis, one)), None)


def _candidates(analysis: Analysis, place: DraftPlace) -> list[GazetteerEntry]:
    candidates = mentioned(analysis, place)
    for words in (place.as_written, place.name):
        candidates += _meanings(analysis, place, words)
    return candidates or _last_first(analysis, place.name)


def _meanings(analysis: Analysis, place: DraftPlace, words: str) -> list[GazetteerEntry]:
    """What the words can mean: what lies in the drafted country and in those that the article is about first, elsewhere
    only what is well known (جويا is no town in Argentina in an article on Lebanon)."""
    own = alpha3(place.country) if place.country else None
    about = [country for country in (own, *analysis.countries) if country]
    found = lookup(words, analysis.language, about)[:_MEANINGS]
    return [one for one in found if not about or one.country in about or _is_known(one)]


def _is_known(entry: GazetteerEntry) -> bool:
    """Whether a place is one that any article may name: no settlement, a capital, a large city."""
    return entry.kind != "settlement" or entry.population >= _WORLD_CITY or entry.geonames_id in capitals()


def _is_of_kind(entry: GazetteerEntry, place: DraftPlace) -> bool:
    return (entry.kind == "country") == (place.precision is Precision.COUNTRY)


def mentions_in(analysis: Analysis, words: str) -> list[PlaceMention]:
    """The places of the article that these words name, each spelling of each place once."""
    return _inside(analysis.distinct_places, words)


def _inside(places: Sequence[PlaceMention], words: str) -> list[PlaceMention]:
    folded = fold(words).text
    return [mention for mention in places if contains(folded, fold(mention.as_written).text)]


def _last_first(analysis: Analysis, words: str) -> list[GazetteerEntry]:
    """What the words name, the place mentioned last first."""
    return [mention.entry for mention in _inside(analysis.last_places, words)[::-1]]


def mentioned(analysis: Analysis, place: DraftPlace) -> list[GazetteerEntry]:
    """The places that the analysis reads inside the drafted words; what they name comes last in most languages."""
    inside = mentions_in(analysis, place.as_written)
    named = [mention for mention in inside if _same(analysis, mention, place)]
    return [mention.entry for mention in named] or (_last_first(analysis, place.as_written) if inside else [])


def _same(analysis: Analysis, mention: PlaceMention, place: DraftPlace) -> bool:
    return fold(mention.as_written).text == fold(place.name).text or same_place(
        mention.as_written, place.name, analysis.language, analysis.countries
    )


def _nearest(analysis: Analysis, place: DraftPlace, found: Sequence[GazetteerEntry]) -> GazetteerEntry | None:
    """The first, unless it is small and a namesake lies much nearer to the article's other places."""
    if not found or found[0].population >= _CITY:
        return next(iter(found), None)
    named = {identity(one) for words in (place.as_written, place.name) for one in _meanings(analysis, place, words)}
    rivals = [one for one in found if identity(one) in named and _point(one)]
    anchors = _anchors(analysis, named)
    if found[0] not in rivals or not anchors:
        return found[0]
    nearest = min(rivals, key=lambda one: _distance(one, anchors))
    return nearest if _distance(nearest, anchors) * _MUCH_NEARER < _distance(found[0], anchors) else found[0]


def _is_near(analysis: Analysis, entry: GazetteerEntry) -> bool:
    anchors = _anchors(analysis, {identity(entry)})
    return _point(entry) is None or not anchors or _distance(entry, anchors) <= _NEAR_KM


def _anchors(analysis: Analysis, named: Container[Identity]) -> list[Point]:
    """Where the article's settlements lie, each once, but for those that are `named`."""
    others = {identity(one.entry): _point(one.entry) for one in analysis.distinct_places}
    return [point for which, point in others.items() if point and which[0] == "settlement" and which not in named]


def _distance(entry: GazetteerEntry, anchors: Sequence[Point]) -> float:
    """The mean distance to the nearest few anchors, in kilometres."""
    point = _point(entry)
    if point is None:
        return float("inf")
    nearest = sorted(kilometres(point, anchor) for anchor in anchors)[:_ANCHORS]
    return sum(nearest) / len(nearest)


def _point(entry: GazetteerEntry) -> Point | None:
    if entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude
