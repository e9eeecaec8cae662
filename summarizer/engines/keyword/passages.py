"""The sentences of an article, each with everything that the analysis finds in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from summarizer.engines.keyword.lexicon import Cue, cue_table
from summarizer.language.analysis import Analysis, Spanned
from summarizer.language.attribution import Attribution
from summarizer.language.dates import DateMention
from summarizer.language.folding import Word, words
from summarizer.language.names import NameMention
from summarizer.language.places import PlaceMention
from summarizer.language.quantities import QuantityMention
from summarizer.language.quotations import QuotationMention
from summarizer.language.tense import clause_openers
from summarizer.schema.article import Sentence
from summarizer.schema.draft import DraftEvidence

S = TypeVar("S", bound=Spanned)

_LONGEST_QUOTE = 300
_BREAK = 25
_MOST_QUOTATIONS = 40  # that begin before a sentence and may still reach into it
_SENTENCE_ENDS = frozenset('.!?…。！？؟۔।"”»“’」』)')
_CLAUSE_MARKS = frozenset(",;:()،؛，；：、—–")


@dataclass(frozen=True)
class Passage:
    """One sentence with its mentions; all offsets are the article's."""

    sentence: Sentence
    language: str
    heading: bool
    quotations: Sequence[QuotationMention]
    quantities: Sequence[QuantityMention]
    dates: Sequence[DateMention]
    places: Sequence[PlaceMention]
    names: Sequence[NameMention]
    attributions: Sequence[Attribution]

    @cached_property
    def words(self) -> list[Word]:
        """The words of the sentence."""
        shift = self.sentence.start
        return [Word(start + shift, end + shift, text, key) for start, end, text, key in words(self.sentence.text)]

    def cues(self, table: str) -> list[Cue]:
        """The cues of one table in the sentence; read once."""
        if table not in self._found:
            self._found[table] = cue_table(self.language, table).find(self.words)
        return self._found[table]

    @cached_property
    def _found(self) -> dict[str, list[Cue]]:
        return {}

    def evidence(self, start: int, end: int) -> DraftEvidence:
        """The sentence, or where it is long what stands around `start`:`end`, cut between words."""
        text, number = self.sentence.text, self.sentence.number
        if len(text) <= _LONGEST_QUOTE:
            return DraftEvidence(sentence=number, quote=text)
        room = max(0, _LONGEST_QUOTE - (end - start)) // 2
        first, last = max(0, start - self.sentence.start - room), min(len(text), end - self.sentence.start + room)
        low, high = first, last
        while low < last and self._cuts(low):
            low += 1
        while high > low and self._cuts(high):
            high -= 1
        # A word that is longer than any quote may be is cut after all.
        return DraftEvidence(sentence=number, quote=text[low:high].strip() or text[first:last].strip())

    def _cuts(self, at: int) -> bool:
        """Whether the sentence's offset stands inside a word."""
        text = self.sentence.text
        inside = 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
        return inside and not self._dense(at)

    def _dense(self, at: int) -> bool:
        offset = self.sentence.start + at
        return any(word.dense for word in self.words if word.start <= offset < word.end)

    def between(self, start: int, end: int) -> str:
        """The characters from `start` to `end`."""
        return self.sentence.text[max(0, start - self.sentence.start) : max(0, end - self.sentence.start)]

    @cached_property
    def breaks(self) -> list[tuple[int, int]]:
        """Where clauses part: at marks (not inside numbers), and at the language's words that open a clause."""
        text, base = self.sentence.text, self.sentence.start
        marks = [(base + at, base + at + 1) for at, character in enumerate(text) if _parts(text, at, character)]
        words = clause_openers(self.language).finditer(text)
        return sorted([*marks, *((base + word.start(), base + word.end()) for word in words)])

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between the breaks around `start`:`end`."""
        at = bisect_right(self.breaks, start, key=_low)
        while at and self.breaks[at - 1][1] > start:
            at -= 1
        after = bisect_left(self.breaks, end, key=_low)
        opened = self.breaks[at - 1][1] if at else self.sentence.start
        return opened, (self.breaks[after][0] if after < len(self.breaks) else self.sentence.end)

    def same_clause(self, one: Spanned, other: Spanned) -> bool:
        """Whether no break stands between two spans."""
        return self.clause(one.start, one.end) == self.clause(other.start, other.end)

    def distance(self, one: Spanned, other: Spanned) -> int:
        """How far apart two spans stand, in characters; a break of clauses between them counts as many."""
        first, second = (one, other) if one.start <= other.start else (other, one)
        between = bisect_left(self.breaks, second.start, key=_low) - bisect_left(self.breaks, first.end, key=_low)
        between = max(0, between)
        return max(0, second.start - first.end) + _BREAK * between

    def bracket(self, span: Spanned) -> int | None:
        """Where the bracket opens in which a span stands; None outside."""
        ahead = self.between(self.sentence.start, span.start)
        opened = max(ahead.rfind("("), ahead.rfind("（"))
        return opened if opened > max(ahead.rfind(")"), ahead.rfind("）")) else None

    def in_quotation(self, span: Spanned) -> bool:
        """Whether it stands inside a quotation of more than a few words: speech, not told by the article."""
        return any(
            one.inner_start <= span.start and span.end <= one.inner_end and one.text.count(" ") > 3
            for one in self.quotations
        )


def _low(span: tuple[int, int]) -> int:
    return span[0]


def _parts(text: str, at: int, character: str) -> bool:
    number = 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
    return character in _CLAUSE_MARKS and not number


def passages(analysis: Analysis) -> list[Passage]:
    """The sentences of the article in order."""
    sentences = analysis.sentences
    quoted = [_overlapping(analysis.quotations, one) for one in sentences]
    grouped = [
        _by_sentence(mentions, sentences)
        for mentions in (
            analysis.quantities,
            analysis.dates,
            analysis.places,
            analysis.names,
            analysis.attributions,
        )
    ]
    sizes: dict[int, int] = {}
    for sentence in sentences:
        sizes[sentence.paragraph] = sizes.get(sentence.paragraph, 0) + 1
    return [
        Passage(
            sentence,
            analysis.language,
            sizes[sentence.paragraph] == 1 and sentence.text[-1] not in _SENTENCE_ENDS and len(sentences) > 1,
            quoted[at],
            *(group[at] for group in grouped),  # type: ignore[arg-type]
        )
        for at, sentence in enumerate(sentences)
    ]


def _by_sentence(mentions: Iterable[S], sentences: Sequence[Sentence]) -> list[list[S]]:
    starts = [sentence.start for sentence in sentences]
    groups: list[list[S]] = [[] for _ in sentences]
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        if at >= 0 and mention.start < sentences[at].end:
            groups[at].append(mention)
    return groups


def _overlapping(quotations: Sequence[QuotationMention], sentence: Sentence) -> list[QuotationMention]:
    """The quotations that reach into the sentence: one may begin in a sentence before."""
    high = bisect_right(quotations, sentence.end, key=lambda one: one.start)
    low = max(0, high - _MOST_QUOTATIONS)
    return [one for one in quotations[low:high] if one.end > sentence.start]
