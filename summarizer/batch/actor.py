"""What one actor of a cluster does: keeps an engine, turns rows of articles into rows of summaries, asks nothing twice.

Every answer is in the shared store before it is used, and every result before it is handed on. So a block of rows that is
done again, since the actor or its machine died, gives the same rows in the same order up to where it was, and calls only
for what had no answer.
"""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.batch.budget import Budget
from summarizer.batch.configuration import configuration, fingerprint
from summarizer.batch.exchanges import ARTICLE, BatchTransport
from summarizer.batch.output import failure_line, summary_line
from summarizer.batch.pace import Pace
from summarizer.batch.readers import batch_engine, summary_of
from summarizer.batch.records import Key, State, article_key
from summarizer.batch.runner import FOR_ALL, LONGEST_REASON, REJECTED_IN_A_ROW
from summarizer.batch.session import Plan, called, pricing
from summarizer.batch.store import Kept, Store
from summarizer.batch.stored import TRIES, Keeping, Known, Nowhere
from summarizer.batch.telemetry import Telemetry
from summarizer.engines.llm.complaints import one_line
from summarizer.engines.llm.recordings import transport_for
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.errors import (
    BatchStopped,
    EngineError,
    EngineMisconfigured,
    EngineUnavailable,
    JournalError,
    SettingsError,
    SummarizerError,
)
from summarizer.reading.entries import Unread
from summarizer.reading.options import reading_arguments
from summarizer.reading.sources import read_record
from summarizer.schema.article import Article
from summarizer.settings import Settings

if TYPE_CHECKING:
    import pyarrow as pa

_log = logging.getLogger(__name__)

DEATHS = 4
"""An article that was in hand at so many deaths is read alone the next time, and fails if that is one more."""


class ActorDied(EngineError):
    """The actor that read the article died, and again when it read this article alone."""


@dataclass(frozen=True, slots=True)
class Share:
    """One actor's part of a run: its name, how many calls at once, and this actor's part of the limits a minute."""

    run: str
    at_once: int
    requests_per_minute: float | None
    tokens_per_minute: float | None
    patience: float
    retry_failed: bool


class Summarizer:
    """The callable that Ray Data keeps in an actor. Batches come as Arrow tables of articles, and go as ones of summaries."""

    def __init__(self, settings: Settings, place: str, share: Share) -> None:
        gc.set_threshold(200_000)  # as in cli.py: a million objects that stay
        self._store = Store(place)
        self._store.check(share.run)
        self._desk = Desk(settings, self._store, share)
        # A loop of its own: Ray's stands still while its consumer is slow, and answers must be kept as they come.
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="summaries", daemon=True).start()

    async def __call__(self, batch: pa.Table) -> pa.Table:
        """The summaries of a batch, in its order. Raises SummarizerError where the run cannot go on."""
        from summarizer.rendering.as_parquet import whole_table

        under_way = asyncio.run_coroutine_threadsafe(self._desk.rows(batch.to_pylist()), self._loop)
        rows = await asyncio.wrap_future(under_way)
        return whole_table(rows)


class Desk:
    """Rows in, rows out, in one event loop: an engine, its pace, and the store."""

    def __init__(self, settings: Settings, store: Store, share: Share) -> None:
        self._settings, self._store, self._share = settings, store, share
        pace = Pace(
            most=share.at_once,
            requests=share.requests_per_minute,
            tokens=share.tokens_per_minute,
            patience=share.patience,
            say=_log.warning,
        )
        self._calls = BatchTransport(
            Nowhere(),
            pace,
            Budget(None, None),
            price=pricing(settings, Plan()),
            policy=RetryPolicy(settings.attempts, settings.timeout, settings.deadline),
            connections=share.at_once,
            inner=Keeping(store, share.at_once, transport_for(settings)),
            telemetry=Telemetry(*called(settings)),
        )
        self._engine = batch_engine(settings, Known(store, self._calls))
        self._configuration = fingerprint(configuration(settings, self._engine))
        # Beside those whose call is under way, some that are being analysed or checked.
        self._in_hand = share.at_once + share.at_once // 4 + 4
        self._gate, self._alone = asyncio.Semaphore(self._in_hand), asyncio.Lock()
        self._under_way: dict[Key, asyncio.Task[Kept]] = {}
        self._rejected = 0

    async def close(self) -> None:
        """Close the connections; nothing is under way any more."""
        await self._calls.close()

    async def rows(self, records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The rows of the articles in `records`: a summary's fields, or `error` and what is known of the article. Raises
        SummarizerError where the run cannot go on."""
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._record(record)) for record in records]
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None  # the others were cancelled because of it
        return [row for task in tasks for row in task.result()]

    async def _record(self, record: Mapping[str, Any]) -> list[dict[str, Any]]:
        reading = reading_arguments(self._settings)
        articles = await asyncio.to_thread(lambda: list(read_record(record, **reading)))
        return list(await asyncio.gather(*(self._row(article) for article in articles)))

    async def _row(self, article: Article | Unread) -> dict[str, Any]:
        if isinstance(article, Unread):
            return _loaded(failure_line(article.label, None, "ReadingError", article.reason))
        key = article_key(article)
        if key not in self._under_way:
            self._under_way[key] = asyncio.create_task(self._kept(key, article))
        try:
            kept = await self._under_way[key]
        finally:
            self._under_way.pop(key, None)
        row = _loaded(kept.line)
        row["article"]["label"] = article.label  # the same article from elsewhere has a name of its own
        return row

    async def _kept(self, key: Key, article: Article) -> Kept:
        async with self._gate:
            before = await asyncio.to_thread(self._store.result, self._configuration, key)
            if before is not None and not self._again(before):
                return before
            tries = before.tries if before else 0
            begun = await asyncio.to_thread(self._store.begin_article, self._configuration, key)
            if begun <= DEATHS:
                return await self._finished(key, article, tries)
        if begun == DEATHS + 1:
            return await self._finished_alone(key, article, tries)
        died = ActorDied("the process that read this article died, again when it read this article alone (no memory?)")
        return await self._committed(key, self._failed(article, died, tries + 1))

    async def _finished_alone(self, key: Key, article: Article, tries: int) -> Kept:
        """With nothing else in hand: an actor that dies now dies of this article."""
        async with self._alone:
            for _ in range(self._in_hand):
                await self._gate.acquire()
            try:
                return await self._finished(key, article, tries)
            finally:
                for _ in range(self._in_hand):
                    self._gate.release()

    async def _finished(self, key: Key, article: Article, tries: int) -> Kept:
        return await self._committed(key, await self._made(key, article, tries))

    async def _committed(self, key: Key, kept: Kept) -> Kept:
        await asyncio.to_thread(self._store.finish, self._configuration, key, kept)
        return kept

    def _again(self, before: Kept) -> bool:
        return self._share.retry_failed and before.state is State.FAILED and before.run != self._share.run

    async def _made(self, key: Key, article: Article, tries: int) -> Kept:
        ARTICLE.set(key)
        TRIES.set(tries)
        try:
            summary = await summary_of(article, self._engine, self._settings)
        except (BatchStopped, JournalError):
            raise
        except EngineMisconfigured as error:
            self._check_rejected(error)
            return self._failed(article, error, tries + 1)
        except SettingsError:
            raise  # a folder that cannot be written, a template: the next article meets it too
        except SummarizerError as error:
            # What was answered before the endpoint failed is taken again; answers that were no use are not.
            return self._failed(article, error, tries if isinstance(error, EngineUnavailable) else tries + 1)
        except Exception as error:  # a fault of ours in one article must not end the others
            _log.exception("unexpected error in %s", article.label)
            return self._failed(article, error, tries + 1)
        self._rejected = -1
        return Kept(State.DONE, tries, self._share.run, summary_line(summary))

    def _check_rejected(self, error: EngineMisconfigured) -> None:
        """The endpoint rejects requests, and none was taken yet: the settings' fault, told at once."""
        if self._rejected < 0:
            return
        self._rejected += 1
        if error.status in FOR_ALL or self._rejected >= REJECTED_IN_A_ROW:
            raise error

    def _failed(self, article: Article, error: Exception, tries: int) -> Kept:
        ours = isinstance(error, SummarizerError)
        kind = type(error).__name__ if ours else "Unexpected"
        reason = one_line(error if ours else f"{type(error).__name__}: {error}", LONGEST_REASON)
        return Kept(State.FAILED, tries, self._share.run, failure_line(article.label, article, kind, reason))


def _loaded(line: bytes) -> dict[str, Any]:
    row: dict[str, Any] = json.loads(line)
    return row
