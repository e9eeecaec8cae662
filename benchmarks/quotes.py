"""Quotes whose true place in an article is known, disturbed the way models disturb what they copy. Deterministic."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summarizer.language.sentences import split_sentences
from summarizer.schema.article import Article

LANGUAGES = ("fr", "en", "ru", "ar", "zh")
CLASSES = (
    "verbatim",
    "marks and spaces",
    "case and accents",
    "word dropped or misspelt",
    "other sentence",
    "digit changed",
)
NEGATIVE = CLASSES[4:]

_ARTICLES = Path(__file__).parent / "articles"
_FUNCTION_WORDS = {
    "fr": "le la les un une des de du à au aux en et que qui ne pas a ont dans pour par sur l'on",
    "en": "the a an of to in on at and that which was were had has by with from its",
    "ru": "в во на и с со к по из за от до не что бы же у о",
    "ar": "في من إلى على عن أن إن ما لا قد مع التي الذي بين كان كل",
    "zh": "的 了 在 就 都 也 把 被 已",
}
_CLAUSE = re.compile(r"[^，。；：“”！？、]+[，。；：！？、]?")  # in Chinese, what stands between two marks
_WORD = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})+\b|\S+")  # 23 500 is one word
_NUMBER = re.compile(r"\d+")
_SHORTEST = {"zh": 10}  # characters of a quote; elsewhere:
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Quote:
    """What a model says stands in the article. `start` and `end` are the passage that it was made from."""

    text: str
    kind: str
    start: int = 0
    end: int = 0

    @property
    def negative(self) -> bool:
        """Whether it stands nowhere in the article, so that no passage is right."""
        return self.kind in NEGATIVE


def article(language: str) -> Article:
    """The invented article of one language."""
    return Article((_ARTICLES / f"{language}.txt").read_text(encoding="utf-8").strip(), language=language)


def quotes(language: str, count: int, seed: int = 20261) -> list[Quote]:
    """`count` quotes of each class that the language has, in the order of the article; other articles' sentences last."""
    text, chance = article(language).text, random.Random(f"{seed} {language}")
    spans = _spans(language)
    made = [
        quote
        for kind, disturb in _DISTURBERS.items()
        for quote in _disturbed(text, language, kind, disturb, spans, count, chance)
    ]
    others = (_ARTICLES / f"{language}.other.txt").read_text(encoding="utf-8").splitlines()
    foreign = [Quote(line, "other sentence") for line in others if line]
    return [*sorted(made, key=lambda quote: quote.start), *foreign]


def _spans(language: str) -> list[tuple[int, int]]:
    """Every run of whole words (clauses, in Chinese) within one sentence that is long enough to be a quote."""
    read = article(language)
    shortest, found = _SHORTEST.get(language, _SHORT), []
    for sentence in split_sentences(read):
        pieces = list((_CLAUSE if language == "zh" else _WORD).finditer(sentence.text))
        for first in range(len(pieces)):
            for last in range(first, len(pieces)):
                start, end = trimmed(
                    read.text, sentence.start + pieces[first].start(), sentence.start + pieces[last].end()
                )
                if end - start >= shortest and read.text.count(read.text[start:end]) == 1:
                    found.append((start, end))
    return found


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and punctuation at its ends: where two spans agree but for these, they agree."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not _ends_word(text[end - 1]):
        end -= 1
    return start, end


def _ends_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "Mn"  # an Arabic vowel sign ends a word


Disturber = Callable[[str, str, random.Random], str | None]


def _disturbed(
    text: str,
    language: str,
    kind: str,
    disturb: Disturber,
    spans: list[tuple[int, int]],
    count: int,
    chance: random.Random,
) -> list[Quote]:
    made: list[Quote] = []
    for start, end in chance.sample(spans, len(spans)):
        changed = disturb(text[start:end], language, chance)
        if len(made) == count:
            break
        if changed is None or (kind != "verbatim" and changed in text):
            continue  # by chance, what it was changed into stands there too
        made.append(Quote(changed, kind, start, end))
    return made


def _verbatim(quote: str, _: str, __: random.Random) -> str | None:
    return quote


_MARKS = str.maketrans(
    {
        **dict.fromkeys("«»“”", '"'),
        "’": "'",
        "'": "’",
        "—": "-",
        "–": "-",
        "，": ",",
        "：": ":",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


def _marks(quote: str, language: str, chance: random.Random) -> str | None:
    changed = re.sub(r"«\s|\s»", '"', quote).translate(_MARKS)
    if spaces := [found.start() for found in re.finditer(" ", changed)]:
        at = chance.choice(spaces)
        changed = changed[:at] + chance.choice(["  ", "\u00a0"]) + changed[at + 1 :]
    return changed if changed != quote else None


def _bare(quote: str, language: str, _: random.Random) -> str | None:
    changed = quote.upper().replace("Ё", "Е") if language == "ru" else _without_accents(quote.upper())
    return changed if changed != quote else None


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _slipped(quote: str, language: str, chance: random.Random) -> str | None:
    """One function word left out, or one letter of a longer word wrong; never the first or last word, whose loss would
    leave open where the passage begins or ends."""
    if len(quote) < _SHORTEST.get(language, _SHORT) * 1.3:
        return None
    return (_dropped if chance.random() < 0.5 else _misspelt)(quote, language, chance)


def _dropped(quote: str, language: str, chance: random.Random) -> str | None:
    function_words = _FUNCTION_WORDS[language].split()
    if language == "zh":
        places = [at for at in range(2, len(quote) - 2) if quote[at] in function_words]
        return quote[: (at := chance.choice(places))] + quote[at + 1 :] if places else None
    words = quote.split(" ")
    places = [at for at in range(1, len(words) - 1) if words[at] in function_words]
    return " ".join(words[: (at := chance.choice(places))] + words[at + 1 :]) if places else None


def _misspelt(quote: str, language: str, chance: random.Random) -> str | None:
    words = [found.span() for found in re.finditer(r"[^\W\d_]{5,}", quote)]
    inner = [(start, end) for start, end in words if start > 0 and end < len(quote)]
    if language == "zh":
        inner = [(2, len(quote) - 2)]
    if not inner:
        return None
    start, end = chance.choice(inner)
    letters = [at for at in range(start + 1, end - 1) if quote[at].isalpha() and quote[at + 1].isalpha()]
    if not letters:
        return None
    at = chance.choice(letters)
    swapped = quote[:at] + quote[at + 1] + quote[at] + quote[at + 2 :]
    return swapped if swapped != quote else quote[:at] + quote[at + 1 :]


def _other_number(quote: str, _: str, chance: random.Random) -> str | None:
    found = list(_NUMBER.finditer(quote))
    if not found:
        return None
    number = chance.choice(found)
    at = chance.randrange(number.start(), number.end())
    digits = [digit for digit in "123456789" if digit != quote[at]]
    return quote[:at] + chance.choice(digits) + quote[at + 1 :]


_DISTURBERS: dict[str, Disturber] = {
    "verbatim": _verbatim,
    "marks and spaces": _marks,
    "case and accents": _bare,
    "word dropped or misspelt": _slipped,
    "digit changed": _other_number,
}
