"""The same fact told twice is one item with both passages of evidence."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from summarizer.grounding.folding import fold
from summarizer.grounding.judging import Judged
from summarizer.schema.draft import (
    DraftDevelopment,
    DraftDiplomatic,
    DraftFigure,
    DraftItem,
    DraftMilitary,
    DraftParty,
    DraftPlace,
    DraftPosition,
    DraftSpeaker,
    DraftWhen,
)


def without_duplicates(judged: Sequence[Judged]) -> tuple[list[Judged], int]:
    """The items with those that tell the same fact joined to the first of them, and how many were joined.

    Items that point at a joined one point at the one that stayed. Items that failed a check are left as they are.
    """
    kept: dict[Hashable, list[int]] = {}
    result: list[Judged] = []
    joined: dict[str, str] = {}
    for one in judged:
        fact = None if one.problems else _fact(one.item)
        alike = kept.setdefault(fact, []) if fact is not None else []
        at = next((at for at in alike if _told_again(result[at], one)), None)
        if at is None:
            alike.append(len(result))
            result.append(one)
            continue
        joined[one.item.key] = result[at].item.key
        result[at] = _join(result[at], one)
    return [replace(one, item=_redirected(one.item, joined)) for one in result], len(joined)


def _told_again(first: Judged, second: Judged) -> bool:
    """Whether two alike items are one fact. A development that has no day or place needs more: a shared passage."""
    if not isinstance(second.item, DraftDevelopment) or (second.item.when and second.item.place):
        return True
    return any(a.start < b.end and b.start < a.end for a in first.evidence for b in second.evidence)


def _join(first: Judged, second: Judged) -> Judged:
    passages = (*first.evidence, *(passage for passage in second.evidence if passage not in first.evidence))
    item = first.item
    if isinstance(item, DraftParty) and isinstance(second.item, DraftParty):
        others = (*item.other_names, *(name for name in second.item.other_names if name not in item.other_names))
        item = item.model_copy(update={"other_names": list(others)})
    return replace(first, item=item, evidence=passages, checks=(*first.checks, *second.checks))


def _redirected(item: DraftItem, joined: dict[str, str]) -> DraftItem:
    changes: dict[str, Any] = {}
    if isinstance(item, DraftMilitary) and any(key in joined for key in item.figures):
        changes["figures"] = list(dict.fromkeys(joined.get(key, key) for key in item.figures))
    if isinstance(item, DraftFigure) and item.subset_of in joined:
        changes["subset_of"] = joined[item.subset_of]
    return item.model_copy(update=changes) if changes else item


def _fact(item: DraftItem) -> Hashable | None:
    """What makes two items the same fact; None where two are never the same."""
    if isinstance(item, DraftParty):
        return "party", _name(item.name)
    if isinstance(item, DraftFigure):
        quantity = item.quantity
        number = (quantity.value, quantity.low, quantity.high, quantity.hedge)
        people = (item.category, item.population, item.unit, item.subset_of)
        said = quantity.as_written if quantity.value is None else None
        return "figure", number, said, people, _date(item.as_of), _place(item.place), _voice(item.asserted_by)
    if isinstance(item, DraftMilitary):
        actors = (frozenset(map(_name, item.initiators)), frozenset(map(_name, item.targets)))
        return "military", item.kind, item.stage, _place(item.place), _date(item.when), actors
    if isinstance(item, DraftDiplomatic):
        actors = (frozenset(map(_name, item.participants)), frozenset(map(_name, item.mediators)))
        return (
            "diplomatic",
            item.kind,
            item.stage,
            _place(item.place),
            _date(item.when),
            actors,
            _text(item.description),
        )
    if isinstance(item, DraftPosition):
        return "position", item.kind, _name(item.holder), _voice(item.speaker), _text(item.quotation or item.statement)
    return None


def _name(name: str) -> str:
    return fold(name).text


def _text(text: str) -> str:
    return fold(text).text


def _date(when: DraftWhen | None) -> str | None:
    return (when.date or when.as_written) if when else None


def _place(place: DraftPlace | None) -> str | None:
    return fold(place.name).text if place else None


def _voice(voice: DraftSpeaker | None) -> tuple[str, ...] | None:
    return tuple(fold(part or "").text for part in (voice.name, voice.party)) if voice else None
