"""Any text in any language: what is found stands where it is said to stand."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from summarizer.grounding.alignment import align
from summarizer.grounding.suspicion import reporting
from summarizer.language.analysis import Analysis, Spanned, nearest_first
from summarizer.schema.article import Article, Edtf
from tests.fuzz.texts import LANGUAGES, any_texts, fuzzed, hostile_texts

PUBLISHED = st.sampled_from(
    [None, "2022-03-03", "2022-03", "2022", "0001-01-01", "9999-12-31", "2022-03-01/2022-03-02"]
)


@fuzzed
@given(any_texts(), st.sampled_from(LANGUAGES), PUBLISHED)
def test_every_mention_is_a_passage_of_the_text(text: str, language: str, published: str | None) -> None:
    analysis = Analysis(Article(text, language=language or None, published=Edtf(published) if published else None))
    kinds: list[Sequence[Spanned]] = [analysis.quantities, analysis.dates, analysis.places, analysis.names]
    for found in (*kinds, analysis.quotations):
        starts = [one.start for one in found]
        assert starts == sorted(starts)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
    for mention in (one for found in kinds for one in found):
        assert text[mention.start : mention.end] == getattr(mention, "as_written")  # noqa: B009
    for sentence in analysis.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
    for attribution in analysis.attributions:
        assert 0 <= attribution.start <= attribution.end <= len(text)


@fuzzed
@given(any_texts(), st.sampled_from(LANGUAGES))
def test_the_sentences_cover_all_that_is_no_space_once(text: str, language: str) -> None:
    sentences = Analysis(Article(text, language=language or None)).sentences
    assert [one.number for one in sentences] == list(range(1, len(sentences) + 1))
    assert "".join("".join(one.text.split()) for one in sentences) == "".join(text.split())


@fuzzed
@given(any_texts(), hostile_texts(8), st.integers(-5, 50), st.sampled_from(LANGUAGES))
def test_a_quote_is_found_in_the_text_or_not_at_all(text: str, quote: str, number: int, language: str) -> None:
    sentences = Analysis(Article(text, language=language or None)).sentences
    found = align(quote, number, sentences)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert any(character.isalnum() for character in text[found.start : found.end])


@fuzzed
@given(any_texts(), st.sampled_from(LANGUAGES))
def test_what_is_suspicious_is_blanked_and_nothing_moves(text: str, language: str) -> None:
    analysis = Analysis(Article(text, language=language or None))
    told = reporting(analysis)
    at = 0
    for one in told.stretches:
        assert at <= one.start < one.end <= len(text)
        at = one.end
        assert not told.analysis.article.text[one.start : one.end].strip()
    assert len(told.analysis.article.text) == len(text)
    assert [(one.start, one.end) for one in told.analysis.sentences] == [
        (one.start, one.end) for one in analysis.sentences
    ]


@fuzzed
@given(any_texts(), st.lists(st.integers(-10, 500), max_size=4))
def test_nearest_first_is_a_sort_by_distance(text: str, offsets: list[int]) -> None:
    sentences = Analysis(Article(text, language="en")).sentences
    expected = sorted(sentences, key=lambda one: min(abs(one.start - offset) for offset in offsets or [0]))
    assert list(nearest_first(sentences, offsets)) == expected
