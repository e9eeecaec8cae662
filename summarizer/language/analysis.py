"""What an article's text itself shows: each kind of mention found once, when it is first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from summarizer.language.attribution import Attribution, find_attributions, resolve_pronouns
from summarizer.language.dates import DateMention, Inference, find_dates, infer_publication
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


def _start(mention: Spanned) -> int:
    return mention.start
