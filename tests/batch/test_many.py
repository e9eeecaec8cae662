"""`summarize_many` from Python; telemetry; workers that die; large files read as streams."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import signal
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import Article, asummarize_many, summarize_many
from summarizer.language.analysis import Analysis
from summarizer.reading.entries import Unread
from summarizer.reading.sources import read_articles
from summarizer.schema.draft import _schema_of
from tests.batch.articles import text, write_articles, wrong_draft
from tests.loopback import Loopback, completion, slow, status
from tests.samples import draft

KEY = "sk-secret-1234567890"


def options(server: Loopback, **more: Any) -> Any:
    return {"model": "openai/gpt-4o-mini", "base_url": server.url, "api_key": KEY, "workers": 0, **more}


def articles(count: int) -> Iterator[Article]:
    for number in range(count):
        yield Article(text=text(number), title=f"Report {number}", language="en", label=f"n{number}")


def test_outcomes_come_as_they_are_made() -> None:
    with Loopback(completion(draft()), repeat_last=True) as server:
        outcomes = list(summarize_many(articles(10), **options(server)))
    assert sorted(outcome.label for outcome in outcomes) == sorted(f"n{number}" for number in range(10))
    assert {outcome.state for outcome in outcomes} == {"done"}
    assert {outcome.summary.verification.published for outcome in outcomes if outcome.summary} == {7}


def test_no_more_is_read_than_there_is_room_for() -> None:
    read = list[int]()

    def counted() -> Iterator[Article]:
        for number, article in enumerate(articles(10_000)):
            read.append(number)
            yield article

    with Loopback(completion(draft()), repeat_last=True) as server:
        outcomes = list(islice(summarize_many(counted(), **options(server, concurrency=2)), 3))
    assert len(outcomes) == 3
    assert len(read) < 100


def test_leaving_early_ends_it_and_the_journal_goes_on(tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with Loopback(completion(draft()), repeat_last=True) as server:
        for _ in summarize_many(articles(30), **options(server, journal=journal, concurrency=2)):
            break
        outcomes = list(summarize_many(articles(30), **options(server, journal=journal, concurrency=2)))
        again = list(summarize_many(articles(30), **options(server, journal=journal)))
        assert len({request.raw for request in server.received}) == 30
    assert len(outcomes) == len(again) == 30
    assert any(outcome.from_journal for outcome in outcomes)
    assert all(outcome.from_journal and outcome.summary for outcome in again)


async def _gathered(server: Loopback) -> list[str]:
    return [outcome.label async for outcome in asummarize_many(articles(5), **options(server))]


def test_it_can_be_awaited() -> None:
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert len(asyncio.run(_gathered(server))) == 5


def test_an_error_of_the_sources_is_the_callers_own() -> None:
    def broken() -> Iterator[Article]:
        yield from articles(2)
        raise LookupError("mine")

    with Loopback(completion(draft()), repeat_last=True) as server, pytest.raises(LookupError, match="mine"):
        list(summarize_many(broken(), **options(server)))


def test_what_stops_a_batch_is_raised_after_what_is_done() -> None:
    seen = list[str]()
    with (
        Loopback(*[completion(draft())] * 3, status(401, "no"), repeat_last=True) as server,
        pytest.raises(summarizer.SummarizerError),
    ):
        for outcome in summarize_many(articles(50), **options(server, concurrency=1)):
            seen.append(outcome.state.value)
    assert seen.count("done") == 3


def test_bad_options_are_settings_errors(tmp_path: Path) -> None:
    for bad in ({"duplicates": "most"}, {"concurrency": 0}, {"output": tmp_path / "o"}, {"workers": -1}):
        with pytest.raises(summarizer.SettingsError):
            list(summarize_many([text(1)], model="keyword", **bad))


def test_calls_make_no_new_classes() -> None:
    """instructor wraps the answer's class: once for all calls, or every cache by class grows with the articles."""
    with Loopback(completion(draft()), repeat_last=True) as server:
        list(summarize_many(articles(2), **options(server)))
        before = _schema_of.cache_info().currsize
        list(summarize_many(articles(20), **options(server)))
    assert _schema_of.cache_info().currsize == before


def test_articles_are_let_go_when_they_are_done() -> None:
    before = _analyses()
    with Loopback(completion(wrong_draft()), repeat_last=True) as server:
        for _ in summarize_many(articles(5), **options(server)):
            pass
    assert _analyses() <= before


def _analyses() -> int:
    gc.collect()
    return sum(isinstance(one, Analysis) for one in gc.get_objects())


def test_a_worker_that_dies_costs_no_article_and_no_call() -> None:
    with Loopback(slow(0.05, completion(wrong_draft())), repeat_last=True) as server:
        outcomes = list[str]()
        for number, outcome in enumerate(summarize_many(articles(30), **options(server, workers=1, concurrency=4))):
            outcomes.append(outcome.state.value)
            if number == 5:
                (worker,) = _workers()
                os.kill(worker, signal.SIGKILL)
        assert len(server.received) == 60
    assert outcomes == ["done"] * 30


def _workers() -> list[int]:
    """The worker processes of this one, from /proc."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parent = (process / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1]
            if int(parent) == os.getpid() and b"summarizer.batch.worker" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def test_spans_and_metrics_follow_the_conventions() -> None:
    from opentelemetry import metrics, trace
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracing = TracerProvider()
    tracing.add_span_processor(SimpleSpanProcessor(spans))
    trace.set_tracer_provider(tracing)
    metrics.set_meter_provider(MeterProvider([reader]))
    with Loopback(status(500, "no"), completion(draft()), repeat_last=True) as server:
        list(summarize_many(articles(1), **options(server)))
    bad, good = spans.get_finished_spans()
    assert good.name == "chat gpt-4o-mini"
    assert good.attributes is not None
    assert bad.attributes is not None
    assert good.attributes["gen_ai.provider.name"] == "openai"
    assert good.attributes["gen_ai.usage.input_tokens"] == 100
    assert bad.attributes["error.type"] == "500"
    assert (bad.status.status_code, good.status.status_code) == (trace.StatusCode.ERROR, trace.StatusCode.UNSET)
    assert not any("Marawi" in str(value) for value in good.attributes.values())
    data = reader.get_metrics_data()
    assert data is not None
    found = {metric.name for one in data.resource_metrics for scope in one.scope_metrics for metric in scope.metrics}
    assert found == {"gen_ai.client.operation.duration", "gen_ai.client.token.usage"}


def test_a_large_file_of_many_articles_is_read_row_by_row(tmp_path: Path) -> None:
    path = write_articles(tmp_path / "in.jsonl", 3000)
    assert path.stat().st_size > 2**20
    found = read_articles(path, max_file_bytes=100, max_bytes=50_000)  # it may be larger than any one document
    labels = [article.label for article in found]
    assert labels[0] == f"{path}, line 1"
    assert len(labels) == 3000
    table = tmp_path / "in.csv"
    rows = "".join(f'"Report {n}","{text(n)}\nsecond line"\n' for n in range(2000))
    table.write_text("title,text\n" + rows, encoding="utf-8")
    read = list(read_articles(table))
    assert len(read) == 2000
    assert not any(isinstance(one, Unread) for one in read)


def test_a_damaged_line_of_a_large_file_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = write_articles(tmp_path / "in.jsonl", 1500)
    lines = path.read_text().splitlines(keepends=True)
    lines[1000] = '{"title": \n'
    path.write_text("".join(lines))
    found = list(read_articles(path))
    assert [type(one).__name__ for one in found].count("Unread") == 1
    assert len(found) == 1500
    assert json.loads(lines[1001])["title"] == getattr(found[1001], "title", None)
