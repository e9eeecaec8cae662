"""The two transports that an actor's calls go through: answers from the shared store above its pace, into it below.

Below, a call counts as under way until its answer is in the store: so `at_once` bounds what can be lost with an actor.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

import httpx2

from summarizer.batch.connections import Connections
from summarizer.batch.records import Answer, Key, Usage, key_of
from summarizer.batch.store import Store
from summarizer.engines.llm.completions import read_completion
from summarizer.engines.llm.recordings import REPLAYED
from summarizer.engines.llm.retrying import Garbled

TRIES: ContextVar[int] = ContextVar("TRIES", default=0)
"""How often the article of this context failed before: answers that were no use are not taken again."""


class Known(httpx2.AsyncBaseTransport):
    """Answers from the store, else from `inner`."""

    def __init__(self, store: Store, inner: httpx2.AsyncBaseTransport) -> None:
        self._store, self._inner = store, inner

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange. Raises JournalError, and what `inner` raises."""
        await request.aread()
        answer = await asyncio.to_thread(self._store.answer, _name(request))
        if answer is None:
            return await self._inner.handle_async_request(request)
        headers = {"content-type": "application/json", REPLAYED: "1"}
        return httpx2.Response(answer.status, headers=headers, content=answer.body, request=request)


class Keeping(httpx2.AsyncBaseTransport):
    """Makes real calls (through `inner`; None: the guarded network) and puts what is an answer into the store."""

    def __init__(self, store: Store, connections: int, inner: httpx2.AsyncBaseTransport | None) -> None:
        self._store, self._connections = store, Connections(connections, inner)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange. Raises JournalError where the answer cannot be kept."""
        response = await self._connections.send(request)
        if response.is_success and _is_answer(response):
            answer = Answer(response.status_code, response.content)
            await asyncio.to_thread(self._store.keep, _name(request), answer)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connections.close()


class Nowhere:
    """The journal of a BatchTransport whose answers are kept elsewhere: it keeps nothing. See exchanges.Answers."""

    def answer(self, request: Key) -> Answer | None:
        """None."""
        return None

    def keep(self, request: Key, article: Key, answer: Answer, usage: Usage) -> None:
        """Nothing."""

    def spend(self, usage: Usage) -> None:
        """Nothing."""


def _name(request: httpx2.Request) -> Key:
    return key_of(request.url.path.rsplit("/v1", 1)[-1], request.content, str(TRIES.get()))


def _is_answer(response: httpx2.Response) -> bool:
    try:
        read_completion(response)
    except Garbled:
        return False
    return True
