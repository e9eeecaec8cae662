"""Endpoints that quote the key that they were sent: nothing that a batch leaves or says holds it."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from summarizer.cli import main
from tests.batch.articles import rows_of, write_articles
from tests.batch.provider import Batch, Provider, answer, rejection

KEY = "sk-secret/1234567890"
SPELLINGS = (KEY, json.dumps(KEY), KEY.replace("/", "\\/"), KEY.replace("/", "%2F"), KEY.split("/")[1])


@contextmanager
def quoting(status: int) -> Iterator[str]:
    """An endpoint that answers everything with this status, and quotes the key in body, reason and header."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            key = self.headers["Authorization"].removeprefix("Bearer ")
            data = json.dumps({"error": {"message": f"bad key {key}", "code": key, "type": key}}).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(data)), "X-Key": key, "X-Request-Id": key}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def run(url: str, *arguments: str) -> int:
    model = ("--model", "openai/gpt-4o-mini", "--base-url", url, "--workers", "0", "--patience", "1")
    return main(["batch", "in.jsonl", "-o", "out.jsonl", "--poll", "0.02", *model, *arguments])


def left_behind(folder: Path, said: str, logged: str) -> bytes:
    files = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return files + said.encode() + logged.encode()


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level(logging.DEBUG)


def check_no_key(folder: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    captured = capsys.readouterr()
    left = left_behind(folder, captured.out + captured.err, caplog.text)
    assert not [spelling for spelling in SPELLINGS if spelling.encode() in left]


@pytest.mark.parametrize("via", ["calls", "openai-batch"])
@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_a_key_in_an_error_is_blotted_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, status: int, via: str
) -> None:
    write_articles(tmp_path / "in.jsonl", 2)
    with quoting(status) as url:
        assert run(url, "--via", via) in (1, 2, 3)
    check_no_key(tmp_path, capsys, caplog)


def test_a_key_in_results_is_blotted_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    write_articles(tmp_path / "in.jsonl", 6)

    def answering(body: dict[str, Any]) -> Any:
        article = body["messages"][1]["content"]
        if "report number 2 " in article:
            return rejection(400, f"Incorrect API key provided: {KEY}")
        if "report number 3 " in article:
            return 500, {"error": {"message": f"no such key {KEY}", "code": None}}
        return {**answer(body), "model": f"a model of {KEY}"}

    with Provider(answering) as provider:
        assert run(provider.url, "--via", "openai-batch") == 3
    check_no_key(tmp_path, capsys, caplog)
    assert sum("***" in row["error"]["message"] for row in rows_of(tmp_path / "out.jsonl") if "error" in row) == 2


def test_a_key_in_the_reason_of_a_failed_batch_is_blotted_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    write_articles(tmp_path / "in.jsonl", 2)

    def behaving(batch: Batch) -> None:
        batch.ends, batch.errors = "failed", [{"code": "bad", "message": f"not with {KEY}", "line": None}]

    with Provider(behaving=behaving) as provider:
        assert run(provider.url, "--via", "openai-batch") == 2
    check_no_key(tmp_path, capsys, caplog)
