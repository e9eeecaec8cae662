"""Recording and replaying answers: one transport below the client.

Each exchange is one readable JSON file, named by the hash of the request's path and body. Neither headers nor the
endpoint's address are saved, so there is no key in it, and the answers replay for any base URL. Long strings are saved
as lists of lines (`{"$lines": [...]}`), so that a change in a prompt shows as a small difference.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2

from summarizer.engines.llm.completions import read_completion
from summarizer.engines.llm.retrying import Garbled
from summarizer.engines.llm.wire import GuardedTransport
from summarizer.errors import RecordingMissing, SettingsError
from summarizer.files import write_atomically
from summarizer.settings import Settings

REPLAYED = "x-summarizer-replayed"
"""Response header that marks an answer as replayed."""

PRICE_SHARE = "x-summarizer-price-share"
"""Response header of an answer that cost only this share of the list price."""


def request_hash(path: str, body: Any) -> str:
    """The name of a request: 20 hexadecimal digits over the last part of its path and its JSON body."""
    canonical = json.dumps([path.rsplit("/v1", 1)[-1], body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]


def transport_for(settings: Settings) -> RecordingTransport | None:
    """The transport that the settings ask for; None for the guarded network (wire.py)."""
    folder = settings.replay or settings.cache or settings.record
    if folder is None:
        return None
    return RecordingTransport(folder, answers=settings.record is None, calls=settings.replay is None)


class RecordingTransport(httpx2.AsyncBaseTransport):
    """Answers from `folder` (if `answers`), else calls the endpoint and saves the exchange (if `calls`).

    record: calls only. replay: answers only; a request that is not there raises RecordingMissing. cache: both.
    `used` and `missing` are the names of the files that were answered from or saved, and of those that were not there.
    """

    def __init__(self, folder: Path, *, answers: bool, calls: bool) -> None:
        self._folder = folder
        self._answers = answers
        self.used: list[str] = []
        self.missing: list[str] = []
        self._network = GuardedTransport() if calls else None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange, replayed or real."""
        body = _json(await request.aread())
        file = self._folder / f"{request_hash(request.url.path, body)}.json"
        if self._answers and file.is_file() and (replayed := self._replayed(file, request)):
            self.used.append(file.name)
            return replayed
        if self._network is None:
            self.missing.append(file.name)
            raise RecordingMissing(
                f"no recorded answer for this request in {self._folder} (looked for {file.name}): the article, "
                "the prompts or a setting changed since; record again with --record, or leave --replay out"
            )
        response = await self._network.handle_async_request(request)
        if _worth_keeping(response):
            self._save(file, request, body, response.status_code, _json(response.content))
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        if self._network is not None:
            await self._network.aclose()

    def _replayed(self, file: Path, request: httpx2.Request) -> httpx2.Response | None:
        """The recorded answer; None for a damaged file where the endpoint can be asked instead."""
        try:
            return _replayed(file, request)
        except RecordingMissing:
            if self._network is None:
                raise
            return None

    def _save(self, file: Path, request: httpx2.Request, body: Any, status: int, answer: Any) -> None:
        exchange = {
            "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
            "request": {"method": request.method, "path": request.url.path, "body": body},
            "response": {"status": status, "body": answer},
        }
        text = json.dumps(_with_lines(exchange), ensure_ascii=False, indent=1) + "\n"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(file, text.encode("utf-8", "replace"))  # an answer may hold half a surrogate pair
            self.used.append(file.name)
        except OSError as error:
            raise SettingsError(f"the exchange cannot be saved in {self._folder}: {error.strerror}") from None


def _worth_keeping(response: httpx2.Response) -> bool:
    """Whether it is an answer: a fault that was saved would be replayed for ever."""
    try:
        read_completion(response)
    except Garbled:
        return False
    return response.is_success


def _replayed(file: Path, request: httpx2.Request) -> httpx2.Response:
    try:
        response = _without_lines(json.loads(file.read_text(encoding="utf-8")))["response"]
        status, body = int(response["status"]), response["body"]
        content = (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise RecordingMissing(f"the recording {file} is damaged ({type(error).__name__}); record it again") from None
    headers = {"content-type": "application/json", REPLAYED: "1"}
    return httpx2.Response(status, headers=headers, content=content, request=request)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data) if data else None
    except ValueError:
        return data.decode("utf-8", errors="replace")


def _with_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_lines(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_lines(part) for part in value]
    if isinstance(value, str) and "\n" in value:
        return {"$lines": value.split("\n")}
    return value


def _without_lines(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"$lines"}:
            return "\n".join(value["$lines"])
        return {key: _without_lines(part) for key, part in value.items()}
    return [_without_lines(part) for part in value] if isinstance(value, list) else value
