"""The Draft: what an engine fills in. Nothing in it is trusted until grounding has checked it.

The field descriptions are the instructions that a model reads: the system prompt is rendered from them,
so each rule stands here and nowhere else. The shape keeps to what strict structured outputs accept
(every property required, `additionalProperties: false`, `null` for silence, no constraint keywords);
`tests/test_schema.py` proves it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from summarizer.schema.codes import (
    Assertion,
    Code,
    DiplomaticKind,
    DiplomaticStage,
    FigureCategory,
    FigureUnit,
    Hedge,
    Measure,
    MilitaryKind,
    MilitaryStage,
    PartyKind,
    PartyRole,
    Population,
    PositionKind,
    Precision,
)


def coded(code: type[Code], lead: str) -> Any:
    """A field whose description is `lead` followed by the meaning of each value of `code`."""
    return Field(description=f"{lead} {code.glossary()}")


class DraftModel(BaseModel):
    """Base of all Draft models: frozen, closed, with a schema fit for strict structured outputs."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The JSON Schema, with enums inlined: strict modes refuse a `$ref` that has siblings."""
        if args or kwargs:
            return _inline_enums(super().model_json_schema(*args, **kwargs))
        schema: dict[str, Any] = json.loads(_schema_of(cls))
        return schema

    @classmethod
    def own_fields(cls) -> dict[str, FieldInfo]:
        """The fields that this class adds to those of its base, in the order in which they are to be filled."""
        inherited = {name for base in cls.__bases__ if issubclass(base, DraftModel) for name in base.model_fields}
        return {name: info for name, info in cls.model_fields.items() if name not in inherited}


@cache
def _schema_of(model: type[DraftModel]) -> str:
    """Made once: every request and every fingerprint asks for it. As text: reading it is the cheapest way to a copy."""
    return json.dumps(_inline_enums(BaseModel.model_json_schema.__func__(model)))  # type: ignore[attr-defined]


def _inline_enums(schema: dict[str, Any]) -> dict[str, Any]:
    definitions: dict[str, Any] = schema.get("$defs", {})
    enums = {f"#/$defs/{name}": body for name, body in definitions.items() if "enum" in body}

    def resolve(node: Any) -> Any:
        if isinstance(node, list):
            return [resolve(part) for part in node]
        if not isinstance(node, dict):
            return node
        rest = {key: resolve(value) for key, value in node.items() if key != "$ref"}
        reference = node.get("$ref")
        if reference in enums:
            body = enums[reference]
            return {"type": body["type"], "enum": body["enum"], **rest}
        return {"$ref": reference, **rest} if reference else rest

    kept = {name: body for name, body in definitions.items() if f"#/$defs/{name}" not in enums}
    return (
        {**resolve({**schema, "$defs": kept})} if kept else resolve({k: v for k, v in schema.items() if k != "$defs"})
    )


class DraftEvidence(DraftModel):
    """One passage that the record rests on."""

    sentence: int = Field(description="The number of the sentence in which the quote stands.")
    quote: str = Field(
        description="A contiguous passage of that one sentence, copied character for character, at most some 300 "
        "characters, that contains the number, the name or the speech verb that the record rests on."
    )


class DraftWhen(DraftModel):
    """When something happened, began or was counted."""

    as_written: str = Field(description="The article's words for the time, copied: 'el martes pasado', 'on 3 May'.")
    date: str | None = Field(
        description="The same as EDTF: a day (2019-05-07), a month (2019-05), a year, or an interval (2019-05-07/2019-05-08). "
        "A weekday, or a day and month without a year, is the nearest past one seen from publication, unless the tense is "
        "future. A night from one day to the next is an interval of both. null where the publication date is unknown and the "
        "text does not fix the date: never use today's date."
    )


class DraftPlace(DraftModel):
    """One place, the most specific one named."""

    as_written: str = Field(
        description="The place in the article's own words and spelling: the words that name it, rather than 'the city' or 'there'."
    )
    name: str = Field(description="Its standard name in the output language.")
    country: str | None = Field(
        description="ISO 3166-1 alpha-3 code of the country it lies in; null for several countries or none."
    )
    precision: Precision = coded(Precision, "What kind of place it is.")


class DraftSpeaker(DraftModel):
    """Who says something."""

    name: str | None = Field(description="The person's name; null if no person is named.")
    title: str | None = Field(
        description="The office or description, in the output language: 'foreign minister', 'two witnesses'; or null."
    )
    party: str | None = Field(description="The `name` of the party that they speak for, as in `parties`; or null.")


class DraftQuantity(DraftModel):
    """A number of people, households or buildings, as the article states it."""

    as_written: str = Field(description="The number with its hedge, copied from the article: 'más de 3.200', 'dozens'.")
    value: int | None = Field(
        description="The number stated, in digits: '1.4 million' is 1400000. 'None' or 'no casualties' is 0. "
        "null for a range and for vague words."
    )
    low: int | None = Field(description="For a range 'between A and B': A. Otherwise null.")
    high: int | None = Field(description="For a range 'between A and B': B. Otherwise null.")
    hedge: Hedge = coded(Hedge, "What the words around the number say of it.")


class DraftDay(DraftModel):
    """The day on which the article was published, where its text fixes it."""

    evidence: list[DraftEvidence] = Field(description="The passages from which the day follows.")
    date: str = Field(description="The day as EDTF, such as 2019-05-07.")


class DraftItem(DraftModel):
    """What every record carries."""

    key: str = Field(
        description="A short name for this record, unique in the answer: p1, p2 for parties, f1 for figures, m1, d1, s1, g1 ..."
    )
    evidence: list[DraftEvidence] = Field(
        description="The passages that the record rests on, the decisive one first; never empty. Where the place, the day or "
        "whoever says it is named in another sentence than the event, the number or the stance, that sentence is a further passage."
    )


class DraftParty(DraftItem):
    """Parties: sides, institutions and groups that act, speak or suffer as such. Persons are not parties but speakers of
    one. A capital or seat used for its government ('Moscow', 'the Kremlin') is a name of that state, not a place. A state
    and its army are two parties only where the article has them act separately, a body and a part of it (its assembly, a
    brigade of its army) only where both act. People who are merely counted are no party. Give each party once."""

    name: str = Field(description="Its standard name in the output language: 'Russia', 'United Nations'.")
    other_names: list[str] = Field(description="Every other way in which the article names it, as written.")
    kind: PartyKind = coded(PartyKind, "What it is.")
    role: PartyRole = coded(PartyRole, "Its role in this conflict, as the article shows it.")
    side: str | None = Field(
        description="The `name` of the belligerent that a supporter, an army or a group stands with; null for a belligerent state itself."
    )
    country: str | None = Field(
        description="ISO 3166-1 alpha-3 code of the country it belongs to; null for international bodies and alliances."
    )


class DraftFigure(DraftItem):
    """Humanitarian figures: counts of people killed, hurt, moved, held, cut off, in need or helped because of the conflict,
    or of their homes. Not figures: inhabitants of a place, troops deployed, weapons, votes, money, ordinals, days, ages,
    distances. Two numbers are two figures; conflicting figures stay separate, each with who says so."""

    category: FigureCategory = coded(FigureCategory, "What happened to them.")
    quantity: DraftQuantity
    population: Population = coded(Population, "Who they are.")
    unit: FigureUnit = coded(FigureUnit, "What is counted.")
    measure: Measure = coded(Measure, "How the number runs.")
    since: DraftWhen | None = Field(
        description="The start of the period counted, if told ('since the war began'); or null."
    )
    as_of: DraftWhen | None = Field(
        description="The day the count stands for, or on which the event happened, if told; or null."
    )
    place: DraftPlace | None = Field(description="Where it happened or where they are; or null.")
    origin: DraftPlace | None = Field(description="For people who moved: whence; or null.")
    destination: DraftPlace | None = Field(description="For people who moved: whither; or null.")
    side: str | None = Field(description="The `name` of the party whose people they are; or null.")
    asserted_by: DraftSpeaker | None = Field(
        description="Who says it; null where the article says it in its own voice."
    )
    assertion: Assertion = coded(
        Assertion,
        "How it is said. Reported speech counts even where no source is named: the French conditional ('aurait tué'), "
        "the German reported subjunctive ('habe getötet') and their likes.",
    )
    subset_of: str | None = Field(
        description="The `key` of the figure that this one is a part of ('310 dead, 45 of them children'); or null."
    )


class DraftDevelopment(DraftItem):
    """What military and diplomatic developments carry beside it."""

    place: DraftPlace | None = Field(description="The most specific place named for it; or null.")
    when: DraftWhen | None = Field(description="When it happened, goes on or is planned; null if not told.")
    description: str = Field(description="One neutral sentence in the output language that says what happened.")
    asserted_by: DraftSpeaker | None = Field(
        description="Who says it; null where the article says it in its own voice."
    )
    assertion: Assertion = coded(Assertion, "How it is said; reported speech counts even where no source is named.")


class DraftMilitary(DraftDevelopment):
    """Military developments: what armed actors did, do or plan. Two strikes in two towns are two developments; the same one
    told twice is one, with two passages of evidence. An event that did not happen is given only if its denial is the news.
    Background from an earlier time is `historical`, and given only if it matters for this conflict."""

    kind: MilitaryKind = coded(MilitaryKind, "What happened.")
    stage: MilitaryStage = coded(MilitaryStage, "How far it is.")
    initiators: list[str] = Field(
        description="The `name`s of the parties that did it: the army rather than its state, where both are parties; empty if not told."
    )
    targets: list[str] = Field(
        description="The `name`s of the parties against which it was done; empty if not told, and for armed_clash, where all sides are initiators."
    )
    figures: list[str] = Field(description="The `key`s of the humanitarian figures that this event caused.")


class DraftDiplomatic(DraftDevelopment):
    """Diplomatic developments: talks, meetings, votes, agreements, sanctions, exchanges, aid. Talks are reciprocal: all sides
    are participants. Two rounds are two developments. Declared and observed, pledged and delivered are different kinds.
    What a party only wants, offers or refuses is a position."""

    kind: DiplomaticKind = coded(DiplomaticKind, "What happened.")
    stage: DiplomaticStage = coded(DiplomaticStage, "How far it is.")
    participants: list[str] = Field(description="The `name`s of the parties that take part.")
    mediators: list[str] = Field(description="The `name`s of the parties that mediate or host; empty if none.")


class DraftPosition(DraftItem):
    """Positions: what a party wants, refuses, says of another or commits itself to, in its own or its speaker's words. Two
    stances are two positions, also when one sentence holds both."""

    holder: str = Field(description="The `name` of the party whose position it is.")
    speaker: DraftSpeaker | None = Field(
        description="The person who voices it; null if no person or official is named."
    )
    kind: PositionKind = coded(PositionKind, "What kind of stance it is; one per record.")
    statement: str = Field(
        description="The stance in one neutral sentence in the output language; a paraphrase, no quotation marks."
    )
    quotation: str | None = Field(
        description="What stands between quotation marks in the article, unaltered and without the marks; null if nothing "
        "is quoted directly. A paraphrase is no quotation."
    )
    addressees: list[str] = Field(
        description="The `name`s of the parties to which it is addressed or against which it goes; or empty."
    )
    when: DraftWhen | None = Field(description="When it was said, if told; or null.")


class DraftGist(DraftItem):
    """The gist: one to five neutral sentences, in the output language, that a reader with no time would want."""

    text: str = Field(
        description="One sentence in the output language, with nothing in it that the article does not say."
    )


class Draft(DraftModel):
    """The record of one article. An empty list is a good answer: many articles have no military development, or no figure."""

    publication_day: DraftDay | None = Field(
        description="Only if the day of publication is not given but follows from the text ('the third day of the offensive', "
        "which began on a named date; a weekday beside a known date). Otherwise null."
    )
    parties: list[DraftParty]
    humanitarian_figures: list[DraftFigure]
    military_developments: list[DraftMilitary]
    diplomatic_developments: list[DraftDiplomatic]
    positions: list[DraftPosition]
    gist: list[DraftGist]


SECTIONS: dict[str, type[DraftItem]] = {
    "parties": DraftParty,
    "humanitarian_figures": DraftFigure,
    "military_developments": DraftMilitary,
    "diplomatic_developments": DraftDiplomatic,
    "positions": DraftPosition,
    "gist": DraftGist,
}
"""The Draft's lists of records, by name, in the order in which they are filled."""

DRAFT_MODELS: tuple[type[DraftModel], ...] = (Draft, *SECTIONS.values())
"""Every model that a schema is sent for, or could be."""
