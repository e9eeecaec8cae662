"""Of matched items, which fields are right: a field that the gold leaves open says nothing, rather than a zero."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.gold import Gold, GoldDiplomatic, GoldFigure, GoldItem, GoldMilitary, GoldParty, GoldPosition
from evals.matching import Pair
from evals.published import Published
from evals.similarity import days_overlap, gold_party, place_is_near, same_day, same_number, same_person, same_place
from summarizer.grounding.folding import contains, fold
from summarizer.rendering.standards import ACLED_MILITARY
from summarizer.schema.summary import Development, HumanitarianFigure, Item, Party, Position
from summarizer.schema.values import PartyRef, Speaker

KEY_FIELDS: Mapping[str, tuple[str, ...]] = {
    "parties": ("kind",),
    "positions": ("kind", "holder"),
    "military": ("kind", "day", "place"),
    "diplomatic": ("kind", "day"),
    "figures": ("value", "hedge", "category"),
}
"""A match is strict where all of these that the gold gives are right."""


@dataclass(frozen=True, slots=True)
class _Context:
    gold: Gold
    published: Published
    matched: Mapping[str, str]  # the published item's id -> the gold item's id

    def party(self, reference: PartyRef | None) -> str | None:
        """The id of the gold party that is meant."""
        return gold_party(self.gold, reference, self.published) if reference else None

    def voice(self, wanted: Sequence[str | None], found: Speaker | None) -> bool:
        """Whether it is said by one of the accepted: a person by name, somebody unnamed by the words for them, a party by
        any name."""
        if found is None:
            return None in wanted
        parties = [one for one in wanted if one in self.gold.by_id]
        words = [one for one in wanted if one and one not in self.gold.by_id]
        titled = any(_are_words_for(found.title, one) for one in words)
        return titled or (bool(words) and same_person(words, found)) or self.party(found.party) in parties


Scorer = Callable[[_Context, Any, Any], "bool | None"]


def _in(name: str, other: str | None = None) -> Scorer:
    """Whether a code is among the accepted ones."""

    def score(_: _Context, wanted: Any, found: Any) -> bool | None:
        accepted = getattr(wanted, name)
        return getattr(found, other or name) in accepted if accepted else None

    return score


def _given(field: str, score: Callable[[_Context, Any, Any], bool]) -> Scorer:
    """`score`, where the gold gives the field."""
    return lambda context, wanted, found: score(context, wanted, found) if _says(wanted, field) else None


def _says(wanted: GoldItem, field: str) -> bool:
    value = getattr(wanted, field)
    return wanted.says(field) and value != []


_PARTY: dict[str, Scorer] = {
    "kind": _in("kind"),
    "role": _in("role"),
    "country": _in("country"),
    "side": _given("side", lambda context, wanted, found: context.party(found.side) in wanted.side),
}
_POSITION: dict[str, Scorer] = {
    "kind": _in("kind"),
    "holder": lambda context, wanted, found: context.party(found.holder) in wanted.holder,
    "speaker": _given("speaker", lambda _, wanted, found: same_person(wanted.speaker, found.speaker)),
    "quotation": _given("quotation", lambda _, wanted, found: _quoted(wanted.quotation, found.quotation)),
    "day": _given("day", lambda _, wanted, found: same_day(wanted.day, found.when)),
}
_DEVELOPMENT: dict[str, Scorer] = {
    "kind": _in("kind"),
    "stage": _in("stage"),
    "assertion": _in("assertion"),
    "said by": _given("by", lambda context, wanted, found: context.voice(wanted.by, found.asserted_by)),
    "day": _given("day", lambda _, wanted, found: same_day(wanted.day, found.when)),
    "day, by overlap": _given("day", lambda _, wanted, found: days_overlap(wanted.day, found.when)),
    "place": _given(
        "place", lambda c, wanted, found: wanted.place is None or same_place(wanted.place, found.place, c.gold.language)
    ),
    "place within 25 km": lambda c, wanted, found: (
        place_is_near(wanted.place, found.place, c.gold.language) if wanted.place else None
    ),
}
_MILITARY = {
    **_DEVELOPMENT,
    "ACLED sub-event": lambda _, wanted, found: (
        ACLED_MILITARY[found.kind].sub_events in [ACLED_MILITARY[one].sub_events for one in wanted.kind]
    ),
    "initiators": _given(
        "initiators", lambda c, wanted, found: {c.party(one) for one in found.initiators} == set(wanted.initiators)
    ),
}
_DIPLOMATIC = {
    **_DEVELOPMENT,
    "participants": _given(
        "participants",
        lambda c, wanted, found: {c.party(one) for one in found.participants} == set(wanted.participants),
    ),
}
_FIGURE: dict[str, Scorer] = {
    "value": lambda _, wanted, found: same_number(wanted, found),
    "category": _in("category"),
    "hedge": lambda _, wanted, found: found.quantity.hedge in wanted.hedge,
    "population": _in("population"),
    "unit": _in("unit"),
    "measure": _in("measure"),
    "assertion": _in("assertion"),
    "said by": _given("by", lambda context, wanted, found: context.voice(wanted.by, found.asserted_by)),
    "subset": _given("subset_of", lambda c, wanted, found: c.matched.get(found.subset_of or "") in wanted.subset_of),
    "day": _given("day", lambda _, wanted, found: same_day(wanted.day, found.as_of)),
    "place": _given(
        "place", lambda c, wanted, found: wanted.place is None or same_place(wanted.place, found.place, c.gold.language)
    ),
}


def fields(pair: Pair, gold: Gold, published: Published, matched: Mapping[str, str]) -> dict[str, bool]:
    """Which fields of a matched item are right, by name; those that the gold leaves open are not there."""
    context = _Context(gold, published, matched)
    scorers = _scorers(pair.wanted, pair.found)
    scored = {name: score(context, pair.wanted, pair.found) for name, score in scorers.items()}
    return {name: right for name, right in scored.items() if right is not None}


def _scorers(wanted: GoldItem, found: Item) -> Mapping[str, Scorer]:
    for kind, other, scorers in (
        (GoldParty, Party, _PARTY),
        (GoldPosition, Position, _POSITION),
        (GoldMilitary, Development, _MILITARY),
        (GoldDiplomatic, Development, _DIPLOMATIC),
        (GoldFigure, HumanitarianFigure, _FIGURE),
    ):
        if isinstance(wanted, kind) and isinstance(found, other):
            return scorers
    raise TypeError(f"{type(wanted).__name__} beside {type(found).__name__}")


def _are_words_for(title: str | None, words: str) -> bool:
    """Whether one of the two holds the other: 'un vecino' and 'vecino'."""
    if not title:
        return False
    own, other = fold(title).text, fold(words).text
    return contains(own, other) or contains(other, own)


def _quoted(wanted: Sequence[str | None], found: str | None) -> bool:
    if found is None:
        return None in wanted
    own = fold(found).text.strip(" ,.")
    listed = [fold(one).text.strip(" ,.") for one in wanted if one]
    return any(own == one or contains(one, own) or contains(own, one) for one in listed)
