"""A loopback endpoint in a process of its own, made to cost little: it answers any chat completion after a fixed wait.

    python -m benchmarks.endpoint SECONDS

prints its port and serves until its standard input closes. `GET /stats` gives what it served and its own processor time, and
starts counting anew. Tokens are counted as four bytes each, of the messages and of the answer, the same for every client.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tests.samples import draft

_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Served:
    """What an endpoint served since it was last asked; `processor` in seconds."""

    requests: int
    input: int
    output: int
    processor: float


class Endpoint:
    """The endpoint's process, as a context manager."""

    def __init__(self, seconds: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.endpoint", str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._port = int(self._process.stdout.readline())

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://127.0.0.1:{self._port}/v1"

    def served(self) -> Served:
        """What was served since the last time."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}/stats") as answer:
            return Served(**json.load(answer))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def _answers() -> tuple[bytes, bytes]:
    """What is answered to whoever asks for a Draft, and to LangExtract."""
    full = draft()
    extractions = [
        {"party": "Government troops", "party_attributes": {"kind": "armed_forces"}},
        {"party": "the rebels", "party_attributes": {"kind": "rebel_group"}},
        {"humanitarian_figure": "at least 14 people", "humanitarian_figure_attributes": {"category": "killed"}},
        {"military_development": "shelled the town of Marawi", "military_development_attributes": {"when": "Monday"}},
        {
            "diplomatic_development": "Talks are planned in Manila",
            "diplomatic_development_attributes": {"when": "Friday"},
        },
        {"position": "We will not leave the city,", "position_attributes": {"speaker": "Omar Solitario"}},
    ]
    return json.dumps(full).encode(), json.dumps({"extractions": extractions}).encode()


def _response(content: bytes, sent: int) -> bytes:
    received = len(content) // 4
    body = json.dumps(
        {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content.decode()}}
            ],
            "usage": {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received},
        }
    ).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


class _Server(asyncio.Protocol):
    """One connection. The counts are the class's."""

    seconds = 0.0
    requests = input = output = 0
    since = 0.0
    answers = (b"", b"")

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._data = bytearray()

    def data_received(self, data: bytes) -> None:
        self._data += data
        end = self._data.find(b"\r\n\r\n")
        if end < 0:
            return
        if self._data.startswith(b"GET"):
            self._data.clear()
            self._transport.write(self._stats())
            return
        found = _LENGTH.search(self._data, 0, end)
        size = int(found[1]) if found else 0
        if len(self._data) < end + 4 + size:
            return
        body = bytes(self._data[end + 4 : end + 4 + size])
        del self._data[: end + 4 + size]
        asyncio.get_running_loop().call_later(self.seconds, self._answer, body)

    def _answer(self, body: bytes) -> None:
        ours = b'"Draft"' in body
        content = self.answers[0 if ours else 1]
        sent = _tokens(body)
        _Server.requests += 1
        _Server.input += sent
        _Server.output += len(content) // 4
        if not self._transport.is_closing():
            self._transport.write(_response(content, sent))

    def _stats(self) -> bytes:
        now = time.process_time()
        stats = {"requests": self.requests, "input": self.input, "output": self.output, "processor": now - self.since}
        _Server.requests = _Server.input = _Server.output = 0
        _Server.since = now
        body = json.dumps(stats).encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def _tokens(body: bytes) -> int:
    """Of a request, without parsing it: its bytes, the schema included, which providers put into the prompt as well."""
    return len(body) // 4


async def _serve(seconds: float) -> None:
    _Server.seconds, _Server.answers = seconds, _answers()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(_Server, "127.0.0.1", 0, backlog=1024)
    _Server.since = time.process_time()
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def _main(arguments: list[str]) -> Any:
    asyncio.run(_serve(float(arguments[0])))


if __name__ == "__main__":
    _main(sys.argv[1:])
