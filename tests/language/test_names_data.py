"""The languages' tables of names and places fit together and point at what exists."""

from __future__ import annotations

import pytest

from summarizer.language.countries import by_alpha3
from summarizer.language.cues import cues, known_languages
from summarizer.language.folding import fold
from summarizer.language.gazetteer import listed_settlements, region_entry, resolve
from summarizer.language.names import find_names
from summarizer.language.parties import known_party
from summarizer.language.places import find_places

LANGUAGES = ["ar", "de", "en", "es", "fa", "fr", "it", "pl", "pt", "ru", "tr", "uk", "zh"]


def test_thirteen_languages_have_names_and_places() -> None:
    found = [language for language in known_languages() if cues(language, "names") and cues(language, "places")]
    assert set(LANGUAGES) <= set(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_point_at_what_exists(language: str) -> None:
    names, places = cues(language, "names"), cues(language, "places")
    for party in names["parties"]:
        known = known_party(party)
        assert known is not None
        assert language in known.names
    for table in (names["demonyms"], names["armies"], names["seats"], places["countries"]):
        assert set(table) <= set(by_alpha3())
    for region in places["regions"]:
        assert region_entry(region).kind == "region"
    listed = listed_settlements(language)
    for written in places["settlements"].values():
        assert all(fold(name) in listed for name in written)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_party_and_sixty_nationalities_have_a_name_in_each_language(language: str) -> None:
    assert set(cues(language, "names")["parties"]) == set(cues("en", "names")["parties"])
    assert len(cues(language, "names")["demonyms"]) >= 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_party_is_found_by_its_standard_name(language: str) -> None:
    lost = []
    for party, written in cues(language, "names")["parties"].items():
        found = {mention.party.id for mention in find_names(f"({written[0]})", language) if mention.party is not None}
        if party not in found and not {
            known for known in found if written[0] in cues(language, "names")["parties"].get(known, [])
        }:
            lost.append(written[0])
    assert lost == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Vita nchini Ukraine vimeendelea mjini Kyiv.", "sw", ["Ukraine", "Kyiv"]),
        ("Rusland viel Oekraïne aan; in Charkov vielen doden.", "nl", ["Rusland", "Oekraïne", "Charkov"]),
        ("ロシア軍がキーウを攻撃し、ウクライナは反撃した。", "ja", ["ロシア", "キーウ", "ウクライナ"]),
        ("रूस ने यूक्रेन के कीव पर हमला किया।", "hi", ["रूस", "यूक्रेन", "कीव"]),
        ("러시아군이 우크라이나를 공격했다.", "ko", ["러시아", "우크라이나"]),
    ],
)
def test_a_language_without_data_has_cldr_and_the_gazetteer(text: str, language: str, expected: list[str]) -> None:
    assert [mention.as_written for mention in find_places(text, language)] == expected


def test_capitals_in_every_language_are_known() -> None:
    for name, language in [
        ("Хартум", "ru"), ("Хартум", "uk"), ("Chartum", "pl"), ("Hartum", "tr"), ("الخرطوم", "ar"), ("خارطوم", "fa"), ("喀土穆", "zh"), ("Cartum", "pt"), ("Khartum", "de")
    ]:  # fmt: skip
        entry = resolve(name, language)
        assert entry is not None
        assert entry.country == "SDN"
