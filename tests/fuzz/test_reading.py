"""Any bytes, any string: an article, or a ReadingError."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import ReadingError
from summarizer.reading.sources import read_article, read_articles
from summarizer.schema.article import Article
from tests.fuzz.texts import LANGUAGES, any_texts, fuzzed, hostile_bytes


def sound(article: Article) -> None:
    """What everything behind reading relies on."""
    assert any(character.isalnum() or character == "_" for character in article.text)
    article.text.encode()  # no lone surrogates
    assert "\x00" not in article.text
    assert article.language


@fuzzed
@given(hostile_bytes())
def test_any_bytes_are_an_article_or_a_reading_error(data: bytes) -> None:
    with contextlib.suppress(ReadingError):
        for article in read_articles(data):
            sound(article) if isinstance(article, Article) else None
    with contextlib.suppress(ReadingError):
        sound(read_article(data))


@fuzzed
@given(any_texts().filter(lambda text: "://" not in text), st.sampled_from([None, *LANGUAGES]))
def test_any_string_is_an_article_or_a_reading_error(text: str, language: str | None) -> None:
    with contextlib.suppress(ReadingError):
        sound(read_article(text, language=language or None))


@fuzzed
@given(any_texts(), any_texts(), any_texts())
def test_any_metadata_is_taken_or_refused(title: str, publisher: str, published: str) -> None:
    with contextlib.suppress(ReadingError):
        sound(read_article("Two people were killed in Kyiv.", title=title, publisher=publisher, published=published))


@fuzzed
@given(
    st.lists(
        st.sampled_from(
            [
                b"<",
                b">",
                b"/",
                b"p",
                b"div",
                b"script",
                b"'",
                b'"',
                b"=",
                b"&",
                b"\n",
                b"<!--",
                b"]]>",
                b"table",
                b"\xff",
                b"style=display:none",
                b" ",
                b"Kyiv ",
            ]
        ),
        max_size=60,
    )
)
def test_any_soup_of_tags_is_an_article_or_a_reading_error(soup: list[bytes]) -> None:
    with contextlib.suppress(ReadingError):
        sound(read_article(b"<html><body>" + b"".join(soup)))
