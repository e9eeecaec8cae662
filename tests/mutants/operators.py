"""Mutants: true drafts with one thing made wrong, each with the name of the check that should catch it.

Every operator takes a specimen and yields mutants; `OPERATORS` names them all. What no operator makes, since no plain
code could tell it from the truth:

- all of a figure's words and number taken from another figure of the same passage ("46 dead, 17 of them children": a
  figure "17 dead people"): each number stands there, and what it counts is a matter of reading;
- a weekday moved by a whole week into the coming one: whether "on Friday" lies behind or ahead is a question of tense,
  which the engine reads as well as the program (`grounding.dates`);
- a direct quotation cut at its ends: an excerpt that stands between the marks is unaltered;
- a figure's source swapped for another person of the same sentence, where the evidence quotes the whole sentence: the
  operators' passages hold one clause each, as the codebook asks;
- a part that is larger than a whole of unstated size ("dozens").
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from summarizer.grounding.folding import fold
from summarizer.schema.codes import Hedge, Precision
from summarizer.schema.draft import (
    SECTIONS,
    Draft,
    DraftDevelopment,
    DraftEvidence,
    DraftFigure,
    DraftItem,
    DraftMilitary,
    DraftPlace,
    DraftPosition,
    DraftQuantity,
    DraftSpeaker,
    DraftWhen,
)
from tests.mutants.specimens import Specimen
from tests.mutants.strangers import STRANGERS, Strangers


@dataclass(frozen=True, slots=True)
class Mutant:
    """An item made wrong, in the draft that it belongs to.

    `expected` is the item that may be published where code puts it right.
    """

    check: str
    section: str
    item: DraftItem
    expected: DraftItem
    draft: Draft
    what: str


T = TypeVar("T")
Operator = Callable[[Specimen], Iterator[Mutant]]


# (a) quantities


def digits(specimen: Specimen) -> Iterator[Mutant]:
    """One digit of a value, or of a range's ends, is another; the words stay, or are changed alike."""
    for figure in specimen.draft.humanitarian_figures:
        for field in ("value", "low", "high"):
            for wrong in _one_digit_off(getattr(figure.quantity, field)):
                yield _quantity(specimen, figure, **{field: wrong})
                true = str(getattr(figure.quantity, field))
                if true in figure.quantity.as_written:
                    words = figure.quantity.as_written.replace(true, str(wrong))
                    yield _quantity(specimen, figure, **{field: wrong, "as_written": words})


def hedges(specimen: Specimen) -> Iterator[Mutant]:
    """The hedge is of another class."""
    for figure in specimen.draft.humanitarian_figures:
        for hedge in Hedge:
            if hedge is not figure.quantity.hedge:
                yield _quantity(specimen, figure, hedge=hedge)


def vague_words(specimen: Specimen) -> Iterator[Mutant]:
    """Other vague words than the article's, or a number made of them."""
    for figure in specimen.draft.humanitarian_figures:
        if figure.quantity.hedge is Hedge.VAGUE:
            for words in _strangers(specimen).vague:
                yield _quantity(specimen, figure, as_written=words)
            yield _quantity(specimen, figure, value=24)


def neighbouring_numbers(specimen: Specimen) -> Iterator[Mutant]:
    """The value of another figure beside the figure's own words."""
    figures = specimen.draft.humanitarian_figures
    for figure in figures:
        for other in figures:
            value = other.quantity.value
            if None not in (value, figure.quantity.value) and value != figure.quantity.value:
                yield _quantity(specimen, figure, value=value)


def _one_digit_off(value: int | None) -> Iterator[int]:
    written = str(value) if value is not None else ""
    for at, digit in enumerate(written):
        for other in "0123456789":
            if other != digit:
                yield int(written[:at] + other + written[at + 1 :])


def _quantity(specimen: Specimen, figure: DraftFigure, **changes: Any) -> Mutant:
    wrong: DraftQuantity = figure.quantity.model_copy(update=changes)
    return _mutant(specimen, "quantity", figure, {"quantity": wrong}, f"{figure.quantity} -> {changes}")


# (b) dates


def dates(specimen: Specimen) -> Iterator[Mutant]:
    """A drafted date is a day, a month or a year off; an interval as a whole, or at one end."""
    for item in _items(specimen.draft):
        for field, when in _fields(item, DraftWhen):
            for wrong in _dates_off(when.date):
                changes = {field: when.model_copy(update={"date": wrong})}
                yield _mutant(specimen, "date", item, changes, f"{field} {when.as_written!r}: {when.date} -> {wrong}")


def _dates_off(written: str | None) -> Iterator[str]:
    ends = [_parsed(end) for end in (written or "").split("/")]
    if None in ends:
        return
    days = [end for end in ends if end is not None]
    for move in (_by_days(1), _by_days(-1), _by_months(1), _by_months(-1), _by_months(12), _by_months(-12)):
        for chosen in {(True,) * len(days), *_single(len(days))}:
            moved = [move(day) if change else day for day, change in zip(days, chosen, strict=True)]
            yield "/".join(day.isoformat() for day in moved)


def _single(count: int) -> list[tuple[bool, ...]]:
    return [tuple(at == chosen for at in range(count)) for chosen in range(count)]


def _parsed(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None  # a month or a year


def _by_days(count: int) -> Callable[[date], date]:
    return lambda day: day + timedelta(days=count)


def _by_months(count: int) -> Callable[[date], date]:
    def moved(day: date) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    return moved


# (c) names and places


def persons(specimen: Specimen) -> Iterator[Mutant]:
    """A speaker is another person of the article, or nobody in it."""
    voices = _voices(specimen.draft)
    named = {voice.name for _, _, voice in voices if voice.name} | {_strangers(specimen).person}
    for item, field, voice in voices:
        for name in sorted(named):
            if voice.name and not _alike(name, voice.name):
                yield _voice(specimen, item, field, voice.model_copy(update={"name": name}))


def bodies(specimen: Specimen) -> Iterator[Mutant]:
    """A body that says something is one that the article does not have."""
    for item, field, voice in _voices(specimen.draft):
        if not voice.name and voice.party:
            yield _voice(specimen, item, field, voice.model_copy(update={"party": _strangers(specimen).party}))


def parties(specimen: Specimen) -> Iterator[Mutant]:
    """A party with all its names is made up; or one made-up name is added to the others."""
    stranger = _strangers(specimen).party
    for party in specimen.draft.parties:
        yield _mutant(specimen, "name", party, {"name": stranger, "other_names": []}, f"{party.name} -> {stranger}")
        names = [stranger for _ in party.other_names]
        if names:
            yield _mutant(specimen, "name", party, {"name": stranger, "other_names": names}, f"{party.name}, all names")
        added = {"other_names": [*party.other_names, stranger]}
        yield _mutant(specimen, "name", party, added, f"{party.name} also {stranger}")


def places(specimen: Specimen) -> Iterator[Mutant]:
    """A place's name, or its words, or both are those of another town of the article or of the world."""
    found = [place for item in _items(specimen.draft) for _, place in _fields(item, DraftPlace)]
    towns = {place.name: place.as_written for place in found if _is_town(place)} | {
        _strangers(specimen).town: _strangers(specimen).town
    }
    for item in _items(specimen.draft):
        for field, place in _fields(item, DraftPlace):
            for name, words in towns.items():
                if not _alike(name, place.name) and not _alike(words, place.as_written):
                    yield from _misplaced(specimen, item, field, place, name, words)


def _is_town(place: DraftPlace) -> bool:
    return place.precision in (Precision.SETTLEMENT, Precision.NEAR_SETTLEMENT) and "," not in place.as_written


def _misplaced(
    specimen: Specimen, item: DraftItem, field: str, place: DraftPlace, name: str, words: str
) -> Iterator[Mutant]:
    for changes in ({"name": name}, {"as_written": words}, {"name": name, "as_written": words}):
        wrong = {field: place.model_copy(update=changes)}
        yield _mutant(specimen, "place", item, wrong, f"{field} {place.name!r} ({place.as_written!r}) -> {changes}")


def _voice(specimen: Specimen, item: DraftItem, field: str, voice: DraftSpeaker) -> Mutant:
    true = getattr(item, field)
    return _mutant(specimen, "name", item, {field: voice}, f"{field}: {true} -> {voice}")


def _alike(one: str, other: str) -> bool:
    """Whether one of two names holds the other: the same person, the same town."""
    a, b = fold(one).text, fold(other).text
    return a in b or b in a or a.split()[-1] == b.split()[-1]


# (d) evidence


def sentence_numbers(specimen: Specimen) -> Iterator[Mutant]:
    """The sentence named is a neighbour, or none at all."""
    for item in _items(specimen.draft):
        for at, passage in enumerate(item.evidence):
            for wrong in (passage.sentence - 1, passage.sentence + 1, 0, 999):
                sentence = specimen.analysis.sentence(wrong)
                if sentence is None or passage.quote not in sentence.text:
                    yield _evidence(specimen, item, at, sentence=wrong)


def evidence_words(specimen: Specimen) -> Iterator[Mutant]:
    """One word of the quote is another word of the article."""
    for item in _items(specimen.draft):
        for at, passage in enumerate(item.evidence):
            for quote in _one_word_off(specimen, passage.quote):
                yield _evidence(specimen, item, at, quote=quote)


def _evidence(specimen: Specimen, item: DraftItem, at: int, **changes: Any) -> Mutant:
    passage: DraftEvidence = item.evidence[at].model_copy(update=changes)
    passages = [*item.evidence[:at], passage, *item.evidence[at + 1 :]]
    return _mutant(specimen, "quote", item, {"evidence": passages}, f"{item.evidence[at]} -> {changes}")


# (e) quotations


def quotation_words(specimen: Specimen) -> Iterator[Mutant]:
    """One word of a direct quotation is another, or one between its ends is left out."""
    for position in specimen.draft.positions:
        if position.quotation:
            for wrong in (*_one_word_off(specimen, position.quotation), *_one_word_less(specimen, position.quotation)):
                yield _quotation(specimen, position, wrong)


def paraphrases(specimen: Specimen) -> Iterator[Mutant]:
    """Words of the article that stand outside quotation marks, given as a quotation."""
    for position in specimen.draft.positions:
        if position.quotation:
            yield from (_quotation(specimen, position, words) for words in specimen.paraphrases)


def misquotations(specimen: Specimen) -> Iterator[Mutant]:
    """What another speaker said, between quotation marks, is put into the speaker's mouth."""
    for position in specimen.draft.positions:
        for other in specimen.draft.positions:
            if position.quotation and other.quotation and _other_speaker(position, other):
                yield _quotation(specimen, position, other.quotation)


def _other_speaker(one: DraftPosition, other: DraftPosition) -> bool:
    names = [position.speaker.name for position in (one, other) if position.speaker and position.speaker.name]
    return len(names) == 2 and not _alike(*names)


def _quotation(specimen: Specimen, position: DraftPosition, wrong: str) -> Mutant:
    return _mutant(specimen, "quotation", position, {"quotation": wrong}, f"{position.quotation!r} -> {wrong!r}")


# (f) sources


def swapped_sources(specimen: Specimen) -> Iterator[Mutant]:
    """A figure is asserted by whoever asserts another one."""
    said = [figure for figure in specimen.draft.humanitarian_figures if figure.asserted_by]
    for figure in said:
        for source in {other.asserted_by for other in said}:
            if figure.asserted_by and source and _another(figure.asserted_by, source):
                yield _voice(specimen, figure, "asserted_by", source)


def _another(one: DraftSpeaker, other: DraftSpeaker) -> bool:
    """Whether two sources differ in who speaks: a person and their own party do not."""
    if one.name and other.name:
        return not _alike(one.name, other.name)
    return bool(one.party != other.party) if one.party and other.party else True


# (g) references


def wholes(specimen: Specimen) -> Iterator[Mutant]:
    """A figure is part of itself, of nothing, or of a smaller one."""
    figures = specimen.draft.humanitarian_figures
    for figure in figures:
        nothing = figure.model_copy(update={"subset_of": None})
        for key in (figure.key, "f999"):
            yield _mutant(specimen, "reference", figure, {"subset_of": key}, f"part of {key}", nothing)
        for whole in figures:
            if _smaller(whole.quantity, figure.quantity):
                what = f"{figure.quantity} part of {whole.quantity}"
                yield _mutant(specimen, "reference", figure, {"subset_of": whole.key}, what)


def _smaller(whole: DraftQuantity, part: DraftQuantity) -> bool:
    most = whole.value if whole.value is not None else whole.high
    least = part.value if part.value is not None else part.low
    return most is not None and least is not None and least > most


def dangling(specimen: Specimen) -> Iterator[Mutant]:
    """An event's figures, or a position's holder, are in no list."""
    for item in _items(specimen.draft):
        if isinstance(item, DraftMilitary):
            yield _mutant(specimen, "reference", item, {"figures": [*item.figures, "f999"]}, "figures: f999")
        if isinstance(item, DraftPosition):
            stranger = _strangers(specimen).party
            yield _mutant(specimen, "reference", item, {"holder": stranger}, f"holder: {stranger}")


OPERATORS: tuple[Operator, ...] = (
    digits,
    hedges,
    vague_words,
    neighbouring_numbers,
    dates,
    persons,
    bodies,
    parties,
    places,
    sentence_numbers,
    evidence_words,
    quotation_words,
    paraphrases,
    misquotations,
    swapped_sources,
    wholes,
    dangling,
)


def _mutant(
    specimen: Specimen,
    check: str,
    item: DraftItem,
    changes: dict[str, Any],
    what: str,
    expected: DraftItem | None = None,
) -> Mutant:
    section = next(name for name, model in SECTIONS.items() if isinstance(item, model))
    wrong = item.model_copy(update=changes)
    items = [wrong if one is item else one for one in getattr(specimen.draft, section)]
    draft = specimen.draft.model_copy(update={section: items})
    return Mutant(check, section, wrong, expected or item, draft, f"{section} {item.key}: {what}")


def _items(draft: Draft) -> list[DraftItem]:
    return [item for section in SECTIONS for item in getattr(draft, section)]


def _fields(item: DraftItem, kind: type[T]) -> list[tuple[str, T]]:
    named = [(name, getattr(item, name)) for name in type(item).model_fields]
    return [(name, value) for name, value in named if isinstance(value, kind)]


def _voices(draft: Draft) -> list[tuple[DraftItem, str, DraftSpeaker]]:
    spoken = [(item, name, voice) for item in _items(draft) for name, voice in _fields(item, DraftSpeaker)]
    return [one for one in spoken if isinstance(one[0], (DraftFigure, DraftDevelopment, DraftPosition))]


def _strangers(specimen: Specimen) -> Strangers:
    return STRANGERS[specimen.analysis.language]


def _one_word_off(specimen: Specimen, text: str) -> Iterator[str]:
    """`text` with each word in turn replaced by another of the article (in Chinese: each character)."""
    words = _pieces(specimen, text)
    stock = [word for word in _pieces(specimen, specimen.analysis.article.text) if word.isalpha() and len(word) > 3]
    stock = stock or [word for word in _pieces(specimen, specimen.analysis.article.text) if word.isalpha()]
    for at, word in enumerate(words):
        other = next((one for one in stock[at * 7 % len(stock) :] if not _same_word(one, word)), None)
        if other is not None and any(character.isalnum() for character in word):
            yield _glue(specimen).join([*words[:at], other, *words[at + 1 :]])


def _same_word(one: str, other: str) -> bool:
    a, b = ("".join(filter(str.isalnum, fold(word).text)) for word in (one, other))
    return a == b


def _one_word_less(specimen: Specimen, text: str) -> Iterator[str]:
    words = _pieces(specimen, text)
    bearing = [at for at, word in enumerate(words) if any(character.isalnum() for character in word)]
    for at in bearing[1:-1]:
        yield _glue(specimen).join([*words[:at], *words[at + 1 :]])


def _pieces(specimen: Specimen, text: str) -> Sequence[str]:
    return text.split(" ") if _glue(specimen) else text


def _glue(specimen: Specimen) -> str:
    return "" if specimen.analysis.language == "zh" else " "
