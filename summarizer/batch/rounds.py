"""A batch in rounds: articles ask, their requests go to the provider, and who is answered is run again, until all are done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator
from typing import TYPE_CHECKING

from summarizer.batch.collecting import CollectingTransport
from summarizer.batch.runner import Outcome, Runner
from summarizer.errors import BudgetReached, EngineMisconfigured, SummarizerError
from summarizer.reading.entries import Unread
from summarizer.schema.article import Article

if TYPE_CHECKING:
    from summarizer.batch.desk import Desk  # openai is slow to import


class Rounds:
    """Runs a runner as often as there are answers. `outcomes` is the runner's, over all rounds."""

    def __init__(self, runner: Runner, desk: Desk, transport: CollectingTransport) -> None:
        self._runner, self.desk = runner, desk
        self._submissions, self._transport = transport.submissions, transport
        self._ended = False

    async def outcomes(self, articles: Iterable[Article | Unread]) -> AsyncGenerator[Outcome, None]:
        """The outcomes, as they come. Raises what stopped the batch, after the last of them."""
        working = asyncio.create_task(self._work())
        source = iter(articles)
        try:
            while True:
                self.desk.news.clear()
                self._transport.held_back = None
                async for outcome in self._ready():
                    yield outcome
                async for outcome in self._runner.outcomes(self._while_room(source)):
                    yield outcome
                self.desk.close_file()
                if not self.desk.under_way:
                    # What has come in since the round began may have made room.
                    if self._transport.held_back and not self.desk.news.is_set():
                        raise BudgetReached(self._transport.budget.reached(self._transport.held_back))
                    if self._ended and not self._submissions.ready():
                        return
                    continue
                await self._runner.stopped_or(self.desk.news)
        except EngineMisconfigured:
            self._submissions.forget_rejections()
            raise
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def _ready(self) -> AsyncGenerator[Outcome, None]:
        place = 0
        while self._transport.held_back is None and (found := self._submissions.ready(after=place)):
            place = found[-1][0]
            async for outcome in self._runner.outcomes([article for _, article in found]):
                yield outcome

    def _while_room(self, source: Iterator[Article | Unread]) -> Iterator[Article | Unread]:
        """What has not been read yet, until the budget holds something back."""
        while self._transport.held_back is None:
            try:
                yield next(source)
            except StopIteration:
                self._ended = True
                return

    async def close(self) -> None:
        """Close the connections."""
        await self.desk.aclose()

    async def _work(self) -> None:
        try:
            await self.desk.run()
        except SummarizerError as error:
            self._runner.stop(error)
        except Exception as error:  # a fault of ours must not leave the batch waiting for ever
            self._runner.fail(error)
