"""Humanitarian figures: numbers that count people or their homes, beside a word that says what happened to them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from summarizer.engines.keyword.lexicon import Cue
from summarizer.engines.keyword.nearness import nearest_date, nearest_place
from summarizer.engines.keyword.passages import Passage
from summarizer.engines.keyword.voices import Voices
from summarizer.language.analysis import Spanned
from summarizer.language.quantities import QuantityKind, QuantityMention
from summarizer.language.tense import is_future
from summarizer.schema.codes import FigureCategory, FigureUnit, Hedge, Measure, Population
from summarizer.schema.draft import DraftFigure, DraftQuantity

_REACH = 6  # words behind a number in which the noun that it counts stands
_BEFORE = 4  # words before it: "killed at least 14"
_DENSE_REACH = 14  # characters, in scripts without spaces
_ELLIPSIS = 8  # words between two numbers of which the second has no noun
_BESIDE = 3  # characters between a number and "of the dead"
_STOCK = frozenset({FigureCategory.IN_NEED, FigureCategory.DETAINED, FigureCategory.TRAPPED, FigureCategory.MISSING})
_MOVED = frozenset(
    {
        FigureCategory.REFUGEES,
        FigureCategory.DISPLACED,
        FigureCategory.EVACUATED,
        FigureCategory.RETURNED,
        FigureCategory.ASSISTED,
    }
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with what it counts."""

    mention: QuantityMention
    category: FigureCategory
    population: Population
    unit: FigureUnit
    noun: bool


_Drafted = tuple[_Counted, DraftFigure]
_TABLES = ("figures", "population", "units", "not_figures", "subset", "since")


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of one sentence, by table, as `_TABLES` has them."""

    figures: Sequence[Cue]
    population: Sequence[Cue]
    units: Sequence[Cue]
    others: Sequence[Cue]
    subset: Sequence[Cue]
    since: Sequence[Cue]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence to read, with the figures of the one before and how many there are already."""

    passage: Passage
    voices: Voices
    text: str
    before: Sequence[_Drafted]
    already: int


def draft_figures(passages: Sequence[Passage], voices: Voices, text: str) -> list[DraftFigure]:
    """The figures of the article, in its order; a part ("45 of them children") points at its whole."""
    found: list[_Drafted] = []
    last: list[_Drafted] = []
    for passage in passages:
        if not passage.heading:
            last = _in_sentence(_Sentence(passage, voices, text, last, len(found)))
            found += last
    return [figure for _, figure in found]


def _in_sentence(sentence: _Sentence) -> list[_Drafted]:
    passage = sentence.passage
    marks = _Cues(*(passage.cues(name) for name in _TABLES))
    here: list[_Drafted] = []
    for number in passage.quantities:
        if number.kind is not QuantityKind.COUNT or not _stated(number):
            continue
        wholes = _wholes(number, marks, here, sentence.before)
        counted = _counted(passage, number, marks, [one for one, _ in wholes])
        if counted is None or _to_come(sentence, counted):
            continue
        counted = _like_before(sentence, counted, here)
        figure = _draft(passage, sentence.voices, counted, marks, f"f{sentence.already + len(here) + 1}")
        whole = next((pair for pair in reversed(wholes) if _is_part(counted, pair[0])), None)
        if whole:
            figure = figure.model_copy(update={"subset_of": whole[1].key})
        here.append((counted, figure))
    return here


def _like_before(sentence: _Sentence, counted: _Counted, here: Sequence[_Drafted]) -> _Counted:
    """`Five soldiers were killed and 12 wounded`: a number without a noun counts what the one before counts."""
    before = next((one for one, figure in reversed(here) if figure.subset_of is None), None)
    if before is None or counted.noun or counted.unit is not FigureUnit.PERSONS:
        return counted
    words = sentence.passage.between(before.mention.number_end, counted.mention.start)
    if before.unit is not FigureUnit.PERSONS or len(words.split()) > _ELLIPSIS or any(mark in words for mark in ";:"):
        return counted
    return replace(counted, population=before.population)


def _stated(one: QuantityMention) -> bool:
    return one.value is not None or one.low is not None or one.hedge is Hedge.VAGUE


def _to_come(sentence: _Sentence, counted: _Counted) -> bool:
    """Whether the sentence tells what will be done: people who are to be moved are not moved yet."""
    number = counted.mention
    moved = counted.category in _MOVED
    return moved and is_future(sentence.text, number.start, number.end, sentence.passage.language)


def _wholes(
    number: QuantityMention, marks: _Cues, here: Sequence[_Drafted], before: Sequence[_Drafted]
) -> Sequence[_Drafted]:
    """The figures of which the number may be a part: those before the words of inclusion ("45 of them children").

    Where these open the sentence ("Among the dead were") or follow the number ("Seven of the dead"), they are those
    of the sentence before.
    """
    including = next((cue for cue in reversed(marks.subset) if cue.end <= number.start), None)
    if including is None:
        follows = any(0 <= cue.start - number.end <= _BESIDE for cue in marks.subset)
        return before if follows and not here else ()
    return [pair for pair in here if pair[0].mention.end <= including.start] or (() if here else before)


def _is_part(part: _Counted, whole: _Counted) -> bool:
    """A part is of the same category and not larger than its whole."""
    most = whole.mention.value or whole.mention.high or whole.mention.low
    least = part.mention.value or part.mention.low
    return part.category is whole.category and not (most is not None and least is not None and least > most)


def _counted(passage: Passage, number: QuantityMention, marks: _Cues, wholes: Sequence[_Counted]) -> _Counted | None:
    end = _window_end(passage, number)
    nouns = sorted(
        (cue for cue in (*marks.population, *marks.units, *marks.others) if number.start <= cue.start < end),
        key=lambda cue: (cue.start, -cue.end),
    )
    noun = nouns[0] if nouns else None
    near = _near_category(passage, number, marks, end)
    told_of = any(0 <= cue.start - number.end <= _BESIDE for cue in marks.subset)  # "eight of the dead were children"
    after_near = near is not None and noun is not None and near.start >= number.end and noun.start > near.end + 1
    if after_near and not told_of:
        nouns, noun = [], None  # "15 were wounded in an attack by insurgents"
    if wholes and noun is not None and near is not None and near.start >= noun.end:
        near = None  # "among them 7 children and wounded 20": that is told of others
    if noun is None and near is None:
        return None
    if noun in marks.others and not (near and noun and near.start < noun.start):
        return None
    unit = FigureUnit(noun.code) if noun in marks.units and noun else FigureUnit.PERSONS
    category = _category(passage, number, marks, near, wholes)
    if category is None or (unit is FigureUnit.BUILDINGS) != (category is FigureCategory.HOMES_DAMAGED):
        return None
    population = next((cue for cue in nouns if cue in marks.population), None)
    return _Counted(
        number, category, Population(population.code) if population else Population.PEOPLE, unit, bool(nouns)
    )


def _window_end(passage: Passage, number: QuantityMention) -> int:
    """Where the noun phrase that the number opens must end: at a mark, at the next number, after a few words."""
    words, numbers = passage.words, passage.quantities
    _, limit = passage.clause(number.start, number.end)
    following = bisect_left(numbers, number.end, key=_start)
    if following < len(numbers):
        limit = min(limit, numbers[following].start)
    first = bisect_right(words, number.number_end, key=_end)
    if any(
        word.dense for word in takewhile(lambda word: word.start <= number.number_end + 1, words[first : first + 2])
    ):
        return min(limit, number.number_end + _DENSE_REACH)
    last = bisect_left(words, number.number_end, key=_start) + _REACH - 1
    return min(limit, words[last].end if last < len(words) else passage.sentence.end)


def _start(one: Spanned) -> int:
    return one.start


def _end(one: Spanned) -> int:
    return one.end


def _near_category(passage: Passage, number: QuantityMention, marks: _Cues, end: int) -> Cue | None:
    """The word that says what happened to those counted, right beside the number: "14 dead", "killed at least 14"."""
    after = next((cue for cue in marks.figures if number.start <= cue.start < end), None)
    behind = next((one for one in passage.quantities if after is not None and one.start >= after.end), None)
    active = behind is not None and after is not None and not passage.between(after.end, behind.start).strip()
    if after is not None and not active:
        return after
    last = bisect_right(passage.words, number.start, key=_end)
    low, _ = passage.clause(number.start, number.end)
    first = max(low, passage.words[max(0, last - _BEFORE)].start if last else number.start)
    earlier = bisect_right(passage.quantities, number.start, key=_end)
    first = max(first, passage.quantities[earlier - 1].end) if earlier else first
    ahead = next((cue for cue in reversed(marks.figures) if first <= cue.start and cue.end <= number.start), None)
    return ahead or after  # "killed 43 fighters and captured nine": what follows belongs to the next number


def _category(
    passage: Passage, number: QuantityMention, marks: _Cues, near: Cue | None, wholes: Sequence[_Counted]
) -> FigureCategory | None:
    """What the word beside the number says; for a part, what its whole has (None where two could be meant); else
    what the nearest word in the clause says, then in the sentence."""
    if near is not None:
        return FigureCategory(near.code)
    if wholes:
        categories = {whole.category for whole in wholes}
        return categories.pop() if len(categories) == 1 else None
    low, high = passage.clause(number.start, number.end)
    inside = [cue for cue in marks.figures if low <= cue.start < high]
    chosen = min(inside or marks.figures, key=lambda cue: passage.distance(cue, number), default=None)
    return FigureCategory(chosen.code) if chosen else None


def _draft(passage: Passage, voices: Voices, counted: _Counted, marks: _Cues, key: str) -> DraftFigure:
    number = counted.mention
    voice = voices.governing(passage, number)
    new = counted.category not in _STOCK | _MOVED and not marks.since
    day = nearest_date(passage, number) if new else None
    return DraftFigure(
        key=key,
        evidence=[passage.evidence(number.start, number.end)],
        category=counted.category,
        quantity=DraftQuantity(
            as_written=number.as_written,
            value=number.value,
            low=_range(number, 0),
            high=_range(number, 1),
            hedge=number.hedge,
        ),
        population=counted.population,
        unit=counted.unit,
        measure=_measure(counted.category, marks),
        since=None,
        as_of=day,
        place=nearest_place(passage, number) if new else None,
        origin=None,
        destination=None,
        side=None,
        asserted_by=voice.speaker if voice else None,
        assertion=voices.assertion(passage, number, voice),
        subset_of=None,
    )


def _range(number: QuantityMention, end: int) -> int | None:
    return (number.low, number.high)[end] if number.hedge is Hedge.RANGE else None


def _measure(category: FigureCategory, marks: _Cues) -> Measure:
    if category in _STOCK:
        return Measure.CURRENT
    return Measure.CUMULATIVE if category in _MOVED or marks.since else Measure.NEW
