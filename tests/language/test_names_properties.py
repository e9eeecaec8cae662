"""What holds for places and names in any text, and which names mean one party."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.names import find_names, same_party, standard_name
from summarizer.language.places import countries_of, find_places

LANGUAGES = ["en", "fr", "es", "de", "pt", "it", "ru", "uk", "pl", "tr", "ar", "fa", "zh", "ja", "sw", "xx", ""]
PIECES = [
    "Kyiv", "Moscou", "Харькове", "القاهرة", "وحلب", "基辅", "俄军", "l'Otan", "US", "U.S.", "President", "Anna", "Smith", "in", "à", "от",
    "West Bank", "the West", "Congo", "Guinea", "Russian", "forces", "of", "the", "’s", "'", "-", ". ", ", ", "\n", " ", "\u200c", "\u0301", "\x00", "\ud800", "1", "—", "(", "و",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
)


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_offsets_point_at_what_is_written_and_nothing_raises(text: str, language: str) -> None:
    places, names = find_places(text, language), find_names(text, language)
    for spans in (
        [(mention.start, mention.end, mention.as_written) for mention in places],
        [(mention.start, mention.end, mention.as_written) for mention in names],
    ):
        assert all(text[start:end] == written and written for start, end, written in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    countries = countries_of(text, language)
    assert len(countries) == len(set(countries))


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.sampled_from(["en", "fr", "ru", "ar", "zh", "xx"]))
def test_same_party_is_symmetric_and_reflexive(a: str, b: str, language: str) -> None:
    assert same_party(a, a, language)
    assert same_party(a, b, language) == same_party(b, a, language)
    standard_name(a, language, "fr")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("a" * 300_000, "en"),
        ("Kyiv, " * 5_000, "en"),
        ("Киеве и " * 5_000, "ru"),
        ("وحلب " * 5_000, "ar"),
        ("俄军中" * 10_000, "zh"),
        ("President Anna " * 3_000, "en"),
        ("A " * 10_000, "pl"),
        ("'" * 100_000, "fr"),
        ("\u0301" * 100_000, "fr"),
    ],
)
def test_time_grows_with_the_text_and_no_faster(text: str, language: str) -> None:
    def seconds(count: int) -> float:
        best = 9.0
        for attempt in range(2):
            part = text[: len(text) * count // 2] + str(attempt)
            begin = perf_counter()
            find_places(part, language)
            find_names(part, language)
            best = min(best, perf_counter() - begin)
        return best

    find_places(text[:100], language)
    half = seconds(1)
    assert seconds(2) < 3.0 * half + 0.1


SAME = [
    ("Moscou", "Russie", "fr"),
    ("la partie russe", "Russia", "fr"),
    ("le gouvernement ukrainien", "Kyiv", "fr"),
    ("l'Otan", "NATO", "fr"),
    ("l'armée russe", "Russian army", "fr"),
    ("l'armée russe", "Russian armed forces", "fr"),
    ("les forces armées ukrainiennes", "ВСУ", "fr"),
    ("the Kremlin", "Russia", "en"),
    ("IDF", "armée israélienne", "en"),
    ("Israel Defense Forces", "Israeli army", "en"),
    ("US", "United States", "en"),
    ("Washington", "États-Unis", "fr"),
    ("UKR", "Ukraine", "en"),
    ("UN", "United Nations", "en"),
    ("ONU", "Nations unies", "fr"),
    ("ООН", "United Nations", "ru"),
    ("российская сторона", "Москва", "ru"),
    ("России", "Россия", "ru"),
    ("хуситами", "Ansar Allah", "ru"),
    ("俄方", "Russia", "zh"),
    ("乌军", "Ukrainian army", "zh"),
    ("الجانب الروسي", "Russia", "ar"),
    ("حركة حماس", "Hamas", "ar"),
    ("die russische Seite", "Moskau", "de"),
    ("Vereinte Nationen", "UNO", "de"),
    ("strona ukraińska", "Ukraina", "pl"),
    ("Rus tarafı", "Rusya", "tr"),
    ("Daesh", "Islamic State", "en"),
    ("HCR", "UNHCR", "fr"),
    ("CICR", "ICRC", "fr"),
    ("RSF", "قوات الدعم السريع", "en"),
    ("Comité international de la Croix-Rouge", "International Committee of the Red Cross", "fr"),
    ("the Foo Front", "Foo Front", "en"),
]
DIFFERENT = [
    ("l'armée russe", "Russie", "fr"),
    ("Russian army", "Ukrainian army", "en"),
    ("Russian Defence Ministry", "Russia", "en"),
    ("Hamas", "Hezbollah", "en"),
    ("Israel", "Palestine", "en"),
    ("UN", "UN Security Council", "en"),
    ("UNHCR", "OHCHR", "en"),
    ("ICRC", "Red Cross", "en"),
    ("North Korea", "South Korea", "en"),
    ("Sudan", "South Sudan", "en"),
    ("Congo-Kinshasa", "Congo-Brazzaville", "fr"),
    ("Niger", "Nigeria", "en"),
    ("Libyan National Army", "Libya", "en"),
    ("FARC dissidents", "FARC", "en"),
    ("Foo Front", "Bar Front", "en"),
    ("rebels", "Russia", "en"),
    ("Taliban", "Pakistani Taliban", "en"),
    ("us", "United States", "en"),
]


@pytest.mark.parametrize(("a", "b", "language"), SAME)
def test_names_of_one_party(a: str, b: str, language: str) -> None:
    assert same_party(a, b, language)
    assert same_party(b, a, language)


@pytest.mark.parametrize(("a", "b", "language"), DIFFERENT)
def test_names_of_two_parties(a: str, b: str, language: str) -> None:
    assert not same_party(a, b, language)
    assert not same_party(b, a, language)


@pytest.mark.parametrize(
    ("name", "language", "out", "expected"),
    [
        ("l'Otan", "fr", "en", "NATO"),
        ("Moscou", "fr", "de", "Russland"),
        ("l'armée russe", "fr", "ru", "российская армия"),
        ("ВСУ", "ru", "fr", "armée ukrainienne"),
        ("UN", "en", "zh", "联合国"),
        ("хуситы", "ru", "fr", "Houthis"),
        ("俄军", "zh", "en", "Russian army"),
        ("the United Nations", "en", "pt-BR", "Nações Unidas"),
        ("Russian Defence Ministry", "en", "fr", None),
        ("the Foo Front", "en", "fr", None),
        ("", "en", "fr", None),
    ],
)
def test_the_standard_name_in_another_language(name: str, language: str, out: str, expected: str | None) -> None:
    assert standard_name(name, language, out) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Russia attacked Ukraine. Ukraine's president thanked Ukrainian soldiers in Kyiv.", "en", ["UKR", "RUS"]),
        ("L'armée israélienne a frappé Gaza; le Hamas accuse Israël. Les Israéliens répondent.", "fr", ["ISR", "PSE"]),
        ("В Харькове и Одессе взрывы. Украинские власти обвинили Россию.", "ru", ["UKR", "RUS"]),
        ("اشتباكات في الخرطوم بين الجيش السوداني وقوات الدعم السريع.", "ar", ["SDN"]),
        ("胡塞武装袭击红海船只,也门局势紧张。", "zh", ["YEM"]),
        ("Nothing is said of any country.", "en", []),
    ],
)
def test_the_countries_that_a_text_is_about(text: str, language: str, expected: list[str]) -> None:
    assert countries_of(text, language) == expected
