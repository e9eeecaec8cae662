"""The terminal view shows what matters and cannot be made to lie by the article."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

import summarizer
from summarizer import Summary
from summarizer.rendering.terminal import print_summary
from summarizer.rendering.wording import short_date
from tests.loopback import Loopback, completion
from tests.samples import ARTICLE, draft, empty_draft


def summary_of(answer: dict[str, Any], text: str = ARTICLE) -> Summary:
    with Loopback(completion(answer), repeat_last=True) as server:
        return summarizer.summarize(text, model="m", base_url=server.url, repair=False)


def shown(summary: Summary, width: int = 100, *, set_aside: bool = False) -> str:
    buffer = io.StringIO()
    print_summary(summary, Console(file=buffer, width=width), show_set_aside=set_aside)
    return buffer.getvalue()


def test_every_section_is_shown_with_its_sentence_numbers() -> None:
    text = shown(summary_of(draft()))
    for words in (
        "Shelling in Marawi",
        "Our Wire · 2017-05-30 · en",
        "In brief (1)",
        "≥ 14",
        "reported by Red Cross",
        "2017-05-29",
        "shelling or missile · occurred · Marawi · Philippine army",
        "2017-06-02",
        "planned",
        "Rebels (Omar Solitario, spokesman): The rebels refuse",
        "“We will not leave the city,”",
        "Philippine army PHL",
        "none set aside",
    ):
        assert words in text, words


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_it_fits_its_width(width: int) -> None:
    assert max(map(len, shown(summary_of(draft()), width).splitlines())) <= width


def test_an_empty_summary_says_so() -> None:
    text = shown(summary_of(empty_draft()))
    assert text.count("none in the article") == 6


def test_set_aside_items_are_shown_on_request_with_their_reasons() -> None:
    answer = draft()
    answer["gist"][0]["evidence"][0]["quote"] = "words that nobody wrote in this article"
    summary = summary_of(answer)
    assert "1 set aside" in shown(summary)
    assert "words that nobody wrote" not in shown(summary)
    assert "words that nobody wrote" in shown(summary, set_aside=True)


def test_control_characters_and_markup_stay_text() -> None:
    answer = draft()
    answer["gist"][0]["text"] = "\x1b[mred\x1b[K \u202ereversed [bold]loud[/bold] [link=http://x]y[/link] :skull:"
    text = shown(summary_of(answer))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[mred[K reversed [bold]loud[/bold] [link=http://x]y[/link] :skull:" in " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "quantity", "expected"),
    [
        ("1,000,000", {"value": 1000000, "hedge": "exact"}, "1,000,000"),
        ("nearly 5", {"value": 5, "high": 5, "hedge": "nearly"}, "nearly 5"),
        ("about 5", {"value": 5, "hedge": "about"}, "≈ 5"),
        ("5 to 9", {"low": 5, "high": 9, "hedge": "range"}, "5–9"),
        ("dozens of", {"hedge": "vague"}, "dozens"),
    ],
)
def test_numbers_show_their_hedge(words: str, quantity: dict[str, Any], expected: str) -> None:
    answer = draft()
    figure = answer["humanitarian_figures"][0]
    figure["evidence"][0]["quote"] = figure["evidence"][0]["quote"].replace("at least 14", words)
    figure["quantity"] = {"as_written": words, "value": None, "low": None, "high": None, **quantity}
    assert expected in shown(summary_of(answer, ARTICLE.replace("at least 14", words)))


@pytest.mark.parametrize("width", [40, 80, 100, 140])
def test_many_sentences_and_long_times_leave_room_for_the_text(width: int) -> None:
    saved = summary_of(draft()).model_dump(mode="json")
    (gist,) = saved["gist"]
    gist["evidence"] = [gist["evidence"][0] | {"sentence": number} for number in range(1, 90, 3)]
    saved["military_developments"][0]["when"] = {"as_written": "on the hundredth day of the long siege", "date": None}
    saved["diplomatic_developments"][0]["when"] = {"as_written": "w", "date": "2017-05-29/2017-06-02"}
    text = shown(Summary.model_validate(saved), width)
    assert max(map(len, text.splitlines())) <= width
    assert "Government troops" in text
    assert all(line.index("Government") + 16 <= width for line in text.splitlines() if "Government" in line)


def test_a_doubt_is_said_with_its_reason_and_set_aside_items_are_pointed_at() -> None:
    saved = summary_of(draft()).model_dump(mode="json")
    for item in (saved["humanitarian_figures"][0], saved["positions"][0]):
        item |= {"verdict": "partly_supported", "checks": [{"name": "place", "outcome": "failed", "detail": "no X"}]}
    saved["verification"]["set_aside"] = [{"section": "gist", "item": {"text": "T"}, "reasons": ["R"]}]
    saved["gist"] = []
    summary = Summary.model_validate(saved)
    assert shown(summary, 140).count("partly supported: place: no X") == 2
    assert "none that the article supports: 1 set aside" in shown(summary)
    assert "--show-set-aside" in shown(summary)
    assert "--show-set-aside" not in shown(summary, set_aside=True)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2017-05-29", "2017-05-29"),
        ("2017-05-28/2017-05-29", "2017-05-28–29"),
        ("2017-05-28/2017-06-02", "2017-05-28 – 2017-06-02"),
        ("2017-05/2017-06", "2017-05–06"),
        ("2017-05-28/..", "since 2017-05-28"),
        ("../2017-05-28", "until 2017-05-28"),
        ("2017", "2017"),
    ],
)
def test_dates_are_as_short_as_they_stay_clear(edtf: str, expected: str) -> None:
    assert short_date(edtf) == expected
