"""The tables for the field's standards: loaded by pandas and libhxl, and right by the codebook's rules."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import Any

import geojson
import hxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizer
from evals import fields
from summarizer import Summary
from summarizer.rendering import standards
from summarizer.rendering.as_csv import safe, to_csv
from summarizer.rendering.deaths import deaths
from summarizer.schema.codes import (
    Assertion,
    DiplomaticKind,
    FigureCategory,
    FigureUnit,
    Hedge,
    Measure,
    MilitaryKind,
    Population,
    Precision,
)
from tests.rendering.summaries import every_code, example, figure, sample, summary_of
from tests.samples import draft


def table(name: str, *summaries: Summary) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(str(summarizer.render(name, list(summaries)))))


def row(name: str, **changes: Any) -> pd.Series[Any]:
    """The one row of the sample's first development, some of its draft's fields changed."""
    answer = draft()
    section = "diplomatic_developments" if name == "plover" else "military_developments"
    parties = changes.pop("parties", {})
    for key, kind in parties.items():
        next(one for one in answer["parties"] if one["key"] == key).update(kind)
    answer[section][0].update(changes)
    return table(name, summary_of(answer)).iloc[0]


# --- The mappings -----------------------------------------------------------------------------------------------------

ACLED_SUB_EVENTS = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
        "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
"""ACLED Codebook: the sub-event types of the event types that an armed conflict's news can have."""


def test_every_code_is_mapped_and_evals_use_the_same_table() -> None:
    assert set(standards.ACLED_MILITARY) == set(MilitaryKind)
    assert set(standards.ACLED_DIPLOMATIC) == set(standards.PLOVER) == set(DiplomaticKind)
    assert set(standards.ACLED_GEO) == set(standards.UCDP_WHERE) == set(Precision)
    assert set(standards.HXL_CATEGORY) == set(FigureCategory)
    assert set(standards.HXL_POPULATION) == set(Population)
    assert vars(fields)["ACLED_MILITARY"] is standards.ACLED_MILITARY


def test_only_classes_that_the_standards_have() -> None:
    frame = table("acled", every_code())
    assert {(event, sub in ACLED_SUB_EVENTS[event]) for event, sub in zip(frame.event_type, frame.sub_event_type, strict=True)} == {
        (event, True) for event in ACLED_SUB_EVENTS
    }  # fmt: skip
    assert set(frame.geo_precision) == {1, 2, 3}
    assert set(frame.time_precision.dropna()) == {1, 2, 3}
    classes = {event.event for event in standards.PLOVER.values()} - {""}
    assert classes <= set(standards.PLOVER_QUAD)
    ucdp = table("ucdp", every_code())
    assert set(ucdp.where_prec) == {1, 2, 3, 4, 5, 6, 7}
    assert set(ucdp.type_of_violence.dropna()) <= {1, 2, 3}


def test_no_development_is_left_out() -> None:
    one = every_code()
    assert len(table("acled", one)) == len(one.military_developments) + len(one.diplomatic_developments)
    assert len(table("ucdp", one)) == len(one.military_developments)
    assert len(table("plover", one)) == len(one.diplomatic_developments)


@pytest.mark.parametrize(
    ("kind", "sub_event", "note"),
    [
        ("shelling_or_missile", "Shelling/artillery/missile attack", ""),
        ("air_or_drone_strike", "Air/drone strike", ""),
        ("attack_on_civilians", "Attack", ""),
        ("interception", "Disrupted weapons use", ""),
        ("mobilization", "Change to group/activity", ""),
        ("siege", "Other", ""),
        ("cyber_attack", "Other", "nearest"),
        ("naval_action", "Shelling/artillery/missile attack", "nearest"),  # nobody shoots back in the sample
        ("explosive_device", "Remote explosive/landmine/IED", "Grenade, if it was one"),
        ("advance", "Other", ""),
    ],
)
def test_acled_sub_events(kind: str, sub_event: str, note: str) -> None:
    found = row("acled", kind=kind)
    assert found.sub_event_type == sub_event
    assert note in str(found.mapping_note) if note else pd.isna(found.mapping_note)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "advance", "targets": ["Rebels"]}, "Armed clash"),
        ({"kind": "naval_action", "targets": ["Rebels"]}, "Armed clash"),
        ({"kind": "territory_taken", "targets": ["Rebels"]}, "Government regains territory"),
        ({"kind": "territory_taken", "initiators": ["Rebels"]}, "Non-state actor overtakes territory"),
        ({"kind": "territory_taken", "initiators": []}, "Non-state actor overtakes territory"),
        (
            {"kind": "territory_taken", "parties": {"p1": {"country": "MYS", "side": None}}},
            "Non-state actor overtakes territory",
        ),
    ],
)
def test_acled_sub_events_that_depend_on_the_sides(changes: dict[str, Any], expected: str) -> None:
    assert row("acled", **changes).sub_event_type == expected


def test_acled_columns() -> None:
    found = row("acled", targets=["Rebels"])
    assert dict(found[["event_date", "year", "time_precision", "geo_precision", "iso", "country", "location"]]) == {
        "event_date": "2017-05-29", "year": 2017, "time_precision": 1, "geo_precision": 1, "iso": 608, "country": "Philippines",
        "location": "Marawi",
    }  # fmt: skip
    assert (found.actor1, found.inter1, found.actor2, found.inter2) == (
        "Philippine army", "State forces", "Rebels", "Rebel group",
    )  # fmt: skip
    assert found.interaction == "State forces-Rebel group"
    assert (found.fatalities, found.fatalities_open) == (14, "high")
    assert found.fatalities_said == "≥ 14 killed (reported by Red Cross)"
    assert (found.codable, found.disorder_type) == ("yes", "Political violence")
    assert sample().article.text[int(found.quote_start) : int(found.quote_end)] == found.quote


def test_acled_interactions_are_in_the_order_of_acleds_codes_whoever_comes_first() -> None:
    assert row("acled", initiators=["Rebels"], targets=["Philippine army"]).interaction == "State forces-Rebel group"
    assert row("acled", initiators=["Philippine army"], targets=[]).interaction == "State forces only"
    abroad = {"p1": {"country": "MYS", "side": None}}
    assert row("acled", targets=["Rebels"], parties=abroad).interaction == "Rebel group-External/Other forces"


@pytest.mark.parametrize("stage", ["threatened", "planned", "denied"])
def test_what_did_not_happen_is_not_codable(stage: str) -> None:
    assert row("acled", stage=stage).codable == f"no: {stage}"
    assert f"having happened ({stage})" in row("ucdp", stage=stage).ged_criteria


@pytest.mark.parametrize(
    ("edtf", "acled", "ucdp"),
    [
        ("2017-05-29", 1, 1),
        ("2017-05-29/2017-05-30", 1, 2),
        ("2017-05-22/2017-05-28", 2, 3),
        ("2017-05-20/2017-05-23", 2, 2),
        ("2017-05", 3, 4),
        ("2017", None, 5),
        ("201X", None, None),
        ("2017-05-29/..", None, None),
        (None, None, None),
        ("soon", None, None),
    ],
)
def test_time_precision(edtf: str | None, acled: int | None, ucdp: int | None) -> None:
    assert (standards.acled_time(edtf), standards.ucdp_date(edtf)) == (acled, ucdp)


@pytest.mark.parametrize(
    ("changes", "violence", "sides"),
    [
        ({"targets": ["Rebels"]}, 1, ("Philippine army", "Rebels")),
        ({"initiators": ["Rebels"], "targets": ["Philippine army"]}, 1, ("Philippine army", "Rebels")),
        ({"kind": "armed_clash", "initiators": ["Rebels", "Philippine army"]}, 1, ("Philippine army", "Rebels")),
        ({"kind": "attack_on_civilians"}, 3, ("Philippine army", "Civilians")),
        ({"targets": ["Rebels"], "parties": {"p2": {"kind": "civilians"}}}, 3, ("Philippine army", "Rebels")),
        (
            {"targets": ["Rebels"], "parties": {"p1": {"kind": "militia", "side": None}}},
            2,
            ("Philippine army", "Rebels"),
        ),
        ({"kind": "exercise"}, None, ("Philippine army", None)),
    ],
)
def test_ucdp_type_of_violence_and_sides(changes: dict[str, Any], violence: int | None, sides: tuple[Any, Any]) -> None:
    found = row("ucdp", **changes)
    assert (None if pd.isna(found.type_of_violence) else found.type_of_violence) == violence
    assert tuple(None if pd.isna(side) else side for side in (found.side_a, found.side_b)) == sides


def test_ucdp_columns() -> None:
    found = row("ucdp", targets=["Rebels"])
    assert (found.low, found.best, found.high, found.open_bounds) == (14, 14, 14, "high")
    assert (found.deaths_unknown, found.where_prec, found.date_prec, found.event_clarity) == (14, 1, 1, 1)
    assert (found.country, found.country_iso3, found.ged_criteria) == ("Philippines", "PHL", "met")
    assert row("ucdp", figures=[]).ged_criteria == "lacks: a death"


@pytest.mark.parametrize(
    ("changes", "event", "mode"),
    [
        ({"stage": "occurred"}, "CONSULT", None),
        ({"stage": "planned"}, "AGREE", None),
        ({"stage": "threatened"}, "THREATEN", None),
        ({"stage": "failed"}, "SANCTION", "withdraw"),
        ({"stage": "denied"}, None, None),
        ({"stage": "occurred", "kind": "call"}, "CONSULT", "phone"),
        ({"stage": "occurred", "kind": "prisoner_exchange"}, "RETREAT", "release"),
        ({"stage": "occurred", "kind": "sanctions_imposed"}, "COERCE", "restrict"),
        ({"stage": "planned", "kind": "sanctions_imposed"}, "COERCE", "restrict"),
        ({"stage": "occurred", "kind": "aid_delivered"}, "AID", None),
    ],
)
def test_plover_classes(changes: dict[str, Any], event: str | None, mode: str | None) -> None:
    found = row("plover", **changes)
    assert (None if pd.isna(found.event_type) else found.event_type, None if pd.isna(found["mode"]) else found["mode"]) == (event, mode)  # fmt: skip


# --- Deaths -----------------------------------------------------------------------------------------------------------

AT_LEAST = {"value": 10, "low": 10, "high": None, "hedge": Hedge.AT_LEAST}
RANGE = {"value": None, "low": 5, "high": 9, "hedge": Hedge.RANGE}
NEARLY = {"value": 40, "low": None, "high": 40, "hedge": Hedge.NEARLY}
DOZENS = {"value": None, "low": 12, "high": None, "hedge": Hedge.VAGUE}
SEVERAL = {"value": None, "low": None, "high": None, "hedge": Hedge.VAGUE}
NONE = {"value": 0, "low": None, "high": None, "hedge": Hedge.EXACT}
CLAIM = {"assertion": Assertion.CLAIMED}


def n(value: int) -> dict[str, Any]:
    return {"value": value, "low": None, "high": None, "hedge": Hedge.EXACT}


@pytest.mark.parametrize(
    ("figures", "total", "conservative", "open_bounds"),
    [
        ([], None, None, ""),
        ([figure()], (14, 14, 14), 14, ""),
        ([figure(number=NONE)], (0, 0, 0), 0, ""),
        ([figure(number=AT_LEAST)], (10, 10, 10), 10, "high"),
        ([figure(number=RANGE)], (5, 5, 9), 5, ""),
        ([figure(number=NEARLY)], (40, 40, 40), 40, "low"),
        ([figure(number=DOZENS)], (12, 12, 12), 12, "high"),
        ([figure(number=SEVERAL, words="several")], None, 3, "high"),
        # injured, households and running totals are no deaths of this event; a denial counts nobody
        ([figure(category=FigureCategory.INJURED)], None, None, ""),
        ([figure(unit=FigureUnit.HOUSEHOLDS)], None, None, ""),
        ([figure(measure=Measure.CUMULATIVE)], None, None, ""),
        ([figure(), figure("figure-2", number=n(900), assertion=Assertion.DENIED, by="Army")], (14, 14, 14), 14, ""),
        # a part is in its whole
        ([figure(), figure("figure-2", number=n(3), population=Population.CHILDREN, subset_of="figure-1")], (14, 14, 14), 14, ""),
        ([figure("figure-2", number=n(3), population=Population.CHILDREN, subset_of="figure-1")], (3, 3, 3), 3, ""),
        # the same people by different voices: the more reliable voice is best, the lower among equals
        ([figure(by="Red Cross"), figure("figure-2", number=n(30), by="Rebels", **CLAIM)], (14, 14, 30), 14, ""),
        ([figure(number=n(30), by="Red Cross"), figure("figure-2", number=n(9), by="Army", **CLAIM)], (9, 30, 30), 9, ""),
        ([figure(number=n(30), by="Red Cross"), figure("figure-2", number=n(20), by="UN")], (20, 20, 30), 20, ""),
        # different people are added
        ([figure(population=Population.COMBATANTS), figure("figure-2", number=n(5), population=Population.CIVILIANS)], (19, 19, 19), 19, ""),
        (
            [figure(population=Population.COMBATANTS, side="A", by="A", **CLAIM),
             figure("figure-2", number=n(3), population=Population.COMBATANTS, side="B", by="B", **CLAIM)],
            (17, 17, 17), 17, "",
        ),
        ([figure(number=n(2), population=Population.WOMEN), figure("figure-2", number=n(5), population=Population.CHILDREN)], (7, 7, 7), 7, ""),
        # ... unless a figure of all of them is there
        ([figure(), figure("figure-2", number=n(5), population=Population.CIVILIANS)], (14, 14, 14), 14, ""),
        (
            [figure(number=n(9), population=Population.CIVILIANS), figure("figure-2", number=n(5), population=Population.CHILDREN)],
            (9, 9, 9), 9, "",
        ),
    ],
)  # fmt: skip
def test_deaths(
    figures: Sequence[Any], total: tuple[int, int, int] | None, conservative: int | None, open_bounds: str
) -> None:
    found = deaths(figures)
    assert ((found.total.low, found.total.best, found.total.high) if found.total else None) == total
    assert (found.conservative, found.open_bounds) == (conservative, open_bounds)


_NUMBERS = st.sampled_from([AT_LEAST, RANGE, NEARLY, DOZENS, SEVERAL, NONE, n(3), n(77)])
_FIGURES = st.lists(
    st.builds(
        figure, st.sampled_from(["figure-1", "figure-2", "figure-3"]), number=_NUMBERS, population=st.sampled_from(Population),
        side=st.sampled_from([None, "A", "B"]), by=st.sampled_from([None, "A", "UN"]), assertion=st.sampled_from(Assertion),
        measure=st.sampled_from(Measure), subset_of=st.sampled_from([None, "figure-1", "figure-2"]),
    ),
    max_size=5,
)  # fmt: skip


@given(_FIGURES)
def test_low_is_never_above_best_nor_best_above_high(figures: Sequence[Any]) -> None:
    found = deaths(figures)
    if found.total:
        assert 0 <= found.total.low <= found.total.best <= found.total.high
        assert found.conservative == found.total.low


# --- HXL --------------------------------------------------------------------------------------------------------------

HXL_TAGS = {
    "affected": "abducted adolescents adults children displaced elderly f hh i idps incamp ind infants infected injured killed m noncamp refugees",
    "inneed": "abducted adolescents adults children displaced elderly f hh i idps incamp ind infants infected injured m noncamp refugees",
    "reached": "abducted adolescents adults children displaced elderly f hh i idps incamp ind infants infected injured m noncamp refugees",
    "country": "code dest name origin", "loc": "code dest name origin type", "geo": "bounds coord elevation lat lon",
    "indicator": "code name num text type", "group": "code name type", "date": "approved canceled converted end occurred reported start",
    "description": "type", "meta": "id source url",
}  # fmt: skip
"""The hashtags used here with their attributes, from the HXL hashtag dictionary 1.1."""


def read_hxl(*summaries: Summary) -> hxl.Dataset:
    rows = list(csv.reader(io.StringIO(str(summarizer.render("hxl", list(summaries))))))
    return hxl.data(rows)


@pytest.mark.parametrize("summary", [sample(), every_code()], ids=["sample", "every code"])
def test_libhxl_reads_and_validates_the_figures(summary: Summary) -> None:
    problems: list[Any] = []
    dataset = read_hxl(summary)
    assert len(list(dataset)) == len(summary.humanitarian_figures)
    hxl.schema(callback=problems.append).validate(read_hxl(summary))
    assert [str(one) for one in problems if one.rule.severity != "info"] == []


def test_every_hashtag_is_in_the_dictionary_and_own_attributes_are_known() -> None:
    own = set(standards.HXL_OWN) | {f"+{category.value}" for category in FigureCategory}
    about = {
        "+hedge",
        "+value",
        "+low",
        "+high",
        "+measure",
        "+population",
        "+unit",
        "+derived",
        "+whole",
        "+v_iso3",
        "+side",
        "+speaker",
    }
    about |= {"+assertion", "+verdict", "+quote", "+sentences", "+title", "+language", "+sha256"}
    for column in read_hxl(every_code()).columns:
        known = {f"+{one}" for one in HXL_TAGS[column.tag.removeprefix("#")].split()}
        assert {f"+{one}" for one in column.attributes} <= known | own | about, column.display_tag


def test_hxl_tags_of_the_codebook_and_numbers_under_them() -> None:
    rows = list(read_hxl(sample()))
    assert [one.get("#affected+killed") for one in rows] == ["14"]
    assert rows[0].get("#indicator+type+hedge") == "at least"
    assert rows[0].get("#indicator+num+low") == "14"
    assert rows[0].get("#meta+source+speaker") == "Red Cross"
    assert rows[0].get("#country+code") == "PHL"
    french = list(read_hxl(example()))
    assert french[0].get("#affected+refugees") == "1000000"
    assert french[2].get("#affected+evacuated+children") == "40000"
    assert french[2].get("#meta+id+whole") == french[1].get("#meta+id-whole") == french[3].get("#meta+id+whole")


# --- GeoJSON ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("summary", [sample(), example(), every_code()], ids=["sample", "example", "every code"])
def test_geojson_is_valid_and_holds_everything_with_a_place(summary: Summary) -> None:
    collection = geojson.loads(str(summarizer.render("geojson", [summary])))
    assert isinstance(collection, geojson.FeatureCollection)
    assert collection.is_valid
    ids = [one["id"] for one in collection.features]
    assert len(set(ids)) == len(ids)
    placed = [one.id for one in summary.military_developments + summary.humanitarian_figures if one.place]
    assert {f"{summary.article.sha256[:12]}-{one}" for one in placed} <= set(ids)
    for one in collection.features:
        if one["geometry"] is not None:
            longitude, latitude = one["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
    marawi = [one for one in collection.features if one["properties"]["name"] == "Marawi" and one["geometry"]]
    assert all(one["geometry"]["coordinates"] == pytest.approx([124.29, 8.0], abs=0.1) for one in marawi)


def test_a_place_without_coordinates_is_an_unlocated_feature() -> None:
    features = geojson.loads(str(summarizer.render("geojson", [example()]))).features
    nowhere = [one for one in features if one["geometry"] is None]
    assert nowhere
    assert all(one["properties"]["name"] for one in nowhere)


# --- Cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"), ("+CMD", "'+CMD"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'=1"), ("＝1", "'＝1"), ("\r\n=1", "'=1"),
        ("-12", "-12"), ("+4.5", "+4.5"), (-12, -12), (-0.5, -0.5), ("a=b", "a=b"), ("“-”", "“-”"), (None, None), (True, "yes"), ("\x1b[31m", "[31m"),
        ("\u202e=1", "'=1"),
    ],
)  # fmt: skip
def test_cells_that_a_spreadsheet_would_run_are_text(cell: Any, shown: Any) -> None:
    assert safe(cell) == shown


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_cell_begins_a_formula_and_every_row_comes_back(cells: list[str]) -> None:
    names = [f"c{index}" for index in range(len(cells))]
    (header, *rows) = csv.reader(io.StringIO(to_csv(names, [dict(zip(names, cells, strict=True))])))
    assert header == names
    assert len(rows) == 1
    for cell in rows[0]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or re.fullmatch(r"[+-]?\d+(\.\d+)?", cell)


@pytest.mark.parametrize("name", ["acled", "ucdp", "plover", "hxl"])
def test_formulas_from_a_model_stay_text_in_every_table(name: str) -> None:
    answer = draft()
    hostile = '=HYPERLINK("http://x","y")'
    for section in ("military_developments", "diplomatic_developments"):
        answer[section][0]["description"] = hostile
    answer["humanitarian_figures"][0]["place"]["name"] = "Marawi"
    summary = summary_of(answer, text="Title: =cmd|' /C calc'!A0\nSource: @SUM(1)\n\n" + sample().article.text)
    cells = [cell for line in csv.reader(io.StringIO(str(summarizer.render(name, [summary])))) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert [cell for cell in cells if cell.startswith(("'=", "'@"))]


# --- Data frames ------------------------------------------------------------------------------------------------------


def test_data_frames_of_one_summary_or_of_several() -> None:
    one = summarizer.to_dataframes(sample())
    (killed,) = one["humanitarian_figures"].to_dict("records")
    assert (killed["category"], killed["quantity_value"], killed["quantity_hedge"]) == ("killed", 14, "at_least")
    assert (killed["asserted_by_party_name"], killed["as_of_first_day"], killed["sentences"]) == (
        "Red Cross",
        "2017-05-29",
        [1],
    )
    both = summarizer.to_dataframes([sample(), example()])
    assert both["articles"]["set_aside"].tolist() == [0, len(example().verification.set_aside)]
    assert both["humanitarian_figures"]["quantity_value"].sum() == 14 + 1_000_000 + 142_500 + 40_000 + 600
    joined = both["positions"].merge(both["articles"], on="article")
    assert len(joined) == len(sample().positions) + len(example().positions)


def test_a_columns_type_does_not_depend_on_the_summaries() -> None:
    full, some, none = (summarizer.to_dataframes(of) for of in ([every_code()], [sample()], []))
    for name, frame in full.items():
        assert dict(some[name].dtypes) == dict(frame.dtypes), name
        assert dict(none[name].dtypes) == dict(frame.dtypes), name
    figures = some["humanitarian_figures"].dtypes
    assert (str(figures["destination_latitude"]), str(figures["destination_country"])) == ("Float64", "string")
    assert (str(figures["quantity_low"]), str(figures["quantity_derived"])) == ("Int64", "boolean")


def test_an_empty_section_has_the_same_columns_as_a_full_one() -> None:
    full = summarizer.to_dataframes(every_code())
    empty = summarizer.to_dataframes([])
    assert {name: list(frame.columns) for name, frame in empty.items() if name != "articles"} == {
        name: list(frame.columns) for name, frame in full.items() if name != "articles"
    }
