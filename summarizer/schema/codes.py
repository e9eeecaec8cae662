"""Every closed set of values, with the meaning of each: the codebook as code.

A `Code` is a string enum whose members carry their meaning. The Draft's field descriptions, the system
prompt and the documentation all render these meanings, so that each is written in one place only.
The distinctions follow ACLED's event types, UCDP GED, PLOVER, MUC-4 and IDMC's Helix, so that records
can be exported to them without guessing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A string enum whose members also say what they mean: `Hedge.NEARLY.meaning`."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """Make a member from its value and its meaning."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    @classmethod
    def glossary(cls) -> str:
        """`value: meaning` for each member that has one, `value` alone for the others."""
        return "; ".join(f"{m.value}: {m.meaning}" if m.meaning else m.value for m in cls) + "."


class PartyKind(Code):
    STATE = "state", "a country or its government as a whole, also under the name of its capital"
    GOVERNMENT_BODY = "government_body", "a ministry, parliament, agency or court that acts on its own"
    ARMED_FORCES = "armed_forces", "a state's army, navy, air force or police force in combat"
    REBEL_GROUP = "rebel_group", "an armed group that fights a government"
    MILITIA = "militia", "an armed group that is neither an army nor a rebellion, pro-government or local"
    SEPARATIST_ENTITY = "separatist_entity", "a breakaway authority that claims a territory"
    PRIVATE_MILITARY_COMPANY = "private_military_company"
    ALLIANCE = "alliance", "a group of states: NATO, the African Union's force, 'the West'"
    INTERNATIONAL_ORGANIZATION = (
        "international_organization",
        "the UN, its bodies and agencies, the EU, the ICRC, the OSCE",
    )
    NGO = "ngo"
    CIVILIANS = "civilians", "a population that suffers, flees or protests"
    MEDIA = "media"
    OTHER = "other"


class PartyRole(Code):
    BELLIGERENT = "belligerent", "fights in this conflict"
    SUPPORTER = "supporter", "helps a belligerent with arms, money, troops or words"
    MEDIATOR = "mediator", "brings the sides together"
    HOST = "host", "the talks or the refugees are on its ground"
    HUMANITARIAN = "humanitarian", "protects, counts or helps people"
    OBSERVER = "observer", "comments, votes, monitors or investigates"
    AFFECTED = "affected", "suffers from the conflict without fighting in it"
    OTHER = "other"


class PositionKind(Code):
    DEMAND = "demand", "wants another to do or give something"
    OFFER = "offer", "says what it is ready to do or give"
    ACCEPTANCE = "acceptance", "agrees to what another wants"
    REFUSAL = "refusal", "rejects what another wants or proposes"
    CALL = "call", "appeals to others, without leverage"
    CONDITION = "condition", "will act only if something happens first"
    ACCUSATION = "accusation", "says that another did or intends something wrong"
    DENIAL = "denial", "says that what it is accused of is not so"
    CONDEMNATION = "condemnation", "judges an act of another, in words of blame"
    WARNING = "warning", "says what bad thing may come, not by its own hand"
    THREAT = "threat", "says what bad thing it will itself do"
    JUSTIFICATION = "justification", "says why it acts"
    COMMITMENT = "commitment", "says what it will do or uphold"
    CONCERN = "concern", "says that it is worried, and asks for nothing"
    SUPPORT = "support", "backs another in words"


class MilitaryKind(Code):
    ARMED_CLASH = (
        "armed_clash",
        "two armed sides fight; long-range fire between two that fight, and shelling inside an ongoing battle, are part of it",
    )
    TERRITORY_TAKEN = (
        "territory_taken",
        "one side takes a place by force, disputed claims included; not a move that reverts within a day",
    )
    TERRITORY_HANDED_OVER = "territory_handed_over", "a place changes hands without resistance"
    ADVANCE = (
        "advance",
        "forces move into or toward a place, invade, land, cross, encircle without closing; not a capture",
    )
    SIEGE = "siege", "a place is cut off"
    AIR_OR_DRONE_STRIKE = (
        "air_or_drone_strike",
        "crewed aircraft or drones strike a target; not the ones shot down",
    )
    SHELLING_OR_MISSILE = (
        "shelling_or_missile",
        "artillery, rockets, missiles, bombardment of unstated means, a crewed aircraft shot down",
    )
    EXPLOSIVE_DEVICE = "explosive_device", "a mine, roadside bomb, car bomb or grenade"
    SUICIDE_ATTACK = "suicide_attack"
    CHEMICAL_WEAPON = "chemical_weapon"
    NAVAL_ACTION = "naval_action"
    CYBER_ATTACK = "cyber_attack"
    ATTACK_ON_CIVILIANS = (
        "attack_on_civilians",
        "direct violence against unarmed people by hand or small arms, executions; civilians hit by a strike are the strike, with its figures",
    )
    SEXUAL_VIOLENCE = "sexual_violence"
    ABDUCTION = "abduction"
    LOOTING_OR_DESTRUCTION = "looting_or_destruction"
    INTERCEPTION = "interception", "missiles or drones shot down, weapons seized"
    MOBILIZATION = "mobilization", "call-up, conscription, an alert raised"
    DEPLOYMENT = (
        "deployment",
        "troops or weapons moved or stationed, a base set up, a response force activated",
    )
    WITHDRAWAL = "withdrawal", "forces leave, ordered or seen; a promise to leave is a position"
    ARMS_TRANSFER = (
        "arms_transfer",
        "a delivery of weapons or the decision to deliver; a request is a position",
    )
    EXERCISE = "exercise"
    ARRESTS = "arrests"
    OTHER = "other"


class MilitaryStage(Code):
    OCCURRED = "occurred", "it is over, in the news told"
    ONGOING = "ongoing", "it still goes on"
    ATTEMPTED = "attempted", "tried, and not achieved"
    THREATENED = "threatened", "announced as a threat"
    PLANNED = "planned", "decided or expected, not begun"
    DENIED = "denied", "the news is that it did not happen"
    HISTORICAL = "historical", "background from an earlier time"


class DiplomaticKind(Code):
    TALKS = "talks", "two or more sides negotiate; all of them are participants"
    VISIT = "visit", "one official travels to another country"
    CALL = "call", "a telephone or video call between leaders"
    MEDIATION = "mediation", "a third party carries proposals between the sides"
    AGREEMENT = "agreement", "sides sign or conclude something"
    CEASEFIRE_DECLARED = "ceasefire_declared"
    CEASEFIRE_OBSERVED = "ceasefire_observed"
    CEASEFIRE_BROKEN = "ceasefire_broken"
    HUMANITARIAN_CORRIDOR = "humanitarian_corridor", "agreed, opened, used or blocked; an offer is a position"
    PRISONER_EXCHANGE = "prisoner_exchange"
    RELEASE = "release", "held people are let go by one side"
    SANCTIONS_IMPOSED = "sanctions_imposed"
    SANCTIONS_EASED = "sanctions_eased"
    RECOGNITION = "recognition"
    EXPULSION = "expulsion", "diplomats are sent away"
    RELATIONS_SEVERED = "relations_severed"
    VOTE_OR_RESOLUTION = "vote_or_resolution"
    MEETING = "meeting", "a session of one alliance, body or group of allies; not talks between the sides"
    AID_PLEDGED = "aid_pledged", "money or goods promised; weapons are a military arms_transfer"
    AID_DELIVERED = "aid_delivered", "money or goods that arrived"
    LEGAL_ACTION = "legal_action", "a case, warrant, ruling or inquiry"
    OTHER = "other"


class DiplomaticStage(Code):
    OCCURRED = "occurred", "it is over, in the news told"
    ONGOING = "ongoing", "it still goes on"
    ATTEMPTED = "attempted", "tried, without a result yet"
    THREATENED = "threatened", "announced as a threat"
    PLANNED = "planned", "scheduled or convened, not begun"
    FAILED = "failed", "it broke down or was called off"
    DENIED = "denied", "the news is that it did not happen"
    HISTORICAL = "historical", "background from an earlier time"


class FigureCategory(Code):
    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    CAPTURED = "captured", "combatants taken by the other side"
    DETAINED = "detained", "people arrested or held who are no combatants"
    ABDUCTED = "abducted"
    DISPLACED = "displaced", "fled inside their country"
    REFUGEES = "refugees", "left the country"
    EVACUATED = "evacuated", "brought out by somebody"
    RETURNED = "returned"
    TRAPPED = "trapped", "besieged or stranded"
    IN_NEED = "in_need"
    ASSISTED = "assisted", "reached by help"
    AFFECTED = "affected"
    HOMES_DAMAGED = "homes_damaged", "damaged or destroyed"
    OTHER = "other"


class Population(Code):
    PEOPLE = "people", "not said more closely"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    WOMEN = "women"
    COMBATANTS = "combatants"
    PRISONERS_OF_WAR = "prisoners_of_war"
    MEDICAL_STAFF = "medical_staff"
    AID_WORKERS = "aid_workers"
    JOURNALISTS = "journalists"
    FOREIGN_NATIONALS = "foreign_nationals"


class FigureUnit(Code):
    PERSONS = "persons"
    HOUSEHOLDS = "households"
    BUILDINGS = "buildings"


class Measure(Code):
    NEW = "new", "in the event or the period told"
    CUMULATIVE = "cumulative", "in all since a start"
    CURRENT = "current", "a stock, at the time told"


class Hedge(Code):
    EXACT = "exact", "the bare number"
    AT_LEAST = "at_least", "at least, no fewer than"
    MORE_THAN = "more_than", "more than, over"
    AT_MOST = "at_most", "at most, up to"
    LESS_THAN = "less_than", "fewer than, under"
    ABOUT = "about", "about, around, some, a hundred or so"
    NEARLY = "nearly", "nearly, almost"
    RANGE = "range", "between A and B"
    VAGUE = "vague", "tens, dozens, hundreds of thousands: no number is stated"


class Assertion(Code):
    FACT = "fact", "the article says it in its own voice"
    CLAIMED = "claimed", "said by an interested side, or a warring side's own count"
    REPORTED = (
        "reported",
        "said by a third party (a UN agency, an NGO, a witness, another outlet) or by nobody named ('clashes were reported')",
    )
    ALLEGED = "alleged", "an accusation against somebody"
    DENIED = "denied", "said not to be so"


class Precision(Code):
    SITE = "site", "a building, base, bridge"
    SETTLEMENT = "settlement", "a town, city, village"
    NEAR_SETTLEMENT = "near_settlement", "near one"
    DISTRICT = "district", "a part of a city or a small administrative unit"
    REGION = "region", "a province, a larger area, a group of countries"
    LINE = "line", "a road, front, border or river"
    COUNTRY = "country"
    SEA_OR_AIR = "sea_or_air"


class Match(Code):
    EXACT = "exact", "the quote stands in the article character for character"
    NORMALIZED = "normalized", "alike but for quotation marks, dashes, spaces, case or accents"
    FUZZY = "fuzzy", "alike above the threshold, with the same digits; the article's own wording is published"


class Verdict(Code):
    SUPPORTED = "supported", "every check passed"
    PARTLY_SUPPORTED = "partly_supported", "the record stands, but part of its evidence or a detail failed"


class Outcome(Code):
    PASSED = "passed"
    REPAIRED = "repaired", "code corrected what the engine drafted"
    FAILED = "failed"
