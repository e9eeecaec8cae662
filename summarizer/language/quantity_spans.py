"""Numbers joined with what belongs to them: two ends of a range, and the hedge before or after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.language.number_words import Number, read_number
from summarizer.language.numerals import Shape
from summarizer.language.quantity_kinds import QuantityKind, is_unit_compound, kind_of
from summarizer.language.quantity_lexicon import Lexicon
from summarizer.language.quantity_phrases import Phrases
from summarizer.language.quantity_tokens import Sort, Token
from summarizer.schema.codes import Hedge

# How far back a verb of change may stand from "from 30 to 40".
_CHANGE_REACH = 6
_BOUNDS = (Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN)


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `first` to `last` (exclusive): one number or the two ends of a range, with their hedge."""

    first: int
    last: int
    numbers: tuple[Number, ...]
    hedge: Hedge
    hedged: bool  # whether the hedge has words of its own


def spans(tokens: Sequence[Token], lexicon: Lexicon) -> list[Span]:
    """All numbers of the text with their hedges, in order."""
    numbers = _numbers(tokens, lexicon)
    found: list[Span] = []
    index, floor, barred = 0, 0, 0
    while index < len(numbers):
        number = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        ceiling = second.first if second else len(tokens)
        span = _range(tokens, number, second, lexicon) if second else None
        if second and span is None and _is_changed(tokens, number, second, lexicon):
            # "с 30 до 40": what stands between them is no hedge of the second.
            barred = second.first
        if span is not None:
            index += 1
            ceiling = numbers[index + 1].first if index + 1 < len(numbers) else len(tokens)
        else:
            span = _hedged(tokens, number, max(floor, barred if barred <= number.first else 0), ceiling, lexicon)
        index += 1
        span = _widened(tokens, span, floor, lexicon)
        if _stands(tokens, span, lexicon):
            found.append(span)
            floor = span.last
    return found


def _numbers(tokens: Sequence[Token], lexicon: Lexicon) -> list[Number]:
    numbers: list[Number] = []
    at = 0
    while at < len(tokens):
        # "no one", 百分之: a number word that is no number.
        stop = lexicon.stops.match(tokens, at)
        if stop:
            at += stop[0]
            continue
        number = read_number(tokens, at, lexicon)
        if number is None:
            if tokens[at].sort is Sort.NUMBER:
                numbers.append(Number(at, at + 1, None, literal=tokens[at].literal))
            at += 1
            continue
        numbers.append(number)
        unit = lexicon.kinds["percent_after"].match(tokens, number.last) if "percent_after" in lexicon.kinds else None
        at = number.last + (unit[0] if unit else 0)
    return numbers


def _range(tokens: Sequence[Token], low: Number, high: Number, lexicon: Lexicon) -> Span | None:
    """`between 30 and 40`, `30 to 40`, `30-40 thousand`, 三四十: two numbers, the smaller first."""
    if low.value is None or high.value is None or low.ordinal != high.ordinal or low.vague or high.vague:
        return None
    first, change = _opening(tokens, low, high, lexicon)
    if first is None and not _infixed(tokens, low, high, lexicon):
        return None
    if change or (first is None and _is_change(tokens, low.first, lexicon)):
        return None
    low = _shared(low, high, adjacent=low.last == high.first)
    if low.value is None or low.value >= high.value or _are_years(low, high):
        return None
    start = low.first if first is None else first
    return Span(start, high.last, (low, high), Hedge.RANGE, hedged=True)


def _opening(tokens: Sequence[Token], low: Number, high: Number, lexicon: Lexicon) -> tuple[int | None, bool]:
    """Where `between` or `from` stands, if its `and` or `to` stands after `low`; and whether they tell a change."""
    if low.first == 0 or tokens[low.first].broken:
        return None, False
    found = lexicon.openings.match(tokens, low.first - 1)
    if found is None:
        return None, False
    length, (closings, change) = found
    closing = _between(tokens, low, high, closings)
    if not closing:
        return None, False
    return low.first - length, change or _is_change(tokens, low.first - length, lexicon)


def _is_changed(tokens: Sequence[Token], low: Number, high: Number, lexicon: Lexicon) -> bool:
    first, change = _opening(tokens, low, high, lexicon)
    return first is not None and change


def _between(tokens: Sequence[Token], low: Number, high: Number, closings: Phrases[str]) -> bool:
    """Whether one of `closings` fills the gap between the numbers, but for a noun that both share."""
    for at in (low.last, low.last + 1):
        if at >= high.first or (at > low.last and tokens[low.last].sort is not Sort.WORD):
            return False
        found = closings.match(tokens, at)
        if found and at + found[0] == high.first:
            return True
    return False


def _infixed(tokens: Sequence[Token], low: Number, high: Number, lexicon: Lexicon) -> bool:
    if low.last == high.first:
        return lexicon.positional and _is_neighbour(low, high) and tokens[high.first].glued
    found = lexicon.infixes.match(tokens, low.last)
    if found is None or low.last + found[0] != high.first or tokens[high.first].broken:
        return False
    dash = tokens[low.last]
    if dash.sort is not Sort.MARK:
        return True
    # A dash with spaces parts sentences; 141-5-35 is a vote, not a range.
    chained = high.last < len(tokens) and tokens[high.last].key == dash.key and tokens[high.last].glued
    chained = chained or (low.first > 0 and tokens[low.first - 1].key == dash.key and tokens[low.first].glued)
    spaced = dash.key != "-" and not (dash.glued and tokens[high.first].glued)
    return not (chained and _next_is_number(tokens, high)) and not spaced


def _next_is_number(tokens: Sequence[Token], number: Number) -> bool:
    return number.last + 1 < len(tokens) and tokens[number.last + 1].sort is Sort.NUMBER


def _is_neighbour(low: Number, high: Number) -> bool:
    """三 before 四十: the digits of `three or four tens`."""
    if low.words != 1 or low.value is None or high.leading is None or low.literal or high.literal:
        return False
    return 1 <= low.value <= 8 and high.leading == low.value + 1


def _shared(low: Number, high: Number, *, adjacent: bool) -> Number:
    """`30 to 40 thousand`: the scale word counts for both."""
    if low.value is None or high.value is None or not high.leading or high.words < 2:
        return low
    scale = high.value / high.leading
    shares = low.words == 1 and scale >= 100 and low.value < high.leading
    return replace(low, value=low.value * scale) if shares or adjacent else low


def _are_years(low: Number, high: Number) -> bool:
    """`2014-2022` is two years."""
    literals = [number.literal for number in (low, high)]
    if any(literal is None or literal.shape is not Shape.INTEGER or literal.digits != 4 for literal in literals):
        return False
    return all(number.value is not None and 1900 <= number.value <= 2099 for number in (low, high))


def _is_change(tokens: Sequence[Token], before: int, lexicon: Lexicon) -> bool:
    """`rose from 30 to 40`: two numbers at two times, no range."""
    for at in range(before - 1, max(before - 1 - _CHANGE_REACH, -1), -1):
        if tokens[at + 1].broken or tokens[at].key in (".", ";", "!", "?"):
            return False
        if lexicon.change_words.match(tokens, at):
            return True
    return False


def _hedged(tokens: Sequence[Token], number: Number, floor: int, ceiling: int, lexicon: Lexicon) -> Span:
    first, hedge = _hedge_before(tokens, number, floor, lexicon)
    last = number.last
    if hedge is None:
        last, hedge = _hedge_after(tokens, number, floor, ceiling, lexicon)
    if hedge is None and not _literal_is_glued(tokens, number):
        first, hedge = _inverted(tokens, number, floor, lexicon)
    stated = hedge
    if number.vague and not (number.unless_hedged and hedge is not None):
        return Span(first, last, (number,), Hedge.VAGUE, hedged=hedge is not None)
    if hedge in (None, Hedge.ABOUT) and number.more:
        hedge = Hedge.MORE_THAN
    if hedge is None and number.about:
        hedge = Hedge.ABOUT
    return Span(first, last, (replace(number, vague=False),), hedge or Hedge.EXACT, hedged=stated is not None)


def _literal_is_glued(tokens: Sequence[Token], number: Number) -> bool:
    return tokens[number.first].glued


def _hedge_before(tokens: Sequence[Token], number: Number, floor: int, lexicon: Lexicon) -> tuple[int, Hedge | None]:
    """The hedges before a number, fillers between them skipped; of two, the one that gives a bound counts."""
    first, best = number.first, None
    at = number.first
    for _ in range(3):
        if at == 0 or tokens[at].broken:
            break
        found = lexicon.before.match(tokens, at - 1)
        if found and at - found[0] >= floor:
            if _is_no_hedge(tokens, at - 1, found[0], lexicon, beside=best is not None):
                break
            at -= found[0]
            if tokens[at].sort is Sort.MARK and at > floor and tokens[at].glued and tokens[at - 1].sort is Sort.WORD:
                break
            first, best = at, _stronger(found[1], best)
            continue
        filler = lexicon.fillers.match(tokens, at - 1)
        if filler is None or at - filler[0] < floor:
            break
        at -= filler[0]
    return first, best


def _is_no_hedge(tokens: Sequence[Token], at: int, length: int, lexicon: Lexicon, *, beside: bool) -> bool:
    """`handed over about 40`, `turned over 40`: the last word of a verb, not a hedge; `beside`: another one follows."""
    alone = lexicon.alone.match(tokens, at) if beside else None
    verb = lexicon.no_hedges.match(tokens, at)
    return (alone is not None and alone[0] == length) or (verb is not None and verb[0] > length)


def _stronger(outer: Hedge, inner: Hedge | None) -> Hedge:
    return inner if inner in _BOUNDS and outer not in _BOUNDS else outer


def _hedge_after(
    tokens: Sequence[Token], number: Number, floor: int, ceiling: int, lexicon: Lexicon
) -> tuple[int, Hedge | None]:
    """`142 500 au moins`, `100 or more`, `一百多`; one noun may stand between: `40人以上`."""
    noun = 0
    if number.last < ceiling and not tokens[number.last].broken:
        for name in ("one", "any"):
            nouns = lexicon.nouns.get(name)
            joined = lexicon.of.match(tokens, number.last)
            skipped = joined[0] if joined else 0
            match = nouns.match(tokens, number.last + skipped) if nouns else None
            noun = max(noun, skipped + match[0] if match else 0)
    for at in dict.fromkeys((number.last, number.last + noun)):
        if at >= ceiling or tokens[at].broken:
            continue
        found = lexicon.after.match(tokens, at)
        # A hedge right before the next number is that number's.
        if (
            found
            and at + found[0] <= ceiling
            and (at + found[0] < ceiling or ceiling == len(tokens) or tokens[ceiling].broken)
        ):
            return at + found[0], found[1]
    return number.last, None


def _inverted(tokens: Sequence[Token], number: Number, floor: int, lexicon: Lexicon) -> tuple[int, Hedge | None]:
    """`человек сорок`: the noun before its number says about, unless it has a number of its own."""
    at = number.first - 1
    if at < floor or at < 0 or tokens[number.first].broken or number.ordinal:
        return number.first, None
    found = lexicon.inverted.match(tokens, at)
    if found is None or at + 1 - found[0] < floor or at + 1 - found[0] == floor != 0:
        return number.first, None
    return at + 1 - found[0], Hedge.ABOUT


def _widened(tokens: Sequence[Token], span: Span, floor: int, lexicon: Lexicon) -> Span:
    """`des dizaines`: the article before a vague word belongs to it."""
    if span.hedge is not Hedge.VAGUE or span.first <= floor or tokens[span.first].broken:
        return span
    found = lexicon.vague_determiners.match(tokens, span.first - 1)
    return replace(span, first=span.first - found[0]) if found and span.first - found[0] >= floor else span


def _stands(tokens: Sequence[Token], span: Span, lexicon: Lexicon) -> bool:
    """Whether this is a number at all: `un` may be an article, `neuf` may be new, 三 part of a name."""
    number = span.numbers[0]
    if len(span.numbers) > 1 or not (number.one or number.weak):
        return True
    names = ("one",) if number.one else ("one", "any")
    for name in names:
        nouns = lexicon.nouns.get(name)
        if nouns and number.last < len(tokens) and not tokens[number.last].broken and nouns.match(tokens, number.last):
            return True
    before = lexicon.nouns.get("one_before")
    called = before and number.first > 0 and before.match(tokens, number.first - 1)
    if called or is_unit_compound(number, tokens, lexicon):
        return True
    if number.one:
        return span.hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN)
    if span.hedged or _is_bracketed(tokens, number):
        return True
    return kind_of(span.numbers, tokens, lexicon) not in (
        QuantityKind.COUNT,
        QuantityKind.CALIBER_OR_MODEL,
        QuantityKind.OTHER,
    )


def _is_bracketed(tokens: Sequence[Token], number: Number) -> bool:
    """`100 (yüz) kişi`: nothing else stands between the brackets, as where a number is told again in words."""
    around = tokens[max(0, number.first - 1) : number.last + 1]
    return len(around) == number.last - number.first + 2 and (around[0].key, around[-1].key) == ("(", ")")
