"""Many threads, many tasks, one engine; and what is cancelled leaves no task, thread, file or socket behind."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import Summary
from summarizer.engines.llm.engine import LLMEngine
from summarizer.pipeline import summarize_article
from summarizer.reading.sources import read_article
from summarizer.settings import load_settings
from tests.hostile.faulty import endless, good, head, wire
from tests.hostile.running import comparable, left_over, open_files
from tests.loopback import Loopback, Step, slow, stall, status
from tests.samples import ARTICLE

TASKS = 40


def same(summaries: list[Summary], right: dict[str, Any]) -> bool:
    return all(comparable(summary.model_dump(mode="json")) == right for summary in summaries)


def test_one_engine_serves_many_tasks(right: dict[str, Any]) -> None:
    async def many(url: str) -> list[Summary]:
        settings = load_settings(environment={}, dotenv=None, model="m", base_url=url)
        async with LLMEngine(settings) as engine:
            article = read_article(ARTICLE)
            return await asyncio.gather(*(summarize_article(article, engine) for _ in range(TASKS)))

    with Loopback(slow(0.05, good()), repeat_last=True) as server:
        summaries = asyncio.run(many(server.url))
        assert len(server.received) == TASKS
    assert same(summaries, right)


def test_many_threads_summarise_at_once(right: dict[str, Any]) -> None:
    with Loopback(good(), repeat_last=True) as server, ThreadPoolExecutor(12) as threads:
        summaries = list(
            threads.map(lambda _: summarizer.summarize(ARTICLE, model="m", base_url=server.url), range(24))
        )
    assert same(summaries, right)


def test_threads_and_tasks_share_one_cache(right: dict[str, Any], tmp_path: Path) -> None:
    with Loopback(good(), repeat_last=True) as server, ThreadPoolExecutor(8) as threads:
        options: dict[str, Any] = {"model": "m", "base_url": server.url, "cache": tmp_path / "answers"}
        summaries = list(threads.map(lambda _: summarizer.summarize(ARTICLE, **options), range(16)))
    assert same(summaries, right)
    assert len(list((tmp_path / "answers").iterdir())) == 1, "one request, one file, and no temporary one"


def test_a_parameter_that_is_rejected_is_left_out_by_all_threads(right: dict[str, Any]) -> None:
    def step(handler: Any, body: dict[str, Any]) -> None:
        refused = status(400, "Unsupported parameter: 'temperature'", param="temperature")
        (refused if "temperature" in body else good())(handler, body)

    with Loopback(step, repeat_last=True) as server, ThreadPoolExecutor(8) as threads:
        summaries = list(
            threads.map(lambda _: summarizer.summarize(ARTICLE, model="m", base_url=server.url), range(16))
        )
    assert same(summaries, right)


def test_one_failure_among_many_tasks_harms_no_other(right: dict[str, Any]) -> None:
    async def many(url: str) -> list[Summary | BaseException]:
        calls = (summarizer.asummarize(ARTICLE, model="m", base_url=url) for _ in range(10))
        return await asyncio.gather(*calls, return_exceptions=True)

    with Loopback(*[good()] * 4, status(401), good(), repeat_last=True) as server:
        results = asyncio.run(many(server.url))
    failed = [one for one in results if isinstance(one, BaseException)]
    assert [type(one) for one in failed] == [summarizer.EngineMisconfigured]
    assert same([one for one in results if isinstance(one, Summary)], right)


WAITING: dict[str, Callable[[], Step]] = {
    "before the first byte": lambda: stall(30),
    "in the head": lambda: wire(head(10)[:20], hold=True),
    "in the body": lambda: wire(head(1000), b'{"choices"', hold=True),
    "in an endless body": lambda: endless(head(None), b" "),
    "between two tries": lambda: status(503, headers={"Retry-After": "30"}),
}


@pytest.mark.parametrize("waiting", WAITING.values(), ids=WAITING.keys())
@pytest.mark.parametrize("kind", [None, "cache"])
def test_a_cancelled_summary_leaves_nothing_behind(
    waiting: Callable[[], Step], kind: str | None, tmp_path: Path, right: dict[str, Any]
) -> None:
    left: list[object] = []

    async def cancelled(url: str) -> None:
        options: dict[str, Any] = {kind: tmp_path / "answers"} if kind else {}
        running = asyncio.create_task(summarizer.asummarize(ARTICLE, model="m", base_url=url, **options))
        while not server.received:  # noqa: ASYNC110 -- it is set in the server's thread
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        left.extend(asyncio.all_tasks() - {asyncio.current_task()})

    files, threads = open_files(), set(threading.enumerate())
    with Loopback(waiting(), repeat_last=True) as server:
        asyncio.run(cancelled(server.url))
    assert left == []
    assert left_over(files, threads) == set()
    assert not list(tmp_path.rglob("*.json")) + list(tmp_path.rglob(".*"))


def test_a_long_article_that_fails_in_one_part_cancels_the_others(right: dict[str, Any]) -> None:
    text = "\n\n".join(f"Sentence {number} says that the army shelled the port again." for number in range(600))
    files = open_files()
    with Loopback(status(401), stall(30), repeat_last=True) as server:
        with pytest.raises(summarizer.EngineMisconfigured):
            summarizer.summarize(text, model="m", base_url=server.url, context_tokens=12_000)
    assert left_over(files) == set()


@pytest.mark.timeout(60)
def test_a_time_out_from_outside_ends_a_summary(right: dict[str, Any]) -> None:
    async def bounded(url: str) -> None:
        async with asyncio.timeout(0.5):
            await summarizer.asummarize(ARTICLE, model="m", base_url=url)

    files = open_files()
    with Loopback(stall(30), repeat_last=True) as server, pytest.raises(TimeoutError):
        asyncio.run(bounded(server.url))
    gc.collect()
    assert left_over(files) == set()
