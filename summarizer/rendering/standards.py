"""How this project's codes read in the field's standards, each rule with its source: the one place for all mappings.

- ACLED: event and sub-event types, spatial and time precision, actor types (ACLED Codebook), fatalities (ACLED's FAQ,
  "Fatalities").
- UCDP: type of violence, `where_prec`, `date_prec` (UCDP GED Codebook), best, low and high (UCDP's definitions).
- PLOVER: classes, modes and contexts (the PLOVER project's CAMEO2PLOVER-2021 table, whose CAMEO codes stand in the
  notes, and its reference of classes).
- HXL: hashtags and attributes (HXL hashtag dictionary 1.1).

Written from general knowledge of the codebooks, without their text at hand, so worth a look before results rest on them:
the limits of `date_prec`, ACLED's 3 for an unknown number of deaths, ACLED's sub-event type for a foreign state that takes
territory, UCDP's rule that the lower of two equally reliable figures is best.

Where a standard has no class of its own for a kind, the nearest one is given, with a note that says so; the note becomes
a column of the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from summarizer.language.edtf import known
from summarizer.schema.codes import (
    DiplomaticKind,
    FigureCategory,
    FigureUnit,
    MilitaryKind,
    PartyKind,
    Population,
    Precision,
)

# --- ACLED ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Acled:
    """An ACLED event type with its sub-event type; several where the rule in `as_acled` has to choose.

    `note` says why it is only the nearest one, or what the kind cannot tell; empty where the class is ACLED's own.
    """

    event: str
    sub_events: tuple[str, ...]
    note: str = ""


BATTLES: Final = "Battles"
EXPLOSIONS: Final = "Explosions/Remote violence"
CIVILIANS: Final = "Violence against civilians"
STRATEGIC: Final = "Strategic developments"

DISORDER: Mapping[str, str] = {
    BATTLES: "Political violence",
    EXPLOSIONS: "Political violence",
    CIVILIANS: "Political violence",
    STRATEGIC: "Strategic developments",
}
"""ACLED's disorder type of each event type."""

ARMED_CLASH: Final = "Armed clash"
REGAINS: Final = "Government regains territory"
OVERTAKES: Final = "Non-state actor overtakes territory"
SHELLING: Final = "Shelling/artillery/missile attack"
OTHER: Final = "Other"

ACLED_MILITARY: Mapping[MilitaryKind, Acled] = {
    MilitaryKind.ARMED_CLASH: Acled(BATTLES, (ARMED_CLASH,)),
    MilitaryKind.TERRITORY_TAKEN: Acled(BATTLES, (REGAINS, OVERTAKES)),
    MilitaryKind.TERRITORY_HANDED_OVER: Acled(STRATEGIC, ("Non-violent transfer of territory",)),
    MilitaryKind.ADVANCE: Acled(BATTLES, (ARMED_CLASH, OTHER)),
    MilitaryKind.SIEGE: Acled(STRATEGIC, (OTHER,)),
    MilitaryKind.AIR_OR_DRONE_STRIKE: Acled(EXPLOSIONS, ("Air/drone strike",)),
    MilitaryKind.SHELLING_OR_MISSILE: Acled(EXPLOSIONS, (SHELLING,)),
    MilitaryKind.EXPLOSIVE_DEVICE: Acled(
        EXPLOSIONS,
        ("Remote explosive/landmine/IED", "Grenade"),
        "ACLED's Grenade, if it was one: the kind does not tell",
    ),
    MilitaryKind.SUICIDE_ATTACK: Acled(EXPLOSIONS, ("Suicide bomb",)),
    MilitaryKind.CHEMICAL_WEAPON: Acled(EXPLOSIONS, ("Chemical weapon",)),
    MilitaryKind.NAVAL_ACTION: Acled(
        BATTLES, (ARMED_CLASH, SHELLING), "nearest: ACLED has no sub-event type for actions at sea"
    ),
    MilitaryKind.CYBER_ATTACK: Acled(STRATEGIC, (OTHER,), "nearest: ACLED has no sub-event type for cyber attacks"),
    MilitaryKind.ATTACK_ON_CIVILIANS: Acled(CIVILIANS, ("Attack",)),
    MilitaryKind.SEXUAL_VIOLENCE: Acled(CIVILIANS, ("Sexual violence",)),
    MilitaryKind.ABDUCTION: Acled(CIVILIANS, ("Abduction/forced disappearance",)),
    MilitaryKind.LOOTING_OR_DESTRUCTION: Acled(STRATEGIC, ("Looting/property destruction",)),
    MilitaryKind.INTERCEPTION: Acled(STRATEGIC, ("Disrupted weapons use",)),
    MilitaryKind.MOBILIZATION: Acled(STRATEGIC, ("Change to group/activity",)),
    MilitaryKind.DEPLOYMENT: Acled(
        STRATEGIC,
        (OTHER, "Headquarters or base established"),
        "ACLED's Headquarters or base established, if a base was set up: the kind does not tell",
    ),
    MilitaryKind.WITHDRAWAL: Acled(STRATEGIC, (OTHER,)),
    MilitaryKind.ARMS_TRANSFER: Acled(STRATEGIC, (OTHER,)),
    MilitaryKind.EXERCISE: Acled(STRATEGIC, (OTHER,)),
    MilitaryKind.ARRESTS: Acled(STRATEGIC, ("Arrests",)),
    MilitaryKind.OTHER: Acled(STRATEGIC, (OTHER,)),
}
"""Kind of military development -> ACLED (CODEBOOK, "Military development")."""

_AGREEMENT: Final = Acled(STRATEGIC, ("Agreement",))
_UNCODED: Final = Acled(STRATEGIC, (OTHER,), "nearest: ACLED does not code diplomacy of this kind")

ACLED_DIPLOMATIC: Mapping[DiplomaticKind, Acled] = {
    # ACLED's Agreement: agreements of any sort between actors; peace talks, ceasefires, exchanges, releases included.
    **dict.fromkeys(
        (
            DiplomaticKind.TALKS,
            DiplomaticKind.AGREEMENT,
            DiplomaticKind.CEASEFIRE_DECLARED,
            DiplomaticKind.HUMANITARIAN_CORRIDOR,
            DiplomaticKind.PRISONER_EXCHANGE,
            DiplomaticKind.RELEASE,
        ),
        _AGREEMENT,
    ),
    **dict.fromkeys(
        (
            DiplomaticKind.VISIT,
            DiplomaticKind.CALL,
            DiplomaticKind.MEDIATION,
            DiplomaticKind.CEASEFIRE_OBSERVED,
            DiplomaticKind.CEASEFIRE_BROKEN,
            DiplomaticKind.SANCTIONS_IMPOSED,
            DiplomaticKind.SANCTIONS_EASED,
            DiplomaticKind.RECOGNITION,
            DiplomaticKind.EXPULSION,
            DiplomaticKind.RELATIONS_SEVERED,
            DiplomaticKind.VOTE_OR_RESOLUTION,
            DiplomaticKind.MEETING,
            DiplomaticKind.AID_PLEDGED,
            DiplomaticKind.AID_DELIVERED,
            DiplomaticKind.LEGAL_ACTION,
            DiplomaticKind.OTHER,
        ),
        _UNCODED,
    ),
}
"""Kind of diplomatic development -> ACLED."""

ACLED_GEO: Mapping[Precision, int] = {
    Precision.SITE: 1,
    Precision.SETTLEMENT: 1,
    Precision.NEAR_SETTLEMENT: 2,
    Precision.DISTRICT: 2,
    Precision.REGION: 3,
    Precision.LINE: 3,
    Precision.COUNTRY: 3,
    Precision.SEA_OR_AIR: 3,
}
"""geo_precision: 1 a particular town, 2 near one or a small part of a region, 3 a larger region, a border, a sea."""

_STATE: Final = "State forces"
EXTERNAL: Final = "External/Other forces"

ACLED_ACTOR: Mapping[PartyKind, str] = {
    PartyKind.STATE: _STATE,
    PartyKind.GOVERNMENT_BODY: _STATE,
    PartyKind.ARMED_FORCES: _STATE,
    PartyKind.REBEL_GROUP: "Rebel group",
    PartyKind.SEPARATIST_ENTITY: "Rebel group",
    PartyKind.MILITIA: "Political militia",
    PartyKind.PRIVATE_MILITARY_COMPANY: EXTERNAL,
    PartyKind.ALLIANCE: EXTERNAL,
    PartyKind.INTERNATIONAL_ORGANIZATION: EXTERNAL,
    PartyKind.NGO: "Civilians",
    PartyKind.CIVILIANS: "Civilians",
    PartyKind.MEDIA: "Civilians",
}
"""`inter1`, `inter2` in ACLED's words. A state's forces outside their own country are External/Other forces."""

_INTER_CODES = ("State forces", "Rebel group", "Political militia", "Civilians", EXTERNAL)


def acled_interaction(inter1: str, inter2: str) -> str:
    """ACLED's `interaction`: both in the order of their codes (1 State forces ... 8 External/Other forces), or one `only`."""
    sides = sorted((one for one in (inter1, inter2) if one), key=_INTER_CODES.index)
    return f"{sides[0]} only" if len(sides) == 1 else "-".join(sides)


def acled_time(edtf: str | None) -> int | None:
    """time_precision: 1 the day is known, 2 only the week, 3 only the month; None where less is known or nothing.

    A night from one day to the next is still a known day to ACLED, which takes the first.
    """
    bounds = known(edtf)
    if bounds is None:
        return None
    length = (bounds.end - bounds.start).days + 1
    return 1 if length <= 2 else 2 if length <= 7 else 3 if length <= 31 else None


ACLED_UNKNOWN_DEATHS: Final = 3
"""What ACLED writes for deaths that are reported without any number ('several'), outside of mass violence."""

# --- UCDP -------------------------------------------------------------------------------------------------------------

UCDP_WHERE: Mapping[Precision, int] = {
    Precision.SITE: 1,
    Precision.SETTLEMENT: 1,
    Precision.NEAR_SETTLEMENT: 2,
    Precision.DISTRICT: 3,
    Precision.REGION: 4,
    Precision.LINE: 5,
    Precision.COUNTRY: 6,
    Precision.SEA_OR_AIR: 7,
}
"""where_prec: 1 exact, 2 within some 25 km, 3 district, 4 province, 5 a line or an area that is no unit, 6 country, 7 sea or air."""

STATE_BASED: Final = 1
NON_STATE: Final = 2
ONE_SIDED: Final = 3
"""type_of_violence."""

STATE_KINDS: Final = frozenset({PartyKind.STATE, PartyKind.GOVERNMENT_BODY, PartyKind.ARMED_FORCES})
"""Parties that are a government to UCDP."""

UNARMED_KINDS: Final = frozenset({PartyKind.CIVILIANS, PartyKind.NGO, PartyKind.MEDIA})
"""Parties whose people are civilians to UCDP and ACLED."""

UCDP_LETHAL: Final = frozenset(
    {
        MilitaryKind.ARMED_CLASH,
        MilitaryKind.TERRITORY_TAKEN,
        MilitaryKind.ADVANCE,
        MilitaryKind.SIEGE,
        MilitaryKind.AIR_OR_DRONE_STRIKE,
        MilitaryKind.SHELLING_OR_MISSILE,
        MilitaryKind.EXPLOSIVE_DEVICE,
        MilitaryKind.SUICIDE_ATTACK,
        MilitaryKind.CHEMICAL_WEAPON,
        MilitaryKind.NAVAL_ACTION,
        MilitaryKind.ATTACK_ON_CIVILIANS,
        MilitaryKind.SEXUAL_VIOLENCE,
        MilitaryKind.ABDUCTION,
    }
)
"""Kinds that are a use of armed force against others, and so have a type of violence."""


def ucdp_date(edtf: str | None) -> int | None:
    """date_prec: 1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 up to a year; None where less is known."""
    bounds = known(edtf)
    if bounds is None:
        return None
    length = bounds.end - bounds.start + timedelta(days=1)
    limits = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
    return next((code for most, code in limits if length <= timedelta(days=most)), None)


# --- PLOVER -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plover:
    """A PLOVER class with its mode and context, and a note: the CAMEO code it comes from, or that it is only the nearest."""

    event: str
    mode: str = ""
    context: str = ""
    note: str = ""


PLOVER: Mapping[DiplomaticKind, Plover] = {
    DiplomaticKind.TALKS: Plover("CONSULT", "", "diplomatic", "CAMEO 046"),
    DiplomaticKind.VISIT: Plover("CONSULT", "visit", "diplomatic", "CAMEO 042"),
    DiplomaticKind.CALL: Plover("CONSULT", "phone", "diplomatic", "CAMEO 041"),
    DiplomaticKind.MEDIATION: Plover("CONSULT", "", "diplomatic", "CAMEO 045"),
    DiplomaticKind.MEETING: Plover("CONSULT", "", "diplomatic", "CAMEO 040"),
    DiplomaticKind.AGREEMENT: Plover("SUPPORT", "", "diplomatic", "CAMEO 057"),
    DiplomaticKind.CEASEFIRE_DECLARED: Plover("RETREAT", "ceasefire", "military", "CAMEO 0871"),
    DiplomaticKind.CEASEFIRE_OBSERVED: Plover("RETREAT", "ceasefire", "military", "CAMEO 0871"),
    DiplomaticKind.CEASEFIRE_BROKEN: Plover(
        "ASSAULT", "", "military", "nearest: PLOVER has no class for a breach, only for what is done in it"
    ),
    DiplomaticKind.HUMANITARIAN_CORRIDOR: Plover("RETREAT", "access", "humanitarian", "CAMEO 0863"),
    DiplomaticKind.PRISONER_EXCHANGE: Plover("RETREAT", "release", "legal", "CAMEO 0841"),
    DiplomaticKind.RELEASE: Plover("RETREAT", "release", "legal", "CAMEO 0841"),
    DiplomaticKind.SANCTIONS_IMPOSED: Plover("COERCE", "restrict", "diplomatic", "CAMEO 163"),
    DiplomaticKind.SANCTIONS_EASED: Plover("RETREAT", "ease", "economic", "CAMEO 085"),
    DiplomaticKind.RECOGNITION: Plover("SUPPORT", "", "diplomatic", "CAMEO 054"),
    DiplomaticKind.EXPULSION: Plover("SANCTION", "expel", "diplomatic", "CAMEO 166"),
    DiplomaticKind.RELATIONS_SEVERED: Plover("SANCTION", "withdraw", "diplomatic", "CAMEO 161"),
    DiplomaticKind.VOTE_OR_RESOLUTION: Plover(
        "CONSULT", "", "diplomatic", "nearest: PLOVER has no class for votes; what is voted decides"
    ),
    DiplomaticKind.AID_PLEDGED: Plover("AGREE", "", "diplomatic", "CAMEO 033"),
    DiplomaticKind.AID_DELIVERED: Plover("AID", "", "", "CAMEO 070"),
    DiplomaticKind.LEGAL_ACTION: Plover(
        "ACCUSE", "", "legal", "CAMEO 090 or 115: an inquiry or a suit, the kind does not tell"
    ),
    DiplomaticKind.OTHER: Plover("", "", "", "the kind does not tell"),
}
"""Kind of diplomatic development -> PLOVER."""

PLOVER_QUAD: Mapping[str, str] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "verbal cooperation"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "material cooperation"),
    **dict.fromkeys(("DEMAND", "ACCUSE", "REJECT", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "material conflict"),
}
"""The quadrant of each class."""

# --- HXL --------------------------------------------------------------------------------------------------------------

HXL_CATEGORY: Mapping[FigureCategory, str] = {
    FigureCategory.KILLED: "#affected+killed",
    FigureCategory.INJURED: "#affected+injured",
    FigureCategory.MISSING: "#affected+missing",  # this attribute and those of the next lines that are ours: see HXL_OWN
    FigureCategory.CAPTURED: "#affected+captured",
    FigureCategory.DETAINED: "#affected+detained",
    FigureCategory.ABDUCTED: "#affected+abducted",
    FigureCategory.DISPLACED: "#affected+idps",
    FigureCategory.REFUGEES: "#affected+refugees",
    FigureCategory.EVACUATED: "#affected+evacuated",
    FigureCategory.RETURNED: "#affected+returned",
    FigureCategory.TRAPPED: "#affected+trapped",
    FigureCategory.IN_NEED: "#inneed",
    FigureCategory.ASSISTED: "#reached",
    FigureCategory.AFFECTED: "#affected",
    FigureCategory.HOMES_DAMAGED: "#indicator+num+homes_damaged",
    FigureCategory.OTHER: "#affected+other",
}
"""Category -> hashtag and attributes. #affected, #inneed and #reached count people or households only."""

HXL_POPULATION: Mapping[Population, str] = {
    Population.PEOPLE: "",
    Population.CHILDREN: "+children",
    Population.WOMEN: "+adults+f",
    Population.CIVILIANS: "+civilians",
    Population.COMBATANTS: "+combatants",
    Population.PRISONERS_OF_WAR: "+prisoners_of_war",
    Population.MEDICAL_STAFF: "+medical_staff",
    Population.AID_WORKERS: "+aid_workers",
    Population.JOURNALISTS: "+journalists",
    Population.FOREIGN_NATIONALS: "+foreign_nationals",
}

HXL_UNIT: Mapping[FigureUnit, str] = {FigureUnit.PERSONS: "+ind", FigureUnit.HOUSEHOLDS: "+hh"}
"""Of people and households; buildings are not #affected, but an #indicator."""

HXL_OWN: Final = frozenset(
    {
        "+missing", "+captured", "+detained", "+evacuated", "+returned", "+trapped", "+homes_damaged", "+other",
        "+civilians", "+combatants", "+prisoners_of_war", "+medical_staff", "+aid_workers", "+journalists",
        "+foreign_nationals", "+buildings",
    }
)  # fmt: skip
"""Attributes of ours, which the dictionary allows ("you may make up your own") but does not list."""


def hxl_tag(category: FigureCategory, population: Population, unit: FigureUnit) -> str:
    """The hashtag with attributes of the column that such a figure's number belongs in."""
    if category is FigureCategory.HOMES_DAMAGED:
        return HXL_CATEGORY[category]
    if unit is FigureUnit.BUILDINGS:
        return f"#indicator+num+{category.value}+buildings"
    return HXL_CATEGORY[category] + HXL_POPULATION[population] + HXL_UNIT[unit]
