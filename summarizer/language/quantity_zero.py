"""The places where a text says that there were none: `no casualties`, `aucune victime`, `жертв нет`."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.language.quantity_lexicon import Lexicon
from summarizer.language.quantity_tokens import Sort, Token

# "no confirmed civilian casualties": so many words may stand between.
_LONGEST_GAP = 3


def zeros(tokens: Sequence[Token], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Start and end (characters) of the word for none, wherever it plainly counts people or damage."""
    found: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if token.sort is Sort.NUMBER:
            continue
        phrase = lexicon.zero.match(tokens, at)
        if phrase is not None:
            first, last = phrase[1]
            found.append((tokens[at + first].start, tokens[at + last - 1].end))
            continue
        determiner = lexicon.nothing.match(tokens, at)
        if determiner is not None and _counts(tokens, at + determiner[0], lexicon):
            found.append((token.start, tokens[at + determiner[0] - 1].end))
    return found


def _counts(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a noun for casualties follows, after nothing but words that change no count."""
    for _ in range(_LONGEST_GAP):
        if at >= len(tokens) or tokens[at].broken:
            return False
        if lexicon.nothing_nouns.match(tokens, at):
            return True
        between = lexicon.nothing_between.match(tokens, at)
        if between is None:
            return False
        at += between[0]
    return at < len(tokens) and lexicon.nothing_nouns.match(tokens, at) is not None
