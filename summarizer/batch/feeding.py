"""Articles from a thread: a source may wait for a disk, a network or a terminal, and nothing else shall wait for it.

The thread is a daemon: one that waits for ever (standard input that nobody writes to) does not keep the program from ending.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncGenerator, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
READING = "reading"
"""The thread's name."""

_AT_A_TIME, _LONGEST = 16, 0.05  # items, seconds: what is handed over at once
_AHEAD = 2  # such lots


async def from_thread(source: Iterable[T], ending: asyncio.Event) -> AsyncGenerator[T, None]:
    """The items of `source`, which is read a little ahead in a thread; ends with it, or when `ending` is set. Raises what
    reading it raises."""
    lots: asyncio.Queue[list[T] | Exception] = asyncio.Queue()
    reading = _Reading(source, lots)
    ended = asyncio.create_task(ending.wait())
    try:
        while True:
            getting = asyncio.create_task(lots.get())
            await asyncio.wait((getting, ended), return_when=asyncio.FIRST_COMPLETED)
            if ending.is_set():
                getting.cancel()
                return
            lot = getting.result()
            if isinstance(lot, Exception):
                raise lot
            if not lot:
                return
            reading.room.release()
            for item in lot:
                yield item
    finally:
        ended.cancel()
        reading.leave()


class _Reading:
    """The thread: puts lots into the queue of the loop that made it; an empty one is the end."""

    def __init__(self, source: Iterable[T], lots: asyncio.Queue[list[T] | Exception]) -> None:
        self.room = threading.Semaphore(_AHEAD)
        self._left = False
        loop = asyncio.get_running_loop()

        def put(lot: list[T] | Exception) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits
                loop.call_soon_threadsafe(lots.put_nowait, lot)

        def work() -> None:
            try:
                items = iter(source)
                while self.room.acquire() and not self._left:
                    lot = _some(items)
                    put(lot)
                    if not lot:
                        return
            except Exception as error:  # raised where the items are asked for
                put(error)

        threading.Thread(target=work, name=READING, daemon=True).start()

    def leave(self) -> None:
        """Read no further."""
        self._left = True
        self.room.release()


def _some(items: Iterator[T]) -> list[T]:
    """The next few items: at least one unless there is none."""
    some, until = [], time.monotonic() + _LONGEST
    for item in items:
        some.append(item)
        if len(some) == _AT_A_TIME or time.monotonic() > until:
            break
    return some
