"""Whether a mutant is caught, and how many are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from summarizer.grounding.judging import Judged, judge
from summarizer.schema.codes import Outcome
from summarizer.schema.draft import SECTIONS, Draft, DraftItem
from summarizer.schema.values import Evidence
from tests.mutants.operators import OPERATORS, Mutant, Operator
from tests.mutants.specimens import Specimen, specimens

UNDECIDED = (
    # The town of the quoted sentence is not in the gazetteer, so that nothing shows that a town is named there; the other
    # town, which the article names last before it, might be meant.
    ("ar", "m2", "مدينة مأرب"),
    ("fr", "m2", "la ville de Sake"),
    ("fr", "m3", "la ville de Sake"),
    ("fr", "m3", "le village de Mushaki"),
    ("ru", "m3", "Гяндже"),
    ("zh", "f3", "八莫附近"),
    ("zh", "m3", "八莫附近"),
    # The quoted sentence names a country or a border only: the town named last before may lie in it or on it.
    ("de", "f5", "ein Kraftwerk bei Mekelle"),
    ("en", "f5", "Nyala"),
    ("uk", "d1", "Вовчанську"),
    ("fr-example", "d1", "Kherson"),
    # "The combat zone" may be the town named last before it.
    ("fr-example", "f2", "Kharkiv"),
    ("fr-example", "f3", "Kharkiv"),
    ("fr-example", "m10", "Kharkiv"),
    # Who is meant is named nowhere else in the draft, and by a verb that is not known for speech ("a parlé de"):
    # nothing shows that a person speaks there.
    ("fr", "f4", "Willy Kabongo"),
)
"""Mutants that nothing in the language or the codebook tells from the truth: label, key, and words of what was made wrong.
They count as escaped in the catch rate."""

CHECKS = ("quote", "quantity", "date", "place", "name", "reference", "quotation")


def caught(specimen: Specimen, mutant: Mutant) -> bool:
    """Whether the mutant's check failed, or code put right what is published and said so."""
    found = _judged(specimen, mutant.draft, mutant.section, mutant.item)
    outcomes = {check.outcome for check in found.checks if check.name == mutant.check}
    if Outcome.FAILED in outcomes:
        return True
    return Outcome.REPAIRED in outcomes and _restored(found, _true(specimen, mutant))


def escaped(specimen: Specimen, operator: Operator) -> Iterator[Mutant]:
    """The operator's mutants of this specimen that no check caught."""
    return (mutant for mutant in operator(specimen) if not caught(specimen, mutant))


def _true(specimen: Specimen, mutant: Mutant) -> Judged:
    return _judged(specimen, specimen.draft, mutant.section, mutant.expected)


def _judged(specimen: Specimen, whole: Draft, section: str, item: DraftItem) -> Judged:
    alone = whole.model_copy(update={name: [item] if name == section else [] for name in SECTIONS})
    (found,) = judge(specimen.analysis, alone, whole)
    return found


def _restored(found: Judged, true: Judged) -> bool:
    """Whether what is published is true again: the same item, from the same passages of the same sentences.

    Where a word at or beside an end of the quote was made wrong, nothing tells whether the article's words there belong
    to the quote: the passage found, which is the article's own text, may be up to two words shorter.
    """
    passages = zip(found.evidence, true.evidence, strict=False)
    same = all(_same_passage(one, other) for one, other in passages) and len(found.evidence) == len(true.evidence)
    return same and _bare(found) == _bare(true)


def _same_passage(found: Evidence, true: Evidence) -> bool:
    ends = abs(found.start - true.start) + abs(found.end - true.end)
    lengths = sorted(len(word) for word in true.quote.split())
    return found.sentence == true.sentence and ends <= (sum(lengths[-2:]) + 2 if len(lengths) > 1 else 2)


def _bare(found: Judged) -> DraftItem:
    return found.item.model_copy(update={"evidence": []})


def undecided(specimen: Specimen, mutant: Mutant) -> bool:
    """Whether the mutant is one of those that are known to escape."""
    told = (specimen.label, mutant.item.key)
    changed = mutant.what.split(" -> ", 1)[-1]
    return any((label, key) == told and words in changed for label, key, words in UNDECIDED)


@dataclass(slots=True)
class Tally:
    """How many mutants were made and caught, and how many true items were checked and wrongly doubted, by check."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)


def tallies() -> dict[str, Tally]:
    """The tally of each specimen, by its label."""
    return {specimen.label: _tally(specimen) for specimen in specimens()}


def _tally(specimen: Specimen) -> Tally:
    tally = Tally()
    for operator in OPERATORS:
        for mutant in operator(specimen):
            tally.made[mutant.check] += 1
            tally.caught[mutant.check] += caught(specimen, mutant)
    for item in specimen.judged():
        tally.items.update({check.name for check in item.checks})
        tally.alarms.update({check.name for check in item.checks if check.outcome is not Outcome.PASSED})
    return tally
