"""Every number that a text states, in any language: its worth, its hedge, and what kind of thing it counts.

The hedges and the bounds that they give follow CODEBOOK.md's table for humanitarian figures. No margin is
invented: a bound is None where the words give none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.number_words import Number
from summarizer.language.quantity_kinds import POINTS, QuantityKind, counts_despite_year, kind_of
from summarizer.language.quantity_lexicon import Lexicon, lexicon
from summarizer.language.quantity_shares import without_shares
from summarizer.language.quantity_sharing import shared_kinds
from summarizer.language.quantity_spans import Span, spans
from summarizer.language.quantity_tokens import Token, tokenize
from summarizer.language.quantity_zero import zeros
from summarizer.schema.codes import Hedge

__all__ = ["QuantityKind", "QuantityMention", "bounds", "find_quantities"]


_BOUNDED = (Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.LESS_THAN, Hedge.NEARLY)


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number as it stands in the text, with its hedge; `text[start:end] == as_written`."""

    start: int
    end: int
    as_written: str
    number_start: int
    number_end: int
    value: int | None
    low: int | None
    high: int | None
    hedge: Hedge
    derived: bool
    kind: QuantityKind


def find_quantities(text: str, language: str) -> list[QuantityMention]:
    """All numbers of `text` in order, none overlapping another. `language` is BCP 47; any string will do.

    A number that is no whole one ("2.5 percent", "3.2.1") is given with value None, so that it is known to be there.
    """
    words = lexicon(language)
    tokens = tokenize(text, words.spelling)
    joined = spans(tokens, words)
    groups = [span.numbers for span in joined]
    kinds = shared_kinds(groups, [kind_of(numbers, tokens, words) for numbers in groups], tokens, words)
    kinds = without_shares(groups, kinds, tokens, words)
    found = [_mention(text, tokens, span, kind, words) for span, kind in zip(joined, kinds, strict=True)]
    none = [
        QuantityMention(start, end, text[start:end], start, end, 0, None, None, Hedge.EXACT, False, QuantityKind.COUNT)
        for start, end in zeros(tokens, words)
    ]
    return _merged(found, none)


def bounds(
    hedge: Hedge, value: int | None, low: int | None, high: int | None
) -> tuple[int | None, int | None, int | None]:
    """Value, low and high as the codebook's table has them for `hedge`.

    `value` is the number stated; `low` and `high` are the two ends of a range, `low` the convention for a vague word.
    """
    if hedge is Hedge.RANGE:
        return None, low, high
    if hedge is Hedge.VAGUE:
        return None, low, None
    if hedge in (Hedge.AT_LEAST, Hedge.MORE_THAN):
        return value, value, None
    if hedge in (Hedge.AT_MOST, Hedge.LESS_THAN, Hedge.NEARLY):
        return value, None, value
    return value, None, None


def _mention(text: str, tokens: Sequence[Token], span: Span, kind: QuantityKind, words: Lexicon) -> QuantityMention:
    numbers = span.numbers
    hedge, first, last = span.hedge, span.first, span.last
    if kind is QuantityKind.YEAR and span.hedged:
        # "around 2014" may be a time, "more than 2000" is none; nor is "2000'e yakın", hedged from behind.
        bounded = hedge in _BOUNDED or last > numbers[-1].last
        if counts_despite_year(numbers[-1], tokens, words, bounded=bounded):
            kind = QuantityKind.COUNT
    if kind in POINTS and hedge not in (Hedge.RANGE, Hedge.VAGUE):
        hedge, first, last = Hedge.EXACT, numbers[0].first, numbers[-1].last
    low, high = (_whole(numbers[0]), _whole(numbers[-1])) if hedge in (Hedge.RANGE, Hedge.VAGUE) else (None, None)
    value, low, high = bounds(hedge, _whole(numbers[-1]), low, high)
    start, end = tokens[first].start, tokens[last - 1].end
    return QuantityMention(
        start,
        end,
        text[start:end],
        tokens[numbers[0].first].start,
        tokens[numbers[-1].last - 1].end,
        value,
        low,
        high,
        hedge,
        hedge is Hedge.VAGUE,
        kind,
    )


def _whole(number: Number) -> int | None:
    value = number.value
    if value is None or number.fraction:
        return None
    return int(value) if value.denominator == 1 else None


def _merged(found: list[QuantityMention], none: list[QuantityMention]) -> list[QuantityMention]:
    """Both lists in order; where two overlap, the one that begins first stays."""
    merged: list[QuantityMention] = []
    for mention in sorted([*found, *none], key=lambda m: (m.start, -m.end)):
        if not merged or mention.start >= merged[-1].end:
            merged.append(mention)
    return merged
