"""Languages without a data file: what CLDR, digits and scripts give, and that what is not known is not called wrong."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.grounding.judging import judge
from summarizer.grounding.keys import unique_keys
from summarizer.language.analysis import Analysis
from summarizer.language.dates import find_dates
from summarizer.language.quantities import find_quantities
from summarizer.schema.article import Article, Edtf
from summarizer.schema.draft import Draft, DraftFigure


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("sv", "Omkring 3 miljoner människor och 20 tusen soldater", [3_000_000, 20_000]),
        ("hi", "लगभग 2 लाख लोग विस्थापित हुए", [200_000]),
        ("hi", "१२३ लोग मारे गए", [123]),
        ("he", "כ-30 אלף איש פונו", [30_000]),
        ("ko", "약 3만5천 명이 대피했고 14명이 숨졌다", [35_000, 14]),
        ("nl", "Bijna 2.000 mensen vluchtten", [2000]),
        ("sw", "watu 1,200 waliuawa", [1200]),
        ("th", "มีผู้เสียชีวิต 14 คน", [14]),
        ("bn", "১৪ জন নিহত", [14]),
    ],
)
def test_numbers(language: str, text: str, values: list[int]) -> None:
    assert [one.value for one in find_quantities(text, language)] == values


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ko", "러시아군이 월요일 하르키우를 공격해", [("월요일", "2024-05-13")]),
        ("ko", "지난 3월 1일 일부가", [("3월 1일", "2024-03-01")]),
        ("ja", "ロシア軍は月曜日、5月13日に一部が", [("月曜日", "2024-05-13"), ("5月13日", "2024-05-13")]),
        ("th", "วันจันทร์ที่ 13 พฤษภาคม 2024", [("วันจันทร์ที่ 13 พฤษภาคม 2024", "2024-05-13")]),
        ("cs", "v pondělí 13. května", [("pondělí 13. května", "2024-05-13")]),
        ("sw", "tarehe 13 Mei 2024", [("13 Mei 2024", "2024-05-13")]),
    ],
)
def test_dates(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.as_written, one.date) for one in find_dates(text, language, Edtf("2024-05-15"))] == expected


def _figure(quote: str, words: str, value: int, hedge: str) -> dict[str, Any]:
    nothing = ("since", "as_of", "place", "origin", "destination", "side", "asserted_by", "subset_of")
    return {
        "key": "f1",
        "evidence": [{"sentence": 1, "quote": quote}],
        "category": "killed",
        "quantity": {"as_written": words, "value": value, "low": None, "high": None, "hedge": hedge},
        "population": "people",
        "unit": "persons",
        "measure": "new",
        "assertion": "fact",
        **dict.fromkeys(nothing),
    }


@pytest.mark.parametrize(
    ("language", "quote", "words", "value", "hedge"),
    [
        ("sv", "Minst 14 personer dödades", "Minst 14", 14, "at_least"),
        ("he", "לפחות 14 בני אדם נהרגו", "לפחות 14", 14, "at_least"),
        ("ko", "최소 14명이 숨졌다", "최소 14명", 14, "at_least"),
        ("hi", "लगभग 2 लाख लोग विस्थापित हुए", "लगभग 2 लाख", 200_000, "about"),
        ("nl", "Zeker veertien mensen kwamen om", "Zeker veertien", 14, "at_least"),
        ("am", "ወደ 30 ሺህ ሰዎች ተፈናቀሉ", "ወደ 30 ሺህ", 30_000, "about"),
    ],
)
def test_a_hedge_that_is_not_known_stays_as_drafted(
    language: str, quote: str, words: str, value: int, hedge: str
) -> None:
    draft: dict[str, Any] = {name: None if name == "publication_day" else [] for name in Draft.model_fields}
    draft["humanitarian_figures"] = [_figure(quote, words, value, hedge)]
    analysis = Analysis(Article(text=f"{quote}.", language=language))
    (judged,) = judge(analysis, unique_keys(Draft.model_validate(draft)))
    assert judged.problems == ()
    assert isinstance(judged.item, DraftFigure)
    assert judged.item.quantity.hedge == hedge


def test_another_number_is_wrong_in_any_language() -> None:
    draft: dict[str, Any] = {name: None if name == "publication_day" else [] for name in Draft.model_fields}
    draft["humanitarian_figures"] = [_figure("Minst 14 personer dödades", "Minst 14", 15, "at_least")]
    analysis = Analysis(Article(text="Minst 14 personer dödades.", language="sv"))
    (judged,) = judge(analysis, unique_keys(Draft.model_validate(draft)))
    assert "does not state 15" in judged.problems[0]
