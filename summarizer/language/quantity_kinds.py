"""What a number counts or names: people and things, or a year, a date, an age, a percentage, a model.

The first cue that fits decides, the most binding first: what is written into one piece with the number, then the
unit after it, then the word before it. Where no cue speaks, a number is a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain

from summarizer.language.folding import is_dense
from summarizer.language.number_words import Number
from summarizer.language.numerals import Shape
from summarizer.language.quantity_lexicon import Lexicon
from summarizer.language.quantity_tokens import Sort, Token, is_ideograph


class QuantityKind(StrEnum):
    """What kind of thing a number measures or names."""

    COUNT = "count"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    TIME = "time"
    AGE = "age"
    DURATION = "duration"
    PERCENTAGE = "percentage"
    MONEY = "money"
    DISTANCE = "distance"  # any measure: length, area, weight, temperature
    CALIBER_OR_MODEL = "caliber_or_model"  # 155 mm, F-16, Covid-19, Resolution 2334
    OTHER = "other"


# These name a point, not an amount: "до" before a date is "until", not "up to".
POINTS = frozenset(
    {QuantityKind.ORDINAL, QuantityKind.YEAR, QuantityKind.DATE, QuantityKind.TIME, QuantityKind.CALIBER_OR_MODEL}
)

_SIGNS = {
    "percent_after": "%‰",
    "money_after": "$€£₽₴¥₺₪₹﷼",
    "money_before": "$€£₽₴¥₺₪₹",
    "label_before": "№#§",
    "distance_after": "°℃",
}
_OLDEST = 120


class Place:
    """A number (or range) among its neighbours, and the questions that cues ask of them."""

    def __init__(self, numbers: Sequence[Number], tokens: Sequence[Token], lexicon: Lexicon) -> None:
        """`numbers` is one number, or the two ends of a range."""
        self.numbers, self.tokens, self.lexicon = numbers, tokens, lexicon
        self.number = numbers[-1]
        self.first, self.last = numbers[0].first, numbers[-1].last
        self.before = tokens[self.first - 1] if self.first and not tokens[self.first].broken else None
        following = tokens[self.last] if self.last < len(tokens) else None
        self.after = None if following is None or following.broken else following

    def is_before(self, name: str) -> bool:
        """Whether a phrase of the cue list `name` stands right before."""
        return self.before is not None and self._has(name, self.first - 1)

    def is_after(self, name: str) -> bool:
        """Whether a phrase of the cue list `name` follows, after a hyphen or an `of` at most."""
        if self.after is None:
            return False
        spots = {self.last}
        if self.after.key in ("-", "–") and self.after.glued:
            spots.add(self.last + 1)
        for spot in tuple(spots):
            joined = self.lexicon.of.match(self.tokens, spot) if spot < len(self.tokens) else None
            if joined:
                spots.add(spot + joined[0])
        return any(self._has(name, spot) for spot in spots)

    def _has(self, name: str, at: int) -> bool:
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        if token.sort is Sort.MARK and token.key in _SIGNS.get(name, ""):
            return True
        found = self.lexicon.kinds.get(name) or self.lexicon.nouns.get(name)
        return found is not None and found.match(self.tokens, at) is not None

    @property
    def whole(self) -> int | None:
        """The number where it is a whole one in plain words or digits."""
        value = self.number.value
        return int(value) if value is not None and value.denominator == 1 else None

    @property
    def bare(self) -> bool:
        """Whether it is written in digits without group marks."""
        return all(n.literal is not None and n.literal.shape is Shape.INTEGER for n in self.numbers)


def kind_of(numbers: Sequence[Number], tokens: Sequence[Token], lexicon: Lexicon) -> QuantityKind:
    """The kind of one number, or of the two ends of a range."""
    place = Place(numbers, tokens, lexicon)
    rules = (_by_shape, _by_attachment, _by_unit, _by_calendar, _by_context)
    fitting = chain.from_iterable(rule(place) for rule in rules)
    value = place.number.value
    return next(fitting, QuantityKind.OTHER if value is not None and value.denominator != 1 else QuantityKind.COUNT)


def counts_despite_year(number: Number, tokens: Sequence[Token], lexicon: Lexicon, *, bounded: bool) -> bool:
    """Whether a hedged number that looks like a year is a count: it is `bounded`, or its noun follows."""
    place = Place([number], tokens, lexicon)
    return not place.is_after("year_after") and (bounded or is_counted(place))


def _by_shape(place: Place) -> Iterator[QuantityKind]:
    literal = place.number.literal
    if place.number.fraction:
        yield QuantityKind.OTHER
    elif literal is not None and literal.shape is Shape.DATE:
        yield QuantityKind.DATE
    elif literal is not None and literal.shape is Shape.TIME:
        yield QuantityKind.TIME
    elif literal is not None and literal.shape is Shape.SECTION:
        yield QuantityKind.PERCENTAGE if place.is_after("percent_after") else QuantityKind.OTHER


def _by_attachment(place: Place) -> Iterator[QuantityKind]:
    """Letters written into one piece with the number: 8th, F-16, G7, 3D."""
    number, after = place.number, place.after
    if place.is_before("ordinal_prefix_before"):
        yield QuantityKind.ORDINAL
    if number.ordinal:
        dated = place.is_after("months") or place.is_before("months_before")
        yield QuantityKind.DATE if dated else QuantityKind.ORDINAL
    if number.literal is None:
        return
    if _is_model(place):
        yield QuantityKind.YEAR if _is_year(place) else QuantityKind.CALIBER_OR_MODEL
    if after is None or not after.glued:
        return
    if place.is_after("ordinal_after") and (after.key != "." or _dotted(place)):
        if _is_year(place):
            yield QuantityKind.YEAR
        yield QuantityKind.DATE if _month_follows(place) else QuantityKind.ORDINAL
    if after.sort is Sort.WORD and not is_ideograph(after.key):
        yield from _by_unit(place)
        yield from _by_calendar(place)
        if place.is_after("decade_after") and place.bare:
            yield QuantityKind.YEAR
        # `2S19` is a model; where particles are written together with words, a letter may be one.
        if after.key.isascii() or not (place.lexicon.spelling.particles or is_dense(after.key[0])):
            yield QuantityKind.CALIBER_OR_MODEL


def _dotted(place: Place) -> bool:
    """`am 8. Tag`, `8. gün`: a full stop that ends no sentence, since a small letter or an article says so."""
    if place.after is None or place.after.key != "." or place.last + 1 >= len(place.tokens):
        return False
    following = place.tokens[place.last + 1]
    if following.sort is not Sort.WORD or following.glued or following.broken:
        return False
    return not following.capital or place.is_before("ordinal_before") or _month_follows(place)


def _month_follows(place: Place) -> bool:
    for skipped in range(1, 4):
        at = place.last + skipped
        if at < len(place.tokens) and place.lexicon.kinds["months"].match(place.tokens, at):
            return True
    return False


def _is_model(place: Place) -> bool:
    tokens, first = place.tokens, place.first
    before = place.before
    if before is None or not tokens[first].glued:
        return False
    if before.key == "-" and before.glued and first >= 2:
        before = tokens[first - 2]
    elif before.sort is not Sort.WORD:
        return False
    particle = before.key in place.lexicon.spelling.particles
    if before.sort is not Sort.WORD or particle or (is_ideograph(before.key) and before is place.before):
        return False
    return place.lexicon.of.match(tokens, first - 1) is None and not place.is_before("money_before")


def _by_unit(place: Place) -> Iterator[QuantityKind]:
    """The unit after the number, or the sign before it."""
    if place.is_after("percent_after") or place.is_before("percent_before"):
        yield QuantityKind.PERCENTAGE
    if place.is_before("money_before") or place.is_after("money_after"):
        yield QuantityKind.MONEY
    if place.is_before("caliber_before") or place.is_after("caliber_after"):
        yield QuantityKind.CALIBER_OR_MODEL
    if place.is_after("distance_after"):
        yield QuantityKind.DISTANCE


def _by_calendar(place: Place) -> Iterator[QuantityKind]:
    """Ages, days, hours, years and spans of time."""
    whole = place.whole
    day = whole is not None and 1 <= whole <= 31
    if day and (place.is_after("months") or place.is_after("date_after")):
        yield QuantityKind.DATE
    if place.is_before("label_before"):
        yield QuantityKind.CALIBER_OR_MODEL
    if place.is_after("age_after") or (place.is_before("age_before") and whole is not None and whole <= _OLDEST):
        yield QuantityKind.AGE
    # "vendredi 12" is a date, "vendredi une douzaine" none.
    dated = place.number.literal is not None or place.lexicon.positional
    if (
        day
        and not is_counted(place)
        and (place.is_before("months_before") or (dated and place.is_before("date_before")))
    ):
        yield QuantityKind.DATE
    if place.is_after("time_after") or _is_hour(place):
        yield QuantityKind.TIME
    if place.is_after("year_after") and whole is not None and 1000 <= whole <= 2999:
        yield QuantityKind.YEAR
    if _is_year(place) and place.is_before("months_before"):
        yield QuantityKind.YEAR
    if place.is_after("duration_after") and not is_unit_compound(place.number, place.tokens, place.lexicon):
        aged = place.is_after("years") and (_is_apposition(place, unit=True) or _follows_person(place))
        yield QuantityKind.AGE if aged else QuantityKind.DURATION


def is_unit_compound(number: Number, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """`two night guards`, `three day-shift workers`: a unit of time that is one word with the people after it."""
    at = number.last
    unit = lexicon.units.match(tokens, at) if at < len(tokens) and not tokens[at].broken else None
    after = at + unit[0] if unit else len(tokens)
    if after >= len(tokens) or tokens[after].broken:
        return False
    people = (lexicon.person if number.value == 1 else lexicon.people).match(tokens, after)
    end = after + people[0] if people else len(tokens)
    return people is not None and not (end < len(tokens) and tokens[end].key == "'")  # "a two day workers' strike"


def _follows_person(place: Place) -> bool:
    """`мужчина 34 лет`: years right after a noun for people are their age."""
    nouns = (place.lexicon.nouns.get(name) for name in ("any", "one"))
    before = place.first - 1
    return place.before is not None and any(n and (m := n.match(place.tokens, before)) and m[0] == 1 for n in nouns)


def _is_hour(place: Place) -> bool:
    """`à 14 heures`, `alle 14.30`: a number of the clock after the word that goes with one."""
    if place.whole is None:
        if place.number.literal is None:
            return False
    elif place.whole > 24:
        return False
    if place.is_before("time_before") and place.is_after("hours"):
        return True
    return place.is_before("clock_before") and not is_counted(place)


def _is_apposition(place: Place, *, unit: bool) -> bool:
    """`Olena, 34,` and `Olena (34)`: a number between two commas or brackets, right after a name or a noun."""
    first = place.first
    joined = place.lexicon.of.match(place.tokens, first - 1) if unit and first else None
    first -= joined[0] if joined else 0
    before = place.tokens[first - 1] if first >= 2 else None
    if before is None or before.key not in (",", "(", "،", "，", "（"):
        return False
    if place.tokens[first - 2].sort is not Sort.WORD:
        return False
    at = place.last + (1 if unit else 0)
    after = place.tokens[at] if at < len(place.tokens) else None
    closing = (")", "）") if before.key in ("(", "（") else (",", ".", "،", "，")
    whole = place.whole
    return after is not None and after.key in closing and whole is not None and 1 <= whole <= _OLDEST


def is_counted(place: Place) -> bool:
    """Whether a noun for people or things that are counted follows."""
    return place.is_after("any") or place.is_after("one")


def _is_year(place: Place) -> bool:
    whole = place.whole
    if whole is None or not (place.bare or place.lexicon.positional):
        return False
    return 1900 <= whole <= 2099 and (place.number.literal is None or place.number.literal.digits == 4)


def _by_context(place: Place) -> Iterator[QuantityKind]:
    """Years by their shape and neighbours, repetitions, parts of compounds, list numbers, ages in apposition."""
    whole, after = place.whole, place.after
    if place.is_before("year_before") and whole is not None and 1000 <= whole <= 2099 and place.bare:
        yield QuantityKind.YEAR
    if _is_year(place) and not is_counted(place):
        yield QuantityKind.YEAR
    if place.is_after("other_after") or place.is_before("other_before"):
        yield QuantityKind.OTHER
    if _is_list_number(place):
        yield QuantityKind.OTHER
    if after is not None and after.key in ("-", "–") and after.glued and _next_glued(place):
        yield QuantityKind.COUNT if is_counted(place) else QuantityKind.OTHER
    if place.bare and _is_capitalised(place) and _is_apposition(place, unit=False):
        yield QuantityKind.AGE


def _next_glued(place: Place) -> bool:
    following = place.last + 1
    return following < len(place.tokens) and place.tokens[following].glued and place.tokens[following].sort is Sort.WORD


def _is_capitalised(place: Place) -> bool:
    return place.first >= 2 and place.tokens[place.first - 2].capital


def _is_list_number(place: Place) -> bool:
    """`1. Two soldiers ...` at the start of a paragraph."""
    starts = place.first == 0 or place.tokens[place.first].broken
    after = place.after
    if not (starts and place.bare and after is not None and after.key in (".", ")") and after.glued):
        return False
    return place.last + 1 < len(place.tokens) and not place.tokens[place.last + 1].broken
