"""Steps for the loopback server that go below HTTP: bytes sent slowly, wrongly, for ever, or not at all; and TLS."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import struct
from collections.abc import Iterator
from typing import Any

from tests.loopback import Loopback, Received, Step, completion
from tests.samples import draft

PAUSE = 0.02  # seconds between the pieces of a slow answer


def wire(*pieces: bytes, pause: float = 0.0, reset: bool = False, hold: bool = False) -> Step:
    """Send exactly these bytes, whatever HTTP says; then close, reset, or (`hold`) say nothing more."""

    def step(handler: Any, _: dict[str, Any]) -> None:
        handler.close_connection = True
        _send(handler, pieces, pause)
        if hold:
            handler.server_of.stopping.wait(30)
        if reset:
            # Linger on, zero seconds: closing sends RST instead of FIN.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()

    return step


def endless(head: bytes, piece: bytes) -> Step:
    """Send `piece` after `head` until the client goes away."""

    def pieces() -> Iterator[bytes]:
        yield head
        while True:
            yield piece

    def step(handler: Any, _: dict[str, Any]) -> None:
        handler.close_connection = True
        _send(handler, pieces(), 0.0)

    return step


def _send(handler: Any, pieces: Any, pause: float) -> None:
    try:
        for piece in pieces:
            handler.connection.sendall(piece)
            if pause and handler.server_of.stopping.wait(pause):
                return
    except OSError:
        pass  # the client gave up first, as it should


def head(length: object, *lines: str, status: str = "200 OK") -> bytes:
    """A response's head that promises `length` bytes (None: says nothing of it)."""
    promised = [] if length is None else [f"Content-Length: {length}"]
    return "\r\n".join([f"HTTP/1.1 {status}", "Content-Type: application/json", *promised, *lines, "", ""]).encode()


def good_body(**changes: Any) -> dict[str, Any]:
    """A chat completion with the sample draft, as a dictionary to be changed."""
    message = {"role": "assistant", "content": json.dumps(draft(), ensure_ascii=False), "refusal": None}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
        **changes,
    }


def choice(message: object = None, **changes: Any) -> dict[str, Any]:
    """The good body with its message, or parts of its choice, replaced."""
    body = good_body()
    body["choices"][0] |= changes if message is None else {"message": message, **changes}
    return body


def body(value: object, *lines: str, encoding: str = "utf-8") -> Step:
    """Answer 200 with `value` as JSON (bytes are sent as they are)."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode(encoding)
    return wire(head(len(data), *lines), data)


def good() -> Step:
    """The right answer."""
    return completion(draft())


def bomb(megabytes: int) -> bytes:
    """A gzip stream of a few kilobytes a megabyte, all of it one JSON string of spaces."""
    return gzip.compress(b'{"choices": "' + b" " * (megabytes << 20) + b'"}')


def pieces(data: bytes, number: int) -> list[bytes]:
    """`data` in so many pieces."""
    size = len(data) // number + 1
    return [data[start : start + size] for start in range(0, len(data), size)]


def chunked(data: bytes) -> bytes:
    """`data` in three chunks, without the one that ends it."""
    return b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces(data, 3))


def full() -> Step:
    """An answer that the server cut off because its own context of 4,096 tokens was full."""
    usage = {"prompt_tokens": 3900, "completion_tokens": 196, "total_tokens": 4096}
    return completion("{", finish="length", usage=usage)


class TlsLoopback(Loopback):
    """The loopback server behind TLS; `name` is what its URL calls it."""

    def __init__(self, context: ssl.SSLContext, *script: Step, name: str = "127.0.0.1", **options: Any) -> None:
        super().__init__(*script, **options)
        self._name = name
        server = self._server
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        setattr(server, "handle_error", lambda *_: None)  # noqa: B010 -- a client that hangs up is what is tested

    @property
    def url(self) -> str:
        return f"https://{self._name}:{self._server.server_address[1]}/v1"


class RawServer(Loopback):
    """A TCP server that never speaks HTTP: it sends `greeting` to whoever connects, then closes or says nothing."""

    def __init__(self, greeting: bytes = b"", *, scheme: str = "http", hold: bool = False) -> None:
        super().__init__()
        self._scheme = scheme
        setattr(self._server, "handle_error", lambda *_: None)  # noqa: B010 -- as above
        server = self

        def handle(handler: Any) -> None:
            server.received.append(Received("", {}, {}))
            if greeting:
                handler.connection.sendall(greeting)
            if hold:
                server.stopping.wait(30)

        handler: Any = self._server.RequestHandlerClass
        handler.handle = handle

    @property
    def url(self) -> str:
        return super().url.replace("http", self._scheme, 1)


def silent() -> socket.socket:
    """A socket that listens and never accepts; to be closed by whoever asked for it."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(1)
    return listening
