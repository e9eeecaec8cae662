"""Where a quote stands in the article: exactly, then normalised, then by fuzzy alignment.

The offsets are always those of the original text, whatever was done to compare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from summarizer.grounding.folding import Folded, fold
from summarizer.schema.article import Sentence
from summarizer.schema.codes import Match

THRESHOLD = 88.0
"""Lowest normalised indel similarity (0 to 100, rapidfuzz's `fuzz.ratio`) of a fuzzy match. A dropped function word or a
spelling slip in a clause stays above; another clause about the same thing falls below (tests/test_alignment.py)."""

_MIN_FUZZY = 12  # folded characters: shorter quotes must match without fuzz
_MOST_COMPARED = 30_000_000
"""Characters of the quote times characters of the sentences that it may stand in: what is looked at with fuzz, the nearest
first. An article has some 20,000 for each such sentence; texts made to be slow (a thousand alike sentences) end here."""
_DIGITS = re.compile(r"\d+")
_NO_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # Thai to Han: no spaces between words
_SPACELESS = re.compile(f"[{_NO_SPACES}]")
_WORD = rf"[{_NO_SPACES}]|[^\W{_NO_SPACES}]+"
_FIRST_WORD = re.compile(rf"\W*({_WORD})")
_LAST_WORD = re.compile(rf"({_WORD})\W*$")
_LONGEST_WORD = 40  # characters looked at for the word that a passage ends with
_NEAREST, _FARTHEST = 12, 24  # characters: how far from where rapidfuzz puts them a passage's ends are looked for


@dataclass(frozen=True, slots=True)
class Alignment:
    """A passage found: offsets into the article's text, the sentence it starts in, and how it matched."""

    start: int
    end: int
    sentence: Sentence
    match: Match


def align(quote: str, named: int, sentences: Sequence[Sentence]) -> Alignment | None:
    """Where `quote` stands; the sentence numbered `named` is tried first, then its neighbours, then all.

    A surer kind of match in another sentence wins over a fuzzier one in the named sentence. None where the quote
    stands nowhere, has no word character, or where only its digits differ.
    """
    quote = quote.strip()
    folded = fold(quote)
    if not any(character.isalnum() for character in folded.text):
        return None
    order = _NearestFirst(named, sentences)
    attempts = (_exact, _normalized, _across, _fuzzy)
    return next((found for attempt in attempts if (found := attempt(quote, folded, order, sentences))), None)


@dataclass(frozen=True, slots=True)
class _NearestFirst:
    """The sentences from the named one outwards, the earlier of two first; walked only as far as is needed."""

    named: int
    sentences: Sequence[Sentence]

    def __iter__(self) -> Iterator[Sentence]:
        """From the named sentence, or from the end that is nearest to it."""
        count = len(self.sentences)
        start = min(max(self.named - 1, 0), count - 1)
        for step in range(count):
            for at in (start - step, start + step) if step else (start,):
                if 0 <= at < count:
                    yield self.sentences[at]


def _exact(quote: str, _: Folded, order: Iterable[Sentence], __: Sequence[Sentence]) -> Alignment | None:
    for sentence in order:
        for at in _occurrences(quote, sentence.text):
            start = sentence.start + at
            return Alignment(start, start + len(quote), sentence, Match.EXACT)
    return None


def _normalized(_: str, quote: Folded, order: Iterable[Sentence], __: Sequence[Sentence]) -> Alignment | None:
    for sentence in order:
        whole = fold(sentence.text)
        for at in _occurrences(quote.text, whole.text):
            if whole.divides(at, at + len(quote.text)):
                continue
            return _passage(sentence, whole, at, at + len(quote.text), Match.NORMALIZED)
    return None


def _passage(sentence: Sentence, whole: Folded, first: int, last: int, match: Match) -> Alignment:
    """The original of `whole.text[first:last]`, with the combining marks on its last character, which folding drops."""
    start, end = whole.span(first, last)
    while end < len(sentence.text) and unicodedata.combining(sentence.text[end]):
        end += 1
    return Alignment(sentence.start + start, sentence.start + end, sentence, match)


def _across(_: str, quote: Folded, order: Iterable[Sentence], sentences: Sequence[Sentence]) -> Alignment | None:
    """A quote that runs over sentence ends, into up to four following sentences."""
    for sentence in order:
        if quote.text[:8] not in fold(sentence.text).text:
            continue
        joined = _joined(sentences[sentence.number - 1 : sentence.number + 4])
        first_end = len(fold(sentence.text).text)
        for at in _occurrences(quote.text, joined.text):
            if at < first_end < at + len(quote.text):
                return Alignment(*joined.span(at, at + len(quote.text)), sentence, Match.NORMALIZED)
    return None


def _joined(run: Sequence[Sentence]) -> Folded:
    text, origin = "", []
    for sentence in run:
        folded = fold(sentence.text)
        if text:
            text += " "
            origin.append(sentence.start)
        text += folded.text
        origin.extend(sentence.start + index for index in folded.origin)
    return Folded(text, tuple(origin))


def _occurrences(needle: str, text: str) -> Iterator[int]:
    """Where `needle` stands in `text` without cutting a number in two: '500' is no quote of '142.500'."""
    at = text.find(needle)
    while at != -1:
        if not _cuts_number(text, at, at + len(needle)):
            yield at
        at = text.find(needle, at + 1)


def _fuzzy(_: str, quote: Folded, order: Iterable[Sentence], __: Sequence[Sentence]) -> Alignment | None:
    if len(quote.text) < _MIN_FUZZY:
        return None
    digits = _DIGITS.findall(quote.text)
    pairs = [quote.text[at : at + 2] for at in range(len(quote.text) - 1)]
    best: tuple[float, Alignment] | None = None
    room = _MOST_COMPARED
    for sentence in order:
        whole = fold(sentence.text)
        if not _may_hold(whole.text, pairs):
            continue
        room -= len(quote.text) * len(whole.text)
        if room < 0:
            break
        found = _fuzzy_span(quote.text, whole.text)
        if found is None:
            continue
        first, last = _whole_words(whole.text, *found)
        if quote.text[-1] != whole.text[last - 1] and not whole.text[last - 1].isalnum():
            last -= 1  # the comma after the passage is no part of it
        if _cuts_number(whole.text, first, last):
            continue
        passage = whole.text[first:last]
        score = fuzz.ratio(quote.text, passage)
        if score >= THRESHOLD and (best is None or score > best[0]) and _DIGITS.findall(passage) == digits:
            best = score, _passage(sentence, whole, first, last, Match.FUZZY)
    return best[1] if best else None


_LOST_AT_MOST = 2 * 2 * (100 - THRESHOLD) / (200 - THRESHOLD)
"""Share of a quote's pairs of neighbouring characters that a passage as like it as THRESHOLD can lack. The likeness of
q and p is 1 - edits / (|q| + |p|), an edit undoes two pairs at most, and edits are most where p only lacks characters."""


def _may_hold(sentence: str, pairs: Sequence[str]) -> bool:
    """Whether a passage like the quote can stand in the sentence: quickly told, and never wrong where it says no."""
    held = sum(map(_pairs(sentence).__contains__, pairs))
    return held >= len(pairs) - _LOST_AT_MOST * (len(pairs) + 1)


@lru_cache(maxsize=2048)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def _fuzzy_span(quote: str, sentence: str) -> tuple[int, int] | None:
    if len(sentence) < len(quote) * 0.6:
        return None
    found = fuzz.partial_ratio_alignment(quote, sentence, score_cutoff=THRESHOLD - 10)
    if found is None or found.dest_end <= found.dest_start:
        return None
    # rapidfuzz's window is as long as the quote; words that the quote left out push its true end further.
    return max(_candidates(quote, sentence, found.dest_start, found.dest_end))[2]


def _candidates(quote: str, sentence: str, start: int, end: int) -> Iterator[tuple[int, float, tuple[int, int]]]:
    """Passages about `sentence[start:end]`, each with how many of its ends are the quote's, and its likeness.

    A passage that begins and ends with the quote's own words goes before a slightly likelier one that does not: where
    the quote left the second word out, what follows must not stand in for the first.
    """
    slack, reach = len(quote) // 6, max(_NEAREST, min(len(quote) // 4, _FARTHEST))
    starts = {start, *_breaks(sentence, start - reach, start + reach, after=True), 0}
    ends = {end, *_breaks(sentence, end - reach, end + reach, after=False), len(sentence)}
    first_word, last_word = _first_word(quote, 0), _last_word(quote, len(quote))
    same_start = {first: _first_word(sentence, first) == first_word for first in starts}
    same_end = {last: _last_word(sentence, last) == last_word for last in ends}
    for first in starts:
        for last in ends:
            if first < last and abs((last - first) - len(quote)) <= slack + 2:
                score = fuzz.ratio(quote, sentence[first:last])
                shared = same_start[first] + same_end[last] if score >= THRESHOLD else 0
                yield shared, score, (first, last)
    yield 0, fuzz.ratio(quote, sentence[start:end]), (start, end)


def _first_word(text: str, start: int) -> str | None:
    found = _FIRST_WORD.match(text, start)
    return found[1] if found else None


def _last_word(text: str, end: int) -> str | None:
    found = _LAST_WORD.search(text[max(0, end - _LONGEST_WORD) : end])
    return found[1] if found else None


def _breaks(text: str, start: int, end: int, *, after: bool) -> Iterator[int]:
    """Where a passage may begin (`after` a space) or end (before one); in scripts without spaces, anywhere."""
    for at in range(max(start, 0), min(end, len(text))):
        if text[at] == " ":
            yield at + after
        elif _SPACELESS.search(text, max(at - 1, 0), at + 1):
            yield at


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widened so that no word is cut in two (in scripts with spaces), and without space at its ends."""
    while start > 0 and _in_word(text, start):
        start -= 1
    while end < len(text) and _in_word(text, end):
        end += 1
    while start < end - 1 and text[start] == " ":
        start += 1
    while end > start + 1 and text[end - 1] == " ":
        end -= 1
    return start, end


def _in_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1]
    return pair.isalnum() and not any(_SPACELESS.match(character) for character in pair)


def _cuts_number(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isdigit() and _joins(text, start - 1)
    return before or (end < len(text) and text[end - 1].isdigit() and _joins(text, end))


def _joins(text: str, at: int) -> bool:
    """Whether the character at `at` continues a number: a digit, or a mark between two digits."""
    between = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return text[at].isdigit() or (between and text[at] in ".,'\u00a0\u202f٬٫")
