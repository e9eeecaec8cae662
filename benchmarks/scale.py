"""What one article takes, measured: the numbers behind docs/scale.md.

    python -m benchmarks.scale

Tokens and sizes are of the recorded answers in evals/recordings (no call is made); processor time is of this machine, over
all these articles one after another, each another one than the last. Prices are the kept list's (genai-prices).
"""

from __future__ import annotations

import asyncio
import io
import json
import resource
import statistics
import tempfile
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as pq

from summarizer import EngineError, Summary, summarize
from summarizer.batch.actor import Desk, Share
from summarizer.batch.store import Store
from summarizer.engines import engine_for
from summarizer.engines.llm.pricing import price
from summarizer.engines.llm.providers import find_target
from summarizer.pipeline import summarize_article
from summarizer.reading.sources import read_article
from summarizer.rendering.as_parquet import whole_table
from summarizer.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "evals" / "recordings" / "anthropic-claude"
MODELS = (
    "openai/gpt-4.1-nano", "openai/gpt-5-nano", "openai/gpt-4o-mini", "openai/gpt-5-mini", "google/gemini-2.5-flash-lite",
    "google/gemini-2.5-flash", "mistral/mistral-small-latest", "groq/openai/gpt-oss-20b", "groq/openai/gpt-oss-120b",
    "anthropic/claude-haiku-4-5", "openai/gpt-5", "anthropic/claude-sonnet-4-5",
)  # fmt: skip
ROUNDS = 3


def main() -> None:
    """Print the tables."""
    paths = sorted((ROOT / "evals" / "articles").glob("*.txt"))
    known = [path for path in paths if recorded(path) is not None]
    print(f"{len(known)} of {len(paths)} articles have recorded answers\n")
    summaries = [summary for path in known if (summary := recorded(path)) is not None]
    print_articles(summaries)
    print_prices(summaries, shared_beginning())
    print("\nprocessor, ms an article, one core of this machine, an engine kept:")
    for name, model in (("a model's answers replayed", "anthropic/claude"), ("the keyword engine", "keyword")):
        print(f"  {name:28}{asyncio.run(per_article(known, model)):>6.0f}")
    print(
        f"  {'an actor of a cluster':28}{actor_time(known):>6.0f}   (a model's answers replayed, the store, Arrow rows)"
    )
    print(f"\nresident memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def recorded(path: Path) -> Summary | None:
    """The summary from recorded answers; None where they are missing."""
    try:
        return summarize(path, model="anthropic/claude", replay=FOLDER)
    except EngineError:
        return None


def print_articles(summaries: Sequence[Summary]) -> None:
    """Sizes, tokens and calls."""
    lines = [summary.model_dump_json().encode() for summary in summaries]
    columns: dict[str, list[float]] = {
        "words": [summary.article.words for summary in summaries],
        "article, bytes": [len(summary.article.text.encode()) for summary in summaries],
        "calls": [summary.run.calls for summary in summaries],
        "input tokens": [summary.run.tokens.input or 0 for summary in summaries],
        "output tokens": [summary.run.tokens.output or 0 for summary in summaries],
        "items published": [summary.verification.published for summary in summaries],
        "summary, JSON, bytes": [len(line) for line in lines],
        "result in the store, bytes": [len(zlib.compress(line)) for line in lines],
    }
    print(f"{'an article':28}{'mean':>10}{'median':>10}{'least':>10}{'most':>10}")
    for name, values in columns.items():
        shown = (statistics.mean(values), statistics.median(values), min(values), max(values))
        print(f"{name:28}" + "".join(f"{value:>10,.2f}" if value < 10 else f"{value:>10,.0f}" for value in shown))
    buffer = io.BytesIO()
    pq.write_table(whole_table([json.loads(line) for line in lines]), buffer)
    print(f"{'summary, Parquet, bytes':28}{len(buffer.getvalue()) / len(lines):>10,.0f}")
    bodies = [json.loads(path.read_text("utf-8"))["response"]["body"] for path in FOLDER.glob("*.json")]
    kept = [len(zlib.compress(json.dumps(body, ensure_ascii=False).encode())) for body in bodies]
    print(f"{'answer in the store, bytes':28}{statistics.mean(kept):>10,.0f}   (of {len(kept)} answers)")


def shared_beginning() -> float:
    """The share of a request's characters that is the same for all articles, and so can come from a prefix cache."""
    bodies = [json.loads(path.read_text("utf-8"))["request"]["body"] for path in FOLDER.glob("*.json")]
    texts = [json.dumps([body.get("tools"), body["messages"]], ensure_ascii=False) for body in bodies]
    shared = next(place for place, both in enumerate(zip(min(texts), max(texts), strict=False)) if len(set(both)) > 1)
    mean = statistics.mean(map(len, texts))
    print(f"\nshared beginning of the requests: {shared:,} of {mean:,.0f} characters on average")
    return shared / mean


def print_prices(summaries: Sequence[Summary], shared: float) -> None:
    """Of a thousand articles: nothing cached, all of the shared beginning cached, and half price (a provider's batch)."""
    sent = statistics.mean(summary.run.tokens.input or 0 for summary in summaries)
    received = statistics.mean(summary.run.tokens.output or 0 for summary in summaries)
    print(
        f"\nUS dollars for 1,000 articles of {sent:,.0f} + {received:,.0f} tokens; with {shared:.0%} of the input cached; in a batch"
    )
    for model in MODELS:
        target = find_target(load_settings(environment={}, dotenv=None, model=model, api_key="none"))
        full, cached = (price(target, round(sent), round(part * sent), round(received)) for part in (0, shared))
        if full is not None and cached is not None:
            print(f"  {model:34}{1000 * full:>9.2f}{1000 * cached:>9.2f}{1000 * full / 2:>9.2f}")


async def per_article(paths: Sequence[Path], model: str) -> float:
    """Milliseconds of processor; one round before, for tables."""
    replay = FOLDER if model != "keyword" else None
    settings = load_settings(environment={}, dotenv=None, model=model, replay=replay, api_key="none")
    articles = [read_article(path) for path in paths]
    async with engine_for(settings, lambda _: None) as engine:
        for number in range(ROUNDS + 1):
            if number == 1:
                start = time.process_time()
            for article in articles:
                await summarize_article(article, engine, language=None, repair=True)
    return 1000 * (time.process_time() - start) / ROUNDS / len(paths)


def actor_time(paths: Sequence[Path]) -> float:
    """The same for what an actor does, each round with a store of its own: nothing in it, so that all is done."""
    settings = load_settings(environment={}, dotenv=None, model="anthropic/claude", replay=FOLDER, api_key="none")
    records = [{"path": str(path), "bytes": path.read_bytes()} for path in paths]

    async def round_of(place: str) -> float:
        desk = Desk(settings, Store(place), Share("scale", 8, None, None, 60.0, retry_failed=False))
        start = time.process_time()
        whole_table(await desk.rows(records))
        await desk.close()
        return time.process_time() - start

    times = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as place:
            times.append(asyncio.run(round_of(place)))
    return 1000 * statistics.mean(times) / len(paths)


if __name__ == "__main__":
    main()
