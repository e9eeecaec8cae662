"""Places, days and voices: what is confirmed, what is doubted, what is wrong, and which namesake is meant."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.grounding.dates import check_date
from summarizer.grounding.findings import Findings
from summarizer.grounding.folding import contains, fold
from summarizer.grounding.judging import judge
from summarizer.grounding.keys import unique_keys
from summarizer.grounding.locating import locate
from summarizer.grounding.places import check_place
from summarizer.language.analysis import Analysis
from summarizer.schema.article import Article, Edtf
from summarizer.schema.codes import Match, Outcome, Precision
from summarizer.schema.draft import Draft, DraftPlace, DraftWhen
from summarizer.schema.values import Evidence
from tests.samples import evidence


def analysed(text: str, language: str, title: str | None = None) -> Analysis:
    return Analysis(Article(text=text, language=language, title=title, published=Edtf("2024-06-20")))


def place(words: str, name: str, country: str | None, precision: str = "settlement") -> DraftPlace:
    return DraftPlace(as_written=words, name=name, country=country, precision=Precision(precision))


def found(analysis: Analysis, drafted: DraftPlace, *numbers: int) -> Findings:
    sentences = [analysis.sentences[number - 1] for number in numbers]
    passages = [
        Evidence(sentence=one.number, quote=one.text, start=one.start, end=one.end, match=Match.EXACT)
        for one in sentences
    ]
    findings = Findings()
    check_place(analysis, "place", drafted, passages, findings)
    return findings


SUDAN = analysed(
    "Shells hit the livestock market of El Fasher on Monday. The medics came from Nyala and Kutum. "
    "Six of the victims were children, they said. In Khartoum, the army denied it.",
    "en",
    title="Rival counts after shelling in Zamzam camp",
)


@pytest.mark.parametrize(
    ("words", "sentence", "outcome", "published"),
    [
        ("El Fasher", 1, Outcome.PASSED, True),
        ("Nyala", 3, Outcome.PASSED, True),  # the town named last before
        ("El Fasher", 3, Outcome.FAILED, True),  # further back: another town was named since, so it is doubted
        ("Zamzam camp", 3, Outcome.FAILED, True),  # in the headline only
        ("Khartoum", 3, Outcome.FAILED, False),  # only after the passage
        ("Port Sudan", 1, Outcome.FAILED, False),  # nowhere
    ],
)
def test_a_place_is_confirmed_by_its_passage_and_doubted_from_afar(
    words: str, sentence: int, outcome: Outcome, published: bool
) -> None:
    findings = found(SUDAN, place(words, words, "SDN"), sentence)
    assert [check.outcome for check in findings.checks] == [outcome]
    assert (findings.problems == []) is published
    assert findings.changes == {}


def test_the_capital_of_a_region_is_no_other_place_than_the_region() -> None:
    analysis = analysed("The RSF tightened a siege of the capital of North Darfur. El Fasher starves.", "en")
    findings = found(analysis, place("the capital of North Darfur", "El Fasher", "SDN"), 1)
    assert findings.problems == []


@pytest.mark.parametrize(
    ("text", "language", "words", "name", "country", "kept"),
    [
        ("Tombouctou est assiégée. La ville a faim.", "fr", "La ville", "Tombouctou", "MLI", True),
        ("Mekelle fiel. Die Regionalhauptstadt hungert.", "de", "Die Regionalhauptstadt", "Mekelle", "ETH", True),
        ("La gente huye. La ciudad arde.", "es", "La ciudad", "Caracas", "VEN", False),
    ],
)
def test_words_that_are_no_name_keep_the_name_that_stood_before_them(
    text: str, language: str, words: str, name: str, country: str, kept: bool
) -> None:
    findings = found(analysed(text, language), place(words, name, country), 2)
    assert findings.problems == []
    published = findings.changes.get("place", place(words, name, country))
    assert (published.name == name) is kept


def test_a_namesake_far_from_everything_else_is_not_the_place() -> None:
    text = "缅甸军方说，腊戌以南的战斗仍在继续。佤邦联合军10日接管当阳。中国云南的瑞丽响起警报。缅甸曼德勒也传出枪声。"
    entry = locate(analysed(text, "zh"), place("当阳", "当阳", "MMR"))
    assert entry is None or entry.country == "MMR", "Dangyang in Hubei is a thousand kilometres away"


def test_a_country_that_the_gazetteer_knows_better_is_still_put_right() -> None:
    text = "Russian shells fell on Makiivka and on Donetsk, in Ukraine. In Horlivka two people died."
    findings = found(analysed(text, "en"), place("Makiivka", "Makiivka", "RUS"), 1)
    assert findings.checks[0].outcome is Outcome.REPAIRED
    assert findings.changes["place"].country == "UKR"


def test_of_two_small_namesakes_the_nearer_to_the_articles_other_places_is_meant() -> None:
    text = "Ukrainian soldiers left Pervomaiske on Sunday. Fighting goes on near Avdiivka, Krasnohorivka and Donetsk."
    entry = locate(analysed(text, "en"), place("Pervomaiske", "Pervomaiske", "UKR"))
    assert entry is not None and entry.latitude is not None
    assert entry.latitude > 47, "the one near Donetsk, not the one in Crimea"


@pytest.mark.parametrize(
    ("text", "words", "stands"),
    [
        ("طبقا للمفوضية السامية", "المفوضية السامية", True),
        ("قالت المفوضية السامية", "المفوضية السامية", True),
        ("قالت مفوضية سامية", "المفوضية السامية", False),
    ],
)
def test_an_arabic_name_stands_also_behind_a_preposition(text: str, words: str, stands: bool) -> None:
    assert contains(fold(text).text, fold(words).text) is stands


def test_an_unnamed_speaker_is_known_by_the_words_for_them() -> None:
    text = "India counts the damage. In Mendhar alone, 186 houses have been damaged, revenue officials said."
    party: dict[str, Any] = {
        "key": "p1", "evidence": evidence(1, "India counts"), "name": "India", "other_names": [],
        "kind": "state", "role": "belligerent", "side": None, "country": "IND",
    }  # fmt: skip
    figure: dict[str, Any] = {
        "key": "f1", "evidence": evidence(2, "186 houses have been damaged, revenue officials said"),
        "category": "homes_damaged", "population": "people", "unit": "buildings", "measure": "new",
        "quantity": {"as_written": "186", "value": 186, "low": None, "high": None, "hedge": "exact"},
        "since": None, "as_of": None, "place": None, "origin": None, "destination": None, "side": None,
        "asserted_by": {"name": None, "title": "revenue officials", "party": "India"},
        "assertion": "reported", "subset_of": None,
    }  # fmt: skip
    draft = Draft.model_validate(
        {
            "publication_day": None, "parties": [party], "humanitarian_figures": [figure],
            "military_developments": [], "diplomatic_developments": [], "positions": [], "gist": [],
        }
    )  # fmt: skip
    (judged,) = [one for one in judge(analysed(text, "en"), unique_keys(draft)) if one.section != "parties"]
    assert judged.problems == ()


@pytest.mark.parametrize("numbers", [(1, 2), (2, 1)])
def test_words_that_stand_twice_mean_the_date_that_is_just_these_words(numbers: tuple[int, int]) -> None:
    text = "Ils ont débarqué dans la nuit de mardi à mercredi. La ville avait été bombardée mardi."
    article = Article(text=text, language="fr", published=Edtf("2022-03-03"))
    analysis = Analysis(article)
    sentences = [analysis.sentences[number - 1] for number in numbers]
    passages = [
        Evidence(sentence=one.number, quote=one.text, start=one.start, end=one.end, match=Match.EXACT)
        for one in sentences
    ]
    findings = Findings()
    check_date(analysis, "when", DraftWhen(as_written="mardi", date="2022-03-01"), passages, findings)
    assert [check.outcome for check in findings.checks] == [Outcome.PASSED]
