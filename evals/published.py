"""A published summary beside the gold of its article: its sections under the gold's names, its passages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from summarizer.schema.summary import Item, Summary
from summarizer.schema.values import PartyRef


@dataclass(frozen=True)
class Published:
    """What an engine gave for one article."""

    summary: Summary

    def items(self, section: str) -> list[Item]:
        """The items of a section, by the gold's name for it."""
        return list(self._sections[section])

    @cached_property
    def _sections(self) -> dict[str, list[Item]]:
        summary = self.summary
        return {
            "parties": [*summary.parties],
            "positions": [*summary.positions],
            "military": [*summary.military_developments],
            "diplomatic": [*summary.diplomatic_developments],
            "figures": [*summary.humanitarian_figures],
        }

    def spans(self, quote: str) -> list[tuple[int, int]]:
        """Everywhere that a quote stands in the article."""
        text, found, at = self.summary.article.text, [], -1
        while (at := text.find(quote, at + 1)) != -1:
            found.append((at, at + len(quote)))
        return found


def names_of(summary: Summary, reference: PartyRef) -> list[str]:
    """All names of the party that a reference points at, the one that it uses first."""
    party = next((one for one in summary.parties if one.id == reference.id), None)
    return [reference.name, *([party.name, *party.other_names] if party else [])]
