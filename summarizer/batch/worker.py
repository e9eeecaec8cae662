"""A worker process of a batch: reads articles from its pipe and does all that takes a processor: analysis, prompts, checks.

Its engine's HTTP requests go through the pipe to the batch, which alone knows the journal, the pace and the budget. It
ends when its pipe closes, so it never outlives the batch, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sys
from itertools import count

import httpx2

from summarizer.batch.exchanges import ARTICLE
from summarizer.batch.frames import Answered, Call, Done, Frame, Ready, Start, Work, packed, read_frame
from summarizer.batch.readers import batch_engine, summary_of
from summarizer.engines.base import Engine
from summarizer.engines.keyword.engine import KeywordEngine
from summarizer.pipeline import summarize_article
from summarizer.schema.article import Article
from summarizer.settings import Settings


class PipeTransport(httpx2.AsyncBaseTransport):
    """Hands requests to the batch and gives back its responses."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._numbers = count(1)
        self._waiting: dict[int, asyncio.Future[Answered]] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange. Raises what the batch's transport raised."""
        number, content = next(self._numbers), await request.aread()
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        headers = list(request.headers.raw)
        self._pipe.send(Call(number, ARTICLE.get(), request.method, str(request.url), headers, content))
        try:
            answered = await waiting
        finally:
            del self._waiting[number]
        if answered.error is not None:
            raise answered.error
        return httpx2.Response(answered.status, headers=answered.headers, content=answered.content, request=request)

    def answered(self, frame: Answered) -> None:
        """An answer has come."""
        if (waiting := self._waiting.get(frame.number)) is not None and not waiting.done():
            waiting.set_result(frame)


class Pipe:
    """The worker's end: standard input and output, taken away from whatever else might print."""

    def __init__(self, stream: asyncio.StreamReader, out: int) -> None:
        self.stream = stream
        self._out = out

    def send(self, frame: Frame) -> None:
        """Write a frame whole; waits while the batch does not read."""
        data = memoryview(packed(frame))
        while data:
            data = data[os.write(self._out, data) :]


async def _opened() -> Pipe:
    out = os.dup(1)
    os.dup2(2, 1)
    stream = asyncio.StreamReader(limit=2**26)
    source = os.fdopen(os.dup(0), "rb", buffering=0)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), source)
    return Pipe(stream, out)


async def _work() -> None:
    pipe = await _opened()
    start = await read_frame(pipe.stream)
    if not isinstance(start, Start):
        return
    transport = PipeTransport(pipe)
    engine = batch_engine(start.settings, transport)
    await summarize_article(Article("A shell hit Kyiv on 3 May.", language="en"), KeywordEngine())  # loads the tables
    pipe.send(Ready())
    tasks: set[asyncio.Task[None]] = set()
    while (frame := await read_frame(pipe.stream)) is not None:
        if isinstance(frame, Answered):
            transport.answered(frame)
        elif isinstance(frame, Work):
            task = asyncio.create_task(_summarize(pipe, engine, start.settings, frame))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


async def _summarize(pipe: Pipe, engine: Engine, settings: Settings, work: Work) -> None:
    ARTICLE.set(work.key)
    try:
        done = Done(work.key, await summary_of(work.article, engine, settings), None)
    except Exception as error:  # the batch sorts them
        done = Done(work.key, None, error)
    try:
        pipe.send(done)
    except (TypeError, AttributeError, ValueError):  # an error that does not pickle
        pipe.send(Done(work.key, None, RuntimeError(f"{type(done.error).__name__}: {done.error}")))


def main() -> None:
    """Run until the pipe closes."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # these reach the whole group; the batch decides what they mean
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    gc.set_threshold(200_000)
    with contextlib.suppress(BrokenPipeError):
        asyncio.run(_work())
    sys.stdout.flush()
    os._exit(0)  # tables of a million objects need no tidying


if __name__ == "__main__":
    main()
