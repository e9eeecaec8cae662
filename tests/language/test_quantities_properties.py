"""Quantities, whatever the text: written numbers are read back, nothing raises, offsets hold, time is linear."""

from __future__ import annotations

import sys
import time

import pytest
from babel.numbers import format_decimal
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from num2words import num2words

from summarizer.language import numerals
from summarizer.language.cues import known_languages
from summarizer.language.quantities import QuantityKind, find_quantities
from summarizer.schema.codes import Hedge

WORDED = ["en", "fr", "fr_CH", "fr_BE", "es", "de", "pt", "it", "ru", "uk", "pl", "tr", "ar", "fa"]
FORMATTED = [
    "en",
    "en_IN",
    "fr",
    "es",
    "de",
    "de_CH",
    "pt",
    "it",
    "ru",
    "uk",
    "pl",
    "tr",
    "ar_EG",
    "fa",
    "zh",
    "hi",
    "sv",
    "ko",
]
DIGITS = {
    "arabic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "fullwidth": "０１２３４５６７８９",
}
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
LANGUAGES = st.sampled_from([*known_languages(), "xx", "", "sv", "zh-Hant", "not a language"])
PIECES = st.sampled_from(
    ["12", " ", "1,000", "-", "–", "to", "à", "between", "and", "entre", "et", "de", "million", "mille", "thousand", "%", "$", ".",
     "at least", "plus de", "или", "от", "до", "тысяч", "сорок", "человек", "三", "十", "万", "多", "人", "至", "ألف", "و", "عشرون", "بين", "\n\n", "½", "year-old", "einundzwanzig", "hundert", "no casualties", "жертв нет"]
)  # fmt: skip


def misspelt_by_num2words(locale: str, value: int) -> bool:
    """It writes `dicotto` for diciotto, leaves out `bir` before bin (361 bin), and doubles the scale of Arabic 501 million."""
    groups = [value // 1000**power % 1000 for power in range(4)]
    if locale == "it":
        return any(group % 100 == 18 for group in groups)
    if locale == "tr":
        return any(group % 10 == 1 for group in groups[1:])
    return locale == "ar" and any(group % 100 in (0, 1, 2) and group > 2 for group in groups[1:])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WORDED), st.integers(12, 999_999_999))
def test_a_number_in_words_is_read_back(locale: str, value: int) -> None:
    assume(not misspelt_by_num2words(locale, value))
    words = num2words(value, lang=locale)
    (mention,) = find_quantities(f"({words})", locale[:2])
    assert (mention.as_written, mention.value, mention.hedge) == (words, value, Hedge.EXACT)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FORMATTED), st.integers(0, 10**12))
def test_a_number_in_a_locale_s_digits_is_read_back(locale: str, value: int) -> None:
    digits = format_decimal(value, locale=locale)
    (mention,) = find_quantities(f"({digits})", locale[:2])
    assert (mention.as_written, mention.value) == (digits, value)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(DIGITS)), st.integers(0, 10**12), LANGUAGES)
def test_digits_of_any_script_are_read(script: str, value: int, language: str) -> None:
    digits = str(value).translate(str.maketrans("0123456789", DIGITS[script]))
    (mention,) = find_quantities(f"« {digits} »", language)
    assert (mention.as_written, mention.value) == (digits, value)


@settings(max_examples=200, deadline=None)
@given(ANYTHING | st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join), LANGUAGES)
def test_any_text_gives_ordered_mentions_with_true_offsets(text: str, language: str) -> None:
    end = 0
    for mention in find_quantities(text, language):
        assert end <= mention.start <= mention.number_start < mention.number_end <= mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.as_written
        assert (mention.hedge is Hedge.VAGUE) == mention.derived
        if mention.hedge is Hedge.RANGE and mention.low is not None and mention.high is not None:
            assert mention.value is None
            assert mention.low < mention.high
        end = mention.end


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800 12 \udfff", "٣", "½", "%", "1" * 5000, "²", "一" * 300, "\u200f40\u200f"]
)
@pytest.mark.parametrize("language", ["en", "ar", "zh", "xx"])
def test_odd_texts_do_not_raise(text: str, language: str) -> None:
    find_quantities(text, language)


def test_an_unknown_language_still_has_its_digits_signs_and_months() -> None:
    text = "Minst 1 200 personer, 15 % och ~300 hus, 24 februari 2022."
    found = [(m.as_written, m.value, m.hedge, m.kind) for m in find_quantities(text, "sv")]
    assert found == [
        ("1 200", 1200, Hedge.EXACT, QuantityKind.COUNT),
        ("15", 15, Hedge.EXACT, QuantityKind.PERCENTAGE),
        ("~300", 300, Hedge.ABOUT, QuantityKind.COUNT),
        ("24", 24, Hedge.EXACT, QuantityKind.DATE),
        ("2022", 2022, Hedge.EXACT, QuantityKind.YEAR),
    ]


@pytest.mark.parametrize(
    ("language", "unit"),
    [
        ("en", "more than two hundred and fifty people, between 30 and 40 "),
        ("de", "zweihundertfünfzig"),
        ("zh", "三千五百万"),
        ("en", "1,"),
        ("en", "1-"),
        ("en", "one thousand, "),
        ("fr", "de 30 à "),
        ("ru", "человек сорок "),
        ("fa", "سیصدو"),
    ],
)
def test_time_grows_with_length_alone(language: str, unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        started = time.perf_counter()
        find_quantities(text, language)
        return time.perf_counter() - started

    seconds(1_000)
    short = min(seconds(2_000) for _ in range(3))
    long = min(seconds(8_000) for _ in range(2))
    assert long < max(short, 0.01) * 4 * 2.5


def test_no_digit_stands_beyond_the_planes_that_are_searched_for_zeros() -> None:
    beyond = (chr(point) for point in range(numerals._IDEOGRAPHS, sys.maxunicode + 1))
    assert not any(character.isdecimal() for character in beyond)
