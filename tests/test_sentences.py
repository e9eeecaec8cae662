"""Sentences: numbered, with offsets that give back their text, and nothing of the article lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.sentences import split_sentences
from summarizer.schema.article import Article


def texts(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(Article(text=text, language=language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("en", "Mr. Smith left. Gen. Lee stayed.", ["Mr. Smith left.", "Gen. Lee stayed."]),
        ("fr", "M. Guterres a parlé. Il est parti.", ["M. Guterres a parlé.", "Il est parti."]),
        ("en", "A headline\n\nThe army left.", ["A headline", "The army left."]),
        ("en", "A headline\nThe army left.\nIt came back.", ["A headline", "The army left.", "It came back."]),
        ("ar", "قال الرئيس نعم. هل عاد؟ لا.", ["قال الرئيس نعم.", "هل عاد؟", "لا."]),
        ("zh", "北京说不行。他说12.5万人逃离。", ["北京说不行。", "他说12.5万人逃离。"]),
        ("ru", "Армия ушла. Погибли 12 человек.", ["Армия ушла.", "Погибли 12 человек."]),
        ("en", "It cost 3.5 million. It fell.", ["It cost 3.5 million.", "It fell."]),
        ("xx-unknown", "One. Two.", ["One.", "Two."]),
    ],
)
def test_sentences(language: str, text: str, expected: list[str]) -> None:
    assert texts(text, language) == expected


def test_a_hard_wrapped_paragraph_is_one_paragraph() -> None:
    text = (
        "The army said on Monday that its troops had left the town of Marawi\n"
        "after three weeks of fighting in which at least fourteen people had\n"
        "been killed. Talks are to begin on Friday."
    )
    assert len(texts(text)) == 2


def test_paragraphs_are_numbered() -> None:
    sentences = split_sentences(Article(text="It rained. It shone.\n\nIt froze.", language="en"))
    assert [(s.number, s.paragraph) for s in sentences] == [(1, 1), (2, 1), (3, 2)]


def test_a_text_without_any_punctuation_is_cut_into_usable_pieces() -> None:
    pieces = texts("word " * 2000)
    assert len(pieces) > 5
    assert max(map(len, pieces)) <= 1000


@given(st.text(max_size=400))
def test_offsets_give_the_text_back_and_nothing_is_lost(text: str) -> None:
    article = Article(text=text.encode("utf-8", "replace").decode(), language="en")
    sentences = split_sentences(article)
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))
    position = 0
    for sentence in sentences:
        assert article.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert article.text[position : sentence.start].strip() == ""
        position = sentence.end
    assert article.text[position:].strip() == ""
