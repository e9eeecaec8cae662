"""Text folded for comparison, with the way back to the original's offsets."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_QUOTES = dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›「」『』〝〞＂＇ʼʻ′″", "'")
_DASHES = dict.fromkeys("-‐‑‒–—―−﹘﹣－", "-")
_DROPPED = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0640"
)
_REPLACED = {**_QUOTES, **_DASHES, "…": "...", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"}
_MELTED = (("ال", "لل"),)  # an article, and what a preposition makes of it
_LONG = 5  # characters: shorter words must stand alone to count as found
_ARTICLE = 2000  # characters: longer texts are articles, and remembered apart from sentences, which would push them out


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is compared; its character `i` comes from the original's character `origin[i]`."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's offsets (end exclusive) of `text[start:end]`, which must not be empty."""
        return self.origin[start], self.origin[end - 1] + 1

    def divides(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` begins or ends inside what one character of the original became (ß: ss)."""
        inside = start > 0 and self.origin[start] == self.origin[start - 1]
        return inside or (end < len(self.origin) and self.origin[end] == self.origin[end - 1])


def fold(text: str) -> Folded:
    """`text` without case, accents, soft hyphens, ligatures and kinds of quotation mark, dash and space.

    White space at the ends goes, runs of it become one space. Time is linear in the text.
    """
    return _fold_sentence(text) if len(text) <= _ARTICLE else _fold_article(text)


@lru_cache(maxsize=4096)
def _fold_sentence(text: str) -> Folded:
    return _folded(text)


@lru_cache(maxsize=4)
def _fold_article(text: str) -> Folded:
    return _folded(text)


def _folded(text: str) -> Folded:
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        piece = _fold_character(character)
        if piece == " " and (not folded or folded[-1] == " "):
            continue
        for part in piece:
            folded.append(part)
            origin.append(index)
    if folded and folded[-1] == " ":
        folded.pop()
        origin.pop()
    return Folded("".join(folded), tuple(origin))


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    if character in _DROPPED:
        return ""
    if character.isspace():
        return " "
    if character in _REPLACED:
        return _REPLACED[character]
    decomposed = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in decomposed if not unicodedata.combining(part))
    # A character that is nothing but marks (a vowel sign typed alone) goes, like the marks of its neighbours.
    return "".join(_REPLACED.get(part, part) for part in bare.casefold()).replace("\u00a0", " ")


def contains(text: str, words: str) -> bool:
    """Whether folded `words` stand in folded `text`, not inside a longer word where they are short.

    Long words may carry endings and prefixes (`Лаврова`, `بموسكو`), so only short ones need their bounds. A preposition
    may melt into the article at their start (المفوضية, للمفوضية).
    """
    if not words:
        return False
    return _stands(text, words) or any(
        words.startswith(article) and _stands(text, melted + words[len(article) :]) for article, melted in _MELTED
    )


def _stands(text: str, words: str) -> bool:
    at = text.find(words)
    while at != -1:
        end = at + len(words)
        bounded = (at == 0 or not text[at - 1].isalnum()) and (end == len(text) or not text[end].isalnum())
        if bounded or len(words) >= _LONG or not words.isascii():
            return True
        at = text.find(words, at + 1)
    return False
