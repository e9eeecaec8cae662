"""A provider's files and batches endpoints, through the openai client: upload, create, look, read; tried again with patience.

Uploading and creating are no idempotent calls, and an answer may be lost on its way. So each file has a name like no
other, which its batch carries too, and whoever does not know how the last try ended looks for that name first.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx2
import openai
from openai.types import Batch

from summarizer.batch.submissions import File
from summarizer.engines.base import Listener
from summarizer.engines.llm.complaints import NO_CREDIT, no_credit, said_by
from summarizer.engines.llm.providers import Target
from summarizer.engines.llm.retrying import Garbled, RetryPolicy, describe, is_transient, with_retries
from summarizer.engines.llm.wire import GuardedTransport
from summarizer.errors import EndpointDown, EngineMisconfigured, EngineUnavailable

T = TypeVar("T")

_NONSENSE = "an answer that is none of a Batch API"
_METADATA = "summarizer_file"
_TRANSFER = 3600.0
"""Seconds that sending or receiving one file may take."""

_OLDER = 86_400.0
"""Seconds that two clocks may differ: files and batches that are older than a step by more than this are not of it."""


class BatchEndpoint:
    """The endpoint of one model. `timeout` (seconds) bounds one call, `patience` how long it may go without an answer.

    Every method raises EndpointDown after that, or where the account has no credit left, and EngineMisconfigured where
    the endpoint refuses.
    """

    def __init__(self, target: Target, *, timeout: float, patience: float, say: Listener) -> None:
        self._target, self._patience, self._say = target, patience, say
        self._timeout = timeout
        self._client = openai.AsyncOpenAI(
            base_url=target.base_url,
            api_key=target.key,
            max_retries=0,
            timeout=timeout,
            http_client=openai.DefaultAsyncHttpxClient(transport=GuardedTransport(downloads=_is_download)),
        )

    async def upload(self, file: File, path: Path, *, perhaps_there: bool) -> str:
        """The id of the uploaded file. `perhaps_there`: an earlier try may have got through."""
        tries = [perhaps_there]

        async def once() -> str:
            if tries[-1] and (found := await self._find_file(file)):
                return found
            tries.append(True)
            with path.open("rb") as stream:
                sent = (file.name, stream, "application/jsonl")
                return _id(await self._client.files.create(file=sent, purpose="batch", timeout=_TRANSFER))

        return await self._tried("uploading the requests", once, _TRANSFER)

    async def find_upload(self, file: File) -> str | None:
        """The id of a file that may have been uploaded."""
        return await self._tried("looking for the requests", partial(self._find_file, file), self._timeout)

    async def _find_file(self, file: File) -> str | None:
        async for one in self._client.files.list(purpose="batch", order="desc", limit=100):
            if one.filename == file.name and one.bytes in (file.bytes, 0):  # of another size: half an upload
                return one.id
            if one.created_at < file.since - _OLDER:
                return None
        return None

    async def create(self, file: File, *, perhaps_there: bool) -> str:
        """The id of the batch of an uploaded file. `perhaps_there`: see `upload`."""
        tries = [perhaps_there]

        async def once() -> str:
            if tries[-1] and (found := await self._find_batch(file)):
                return found
            tries.append(True)
            batch = await self._client.batches.create(
                input_file_id=file.file_id or "",
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_METADATA: file.name},
            )
            return _id(batch)

        return await self._tried("creating the batch", once, self._timeout)

    async def _find_batch(self, file: File) -> str | None:
        """One that failed its validation cost nothing, and does not count."""
        async for batch in self._client.batches.list(limit=100):
            if (batch.metadata or {}).get(_METADATA) == file.name and batch.status != "failed":
                return batch.id
            if batch.created_at < file.since - _OLDER:
                return None
        return None

    async def batch(self, batch_id: str) -> Batch:
        """How a batch stands."""

        async def once() -> Batch:
            batch = await self._client.batches.retrieve(batch_id)
            if _id(batch) != batch_id or not isinstance(batch.status, str):
                raise Garbled(_NONSENSE)
            return batch

        return await self._tried(f"looking at {batch_id}", once, self._timeout)

    async def read(self, file_id: str, take: Callable[[bytes], None]) -> bool:
        """Give every line of a file to `take`, some of them twice where a connection breaks; False: there is no such file."""

        async def once() -> bool:
            async with self._client.files.with_streaming_response.content(file_id, timeout=_TRANSFER) as response:
                async for line in _lines(response.iter_bytes()):
                    take(line)
            return True

        try:
            return await self._tried(f"reading {file_id}", once, _TRANSFER)
        except EngineMisconfigured as error:
            if error.status in (404, 410):
                return False
            raise

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _tried(self, what: str, call: Callable[[], Awaitable[T]], longest: float) -> T:
        deadline = self._patience if longest < _TRANSFER else self._patience + _TRANSFER
        policy = RetryPolicy(10**6, longest, deadline, first_wait=0.5, longest_wait=60.0)
        began = time.monotonic()
        failed: list[float] = []

        async def once() -> T:
            try:
                return await call_in_time()
            except Exception as error:
                # A transfer may take an hour, but one that only fails is not waited for that long.
                failed.append(time.monotonic())
                if is_transient(error) and failed[-1] - failed[0] > self._patience:
                    raise EngineUnavailable(describe(error)) from None
                raise

        async def call_in_time() -> T:
            try:
                return await call()
            except openai.RateLimitError as error:
                if error.code in NO_CREDIT or error.type in NO_CREDIT:
                    raise no_credit() from None
                raise
            except openai.APIConnectionError as error:
                if isinstance(error.__cause__, EngineUnavailable):  # the transport's own, which the client wraps
                    raise error.__cause__ from None
                raise
            except (AttributeError, TypeError, ValueError, openai.APIResponseValidationError):
                # The client hands on whatever JSON, or text, came with a status 200.
                raise Garbled(_NONSENSE) from None
            except httpx2.TransportError as error:  # while a body streams, the client does not wrap it
                raise Garbled(f"the connection broke ({error})") from None

        try:
            return await with_retries(once, policy, self._say)
        except EngineUnavailable as error:
            waited = time.monotonic() - began
            raise EndpointDown(
                f"{what}: {error} (after {waited:.0f} s); what is submitted goes on at the provider, what is done is kept: "
                "run the same command again when the endpoint is back"
            ) from None
        except openai.APIStatusError as error:
            raise self._refused(what, error) from None

    def _refused(self, what: str, error: openai.APIStatusError) -> EngineMisconfigured:
        said = said_by(error) or "nothing"
        mends = {
            401: f"check {self._target.key_source or 'the key'}",
            403: f"the key may not do this; check {self._target.key_source or 'it'}",
            404: f"check that {self._target.base_url} has a Batch API, and that the key is the same as before",
        }
        refused = EngineMisconfigured(
            f"{what}: the endpoint answered {error.status_code}: {said}; "
            f"{mends.get(error.status_code, 'check --model and --base-url')}"
        )
        refused.status = error.status_code
        return refused


def _id(thing: object) -> str:
    """The id of what the endpoint made. Raises Garbled where it is none."""
    found = getattr(thing, "id", None)
    if not isinstance(found, str) or not found:
        raise Garbled(_NONSENSE)
    return found


def _is_download(request: httpx2.Request) -> bool:
    """A file of results, of any size."""
    return request.method == "GET" and request.url.path.endswith("/content")


async def _lines(blocks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Lines end at \\n alone: JSON may hold every other line break that Unicode knows."""
    rest: list[bytes] = []
    async for block in blocks:
        *whole, last = block.split(b"\n")
        for line in whole:
            yield b"".join([*rest, line])
            rest = []
        rest.append(last)
    if any(rest):
        yield b"".join(rest)
