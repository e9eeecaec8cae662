"""How many articles a batch gets through, in how much memory, at what cost of its own; and its peers on the same articles.

    python -m benchmarks.batch [throughput] [overhead] [peers] [memory [ARTICLES]]

Everything against a loopback endpoint (endpoint.py) that answers after 200 ms. Prints tables; asserts nothing. `memory` takes
half an hour with its 100,000 articles. `peers` needs LangExtract (group `bench` in pyproject.toml).
"""

from __future__ import annotations

import asyncio
import cProfile
import importlib
import json
import logging
import os
import platform
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

import httpx2

from benchmarks.endpoint import Endpoint, Served
from benchmarks.peer import peer_version
from summarizer import Article, summarize_many
from summarizer.batch.budget import Budget
from summarizer.batch.exchanges import ARTICLE, BatchTransport
from summarizer.batch.journal import Journal
from summarizer.batch.pace import Pace
from summarizer.batch.records import key_of
from summarizer.engines.llm.prompting import Prompts
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.schema.draft import Draft
from tests.samples import TEXT

AT_ONCE, SECONDS = 64, 0.2
BOUND = AT_ONCE / SECONDS
_ARTICLES = 1500
_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
_OPTIONS: dict[str, Any] = {"model": "openai/gpt-4o-mini", "api_key": "none-needed", "concurrency": AT_ONCE}
_numbers = count(1)


def articles(number: int) -> Iterator[Article]:
    """Short articles, all different."""
    for one in range(number):
        nth = next(_numbers)
        text = f"{TEXT}\n\nThis is report number {nth} of the series, and it was sent from bureau {nth % 7}."
        yield Article(text=text, title=f"Report {nth}", language="en", label=f"{one}")


@dataclass(frozen=True)
class Run:
    """One run: articles, seconds, processor seconds (ours, the workers', the endpoint's), articles a second when in full swing."""

    number: int
    seconds: float
    here: float
    workers: float
    served: Served
    rate: float
    processes: int = 0

    def row(self, name: str, bound: float) -> tuple[str, ...]:
        """The run beside the bound, and beside what is left of the bound when the processor's work is done."""
        per = 1000 / self.number
        busy = self.here + self.workers + self.served.processor
        possible = min(bound, self.number / self.here, _CORES * self.number / busy)
        if self.processes:
            possible = min(possible, self.processes * self.number / self.workers)
        return (
            name,
            f"{self.rate:.0f}",
            f"{self.rate / bound:.1%}",
            f"{self.here * per:.2f}",
            f"{self.workers * per:.2f}",
            f"{self.served.processor * per:.2f}",
            f"{possible:.0f}",
            f"{self.rate / possible:.1%}",
        )


_HEADER = (
    "", "a second", "of the bound", "ms here", "ms in workers", "ms of the endpoint", "possible with these cores", "of that",
)  # fmt: skip


def measured(number: int, endpoint: Endpoint, work: Callable[[Callable[[], None]], None], processes: int = 0) -> Run:
    """Run `work`, which calls what it is given at each article's end. Everything is measured in full swing: between the
    end of the first fifth and the start of the last tenth, so that neither loading nor the last calls' wait counts."""
    first, last = number // 5, number - max(number // 10, AT_ONCE)
    marks: list[tuple[float, float, float, Served]] = []
    done = 0

    def mark() -> None:
        nonlocal done
        done += 1
        if done in (first, last):
            marks.append((time.monotonic(), time.process_time(), _of_workers(), endpoint.served()))

    work(mark)
    (start, here, workers, _), (end, here_after, workers_after, served) = marks
    count_, seconds = last - first, end - start
    return Run(count_, seconds, here_after - here, workers_after - workers, served, count_ / seconds, processes)


def _of_workers() -> float:
    """Processor seconds of this process's workers so far."""
    ticks = 0
    for found in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            fields = (found / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == os.getpid() and b"summarizer.batch.worker" in (found / "cmdline").read_bytes():
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _processor(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def throughput() -> None:
    """The call path alone, then the whole, without and with workers; then an endpoint as slow as real ones are."""
    print(f"\n### Throughput: {AT_ONCE} calls under way, {SECONDS * 1000:.0f} ms each: at most {BOUND:.0f} a second\n")
    rows = []
    with Endpoint(SECONDS) as endpoint:
        _path(200, endpoint, _nothing)
        _whole(articles(100), endpoint, 0)
        rows.append(measured(4000, endpoint, partial(_path, 4000, endpoint)).row("the calls alone", BOUND))
        for workers in (0, 1, 2, 3):
            name = f"the whole, {workers or 'no'} workers"
            run = measured(_ARTICLES, endpoint, partial(_whole, articles(_ARTICLES), endpoint, workers), workers)
            rows.append(run.row(name, BOUND))
    _table(_HEADER, rows)
    slow = 4.0
    print(
        f"\n### The same with {slow:.0f} s a call, which is more like a model: at most {AT_ONCE / slow:.0f} a second\n"
    )
    with Endpoint(slow) as endpoint:
        run = measured(1200, endpoint, partial(_whole, articles(1200), endpoint, 0))
    _table(_HEADER, [run.row("the whole, no workers", AT_ONCE / slow)])


def _nothing() -> None:
    """Nobody counts."""


def _whole(texts: Iterable[Article], endpoint: Endpoint, workers: int, mark: Callable[[], None] = _nothing) -> None:
    """Everything: reading, analysis, prompts, calls, checks, journal, output."""
    with tempfile.TemporaryDirectory() as folder:
        journal, output = Path(folder) / "journal", Path(folder) / "out.jsonl"
        options = {**_OPTIONS, "base_url": endpoint.url, "journal": journal, "output": output, "workers": workers}
        for _ in summarize_many(texts, **options):
            mark()


def _path(number: int, endpoint: Endpoint, mark: Callable[[], None]) -> None:
    """Requests as the engine sends them, through journal, budget and pace; no analysis, no checks."""

    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            journal = Journal(Path(folder) / "journal")
            journal.use("benchmark", {})
            pace, budget = Pace(most=AT_ONCE), Budget(None, 10**12)
            policy = RetryPolicy(timeout=60)
            transport = BatchTransport(journal, pace, budget, price=lambda *_: 0.0, policy=policy, connections=AT_ONCE)
            body = _request_body()
            gate = asyncio.Semaphore(AT_ONCE + 16)

            async def one(nth: int) -> None:
                async with gate:
                    ARTICLE.set(key_of(str(nth)))
                    content = body.replace(b"THE NUMBER", str(nth).encode())
                    headers = {"content-type": "application/json"}
                    request = httpx2.Request(
                        "POST", f"{endpoint.url}/chat/completions", headers=headers, content=content
                    )
                    await transport.handle_async_request(request)
                    mark()

            await asyncio.gather(*(one(nth) for nth in range(number)))
            await transport.close()
            journal.close()

    asyncio.run(run())


def _request_body() -> bytes:
    from summarizer.engines.base import Task
    from summarizer.language.analysis import Analysis

    analysis = Analysis(Article(text=f"{TEXT} THE NUMBER.", language="en"))
    messages = Prompts().draft_messages(Task(analysis, analysis.sentences, "en"))
    form = {
        "type": "json_schema",
        "json_schema": {"name": "Draft", "schema": Draft.model_json_schema(), "strict": True},
    }
    body = {"model": "gpt-4o-mini", "messages": messages, "response_format": form, "max_completion_tokens": 8192}
    return json.dumps(body, ensure_ascii=False).encode()


def overhead() -> None:
    """What an article costs beside the call, by the part of the program that takes it."""
    print("\n### Overhead: an article without its call, in this process, no workers\n")
    with Endpoint(0.0) as endpoint:
        _whole(articles(100), endpoint, 0)
        run = measured(2000, endpoint, partial(_whole, articles(2000), endpoint, 0))
        print(f"{run.here * 1000 / run.number:.2f} ms of processor an article (2,000 articles)\n")
        profile = cProfile.Profile(time.process_time)  # the machine may have other things to do
        _profiled(profile, endpoint)
    _table(("under the profiler, which makes it slower", "share", "ms"), _shares(profile))


def _profiled(profile: cProfile.Profile, endpoint: Endpoint) -> None:
    """summarize_many works in a thread, so the profiler goes where the work is."""
    from summarizer.api import asummarize_many

    async def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            journal = Path(folder) / "journal"
            async for _ in asummarize_many(
                articles(500), base_url=endpoint.url, journal=journal, workers=0, **_OPTIONS
            ):
                pass

    profile.enable()
    asyncio.run(run())
    profile.disable()


_PARTS = (
    ("summarizer/language", "summarizer/language: analysis"),
    ("summarizer/grounding", "summarizer/grounding: checks, publishing"),
    ("summarizer/engines", "summarizer/engines: prompts, conversation"),
    ("summarizer/batch", "summarizer/batch: journal, pace, runner"),
    ("instructor", "instructor"),
    ("openai", "openai client"),
    ("httpx2", "httpx2, httpcore2, h11"),
    ("httpcore2", "httpx2, httpcore2, h11"),
    ("h11", "httpx2, httpcore2, h11"),
    ("anyio", "httpx2, httpcore2, h11"),
    ("pydantic", "pydantic"),
    ("jinja2", "jinja2"),
    ("tenacity", "tenacity"),
    ("asyncio", "asyncio"),
    ("copy.py", "copy"),
    ("json/", "json"),
)


def _shares(profile: cProfile.Profile) -> list[tuple[str, ...]]:
    """Time by part; of built-ins and the standard library, the caller's part."""
    stats: Any = pstats.Stats(profile)
    totals: dict[str, float] = {}
    for place, (_, _, own, _, callers) in stats.stats.items():
        part = _part(place[0])
        if part is not None:
            totals[part] = totals.get(part, 0.0) + own
            continue
        for caller, (_, _, share, _) in callers.items():
            name = _part(caller[0]) or "the rest"
            totals[name] = totals.get(name, 0.0) + share
    whole = sum(totals.values())
    ordered = sorted(totals.items(), key=lambda item: -item[1])
    return [(name, f"{spent / whole:.1%}", f"{spent * 1000 / 500:.2f}") for name, spent in ordered]


def _part(file: str) -> str | None:
    path = file.replace("\\", "/")
    return next((name for mark, name in _PARTS if f"/{mark}" in path), None)


def peers() -> None:
    """The same articles through us, LangExtract, and plain instructor with a thread pool."""
    number = 1000
    print(f"\n### Peers: {number} articles, {AT_ONCE} calls at once, {SECONDS * 1000:.0f} ms each\n")
    texts = list(articles(number))
    rows = []
    with Endpoint(SECONDS) as endpoint:
        _whole(articles(50), endpoint, 0)
        contenders: list[tuple[str, Callable[[], object]]] = [
            ("this program, no workers", lambda: _whole(texts, endpoint, 0)),
            (f"this program, {_CORES} workers", lambda: _whole(texts, endpoint, _CORES)),
            ("plain instructor, thread pool", lambda: _plain_instructor(texts, endpoint)),
        ]
        if peer_version():
            contenders.append((f"LangExtract {peer_version()}", lambda: _langextract(texts, endpoint)))
        for name, run in contenders:
            endpoint.served()
            before = _processor(resource.RUSAGE_SELF) + _processor(resource.RUSAGE_CHILDREN)
            started = time.monotonic()
            run()
            seconds = time.monotonic() - started
            spent = _processor(resource.RUSAGE_SELF) + _processor(resource.RUSAGE_CHILDREN) - before
            rows.append(_peer_row(name, number, seconds, spent, endpoint.served()))
    header = ("", "seconds", "articles a second", "ms of processor", "requests", "tokens in", "tokens out")
    _table((*header[:4], *(f"{name} an article" for name in header[4:])), rows)


def _peer_row(name: str, number: int, seconds: float, spent: float, served: Served) -> tuple[str, ...]:
    sizes = (served.requests / number, served.input / number, served.output / number)
    return (
        name,
        f"{seconds:.1f}",
        f"{number / seconds:.0f}",
        f"{spent * 1000 / number:.1f}",
        f"{sizes[0]:.2f}",
        *(f"{size:.0f}" for size in sizes[1:]),
    )


def _plain_instructor(texts: list[Article], endpoint: Endpoint) -> None:
    """The same question and the same class, as a script would ask it: no checks, no journal."""
    import instructor
    import openai

    from summarizer.engines.base import Task
    from summarizer.language.analysis import Analysis

    client: Any = instructor.from_openai(
        openai.OpenAI(base_url=endpoint.url, api_key="none"), mode=instructor.Mode.JSON_SCHEMA
    )
    prompts = Prompts()

    def ask(article: Article) -> object:
        analysis = Analysis(article)
        messages = prompts.draft_messages(Task(analysis, analysis.sentences, "en"))
        return client.chat.completions.create(model="gpt-4o-mini", response_model=Draft, messages=messages)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(ask, texts):
            pass


def _langextract(texts: list[Article], endpoint: Endpoint) -> None:
    """The same five kinds of records as extractions, by its documented way for several documents."""
    logging.getLogger("absl").setLevel(logging.ERROR)
    extract: Any = importlib.import_module("langextract")
    data = extract.data
    shown = (("party", "Army"), ("humanitarian_figure", "12 people"), ("military_development", "struck Kafr"),
             ("diplomatic_development", "talks were held"), ("position", "we will stay"))  # fmt: skip
    text = "Army struck Kafr, killing 12 people; talks were held. “we will stay”, said Omar."
    example = data.ExampleData(
        text=text, extractions=[data.Extraction(name, words, attributes={"kind": "x"}) for name, words in shown]
    )
    extract.extract(
        text_or_documents=[data.Document(text=article.text, document_id=article.label) for article in texts],
        prompt_description="Extract parties, positions, military and diplomatic developments and humanitarian figures.",
        examples=[example],
        config=extract.factory.ModelConfig(
            model_id="gpt-4o-mini",
            provider="OpenAILanguageModel",
            provider_kwargs={"api_key": "none", "base_url": endpoint.url, "max_workers": AT_ONCE},
        ),
        batch_length=AT_ONCE,
        max_workers=AT_ONCE,
        show_progress=False,
    )


def memory(number: int = 100_000) -> None:
    """Resident memory of `summarizer batch` and its workers while it goes through many articles from one file."""
    print(f"\n### Memory: `summarizer batch` on {number:,} short articles, {_CORES} workers\n")
    rows: list[tuple[str, ...]] = []
    _table(("articles done", "seconds", "MiB here", "MiB in workers"), rows)
    with tempfile.TemporaryDirectory() as name, Endpoint(0.0) as endpoint:
        folder = Path(name)
        with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
            for article in articles(number):
                file.write(json.dumps({"title": article.title, "text": article.text}) + "\n")
        arguments = ["in.jsonl", "-o", "out.jsonl", "-q", "--concurrency", str(AT_ONCE), "--workers", str(_CORES)]
        started = time.monotonic()
        batch = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "summarizer",
                "batch",
                *arguments,
                "--model",
                "openai/m",
                "--base-url",
                endpoint.url,
            ],
            cwd=folder,
            env={**os.environ, "OPENAI_API_KEY": "none", "PYTHONPATH": str(Path.cwd())},
        )
        step, output = number // 10, folder / "out.jsonl"
        done, offset = 0, 0
        while batch.poll() is None:
            time.sleep(0.25)
            done, offset = _lines_since(output, done, offset)
            if done >= step * (len(rows) + 1) and (sizes := _sizes(batch.pid)):
                shown = [f"{sizes[0]:.0f}", " + ".join(f"{size:.0f}" for size in sizes[1:])]
                rows.append((f"{done:,}", f"{time.monotonic() - started:.0f}", *shown))
                print(f"| {' | '.join(rows[-1])} |", flush=True)
        done, offset = _lines_since(output, done, offset)
        journal = (folder / "out.jsonl.journal").stat().st_size
    print(f"\n{done:,} rows; output {offset / 2**20:.0f} MiB, journal {journal / 2**20:.0f} MiB")


def _lines_since(output: Path, done: int, offset: int) -> tuple[int, int]:
    with suppress(OSError), output.open("rb") as file:
        file.seek(offset)
        while block := file.read(2**20):
            done += block.count(b"\n")
            offset += len(block)
    return done, offset


def _sizes(process: int) -> list[float]:
    """MiB resident: of the process, then of its children."""
    children = []
    for found in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if int((found / "stat").read_text().rsplit(")", 1)[1].split()[1]) == process:
                children.append(int(found.name))
    sizes = []
    for one in (process, *sorted(children)):
        with suppress(OSError, StopIteration):
            status = Path(f"/proc/{one}/status").read_text().splitlines()
            sizes.append(int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024)
    return sizes


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    for row in (header, ("---",) * len(header), *rows):
        print(f"| {' | '.join(row)} |")


def main(arguments: list[str]) -> None:
    """Run what is named, or all."""
    print(
        f"{_CORES} processor cores, {platform.system()}, Python {platform.python_version()}, openai {version('openai')}, instructor {version('instructor')}"
    )
    parts: dict[str, Callable[[], None]] = {"throughput": throughput, "overhead": overhead, "peers": peers}
    sizes = [int(argument) for argument in arguments if argument.isdecimal()]
    parts["memory"] = lambda: memory(*sizes)
    for name in [argument for argument in arguments if argument in parts] or list(parts):
        parts[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
