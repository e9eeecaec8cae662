"""A real HTTP server on loopback that speaks the OpenAI protocol and does, call by call, what a test tells it to."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

Step = Callable[["_Handler", dict[str, Any]], None]


@dataclass
class Received:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    raw: bytes = b""
    at: float = field(default_factory=time.monotonic)


def completion(
    content: str | dict[str, Any] | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    usage: dict[str, Any] | None = None,
    model: str | None = None,
) -> Step:
    """Answer with a chat completion; as the arguments of the forced tool where the request forces one."""
    text = json.dumps(content, ensure_ascii=False) if isinstance(content, dict) else content

    def step(handler: _Handler, body: dict[str, Any]) -> None:
        message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": refusal}
        if isinstance(body.get("tool_choice"), dict) and text is not None:
            call = {"name": body["tool_choice"]["function"]["name"], "arguments": text}
            message |= {"content": None, "tool_calls": [{"id": "c1", "type": "function", "function": call}]}
        answer = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": model or body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            "usage": usage or _usage(body, finish),
        }
        handler.reply(200, answer)

    return step


def _usage(body: dict[str, Any], finish: str) -> dict[str, int]:
    """50 tokens, or all the room there was where the answer was cut off."""
    room = body.get("max_completion_tokens") or body.get("max_tokens") or 50
    received = room if finish == "length" else 50
    return {"prompt_tokens": 100, "completion_tokens": received, "total_tokens": 100 + received}


def status(code: int, message: str = "no", /, *, headers: dict[str, str] | None = None, **error: Any) -> Step:
    """Answer with an error of OpenAI's shape."""
    return lambda handler, _: handler.reply(code, {"error": {"message": message, **error}}, headers)


def raw(code: int, data: bytes, content_type: str = "application/json") -> Step:
    """Answer with these bytes."""
    return lambda handler, _: handler.send(code, data, content_type, {})


def drop() -> Step:
    """Close the connection without an answer."""

    def step(handler: _Handler, _: dict[str, Any]) -> None:
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    return step


def half_an_answer() -> Step:
    """Promise more bytes than are sent, then close."""

    def step(handler: _Handler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"id": "x", ')
        handler.wfile.flush()
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    return step


def stall(seconds: float) -> Step:
    """Say nothing for a while, then close."""

    def step(handler: _Handler, body: dict[str, Any]) -> None:
        handler.server_of.stopping.wait(seconds)
        drop()(handler, body)

    return step


def slow(seconds: float, then: Step) -> Step:
    """Wait, then go on with another step."""

    def step(handler: _Handler, body: dict[str, Any]) -> None:
        handler.server_of.stopping.wait(seconds)
        then(handler, body)

    return step


def sometimes(*faults: tuple[float, Step], otherwise: Step, seed: int = 1) -> Step:
    """Each fault with its probability, else the other step; the same run of luck for the same seed."""
    draw, lock = random.Random(seed), threading.Lock()

    def step(handler: _Handler, body: dict[str, Any]) -> None:
        with lock:
            luck = draw.random()
        for chance, fault in faults:
            if luck < chance:
                return fault(handler, body)
            luck -= chance
        return otherwise(handler, body)

    return step


class Loopback:
    """Serves `script`, one step a request; the last step serves all further requests too if `repeat_last`."""

    def __init__(self, *script: Step, repeat_last: bool = False, models: tuple[str, ...] = ("m",)) -> None:
        self.script = list(script)
        self.repeat_last = repeat_last
        self.models = models
        self.received: list[Received] = []
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"server_of": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """The request bodies, in order."""
        return [request.body for request in self.received]

    def next_step(self, request: Received) -> Step:
        with self._lock:
            self.received.append(request)
            number = len(self.received) - 1
            if number < len(self.script):
                return self.script[number]
            return self.script[-1] if self.repeat_last else status(500, "the script is at its end")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_of: Loopback
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/v1/models":
            self.reply(200, {"object": "list", "data": [{"id": name} for name in self.server_of.models]})
        else:
            self.reply(404, {"error": {"message": "no such path"}})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        body = json.loads(raw)
        self.server_of.next_step(
            Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body, raw)
        )(self, body)

    def reply(self, code: int, payload: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self.send(
            code,
            json.dumps(payload, ensure_ascii=False).encode("utf-8", "backslashreplace"),
            "application/json",
            headers or {},
        )

    def send(self, code: int, data: bytes, content_type: str, headers: dict[str, str]) -> None:
        try:
            self.send_response(code)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            self.close_connection = True  # the client gave up first

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
