"""Shares told in small numbers: "one in three", "un habitant sur trois", "uno de cada tres", 每三人中就有一人.

Neither number of a share counts anybody. The words are `[quantities.shares]`: `every` stands before the whole whatever
comes before it ("every", "cada"); `between` joins the part to its whole, a noun of `nouns` between them at most ("sur");
`single` does so for one ("one person in ten"), and `of` only before ten, a hundred or a thousand, since "three of five
soldiers" are three soldiers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.language.number_words import Number
from summarizer.language.quantity_kinds import Place, QuantityKind, is_counted
from summarizer.language.quantity_lexicon import Lexicon
from summarizer.language.quantity_phrases import Phrases
from summarizer.language.quantity_tokens import Sort, Token

_WHOLES = frozenset({*range(2, 11), 12, 20, 100, 1000})
_ROUND = frozenset({10, 100, 1000})
_AHEAD = 6
"""Tokens: how far after "of every five children" its part may stand ("there are two")."""

Groups = Sequence[Sequence[Number]]


def without_shares(
    groups: Groups, kinds: Sequence[QuantityKind], tokens: Sequence[Token], lexicon: Lexicon
) -> list[QuantityKind]:
    """The kinds of all numbers, where both numbers of a share count nothing."""
    found = list(kinds)
    if not lexicon.shares.known:
        return found
    for at, group in enumerate(groups):
        if found[at] is QuantityKind.COUNT and len(group) == 1:
            for other in _shares(at, groups, tokens, lexicon):
                if found[other] is QuantityKind.COUNT:
                    found[other] = QuantityKind.OTHER
    return found


def _shares(at: int, groups: Groups, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[int]:
    """The numbers, by their place in `groups`, of the share whose whole is number `at`; none where it is no such whole."""
    whole, words = groups[at][0], lexicon.shares
    if whole.first == 0 or tokens[whole.first].broken:
        return
    every = words.every.match(tokens, whole.first - 1)
    if every is not None:
        yield at
        before = _part_before(at, whole.first - every[0], groups, tokens, words.nouns)
        ahead = _part_ahead(at, groups, tokens) if before is None else None
        yield from (other for other in (before, ahead) if other is not None and _is_part(groups, other, whole))
        return
    for joiners, wholes, largest in (
        (words.between, _WHOLES, 1000),
        (words.single, _WHOLES, 1),
        (words.of, _ROUND, 1000),
    ):
        joiner = joiners.match(tokens, whole.first - 1)
        if joiner is not None and whole.value in wholes:
            yield from _joined(at, whole.first - joiner[0], largest, groups, tokens, lexicon)
            return


def _joined(
    at: int, end: int, largest: int, groups: Groups, tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[int]:
    """Both numbers, where a part up to `largest`, or a word for one that is no number elsewhere, ends at token `end`."""
    noun = lexicon.shares.nouns.match(tokens, end - 1) if end else None
    counted = is_counted(Place(groups[at], tokens, lexicon))
    for length in dict.fromkeys((0, noun[0] if noun else 0)):
        if length and counted:
            continue  # "two people in three attacks"
        part = at - 1 if at and groups[at - 1][-1].last == end - length else None
        if part is not None and _is_part(groups, part, groups[at][0]):
            if (groups[part][-1].value or 0) <= largest:
                yield from (at, part)
        elif part is None and _is_one(tokens, end - length - 1, lexicon):
            yield at


def _part_before(at: int, end: int, groups: Groups, tokens: Sequence[Token], nouns: Phrases[str]) -> int | None:
    noun = nouns.match(tokens, end - 1) if end else None
    fits = at > 0 and groups[at - 1][-1].last in (end, end - (noun[0] if noun else 0))
    return at - 1 if fits else None


def _part_ahead(at: int, groups: Groups, tokens: Sequence[Token]) -> int | None:
    """The number after "of every five children", in the same breath."""
    if at + 1 >= len(groups):
        return None
    between = tokens[groups[at][-1].last : groups[at + 1][0].first]
    plain = len(between) <= _AHEAD and all(one.sort is Sort.WORD and not one.broken for one in between)
    return at + 1 if plain else None


def _is_part(groups: Groups, at: int, whole: Number) -> bool:
    value = groups[at][-1].value
    return value is not None and whole.value is not None and value < whole.value


def _is_one(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    found = lexicon.words.match(tokens, at) if at >= 0 else None
    return found is not None and found[0] == 1 and found[1].add == 1
