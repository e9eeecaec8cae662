"""Any JSON as a model's answer, any draft of the right shape, any text as the article: a checked summary in every format,
or an error of our hierarchy."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import summarizer
from summarizer import SummarizerError, Summary
from summarizer.engines.base import Task
from summarizer.engines.keyword.engine import KeywordEngine
from summarizer.engines.ledger import Ledger
from summarizer.grounding.judging import Judged
from summarizer.pipeline import summarize_article
from summarizer.reading.sources import read_article
from summarizer.rendering.formats import FORMATS, Kind, render
from summarizer.schema.article import Article
from summarizer.schema.draft import Draft
from tests.fuzz.texts import LANGUAGES, any_texts, fuzzed, hostile_texts, json_values
from tests.loopback import Loopback, completion
from tests.samples import ARTICLE, draft

Path = tuple[str | int, ...]


class Scripted:
    """An engine that says what it is told to."""

    name = "scripted"
    model: str | None = None
    prompts: str | None = None

    def __init__(self, answer: Draft) -> None:
        self.answer = answer

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    async def draft(self, task: Task, ledger: Ledger) -> Draft:
        return self.answer

    async def repair(self, task: Task, failing: Any, ledger: Ledger) -> Draft:
        assert all(isinstance(one, Judged) for one in failing)
        return self.answer


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where something stands in JSON."""
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from leaves(part, (*path, key))


PATHS = list(leaves(draft()))


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A right draft with up to six of its parts replaced."""
    made = copy.deepcopy(draft())
    for path in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=6)):
        part: Any = made
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for key in path[:-1]:
                part = part[key]
            old = part[path[-1]]
            part[path[-1]] = draw(_like(old))
    return made


def _sent(answer: dict[str, Any]) -> dict[str, Any]:
    """As it comes out of a response: what cannot be encoded was taken out there."""
    sent: dict[str, Any] = json.loads(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return sent


def _like(old: Any) -> st.SearchStrategy[Any]:
    """Mostly of the same type, so that it goes on beyond validation."""
    if isinstance(old, str):
        return st.one_of(
            hostile_texts(8), hostile_texts(8), json_values(), st.sampled_from(["", "2022", "f1", "Rebels"])
        )
    if isinstance(old, int):
        return st.one_of(st.integers(), st.integers(-(10**40), 10**40), json_values())
    return json_values()


def sound(summary: Summary) -> None:
    """What a reader of a summary relies on, and every format of it."""
    items = [
        *summary.gist,
        *summary.parties,
        *summary.positions,
        *summary.military_developments,
        *summary.diplomatic_developments,
        *summary.humanitarian_figures,
    ]
    text, check = summary.article.text, summary.verification
    assert check.published == len(items)
    assert check.drafted == check.published + check.merged + len(check.set_aside)
    assert all(item.evidence for item in items)
    assert all(text[one.start : one.end] == one.quote for item in items for one in item.evidence)
    assert len({item.id for item in items}) == len(items)
    assert all(one.reasons for one in check.set_aside)
    assert Summary.model_validate_json(summary.model_dump_json()) == summary
    for name, chosen in FORMATS.items():
        made = render(name, [summary])
        assert isinstance(made, str) == (chosen.kind is Kind.TEXT)
        if isinstance(made, str):
            made.encode()


def through(article: Article, answer: dict[str, Any]) -> Summary:
    return asyncio.run(summarize_article(article, Scripted(Draft.model_validate(answer))))


@fuzzed
@given(damaged())
def test_any_draft_is_a_checked_summary_in_every_format_or_no_draft(answer: dict[str, Any]) -> None:
    with contextlib.suppress(ValidationError):
        sound(through(read_article(ARTICLE), _sent(answer)))


@fuzzed
@given(any_texts(), damaged(), st.sampled_from(LANGUAGES))
def test_any_article_with_any_draft_is_a_checked_summary(text: str, answer: dict[str, Any], language: str) -> None:
    with contextlib.suppress(ValidationError, SummarizerError):
        sound(through(read_article(Article(text), language=language or None), _sent(answer)))


@fuzzed
@given(any_texts(), st.sampled_from(LANGUAGES), any_texts())
def test_the_keyword_engine_reads_any_text(text: str, language: str, title: str) -> None:
    with contextlib.suppress(SummarizerError):
        article = read_article(Article(text), language=language or None, title=title)
        sound(asyncio.run(summarize_article(article, KeywordEngine())))


@fuzzed
@given(st.one_of(json_values().map(json.dumps), hostile_texts(), damaged().map(json.dumps)))
def test_any_answer_of_a_model_is_a_summary_or_an_error_of_ours(answer: str) -> None:
    with Loopback(completion(answer.encode("utf-8", "replace").decode()), repeat_last=True) as server:
        with contextlib.suppress(SummarizerError):
            sound(
                summarizer.summarize(ARTICLE, model="openai/m", base_url=server.url, api_key="sk-none-at-all", reasks=0)
            )
