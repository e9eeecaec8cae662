"""The same article from two wires, in any script; and articles that only look the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarizer.batch.duplicates import Duplicates, Register, Same
from summarizer.batch.journal import Journal
from summarizer.batch.records import State, article_key
from summarizer.cli import main
from summarizer.schema.article import Article
from tests.batch.articles import rows_of

ARTICLES = Path(__file__).parents[2] / "benchmarks" / "articles"
LANGUAGES = ("en", "fr", "ru", "ar", "zh")


def of(language: str, which: str = "") -> str:
    return (ARTICLES / f"{language}{which}.txt").read_text("utf-8")


def trimmed(text: str) -> str:
    """As another wire sends it: its own byline and credit, the last paragraph gone, other quotation marks and spacing."""
    body = text.rstrip().rsplit("\n", 1)[0].replace("«", "“").replace("»", "”").replace("\n", "\n\n")
    return f"BUREAU (Wire) - {body}\n\n(Reporting by our correspondents; editing by the desk)"


@pytest.fixture
def journal() -> Iterator[Journal]:
    one = Journal(None)
    one.use("f", {})
    yield one
    one.close()


def enter(register: Register, journal: Journal, text: str, source: str = "A") -> Same | None:
    article = Article(text=text, source=source)
    journal.begin(article_key(article), "x")
    return register.enter(article_key(article), article)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_known_again_with_other_words_around_it(journal: Journal, language: str) -> None:
    register = Register(journal, Duplicates.NEAR)
    assert enter(register, journal, of(language)) is None
    assert enter(register, journal, of(language, ".other")) is None
    same = enter(register, journal, trimmed(of(language)), "B")
    assert same is not None
    assert same.sha256 == Article(text=of(language)).sha256
    assert 0.8 <= same.similarity < 1


@pytest.mark.parametrize("kind", [Duplicates.EXACT, Duplicates.NEAR])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_words_are_the_same_text(journal: Journal, language: str, kind: Duplicates) -> None:
    register = Register(journal, kind)
    text = of(language)
    assert enter(register, journal, text) is None
    same = enter(register, journal, f"  {text.upper()}\n\n", "B")
    assert same is not None
    assert same.similarity == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_corrected_number_is_another_report(journal: Journal, language: str) -> None:
    register = Register(journal, Duplicates.NEAR)
    text = of(language)
    digit = next(character for character in text if character.isdigit())
    other = str(int(digit) % 9 + 1)
    assert enter(register, journal, text) is None
    assert enter(register, journal, text.replace(digit, other), "B") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_with_one_more_number_is_another_and_one_with_less_is_not(journal: Journal, language: str) -> None:
    register = Register(journal, Duplicates.NEAR)
    longer = f"{of(language)}\n\nUPDATE: 8317."
    assert enter(register, journal, of(language)) is None
    assert enter(register, journal, longer, "B") is None
    same = enter(register, journal, f"{of(language)} -- Wire", "C")
    assert same is not None


def test_off_and_exact_leave_near_ones_alone(journal: Journal) -> None:
    for kind in (Duplicates.OFF, Duplicates.EXACT):
        register = Register(journal, kind)
        assert enter(register, journal, of("en")) is None
        assert enter(register, journal, trimmed(of("en")), "B") is None


def test_what_repeats_a_failed_article_gets_a_try_of_its_own(journal: Journal) -> None:
    register = Register(journal, Duplicates.EXACT)
    article = Article(text=of("en"), source="A")
    enter(register, journal, article.text)
    journal.finish(article_key(article), State.FAILED, "x", b"{}\n")
    assert enter(register, journal, of("en"), "B") is None


def test_a_repeated_article_is_a_row_that_names_the_other(tmp_path: Path) -> None:
    rows = [
        {"title": "One", "text": of("en")},
        {"title": "Two", "text": trimmed(of("en"))},
        {"title": "Three", "text": of("fr")},
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert (
        main(["batch", "in.jsonl", "-o", "out.jsonl", "--model", "keyword", "--duplicates", "near", "--workers", "0"])
        == 0
    )
    found = rows_of(tmp_path / "out.jsonl")
    summaries = {row["article"]["sha256"]: row["article"]["title"] for row in found if "run" in row}
    (link,) = [row for row in found if "duplicate_of" in row]
    assert sorted(summaries.values()) == ["One", "Three"]
    assert summaries[link["duplicate_of"]] == "One"
    assert link["article"]["title"] == "Two"
    before = (tmp_path / "out.jsonl").read_bytes()
    assert (
        main(["batch", "in.jsonl", "-o", "out.jsonl", "--model", "keyword", "--duplicates", "near", "--workers", "0"])
        == 0
    )
    assert (tmp_path / "out.jsonl").read_bytes() == before
