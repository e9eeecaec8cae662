"""Grounding: what is published rests on passages of the article, and refers to what is published."""

from __future__ import annotations

from typing import Any

import pytest

from summarizer.grounding.judging import judge
from summarizer.grounding.keys import unique_keys
from summarizer.grounding.locating import locate
from summarizer.grounding.publication import inferred_day
from summarizer.grounding.publishing import publish, set_aside, timeline
from summarizer.language.analysis import Analysis
from summarizer.language.quantities import bounds
from summarizer.schema.article import Article, Edtf
from summarizer.schema.codes import Hedge, Outcome, Precision, Verdict
from summarizer.schema.draft import SECTIONS, Draft, DraftPlace
from tests.samples import TEXT, draft, evidence

READ = Article(text=TEXT, language="en", published=Edtf("2017-05-30"))
ANALYSIS = Analysis(READ)
PLACE = {"as_written": "Marawi", "name": "Marawi", "country": "PHL", "precision": "settlement"}
SENTENCES = ANALYSIS.sentences


def judged(answer: dict[str, Any]) -> Any:
    return judge(ANALYSIS, unique_keys(Draft.model_validate(answer)))


def test_every_item_leads_to_the_characters_it_rests_on() -> None:
    sections = publish(ANALYSIS, judged(draft()))
    assert len(sections.items()) == 7
    for item in sections.items():
        assert item.verdict is Verdict.SUPPORTED
        for passage in item.evidence:
            assert TEXT[passage.start : passage.end] == passage.quote
            assert passage.quote in SENTENCES[passage.sentence - 1].text


def test_a_wrong_sentence_number_is_repaired_and_said_so() -> None:
    answer = draft()
    answer["gist"][0]["evidence"][0]["sentence"] = 3
    (gist,) = publish(ANALYSIS, judged(answer)).gist
    assert gist.evidence[0].sentence == 1
    assert gist.checks[0].outcome is Outcome.REPAIRED
    assert gist.checks[0].detail == "stands in sentence 1, not 3"
    assert gist.verdict is Verdict.SUPPORTED


def test_part_of_the_evidence_missing_is_partly_supported() -> None:
    answer = draft()
    answer["gist"][0]["evidence"] += evidence(2, "words that nobody wrote in this article")
    (gist,) = publish(ANALYSIS, judged(answer)).gist
    assert gist.verdict is Verdict.PARTLY_SUPPORTED
    assert len(gist.evidence) == 1
    assert [check.outcome for check in gist.checks] == [Outcome.PASSED, Outcome.FAILED]


@pytest.mark.parametrize(
    ("passages", "reason"),
    [
        ([], "evidence is empty"),
        (evidence(1, "words that nobody wrote in this article"), "stands neither in sentence 1 nor elsewhere"),
        (evidence(9, "words that nobody wrote in this article"), "sentence 9 does not exist (the article has 1 to 3)"),
        (evidence(1, ""), "stands neither"),
    ],
)
def test_an_item_without_a_passage_is_set_aside_with_the_reason(passages: list[dict[str, Any]], reason: str) -> None:
    answer = draft()
    answer["gist"][0]["evidence"] = passages
    result = judged(answer)
    assert publish(ANALYSIS, result).gist == []
    (aside,) = set_aside(result)
    assert aside.section == "gist"
    assert aside.item["text"] == "Government troops shelled Marawi."
    assert reason in aside.reasons[0]


def test_the_same_passage_given_twice_is_one() -> None:
    answer = draft()
    answer["gist"][0]["evidence"] *= 2
    (gist,) = publish(ANALYSIS, judged(answer)).gist
    assert len(gist.evidence) == 1


def test_references_are_ids_of_published_items() -> None:
    sections = publish(ANALYSIS, judged(draft()))
    (military,) = sections.military_developments
    assert military.figures == [sections.humanitarian_figures[0].id] == ["figure-1"]
    assert military.initiators[0].id == sections.parties[0].id == "party-1"
    assert sections.positions[0].holder.id == "party-2"
    side = sections.parties[0].side
    assert side is not None
    assert (side.name, side.id) == ("Philippines", None), "named, but no party of its own here"


def test_parties_are_found_under_their_other_names() -> None:
    answer = draft()
    answer["military_developments"][0]["initiators"] = ["government TROOPS"]
    assert publish(ANALYSIS, judged(answer)).military_developments[0].initiators[0].id == "party-1"


def test_keys_given_twice_are_told_apart() -> None:
    answer = draft()
    answer["parties"][1]["key"] = "p1"
    assert [one.item.key for one in judged(answer) if one.section == "parties"] == ["p1", "p1#2"]


def test_the_timeline_is_everything_dated_in_order() -> None:
    entries = timeline(publish(ANALYSIS, judged(draft())))
    assert [(entry.date, entry.item) for entry in entries] == [
        ("2017-05-29", "military-1"),
        ("2017-06-02", "diplomatic-1"),
    ]


# The codebook's table: words -> hedge, value, low, high.
@pytest.mark.parametrize(
    ("hedge", "given", "expected"),
    [
        (Hedge.EXACT, (5, None, None), (5, None, None)),
        (Hedge.AT_LEAST, (5, None, None), (5, 5, None)),
        (Hedge.MORE_THAN, (5, None, None), (5, 5, None)),
        (Hedge.AT_MOST, (5, None, None), (5, None, 5)),
        (Hedge.LESS_THAN, (5, None, None), (5, None, 5)),
        (Hedge.NEARLY, (5, None, None), (5, None, 5)),
        (Hedge.ABOUT, (5, 4, 6), (5, None, None)),  # no margin is ever invented
        (Hedge.EXACT, (5, 5, 5), (5, None, None)),
        (Hedge.RANGE, (7, 5, 9), (None, 5, 9)),
        (Hedge.VAGUE, (12, None, None), (None, None, None)),
    ],
)
def test_bounds(hedge: Hedge, given: tuple[Any, Any, Any], expected: tuple[Any, Any, Any]) -> None:
    value, low, high = given
    assert bounds(hedge, value, low, high) == expected


@pytest.mark.parametrize(
    ("published", "drafted", "quote", "expected"),
    [
        ("2017-05", "2017-05-29", "on Monday", "2017-05-29"),
        (None, "2017-05-29", "on Monday", "2017-05-29"),
        ("2017-05", "2017-05-30", "on Monday", None),  # a Tuesday
        ("2017-05", "2017-06-05", "on Monday", None),  # contradicts what is known
        ("2017-05-29", "2017-05-29", "on Monday", None),  # nothing to infer
        ("2017-05", "2017-05", "on Monday", None),  # no day
        ("2017-05", "2017-05-30", "on the eighth day", None),  # rests on nothing
    ],
)
def test_the_day_is_inferred_only_where_it_agrees_and_rests_on_the_text(
    published: str | None, drafted: str, quote: str, expected: str | None
) -> None:
    article = Article(text=TEXT, language="en", published=Edtf(published) if published else None)
    answer = {**draft(), "publication_day": {"date": drafted, "evidence": evidence(1, quote)}}
    assert inferred_day(Analysis(article), Draft.model_validate(answer)) == expected


@pytest.mark.parametrize(
    ("section", "changes", "check"),
    [
        ("humanitarian_figures", {"asserted_by": {"name": "Omar Solitario", "title": None, "party": None}}, "name"),
        ("military_developments", {"place": {**PLACE, "as_written": "Manila", "name": "Manila"}}, "place"),
        ("diplomatic_developments", {"place": {**PLACE, "name": "Zamboanga", "as_written": "Manila"}}, "place"),
        ("positions", {"evidence": evidence(3, "Talks are planned in Manila on Friday")}, "quotation"),
    ],
)
def test_what_stands_elsewhere_in_the_article_is_no_support(section: str, changes: dict[str, Any], check: str) -> None:
    answer = draft()
    answer[section][0].update(changes)
    (found,) = (one for one in judged(answer) if one.section == section)
    assert Outcome.FAILED in {one.outcome for one in found.checks if one.name == check}


def test_a_sentence_that_is_all_quotation_has_its_speaker_beside_it() -> None:
    text = "Omar Solitario spoke to reporters. “We will not leave the city.” Talks are planned."
    position = draft()["positions"][0]
    position |= {
        "evidence": evidence(1, "Omar Solitario spoke to reporters"),
        "quotation": "We will not leave the city.",
    }
    answer = {**draft(), **{name: [] for name in SECTIONS}, "positions": [position], "parties": draft()["parties"]}
    found = judge(Analysis(Article(text=text, language="en")), Draft.model_validate(answer))
    (quotation,) = (c for one in found if one.section == "positions" for c in one.checks if c.name == "quotation")
    assert quotation.outcome is Outcome.PASSED


def test_the_number_in_the_drafted_words_goes_before_others_in_the_evidence() -> None:
    text = "At least 46 people were killed, 17 of them children, the Red Cross said."
    figure = draft()["humanitarian_figures"][0]
    figure |= {"evidence": evidence(1, text), "as_of": None, "place": None}
    figure["quantity"] = {"as_written": "At least 46", "value": 17, "low": None, "high": None, "hedge": "at_least"}
    answer = {**draft(), **{name: [] for name in SECTIONS}, "humanitarian_figures": [figure]}
    (found,) = judge(Analysis(Article(text=text, language="en")), Draft.model_validate(answer))
    assert any("does not state 17" in problem for problem in found.problems)


@pytest.mark.parametrize("drafted", ["2017-05-27", "2017-05-28", "2017-05-27/2017-05-30", "2017-05-20/2017-05-28"])
def test_a_night_is_the_interval_of_both_its_days(drafted: str) -> None:
    text = "In the night from Saturday to Sunday, troops shelled Marawi."
    event = draft()["military_developments"][0]
    event |= {"evidence": evidence(1, text), "figures": [], "place": None}
    event["when"] = {"as_written": "In the night from Saturday to Sunday", "date": drafted}
    answer = {**draft(), **{name: [] for name in SECTIONS}, "military_developments": [event]}
    article = Article(text=text, language="en", published=Edtf("2017-05-30"))
    (found,) = judge(Analysis(article), Draft.model_validate(answer))
    assert found.item.model_dump()["when"]["date"] == "2017-05-27/2017-05-28"
    assert Outcome.REPAIRED in {check.outcome for check in found.checks if check.name == "date"}


@pytest.mark.parametrize(
    ("text", "language", "words", "country", "found"),
    [
        # جويا is also what GeoNames calls Goya, in Argentina; the Lebanese town is not in it.
        ("قصف الجيش الإسرائيلي بلدة جويا في جنوب لبنان.", "ar", "جويا", "LBN", None),
        ("قصف الجيش الإسرائيلي بلدة جويا في جنوب لبنان.", "ar", "جويا", None, None),
        ("قصف الجيش الإسرائيلي مدينة صور في جنوب لبنان.", "ar", "صور", "LBN", "LBN"),
        ("The town of Lebanon, in Lebanon, is no place.", "en", "Lebanon", "LBN", None),
        ("Delegates from Lebanon met in Munich.", "en", "Munich", "USA", "DEU"),
        ("M23 rebels entered Goma, in Congo.", "en", "Goma", "RWA", "COD"),
    ],
)
def test_a_place_lies_in_the_articles_countries_or_is_well_known(
    text: str, language: str, words: str, country: str | None, found: str | None
) -> None:
    place = DraftPlace(as_written=words, name=words, country=country, precision=Precision.SETTLEMENT)
    entry = locate(Analysis(Article(text=text, language=language)), place)
    assert (entry.country if entry else None) == found


@pytest.mark.parametrize(("drafted", "outcome"), [("2017-05-25", Outcome.PASSED), ("2017-06-25", Outcome.PASSED)])
def test_a_day_without_its_month_may_be_the_coming_one(drafted: str, outcome: Outcome) -> None:
    text = "Las tropas, con el plazo del día 25, atacaron Marawi."
    event = draft()["military_developments"][0]
    event |= {"evidence": evidence(1, text), "figures": [], "place": None}
    event["when"] = {"as_written": "día 25", "date": drafted}
    answer = {**draft(), **{name: [] for name in SECTIONS}, "military_developments": [event]}
    article = Article(text=text, language="es", published=Edtf("2017-05-30"))
    (found,) = judge(Analysis(article), Draft.model_validate(answer))
    assert {check.outcome for check in found.checks if check.name == "date"} == {outcome}


def test_a_day_without_its_month_is_no_other_day() -> None:
    text = "Las tropas atacaron Marawi el día 25."
    event = draft()["military_developments"][0]
    event |= {"evidence": evidence(1, text), "figures": [], "place": None}
    event["when"] = {"as_written": "día 25", "date": "2017-05-26"}
    answer = {**draft(), **{name: [] for name in SECTIONS}, "military_developments": [event]}
    article = Article(text=text, language="es", published=Edtf("2017-05-30"))
    (found,) = judge(Analysis(article), Draft.model_validate(answer))
    assert any("is 2017-05-25" in problem for problem in found.problems)
