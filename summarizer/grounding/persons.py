"""Whether a person's name stands in a text: as written, with a case ending, or spelled in another alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

from summarizer.grounding.folding import contains, fold

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters: shorter names must stand as they are
_ALIKE = 85.0
"""Lowest indel similarity (0 to 100) of a surname with a transliterated word: Yermak and Ermak are one, Ivanov and Ivanenko two."""
_ADJECTIVES = tuple(fold(ending).text for ending in ("ий", "ый", "ой", "ій", "ая", "яя", "ська", "цька"))
"""Endings, folded, of surnames that are declined as adjectives."""
_SPELLED = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN"})
"""Alphabets that write vowels: a name in one can be told from its letters in another."""


def person_in(text: str, name: str) -> bool:
    """Whether a person's name stands in `text`: all of it, or its last part alone (a surname, mostly)."""
    folded, parts = fold(text).text, fold(name).text.split()
    if not parts:
        return False
    if contains(folded, " ".join(parts)) or (len(parts) > 1 and contains(folded, parts[-1]) and len(parts[-1]) > 2):
        return True
    last = parts[-1]
    if len(last) < _SHORTEST:
        return False
    if script(last) == "CYRILLIC" and any(_declined(word, last) for word in _WORD.findall(folded)):
        return True
    return _spelled_in(text, last)


def unreadable(text: str, name: str) -> bool:
    """Whether the name is in another script than the text, and letters cannot tell whether it stands there."""
    own, other = script(name), script(text)
    return own != other and not {own, other} <= _SPELLED


@lru_cache(maxsize=256)
def script(text: str) -> str:
    """The script of most letters of `text`, as Unicode names it: `LATIN`, `CYRILLIC`, `CJK`; "" where there are none."""
    letters = (unicodedata.name(character, "").split(" ", 1)[0] for character in text[:5000] if character.isalpha())
    counted = Counter(letters)
    return counted.most_common(1)[0][0] if counted else ""


def _declined(word: str, name: str) -> bool:
    """Whether `word` is the Slavic surname `name` with another ending."""
    least = min(len(word), len(name))
    kept = least - (2 if name.endswith(_ADJECTIVES) or word.endswith(_ADJECTIVES) else 1)
    return abs(len(word) - len(name)) <= 3 and word[: max(_SHORTEST, kept)] == name[: max(_SHORTEST, kept)]


def _spelled_in(text: str, last: str) -> bool:
    """Whether a word of another alphabet spells the surname."""
    own = script(last)
    if own not in _SPELLED:
        return False
    plain = anyascii(last).lower()
    return any(_spells(word, plain) for word in _transliterated(text, own))


def _spells(word: str, name: str) -> bool:
    least = min(len(word), len(name))
    begins = least >= _SHORTEST + 1 and word[: least - 1] == name[: least - 1] and abs(len(word) - len(name)) <= 3
    return begins or fuzz.ratio(word, name) >= _ALIKE


@lru_cache(maxsize=512)
def _transliterated(text: str, own: str) -> tuple[str, ...]:
    """The words of `text` in other alphabets than `own`, in Latin letters."""
    words = (word for word in set(_WORD.findall(text)) if len(word) >= _SHORTEST)
    foreign = (word for word in words if script(word) != own and script(word) in _SPELLED)
    return tuple(anyascii(word).lower() for word in foreign)
