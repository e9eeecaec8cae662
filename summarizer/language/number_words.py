"""Numbers in words, or in digits with scale words, read from tokens by one grammar for all languages.

This module finds the words; what they amount to is the arithmetic of `number_reading`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from summarizer.language.number_reading import LARGEST, OF, Reading
from summarizer.language.numerals import Literal
from summarizer.language.quantity_lexicon import LONGEST_COMPOUND, Lexicon, Word
from summarizer.language.quantity_tokens import VULGAR_FRACTIONS, Sort, Token, is_ideograph

# No language's number has more words than this; it bounds the work at each place.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Number:
    """One number: tokens `first` to `last` (exclusive) and what they are worth."""

    first: int
    last: int
    value: Fraction | None
    literal: Literal | None = None  # where it is digits and nothing else
    leading: Fraction | None = None  # 40 in "40 thousand"
    words: int = 1
    about: bool = False
    vague: bool = False
    unless_hedged: bool = False  # тысячи: thousands, but about one thousand after около
    ordinal: bool = False
    fraction: bool = False
    more: bool = False
    one: bool = False
    weak: bool = False


def read_number(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Number | None:
    """The number that begins at token `at`, as long as it can be, or None."""
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        return _read_plain(tokens, at, lexicon)
    vague = _read_vague(tokens, at, lexicon)
    return vague if vague is not None else _read_plain(tokens, at, lexicon)


def _read_vague(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Number | None:
    """`dozens`, `des centaines de milliers`, `several hundred`, 数十万: a product of words that name no number."""
    found = lexicon.words.match(tokens, at)
    if found is None:
        return None
    length, word = found
    worth, unless_hedged = word.vague, bool(word.add or word.times or word.about)
    last = at + length
    if word.several:
        following = _scale(tokens, last, lexicon) or _scale(tokens, _after_of(tokens, last, lexicon), lexicon)
        if following is None:
            return None
        last, worth = following
        unless_hedged = False
    if worth is None:
        return None
    while worth < LARGEST:
        following = _scale(tokens, last, lexicon) or _scale(tokens, _after_of(tokens, last, lexicon), lexicon)
        if following is None:
            break
        last, worth = following[0], worth * following[1]
    return Number(at, last, Fraction(worth), vague=True, unless_hedged=unless_hedged, words=last - at)


def _scale(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """A scale, collective or vague word at `at`: where it ends and what it is worth."""
    if at >= len(tokens) or tokens[at].broken:
        return None
    found = lexicon.words.match(tokens, at)
    if found is None:
        return None
    word = found[1]
    worth = word.times or word.about or word.vague
    return (at + found[0], worth) if worth else None


def _after_of(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    found = lexicon.of.match(tokens, at) if at < len(tokens) and not tokens[at].broken else None
    return at + found[0] if found else at


def _read_plain(tokens: Sequence[Token], at: int, lexicon: Lexicon, *, commas: int = 3) -> Number | None:
    if lexicon.positional:
        positional = _read_positional(tokens, at, lexicon)
        if positional is not None:
            return positional
    reading = Reading(lexicon)
    last = at
    for _ in range(_LONGEST):
        end = _extend(reading, tokens, last, first=last == at)
        if end is None:
            break
        last = end
        if reading.closed:
            break
    if last == at or not reading.is_complete():
        return None
    number = _number(reading, tokens, at, last)
    return _continued(number, reading, tokens, commas) if commas else number


def _continued(number: Number, reading: Reading, tokens: Sequence[Token], commas: int) -> Number:
    """`one thousand, two hundred`: after a scale word, a comma may part the hundreds from it."""
    after = number.last
    scale = isinstance(reading.last, Word) and (reading.last.times or 0) >= 1000 and reading.literal is None
    if not scale or after + 1 >= len(tokens) or tokens[after].key != "," or tokens[after + 1].sort is not Sort.WORD:
        return number
    rest = _read_plain(tokens, after + 1, reading.lexicon, commas=commas - 1)
    if rest is None or rest.value is None or number.value is None or rest.ordinal or rest.about:
        return number
    if not (rest.leading is not None and rest.words > 1 and 100 <= rest.value < reading.place()):
        return number
    return replace(number, last=rest.last, value=number.value + rest.value, words=number.words + rest.words)


def _number(reading: Reading, tokens: Sequence[Token], first: int, last: int) -> Number:
    """What was read, as a Number."""
    alone = reading.words == 1
    return Number(
        first,
        last,
        sum(reading.stack, Fraction(0)),
        literal=tokens[first].literal if last - first == 1 else None,
        leading=reading.leading,
        words=reading.words,
        about=reading.about,
        ordinal=reading.ordinal,
        fraction=reading.fraction,
        more=reading.more,
        one=reading.one and alone,
        weak=reading.weak and alone,
    )


def _extend(reading: Reading, tokens: Sequence[Token], at: int, *, first: bool) -> int | None:
    """Read one more word from token `at`; where it ends, or None where the number has ended."""
    if at >= len(tokens) or (tokens[at].broken and not first):
        return None
    joiner: str | None = None
    start = at
    if not first:
        token = tokens[at]
        if token.key == "-" and token.glued and at + 1 < len(tokens) and tokens[at + 1].glued:
            start, joiner = at + 1, "-"
        elif token.key in reading.lexicon.joiners:
            start, joiner = at + 1, token.key
        if start >= len(tokens) or tokens[start].broken:
            return None
    for length, words in _options(tokens, start, reading.lexicon, bare=joiner is None and not first):
        read = words
        if first and isinstance(words[0], Word) and words[0].construct:
            read = (_construct(words[0], tokens, start + length, reading.lexicon), *words[1:])
        if reading.take(read, tokens[start], joiner):
            return start + length
    if joiner is not None:
        # "two and a half": the joiner was the first word of a phrase.
        return _extend_phrase(reading, tokens, at)
    if not first and reading.is_collective:
        start = _after_of(tokens, at, reading.lexicon)
        found = reading.lexicon.words.match(tokens, start) if start > at else None
        if found and reading.take((found[1],), tokens[start], OF):
            return start + found[0]
    return None


def _extend_phrase(reading: Reading, tokens: Sequence[Token], at: int) -> int | None:
    found = reading.lexicon.words.match(tokens, at)
    if found and reading.take((found[1],), tokens[at], None):
        return at + found[0]
    return None


def _construct(word: Word, tokens: Sequence[Token], after: int, lexicon: Lexicon) -> Word:
    """مليونا: two million right before the noun that it counts, else one million, to which more may be added."""
    noun = tokens[after] if after < len(tokens) else None
    dual = noun is not None and noun.sort is Sort.WORD and not noun.broken and not tokens[after - 1].nunated
    if noun is not None and dual and not lexicon.construct.nouns.match(tokens, after):
        dual = not (
            noun.key in lexicon.spelling.particles
            or noun.key.endswith(lexicon.construct.endings)
            or lexicon.construct.never.match(tokens, after)
        )
    return replace(word, times=None) if dual else replace(word, add=None)


def _options(
    tokens: Sequence[Token], at: int, lexicon: Lexicon, *, bare: bool
) -> Iterator[tuple[int, tuple[Word | Fraction, ...]]]:
    """What can be read at token `at`: how many tokens, and the words (digits are a bare Fraction)."""
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        if token.literal is not None and token.literal.value is not None:
            yield 1, (token.literal.value,)
            scaled = _scale(tokens, at + 1, lexicon) if token.literal.value < 100 else None
            if scaled:
                # "a million and 50 thousand": alone, 50 would be too small to belong to the million.
                yield scaled[0] - at, (token.literal.value * scaled[1],)
        return
    if token.key and token.key in VULGAR_FRACTIONS:
        yield 1, (Word(after_scale=Fraction(unicodedata.numeric(token.key)).limit_denominator(10)),)
        return
    found = lexicon.words.match(tokens, at)
    if found is not None:
        length, word = found
        if word.infix_more and bare and at + length < len(tokens):
            scale = lexicon.words.match(tokens, at + length)
            if scale and scale[1].times:
                yield length + scale[0], (word, scale[1])
        yield length, (word,)
        return
    if bare and token.glued and token.key in lexicon.suffix_scales and tokens[at - 1].sort is Sort.NUMBER:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if following is None or not following.glued or following.sort is Sort.MARK:
            yield 1, (Word(times=lexicon.suffix_scales[token.key]),)
            return
    compound = split_compound(token.key, lexicon)
    if compound:
        yield 1, compound


def _read_positional(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Number | None:
    """二〇二二: three or more digits in words side by side."""
    digits: list[int] = []
    while at + len(digits) < len(tokens) and len(digits) < 16:
        token = tokens[at + len(digits)]
        if not is_ideograph(token.key) or (digits and not token.glued):
            break
        found = lexicon.words.match([token], 0)
        if found is None or found[1].add is None or found[1].add > 9:
            break
        digits.append(found[1].add)
    if len(digits) < 3:
        return None
    value = Fraction(int("".join(map(str, digits))))
    return Number(at, at + len(digits), value, words=len(digits), leading=value)


def split_compound(key: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """The number words that `key` consists of, longest first, or () where it is no compound of them."""
    morphemes = lexicon.morphemes
    if not morphemes or len(key) > LONGEST_COMPOUND:
        return ()
    dead: set[int] = set()

    def split(start: int) -> tuple[Word, ...] | None:
        rest = key[start:]
        if not rest:
            return ()
        for end in range(min(len(key), start + lexicon.longest_morpheme), start, -1):
            word = morphemes.get(key[start:end])
            if word is None or end in dead:
                continue
            worth = word.add if word.add is not None else word.times
            if worth is not None and key[end:] in lexicon.ordinal_endings:
                return (Word(ordinal=worth),)
            following = split(end)
            if following is not None:
                return (word, *following)
        dead.add(start)
        return None

    return split(0) or ()
