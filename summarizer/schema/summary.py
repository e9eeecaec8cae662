"""The Summary: what is published. The Draft's content, checked, with everything that code computed.

`SCHEMA_VERSION` follows semantic versioning for readers of saved summaries: a new optional field raises
the second number, a changed or removed one the first.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from summarizer.schema.codes import (
    Assertion,
    DiplomaticKind,
    DiplomaticStage,
    FigureCategory,
    FigureUnit,
    Measure,
    MilitaryKind,
    MilitaryStage,
    PartyKind,
    PartyRole,
    Population,
    PositionKind,
    Verdict,
)
from summarizer.schema.values import Check, Evidence, PartyRef, Place, Quantity, Speaker, Value, When

SCHEMA_VERSION = "1.3"


class ArticleInfo(Value):
    """The article that was summarised, with the text into which all offsets point."""

    title: str | None
    source: str | None
    author: str | None = Field(default=None, description="Who wrote it, as written; several joined by commas.")
    url: str | None
    language: str = Field(description="BCP 47 tag of the article's language; `und` where it is not known.")
    published: str | None = Field(description="Publication date as EDTF, as given; may be only a month.")
    published_inferred: str | None = Field(description="The day of publication, where the text fixes it.")
    words: int
    sha256: str = Field(description="SHA-256 of `text` in UTF-8, hexadecimal.")
    label: str | None = Field(
        default=None, description="In a batch: the file or address that it is from, and its place there."
    )
    text: str = Field(description="The article's text; `text[start:end]` of an evidence is its passage.")


class Item(Value):
    """What every published item carries."""

    id: str
    evidence: list[Evidence]
    verdict: Verdict = Field(description=Verdict.glossary())
    checks: list[Check]


class Gist(Item):
    """One sentence of the gist."""

    text: str


class Party(Item):
    """A side, institution or group that acts, speaks or suffers as such."""

    name: str
    other_names: list[str]
    kind: PartyKind = Field(description=PartyKind.glossary())
    role: PartyRole = Field(description=PartyRole.glossary())
    side: PartyRef | None
    country: str | None = Field(description="ISO 3166-1 alpha-3 code.")


class Position(Item):
    """What a party wants, refuses, says of another or commits itself to."""

    holder: PartyRef
    speaker: Speaker | None
    kind: PositionKind = Field(description=PositionKind.glossary())
    statement: str
    quotation: str | None
    addressees: list[PartyRef]
    when: When | None


class Development(Item):
    """What military and diplomatic developments share."""

    place: Place | None
    when: When | None
    description: str
    asserted_by: Speaker | None
    assertion: Assertion = Field(description=Assertion.glossary())


class MilitaryDevelopment(Development):
    """What armed actors did, do or plan."""

    kind: MilitaryKind = Field(description=MilitaryKind.glossary())
    stage: MilitaryStage = Field(description=MilitaryStage.glossary())
    initiators: list[PartyRef]
    targets: list[PartyRef]
    figures: list[str] = Field(description="Ids of the humanitarian figures that this event caused.")


class DiplomaticDevelopment(Development):
    """Talks, meetings, votes, agreements, sanctions, exchanges, aid."""

    kind: DiplomaticKind = Field(description=DiplomaticKind.glossary())
    stage: DiplomaticStage = Field(description=DiplomaticStage.glossary())
    participants: list[PartyRef]
    mediators: list[PartyRef]


class HumanitarianFigure(Item):
    """A count of people, households or homes."""

    category: FigureCategory = Field(description=FigureCategory.glossary())
    quantity: Quantity
    population: Population = Field(description=Population.glossary())
    unit: FigureUnit
    measure: Measure = Field(description=Measure.glossary())
    since: When | None
    as_of: When | None
    place: Place | None
    origin: Place | None
    destination: Place | None
    side: PartyRef | None
    asserted_by: Speaker | None
    assertion: Assertion = Field(description=Assertion.glossary())
    subset_of: str | None = Field(description="Id of the figure that this one is a part of.")


class TimelineEntry(Value):
    """One dated item; computed from the items, never asked of a model."""

    date: str = Field(description="EDTF.")
    item: str = Field(description="The item's id.")
    text: str


class MentionedPlace(Value):
    """A place that the article names, with what the gazetteer knows of it."""

    name: str = Field(description="The gazetteer's name.")
    as_written: list[str]
    country: str | None = Field(description="ISO 3166-1 alpha-3 code.")
    latitude: float | None = Field(description="Degrees north, WGS 84.")
    longitude: float | None = Field(description="Degrees east, WGS 84.")
    geonames_id: int | None = Field(description="The place's id in GeoNames.")
    sentences: list[int]


class MentionedName(Value):
    """A party or person that the article names."""

    name: str = Field(description="Standard name in the output language, where it is known; else as first written.")
    as_written: list[str]
    kind: str = Field(description="A party's kind, or `person`.")
    country: str | None = Field(description="ISO 3166-1 alpha-3 code.")
    sentences: list[int]


class MentionedNumber(Value):
    """A number that counts something, with the words around it: dates, years, ages, money and the like left out."""

    quantity: Quantity
    sentence: int
    start: int = Field(description="Character offset in `article.text`.")
    end: int
    context: str


class Mentions(Value):
    """What plain code reads in the article, in any language; computed, never asked of a model, and no claim."""

    places: list[MentionedPlace]
    names: list[MentionedName]
    numbers: list[MentionedNumber]


class SetAside(Value):
    """A drafted item that the article does not support, as drafted, with the reasons."""

    section: str
    item: dict[str, Any]
    reasons: list[str]
    checks: list[Check] = Field(default=[], description="What was verified about it, what failed included.")


class Verification(Value):
    """What became of the drafted items: drafted = published + merged + set aside."""

    drafted: int
    published: int
    repaired: int = Field(description="How many of the published items a repair call corrected.")
    merged: int = Field(description="How many drafted items told the same fact as another and were joined to it.")
    set_aside: list[SetAside]


class Tokens(Value):
    """Tokens as the endpoint counted them, over all calls, failed ones included; null where it gave no count."""

    input: int | None
    cached: int | None = Field(description="The part of `input` that the provider served from its prefix cache.")
    output: int | None = Field(description="Reasoning tokens included.")


class Run(Value):
    """How the summary was made."""

    engine: str
    model: str | None
    answered_by: list[str] = Field(description="The model names that the endpoint's answers gave.")
    program: str = Field(description="Name and version of this program.")
    prompts: str | None = Field(description="Fingerprint of the templates and the field descriptions used.")
    calls: int = Field(description="Requests sent, or answered from recordings.")
    replayed: int = Field(description="How many of the calls were answered from recordings.")
    retries: int = Field(
        description="Calls beyond the first of each question: transport retries, re-asks, longer answers."
    )
    tokens: Tokens
    cost: float | None = Field(description="US dollars at list prices; null where the model's price is not known.")
    seconds: float
    warnings: list[str] = Field(description="What a careful user should know about this run.")


class Summary(Value):
    """The checked summary of one article."""

    schema_version: str = SCHEMA_VERSION
    article: ArticleInfo
    language: str = Field(description="BCP 47 tag of the language of paraphrases and standard names.")
    gist: list[Gist]
    parties: list[Party]
    positions: list[Position]
    military_developments: list[MilitaryDevelopment]
    diplomatic_developments: list[DiplomaticDevelopment]
    humanitarian_figures: list[HumanitarianFigure]
    timeline: list[TimelineEntry]
    mentions: Mentions
    verification: Verification
    run: Run
