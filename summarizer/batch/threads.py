"""An asynchronous iterator for code that does not await."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_AHEAD = 4
"""Items that may wait for their consumer."""


@dataclass(frozen=True, slots=True)
class _Ended:
    error: BaseException | None


def iterated(make: Callable[[], AsyncGenerator[T, None]]) -> Iterator[T]:
    """The items of what `make` gives, which runs in the event loop of a thread of its own until it ends or the consumer
    leaves. What it raises is raised here."""
    ready: queue.Queue[T | _Ended] = queue.Queue()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []
    room = asyncio.Semaphore(_AHEAD)

    async def run() -> None:
        async with aclosing(make()) as items:
            async for item in items:
                ready.put(item)
                await room.acquire()

    async def noted() -> None:
        task = asyncio.create_task(run())
        running.append((asyncio.get_running_loop(), task))
        await task

    def work() -> None:
        try:
            asyncio.run(noted())
        except BaseException as error:  # the consumer's to raise
            ready.put(_Ended(error))
        else:
            ready.put(_Ended(None))

    thread = threading.Thread(target=work, name="summarize_many", daemon=True)
    thread.start()
    try:
        while not isinstance(item := ready.get(), _Ended):
            _call_soon(running[0][0], room.release)
            yield item
        if item.error is not None:
            raise item.error
    finally:
        if running and thread.is_alive():
            loop, task = running[0]
            _call_soon(loop, task.cancel)
        thread.join()


def _call_soon(loop: asyncio.AbstractEventLoop, act: Callable[[], object]) -> None:
    """Unless the loop has ended."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(act)
