"""Connections for many calls at once.

A connection pool looks at each of its idle connections, system call and all, at each request and each response: with 64 of
them that is more than half of what a call costs. So the connections are spread over small pools.
"""

from __future__ import annotations

from dataclasses import dataclass

import httpx2

from summarizer.engines.llm.wire import GuardedTransport
from summarizer.tls import tls_context

_IN_A_POOL = 4


@dataclass(slots=True)
class _Pool:
    transport: httpx2.AsyncBaseTransport
    under_way: int = 0


class Connections:
    """Sends requests, some `calls` at once. `inner` makes the calls instead, if given."""

    def __init__(self, calls: int, inner: httpx2.AsyncBaseTransport | None = None) -> None:
        count = 1 if inner is not None else -(-calls // _IN_A_POOL)
        context = tls_context()  # one for all
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=60.0)
        self._pools = [_Pool(inner or GuardedTransport(limits=limits, verify=context)) for _ in range(count)]

    async def send(self, request: httpx2.Request) -> httpx2.Response:
        """The response, read to its end. Raises httpx2.TransportError; EngineUnavailable where it has no end."""
        pool = min(self._pools, key=lambda pool: pool.under_way)
        pool.under_way += 1
        try:
            response = await pool.transport.handle_async_request(request)
            await response.aread()
            return response
        finally:
            pool.under_way -= 1

    async def close(self) -> None:
        """Close them all."""
        for pool in self._pools:
            await pool.transport.aclose()
