"""Numbers side by side that share one unit or cue: "6 and 9 years", "14 and 15 April", "resolutions 242 and 338"."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.language.number_words import Number
from summarizer.language.quantity_kinds import Place, QuantityKind, is_counted
from summarizer.language.quantity_lexicon import Lexicon
from summarizer.language.quantity_tokens import Sort, Token

_SHARED_FROM_NEXT = frozenset(
    {
        QuantityKind.AGE,
        QuantityKind.DURATION,
        QuantityKind.PERCENTAGE,
        QuantityKind.MONEY,
        QuantityKind.DISTANCE,
        QuantityKind.DATE,
    }
)
_SHARED_FROM_LAST = frozenset({QuantityKind.AGE, QuantityKind.DATE, QuantityKind.CALIBER_OR_MODEL})


def shared_kinds(
    groups: Sequence[Sequence[Number]], kinds: Sequence[QuantityKind], tokens: Sequence[Token], lexicon: Lexicon
) -> list[QuantityKind]:
    """The kinds of all numbers, where those joined by `and` or a comma share the cue that only one of them has."""
    found = list(kinds)
    for at in range(len(found) - 2, -1, -1):
        low, high = groups[at][-1], groups[at + 1][0]
        if found[at] is not QuantityKind.COUNT or found[at + 1] not in _SHARED_FROM_NEXT or low.literal is None:
            continue
        if _coordinated(low, high, tokens, lexicon) or (
            found[at + 1] is QuantityKind.DATE and _next_day(low, high, tokens)
        ):
            found[at] = found[at + 1]
    for at in range(1, len(found)):
        place = Place(groups[at], tokens, lexicon)
        later = found[at] is QuantityKind.COUNT and place.bare and not is_counted(place)
        years = found[at] is QuantityKind.DURATION and found[at - 1] is QuantityKind.AGE and place.is_after("years")
        shares = (later and found[at - 1] in _SHARED_FROM_LAST) or years
        if shares and _coordinated(groups[at - 1][-1], groups[at][0], tokens, lexicon):
            found[at] = found[at - 1]
    return found


def _next_day(low: Number, high: Number, tokens: Sequence[Token]) -> bool:
    """`nella notte tra l'1 e il 2 marzo`, `z 1 na 2 marca`: two days that follow one another."""
    between = tokens[low.last : high.first]
    plain = len(between) <= 3 and all(token.sort is Sort.WORD and not token.broken for token in between)
    return plain and low.value is not None and high.value == low.value + 1


def _coordinated(low: Number, high: Number, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    if tokens[high.first].broken or low.last >= len(tokens):
        return False
    if low.last + 1 == high.first and tokens[low.last].key == ",":
        return True
    found = lexicon.coordinators.match(tokens, low.last)
    return found is not None and low.last + found[0] == high.first
