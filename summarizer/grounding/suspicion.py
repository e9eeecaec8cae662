"""Which stretches of an article speak to a model or tool rather than to a reader, and the article without them.

An item is judged on the article without these stretches, so that what only such a stretch says has no support. Nothing
here needs a model, and nothing depends on what one drafted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from weakref import WeakKeyDictionary

from summarizer.grounding.bidding import Bid, Found, bids, tells_a_toll
from summarizer.grounding.disguises import Disguise, disguises, fences
from summarizer.grounding.folding import Folded, fold
from summarizer.grounding.letters import plain_letters
from summarizer.grounding.vocabulary import Language, languages_in
from summarizer.language.analysis import Analysis, within
from summarizer.schema.article import Article, Sentence

_NEAR = 2  # sentences of a paragraph over which an address reaches to its order
_WORDS_AHEAD = 4  # "Please", "önceki tüm talimatları"
_AHEAD, _BEHIND = 1, 3  # sentences of its paragraph that belong to an instruction, before it and after it
_HELD = 2000  # characters that a quotation or bracket around an instruction may have on either side
_LABEL = 12  # characters: a paragraph that holds no more beside a fake mark ("<|im_start|>system") introduces the next
_BEYOND_FENCE = 3  # paragraphs behind a fake end of the article that are looked at, and sentences of each
_FENCES = 10  # fake ends of which all that is near is read
_OPENINGS = frozenset(
    {Bid.CALL, Bid.OVERRIDE, Bid.ADDRESS, Bid.MENTION, Bid.ROLE, Bid.META}
)  # without one, nobody is bidden
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """`text[start:end]` of the article, and in a few words why it is suspicious."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """What of an article is reporting: the analysis of its text with the suspicious stretches blanked out, so that
    offsets and the numbers of sentences stay the same; and these stretches in order. `titled`: the title is one too."""

    analysis: Analysis
    stretches: tuple[Stretch, ...]
    suspicious_text: str = ""
    titled: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether anything in the article is no reporting."""
        return bool(self.stretches) or self.titled

    def suspects(self, start: int, end: int) -> Stretch | None:
        """The stretch to which at least half of the letters and digits of `text[start:end]` belong."""
        kept = sum(map(str.isalnum, self.analysis.article.text[start:end]))
        return self.touches(start, end) if 2 * kept <= end - start and self._mostly(start, end, kept) else None

    def touches(self, start: int, end: int) -> Stretch | None:
        """The first stretch that overlaps `text[start:end]`."""
        return next(iter(within_stretches(self.stretches, start, end)), None)

    def _mostly(self, start: int, end: int, kept: int) -> bool:
        blanked = sum(min(end, one.end) - max(start, one.start) for one in within_stretches(self.stretches, start, end))
        return blanked > kept


def within_stretches(stretches: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """Those that overlap `start`:`end`; they are in order and do not overlap one another."""
    first = bisect_right(stretches, start, key=lambda one: one.end)
    found = []
    for one in stretches[first:]:
        if one.start >= end:
            break
        found.append(one)
    return found


# The analysis of the reporting (None: the article's own), and the other fields of Reporting. An analysis must not stand in
# the value under its own key: it would never be let go.
_KNOWN: WeakKeyDictionary[Analysis, tuple[Analysis | None, tuple[Stretch, ...], str, bool]] = WeakKeyDictionary()


def reporting(analysis: Analysis) -> Reporting:
    """The reporting of an article; found once for each analysis. The analysis itself where nothing is suspicious."""
    known = _KNOWN.get(analysis)
    if known is None:
        stretches = suspicious(analysis)
        text = analysis.article.text
        title = analysis.article.title or ""
        titled = bool(title) and speaks_to_a_model(title)
        told = "\n".join([*(text[one.start : one.end] for one in stretches), title * titled])
        own = _without(analysis, stretches, titled=titled) if stretches or titled else None
        known = _KNOWN[analysis] = (own, stretches, told, titled)
    own, stretches, told, titled = known
    return Reporting(own or analysis, stretches, told, titled)


def speaks_to_a_model(text: str) -> bool:
    """Whether a text that stands alone, such as a title, does."""
    return bool(suspicious(Analysis(Article(text))))


def suspicious(analysis: Analysis) -> tuple[Stretch, ...]:
    """The stretches that speak to a model or tool, or are hidden from readers, in order, without overlaps."""
    text = analysis.article.text
    paragraphs = [list(group) for _, group in groupby(analysis.sentences, key=lambda one: one.paragraph)]
    found = [*_bidden(analysis, paragraphs), *_disguised(text, paragraphs)]
    found += _behind_fences(text, paragraphs, found)
    return tuple(_joined(found))


def _without(analysis: Analysis, stretches: Sequence[Stretch], *, titled: bool) -> Analysis:
    """The analysis of the text with blanks for the stretches, and without a title that speaks to a model; its sentences
    are the article's own."""
    text = analysis.article.text
    parts: list[str] = []
    at = 0
    for one in stretches:
        parts += text[at : one.start], re.sub(r"\S", " ", text[one.start : one.end])
        at = one.end
    blanked = "".join([*parts, text[at:]])
    made = Analysis(replace(analysis.article, text=blanked, title=None if titled else analysis.article.title))
    made.sentences = [replace(one, text=blanked[one.start : one.end]) for one in analysis.sentences]
    return made


def _bidden(analysis: Analysis, paragraphs: Sequence[Sequence[Sentence]]) -> Iterator[Stretch]:
    for at, paragraph in enumerate(paragraphs):
        marked = _marked(analysis, paragraph)
        if marked:
            yield from _reach(analysis, paragraphs, at, marked)


def _marked(analysis: Analysis, paragraph: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Of the sentences that bid a model: number within the paragraph, and the offset of the first bid in the article."""
    readings = [_readings(sentence.text) for sentence in paragraph]
    languages = {language for both in readings for text in both for language in languages_in(text.text)}
    if not languages:
        return []
    said = [
        (at, one)
        for at, (sentence, both) in enumerate(zip(paragraph, readings, strict=True))
        for one in _bids_of(sentence, both, languages)
    ]
    if not any(one.bid in _OPENINGS for _, (one, _) in said):
        return []
    marked: dict[int, int] = {}
    by_sentence: dict[int, set[Bid]] = {}
    for at, (one, _) in said:
        by_sentence.setdefault(at, set()).add(one.bid)
    for bidden in by_sentence.values():
        if Bid.ORDER not in bidden:
            bidden.discard(Bid.FIGURE)
    for at, (one, offset) in said:
        near = set().union(*(by_sentence.get(place, set()) for place in range(at - _NEAR, at + _NEAR + 1)))
        if _suffices(one.bid, near, by_sentence[at]) or (
            _may_stand_alone(one, by_sentence[at])
            and _stands_alone(analysis, paragraph, at, offset, anywhere=one.bid is Bid.ORDER)
        ):
            marked.setdefault(at, offset)
    return sorted(marked.items())


def _suffices(bid: Bid, near: set[Bid], beside: set[Bid]) -> bool:
    """Whether a bid, with those near and those in its own sentence, is an instruction to a model."""
    if bid is Bid.CALL:
        return True
    if bid is Bid.ADDRESS:
        return bool(near & {Bid.ORDER, Bid.OVERRIDE})
    if bid is Bid.MENTION:
        return bool(beside & {Bid.ORDER, Bid.OVERRIDE})
    if bid is Bid.OVERRIDE:
        return bool(near & {Bid.ORDER, Bid.ADDRESS} or beside & {Bid.NAMED, Bid.MENTION})
    if bid is Bid.ROLE:
        return Bid.FIGURE in near
    spoken_to = near & {Bid.CALL, Bid.ADDRESS, Bid.OVERRIDE} or Bid.MENTION in beside or near >= {Bid.ROLE, Bid.FIGURE}
    return bid is Bid.ORDER and bool(spoken_to)


def _may_stand_alone(one: Found, beside: set[Bid]) -> bool:
    """Whether nobody need be addressed: an override; an order to give a number beside words on this text and its reader."""
    if Bid.SAID in beside:
        return False
    if one.bid is Bid.ORDER:
        return one.firm and beside >= {Bid.FIGURE, Bid.META}
    return one.bid is Bid.OVERRIDE and not one.goes_on


def _stands_alone(
    analysis: Analysis, paragraph: Sequence[Sentence], at: int, offset: int, *, anywhere: bool = False
) -> bool:
    """Whether a bid opens its sentence (its object may go before), outside quotation marks and brackets: nobody is said to
    have said it."""
    ahead = analysis.article.text[paragraph[at].start : offset]
    opens = anywhere or len(_WORD.findall(ahead)) <= _WORDS_AHEAD
    return opens and _holder(analysis, paragraph, offset) is None


def _readings(text: str) -> tuple[Folded, ...]:
    """A sentence folded; and in plain letters too, where it is written to evade."""
    plain = plain_letters(text)
    return (fold(text), fold(plain)) if plain != text else (fold(text),)


def _bids_of(
    sentence: Sentence, readings: Sequence[Folded], languages: Iterable[Language]
) -> Iterator[tuple[Found, int]]:
    """What a sentence bids, and where in the article."""
    for number, text in enumerate(readings):
        for one in bids(text.text, languages):
            yield one, sentence.start + (0 if number else text.origin[one.start])


def _reach(
    analysis: Analysis, paragraphs: Sequence[Sequence[Sentence]], at: int, marked: Sequence[tuple[int, int]]
) -> Iterator[Stretch]:
    """How far an instruction reaches: the quotation or bracket that holds it, else the sentences around it in its
    paragraph; and the next paragraph where it ends in a colon."""
    text, paragraph = analysis.article.text, paragraphs[at]
    why = "it speaks to a model or tool"
    holders = [_holder(analysis, paragraph, offset) for _, offset in marked]
    if all(holders):
        yield from (Stretch(start, end, why) for start, end in {one for one in holders if one})
        return
    numbers = [number for number, _ in marked]
    first, last = _around(paragraph, numbers[0], numbers[-1])
    yield Stretch(first.start, last.end, why)
    if text[last.end - 1] in ":：" and last is paragraph[-1] and at + 1 < len(paragraphs):
        following = paragraphs[at + 1]
        yield Stretch(following[0].start, following[-1].end, f"{why} just before")


def _around(paragraph: Sequence[Sentence], first: int, last: int) -> tuple[Sentence, Sentence]:
    """The first and last of the sentences that are taken to belong to those from `first` to `last` of a paragraph: an
    instruction is led up to, and goes on, but reporting may stand in the same paragraph."""
    return paragraph[max(0, first - _AHEAD)], paragraph[min(len(paragraph) - 1, last + _BEHIND)]


def _holder(analysis: Analysis, paragraph: Sequence[Sentence], offset: int) -> tuple[int, int] | None:
    """The outermost quotation or bracket of the paragraph in which `offset` stands; neither is looked for far off."""
    low, high = max(paragraph[0].start, offset - _HELD), min(paragraph[-1].end, offset + _HELD)
    text = analysis.article.text
    quoted = [
        (one.start, one.end)
        for one in within(analysis.quotations, [(low, high)])
        if one.start <= offset < one.end and low <= one.start and one.end <= high
    ]
    opened = max(text.rfind(mark, low, offset + 1) for mark in "([（【")
    closed = min((at for mark in ")]）】" if (at := text.find(mark, offset, high)) != -1), default=-1)
    if opened != -1 and closed != -1 and not any(mark in text[opened:offset] for mark in ")]）】"):
        quoted.append((opened, closed + 1))
    return max(quoted, key=lambda span: span[1] - span[0], default=None)


def _disguised(text: str, paragraphs: Sequence[Sequence[Sentence]]) -> Iterator[Stretch]:
    starts = [paragraph[0].start for paragraph in paragraphs]
    for one in disguises(text):
        yield Stretch(one.start, one.end, one.why)
        if one.whole:
            yield from _paragraph_of(one, paragraphs, max(0, bisect_right(starts, one.start) - 1))


def _paragraph_of(one: Disguise, paragraphs: Sequence[Sequence[Sentence]], at: int) -> Iterator[Stretch]:
    paragraph = paragraphs[at]
    numbers = [sentence.number - paragraph[0].number for sentence in within(paragraph, [(one.start, one.end)])] or [0]
    first, last = _around(paragraph, numbers[0], numbers[-1])
    yield Stretch(first.start, last.end, one.why)
    label = last.end - first.start - (one.end - one.start) <= _LABEL
    if label and one.opens and at + 1 < len(paragraphs):
        following = paragraphs[at + 1]
        yield Stretch(following[0].start, following[-1].end, one.why)


def _behind_fences(text: str, paragraphs: Sequence[Sequence[Sentence]], found: Sequence[Stretch]) -> Iterator[Stretch]:
    """From a fake end of the article to the last instruction behind it: what stands between is no reporting either."""
    starts, marks = [paragraph[0].start for paragraph in paragraphs], sorted(found, key=lambda one: one.start)
    for number, (start, _) in enumerate(fences(text)):
        at = max(0, bisect_right(starts, start) - 1)
        reach = paragraphs[min(len(paragraphs) - 1, at + _BEYOND_FENCE)][-1].end
        first = bisect_right(marks, start - 1, key=lambda one: one.start)
        behind = [one.end for one in marks[first : first + 20] if one.start < reach]
        if number < _FENCES:
            sentences = [one for paragraph in paragraphs[at : at + _BEYOND_FENCE] for one in paragraph[:_BEYOND_FENCE]]
            behind += [one.end for one in sentences if one.start >= start and tells_a_toll(fold(one.text).text)]
        if behind:
            yield Stretch(start, max(behind), "a fake end of the article")


def _joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    """In order; what overlaps becomes one."""
    current: Stretch | None = None
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if current is not None and one.start < current.end:
            current = replace(current, end=max(current.end, one.end))
            continue
        if current is not None:
            yield current
        current = one
    if current is not None:
        yield current
