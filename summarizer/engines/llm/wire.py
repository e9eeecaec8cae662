"""The network below the client. What an endpoint sends is bounded in size, and never holds the key.

Some endpoints quote the key that they were sent: in an error, a model's name, a header. It is blotted out here, once, so
that nothing above (answers, recordings, messages, logs, tracebacks) can carry it on.
"""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any
from urllib.parse import quote

import httpx2
import openai

from summarizer.errors import EngineUnavailable
from summarizer.tls import tls_context

LARGEST_ANSWER = 16 << 20
"""Bytes, unpacked: some ten times what the longest answer that a model is given room for can take."""

_UNTRUE_ONCE_READ = (b"content-encoding", b"content-length", b"transfer-encoding")
_SHORTEST_KEY = 7  # shorter "keys" are words such as "none", which may stand in any answer


class GuardedTransport(httpx2.AsyncBaseTransport):
    """One exchange with the endpoint, read to its end. Raises EngineUnavailable past `largest` bytes.

    Answers to requests that are `downloads` are handed on as they come instead, of any size, and as well without the key.
    """

    def __init__(
        self,
        largest: int = LARGEST_ANSWER,
        limits: httpx2.Limits = openai.DEFAULT_CONNECTION_LIMITS,
        verify: ssl.SSLContext | None = None,
        downloads: Callable[[httpx2.Request], bool] = lambda _: False,
    ) -> None:
        self._largest = largest
        self._downloads = downloads
        # A whole client, not a bare transport: it minds the proxies that the environment names. Who sends bounds the time.
        self._client = httpx2.AsyncClient(limits=limits, verify=verify or tls_context(), timeout=None)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The endpoint's answer, whole, without the key of `request`."""
        key = request.headers.get("authorization", "").removeprefix("Bearer ")
        _LOGGED.keys.add(key)
        if request.url.scheme == "https":
            request.extensions["trace"] = _Handshake()
        response = await self._client.send(request, stream=True)
        headers = [
            (name, _without(key, value))
            for name, value in response.headers.raw
            if name.lower() not in _UNTRUE_ONCE_READ
        ]
        status = response.status_code
        if response.is_success and self._downloads(request):
            return httpx2.Response(status, headers=headers, stream=_Download(response, key), request=request)
        try:
            content = await self._read(response)
        finally:
            await response.aclose()
        return httpx2.Response(status, headers=headers, content=_without(key, content), request=request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _read(self, response: httpx2.Response) -> bytes:
        pieces, size = [], 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > self._largest:
                raise EngineUnavailable(
                    f"the endpoint sent more than {self._largest >> 20} MB for one answer, more than any answer takes; "
                    "check the base URL"
                )
            pieces.append(piece)
        return b"".join(pieces)


class _Download(httpx2.AsyncByteStream):
    """A body as it comes, without the key, also where that lies across two pieces."""

    def __init__(self, response: httpx2.Response, key: str) -> None:
        self._response, self._key = response, key

    async def __aiter__(self) -> AsyncIterator[bytes]:
        held = max(len(spelling) for spelling in _spellings(self._key)) - 1
        rest = b""
        async for piece in self._response.aiter_bytes():
            rest = _without(self._key, rest + piece)
            whole = max(0, len(rest) - held)
            yield rest[:whole]
            rest = rest[whole:]
        yield rest

    async def aclose(self) -> None:
        await self._response.aclose()


class _Blotter(logging.Filter):
    """Blots the keys out of what the wire's own log says of an answer's headers, at level DEBUG."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage().encode("utf-8", "replace")
        for key in tuple(self.keys):
            message = _without(key, message)
        record.msg, record.args = message.decode(), None
        return True


_LOGGED = _Blotter()
for _name in ("connection", "http11", "http2", "proxy", "socks"):
    logging.getLogger(f"httpcore2.{_name}").addFilter(_LOGGED)


class _Handshake:
    """Is told how a connection is made, and closes one that is cancelled in its TLS handshake: httpcore closes those that fail
    by themselves only."""

    _stream: Any = None

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith("connect_tcp.complete"):
            self._stream = info["return_value"]
        elif event.endswith("start_tls.failed") and self._stream is not None:
            await self._stream.aclose()


def _without(key: str, data: bytes) -> bytes:
    """`data` with the key blotted out, also where JSON or a URL spells it with escapes."""
    if len(key) < _SHORTEST_KEY:
        return data
    for spelling in _spellings(key):
        data = data.replace(spelling, b"***")
    return data


def _spellings(key: str) -> set[bytes]:
    return {one.encode() for one in (key, json.dumps(key)[1:-1], key.replace("/", "\\/"), quote(key, safe=""))}
