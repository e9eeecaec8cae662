"""Value types that several sections of the Summary share, each in one place."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from summarizer.schema.codes import Hedge, Match, Outcome, Precision


class Value(BaseModel):
    """Base of the Summary's models: frozen and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Value):
    """A passage of the article: `article.text[start:end] == quote`, always."""

    sentence: int = Field(description="Number of the sentence, counted from 1.")
    quote: str = Field(description="The passage, in the article's own characters.")
    start: int = Field(description="Character offset of the passage's start in `article.text`.")
    end: int = Field(description="Character offset of the passage's end (exclusive) in `article.text`.")
    match: Match = Field(description=f"How the engine's quote matched. {Match.glossary()}")


class Check(Value):
    """One thing that plain code verified about an item."""

    name: str = Field(
        description="Which check: quote, quantity, date, place, name, reference, quotation, suspicious_passage."
    )
    outcome: Outcome = Field(description=f"How it went. {Outcome.glossary()}")
    detail: str | None = Field(
        default=None, description="What was compared, or what was wrong; null where passing says it all."
    )


class PartyRef(Value):
    """A party named by another item."""

    name: str
    id: str | None = Field(description="The party's id in `parties`; null where it is named but is no item there.")


class Speaker(Value):
    """Who says something: a person, an office or a party."""

    name: str | None
    title: str | None
    party: PartyRef | None


class When(Value):
    """A time: the article's words, and the date as EDTF (ISO 8601-2) where it could be resolved."""

    as_written: str
    date: str | None = Field(description="EDTF: a day, month, year or interval `start/end`; null where unresolved.")


class Place(Value):
    """A place. Codes and coordinates come from a gazetteer or stay null; they are never a model's."""

    as_written: str
    name: str = Field(description="Standard name, in the output language.")
    country: str | None = Field(description="ISO 3166-1 alpha-3 code.")
    latitude: float | None = Field(description="Degrees north, WGS 84.")
    longitude: float | None = Field(description="Degrees east, WGS 84.")
    geonames_id: int | None = Field(description="The place's id in GeoNames.")
    precision: Precision = Field(description=Precision.glossary())


class Quantity(Value):
    """A count with its hedge. No margin is ever invented: a bound is null where the words give none."""

    as_written: str
    value: int | None = Field(description="The number stated; null for ranges and vague words.")
    low: int | None = Field(description="The lowest number that the words allow; null where they give no bound.")
    high: int | None = Field(description="The highest number that the words allow; null where they give no bound.")
    hedge: Hedge = Field(description=Hedge.glossary())
    derived: bool = Field(description="Whether a number here was computed by the program rather than stated.")
