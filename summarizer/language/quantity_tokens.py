"""The pieces of a text that numbers are read from, each with its place and a folded key for look-up.

Words of alphabetic scripts are one token each, ideographs and kana one token a character, numbers in digits one
token with its value, and every other visible character a token of its own. Addresses are left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache

from summarizer.language.numerals import Literal, read_literal


class Sort(Enum):
    """What kind of piece a token is."""

    WORD = auto()
    NUMBER = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One piece. `glued`: nothing stands between it and the one before; `broken`: an empty line does;
    `capital`: it begins with a capital letter; `nunated`: it has the Arabic sign of an indefinite accusative."""

    start: int
    end: int
    key: str
    sort: Sort
    glued: bool = False
    broken: bool = False
    capital: bool = False
    literal: Literal | None = None
    nunated: bool = False


VULGAR_FRACTIONS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_INVISIBLE = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SAME = str.maketrans(
    {
        **dict.fromkeys("’ʼ‘`´′ʻ", "'"),
        **dict.fromkeys("‐‑−", "-"),
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("يى", "ی"),
        **dict.fromkeys("ـ\u200c\u200d\u00ad", None),
        "ك": "ک",
        "ة": "ه",
        "ı": "i",
        "٪": "%",
    }
)
_FATHATAN = "\u064b"
_ARABIC_VOWELS = re.compile("[\u064b-\u065f\u0670]")
_ACCENTS = re.compile("[\u0300-\u036f]")


@cache
def _pattern() -> re.Pattern[str]:
    accents = "".join(c for c in map(chr, range(0x300, 0x10000)) if unicodedata.category(c) in ("Mn", "Mc"))
    letter = rf"(?![{_IDEOGRAPHS}ʼ{VULGAR_FRACTIONS}]|\d)[^\W_]"
    return re.compile(
        rf"(?P<space>[\s{_INVISIBLE}]++)|(?P<address>(?:https?://|www\.)\S++)|(?P<digit>\d)"
        rf"|(?P<fraction>[{VULGAR_FRACTIONS}])|(?P<ideograph>[{_IDEOGRAPHS}])"
        rf"|(?P<word>{letter}(?:{letter}|[{accents}\u00ad\u200c\u200d])*)|(?P<mark>.)",
        re.DOTALL,
    )


@lru_cache(maxsize=20_000)
def fold(word: str, *, accents: bool = False) -> str:
    """`word` as it is looked up: lower case, one form for look-alikes, without accents unless they are kept."""
    if word.isascii():
        return word.lower().translate(_SAME)
    word = unicodedata.normalize("NFKC", word.translate(_SAME)).casefold().replace("i\u0307", "i")
    word = _ARABIC_VOWELS.sub("", word)
    if not accents:
        word = _ACCENTS.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", word)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a language's words are looked up: whether accents count, and which particles are written together with
    which words (Arabic و in وعشرون): those are tokens of their own."""

    accents: bool = False
    particles: tuple[str, ...] = ()
    hosts: frozenset[str] = frozenset()

    def fold(self, word: str) -> str:
        """The key of a word."""
        return fold(word, accents=self.accents)

    def particle(self, key: str) -> int:
        """How many letters of `key` are a particle before one of the hosts, or 0."""
        if key not in self.hosts:
            for particle in self.particles:
                if key.startswith(particle) and key[len(particle) :] in self.hosts:
                    return len(particle)
        return 0


def tokenize(text: str, spelling: Spelling) -> list[Token]:
    """The tokens of `text`, in order."""
    tokens: list[Token] = []
    pattern, at, end, broken = _pattern(), 0, 0, False
    while at < len(text):
        found = pattern.match(text, at)
        if found is None:  # pragma: no cover (the last alternative takes any character)
            break
        group, start, at = found.lastgroup, at, found.end()
        if group == "space":
            broken = broken or found.group().count("\n") > 1
            continue
        if group == "address":
            continue
        glued = bool(tokens) and start == end
        if group == "digit":
            literal = read_literal(text, start)
            at = literal.end
            tokens.append(Token(start, at, "", Sort.NUMBER, glued, broken, literal=literal))
        else:
            key = _mark(found.group()) if group in ("mark", "fraction") else spelling.fold(found.group())
            sort = Sort.MARK if group in ("mark", "fraction") else Sort.WORD
            cut = _raw_length(found.group(), spelling.particle(key)) if sort is Sort.WORD and spelling.particles else 0
            if cut:
                head, tail = found.group()[:cut], found.group()[cut:]
                tokens.append(Token(start, start + cut, spelling.fold(head), sort, glued, broken))
                tokens.append(Token(start + cut, at, spelling.fold(tail), sort, True, nunated=_FATHATAN in tail))
            else:
                nunated = bool(spelling.particles) and _FATHATAN in found.group()
                tokens.append(Token(start, at, key, sort, glued, broken, found.group()[0].isupper(), nunated=nunated))
        end, broken = at, False
    return tokens


def _mark(character: str) -> str:
    """A sign as it is looked up: wide forms as plain ones, look-alikes as one; № stays itself."""
    if "\uff01" <= character <= "\uffee":
        character = unicodedata.normalize("NFKC", character)
    return character.translate(_SAME)


def _raw_length(word: str, folded: int) -> int:
    """How many characters of `word` its first `folded` letters take, with their vowel signs."""
    if folded == 0:
        return 0
    letters = 0
    for index, character in enumerate(word):
        if unicodedata.category(character) in ("Mn", "Mc", "Cf") or character == "ـ":
            continue
        if letters == folded:
            return index
        letters += 1
    return 0


def is_ideograph(key: str) -> bool:
    """Whether a token's key is one ideograph or kana: a script without spaces between words."""
    return len(key) == 1 and ("\u3005" <= key <= "\u30ff" or "\u3400" <= key <= "\u9fff" or "\uf900" <= key <= "\ufaff")
