"""Cells that several tables share: where an event was, who says so, on which passage it rests, in which article."""

from __future__ import annotations

from summarizer.language.countries import by_alpha3, country_name
from summarizer.rendering.as_csv import Row
from summarizer.rendering.wording import doubts, sentences, speaker, words
from summarizer.schema.article import Iso3
from summarizer.schema.summary import Development, HumanitarianFigure, Item, Summary
from summarizer.schema.values import Place

SOURCE = (
    "asserted_by",
    "assertion",
    "verdict",
    "doubts",
    "sentences",
    "quote",
    "quote_start",
    "quote_end",
    "article_title",
    "article_source",
    "article_url",
    "article_date",
    "article_language",
    "language",
    "article_sha256",
    "item",
)
"""The columns of `source_cells`, which come last in every table."""


def source_cells(summary: Summary, item: Development | HumanitarianFigure) -> Row:
    """Who says it, how sure it is, and the decisive passage."""
    article = summary.article
    first = item.evidence[0] if item.evidence else None
    return {
        "asserted_by": speaker(item.asserted_by),
        "assertion": item.assertion.value,
        "verdict": words(item.verdict),
        "doubts": "; ".join(doubts(item)),
        "sentences": " ".join(map(str, sentences(item))),
        "quote": first.quote if first else "",
        "quote_start": first.start if first else None,
        "quote_end": first.end if first else None,
        "article_title": article.title,
        "article_source": article.source,
        "article_url": article.url,
        "article_date": article.published_inferred or article.published,
        "article_language": article.language,
        "language": summary.language,
        "article_sha256": article.sha256,
        "item": item.id,
    }


def event_id(summary: Summary, item: Item) -> str:
    """An id that is unique among articles: the start of the article's hash, and the item's own id."""
    return f"{summary.article.sha256[:12]}-{item.id}"


def coordinates(place: Place | None) -> Row:
    """Latitude and longitude, or nothing."""
    return {"latitude": place.latitude if place else None, "longitude": place.longitude if place else None}


def country(iso3: str | None) -> str:
    """The country's English name, so that tables of articles in several languages can be joined."""
    return (country_name(iso3, "en") or iso3) if iso3 else ""


def country_number(iso3: str | None) -> int | None:
    """The ISO 3166-1 numeric code."""
    record = by_alpha3().get(Iso3(iso3)) if iso3 else None
    code = int(record["isonumeric"]) if record and str(record.get("isonumeric", "")).isdigit() else 0
    return code or None
