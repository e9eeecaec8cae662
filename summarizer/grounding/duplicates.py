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
from summarizer.schema.values import Evidence

_ALIKE = 200
"""Items with which one is compared, the last of those alike: a passage told twice stands near, in an article or in the
overlap of two parts of it."""


def without_duplicates(judged: Sequence[Judged]) -> tuple[list[Judged], int]:
    """The items with those that tell the same fact joined to the first of them, and how many were joined.

    Items that point at a joined one point at the one that stayed. Items that failed a check are left as they are.
    """
    kept: dict[Hashable, list[list[Judged]]] = {}
    groups: list[list[Judged]] = []
    joined: dict[str, str] = {}
    for one in judged:
        fact = None if one.problems else _fact(one.item)
        alike = kept.setdefault(fact, []) if fact is not None else []
        group = next((group for group in alike[-_ALIKE:] if _told_again(group, one)), None)
        if group is None:
            groups.append([one])
            alike.append(groups[-1])
            continue
        joined[one.item.key] = group[0].item.key
        group.append(one)
    return [replace(one, item=_redirected(one.item, joined)) for one in map(_join, groups)], len(joined)


def _told_again(told: Sequence[Judged], one: Judged) -> bool:
    """Whether an item is the fact of those alike. A development that has no day or place needs more: a shared passage."""
    if not isinstance(one.item, DraftDevelopment) or (one.item.when and one.item.place):
        return True
    before = [passage for other in told for passage in other.evidence]
    return any(a.start < b.end and b.start < a.end for a in before for b in one.evidence)


def _join(told: Sequence[Judged]) -> Judged:
    """One item of those that tell the same, with all their passages and checks."""
    first = told[0]
    if len(told) == 1:
        return first
    passages: dict[tuple[int, int], Evidence] = {}
    for other in told:
        for passage in other.evidence:
            passages.setdefault((passage.start, passage.end), passage)
    item = first.item
    if isinstance(item, DraftParty):
        names = [name for other in told if isinstance(other.item, DraftParty) for name in other.item.other_names]
        item = item.model_copy(update={"other_names": list(dict.fromkeys(names))})
    checks = tuple(check for other in told for check in other.checks)
    return replace(first, item=item, evidence=tuple(passages.values()), checks=checks)


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
