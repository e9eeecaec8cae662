"""The summary's items as the report's entries: each with an anchor of its own, its parties and its passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.rendering.report.passages import Mark
from summarizer.schema.codes import Assertion, Outcome, PartyRole, Verdict
from summarizer.schema.summary import (
    DiplomaticDevelopment,
    HumanitarianFigure,
    Item,
    MilitaryDevelopment,
    Party,
    Position,
    Summary,
)
from summarizer.schema.values import PartyRef, Place

SECTIONS = {
    "gist": "In brief",
    "figure": "Figures",
    "military": "Military",
    "diplomatic": "Diplomatic",
    "position": "Positions",
    "party": "Parties",
}
"""Each section's short name in anchors and filters, and its title, in the order of the page."""

_ROLES = {role: rank for rank, role in enumerate(PartyRole)}


@dataclass(frozen=True, slots=True)
class Reference:
    """A way from an item to one of its passages."""

    sentence: int
    anchor: str


@dataclass(slots=True)
class Entry:
    """One item on the page. Anchors are the report's own: an id from a file could be anything."""

    anchor: str
    section: str
    item: Item
    parties: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    whole: Entry | None = None  # of a figure that is a part: the figure that it is a part of

    @property
    def depth(self) -> int:
        """How many wholes it is within, at most two: deeper ones need no more indent."""
        return 0 if self.whole is None else 1 if self.whole.whole is None else 2

    @property
    def supported(self) -> bool:
        """Whether every check passed."""
        return self.item.verdict is Verdict.SUPPORTED

    @property
    def failed(self) -> int:
        """How many of the checks failed."""
        return sum(check.outcome is Outcome.FAILED for check in self.item.checks)

    @property
    def repaired(self) -> int:
        """In how many of the checks code corrected what was drafted."""
        return sum(check.outcome is Outcome.REPAIRED for check in self.item.checks)

    @property
    def assertion(self) -> Assertion | None:
        """On whose word it stands, where that can be said of it."""
        return getattr(self.item, "assertion", None)

    @property
    def places(self) -> list[Place]:
        """The places it names."""
        named = (getattr(self.item, name, None) for name in ("place", "origin", "destination"))
        return [place for place in named if place]

    def marks(self) -> Iterator[Mark]:
        """Its evidence."""
        for one in self.item.evidence:
            yield Mark(one.start, one.end, one.sentence, self.anchor)


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries, by section and by the item's id, and the parties that they name."""

    sections: dict[str, list[Entry]]
    by_id: dict[str, Entry]
    figures: dict[str, Entry]
    party_names: dict[str, str] = field(default_factory=dict)  # key -> name
    _named: dict[str, str] = field(default_factory=dict)  # name -> key, of parties that are no items

    def all(self) -> list[Entry]:
        """All entries in the order of the page."""
        return [entry for section in SECTIONS for entry in self.sections[section]]

    def held(self) -> list[tuple[str, list[Entry]]]:
        """Positions by the party that holds them, in the order of the first one."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.sections["position"]:
            groups.setdefault(entry.parties[0], []).append(entry)
        return [(self.party_names[key], group) for key, group in groups.items()]

    def key(self, party: PartyRef) -> str:
        """What stands for a party in filters: its entry's anchor, or a word of its own where it is no item."""
        entry = self.by_id.get(party.id or "")
        if entry and entry.section == "party":
            return entry.anchor
        key = self._named.setdefault(party.name, f"named-{len(self._named) + 1}")
        self.party_names[key] = party.name
        return key


def entries(summary: Summary) -> Entries:
    """The summary's items as entries, still without references."""
    parties = sorted(summary.parties, key=lambda party: _ROLES[party.role])
    listed: dict[str, Sequence[Item]] = {
        "gist": summary.gist,
        "figure": _parts_after_wholes(summary.humanitarian_figures),
        "military": summary.military_developments,
        "diplomatic": summary.diplomatic_developments,
        "position": summary.positions,
        "party": parties,
    }
    sections = {
        section: [Entry(f"{section}-{number}", section, item) for number, item in enumerate(items, 1)]
        for section, items in listed.items()
    }
    names = {entry.anchor: entry.item.name for entry in sections["party"] if isinstance(entry.item, Party)}
    found = Entries(sections, _by_id(*sections.values()), _by_id(sections["figure"]), names)
    for entry in found.all():
        if isinstance(entry.item, HumanitarianFigure):
            entry.whole = found.figures.get(entry.item.subset_of or "")
        own = [entry.anchor] if entry.section == "party" else []
        entry.parties = list(dict.fromkeys([*own, *(found.key(party) for party in _named_in(entry.item))]))
    return found


def _by_id(*groups: list[Entry]) -> dict[str, Entry]:
    """Entries by their items' ids; of those that share one, which only a file could hold, the first."""
    return {entry.item.id: entry for group in reversed(groups) for entry in reversed(group)}


def _named_in(item: Item) -> Iterator[PartyRef]:
    """The parties that an item names, in whatever part; of a position, its holder first."""
    speakers = []
    if isinstance(item, Party | HumanitarianFigure) and item.side:
        yield item.side
    if isinstance(item, Position):
        yield from (item.holder, *item.addressees)
        speakers.append(item.speaker)
    if isinstance(item, MilitaryDevelopment):
        yield from (*item.initiators, *item.targets)
    if isinstance(item, DiplomaticDevelopment):
        yield from (*item.participants, *item.mediators)
    if isinstance(item, MilitaryDevelopment | DiplomaticDevelopment | HumanitarianFigure):
        speakers.append(item.asserted_by)
    yield from (one.party for one in speakers if one and one.party)


def _parts_after_wholes(figures: Sequence[HumanitarianFigure]) -> list[HumanitarianFigure]:
    """Figures in their order, but each part right after its whole."""
    ids = {figure.id for figure in figures}
    parts: dict[str | None, list[HumanitarianFigure]] = {}
    for figure in figures:
        parts.setdefault(figure.subset_of if figure.subset_of in ids else None, []).append(figure)
    # Wholes first; then all again, for circles, which a file could hold.
    waiting = [*reversed(figures), *reversed(parts.get(None, []))]
    ordered: dict[int, HumanitarianFigure] = {}
    while waiting:
        figure = waiting.pop()
        if id(figure) not in ordered:
            ordered[id(figure)] = figure
            waiting += reversed(parts.get(figure.id, []))
    return list(ordered.values())
