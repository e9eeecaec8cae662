"""What an article's text itself shows: each kind of mention found once, when it is first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge
from typing import Protocol, TypeVar

from summarizer.language.attribution import Attribution, find_attributions, resolve_pronouns
from summarizer.language.dates import DateMention, Inference, find_dates, infer_publication
from summarizer.language.gazetteer import GazetteerEntry
from summarizer.language.names import NameMention, find_names
from summarizer.language.places import PlaceMention, countries_of, find_places
from summarizer.language.quantities import QuantityMention, find_quantities
from summarizer.language.quotations import QuotationMention, find_quotations
from summarizer.language.sentences import split_sentences
from summarizer.schema.article import Article, Edtf, Iso3, Sentence


class Spanned(Protocol):
    """Anything with character offsets."""

    @property
    def start(self) -> int:
        """Offset of the first character."""

    @property
    def end(self) -> int:
        """Offset after the last character."""


S = TypeVar("S", bound=Spanned)
_LONGEST = 2000
"""Characters: no mention but a quotation is longer, and quotations are not asked for by span."""


class Analysis:
    """The mentions in one article, with offsets into its text; computed lazily, shared by all who ask."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.language = article.language or "und"

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences, numbered from 1."""
        return split_sentences(self.article)

    @cached_property
    def quantities(self) -> list[QuantityMention]:
        """Every number, with its hedge and kind."""
        return find_quantities(self.article.text, self.language)

    @cached_property
    def inference(self) -> Inference | None:
        """The day of publication, where the text fixes it and it is not known to the day."""
        return infer_publication(self.article.text, self.language, self.article.published)

    @cached_property
    def published(self) -> Edtf | None:
        """The day of publication as far as it is known or follows from the text."""
        return self.inference.date if self.inference else self.article.published

    @cached_property
    def dates(self) -> list[DateMention]:
        """Every date, resolved as far as the text and the day of publication allow."""
        return find_dates(self.article.text, self.language, self.published)

    @cached_property
    def countries(self) -> list[Iso3]:
        """The countries that the article is about, the most named first."""
        return countries_of(self.article.text, self.language)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Every place that the gazetteer knows."""
        return find_places(self.article.text, self.language, self.countries)

    @cached_property
    def distinct_places(self) -> list[PlaceMention]:
        """The first mention of each place in each spelling, in the order of the text."""
        first: dict[tuple[str, GazetteerEntry], PlaceMention] = {}
        for one in self.places:
            first.setdefault((one.as_written, one.entry), one)
        return list(first.values())

    @cached_property
    def last_places(self) -> list[PlaceMention]:
        """The last mention of each place in each spelling, in the order of the text."""
        last = {(one.as_written, one.entry): one for one in self.places}
        return sorted(last.values(), key=_start)

    @cached_property
    def distinct_names(self) -> list[str]:
        """Every spelling of a party or person, as written, in the order of the text."""
        return list(dict.fromkeys(one.as_written for one in self.names))

    @cached_property
    def speakers(self) -> list[str]:
        """Every person to whom something is attributed, in the order of the text."""
        return list(dict.fromkeys(one.person for one in self.attributions if one.person and not one.pronoun))

    @cached_property
    def names(self) -> list[NameMention]:
        """Names of states, armies, organisations and persons."""
        return find_names(self.article.text, self.language)

    @cached_property
    def quotations(self) -> list[QuotationMention]:
        """Everything between quotation marks."""
        return find_quotations(self.article.text, self.language)

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who is said to say something, pronouns resolved, in the order of their start."""
        found = resolve_pronouns(find_attributions(self.article.text, self.language, self.sentences), self.language)
        return sorted(found, key=_start)

    def sentences_in(self, start: int, end: int) -> list[Sentence]:
        """The sentences that overlap the span."""
        return within(self.sentences, [(start, end)])

    def sentence(self, number: int) -> Sentence | None:
        """The sentence with this number."""
        return self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None


def within(mentions: Sequence[S], spans: Sequence[tuple[int, int]]) -> list[S]:
    """The mentions, which are in the order of their start, that overlap any of the spans."""
    found: dict[int, S] = {}
    for start, end in spans:
        first = bisect_left(mentions, start - _LONGEST, key=_start)
        for at in range(first, bisect_left(mentions, end, key=_start)):
            if mentions[at].end > start:
                found[at] = mentions[at]
    return [found[at] for at in sorted(found)]


def nearest_first(mentions: Sequence[S], offsets: Sequence[int]) -> Iterator[S]:
    """The mentions, which are in the order of their start, from the nearest to any of `offsets` outwards; of two as
    near, the earlier one first. Walked only as far as is needed."""
    seen: set[int] = set()
    for _, at in merge(*(_outwards(mentions, offset) for offset in offsets or (0,))):
        if at not in seen:
            seen.add(at)
            yield mentions[at]


def _outwards(mentions: Sequence[Spanned], offset: int) -> Iterator[tuple[int, int]]:
    """(distance, number) of each mention, from `offset` outwards."""
    after = bisect_left(mentions, offset, key=_start)
    before = after - 1
    while before >= 0 or after < len(mentions):
        back = offset - mentions[before].start if before >= 0 else None
        ahead = mentions[after].start - offset if after < len(mentions) else None
        if ahead is None or (back is not None and back <= ahead):
            yield back or 0, before
            before -= 1
        else:
            yield ahead, after
            after += 1


def _start(mention: Spanned) -> int:
    return mention.start
