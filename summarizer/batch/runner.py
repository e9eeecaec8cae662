"""The batch itself: articles stream in, outcomes stream out, a bounded number is in hand between.

For each article: known to the journal? a duplicate? else a reader is asked. Its result is committed, then written, then
handed on. What stops the batch (budget, endpoint, journal, Ctrl-C) leaves articles in hand unfinished, not failed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.batch.budget import Budget
from summarizer.batch.duplicates import Register, Same
from summarizer.batch.feeding import from_thread
from summarizer.batch.journal import Journal
from summarizer.batch.output import failure_line, link_line, summary_line
from summarizer.batch.pace import Pace
from summarizer.batch.readers import Reader
from summarizer.batch.records import Key, State, article_key, key_of
from summarizer.batch.submissions import Submissions
from summarizer.engines.llm.complaints import one_line
from summarizer.errors import (
    BatchStopped,
    Deferred,
    EngineMisconfigured,
    EngineUnavailable,
    Interrupted,
    JournalError,
    SettingsError,
    SummarizerError,
)
from summarizer.reading.entries import Unread
from summarizer.schema.article import Article
from summarizer.schema.summary import Summary

_log = logging.getLogger(__name__)
FOR_ALL = frozenset({401, 402, 403, 404})
"""Statuses that speak of the key or the model: the first call that gets one tells what all will get."""

REJECTED_IN_A_ROW = 5
"""So many, with no article done between them, are the settings' fault."""

LONGEST_REASON = 2000
"""Characters of a failure's reason."""


@dataclass(frozen=True)
class Outcome:
    """What became of one article. `line` is its row in the output; `from_journal`: it was done in an earlier run."""

    label: str
    state: State
    line: bytes = field(repr=False)
    reason: str | None = None
    from_journal: bool = False

    @cached_property
    def summary(self) -> Summary | None:
        """The summary; None where the article failed or repeats another."""
        return Summary.model_validate_json(self.line) if self.state is State.DONE else None


@dataclass(slots=True)
class Tally:
    """Articles so far. `known` were finished in earlier runs; `repeated` came more than once among the sources."""

    seen: int = 0
    done: int = 0
    failed: int = 0
    linked: int = 0
    known: int = 0
    known_failed: int = 0
    repeated: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def finished(self) -> int:
        """In this run."""
        return self.done + self.failed + self.linked


class Runner:
    """Runs one batch. `write` gets every line after its commit; `in_hand` bounds the articles between source and outcome.
    `submissions`: where articles are kept that wait for provider batches."""

    def __init__(
        self,
        journal: Journal,
        reader: Reader,
        pace: Pace,
        budget: Budget,
        register: Register,
        *,
        in_hand: int,
        write: Callable[[bytes], None] = lambda _: None,
        repeat_known: bool = False,
        submissions: Submissions | None = None,
    ) -> None:
        self._journal, self._reader, self._pace, self._budget = journal, reader, pace, budget
        self._register, self._write, self._repeat_known = register, write, repeat_known
        self._submissions = submissions
        self._gate = asyncio.Semaphore(in_hand)
        self._outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue(in_hand)
        self._in_hand: set[Key] = set()
        self._being_read: dict[Key, asyncio.Event] = {}
        self._places_before = journal.last_place
        self._withheld: list[tuple[Key, Article, EngineMisconfigured]] = []
        self._stopped: SummarizerError | None = None
        self._broken: Exception | None = None
        self._ending = asyncio.Event()
        self.tally = Tally()

    async def outcomes(self, articles: Iterable[Article | Unread]) -> AsyncGenerator[Outcome, None]:
        """The outcomes, as they come. Raises what stopped the batch, after the last of them."""
        feeding = asyncio.create_task(self._feed(articles))
        try:
            while (outcome := await self._outcomes.get()) is not None:
                yield outcome
            await feeding
        finally:
            if not feeding.done():
                feeding.cancel()
                await asyncio.gather(feeding, return_exceptions=True)
        self._raise_stopped()

    def stop(self, error: SummarizerError) -> None:
        """Take no more articles and make no more calls. Calls under way are waited for, and their answers kept."""
        if self._stopped is None:
            self._stopped = error
        stopped = error if isinstance(error, BatchStopped) else Interrupted(str(error))
        self._pace.stop(stopped)
        self._budget.stop(stopped)
        self._ending.set()

    def fail(self, error: Exception) -> None:
        """Stop as `stop` does, and raise this error, which is no one's but the caller's, in the end."""
        self._broken = error
        self.stop(Interrupted(f"unexpected error: {error}"))

    async def stopped_or(self, event: asyncio.Event) -> None:
        """Wait for the event. Raises what stops the batch meanwhile."""
        waiting = [asyncio.create_task(one.wait()) for one in (event, self._ending)]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()
        self._raise_stopped()

    def _raise_stopped(self) -> None:
        if self._broken is not None:
            raise self._broken
        if self._stopped is not None:
            raise self._stopped

    async def _feed(self, articles: Iterable[Article | Unread]) -> None:
        try:
            async with asyncio.TaskGroup() as group, aclosing(self._read(articles)) as found:
                async for article in found:
                    await self._gate.acquire()
                    if self._stopped is not None:
                        break
                    group.create_task(self._take(article))
            if self._stopped is None:
                await self._let_go_withheld()
        except asyncio.CancelledError:
            raise  # nobody waits for outcomes any more
        except BaseException:
            await self._outcomes.put(None)
            raise
        await self._outcomes.put(None)

    async def _read(self, articles: Iterable[Article | Unread]) -> AsyncGenerator[Article | Unread, None]:
        """The articles; an error of their source stops the batch."""
        try:
            async with aclosing(from_thread(articles, self._ending)) as found:
                async for article in found:
                    yield article
        except SummarizerError as error:
            self.stop(error)
        except OSError as error:
            self.stop(BatchStopped(f"the sources cannot be read any further: {error}; what is done is kept"))
        except Exception as error:  # the caller's own iterator: the caller's own error
            self.fail(error)

    async def _take(self, article: Article | Unread) -> None:
        try:
            self.tally.seen += 1
            outcome = self._failed_to_read(article) if isinstance(article, Unread) else await self._outcome(article)
            if outcome is not None:
                await self._outcomes.put(outcome)
        except SummarizerError as error:
            self.stop(error)
        finally:
            self._gate.release()

    def _failed_to_read(self, unread: Unread) -> Outcome | None:
        key = key_of("unread", unread.label, unread.digest)
        if self._repeated(key):
            return None
        if self._journal.state(key) in (State.FAILED, State.DONE):
            return self._known(key, unread.label, State.FAILED)
        line = failure_line(unread.label, None, "ReadingError", unread.reason)
        return self._finished(key, State.FAILED, unread.label, line, unread.reason)

    async def _outcome(self, article: Article) -> Outcome | None:
        key = article_key(article)
        if self._repeated(key):
            return None
        state = self._journal.state(key)
        if state not in (None, State.PENDING):
            return self._known(key, article.label, state)
        self._journal.begin(key, article.label)
        self._in_hand.add(key)
        try:
            if same := await self._twin(key, article):
                line = link_line(article, same.sha256, same.similarity)
                return self._finished(key, State.LINKED, article.label, line)
            return await self._summarized(key, article)
        except Deferred:
            return None  # it is run again when there is an answer
        finally:
            self._in_hand.discard(key)

    def _repeated(self, key: Key) -> bool:
        """Whether this run has it in hand, or has finished it. What waited for a provider batch is run before it is read
        again, so there that does not tell that it was given twice."""
        in_hand = key in self._in_hand
        finished = not in_hand and self._journal.place(key) > self._places_before
        self.tally.repeated += in_hand or (finished and self._submissions is None)
        return in_hand or finished

    async def _twin(self, key: Key, article: Article) -> Same | None:
        """The earlier article that this one repeats, once that is done: it may fail. Raises Deferred where it waits for a
        provider batch, and so does this one then."""

        def comes_to_an_end(other: Key) -> bool:
            waits = self._submissions is not None and self._submissions.precedes(other, key)
            return waits or other in self._being_read

        while same := self._register.enter(key, article, comes_to_an_end):
            if self._journal.state(same.key) is State.DONE:
                return same
            if (being_read := self._being_read.get(same.key)) is not None:
                await being_read.wait()
            elif self._submissions is not None:
                self._submissions.follow(key, article, same.key)
                raise Deferred("an article that it repeats waits for a provider batch")
        return None

    async def _summarized(self, key: Key, article: Article) -> Outcome | None:
        over = self._being_read[key] = asyncio.Event()
        try:
            return await self._read_by_reader(key, article)
        finally:
            del self._being_read[key]
            over.set()

    async def _read_by_reader(self, key: Key, article: Article) -> Outcome | None:
        try:
            summary = await self._reader.summary(key, article)
        except (BatchStopped, Deferred, JournalError):
            raise
        except EngineMisconfigured as error:
            self._reject(key, article, error)
            return None
        except SettingsError:
            raise  # a folder that cannot be written, a template: the next article meets it too
        except SummarizerError as error:
            # What was answered before the endpoint failed is worth keeping; answers that were no use are not.
            return self._failure(key, article, error, keep_answers=isinstance(error, EngineUnavailable))
        except Exception as error:  # a fault of ours in one article must not end the others
            _log.exception("unexpected error in %s", article.label)
            return self._failure(key, article, error)
        await self._let_go_withheld()
        return self._finished(key, State.DONE, article.label, summary_line(summary))

    def _reject(self, key: Key, article: Article, error: EngineMisconfigured) -> None:
        """The endpoint rejects a request: this article's fault, or the settings'? Settled by what the next ones meet."""
        self._withheld.append((key, article, error))
        if len(self._withheld) >= REJECTED_IN_A_ROW or (error.status in FOR_ALL and not self.tally.done):
            raise error

    async def _let_go_withheld(self) -> None:
        withheld, self._withheld = self._withheld, []
        for key, article, error in withheld:
            await self._outcomes.put(self._failure(key, article, error))

    def _failure(self, key: Key, article: Article, error: Exception, *, keep_answers: bool = False) -> Outcome:
        kind = type(error).__name__ if isinstance(error, SummarizerError) else "Unexpected"
        said = error if kind != "Unexpected" else f"{type(error).__name__}: {error}"
        reason = one_line(said, LONGEST_REASON)
        line = failure_line(article.label, article, kind, reason)
        return self._finished(key, State.FAILED, article.label, line, reason, keep_answers=keep_answers)

    def _finished(
        self, key: Key, state: State, label: str, line: bytes, reason: str | None = None, *, keep_answers: bool = False
    ) -> Outcome:
        """Committed, then written; nothing awaits between the two, so the file's order is the journal's."""
        self._journal.finish(key, state, label, line, keep_answers=keep_answers)
        self._write(line)
        self._journal.first_met(key)
        self.tally.done += state is State.DONE
        self.tally.failed += state is State.FAILED
        self.tally.linked += state is State.LINKED
        return Outcome(label, state, line, reason)

    def _known(self, key: Key, label: str, state: State | None) -> Outcome | None:
        if not self._journal.first_met(key):
            self.tally.repeated += 1
            return None
        self.tally.known += 1
        self.tally.known_failed += state is State.FAILED
        line = self._journal.line(key) if self._repeat_known else None
        if line is None or state is None:
            return None
        reason = json.loads(line)["error"]["message"] if state is State.FAILED else None
        return Outcome(label, state, line, reason, from_journal=True)
