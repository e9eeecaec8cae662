"""Numbers in an item's own words: a paraphrase may not state what the article does not."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.grounding.judging import Judged, judge
from summarizer.language.analysis import Analysis
from summarizer.schema.article import Article, Edtf
from summarizer.schema.codes import Verdict
from summarizer.schema.draft import Draft
from tests.samples import empty_draft, evidence

TEXT = "M23 fighters killed fourteen people in Goma on 3 May, and 1.4 million fled. The war began in 2015. Guns of type S-300 fired."


def judged(text: str, *, article: str = TEXT, language: str = "en", sentence: int = 1) -> Judged:
    analysis = Analysis(Article(text=article, language=language, published=Edtf("2024-05-04")))
    answer: dict[str, Any] = empty_draft()
    answer["gist"] = [
        {"key": "g1", "evidence": evidence(sentence, analysis.sentences[sentence - 1].text), "text": text}
    ]
    (one,) = judge(analysis, Draft.model_validate(answer))
    return one


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen people were killed.",
        "14 people were killed.",
        "On 3 May, 1.4 million fled.",
        "1,400,000 people fled Goma.",
        "1 400 000 personnes ont fui.",
        "M23 killed people on 2024-05-03.",
        "Nobody can be named.",
        "١٤ قتيلا",
    ],
)
def test_numbers_of_the_quoted_sentence_in_any_writing_are_supported(text: str) -> None:
    one = judged(text)
    assert (one.problems, one.verdict) == ((), Verdict.SUPPORTED)


@pytest.mark.parametrize("text", ["500 people were killed.", "15 people were killed.", "1.5 million fled.", "٥٠٠ قتيل"])
def test_a_number_that_the_article_does_not_state_is_wrong(text: str) -> None:
    (problem,) = judged(text).problems
    assert "stands nowhere in the article" in problem


def test_a_number_of_another_sentence_is_doubted() -> None:
    one = judged("People were killed in a war that began in 2015.")
    assert (one.problems, one.verdict) == ((), Verdict.PARTLY_SUPPORTED)


def test_where_the_language_has_no_number_words_here_a_number_is_only_doubted() -> None:
    one = judged("14 people were killed.", article="Watu kumi na wanne waliuawa mjini Goma.", language="sw")
    assert (one.problems, one.verdict) == ((), Verdict.PARTLY_SUPPORTED)
