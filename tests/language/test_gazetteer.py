"""Countries' codes and names, what a place's name can mean, and which names are one place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.language.countries import alpha3, country_name
from summarizer.language.folding import fold
from summarizer.language.gazetteer import lookup, resolve, same_place
from summarizer.language.settlements import _world, find_small, small_index
from summarizer.schema.article import Iso3


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("UA", None, "UKR"),
        ("ukr", None, "UKR"),
        ("XK", None, "XKX"),
        ("Ukraine", "en", "UKR"),
        ("UKRAINE", "fr", "UKR"),
        ("Україна", "uk", "UKR"),
        ("Биelorussia", "en", None),
        ("Birmanie", "fr", "MMR"),
        ("Burma", "en", "MMR"),
        ("Myanmar", "de", "MMR"),
        ("RDC", "fr", "COD"),
        ("Congo-Brazzaville", "fr", "COG"),
        ("cote d'ivoire", "fr", "CIV"),
        ("Ivory Coast", "en", "CIV"),
        ("Kongo-Kinshasa", "de", "COD"),
        ("乌克兰", None, "UKR"),
        ("ウクライナ", None, "UKR"),
        ("우크라이나", None, "UKR"),
        ("यूक्रेन", None, "UKR"),
        ("سوريا", "ar", "SYR"),
        ("سورية", "ar", "SYR"),
        ("Türkiye", "en", "TUR"),
        ("Türkei", "de", "TUR"),
        ("EE. UU.", "es", "USA"),
        ("U.S.", "en", "USA"),
        ("Palestine", "en", "PSE"),
        ("США", "ru", "USA"),
        ("Ruanda", "sw", None),
        ("Rwanda", "sw", "RWA"),
        ("Nowhereland", "en", None),
        ("", None, None),
    ],
)
def test_a_country_by_its_code_or_its_name(name: str, language: str | None, code: str | None) -> None:
    assert alpha3(name, language) == code


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("UKR", "fr", "Ukraine"),
        ("UKR", "ru", "Украина"),
        ("ukr", "uk", "Україна"),
        ("MMR", "en", "Myanmar"),
        ("USA", "pt-BR", "Estados Unidos"),
        ("XKX", "de", "Kosovo"),
        ("COD", "zh", "刚果（金）"),
        ("ZZZ", "en", None),
        ("UKR", "qqx", None),
    ],
)
def test_a_countrys_name_in_a_language(code: str, language: str, name: str | None) -> None:
    assert country_name(code, language) == name


@pytest.mark.parametrize(
    ("a", "b", "language"),
    [
        ("Kiev", "Kyiv", "en"),
        ("Kiev", "Київ", "fr"),
        ("Киеве", "Kyiv", "ru"),
        ("Kharkov", "Kharkiv", "en"),
        ("Харьковом", "Kharkiv", "ru"),
        ("Gomel", "Homel", "en"),
        ("Berdiansk", "Berdyansk", "fr"),
        ("Alep", "Aleppo", "fr"),
        ("Boutcha", "Bucha", "fr"),
        ("Marioupol", "Mariupol", "fr"),
        ("Zaporijia", "Zaporizhzhia", "fr"),
        ("Odessa", "Odesa", "en"),
        ("Birmanie", "Myanmar", "fr"),
        ("la bande de Gaza", "Gaza Strip", "fr"),
        ("l'Ukraine", "Ukraine", "fr"),
        ("Biélorussie", "Belarus", "fr"),
        ("the West Bank", "Cisjordanie", "fr"),
        ("بالقاهرة", "القاهرة", "ar"),
        ("القاهرة", "Cairo", "ar"),
        ("Khan Younis", "Khan Yunis", "en"),
        ("Damas", "Damascus", "fr"),
        ("基辅", "Kyiv", "zh"),
        ("基輔", "基辅", "zh"),
        ("w Charkowie", "Charków", "pl"),
        ("Nowhereland", "nowhereland", "en"),
    ],
)
def test_other_spellings_of_one_place(a: str, b: str, language: str) -> None:
    assert same_place(a, b, language)
    assert same_place(b, a, language)


@pytest.mark.parametrize(
    ("a", "b", "language"),
    [
        ("Kyiv", "Kharkiv", "en"),
        ("Niger", "Nigeria", "en"),
        ("Guinea", "Guinea-Bissau", "en"),
        ("Congo-Kinshasa", "Congo-Brazzaville", "fr"),
        ("Sudan", "South Sudan", "en"),
        ("Gaza Strip", "West Bank", "en"),
        ("Reading", "Wakefield", "en"),
        ("Irak", "Iran", "fr"),
        ("Nowhereland", "Kyiv", "en"),
        ("Nowhereland", "Erewhon", "en"),
        ("Mali", "Malawi", "en"),
        ("", "Kyiv", "en"),
    ],
)
def test_two_places(a: str, b: str, language: str) -> None:
    assert not same_place(a, b, language)
    assert not same_place(b, a, language)


def test_the_countries_that_it_is_about_come_first() -> None:
    assert [entry.country for entry in lookup("Tripoli", "en", [Iso3("LBN")])][:2] == ["LBN", "LBY"]
    assert [entry.country for entry in lookup("Tripoli", "en")][:2] == ["LBY", "LBN"]


def test_a_country_comes_before_its_capital_and_its_namesakes() -> None:
    kinds = {entry.kind for entry in lookup("Georgia", "en")}
    assert kinds == {"country", "region"}
    for name, code in (("Luxembourg", "LUX"), ("Guatemala", "GTM"), ("Djibouti", "DJI")):
        entry = resolve(name, "fr")
        assert entry is not None
        assert (entry.kind, entry.country, entry.latitude) == ("country", code, None)
    mexico = resolve("Mexico", "fr")
    assert mexico is not None
    assert (mexico.kind, mexico.country) == ("settlement", "MEX")


def test_a_small_place_is_known_where_the_article_is_about_its_country_or_no_other_has_the_name() -> None:
    for about in ([Iso3("UKR")], []):
        entry = resolve("Borodianka", "en", about)
        assert entry is not None
        assert (entry.country, entry.kind) == ("UKR", "settlement")
    assert resolve("Xyzzyville", "en") is None


@pytest.mark.parametrize("language", ["ar", "fr", "zh", "en"])
def test_a_country_by_its_english_name_comes_before_its_namesakes_in_any_language(language: str) -> None:
    for name, code in (("Lebanon", "LBN"), ("Jordan", "JOR"), ("Peru", "PER")):
        entry = resolve(name, language)
        assert entry is not None
        assert (entry.kind, entry.country) == ("country", code)


@pytest.mark.parametrize("about", [[], [Iso3("LBN")], [Iso3("ISR"), Iso3("LBN"), Iso3("SYR"), Iso3("IRN")]])
def test_a_part_of_a_country_is_no_village_at_the_other_end_of_the_world(about: list[Iso3]) -> None:
    assert lookup("South Lebanon", "en", about) == []
    assert {entry.country for entry in lookup("South Lebanon", "en", [Iso3("USA")])} == {"USA"}


def test_a_small_place_of_another_country_than_the_articles_is_not_meant() -> None:
    assert resolve("Borodianka", "en", [Iso3("LBN")]) is None


def test_the_stretch_of_a_country_has_all_its_small_places() -> None:
    # The file is searched for a country's first and last place; that it lists them together makes this fast.
    assert small_index(Iso3("ZZZ")).get("anything") == []
    assert {place.iso2 for place in small_index(Iso3("LBN")).get("marjayoun")} <= {"LB"}
    assert [place.iso2 for place in find_small("Borodianka")] == ["UA"]


def test_every_city_above_100_000_is_itself_or_a_larger_namesake() -> None:
    settlements, _ = _world()
    cities = [each for each in settlements if each.population > 100_000]
    assert len(cities) > 4000
    lost = []
    for city in cities:
        entry = resolve(city.name, "en")
        bigger = entry is not None and (entry.kind != "settlement" or entry.population >= city.population)
        if entry is None or not (entry.geonames_id == city.id or bigger):
            lost.append((city.name, entry))
    assert lost == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["en", "ru", "ar", "zh", "xx", ""]))
def test_same_place_is_symmetric_reflexive_and_never_raises(a: str, b: str, language: str) -> None:
    assert same_place(a, a, language)
    assert same_place(a, b, language) == same_place(b, a, language)
    resolve(a, language, [Iso3("UKR"), Iso3("???")])


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Côte d’Ivoire", "cote d ivoire"),
        ("Saint-Denis", "saint denis"),
        ("İSTANBUL", "istanbul"),
        ("Ḩamāh", "hamah"),
        ("Łódź", "lodz"),
        ("إدلب", "ادلب"),
        ("غزّة", "غزه"),
        ("کی‌یف", "كي يف"),
        ("Харьков", "харьков"),
        ("Ємен", "ємен"),
        ("基輔", "基辅"),
        ("우크라이나", "우크라이나"),
        ("  ", ""),
    ],
)
def test_folding(written: str, key: str) -> None:
    assert fold(written) == key
