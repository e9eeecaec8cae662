"""A provider on loopback with the files and batches endpoints of OpenAI's Batch API; it does what a test tells it to.

It checks what the real one checks (one line a request, custom ids that differ, one endpoint, the limits of a file) and
keeps an account: what was uploaded, which batches were made, which requests were answered and so paid for.
"""

from __future__ import annotations

import email.parser
import email.policy
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.samples import draft

Body = dict[str, Any]
Answering = Callable[[Body], Any]


class Dropped(Exception):
    """The connection is closed without an answer."""


@dataclass
class Stored:
    id: str
    name: str
    purpose: str
    data: bytes
    created: int = field(default_factory=lambda: int(time.time()))

    @property
    def shown(self) -> Body:
        return {
            "id": self.id,
            "object": "file",
            "bytes": len(self.data),
            "created_at": self.created,
            "filename": self.name,
            "purpose": self.purpose,
            "status": "processed",
        }


@dataclass
class Batch:
    """`ends`: the status in the end; `lost`: custom ids that get no answer; `polls`: looks before it has ended;
    `last`: the status at the last of these."""

    id: str
    file: str
    metadata: Body
    requests: list[Body]
    number: int
    ends: str = "completed"
    polls: int = 2
    last: str = "in_progress"
    lost: frozenset[str] = frozenset()
    silent: bool = False
    errors: list[Body] = field(default_factory=list)
    created: int = field(default_factory=lambda: int(time.time()))
    output: str | None = None
    error: str | None = None
    answered: int = 0

    @property
    def status(self) -> str:
        return "validating" if self.polls > 1 else self.last if self.polls == 1 else self.ends

    @property
    def shown(self) -> Body:
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": self.created,
            "input_file_id": self.file,
            "status": self.status,
            "metadata": self.metadata,
            "output_file_id": self.output,
            "error_file_id": self.error,
            "errors": {"object": "list", "data": self.errors} if self.errors and self.polls <= 0 else None,
            "request_counts": {"total": len(self.requests), "completed": self.answered, "failed": 0},
        }


def answer(body: Body, content: Any = None, *, finish: str = "stop", usage: Body | None = None) -> Body:
    """A chat completion."""
    text = content if isinstance(content, str) else json.dumps(draft() if content is None else content)
    room = body.get("max_completion_tokens") or body.get("max_tokens") or 50
    sent, received = 1000, (room if finish == "length" else 500)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text, "refusal": None}, "finish_reason": finish}
        ],
        "usage": usage or {"prompt_tokens": sent, "completion_tokens": received, "total_tokens": sent + received},
    }


def rejection(status: int, message: str, **error: Any) -> tuple[int, Body]:
    """An answer that rejects its request."""
    return status, {
        "error": {"message": message, "type": "invalid_request_error", "param": None, "code": None, **error}
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class Provider:
    """`answering` gives for a request's body a completion, or a status and a body. `behaving` may change a new batch.

    `hook` is told of every step (`upload`, `uploaded`, `create`, `created`, `poll`, `list`, `read`, `half read`), and may
    raise Dropped.
    """

    def __init__(
        self,
        answering: Answering = answer,
        behaving: Callable[[Batch], None] = lambda _: None,
        hook: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.answering, self.behaving, self.hook = answering, behaving, hook
        self.files: dict[str, Stored] = {}
        self.batches: dict[str, Batch] = {}
        self.paid: Counter[bytes] = Counter()
        """Answered requests, by their body: in batches and live."""
        self.live: list[bytes] = []
        self.errors: list[str] = []
        self.polls = 0
        self._draw = random.Random(7)
        self._lock = threading.RLock()
        self._server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def uploads(self) -> list[Stored]:
        return [file for file in self.files.values() if file.purpose == "batch"]

    @property
    def submitted(self) -> list[bytes]:
        """Every request of every batch that was accepted."""
        return [
            _raw(request) for batch in self.batches.values() for request in batch.requests if batch.ends != "failed"
        ]

    def upload(self, name: str, data: bytes, purpose: str) -> Body:
        with self._lock:
            file = Stored(f"file-{len(self.files) + 1}", name, purpose, data)
            self.files[file.id] = file
            return file.shown

    def create(self, given: Body) -> Body:
        with self._lock:
            assert given["completion_window"] == "24h"
            assert given["endpoint"] == "/v1/chat/completions"
            file = self.files[given["input_file_id"]]
            assert len(file.data) <= 200_000_000
            requests = [json.loads(line) for line in file.data.splitlines()]
            ids = [request["custom_id"] for request in requests]
            assert 0 < len(set(ids)) == len(ids) <= 50_000
            assert {(request["method"], request["url"]) for request in requests} == {("POST", "/v1/chat/completions")}
            assert len({request["body"]["model"] for request in requests}) == 1
            number = len(self.batches) + 1
            batch = Batch(f"batch_{number}", file.id, given.get("metadata") or {}, requests, number)
            self.behaving(batch)
            self.batches[batch.id] = batch
            return batch.shown

    def look(self, batch_id: str) -> Body | None:
        with self._lock:
            self.polls += 1
            batch = self.batches.get(batch_id)
            if batch is None:
                return None
            batch.polls -= 1
            if batch.polls == 0 and batch.ends in ("completed", "expired", "cancelled"):
                self._finish(batch)
            return batch.shown

    def _finish(self, batch: Batch) -> None:
        requests = list(batch.requests)
        self._draw.shuffle(requests)
        output: list[Body] = []
        errors: list[Body] = []
        for request in requests:
            line = {"id": f"batch_req_{request['custom_id']}", "custom_id": request["custom_id"]}
            if request["custom_id"] in batch.lost:
                error = {"code": "batch_expired", "message": "This request could not be executed in time."}
                errors.append({**line, "response": None, "error": error})
                continue
            given = self.answering(request["body"])
            status, body = given if isinstance(given, tuple) else (200, given)
            response = {"status_code": status, "request_id": "r", "body": body}
            (output if status == 200 else errors).append({**line, "response": response, "error": None})
            self.paid[_raw(request)] += status == 200
        errors = [] if batch.silent else errors
        batch.answered = len(output)
        batch.output = self._written(output)
        batch.error = self._written(errors)

    def _written(self, lines: list[Body]) -> str | None:
        if not lines:
            return None
        data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        return str(self.upload("output.jsonl", data, "batch_output")["id"])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        if kind is None:
            assert self.errors == []


def _raw(request: Body) -> bytes:
    """As the openai client writes a body."""
    return json.dumps(request["body"], separators=(",", ":"), ensure_ascii=False).encode()


class _Handler(BaseHTTPRequestHandler):
    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        data = self.rfile.read(length)
        if len(data) < length:  # who sent it was killed: half an upload is none
            self.close_connection = True
            return
        self._guarded(lambda: self._post(data))

    def do_GET(self) -> None:
        self._guarded(self._get)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (Dropped, ConnectionError):
            self.close_connection = True
        except Exception as error:  # the test sees it at its end
            self.provider.errors.append(f"{type(error).__name__}: {error}")
            self.reply(500, {"error": {"message": "a fault of the test's provider"}})

    def _post(self, data: bytes) -> None:
        provider = self.provider
        if self.path == "/v1/files":
            provider.hook("upload")
            shown = provider.upload(*_parts(self.headers["Content-Type"], data))
            provider.hook("uploaded")
            self.reply(200, shown)
        elif self.path == "/v1/batches":
            provider.hook("create")
            shown = provider.create(json.loads(data))
            provider.hook("created")
            self.reply(200, shown)
        elif self.path == "/v1/chat/completions":
            provider.live.append(data)
            given = provider.answering(json.loads(data))
            status, body = given if isinstance(given, tuple) else (200, given)
            self.reply(status, body)
        else:
            self.reply(404, {"error": {"message": "no such path"}})

    def _get(self) -> None:
        provider, parts = self.provider, urlsplit(self.path)
        query = parse_qs(parts.query)
        match parts.path.split("/")[2:]:
            case ["files"]:
                provider.hook("list")
                self._page([file.shown for file in reversed(provider.uploads)], query)
            case ["batches"]:
                provider.hook("list")
                self._page([batch.shown for batch in reversed(provider.batches.values())], query)
            case ["files", file_id, "content"]:
                provider.hook("read")
                self._content(provider.files.get(file_id))
            case ["batches", batch_id]:
                provider.hook("poll")
                shown = provider.look(batch_id)
                self.reply(*((200, shown) if shown else (404, {"error": {"message": f"No batch found: {batch_id}"}})))
            case _:
                self.reply(404, {"error": {"message": "no such path"}})

    def _page(self, rows: list[Body], query: dict[str, list[str]]) -> None:
        """Two a page, whatever is asked for: paging is what is tested."""
        if after := query.get("after"):
            rows = rows[[row["id"] for row in rows].index(after[0]) + 1 :]
        page = rows[:2]
        shown = {"object": "list", "data": page, "has_more": len(rows) > 2}
        self.reply(200, shown | ({"first_id": page[0]["id"], "last_id": page[-1]["id"]} if page else {}))

    def _content(self, file: Stored | None) -> None:
        if file is None:
            self.reply(404, {"error": {"message": "no such file"}})
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Length", str(len(file.data)))
        self.end_headers()
        middle = len(file.data) // 2
        self.wfile.write(file.data[:middle])
        self.wfile.flush()
        self.provider.hook("half read")
        self.wfile.write(file.data[middle:])

    def reply(self, code: int, payload: Body | None) -> None:
        data = json.dumps(payload).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def _parts(content_type: str, data: bytes) -> tuple[str, bytes, str]:
    """Name, content and purpose out of a multipart form."""
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    form = parser.parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + data)
    found: dict[str, tuple[str, bytes]] = {}
    for part in form.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        found[name] = (part.get_filename() or "", payload)
    return found["file"][0], found["file"][1], found["purpose"][1].decode()
