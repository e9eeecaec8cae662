"""How alike a published item and a gold item are, from 0 to 1, section by section.

Wording and language do not count: what is compared are codes, numbers, names through their aliases, places through the
gazetteer, days, and the overlap of evidence in the article. A part that the gold leaves open is not weighed.

| section | weights |
|---|---|
| parties | a shared name 0.8 (without one: 0 in all), kind 0.2 |
| figures | number 0.45, category 0.25, population 0.1, evidence 0.2 |
| military, diplomatic | kind 0.35, place 0.2, day 0.15, actors 0.1, evidence 0.2 (without evidence or day in common: 0 in all) |
| positions | holder 0.3, kind 0.3, speaker 0.1, evidence 0.3 (without any in common: 0 in all) |

The parts follow the key fields of UCDP-AEC and MUC-4 (CEAF's one-to-one alignment by similarity); ours differ in that
evidence counts, because here every item must lead to its passage.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.gold import (
    Gold,
    GoldDevelopment,
    GoldDiplomatic,
    GoldFigure,
    GoldItem,
    GoldMilitary,
    GoldParty,
    GoldPlace,
    GoldPosition,
)
from evals.published import Published, names_of
from summarizer.grounding.folding import contains, fold
from summarizer.language.distance import kilometres
from summarizer.language.edtf import known
from summarizer.language.gazetteer import lookup
from summarizer.language.names import same_party
from summarizer.schema.article import Edtf
from summarizer.schema.summary import (
    DiplomaticDevelopment,
    HumanitarianFigure,
    Item,
    MilitaryDevelopment,
    Party,
    Position,
)
from summarizer.schema.values import PartyRef, Place, Speaker, When

MATCHED = 0.5
"""From this similarity on, two items can be one."""
NEAR_KM = 25.0
"""Two places this near are the same place, for a reader of a map (UCDP's precision 2)."""


def similarity(gold: Gold, wanted: GoldItem, found: Item, published: Published) -> float:
    """How alike the two are."""
    if isinstance(wanted, GoldParty) and isinstance(found, Party):
        return _parties(wanted, found, gold.language)
    if isinstance(wanted, GoldFigure) and isinstance(found, HumanitarianFigure):
        return _figures(wanted, found, published)
    if isinstance(wanted, GoldMilitary) and isinstance(found, MilitaryDevelopment):
        actors = (set(wanted.initiators), _ids(gold, found.initiators, published))
        return _developments(gold, wanted, found, published, wanted.kind, actors)
    if isinstance(wanted, GoldDiplomatic) and isinstance(found, DiplomaticDevelopment):
        actors = (set(wanted.participants), _ids(gold, found.participants, published))
        return _developments(gold, wanted, found, published, wanted.kind, actors)
    if isinstance(wanted, GoldPosition) and isinstance(found, Position):
        return _positions(gold, wanted, found, published)
    return 0.0


def _parties(wanted: GoldParty, found: Party, language: str) -> float:
    own = [found.name, *found.other_names]
    if not share_a_name(wanted.names, own, language):
        return 0.0
    return 0.8 + 0.2 * (found.kind in wanted.kind)


def _figures(wanted: GoldFigure, found: HumanitarianFigure, published: Published) -> float:
    return _weighed(
        (0.45, same_number(wanted, found)),
        (0.25, found.category in wanted.category),
        (0.1, found.population in wanted.population if wanted.population else None),
        (0.2, evidence_overlap(wanted, found, published)),
    )


def _developments(
    gold: Gold,
    wanted: GoldDevelopment,
    found: MilitaryDevelopment | DiplomaticDevelopment,
    published: Published,
    kinds: Sequence[str],
    actors: tuple[set[str], set[str]],
) -> float:
    overlap = evidence_overlap(wanted, found, published)
    day = days_overlap(wanted.day, found.when) if wanted.day else None
    if not overlap and not day:  # of the same kind, told elsewhere and on another day
        return 0.0
    return _weighed(
        (0.35, found.kind in kinds),
        (0.2, same_place(wanted.place, found.place, gold.language) if wanted.place else None),
        (0.15, day),
        (0.1, _jaccard(*actors) if actors[0] else None),
        (0.2, overlap),
    )


def _positions(gold: Gold, wanted: GoldPosition, found: Position, published: Published) -> float:
    holder = gold_party(gold, found.holder, published)
    overlap = evidence_overlap(wanted, found, published)
    if not overlap:  # another stance of the same party
        return 0.0
    return _weighed(
        (0.3, holder in wanted.holder),
        (0.3, found.kind in wanted.kind),
        (0.1, same_person(wanted.speaker, found.speaker) if wanted.speaker else None),
        (0.3, overlap),
    )


def _weighed(*parts: tuple[float, float | bool | None]) -> float:
    known_parts = [(weight, float(value)) for weight, value in parts if value is not None]
    return sum(weight * value for weight, value in known_parts) / sum(weight for weight, _ in known_parts)


# --- parts ---


def same_number(wanted: GoldFigure, found: HumanitarianFigure) -> bool:
    """Whether the number stated, or both ends of a range, or the words of a vague one, are the same."""
    own = found.quantity
    if wanted.value is not None or own.value is not None:
        return wanted.value == own.value
    if wanted.low is not None or wanted.high is not None:
        return (wanted.low, wanted.high) == (own.low, own.high)
    return contains(fold(own.as_written).text, fold(wanted.as_written).text) or contains(
        fold(wanted.as_written).text, fold(own.as_written).text
    )


def evidence_overlap(wanted: GoldItem, found: Item, published: Published) -> float:
    """The largest share of a gold passage that a passage of the item covers, or the other way round."""
    spans = [span for quote in wanted.evidence for span in published.spans(quote)]
    shares = [
        (min(end, one.end) - max(start, one.start)) / max(1, min(end - start, one.end - one.start))
        for start, end in spans
        for one in found.evidence
    ]
    return max(0.0, *shares) if shares else 0.0


def share_a_name(wanted: Iterable[str], own: Iterable[str], language: str) -> bool:
    """Whether one of the names is a name of the same party."""
    folded = {fold(name).text for name in wanted}
    listed = list(own)
    if any(fold(name).text in folded for name in listed):
        return True
    return any(same_party(name, other, language) for name in wanted for other in listed)


def gold_party(gold: Gold, reference: PartyRef, published: Published) -> str | None:
    """The id of the gold party that a reference means."""
    names = names_of(published.summary, reference)
    exact = {fold(name).text for name in names}
    listed = [party for party in gold.parties if exact & {fold(name).text for name in party.names}]
    if not listed:
        listed = [party for party in gold.parties if share_a_name(party.names, names[:1], gold.language)]
    return listed[0].id if listed else None


def _ids(gold: Gold, references: Iterable[PartyRef], published: Published) -> set[str]:
    return {gold_party(gold, one, published) or f"?{one.name}" for one in references}


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def same_person(wanted: Sequence[str | None], found: Speaker | None) -> bool:
    """Whether the speaker is one of the accepted persons, by the whole name or the last part of it; None: nobody."""
    name = found.name if found else None
    if name is None:
        return None in wanted
    own = fold(name).text.split()
    return any(other and own and own[-1] in fold(other).text.split() for other in wanted)


def days_overlap(wanted: Sequence[str | None], found: When | None) -> bool:
    """Whether the dates have a day in common; None among the accepted ones: no date is right too."""
    if found is None or found.date is None:
        return None in wanted
    own = known(Edtf(found.date))
    others = [known(Edtf(one)) for one in wanted if one]
    return own is not None and any(one and one.start <= own.end and own.start <= one.end for one in others)


def same_day(wanted: Sequence[str | None], found: When | None) -> bool:
    """Whether the date is one of the accepted ones, exactly."""
    return (found.date if found else None) in wanted


def same_place(wanted: GoldPlace, found: Place | None, language: str) -> bool:
    """Whether it is the place, by any of its names or by lying near it."""
    if found is None:
        return False
    names = {fold(name).text for name in wanted.names}
    own = {fold(found.name).text, fold(found.as_written).text}
    if names & own or any(contains(a, b) or contains(b, a) for a in names for b in own if min(len(a), len(b)) > 3):
        return True
    return place_is_near(wanted, found, language) is True


def place_is_near(wanted: GoldPlace, found: Place | None, language: str) -> bool | None:
    """Whether it lies within 25 km of the gold's position; None where the gold has none."""
    if wanted.latitude is None or wanted.longitude is None:
        return None
    if found is None:
        return False
    if found.latitude is None or found.longitude is None:
        entries = lookup(found.name, language, [])[:1]
        points = [
            (one.latitude, one.longitude) for one in entries if one.latitude is not None and one.longitude is not None
        ]
    else:
        points = [(found.latitude, found.longitude)]
    return any(kilometres((wanted.latitude, wanted.longitude), point) <= NEAR_KM for point in points)
