"""Numbers in words, or in digits with scale words, read from tokens by one grammar for all languages.

What has been read is a falling stack: a unit goes on top of a ten, a ten on top of a hundred; a scale word
gathers all that is smaller and multiplies it ("two hundred thousand", "dos mil millones", 三千五百万).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from summarizer.language.numerals import Literal, Shape
from summarizer.language.quantity_lexicon import LONGEST_COMPOUND, Lexicon, Word
from summarizer.language.quantity_tokens import VULGAR_FRACTIONS, Sort, Token, is_ideograph

# No language's number has more words than this; it bounds the work at each place.
_LONGEST = 40
_LARGEST = 10**18
# The joiner inside a compound, whichever it is.
_WITHIN = "+"


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
    while worth < _LARGEST:
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


def _read_plain(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Number | None:
    if lexicon.positional:
        positional = _read_positional(tokens, at, lexicon)
        if positional is not None:
            return positional
    reading = _Reading(lexicon)
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
    return _continued(reading.number(tokens, at, last), reading, tokens, lexicon)


def _continued(number: Number, reading: _Reading, tokens: Sequence[Token], lexicon: Lexicon) -> Number:
    """`one thousand, two hundred`: after a scale word, a comma may part the hundreds from it."""
    after = number.last
    scale = isinstance(reading.last, Word) and (reading.last.times or 0) >= 1000 and reading.literal is None
    if not scale or after + 1 >= len(tokens) or tokens[after].key != "," or tokens[after + 1].sort is not Sort.WORD:
        return number
    rest = _read_plain(tokens, after + 1, lexicon)
    if rest is None or rest.value is None or number.value is None or rest.ordinal or rest.about:
        return number
    if not (rest.leading is not None and rest.words > 1 and 100 <= rest.value < reading.place()):
        return number
    return replace(number, last=rest.last, value=number.value + rest.value, words=number.words + rest.words)


def _extend(reading: _Reading, tokens: Sequence[Token], at: int, *, first: bool) -> int | None:
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
        if reading.take(words, tokens[start], joiner):
            return start + length
    if joiner is not None:
        # "two and a half": the joiner was the first word of a phrase.
        return _extend_phrase(reading, tokens, at)
    if not first and reading.is_collective:
        start = _after_of(tokens, at, reading.lexicon)
        found = reading.lexicon.words.match(tokens, start) if start > at else None
        if found and reading.take((found[1],), tokens[start], "of"):
            return start + found[0]
    return None


def _extend_phrase(reading: _Reading, tokens: Sequence[Token], at: int) -> int | None:
    found = reading.lexicon.words.match(tokens, at)
    if found and reading.take((found[1],), tokens[at], None):
        return at + found[0]
    return None


def _options(
    tokens: Sequence[Token], at: int, lexicon: Lexicon, *, bare: bool
) -> Iterator[tuple[int, tuple[Word | Fraction, ...]]]:
    """What can be read at token `at`: how many tokens, and the words (digits are a bare Fraction)."""
    token = tokens[at]
    if token.sort is Sort.NUMBER:
        if token.literal is not None and token.literal.value is not None:
            yield 1, (token.literal.value,)
        return
    if (
        token.sort is Sort.MARK
        and "¼" <= token.key <= "⅞"
        and len(token.key) == 1
        and unicodedata.numeric(token.key, 0.0)
    ):
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


@dataclass(slots=True)
class _Reading:
    """What has been read of a number so far."""

    lexicon: Lexicon
    stack: list[Fraction] = field(default_factory=list)
    leading: Fraction | None = None
    words: int = 0
    last: Word | Fraction | None = None
    literal: Literal | None = None
    about: bool = False
    more: bool = False
    ordinal: bool = False
    fraction: bool = False
    closed: bool = False
    rest: Fraction | None = None  # a half that waits for its scale
    weak: bool = False
    one: bool = False

    @property
    def is_collective(self) -> bool:
        return isinstance(self.last, Word) and self.last.about is not None

    def is_complete(self) -> bool:
        """Whether what was read is a number: `a` and `half` alone are none."""
        if isinstance(self.last, Word) and self.last.determiner and self.words == 1 and self.last.add is None:
            return False
        return bool(self.stack) and not (self.words == 1 and self.rest is not None and self.rest < 1)

    def take(self, words: Sequence[Word | Fraction], token: Token, joiner: str | None) -> bool:
        """Take all of `words`, or none of them; whether they could follow what was read."""
        kept = (list(self.stack), self.leading, self.words, self.last, self.literal, self.about, self.more, self.rest)
        waiting = joiner
        for word in words:
            if word == Word():
                if not self.words:
                    return False
                waiting = _WITHIN
                continue
            if isinstance(word, Word) and word.infix_more and len(words) > 1:
                self.more = True
                continue
            if not self._take_one(word, token, waiting):
                (self.stack, self.leading, self.words, self.last, self.literal, self.about, self.more, self.rest) = kept
                return False
            waiting = None
        return True

    def _take_one(self, word: Word | Fraction, token: Token, joiner: str | None) -> bool:
        taken = self._take_digits(word, token, joiner) if isinstance(word, Fraction) else self._take_word(word, joiner)
        if taken:
            self.words += 1
            self.last = word
            if self.leading is None and self.stack:
                self.leading = self.stack[0]
        return taken

    def _take_digits(self, value: Fraction, token: Token, joiner: str | None) -> bool:
        if not self.stack:
            if self.words:
                return False
            self.literal = token.literal
            self.stack.append(value)
            return True
        # "12 thousand 300", "۲ هزار و ۵۰۰": only a scale word is continued in digits.
        after_scale = isinstance(self.last, Word) and self.last.times is not None and self.last.times >= 1000
        whole = token.literal is not None and token.literal.shape in (Shape.INTEGER, Shape.GROUPED)
        rule = self.lexicon.joiners.get(joiner or "")
        joined = joiner is None or (rule is not None and rule.digits)
        if not (after_scale and whole and joined and 100 <= value < self.place()):
            return False
        self.stack.append(value)
        return True

    def _take_word(self, word: Word, joiner: str | None) -> bool:
        if not self.words:
            return self._begin(word)
        if word.fraction:
            self.fraction = self.closed = True
            return self.words == 1
        scale = word.times or word.about
        if scale and joiner != "of" and self._multiply(word, scale, joiner):
            return True
        if joiner == "of":
            return self._of(word)
        if word.after_scale is not None and self.stack and self.rest is None:
            return self._halve(word.after_scale)
        if isinstance(self.last, Word) and self.last.determiner and self.last.add is None:
            return False
        addend = word.add if word.add is not None else word.ordinal
        if addend is None or not self._add(addend, joiner):
            return False
        self.ordinal = self.closed = word.add is None
        return True

    def _begin(self, word: Word) -> bool:
        worth = next((w for w in (word.add, word.times, word.about, word.ordinal) if w is not None), None)
        if worth is not None:
            self.stack.append(Fraction(worth))
            self.about = word.add is None and word.times is None and word.about is not None
            self.ordinal = self.closed = word.add is None and word.times is None and word.about is None
            self.weak, self.one = word.weak, word.one
            return True
        if word.before_scale is not None:
            self.rest = word.before_scale
            self.stack.append(word.before_scale)
            return True
        return word.determiner

    def _multiply(self, word: Word, scale: int, joiner: str | None) -> bool:
        if joiner in self.lexicon.joiners and (not self.stack or self.stack[-1] < 1000):
            return False
        if isinstance(self.last, Fraction):
            if word.about is None and scale < self.lexicon.digits_times:
                return False
            if self.literal is not None and self.literal.mark == self.lexicon.decimal_mark and self.literal.decimal:
                self.stack[-1] = self.literal.decimal
                self.leading = self.literal.decimal
        gathered = Fraction(0)
        kept = list(self.stack)
        while kept and kept[-1] < scale:
            gathered += kept.pop()
        if gathered == 0:
            if self.stack and _place(self.stack[-1], self.lexicon) <= scale:
                return False
            if joiner is None and self.stack and isinstance(self.last, Word) and self.last.about is not None:
                return False
            gathered = Fraction(1)
        elif isinstance(self.last, Word) and self.last.times == scale:
            return False
        product = gathered * scale
        if (kept and _place(kept[-1], self.lexicon) <= product) or product > _LARGEST:
            return False
        self.stack = [*kept, product]
        self.rest = None
        if word.times is None and word.about is not None:
            self.about = True
        return True

    def _of(self, word: Word) -> bool:
        scale = word.times or word.about or word.vague
        if not scale or scale < 1000 or not self.stack:
            return False
        self.stack = [sum(self.stack, Fraction(0)) * scale]
        return True

    def _halve(self, half: Fraction) -> bool:
        """`two and a half million`, `two million and a half`: a half of the scale word next to it."""
        self.rest = half
        scale = self.last.times if isinstance(self.last, Word) else None
        self.stack.append(half * scale if scale and scale >= 1000 else half)
        return True

    def _add(self, addend: int, joiner: str | None) -> bool:
        if not self.stack or addend == 0 or isinstance(self.last, Fraction) or self.rest is not None:
            return False
        top = self.stack[-1]
        rule = self.lexicon.joiners.get(joiner or "")
        if joiner == _WITHIN:
            rule = next(iter(self.lexicon.joiners.values()), None)
        reversed_ten = self.lexicon.units_first and rule is not None and top < 10 and 20 <= addend <= 90
        if reversed_ten and addend % 10 == 0:
            self.stack[-1] = top + addend
            return True
        place = self.place()
        if addend >= place:
            return False
        if rule is not None and not (
            rule.places[0] <= place <= rule.places[1] and (not rule.adds or addend in rule.adds)
        ):
            return False
        self.stack.append(Fraction(addend))
        return True

    def place(self) -> int:
        """What may still be added is smaller than this."""
        return _place(self.stack[-1], self.lexicon)

    def number(self, tokens: Sequence[Token], first: int, last: int) -> Number:
        """What was read, as a Number."""
        alone = self.words == 1
        return Number(
            first,
            last,
            sum(self.stack, Fraction(0)),
            literal=tokens[first].literal if last - first == 1 else None,
            leading=self.leading,
            words=self.words,
            about=self.about,
            ordinal=self.ordinal,
            fraction=self.fraction,
            more=self.more,
            one=self.one and alone,
            weak=self.weak and alone,
        )


def _place(value: Fraction, lexicon: Lexicon) -> int:
    """What may be added to a number is smaller than this: 10 to twenty, 100 to three hundred, 20 to quatre-vingt."""
    if value.denominator != 1:
        return 0
    if value in lexicon.vigesimal:
        return 20
    number, place = int(value), 1
    while number and number % 10 == 0:
        number //= 10
        place *= 10
    return place


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
