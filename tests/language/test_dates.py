"""Tables of news sentences, a file a language: what is found, and what day that is."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from summarizer.language.dates import find_dates
from summarizer.schema.article import Edtf

LEAST = {"en": 40, "fr": 40, "es": 40, "de": 40, "ru": 40, "uk": 40, "ar": 40}
LEAST |= dict.fromkeys(("pt", "it", "pl", "tr", "fa", "zh"), 20)


TABLES: dict[str, dict[str, Any]] = {
    one: runpy.run_path(str(Path(__file__).parent / "dates" / f"{one}.py")) for one in LEAST
}
FOUND = [(one, *case) for one, table in TABLES.items() for case in table["CASES"]]
NOTHING = [(one, text) for one, table in TABLES.items() for text in table["NOTHING"]]


@pytest.mark.parametrize(("language", "text", "published", "expected"), FOUND)
def test_finds_and_resolves(
    language: str, text: str, published: str | None, expected: list[tuple[str, str | None]]
) -> None:
    mentions = find_dates(text, language, Edtf(published) if published else None)
    assert [(one.as_written, one.date) for one in mentions] == expected
    assert all(text[one.start : one.end] == one.as_written for one in mentions)


@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_false_friends_are_no_dates(language: str, text: str) -> None:
    assert [(one.as_written, one.date) for one in find_dates(text, language, Edtf("2022-03-03"))] == []


@pytest.mark.parametrize("language", LEAST)
def test_tables_are_large_enough(language: str) -> None:
    assert len(TABLES[language]["CASES"]) + len(TABLES[language]["NOTHING"]) >= LEAST[language]
