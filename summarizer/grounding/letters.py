"""Text written to evade, in plain letters: look-alikes of other alphabets, digits for letters, letters apart, addresses."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

_MIXED = re.compile("[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SPACED = re.compile(r"(?<!\w)(?:[^\W_][ .,:·_*|-]{1,4}){7,}[^\W_](?!\w)")
_LEET = re.compile(r"(?<![\w])[a-z]{0,12}[013457][a-z013457]{0,12}[a-z][a-z013457]{0,12}(?!\w)", re.IGNORECASE)
_DIGITS = str.maketrans("013457", "oieast")
_QUERY = re.compile(r"https?://[^\s?#]{1,200}[?#](?:\w{1,20}=)?([^\s)\]]{8,600})")
_LOOK_ALIKES = str.maketrans("аеорсухкмнтвіјѕԁһԛԝαεορτνικ", "aeopcyxkmhtbijsdhqwaeoptvik")


def plain_letters(text: str) -> str:
    """`text` with look-alike letters of other alphabets as Latin ones, digits that stand for letters as letters, what an
    address asks for as words, and letters written apart put together. Time is linear in the text."""
    plain = _WORD.sub(_in_latin, text) if _MIXED.search(text) else text
    if len(_LEET.findall(plain)) > 2:
        plain = _LEET.sub(lambda word: word[0].translate(_DIGITS), plain)
    plain = _QUERY.sub(lambda query: ": " + unquote_plus(query[1]), plain)
    return _SPACED.sub(_together, plain)


def _together(run: re.Match[str]) -> str:
    """Letters apart put together: at the least of their separators that is not a space, else at single spaces."""
    mark = "(?: [.·_*|-] |[.·_*|-])" if re.search(r"\w[.·_*|-]\w", run[0]) else "[ .·_*|-]"
    return re.sub(r" {2,}", " ", re.sub(rf"(?<=\w){mark}(?=\w)", "", run[0]))


def _in_latin(word: re.Match[str]) -> str:
    return word[0].lower().translate(_LOOK_ALIKES) if _MIXED.search(word[0]) else word[0]
