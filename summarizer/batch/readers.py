"""Who makes the summaries of a batch: this process, or workers. All are asked the same: an article in, a summary's JSON out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import httpx2

from summarizer.batch.exchanges import ARTICLE
from summarizer.batch.records import Key
from summarizer.engines import falls_back
from summarizer.engines.base import Engine
from summarizer.engines.keyword.engine import KEYWORD, KeywordEngine
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.pipeline import summarize_article
from summarizer.schema.article import Article
from summarizer.settings import Settings

_FIRST_WAIT = 0.5  # seconds before a failed call is tried again, at most

_NEVER = 10.0 * 365 * 86400
"""Seconds: waiting for the pace is no failure, so it has no deadline. One try is bounded by the batch's transport."""


FEW = 32
"""Articles that are read before workers are started, where their number is not set."""


class Reader(Protocol):
    """Summarises articles, several at a time."""

    async def summary(self, key: Key, article: Article) -> bytes:
        """The summary of `article` as JSON of one line. Raises SummarizerError."""

    async def close(self) -> None:
        """End it; nothing is under way any more."""


def batch_policy(settings: Settings) -> RetryPolicy:
    """What the engine retries in a batch: failures, as often as the settings say; 429s never come up to it, and the batch's
    transport minds the deadline."""
    return RetryPolicy(settings.attempts, _NEVER, _NEVER, first_wait=_FIRST_WAIT, longest_wait=30.0)


def batch_engine(settings: Settings, transport: httpx2.AsyncBaseTransport) -> Engine:
    """The engine that the settings ask for, its calls going through `transport`. Raises SettingsError."""
    if settings.model == KEYWORD or falls_back(settings):
        return KeywordEngine()
    from summarizer.engines.llm.engine import LLMEngine

    return LLMEngine(settings, policy=batch_policy(settings), transport=transport)


async def summary_of(article: Article, engine: Engine, settings: Settings) -> bytes:
    """The summary as JSON of one line, with the article's label in it."""
    summary = await summarize_article(article, engine, language=settings.language, repair=settings.repair)
    named = summary.article.model_copy(update={"label": article.label})
    return summary.model_copy(update={"article": named}).model_dump_json().encode()


class Starting(Reader, Protocol):
    """One that takes a while to start."""

    @property
    def ready(self) -> bool:
        """Whether it has started."""

    async def start(self) -> object:
        """Begin to start."""


class Growing:
    """In this process at first; elsewhere once there is much to do, and what does it there has started."""

    def __init__(self, here: Reader, elsewhere: Callable[[], Starting]) -> None:
        self._here = here
        self._make = elsewhere
        self._elsewhere: Starting | None = None
        self._begun = 0

    async def summary(self, key: Key, article: Article) -> bytes:
        """See Reader."""
        self._begun += 1
        if self._elsewhere is None and self._begun > FEW:
            self._elsewhere = self._make()
            await self._elsewhere.start()
        if self._elsewhere is None or not self._elsewhere.ready:
            return await self._here.summary(key, article)
        return await self._elsewhere.summary(key, article)

    async def close(self) -> None:
        """See Reader."""
        await self._here.close()
        if self._elsewhere is not None:
            await self._elsewhere.close()


class Here:
    """In this process, in its event loop."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings = settings
        self._engine = engine

    async def summary(self, key: Key, article: Article) -> bytes:
        """See Reader."""
        ARTICLE.set(key)
        return await summary_of(article, self._engine, self._settings)

    async def close(self) -> None:
        """See Reader."""
        close = getattr(self._engine, "__aexit__", None)
        if close is not None:
            await close(None, None, None)
