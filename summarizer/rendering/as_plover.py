"""Diplomatic developments as a table with PLOVER's classes.

Which class a kind is stands in `standards.PLOVER`; the stage then decides, as in the PLOVER manual: cooperation that is
only planned is an intention (AGREE), what is threatened is THREATEN, talks that broke down are SANCTION.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.rendering.as_csv import Cell, to_csv
from summarizer.rendering.rows import SOURCE, coordinates, country, event_id, source_cells
from summarizer.rendering.standards import PLOVER, PLOVER_QUAD, Plover
from summarizer.rendering.wording import days, names, place
from summarizer.schema.codes import DiplomaticKind, DiplomaticStage
from summarizer.schema.summary import DiplomaticDevelopment, Summary

_COLUMNS = (
    "event_id", "event_date", "event_date_end", "event_type", "mode", "context", "quad", "mapping_note", "participants",
    "mediators", "location", "country", "country_iso3", "latitude", "longitude", "kind", "stage", "description",
    "date_edtf", "date_as_written", *SOURCE,
)  # fmt: skip
_BREAKABLE = {DiplomaticKind.TALKS, DiplomaticKind.MEDIATION, DiplomaticKind.MEETING, DiplomaticKind.VISIT}


def to_plover(summaries: Sequence[Summary]) -> str:
    """The diplomatic developments of all summaries as CSV with PLOVER's classes."""
    return to_csv(_COLUMNS, [row for summary in summaries for row in rows(summary)])


def rows(summary: Summary) -> list[Mapping[str, Cell]]:
    """One row a diplomatic development, in the columns of the CSV."""
    return [_row(summary, item) for item in summary.diplomatic_developments]


def _row(summary: Summary, item: DiplomaticDevelopment) -> Mapping[str, Cell]:
    first, last = days(item.when)
    found = classify(item)
    where = item.place.country if item.place else None
    return {
        "event_id": event_id(summary, item),
        "event_date": first,
        "event_date_end": last,
        "event_type": found.event,
        "mode": found.mode,
        "context": found.context,
        "quad": PLOVER_QUAD.get(found.event, ""),
        "mapping_note": found.note,
        "participants": names(item.participants),
        "mediators": names(item.mediators),
        "location": place(item.place),
        "country": country(where),
        "country_iso3": where,
        **coordinates(item.place),
        "kind": item.kind.value,
        "stage": item.stage.value,
        "description": item.description,
        "date_edtf": item.when.date if item.when else "",
        "date_as_written": item.when.as_written if item.when else "",
        **source_cells(summary, item),
    }


def classify(item: DiplomaticDevelopment) -> Plover:
    """The PLOVER class of a development, with a note where its stage changed the class of its kind."""
    row, stage = PLOVER[item.kind], item.stage
    changed = None
    if not row.event:
        return row
    if stage is DiplomaticStage.DENIED:
        changed = Plover("", "", row.context, f"denied: no event; the kind would be {row.event}")
    elif stage is DiplomaticStage.THREATENED:
        changed = Plover("THREATEN", "", row.context, f"threatened; the kind would be {row.event}")
    elif stage is DiplomaticStage.PLANNED and PLOVER_QUAD[row.event].endswith("cooperation"):
        changed = Plover("AGREE", "", row.context, f"planned: an intention; the kind would be {row.event}")
    elif stage is DiplomaticStage.FAILED and item.kind in _BREAKABLE:
        changed = Plover("SANCTION", "withdraw", row.context, "failed: CAMEO 164 or 165")
    elif stage in (DiplomaticStage.FAILED, DiplomaticStage.PLANNED):
        changed = Plover(row.event, row.mode, row.context, f"{row.note}; {stage.value}")
    return changed or row
