"""From checked items to the published sections: ids, references, bounds, timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from summarizer.grounding.folding import fold
from summarizer.grounding.judging import Judged
from summarizer.grounding.locating import locate
from summarizer.language.analysis import Analysis
from summarizer.language.countries import alpha3
from summarizer.language.edtf import known
from summarizer.language.quantities import bounds
from summarizer.schema.article import Edtf
from summarizer.schema.codes import Hedge
from summarizer.schema.draft import (
    DraftDevelopment,
    DraftDiplomatic,
    DraftFigure,
    DraftGist,
    DraftMilitary,
    DraftParty,
    DraftPlace,
    DraftPosition,
    DraftQuantity,
    DraftSpeaker,
    DraftWhen,
)
from summarizer.schema.summary import (
    DiplomaticDevelopment,
    Gist,
    HumanitarianFigure,
    Item,
    MilitaryDevelopment,
    Party,
    Position,
    SetAside,
    TimelineEntry,
)
from summarizer.schema.values import PartyRef, Place, Quantity, Speaker, When

T = TypeVar("T", bound=Item)
_PREFIXES = {
    "gist": "gist",
    "parties": "party",
    "positions": "position",
    "military_developments": "military",
    "diplomatic_developments": "diplomatic",
    "humanitarian_figures": "figure",
}


@dataclass(frozen=True, slots=True)
class Sections:
    """The published sections of a Summary."""

    gist: list[Gist]
    parties: list[Party]
    positions: list[Position]
    military_developments: list[MilitaryDevelopment]
    diplomatic_developments: list[DiplomaticDevelopment]
    humanitarian_figures: list[HumanitarianFigure]

    def items(self) -> list[Item]:
        """Every published item, section by section."""
        return [
            *self.gist,
            *self.parties,
            *self.positions,
            *self.military_developments,
            *self.diplomatic_developments,
            *self.humanitarian_figures,
        ]


def publish(analysis: Analysis, judged: Sequence[Judged]) -> Sections:
    """The published sections, from the items that passed."""
    return _Publisher(analysis, [one for one in judged if not one.problems]).sections()


def set_aside(judged: Iterable[Judged]) -> list[SetAside]:
    """The items that did not pass, as drafted, with the reasons."""
    return [
        SetAside(
            section=one.section,
            item=one.drafted.model_dump(mode="json"),
            reasons=list(one.problems),
            checks=list(one.checks),
        )
        for one in judged
        if one.problems
    ]


def timeline(sections: Sections) -> list[TimelineEntry]:
    """Everything dated, in the order of its first day; undated items are left out."""
    entries: list[TimelineEntry] = []
    for item in (*sections.military_developments, *sections.diplomatic_developments):
        entries += _entry(item.when, item.id, item.description)
    for position in sections.positions:
        entries += _entry(position.when, position.id, position.statement)
    return sorted(entries, key=lambda entry: entry.date)


class _Publisher:
    """Knows the ids that the published items get, so that references among them can be set."""

    def __init__(self, analysis: Analysis, judged: Sequence[Judged]) -> None:
        self._analysis = analysis
        self._judged = judged
        self._ids: dict[tuple[str, str], str] = {}
        counts: dict[str, int] = {}
        for one in judged:
            counts[one.section] = counts.get(one.section, 0) + 1
            self._ids.setdefault(one.key, f"{_PREFIXES[one.section]}-{counts[one.section]}")
        self._parties = self._party_names()

    def sections(self) -> Sections:
        return Sections(
            gist=self._section("gist", self._gist),
            parties=self._section("parties", self._party),
            positions=self._section("positions", self._position),
            military_developments=self._section("military_developments", self._military),
            diplomatic_developments=self._section("diplomatic_developments", self._diplomatic),
            humanitarian_figures=self._section("humanitarian_figures", self._figure),
        )

    def _section(self, name: str, build: Callable[[Any, dict[str, Any]], T]) -> list[T]:
        published = [one for one in self._judged if one.section == name]
        return [
            build(one.item, self._common(one, f"{_PREFIXES[name]}-{number}"))
            for number, one in enumerate(published, start=1)
        ]

    def _common(self, one: Judged, identifier: str) -> dict[str, Any]:
        return {"id": identifier, "evidence": one.evidence, "verdict": one.verdict, "checks": one.checks}

    def _party_names(self) -> dict[str, str]:
        """Folded name -> id; a party's standard name goes before another's alias."""
        names: dict[str, str] = {}
        parties = [(one, one.item) for one in self._judged if isinstance(one.item, DraftParty)]
        for one, party in parties:
            names.setdefault(fold(party.name).text, self._ids[one.key])
        for one, party in parties:
            for alias in party.other_names:
                names.setdefault(fold(alias).text, self._ids[one.key])
        return names

    def _gist(self, item: DraftGist, common: dict[str, Any]) -> Gist:
        return Gist(**common, text=item.text)

    def _party(self, item: DraftParty, common: dict[str, Any]) -> Party:
        return Party(
            **common,
            name=item.name,
            other_names=item.other_names,
            kind=item.kind,
            role=item.role,
            side=self._party_ref(item.side),
            country=alpha3(item.country) if item.country else None,
        )

    def _position(self, item: DraftPosition, common: dict[str, Any]) -> Position:
        return Position(
            **common,
            holder=PartyRef(name=item.holder, id=self._party_id(item.holder)),
            speaker=self._speaker(item.speaker),
            kind=item.kind,
            statement=item.statement,
            quotation=item.quotation,
            addressees=self._party_refs(item.addressees),
            when=_when(item.when),
        )

    def _military(self, item: DraftMilitary, common: dict[str, Any]) -> MilitaryDevelopment:
        figures = [self._ids.get(("humanitarian_figures", key)) for key in item.figures]
        return MilitaryDevelopment(
            **common,
            **self._development(item),
            kind=item.kind,
            stage=item.stage,
            initiators=self._party_refs(item.initiators),
            targets=self._party_refs(item.targets),
            figures=[figure for figure in figures if figure],
        )

    def _diplomatic(self, item: DraftDiplomatic, common: dict[str, Any]) -> DiplomaticDevelopment:
        return DiplomaticDevelopment(
            **common,
            **self._development(item),
            kind=item.kind,
            stage=item.stage,
            participants=self._party_refs(item.participants),
            mediators=self._party_refs(item.mediators),
        )

    def _development(self, item: DraftDevelopment) -> dict[str, Any]:
        return {
            "place": self._place(item.place),
            "when": _when(item.when),
            "description": item.description,
            "asserted_by": self._speaker(item.asserted_by),
            "assertion": item.assertion,
        }

    def _figure(self, item: DraftFigure, common: dict[str, Any]) -> HumanitarianFigure:
        return HumanitarianFigure(
            **common,
            category=item.category,
            quantity=_quantity(item.quantity),
            population=item.population,
            unit=item.unit,
            measure=item.measure,
            since=_when(item.since),
            as_of=_when(item.as_of),
            place=self._place(item.place),
            origin=self._place(item.origin),
            destination=self._place(item.destination),
            side=self._party_ref(item.side),
            asserted_by=self._speaker(item.asserted_by),
            assertion=item.assertion,
            subset_of=self._ids.get(("humanitarian_figures", item.subset_of or "")),
        )

    def _place(self, place: DraftPlace | None) -> Place | None:
        if place is None:
            return None
        entry = locate(self._analysis, place)
        own = alpha3(place.country) if place.country else None
        return Place(
            as_written=place.as_written,
            name=place.name,
            country=entry.country if entry and entry.country else own,
            latitude=entry.latitude if entry else None,
            longitude=entry.longitude if entry else None,
            geonames_id=entry.geonames_id if entry else None,
            precision=place.precision,
        )

    def _speaker(self, speaker: DraftSpeaker | None) -> Speaker | None:
        if speaker is None or not (speaker.name or speaker.title or speaker.party):
            return None
        return Speaker(name=speaker.name, title=speaker.title, party=self._party_ref(speaker.party))

    def _party_ref(self, name: str | None) -> PartyRef | None:
        return PartyRef(name=name, id=self._party_id(name)) if name else None

    def _party_refs(self, names: Iterable[str]) -> list[PartyRef]:
        return [PartyRef(name=name, id=self._party_id(name)) for name in names if name]

    def _party_id(self, name: str) -> str | None:
        return self._parties.get(fold(name).text)


def _when(when: DraftWhen | None) -> When | None:
    return (
        When(as_written=when.as_written, date=when.date if when.date and known(Edtf(when.date)) else None)
        if when
        else None
    )


def _quantity(drafted: DraftQuantity) -> Quantity:
    value, low, high = bounds(drafted.hedge, drafted.value, drafted.low, drafted.high)
    derived = drafted.hedge is Hedge.VAGUE and low is not None
    return Quantity(
        as_written=drafted.as_written, value=value, low=low, high=high, hedge=drafted.hedge, derived=derived
    )


def _entry(when: When | None, identifier: str, text: str) -> list[TimelineEntry]:
    return [TimelineEntry(date=when.date, item=identifier, text=text)] if when and when.date else []
