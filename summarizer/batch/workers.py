"""Worker processes: the processor's work of a batch on several cores, everything else in one place.

A worker that dies (no memory, a fault in a library) is started again. The articles that it had in hand are read again,
one at a time in a process of their own, so that the one it died of is found: that one fails, the others do not. Nothing
is asked again: their answers are in the journal, or are still waited for (exchanges.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import httpx2

from summarizer.batch.exchanges import ARTICLE
from summarizer.batch.frames import Answered, Call, Done, Start, Work, packed, read_frame
from summarizer.batch.records import Key
from summarizer.errors import BatchStopped, EngineError
from summarizer.schema.article import Article
from summarizer.settings import Settings

_log = logging.getLogger(__name__)
_LARGEST = 2**26  # bytes of a pipe's buffer


class WorkerDied(EngineError):
    """The process that read the article died, and again when it read this article alone."""


class Workers:
    """A Reader of `count` processes. `transport` makes the calls of all their engines."""

    def __init__(self, settings: Settings, transport: httpx2.AsyncBaseTransport, count: int) -> None:
        self._workers = [_Worker(settings, transport) for _ in range(count)]
        self._careful = _Worker(settings, transport)
        self._alone = asyncio.Lock()

    @property
    def ready(self) -> bool:
        """Whether all have loaded what they need."""
        return all(worker.works for worker in self._workers)

    async def start(self) -> None:
        """Start them, ahead of the first article."""
        await asyncio.gather(*(worker.start() for worker in self._workers))

    async def summary(self, key: Key, article: Article) -> bytes:
        """See batch.readers.Reader: the worker with the least to do reads the article."""
        try:
            return await min(self._workers, key=lambda worker: worker.load).summary(key, article)
        except _Died:
            pass
        async with self._alone:
            try:
                return await self._careful.summary(key, article)
            except _Died:
                raise WorkerDied("the process that read this article died, twice (no memory?)") from None

    async def close(self) -> None:
        """See batch.readers.Reader."""
        await asyncio.gather(*(worker.close() for worker in (*self._workers, self._careful)))


class _Died(Exception):
    """The worker is gone, and with it whatever it had in hand."""


class _Worker:
    """One process at a time, started when it is first needed."""

    def __init__(self, settings: Settings, transport: httpx2.AsyncBaseTransport) -> None:
        self._settings, self._transport = settings, transport
        self._process: asyncio.subprocess.Process | None = None
        self._waiting: dict[Key, asyncio.Future[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self.works = False
        """Whether it ever said a word."""

    @property
    def load(self) -> int:
        """Articles in hand."""
        return len(self._waiting)

    async def summary(self, key: Key, article: Article) -> bytes:
        """The summary's JSON. Raises what was raised in the worker; _Died; BatchStopped where no worker can be started."""
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._waiting[key] = future
        try:
            await self._send(await self.start(), packed(Work(key, article)))
            return await future
        finally:
            del self._waiting[key]

    async def start(self) -> asyncio.subprocess.Process:
        """The process, started unless it runs."""
        async with self._starting:
            if self._process is None:
                # The same program as this one, wherever it was imported from.
                path = [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
                self._process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "summarizer.batch.worker"),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=asyncio.subprocess.PIPE,
                    limit=_LARGEST,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in path if part)},
                )
                await self._send(self._process, packed(Start(self._settings)))
                self._spawn(self._listen(self._process))
            return self._process

    async def _send(self, process: asyncio.subprocess.Process, data: bytes) -> None:
        """A worker that is gone is noticed where it is listened to."""
        if process.stdin is not None:
            with contextlib.suppress(ConnectionError):
                process.stdin.write(data)
                await process.stdin.drain()

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        try:
            while process.stdout is not None and (frame := await read_frame(process.stdout)) is not None:
                self.works = True
                if isinstance(frame, Call):
                    self._spawn(self._call(process, frame))
                elif isinstance(frame, Done):
                    self._done(frame)
        except Exception:  # not what a worker of this program sends: as good as dead
            _log.exception("a worker process is not understood")
            process.kill()
        code = await process.wait()
        self._process = None
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(
                    _Died() if self.works else BatchStopped(f"no worker can be started (status {code})")
                )

    def _done(self, frame: Done) -> None:
        future = self._waiting.get(frame.key)
        if future is None or future.done():
            return
        if frame.summary is not None:
            future.set_result(frame.summary)
        else:
            future.set_exception(frame.error or RuntimeError("no result"))

    async def _call(self, process: asyncio.subprocess.Process, call: Call) -> None:
        ARTICLE.set(call.key)
        request = httpx2.Request(call.method, call.url, headers=call.headers, content=call.content)
        try:
            response = await self._transport.handle_async_request(request)
            answered = Answered(call.number, response.status_code, response.headers.raw, response.content, None)
        except Exception as error:  # raised again in the worker, under its engine
            answered = Answered(call.number, 0, [], b"", _portable(error))
        await self._send(process, packed(answered))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End the process."""
        process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), 5)
            except TimeoutError:
                process.kill()
                await process.wait()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _portable(error: Exception) -> Exception:
    """An error without what does not go through a pipe (requests, streams)."""
    return type(error)(str(error)) if isinstance(error, httpx2.TransportError) else error
