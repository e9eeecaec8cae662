"""The Python front door."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from summarizer.engines import engine_for
from summarizer.engines.base import Listener
from summarizer.pipeline import summarize_article
from summarizer.reading.options import reading_arguments
from summarizer.reading.sources import Source, read_article
from summarizer.schema.article import Article
from summarizer.schema.summary import Summary
from summarizer.settings import Options, Settings, load_settings

if TYPE_CHECKING:
    from summarizer.batch.runner import Outcome


class Metadata(TypedDict, total=False):
    """What is known about an article beside its text; goes before what its header says."""

    title: str | None
    source: str | None
    published: str | None
    article_language: str | None
    entry: int | None


class Arguments(Options, Metadata, total=False):
    """Every keyword argument of `summarize` and `asummarize`."""

    on_progress: Listener | None


async def asummarize(article: str | Path | bytes | Article, **arguments: Unpack[Arguments]) -> Summary:
    """The checked summary of one article.

    `article` is the text itself (str), a file (Path: text, HTML, PDF, DOCX, EML, NewsML, JSON, CSV, a feed ...), a file's
    content (bytes) or an Article. A str that is nothing but an http or https address is fetched, from public addresses
    only; whoever passes on text of strangers and wants nothing fetched passes `text.encode()`. Keyword arguments:

    - `title`, `source`, `published` (EDTF, such as "2022-03-03" or "2022-03"), `article_language` (BCP 47): what is
      known about the article; they go before its own header.
    - `entry`: which article of a source that holds several, counted from 1.
    - any setting, such as `model="openai/gpt-5-mini"`, `base_url`, `api_key`, `mode`, `language` (of the paraphrases),
      `prompts`, `replay`; they go before environment variables, `.env` and defaults.
    - `on_progress`: a function that is told, in a few words, what goes on.

    Raises ReadingError, SettingsError or EngineError, all of them SummarizerError.
    """
    listener = arguments.pop("on_progress", None) or _silent
    metadata = Metadata(
        title=arguments.pop("title", None),
        source=arguments.pop("source", None),
        published=arguments.pop("published", None),
        article_language=arguments.pop("article_language", None),
        entry=arguments.pop("entry", None),
    )
    settings = load_settings(**arguments)
    return await summarize_with(settings, article, metadata, listener)


def summarize(article: str | Path | bytes | Article, **arguments: Unpack[Arguments]) -> Summary:
    """`asummarize` for code that does not await: in a script, in a thread, and inside a running event loop (a notebook),
    where it works in a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(asummarize(article, **arguments))
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(lambda: asyncio.run(asummarize(article, **arguments))).result()


async def summarize_with(
    settings: Settings, source: str | Path | bytes | Article, metadata: Metadata, listener: Listener
) -> Summary:
    """The same with settings that are already loaded."""
    # Fetching waits for a network: in a thread, so that others' awaiting goes on.
    article = await asyncio.to_thread(read_with, settings, source, metadata)
    async with engine_for(settings, listener) as engine:
        return await summarize_article(article, engine, language=settings.language, repair=settings.repair)


def read_with(settings: Settings, source: str | Path | bytes | Article, metadata: Metadata) -> Article:
    """The article in `source`, read within the limits of the settings."""
    return read_article(
        source,
        title=metadata.get("title"),
        publisher=metadata.get("source"),
        published=metadata.get("published"),
        language=metadata.get("article_language"),
        entry=metadata.get("entry"),
        **reading_arguments(settings),
    )


class BatchArguments(Options, total=False):
    """Every keyword argument of `summarize_many` and `asummarize_many`."""

    journal: Path | str | None
    output: Path | str | None
    concurrency: int
    requests_per_minute: float | None
    tokens_per_minute: float | None
    max_cost: float | None
    max_tokens: int | None
    workers: int | None
    retry_failed: bool
    duplicates: str
    patience: float
    via: str
    poll: float


async def asummarize_many(
    sources: Source | Iterable[Source], **arguments: Unpack[BatchArguments]
) -> AsyncGenerator[Outcome, None]:
    """The outcomes of many articles, as they come: each has `label`, `state` (done, failed, linked), `summary` (None unless
    done) and `reason` (of a failure).

    `sources` is what `read_articles` takes: files, folders, patterns, addresses, texts, Articles, or any iterable of these,
    read when there is room. Articles in hand are bounded, so memory does not grow with their number; a slow consumer slows
    the batch. Keyword arguments:

    - `journal`: a file that keeps results and answers: the same call again, after whatever ended the first, gives every
      outcome once more and pays for none twice. Without it nothing outlives the call.
    - `output`: a file that the rows are written to as well, as `summarizer batch -o` does; it wants a journal.
    - `concurrency`, `requests_per_minute`, `tokens_per_minute`, `max_cost` (US dollars), `max_tokens`, `patience` (seconds),
      `workers` (processes), `retry_failed`, `duplicates` ("off", "exact", "near"), `via` ("calls", "openai-batch"), `poll`: see `summarizer batch --help`.
    - any setting, as for `summarize`.

    One article's failure is an outcome. Raises SettingsError, JournalError, and BatchStopped where the whole ended early.
    """
    from summarizer.batch.session import Plan, opened
    from summarizer.batch.sources import batch_articles

    names = set(BatchArguments.__annotations__) - set(Options.__annotations__)
    given: dict[str, Any] = dict(arguments)
    options = {name: given.pop(name) for name in list(given) if name in names}
    settings = load_settings(**given)
    paths = {name: Path(options.pop(name)) for name in ("journal", "output") if options.get(name) is not None}
    plan = Plan(**{**options, **paths}, repeat_known=True)
    async with opened(settings, plan) as session:
        outcomes = session.outcomes(batch_articles(sources, settings, plan.files))
        async with aclosing(outcomes):
            async for outcome in outcomes:
                yield outcome


def summarize_many(sources: Source | Iterable[Source], **arguments: Unpack[BatchArguments]) -> Iterator[Outcome]:
    """`asummarize_many` for code that does not await. It works in a thread of its own, a little ahead of its consumer;
    leaving the loop early ends it."""
    from summarizer.batch.threads import iterated

    return iterated(lambda: asummarize_many(sources, **arguments))


def _silent(_: str) -> None:
    """Progress that nobody asked for."""
