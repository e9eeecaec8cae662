"""Uses of armed force as a table with UCDP GED's columns: type of violence, precision codes, deaths low, best and high.

UCDP-like: UCDP's own conflict, dyad and actor ids are not here, and columns of ours follow. GED holds only events with
at least one death; `ged_criteria` says what a row lacks for that, and nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.rendering.as_csv import Cell, to_csv
from summarizer.rendering.deaths import Deaths, deaths
from summarizer.rendering.rows import SOURCE, coordinates, country, event_id, source_cells
from summarizer.rendering.standards import (
    NON_STATE,
    ONE_SIDED,
    STATE_BASED,
    STATE_KINDS,
    UCDP_LETHAL,
    UCDP_WHERE,
    UNARMED_KINDS,
    ucdp_date,
)
from summarizer.rendering.wording import by_id, clean, days, names, place, said_by
from summarizer.schema.codes import MilitaryKind, MilitaryStage, PartyKind
from summarizer.schema.summary import MilitaryDevelopment, Party, Summary
from summarizer.schema.values import PartyRef

_COLUMNS = (
    "id", "year", "type_of_violence", "violence_note", "side_a", "side_b", "number_of_sources", "source_article",
    "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
    "latitude", "longitude", "country", "country_iso3", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "open_bounds", "deaths_said",
    "deaths_note", "ged_criteria", "kind", "stage", "description", "date_edtf", "date_as_written", *SOURCE,
)  # fmt: skip
_ONE_SIDED_KINDS = {MilitaryKind.ATTACK_ON_CIVILIANS, MilitaryKind.SEXUAL_VIOLENCE, MilitaryKind.ABDUCTION}
_HAPPENED = {MilitaryStage.OCCURRED, MilitaryStage.ONGOING, MilitaryStage.HISTORICAL}


def to_ucdp(summaries: Sequence[Summary]) -> str:
    """The military developments of all summaries as UCDP-like CSV."""
    return to_csv(_COLUMNS, [row for summary in summaries for row in rows(summary)])


def rows(summary: Summary) -> list[Mapping[str, Cell]]:
    """One row a military development, in the columns of the CSV."""
    parties = {party.id: party for party in summary.parties}
    return [_row(summary, item, parties) for item in summary.military_developments]


def _row(summary: Summary, item: MilitaryDevelopment, parties: Mapping[str, Party]) -> Mapping[str, Cell]:
    figures = by_id(summary.humanitarian_figures)
    found = deaths([figures[one] for one in item.figures if one in figures])
    first, last = days(item.when)
    violence, note = violence_of(item, parties)
    side_a, side_b = _sides(item, parties, violence)
    article, precision = summary.article, ucdp_date(item.when.date if item.when else None)
    return {
        "id": event_id(summary, item),
        "year": int(first[:4]) if first else None,
        "type_of_violence": violence,
        "violence_note": note,
        "side_a": names(side_a),
        "side_b": names(side_b) or ("Civilians" if violence == ONE_SIDED else ""),
        "number_of_sources": 1,
        "source_article": article.source,
        "source_date": article.published_inferred or article.published,
        "source_headline": article.title,
        "source_original": said_by(item.asserted_by, item.assertion),
        "where_prec": UCDP_WHERE[item.place.precision] if item.place else None,
        "where_coordinates": place(item.place),
        "where_description": item.place.as_written if item.place else "",
        **coordinates(item.place),
        "country": country(item.place.country if item.place else None),
        "country_iso3": item.place.country if item.place else None,
        "event_clarity": 1 if precision in (1, 2) and item.place else 2,
        "date_prec": precision,
        "date_start": first,
        "date_end": last,
        **_deaths(found, side_a, side_b),
        "ged_criteria": _criteria(item, found, violence),
        "kind": item.kind.value,
        "stage": item.stage.value,
        "description": item.description,
        "date_edtf": item.when.date if item.when else "",
        "date_as_written": item.when.as_written if item.when else "",
        **source_cells(summary, item),
    }


def violence_of(item: MilitaryDevelopment, parties: Mapping[str, Party]) -> tuple[int | None, str]:
    """UCDP's type of violence, and what it rests on: 1 a state fights, 2 only others do, 3 civilians are attacked."""
    if item.kind not in UCDP_LETHAL:
        return None, "no use of armed force"
    hit = _kinds(item.targets, parties)
    kinds = [*_kinds(item.initiators, parties), *hit]
    if item.kind in _ONE_SIDED_KINDS or (hit and all(kind in UNARMED_KINDS for kind in hit)):
        return ONE_SIDED, "civilians are the target"
    if any(kind in STATE_KINDS for kind in kinds):
        return STATE_BASED, "a state is a side"
    armed = [kind for kind in kinds if kind not in UNARMED_KINDS]
    if len(armed) >= 2:
        return NON_STATE, "no state is a side"
    return None, "the sides are not told"


def _sides(
    item: MilitaryDevelopment, parties: Mapping[str, Party], violence: int | None
) -> tuple[list[PartyRef], list[PartyRef]]:
    """UCDP: side A is the government in state-based conflict, the perpetrator in one-sided violence."""
    one, two = item.initiators, item.targets
    if not two and item.kind is MilitaryKind.ARMED_CLASH:
        one, two = item.initiators[:1], item.initiators[1:]
    if violence == STATE_BASED and not _has_state(one, parties) and _has_state(two, parties):
        return two, one
    return one, two


def _has_state(side: Sequence[PartyRef], parties: Mapping[str, Party]) -> bool:
    return any(kind in STATE_KINDS for kind in _kinds(side, parties))


def _kinds(side: Sequence[PartyRef], parties: Mapping[str, Party]) -> list[PartyKind]:
    return [parties[one.id].kind for one in side if one.id is not None and one.id in parties]


def _deaths(found: Deaths, side_a: Sequence[PartyRef], side_b: Sequence[PartyRef]) -> Mapping[str, Cell]:
    a, b, total = found.of_sides(side_a), found.of_sides(side_b), found.total
    known = (a or 0) + (b or 0) + (found.civilians or 0)
    apart = total is not None and known <= total.best  # else its kinds do not add up, and none of them is given
    return {
        "deaths_a": a if apart else None,
        "deaths_b": b if apart else None,
        "deaths_civilians": found.civilians if apart else None,
        "deaths_unknown": total.best - known if total is not None and apart else None,
        "best": total.best if total else None,
        "high": total.high if total else None,
        "low": total.low if total else None,
        "open_bounds": found.open_bounds,
        "deaths_said": "; ".join(clean(one) for one in found.said),
        "deaths_note": "; ".join(found.notes) or ("" if found.said else "no deaths are told of this event"),
    }


def _criteria(item: MilitaryDevelopment, found: Deaths, violence: int | None) -> str:
    """What GED asks of an event and this one lacks; `met` where it lacks nothing that can be seen in one article."""
    lacking = [
        "" if item.stage in _HAPPENED else f"having happened ({item.stage.value})",
        "" if violence else "type of violence",
        "" if found.best else "a death",
        "" if item.when and item.when.date else "a date",
        "" if item.place else "a place",
    ]
    return "lacks: " + ", ".join(one for one in lacking if one) if any(lacking) else "met"
