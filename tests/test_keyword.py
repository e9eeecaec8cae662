"""The embedded engine: what it must find in the example article, what it says of itself, and that no text upsets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarizer
from summarizer import Summary
from summarizer.engines.keyword.lexicon import IGNORE, CueTable, cue_table, has_cues
from summarizer.language.cues import cues, known_languages
from summarizer.language.folding import words
from summarizer.schema.codes import (
    DiplomaticKind,
    FigureCategory,
    FigureUnit,
    MilitaryKind,
    Population,
    PositionKind,
)
from tests.conftest import ROOT
from tests.test_front_doors import command

EXAMPLE = ROOT / "examples/ukraine-talks.fr.txt"


@pytest.fixture(scope="module")
def example() -> Summary:
    return summarizer.summarize(EXAMPLE, model="keyword")


def test_the_example_has_these_figures_and_no_others(example: Summary) -> None:
    ids = {figure.id: figure.quantity.value for figure in example.humanitarian_figures}
    found = [
        (
            figure.category.value,
            figure.quantity.value,
            figure.quantity.hedge.value,
            figure.population.value,
            figure.asserted_by and figure.asserted_by.name,
            ids.get(figure.subset_of or ""),
        )
        for figure in example.humanitarian_figures
    ]
    assert found == [
        ("refugees", 1_000_000, "exact", "people", "Filippo Grandi", None),
        ("evacuated", 142_500, "more_than", "people", "Mikhaïl Mizintsev", None),
        ("evacuated", 40_000, "nearly", "children", "Mikhaïl Mizintsev", 142_500),
        ("evacuated", 600, "about", "foreign_nationals", "Mikhaïl Mizintsev", 142_500),
    ]


def test_the_example_has_its_parties(example: Summary) -> None:
    found = {(party.name, party.kind.value, party.country) for party in example.parties}
    core = {
        ("Russie", "state", "RUS"),
        ("Ukraine", "state", "UKR"),
        ("armée russe", "armed_forces", "RUS"),
        ("OTAN", "alliance", None),
        ("Nations unies", "international_organization", None),
    }
    assert core <= found
    assert not {"Kherson", "Berdiansk", "Kharkiv", "Bruxelles", "Covid-19"} & {name for name, _, _ in found}


def test_the_example_has_its_developments_with_place_and_day(example: Summary) -> None:
    military = {
        (one.kind.value, one.place and one.place.as_written, one.when and one.when.date, one.stage.value)
        for one in example.military_developments
    }
    assert {
        ("territory_taken", "Kherson", "2022-03-02", "occurred"),
        ("advance", "Kharkiv", "2022-03-01/2022-03-02", "occurred"),
        ("shelling_or_missile", "Kharkiv", "2022-03-01", "occurred"),
        ("advance", "Ukraine", "2022-02-24", "occurred"),
    } <= military
    diplomatic = {
        (one.kind.value, one.when and one.when.date, one.stage.value) for one in example.diplomatic_developments
    }
    assert {
        ("talks", "2022-03-03", "ongoing"),
        ("talks", "2022-02-28", "occurred"),
        ("meeting", "2022-03-04", "planned"),
    } <= diplomatic
    assert example.article.published_inferred == "2022-03-03"


def test_the_example_has_its_positions_with_speaker(example: Summary) -> None:
    found = {
        (one.kind.value, one.holder.name, one.speaker and one.speaker.name, one.quotation) for one in example.positions
    }
    assert {
        ("call", "Nations unies", "Antonio Guterres", "immédiatement"),
        ("concern", "Nations unies", "Antonio Guterres", "profondément préoccupé"),
        ("warning", "HCDH", "Michelle Bachelet", "l'ensemble de l'humanité"),
        ("demand", "Russie", None, None),
    } <= found
    assert any(kind == "offer" and speaker == "Mikhaïl Mizintsev" for kind, _, speaker, _ in found)


def test_without_a_model_it_runs_and_one_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rockets hit Goma on Monday, killing 12 people, the UN said.", encoding="utf-8")
    done = command("a.txt", "--published", "2025-01-28", cwd=tmp_path)
    assert done.returncode == 0
    lines = done.stderr.decode().strip().splitlines()
    assert len(lines) == 1
    assert "no model is configured" in lines[0]
    assert "SUMMARIZER_MODEL" in lines[0]
    summary = Summary.model_validate(json.loads(done.stdout))
    assert (summary.run.engine, summary.run.model, summary.run.calls) == ("keyword", None, 0)
    (figure,) = summary.humanitarian_figures
    assert (figure.category, figure.quantity.value) == (FigureCategory.KILLED, 12)
    assert figure.as_of is not None
    assert figure.as_of.date == "2025-01-27"


def test_a_part_told_in_the_next_sentence_keeps_its_people_and_its_whole() -> None:
    text = "At least 17 people were killed in Goma, the Red Cross said. Eight of the dead were children. Shells fell."
    summary = summarizer.summarize(text, model="keyword", article_language="en")
    whole, part = summary.humanitarian_figures
    assert (part.quantity.value, part.population, part.subset_of) == (8, Population.CHILDREN, whole.id)


def test_asked_for_by_name_it_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rockets hit Goma.", encoding="utf-8")
    done = command("a.txt", "--model", "keyword", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


def test_it_needs_neither_openai_nor_instructor(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = (
        "import sys, summarizer; summarizer.summarize('Rockets hit Goma.', model='keyword');"
        "assert not {'openai', 'instructor'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path)


def test_a_language_without_cue_words_gives_names_places_and_numbers() -> None:
    text = (
        "Watu 12 waliuawa mjini Goma, nchini Jamhuri ya Kidemokrasia ya Kongo, tarehe 27 Januari 2025. "
        "Umoja wa Mataifa ulisema waasi wa M23 waliingia Goma. Wajumbe wa Rwanda watakutana Nairobi."
    )
    assert not has_cues("sw")
    summary = summarizer.summarize(text, model="keyword", article_language="sw")
    assert any("no cue words" in warning for warning in summary.run.warnings)
    assert summary.humanitarian_figures == []
    assert summary.military_developments == []
    places = {(place.name, place.country) for place in summary.mentions.places}
    assert {("Goma", "COD"), ("Nairobi", "KEN")} <= places
    assert [place.latitude for place in summary.mentions.places if place.name == "Goma"] == [
        pytest.approx(-1.67, abs=0.1)
    ]
    assert "M23" in {name.name for name in summary.mentions.names}
    (number,) = summary.mentions.numbers
    assert (number.quantity.value, number.sentence) == (12, 1)
    assert "Watu 12 waliuawa" in number.context
    assert summary.article.text[number.start : number.end] == "12"


def test_paraphrases_in_another_language_are_not_promised() -> None:
    summary = summarizer.summarize("Rockets hit Goma.", model="keyword", article_language="en", language="fr")
    assert any("does not paraphrase" in warning for warning in summary.run.warnings)


# --- the cue words ---

WITH_CUES = [language for language in known_languages() if has_cues(language)]


@pytest.mark.parametrize("language", WITH_CUES)
def test_every_code_of_the_data_exists(language: str) -> None:
    events = cues(language, "events")
    for table, codes in (
        ("figures", FigureCategory),
        ("population", Population),
        ("units", FigureUnit),
        ("military", MilitaryKind),
        ("diplomatic", DiplomaticKind),
        ("positions", PositionKind),
    ):
        assert set(events[table]) <= {code.value for code in codes} | {IGNORE}, table
        assert all(
            isinstance(entry, str) and entry.strip("* ") for entries in events[table].values() for entry in entries
        )


@pytest.mark.parametrize("language", WITH_CUES)
def test_every_cue_finds_itself(language: str) -> None:
    for table in ("figures", "population", "military", "diplomatic", "positions"):
        index = cue_table(language, table)
        for code, entries in cues(language, "events")[table].items():
            for entry in entries:
                found = index.find(words(entry.replace("*", "").replace("…", " ").rstrip("|")))
                assert bool(found) == (code != IGNORE), (table, code, entry)


def test_the_longest_cue_wins_and_stems_take_endings() -> None:
    table = CueTable({"a": ["air"], "b": ["air strike*"], "c": ["str*"]})
    assert [(cue.code, cue.start, cue.end) for cue in table.find(words("Air strikes, strong air"))] == [
        ("b", 0, 11),
        ("c", 13, 19),
        ("a", 20, 23),
    ]


def test_prefixes_written_in_one_word_are_taken_off() -> None:
    table = CueTable({"killed": ["قتل*"]}, prefixes=["و"])
    assert [cue.code for cue in table.find(words("وقتلوا"))] == ["killed"]


# --- any text ---


PIECES = ["12", "killed", "people", "including", "children", "“", "”", "said", "Kyiv", "on Monday", ",", ".", "\n\n", "of the dead", "talks", "shelled", "Russia", "ООН", "погибли", "死亡", "قتل", "1,000", "dozens of", "nearly"]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
    | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200)
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_text_offsets_hold_and_nothing_fails(text: str) -> None:
    article = f"The article. {text.encode('utf-8', 'replace').decode()}"
    summary = summarizer.summarize(article, model="keyword", article_language="en", published="2022-03-03")
    whole = summary.article.text
    sections = (
        summary.parties,
        summary.positions,
        summary.military_developments,
        summary.diplomatic_developments,
        summary.humanitarian_figures,
    )
    for section in sections:
        for item in section:
            assert all(whole[one.start : one.end] == one.quote for one in item.evidence)
    assert summary.verification.set_aside == []
