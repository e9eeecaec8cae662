"""The arithmetic of a number that is being read word by word.

What has been read is a falling stack: a unit goes on top of a ten, a ten on top of a hundred; a scale word
gathers all that is smaller and multiplies it ("two hundred thousand", "dos mil millones", 三千五百万).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from summarizer.language.numerals import Literal, Shape
from summarizer.language.quantity_lexicon import Lexicon, Word
from summarizer.language.quantity_tokens import Token

LARGEST = 10**18
# Before a scale word that follows `of` ("dizaine de milliers").
OF = "of"
# The joiner inside a compound, whichever it is.
_WITHIN = "+"


@dataclass(slots=True)
class Reading:
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
        """Whether the last word was a collective (`dizaine`), which `of` may join to a scale word."""
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
        least = 1 if self.lexicon.positional else 100
        joined = joiner is None or (rule is not None and rule.digits)
        if not (after_scale and whole and joined and least <= value < self.place()):
            return False
        self.stack.append(value)
        return True

    def _take_word(self, word: Word, joiner: str | None) -> bool:
        if not self.words:
            return self._begin(word)
        if word.fraction:
            self.fraction = self.closed = True
            return self.words == 1
        if joiner == OF:
            return self._of(word)
        scale = word.times or word.about
        return bool(scale and self._multiply(word, scale, joiner)) or self._halve(word) or self._append(word, joiner)

    def _append(self, word: Word, joiner: str | None) -> bool:
        addend = word.add if word.add is not None else word.ordinal
        after_determiner = isinstance(self.last, Word) and self.last.determiner and self.last.add is None
        if addend is None or after_determiner or not self._add(addend, joiner):
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
        if not self._may_multiply(word, scale, joiner):
            return False
        literal = self.literal if isinstance(self.last, Fraction) else None
        if literal is not None and literal.decimal and literal.mark == self.lexicon.decimal_mark:
            # "1.234 million": before a scale word, the mark of this language's decimals is one.
            self.stack[-1] = self.leading = literal.decimal
        kept = list(self.stack)
        gathered = Fraction(0)
        while kept and kept[-1] < scale:
            gathered += kept.pop()
        product = (gathered or 1) * scale
        if (kept and _place(kept[-1], self.lexicon) <= product) or product > LARGEST:
            return False
        self.stack = [*kept, Fraction(product)]
        self.rest = None
        self.about = self.about or word.times is None
        return True

    def _may_multiply(self, word: Word, scale: int, joiner: str | None) -> bool:
        """Whether a scale word can stand here at all: not twice, and not `40 cents` for 40 hundreds."""
        if joiner in self.lexicon.joiners and (not self.stack or self.stack[-1] < max(1000, scale)):
            return False
        if isinstance(self.last, Fraction):
            return word.about is not None or scale >= self.lexicon.digits_times
        if not isinstance(self.last, Word) or not self.stack:
            return True
        repeated = self.last.times == scale and self.stack[-1] < scale
        after_collective = joiner is None and self.last.about is not None and self.stack[-1] >= scale
        return not repeated and not after_collective

    def _of(self, word: Word) -> bool:
        scale = word.times or word.about or word.vague
        if not scale or scale < 1000 or not self.stack:
            return False
        self.stack = [sum(self.stack, Fraction(0)) * scale]
        return True

    def _halve(self, word: Word) -> bool:
        """`two and a half million`, `two million and a half`: a half of the scale word next to it."""
        half = word.after_scale
        if half is None or not self.stack or self.rest is not None:
            return False
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
