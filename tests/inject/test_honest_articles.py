"""No false alarm: texts that speak to readers only are not marked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from summarizer.grounding.suspicion import suspicious
from summarizer.language.analysis import Analysis
from summarizer.reading.sources import read_article
from summarizer.schema.article import Article
from tests.conftest import ROOT
from tests.inject.cases import true_articles

HONEST: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "honest.toml").read_text(encoding="utf-8"))[
    "passage"
]
FOLDERS = ("evals/articles", "tests/keyword", "benchmarks/articles", "examples")
PLANTED = {"syria-convoy.en", "libia-tripoli.it"}
"""Articles of the evals that hold an instruction to a model, by design."""


@pytest.mark.parametrize("passage", HONEST, ids=lambda passage: passage["why"].replace(" ", "-"))
def test_an_honest_passage_is_not_marked(passage: dict[str, Any]) -> None:
    assert suspicious(Analysis(Article(passage["text"], language=passage.get("language", "en")))) == ()


def test_no_article_of_the_evals_the_tests_and_the_benchmarks_is_marked_but_those_with_planted_instructions() -> None:
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).glob("*.txt"))]
    marked = {file.stem for file in files if suspicious(Analysis(read_article(file)))}
    assert len(files) > 50
    assert marked == PLANTED


def test_no_article_of_the_mutants_is_marked() -> None:
    for file in sorted((ROOT / "tests/mutants/articles").glob("*.toml")):
        text = tomllib.loads(file.read_text(encoding="utf-8"))["text"]
        assert suspicious(Analysis(Article(text, language=file.stem))) == (), file.name


@pytest.mark.parametrize("name", sorted(true_articles()))
def test_no_injected_article_is_marked_before_the_injection(name: str) -> None:
    assert suspicious(Analysis(read_article(true_articles()[name]))) == ()
