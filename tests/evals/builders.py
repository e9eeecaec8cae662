"""Summaries made from gold: a perfect prediction, and ways to damage it."""

from __future__ import annotations

from typing import Any

from evals.gold import (
    Gold,
    GoldDevelopment,
    GoldDiplomatic,
    GoldFigure,
    GoldItem,
    GoldMilitary,
    GoldParty,
    GoldPosition,
)
from summarizer.schema.summary import Summary

TEXT = (
    "Shells hit Marawi on Monday, killing 14 people, 5 of them children, the army said. "
    "The rebels refuse to leave the city, said Omar Solitario. Talks are planned in Manila on Friday."
)
GOLD: dict[str, Any] = {
    "article": "marawi.en",
    "language": "en",
    "conflict": "philippines",
    "split": "dev",
    "published": "2017-05-30",
    "parties": [
        {"id": "army", "names": ["Philippine army", "the army"], "kind": "armed_forces", "role": "belligerent",
         "country": "PHL", "side": None, "evidence": ["the army said"]},
        {"id": "rebels", "names": ["Rebels", "the rebels"], "kind": ["rebel_group", "militia"], "role": "belligerent",
         "country": "PHL", "side": None, "evidence": ["The rebels refuse"]},
        {"id": "city", "optional": True, "names": ["residents"], "kind": "civilians", "evidence": ["the city"]},
    ],
    "positions": [
        {"id": "refusal", "holder": "rebels", "speaker": "Omar Solitario", "kind": "refusal", "gloss": "stay",
         "quotation": None, "day": None, "evidence": ["The rebels refuse to leave the city, said Omar Solitario"]},
    ],
    "military": [
        {"id": "shelling", "kind": "shelling_or_missile", "gloss": "Marawi is shelled", "day": "2017-05-29",
         "place": {"names": ["Marawi"], "country": "PHL", "latitude": 8.0, "longitude": 124.29}, "stage": "occurred",
         "assertion": "claimed", "by": "army", "initiators": [], "targets": [], "evidence": ["Shells hit Marawi on Monday"]},
    ],
    "diplomatic": [
        {"id": "talks", "kind": "talks", "gloss": "talks", "day": "2017-06-02",
         "place": {"names": ["Manila"], "country": "PHL", "latitude": 14.6, "longitude": 120.98}, "stage": "planned",
         "assertion": "fact", "by": None, "participants": ["rebels"], "mediators": [], "evidence": ["Talks are planned in Manila"]},
    ],
    "figures": [
        {"id": "dead", "category": "killed", "as_written": "14", "value": 14, "low": None, "high": None, "hedge": "exact",
         "population": "people", "unit": "persons", "measure": "new", "by": "army", "assertion": "claimed", "subset_of": None,
         "tags": ["subset"], "evidence": ["killing 14 people"]},
        {"id": "children", "category": "killed", "as_written": "5", "value": 5, "hedge": "exact", "population": "children",
         "unit": "persons", "measure": "new", "by": "army", "assertion": "claimed", "subset_of": "dead",
         "evidence": ["5 of them children"]},
    ],
}  # fmt: skip


def gold(**changes: Any) -> Gold:
    """The gold of the little article, changed at its top."""
    return Gold.model_validate({**GOLD, **changes})


def perfect(of: Gold, text: str = TEXT) -> Summary:
    """A summary that says just what the gold prefers, optional items included."""
    return Summary.model_validate(perfect_data(of, text))


def perfect_data(of: Gold, text: str = TEXT) -> dict[str, Any]:
    """The same as data, to be damaged."""
    return {
        "article": _article(of, text),
        "language": of.language,
        "gist": [],
        "parties": [_party(of, item, text) for item in of.parties],
        "positions": [_position(of, item, text) for item in of.positions],
        "military_developments": [_military(of, item, text) for item in of.military],
        "diplomatic_developments": [_diplomatic(of, item, text) for item in of.diplomatic],
        "humanitarian_figures": [_figure(of, item, text) for item in of.figures],
        "timeline": [],
        "mentions": {"places": [], "names": [], "numbers": []},
        "verification": {"drafted": 0, "published": 0, "repaired": 0, "merged": 0, "set_aside": []},
        "run": {
            "engine": "test", "model": None, "answered_by": [], "program": "test", "prompts": None, "calls": 0,
            "replayed": 0, "retries": 0, "tokens": {"input": None, "cached": None, "output": None}, "cost": None,
            "seconds": 0.0, "warnings": [],
        },
    }  # fmt: skip


def _article(of: Gold, text: str) -> dict[str, Any]:
    return {
        "title": None,
        "source": None,
        "url": None,
        "language": of.language,
        "published": of.published,
        "published_inferred": of.published_inferred,
        "words": len(text.split()),
        "sha256": "0" * 64,
        "text": text,
    }


def _common(item: GoldItem, text: str) -> dict[str, Any]:
    evidence = [
        {
            "sentence": 1,
            "quote": quote,
            "start": text.index(quote),
            "end": text.index(quote) + len(quote),
            "match": "exact",
        }
        for quote in item.evidence
    ]
    return {"id": f"x-{item.id}", "evidence": evidence, "verdict": "supported", "checks": []}


def _ref(of: Gold, name: str) -> dict[str, Any]:
    party = of.by_id[name]
    assert isinstance(party, GoldParty)
    return {"name": party.names[0], "id": f"x-{name}"}


def _when(day: list[str | None]) -> dict[str, Any] | None:
    return {"as_written": "then", "date": day[0]} if day and day[0] else None


def _place(item: GoldDevelopment | GoldFigure) -> dict[str, Any] | None:
    place = item.place
    if place is None:
        return None
    return {
        "as_written": place.names[0],
        "name": place.names[0],
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": None,
        "precision": "settlement",
    }


def _voice(of: Gold, by: list[str | None]) -> dict[str, Any] | None:
    if not by or by[0] is None:
        return None
    if by[0] in of.by_id:
        return {"name": None, "title": None, "party": _ref(of, by[0])}
    return {"name": by[0], "title": None, "party": None}


def _party(of: Gold, item: GoldParty, text: str) -> dict[str, Any]:
    side = item.side[0] if item.side and item.side[0] else None
    return {
        **_common(item, text),
        "name": item.names[0],
        "other_names": [],
        "kind": item.kind[0],
        "role": item.role[0] if item.role else "other",
        "side": _ref(of, side) if side else None,
        "country": item.country[0] if item.country else None,
    }


def _position(of: Gold, item: GoldPosition, text: str) -> dict[str, Any]:
    speaker = item.speaker[0] if item.speaker else None
    return {
        **_common(item, text),
        "holder": _ref(of, item.holder[0]),
        "speaker": {"name": speaker, "title": None, "party": None} if speaker else None,
        "kind": item.kind[0],
        "statement": item.gloss,
        "quotation": item.quotation[0] if item.quotation else None,
        "addressees": [_ref(of, one) for one in item.addressees],
        "when": _when(item.day),
    }


def _development(of: Gold, item: GoldDevelopment, text: str) -> dict[str, Any]:
    return {
        **_common(item, text),
        "place": _place(item),
        "when": _when(item.day),
        "description": item.gloss,
        "asserted_by": _voice(of, item.by),
        "assertion": item.assertion[0] if item.assertion else "fact",
    }


def _military(of: Gold, item: GoldMilitary, text: str) -> dict[str, Any]:
    return {
        **_development(of, item, text),
        "kind": item.kind[0],
        "stage": item.stage[0] if item.stage else "occurred",
        "initiators": [_ref(of, one) for one in item.initiators],
        "targets": [_ref(of, one) for one in item.targets],
        "figures": [],
    }


def _diplomatic(of: Gold, item: GoldDiplomatic, text: str) -> dict[str, Any]:
    return {
        **_development(of, item, text),
        "kind": item.kind[0],
        "stage": item.stage[0] if item.stage else "occurred",
        "participants": [_ref(of, one) for one in item.participants],
        "mediators": [_ref(of, one) for one in item.mediators],
    }


def _figure(of: Gold, item: GoldFigure, text: str) -> dict[str, Any]:
    whole = item.subset_of[0] if item.subset_of else None
    return {
        **_common(item, text),
        "category": item.category[0],
        "quantity": {
            "as_written": item.as_written,
            "value": item.value,
            "low": item.low,
            "high": item.high,
            "hedge": item.hedge[0],
            "derived": False,
        },
        "population": item.population[0] if item.population else "people",
        "unit": item.unit[0] if item.unit else "persons",
        "measure": item.measure[0] if item.measure else "new",
        "since": None,
        "as_of": _when(item.day),
        "place": _place(item),
        "origin": None,
        "destination": None,
        "side": None,
        "asserted_by": _voice(of, item.by),
        "assertion": item.assertion[0] if item.assertion else "fact",
        "subset_of": f"x-{whole}" if whole else None,
    }
