"""Developments as a table with ACLED's columns, event types, precision codes and fatalities.

ACLED-like: the ids, admin units and tags of ACLED itself are not here, and columns of ours follow. `codable` says
whether ACLED would code the row at all; nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.rendering.as_csv import Cell, to_csv
from summarizer.rendering.deaths import deaths
from summarizer.rendering.rows import SOURCE, coordinates, country, country_number, event_id, source_cells
from summarizer.rendering.standards import (
    ACLED_ACTOR,
    ACLED_DIPLOMATIC,
    ACLED_GEO,
    ACLED_MILITARY,
    BATTLES,
    CIVILIANS,
    DISORDER,
    EXPLOSIONS,
    EXTERNAL,
    OTHER,
    OVERTAKES,
    REGAINS,
    SHELLING,
    STATE_KINDS,
    STRATEGIC,
    UNARMED_KINDS,
    Acled,
    acled_interaction,
    acled_time,
)
from summarizer.rendering.wording import by_id, clean, days, names, place
from summarizer.schema.codes import DiplomaticStage, MilitaryKind, MilitaryStage
from summarizer.schema.summary import DiplomaticDevelopment, MilitaryDevelopment, Party, Summary
from summarizer.schema.values import PartyRef

_COLUMNS = (
    "event_id", "event_date", "event_date_end", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "mapping_note", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "country", "location", "latitude", "longitude", "geo_precision", "source", "notes",
    "fatalities", "fatalities_low", "fatalities_best", "fatalities_high", "fatalities_open", "fatalities_said",
    "fatalities_note", "kind", "stage", "codable", "date_edtf", "date_as_written", *SOURCE,
)  # fmt: skip
_HAPPENED = {
    MilitaryStage.OCCURRED, MilitaryStage.ONGOING, MilitaryStage.ATTEMPTED, MilitaryStage.HISTORICAL,
    DiplomaticStage.OCCURRED, DiplomaticStage.ONGOING, DiplomaticStage.ATTEMPTED, DiplomaticStage.HISTORICAL,
}  # fmt: skip
_Event = MilitaryDevelopment | DiplomaticDevelopment


def to_acled(summaries: Sequence[Summary]) -> str:
    """The military and diplomatic developments of all summaries as ACLED-like CSV."""
    return to_csv(_COLUMNS, [row for summary in summaries for row in rows(summary)])


def rows(summary: Summary) -> list[Mapping[str, Cell]]:
    """One row a development, in the columns of the CSV."""
    parties = {party.id: party for party in summary.parties}
    items: list[_Event] = [*summary.military_developments, *summary.diplomatic_developments]
    return [_row(summary, item, parties) for item in items]


def _row(summary: Summary, item: _Event, parties: Mapping[str, Party]) -> Mapping[str, Cell]:
    first, last = days(item.when)
    one, two = _sides(item)
    where = item.place.country if item.place else None
    inter1, inter2 = _inter(one, parties, where), _inter(two, parties, where)
    event, sub_event, note = classify(item, parties)
    return {
        "event_id": event_id(summary, item),
        "event_date": first,
        "event_date_end": last,
        "year": int(first[:4]) if first else None,
        "time_precision": acled_time(item.when.date if item.when else None),
        "disorder_type": DISORDER[event],
        "event_type": event,
        "sub_event_type": sub_event,
        "mapping_note": note,
        "actor1": names(one[:1]),
        "assoc_actor_1": names(one[1:]),
        "inter1": inter1,
        "actor2": names(two[:1]),
        "assoc_actor_2": names(two[1:]),
        "inter2": inter2,
        "interaction": acled_interaction(inter1, inter2),
        "civilian_targeting": "Civilian targeting" if _civilians(item, parties, event) else "",
        "iso": country_number(where),
        "country": country(where),
        "location": place(item.place),
        **coordinates(item.place),
        "geo_precision": ACLED_GEO[item.place.precision] if item.place else None,
        "source": summary.article.source,
        "notes": item.description,
        **_fatalities(summary, item),
        "kind": item.kind.value,
        "stage": item.stage.value,
        "codable": _codable(item, event, note, first),
        "date_edtf": item.when.date if item.when else "",
        "date_as_written": item.when.as_written if item.when else "",
        **source_cells(summary, item),
    }


def classify(item: _Event, parties: Mapping[str, Party]) -> tuple[str, str, str]:
    """ACLED's event type and sub-event type of a development, and why they are only the nearest; '' where they are not."""
    if isinstance(item, DiplomaticDevelopment):
        row = ACLED_DIPLOMATIC[item.kind]
        return row.event, row.sub_events[0], row.note
    row = ACLED_MILITARY[item.kind]
    if item.kind is MilitaryKind.TERRITORY_TAKEN:
        return _taken(item, parties, row)
    if item.kind in (MilitaryKind.ADVANCE, MilitaryKind.NAVAL_ACTION) and not _two_armed_sides(item, parties):
        return _one_sided(item.kind, row)
    return row.event, row.sub_events[0], row.note


def _taken(item: MilitaryDevelopment, parties: Mapping[str, Party], row: Acled) -> tuple[str, str, str]:
    """ACLED: `Non-state actor overtakes territory` is also for a foreign state; the other is for the place's own."""
    where = item.place.country if item.place else None
    takers = [parties[one.id] for one in item.initiators if one.id is not None and one.id in parties]
    if any(one.kind in STATE_KINDS and one.country == where and where for one in takers):
        return row.event, REGAINS, row.note
    if not takers or where is None:
        return row.event, OVERTAKES, "nearest: it is not told whether the government of the place took it"
    return row.event, OVERTAKES, row.note


def _one_sided(kind: MilitaryKind, row: Acled) -> tuple[str, str, str]:
    """An advance that nobody opposes is no clash, and fire at sea by one side is shelling."""
    if kind is MilitaryKind.ADVANCE:
        return STRATEGIC, OTHER, row.note
    return EXPLOSIONS, SHELLING, row.note


def _two_armed_sides(item: MilitaryDevelopment, parties: Mapping[str, Party]) -> bool:
    armed = [one for one in (*item.initiators, *item.targets) if not _unarmed(one, parties)]
    return bool(item.initiators) and len(armed) >= 2


def _unarmed(one: PartyRef, parties: Mapping[str, Party]) -> bool:
    party = parties.get(one.id or "")
    return party is not None and party.kind in UNARMED_KINDS


def _sides(item: _Event) -> tuple[list[PartyRef], list[PartyRef]]:
    """Actor 1 with its associates, and actor 2 with its: where all are initiators or participants, the first two."""
    if isinstance(item, MilitaryDevelopment):
        if item.targets or item.kind is not MilitaryKind.ARMED_CLASH:
            return item.initiators, item.targets
        return item.initiators[:1], item.initiators[1:]
    return item.participants[:1], [*item.participants[1:], *item.mediators]


def _inter(side: Sequence[PartyRef], parties: Mapping[str, Party], where: str | None) -> str:
    party = parties.get(side[0].id or "") if side else None
    if party is None:
        return ""
    abroad = party.kind in STATE_KINDS and where is not None and party.country not in (None, where)
    return EXTERNAL if abroad else ACLED_ACTOR.get(party.kind, "")


def _civilians(item: _Event, parties: Mapping[str, Party], event: str) -> bool:
    if isinstance(item, DiplomaticDevelopment):
        return False
    hit = [one for one in item.targets if _unarmed(one, parties)]
    return event == CIVILIANS or (event == EXPLOSIONS and bool(hit) and len(hit) == len(item.targets))


def _fatalities(summary: Summary, item: _Event) -> Mapping[str, Cell]:
    figures = by_id(summary.humanitarian_figures)
    found = deaths([figures[one] for one in getattr(item, "figures", ()) if one in figures])
    total = found.total
    return {
        "fatalities": found.conservative,
        "fatalities_low": total.low if total else None,
        "fatalities_best": total.best if total else None,
        "fatalities_high": total.high if total else None,
        "fatalities_open": found.open_bounds,
        "fatalities_said": "; ".join(clean(one) for one in found.said),
        "fatalities_note": "; ".join(found.notes) or ("" if found.said else "no deaths are told of this event"),
    }


def _codable(item: _Event, event: str, note: str, first: str) -> str:
    """Whether ACLED, which codes what happened on a known day or in a known month, would code this row."""
    if item.stage not in _HAPPENED:
        return f"no: {item.stage.value}"
    if isinstance(item, DiplomaticDevelopment) and note:
        return "no: not a kind of event that ACLED codes"
    if not first:
        return "no: no date"
    if item.place is None:
        return "no: no place"
    if isinstance(item, MilitaryDevelopment) and item.stage is MilitaryStage.ATTEMPTED and event == BATTLES:
        return "yes: attempted"
    return "yes"
