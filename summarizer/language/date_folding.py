"""A text in the plain form that date rules match, with the way back to its own offsets.

Lower case, no accents, ASCII digits for those of every script, one form for each of the dashes, apostrophes,
spaces and Arabic letter variants. What has no width (vowel signs, direction marks, tatweel) is left out, which
is why the offsets are kept beside the text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_VARIANTS = {
    **dict.fromkeys("‐‑‒–—―−﹣-", "-"),
    **dict.fromkeys("’‘ʼʹ＇`´", "'"),
    **{"\u200c": " ", "\t": " ", "\v": " ", "\f": " ", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\r": "\n"},
    **{"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ۂ": "ه", "ہ": "ه", "ە": "ه"},
    **{"（": "(", "）": ")", "：": ":", "；": ";"},
    **{"ı": "i", "ł": "l", "ø": "o", "đ": "d", "،": ",", "٬": ",", "٫": ".", "，": ",", "／": "/", "．": "."},
}
_LEFT_OUT = frozenset({"Mn", "Me", "Cf"})
_TATWEEL = "\u0640"


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form; its character i is character `offsets[i]` of the original (None: the same)."""

    text: str
    original: str
    offsets: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets of the folded span `start`:`end`, with the zero-width signs that end it."""
        if self.offsets is None or start >= end:
            return start, end
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        limit = self.offsets[end] if end < len(self.offsets) else len(self.original)
        while last < limit and unicodedata.category(self.original[last]) == "Mn":
            last += 1
        return first, last


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """The folded form of one character: one character, or nothing."""
    if character in _VARIANTS:
        return _VARIANTS[character]
    if character == _TATWEEL or unicodedata.category(character) in _LEFT_OUT:
        return ""
    if character.isspace():
        return "\n" if character == "\n" else " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    # A Hangul syllable is one letter here: its parts are no accents.
    base = character if "\uac00" <= character <= "\ud7a3" else unicodedata.normalize("NFD", character)[0]
    lower = base.lower()[:1]
    return _VARIANTS.get(lower, lower)


def fold(text: str) -> Folded:
    """`text` folded, in time linear in its length."""
    table = {ord(character): _fold_character(character) for character in set(text)}
    if all(table.values()):
        return Folded(text.translate(table), text, None)
    kept = [index for index, character in enumerate(text) if table[ord(character)]]
    return Folded(text.translate(table), text, kept)


def plain(words: str) -> str:
    """The folded form of a few words, without a way back: for word lists and patterns."""
    return fold(words).text
