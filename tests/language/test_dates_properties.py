"""A day written as CLDR writes it is read back; words shifted from a day are read back; nothing makes it fall over."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.dates import find_dates
from summarizer.schema.article import Edtf

LANGUAGES = ["en", "fr", "es", "de", "pt", "it", "ru", "uk", "pl", "tr", "ar", "fa", "zh"]
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
AGO = {
    "en": "{n} days ago",
    "fr": "il y a {n} jours",
    "es": "hace {n} días",
    "de": "vor {n} Tagen",
    "pt": "há {n} dias",
    "it": "{n} giorni fa",
    "ru": "{n} дней назад",
    "uk": "{n} днів тому",
    "pl": "{n} dni temu",
    "tr": "{n} gün önce",
    "ar": "قبل {n} أيام",
    "zh": "{n}天前",
}


def read(text: str, language: str, published: date | None = None) -> list[str | None]:
    return [one.date for one in find_dates(text, language, Edtf(published.isoformat()) if published else None)]


@pytest.mark.parametrize("width", ["long", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
@given(day=DAYS)
@settings(max_examples=30, deadline=None)
def test_a_day_as_cldr_writes_it_is_read_back(language: str, width: str, day: date) -> None:
    written = format_date(day, width, locale=language)
    assert read(f"({written})", language) == [day.isoformat()], written


@pytest.mark.parametrize("language", sorted(AGO))
@given(published=DAYS, days=st.integers(3, 9))
@settings(max_examples=20, deadline=None)
def test_a_shift_by_days_is_read_back(language: str, published: date, days: int) -> None:
    text = AGO[language].format(n=days)
    assert read(text, language, published) == [(published - timedelta(days=days)).isoformat()]


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "pl", "pt"])
@given(published=DAYS, back=st.integers(0, 6))
@settings(max_examples=20, deadline=None)
def test_a_weekday_is_the_nearest_past_one(language: str, published: date, back: int) -> None:
    said = published - timedelta(days=back)
    weekday = format_date(said, "EEEE", locale=language)
    assert read(f"123, {weekday}.", language, published) == [said.isoformat()]


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    text=st.text(max_size=120)
    | st.lists(
        st.sampled_from(
            [
                "mars",
                "3",
                "31",
                "2022",
                "lundi",
                "Monday",
                "на",
                "вторник",
                "–",
                "/",
                ".",
                "周五",
                "月",
                "日",
                "\n",
                "٣",
            ]
        ),
        max_size=25,
    ).map(" ".join)
)
@settings(max_examples=30, deadline=None)
def test_spans_are_ordered_and_verbatim_in_any_text(language: str, text: str) -> None:
    found = find_dates(text, language, Edtf("2022-03-03"))
    assert all(text[one.start : one.end] == one.as_written for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
