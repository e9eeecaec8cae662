"""How many an event killed, computed from the figures linked to it: low, best and high by UCDP's and ACLED's rules.

The rules, with their sources:

- Only figures of persons killed in this event count: not running totals, and not what is said not to be so.
- A part of another linked figure (`subset_of`) is in its whole already.
- Figures of different people (soldiers of each side, civilians) are added; figures of the same people by different
  voices are alternatives. A figure of all people goes before the sum of its kinds.
- best: what the more reliable voice says (the article's own voice and third parties before the parties' claims, these
  before accusations); among equals the lower one (UCDP's rule where no distinction can be made).
- low and high: the lowest and the highest that any voice allows. Where the words give no bound, the number stated
  stands for it, and `open_bounds` says so: no margin is invented.
- A range counts as its lower end in best; "dozens" and the like as the codebook's derived number (ACLED FAQ: 10 for
  tens, 12 for dozens, 100 for hundreds).
- conservative: ACLED's `fatalities`, "the most conservative estimate available"; 3 where deaths are reported without any
  number. None, not 0, where the article links no deaths to the event: not mentioned is not none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from summarizer.rendering.standards import ACLED_UNKNOWN_DEATHS
from summarizer.rendering.wording import number, said_by, who
from summarizer.schema.codes import Assertion, FigureCategory, FigureUnit, Hedge, Measure, Population
from summarizer.schema.summary import HumanitarianFigure
from summarizer.schema.values import PartyRef, Quantity

_RELIABILITY = {Assertion.FACT: 0, Assertion.REPORTED: 0, Assertion.CLAIMED: 1, Assertion.ALLEGED: 2}
_ARMED = {Population.COMBATANTS, Population.PRISONERS_OF_WAR}


class _Counted(IntEnum):
    """Whose deaths a figure counts."""

    ALL = 0
    ARMED = 1
    CIVILIANS = 2


_Key = tuple[_Counted, str]
"""Who is counted, and the side whose people they are ('' where it is not said)."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of deaths, lowest to highest."""

    low: int
    best: int
    high: int

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.best + other.best, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Deaths:
    """The deaths of one event. Numbers are None where the article links none that can be counted."""

    total: Range | None
    conservative: int | None
    civilians: int | None
    by_side: Mapping[str, int]
    said: Sequence[str]
    open_bounds: str
    notes: Sequence[str]

    @property
    def best(self) -> int | None:
        """The best estimate."""
        return self.total.best if self.total else None

    def of_sides(self, sides: Iterable[PartyRef]) -> int | None:
        """The armed dead of these parties, as far as they are told apart."""
        found = [self.by_side[key] for key in dict.fromkeys(map(_side, sides)) if key in self.by_side]
        return sum(found) if found else None


def deaths(linked: Sequence[HumanitarianFigure]) -> Deaths:
    """The deaths that `linked`, the figures of one event, tell of."""
    killed = [one for one in linked if one.category is FigureCategory.KILLED and one.unit is FigureUnit.PERSONS]
    counted = [one for one in killed if one.measure is Measure.NEW and one.assertion is not Assertion.DENIED]
    notes = []
    if any(one.measure is not Measure.NEW for one in killed):
        notes.append("running totals are left out")
    if any(one.assertion is Assertion.DENIED for one in killed):
        notes.append("denied figures are left out")
    numbered = [one for one in counted if _range(one.quantity)]
    groups = _groups(_without_parts(numbered))
    total = _total(groups)
    unknown = [one for one in counted if not _range(one.quantity)]
    if unknown:
        notes.append(f"no number stated: {', '.join(number(one.quantity) for one in unknown)}")
    details = _groups(numbered)
    armed = {side: found.best for (kind, side), found in details.items() if kind is _Counted.ARMED}
    civilian = [found.best for (kind, _), found in details.items() if kind is _Counted.CIVILIANS]
    return Deaths(
        total=total,
        conservative=total.low if total else ACLED_UNKNOWN_DEATHS if unknown else None,
        civilians=sum(civilian) if civilian else None,
        by_side=armed,
        said=[_told(one) for one in killed],
        open_bounds=_open_bounds(counted),
        notes=notes + [f"ACLED writes {ACLED_UNKNOWN_DEATHS} for an unknown number"] * bool(unknown and not total),
    )


def _range(quantity: Quantity) -> Range | None:
    best = next((one for one in (quantity.value, quantity.low, quantity.high) if one is not None), None)
    if best is None:
        return None
    low = quantity.low if quantity.low is not None else best
    high = quantity.high if quantity.high is not None else best
    return Range(min(low, best), best, max(high, best))


def _without_parts(figures: Sequence[HumanitarianFigure]) -> list[HumanitarianFigure]:
    here = {one.id for one in figures}
    return [one for one in figures if one.subset_of not in here]


def _groups(figures: Iterable[HumanitarianFigure]) -> dict[_Key, Range]:
    """Who is counted -> how many, over all voices."""
    voices: dict[_Key, dict[str, list[HumanitarianFigure]]] = {}
    for one in figures:
        key = (_counted(one.population), _side(one.side) if one.side else "")
        voices.setdefault(key, {}).setdefault(_voice(one), []).append(one)
    return {key: _agreed(list(by_voice.values())) for key, by_voice in voices.items()}


def _agreed(voices: Sequence[Sequence[HumanitarianFigure]]) -> Range:
    """One range of what several voices say about the same people."""
    said = [(min(_RELIABILITY[one.assertion] for one in figures), _by_one_voice(figures)) for figures in voices]
    top = min(reliability for reliability, _ in said)
    return Range(
        min(found.low for _, found in said),
        min(found.best for reliability, found in said if reliability == top),
        max(found.high for _, found in said),
    )


def _by_one_voice(figures: Sequence[HumanitarianFigure]) -> Range:
    """Figures of the same population are alternatives (the lower is best); children, women, aid workers are added,
    unless a figure of all civilians holds them."""
    alike: dict[Population, list[Range]] = {}
    for one in figures:
        found = _range(one.quantity)
        if found:
            alike.setdefault(one.population, []).append(found)
    merged = {
        population: Range(min(r.low for r in each), min(r.best for r in each), max(r.high for r in each))
        for population, each in alike.items()
    }
    if Population.CIVILIANS in merged:
        return merged[Population.CIVILIANS]
    first, *rest = merged.values()
    for more in rest:
        first += more
    return first


def _total(groups: Mapping[_Key, Range]) -> Range | None:
    if not groups:
        return None
    if whole := groups.get((_Counted.ALL, "")):
        return whole
    sides = dict.fromkeys(side for _, side in groups)
    parts: list[Range] = []
    for side in sides:
        people = groups.get((_Counted.ALL, side))
        parts += [people] if people else [found for (_, own), found in groups.items() if own == side]
    total, *rest = parts
    for more in rest:
        total += more
    return total


def _counted(population: Population) -> _Counted:
    if population is Population.PEOPLE:
        return _Counted.ALL
    return _Counted.ARMED if population in _ARMED else _Counted.CIVILIANS


def _side(party: PartyRef) -> str:
    return party.id or party.name


def _voice(figure: HumanitarianFigure) -> str:
    one = figure.asserted_by
    if one is None:
        return ""
    return _side(one.party) if one.party else one.name or one.title or ""


def _told(figure: HumanitarianFigure) -> str:
    source = said_by(figure.asserted_by, figure.assertion, brief=True)
    told = f"{number(figure.quantity)} {who(figure)}"
    return f"{told} ({source})" if source else told


def _open_bounds(figures: Iterable[HumanitarianFigure]) -> str:
    """Which of low and high the words leave open: '', 'low', 'high' or 'low and high'."""
    hedges = {one.quantity.hedge for one in figures}
    low = hedges & {Hedge.AT_MOST, Hedge.LESS_THAN, Hedge.ABOUT, Hedge.NEARLY}
    high = hedges & {Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.ABOUT, Hedge.VAGUE}
    return " and ".join(name for name, found in (("low", low), ("high", high)) if found)
