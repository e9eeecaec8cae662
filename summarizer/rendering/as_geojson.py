"""Everything with a place as GeoJSON (RFC 7946): WGS 84, longitude before latitude.

A place that the gazetteer does not know is an unlocated feature (RFC 7946, section 3.2): its geometry is null, never a
guess. A point stands for the whole of a region, a border or a country: `precision` says which it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from summarizer.rendering.rows import event_id
from summarizer.rendering.wording import by_id, details, doubts, number, said_by, sentences, who
from summarizer.schema.summary import DiplomaticDevelopment, HumanitarianFigure, MilitaryDevelopment, Summary
from summarizer.schema.values import Place

_Located = HumanitarianFigure | MilitaryDevelopment | DiplomaticDevelopment


def to_geojson(summaries: Sequence[Summary]) -> str:
    """One FeatureCollection: a feature for each place of each figure and development, and for each place named."""
    features = [feature for summary in summaries for feature in _features(summary)]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=2) + "\n"


def _features(summary: Summary) -> Iterator[dict[str, Any]]:
    for section in ("military_developments", "diplomatic_developments", "humanitarian_figures"):
        for item in getattr(summary, section):
            yield from _of_item(summary, section, item)
    for index, named in enumerate(summary.mentions.places, start=1):
        properties: dict[str, Any] = {"section": "mentions", "name": named.name, "as_written": named.as_written}
        properties |= {"country": named.country, "geonames_id": named.geonames_id, "sentences": named.sentences}
        identifier = f"{summary.article.sha256[:12]}-mention-{index}"
        yield _feature(identifier, named.latitude, named.longitude, properties | _article(summary))


def _of_item(summary: Summary, section: str, item: _Located) -> Iterator[dict[str, Any]]:
    places: dict[str, Place | None] = {"place": item.place}
    if isinstance(item, HumanitarianFigure):
        places |= {"origin": item.origin, "destination": item.destination}
    for role, place in places.items():
        if place is None:
            continue
        identifier = event_id(summary, item) + ("" if role == "place" else f"-{role}")
        properties = {"section": section, "item": item.id, "role": role, **_place(place), **_about(summary, item)}
        yield _feature(identifier, place.latitude, place.longitude, properties | _article(summary))


def _place(place: Place) -> dict[str, Any]:
    return {
        "name": place.name,
        "as_written": place.as_written,
        "country": place.country,
        "geonames_id": place.geonames_id,
        "precision": place.precision.value,
    }


def _about(summary: Summary, item: _Located) -> dict[str, Any]:
    first = item.evidence[0] if item.evidence else None
    shared = {
        "said_by": said_by(item.asserted_by, item.assertion),
        "assertion": item.assertion.value,
        "verdict": item.verdict.value,
        "doubts": doubts(item),
        "sentences": sentences(item),
        "quote": first.quote if first else None,
    }
    if isinstance(item, HumanitarianFigure):
        quantity = {f"quantity_{name}": value for name, value in item.quantity.model_dump(mode="json").items()}
        return {
            "title": f"{number(item.quantity)} {who(item)}",
            "category": item.category.value,
            "population": item.population.value,
            "unit": item.unit.value,
            "measure": item.measure.value,
            **quantity,
            "since": item.since.date if item.since else None,
            "date": item.as_of.date if item.as_of else None,
            "subset_of": item.subset_of,
            **shared,
        }
    return {
        "title": item.description,
        "kind": item.kind.value,
        "stage": item.stage.value,
        "date": item.when.date if item.when else None,
        "details": details(item, by_id(summary.humanitarian_figures)),
        **shared,
    }


def _article(summary: Summary) -> dict[str, Any]:
    article = summary.article
    return {
        "article_title": article.title,
        "article_source": article.source,
        "article_url": article.url,
        "article_date": article.published_inferred or article.published,
        "article_sha256": article.sha256,
    }


def _feature(
    identifier: str, latitude: float | None, longitude: float | None, properties: dict[str, Any]
) -> dict[str, Any]:
    located = latitude is not None and longitude is not None
    geometry = {"type": "Point", "coordinates": [longitude, latitude]} if located else None
    return {"type": "Feature", "id": identifier, "geometry": geometry, "properties": properties}
