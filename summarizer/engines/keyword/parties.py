"""The parties of an article, as far as their names are known: each once, with every way in which it is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summarizer.engines.keyword.passages import Passage
from summarizer.grounding.folding import fold
from summarizer.language.countries import country_name
from summarizer.language.names import NameMention
from summarizer.language.parties import KnownParty, known_party
from summarizer.schema.article import Iso3
from summarizer.schema.codes import PartyKind, PartyRole
from summarizer.schema.draft import DraftEvidence, DraftParty

ARMED = frozenset(
    {
        PartyKind.ARMED_FORCES,
        PartyKind.REBEL_GROUP,
        PartyKind.MILITIA,
        PartyKind.SEPARATIST_ENTITY,
        PartyKind.PRIVATE_MILITARY_COMPANY,
    }
)
_MOST_EVIDENCE = 2
_ENOUGH = 2  # mentions that make a state a party; a state named once may be a mere place


@dataclass(slots=True)
class _Entry:
    party: KnownParty
    mentions: int = 0
    acts: bool = False
    written: dict[str, None] = field(default_factory=dict)
    evidence: list[DraftEvidence] = field(default_factory=list)


class PartyBook:
    """Collects the parties; whoever refers to one gets the name under which it will stand in the draft."""

    def __init__(self, passages: Sequence[Passage], language: str) -> None:
        """`language` is that of the names given out."""
        self._language = language
        self._entries: dict[str, _Entry] = {}
        self._wars: set[Iso3] = set()
        self._fighting: set[str] = set()
        for passage in passages:
            for mention in passage.names:
                self._see(passage, mention)

    def _see(self, passage: Passage, mention: NameMention) -> None:
        party = mention.party
        if party is None or (mention.kind == "capital" and not mention.metonym):
            return
        entry = self._entries.setdefault(party.id, _Entry(party))
        entry.mentions += mention.kind != "demonym"
        entry.acts = entry.acts or mention.metonym or party.kind is not PartyKind.STATE
        if mention.kind != "demonym":
            entry.written.setdefault(mention.as_written)
        if len(entry.evidence) < _MOST_EVIDENCE and not passage.heading:
            passage_evidence = passage.evidence(mention.start, mention.end)
            if passage_evidence not in entry.evidence:
                entry.evidence.append(passage_evidence)

    def refer(self, party: KnownParty) -> str:
        """The name of a party that something in the draft points at: it will be in the draft."""
        entry = self._entries.get(party.id)
        if entry is not None:
            entry.acts = True
        return self._name(party)

    def at_war(self, country: Iso3) -> None:
        """Enter that fighting was told to happen in a country."""
        self._wars.add(country)

    def only_army(self) -> KnownParty | None:
        """The one army that the article names; None where it names several, or none."""
        armies = [one.party for one in self._entries.values() if one.party.kind is PartyKind.ARMED_FORCES]
        return armies[0] if len(armies) == 1 else None

    def fights(self, mention: NameMention) -> None:
        """Enter that a party was told to fight."""
        if mention.party is not None:
            self._fighting.add(mention.party.id)

    def drafts(self) -> list[DraftParty]:
        """The parties that act, speak or are named more than once, most named first."""
        kept = [entry for entry in self._entries.values() if self._counts(entry)]
        kept.sort(key=lambda entry: -entry.mentions)
        return [self._draft(number, entry, kept) for number, entry in enumerate(kept, 1)]

    def _counts(self, entry: _Entry) -> bool:
        return bool(entry.evidence) and (entry.acts or entry.mentions >= _ENOUGH)

    def _draft(self, number: int, entry: _Entry, kept: Sequence[_Entry]) -> DraftParty:
        party, name = entry.party, self._name(entry.party)
        others = [written for written in entry.written if fold(written).text != fold(name).text]
        return DraftParty(
            key=f"p{number}",
            evidence=entry.evidence,
            name=name,
            other_names=others,
            kind=party.kind,
            role=self._role(party),
            side=self._side(party, kept),
            country=party.country,
        )

    def _side(self, party: KnownParty, kept: Iterable[_Entry]) -> str | None:
        if party.kind is not PartyKind.ARMED_FORCES or party.country is None:
            return None
        state = known_party(party.country)
        return self._name(state) if state and any(one.party.id == state.id for one in kept) else None

    def _role(self, party: KnownParty) -> PartyRole:
        if party.kind is PartyKind.ARMED_FORCES or party.kind is PartyKind.STATE:
            own = {party.id, str(party.country), f"{party.country}-army"}
            at_war = party.country in self._wars or not own.isdisjoint(self._fighting)
            return PartyRole.BELLIGERENT if at_war else PartyRole.OBSERVER
        if party.kind in ARMED:
            return PartyRole.BELLIGERENT
        return PartyRole.HUMANITARIAN if party.humanitarian else PartyRole.OBSERVER

    def _name(self, party: KnownParty) -> str:
        """The standard name in the output language; else CLDR's; else as the article writes it."""
        code = self._language.split("-", maxsplit=1)[0].lower()
        cldr = country_name(party.country, self._language) if party.kind is PartyKind.STATE and party.country else None
        entry = self._entries.get(party.id)
        written = next(iter(entry.written), None) if entry else None
        return party.names.get(code) or cldr or written or party.names.get("en") or party.id
