"""Humanitarian figures as HXL CSV (HXL 1.1): a header row for people, a row of hashtags for programs, one row a figure.

Each figure's number stands in the column of its category, population and unit (`#affected+killed+children+ind`); the
hedge, the bounds, who says it and what it is a part of stand beside it, so that nobody adds a part to its whole unawares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.rendering.as_csv import Cell, to_csv
from summarizer.rendering.rows import country, event_id
from summarizer.rendering.standards import hxl_tag
from summarizer.rendering.wording import clean, days, place, sentences, speaker, who, words
from summarizer.schema.codes import FigureCategory, FigureUnit, Population
from summarizer.schema.summary import HumanitarianFigure, Summary

_BEFORE: Mapping[str, str] = {
    "id": "#meta+id",
    "category": "#indicator+name",
}
_AFTER: Mapping[str, str] = {
    "as written": "#indicator+text",
    "hedge": "#indicator+type+hedge",
    "value": "#indicator+num+value",
    "low": "#indicator+num+low",
    "high": "#indicator+num+high",
    "computed": "#meta+derived",
    "measure": "#indicator+type+measure",
    "population": "#indicator+type+population",
    "unit": "#indicator+type+unit",
    "part of": "#meta+id+whole",
    "since": "#date+start",
    "as of": "#date+end",
    "place": "#loc+name",
    "place precision": "#loc+type",
    "country": "#country+name",
    "country code": "#country+code+v_iso3",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "origin": "#loc+name+origin",
    "origin country code": "#country+code+origin+v_iso3",
    "destination": "#loc+name+dest",
    "destination country code": "#country+code+dest+v_iso3",
    "side": "#group+name+side",
    "said by": "#meta+source+speaker",
    "assertion": "#meta+assertion",
    "verdict": "#meta+verdict",
    "quote": "#description+quote",
    "sentences": "#meta+sentences",
    "reported": "#date+reported",
    "source": "#meta+source",
    "title": "#meta+title",
    "address": "#meta+url",
    "language": "#meta+language",
    "article hash": "#meta+sha256",
}


def to_hxl(summaries: Sequence[Summary]) -> str:
    """The figures of all summaries as HXL CSV."""
    pairs = [(summary, figure) for summary in summaries for figure in summary.humanitarian_figures]
    values = _value_columns([figure for _, figure in pairs])
    columns = {**_BEFORE, **values, **_AFTER}
    named = {tag: name for name, tag in columns.items()}
    return to_csv(
        list(columns),
        [_row(summary, figure, named) for summary, figure in pairs],
        second_header=list(columns.values()),
    )


def _value_columns(figures: Sequence[HumanitarianFigure]) -> Mapping[str, str]:
    """Header -> hashtag of the numbers' columns, in the codebook's order; killed is always there, so that none is empty."""
    combined = {(one.category, one.population, one.unit) for one in figures}
    combined.add((FigureCategory.KILLED, Population.PEOPLE, FigureUnit.PERSONS))
    ranked = sorted(combined, key=_rank)
    tags: dict[str, str] = {}
    for one in ranked:
        tags.setdefault(hxl_tag(*one), _header(*one))
    return {header: tag for tag, header in tags.items()}


def _rank(combined: tuple[FigureCategory, Population, FigureUnit]) -> tuple[int, int, int]:
    category, population, unit = combined
    return list(FigureCategory).index(category), list(Population).index(population), list(FigureUnit).index(unit)


def _header(category: FigureCategory, population: Population, unit: FigureUnit) -> str:
    parts = [category, population, unit]
    usual = (Population.PEOPLE, FigureUnit.PERSONS)
    return ", ".join(words(part) for part in parts if part not in usual)


def _row(summary: Summary, figure: HumanitarianFigure, named: Mapping[str, str]) -> Mapping[str, Cell]:
    quantity, article = figure.quantity, summary.article
    stated = next((one for one in (quantity.value, quantity.low, quantity.high) if one is not None), None)
    whole = figure.subset_of
    return {
        "id": event_id(summary, figure),
        "category": who(figure),
        named[hxl_tag(figure.category, figure.population, figure.unit)]: stated,
        "as written": quantity.as_written,
        "hedge": words(quantity.hedge),
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "computed": quantity.derived,
        "measure": words(figure.measure),
        "population": words(figure.population),
        "unit": words(figure.unit),
        "part of": f"{article.sha256[:12]}-{whole}" if whole else "",
        "since": days(figure.since)[0],
        "as of": days(figure.as_of)[1],
        **_places(figure),
        "side": clean(figure.side.name) if figure.side else "",
        "said by": speaker(figure.asserted_by),
        "assertion": words(figure.assertion),
        "verdict": words(figure.verdict),
        "quote": figure.evidence[0].quote if figure.evidence else "",
        "sentences": " ".join(map(str, sentences(figure))),
        "reported": article.published_inferred or article.published,
        "source": article.source,
        "title": article.title,
        "address": article.url,
        "language": article.language,
        "article hash": article.sha256,
    }


def _places(figure: HumanitarianFigure) -> Mapping[str, Cell]:
    here, origin, destination = figure.place, figure.origin, figure.destination
    return {
        "place": place(here),
        "place precision": words(here.precision) if here else "",
        "country": country(here.country) if here else "",
        "country code": here.country if here else "",
        "latitude": here.latitude if here else None,
        "longitude": here.longitude if here else None,
        "origin": place(origin),
        "origin country code": origin.country if origin else "",
        "destination": place(destination),
        "destination country code": destination.country if destination else "",
    }
