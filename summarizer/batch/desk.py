"""The desk of provider batches: submits files of requests, looks how their batches stand, and collects the results.

Every step stands in the journal (submissions.py), and any of them may be the last one before a kill: the next run's desk
goes on from there. What a batch leaves unanswered is lost for now; its articles ask again, once (collecting.py).
"""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress

from openai.types import Batch, BatchError

from summarizer.batch.budget import Budget, Worst
from summarizer.batch.endpoint import BatchEndpoint
from summarizer.batch.exchanges import Pricing, Totals, charged
from summarizer.batch.records import Usage
from summarizer.batch.requestfiles import RequestFiles
from summarizer.batch.results import read_result
from summarizer.batch.submissions import File, Step, Submissions
from summarizer.engines.base import Listener
from summarizer.engines.llm.complaints import no_credit, says_no_credit
from summarizer.errors import BatchStopped, EngineMisconfigured

_ENDED = ("completed", "expired", "cancelled")
"""Statuses whose results are collected. Beside "failed", any other is under way: one too many would be paid twice."""

_SMALL = 50
"""Requests: a file of so few is not split where a limit of queued tokens is reached; it waits."""

_BYTES_A_TOKEN = 3
"""Of a request file; fewer than there are, so that a file that is made for a number of tokens has no more."""

_PATIENCE_WITH_FILES = 600.0
"""Seconds that a completed batch may be without the output that it counts."""


class Desk:
    """One for a batch. `poll`: seconds between two looks at a batch, at most; a young batch is looked at more often.
    `retry_unknown`: submit again what is in batches that the endpoint does not know."""

    def __init__(
        self,
        submissions: Submissions,
        files: RequestFiles,
        endpoint: BatchEndpoint,
        budget: Budget,
        price: Pricing,
        *,
        poll: float,
        retry_unknown: bool,
        say: Listener,
    ) -> None:
        self._submissions, self._files, self._endpoint = submissions, files, endpoint
        self._budget, self._price = budget, price
        self._poll, self._retry_unknown, self._say = poll, retry_unknown, say
        self._wake = asyncio.Event()
        self._due: dict[int, float] = {}
        self._create_at = 0.0
        self._without_output: dict[int, float] = {}
        self.totals = Totals()
        self.news = asyncio.Event()
        """Set when answers have come, or requests were lost: articles may be ready."""
        self.under_way, worst = submissions.under_way()
        self._budget.hold(worst, calls=self.under_way, anyway=True)

    def close_file(self) -> None:
        """What is collected so far is to be submitted."""
        self._files.close()
        self.under_way = self._submissions.under_way()[0]
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled, which may be at any moment. Raises what stops the batch."""
        while True:
            self._wake.clear()
            for file in self._submissions.files(Step.CLOSED, Step.UPLOADING, Step.UPLOADED, Step.CREATING):
                await self._submit(file)
            for file in self._submissions.files(Step.SUBMITTED):
                if time.monotonic() >= self._due.get(file.number, 0.0) and await self._look(file):
                    self.under_way = self._submissions.under_way()[0]
                    self._create_at = 0.0
                    self._wake.set()
                    self.news.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._rest())

    def _rest(self) -> float | None:
        """Seconds until there is something to do; None: until somebody says so."""
        times = [self._due.get(file.number, 0.0) for file in self._submissions.files(Step.SUBMITTED)]
        times += [self._create_at for _ in self._submissions.files(Step.UPLOADED)]
        return max(0.01, min(times) - time.monotonic()) if times else None

    async def _submit(self, file: File) -> None:
        if file.step in (Step.CLOSED, Step.UPLOADING):
            uploaded = await self._uploaded(file)
            if uploaded is None:
                return
            file = uploaded
        if time.monotonic() < self._create_at and file.step is Step.UPLOADED:
            return
        perhaps_there = file.step is Step.CREATING
        if not perhaps_there:
            file = self._submissions.step(file, Step.CREATING)
        batch_id = await self._endpoint.create(file, perhaps_there=perhaps_there)
        self._submissions.step(file, Step.SUBMITTED, batch_id=batch_id)
        self._files.remove(file)
        self._say(f"{batch_id}: {file.requests:,} requests submitted ({file.bytes / 1e6:,.1f} MB)")

    async def _uploaded(self, file: File) -> File | None:
        perhaps_there = file.step is Step.UPLOADING
        if not self._files.whole(file):
            found = await self._endpoint.find_upload(file) if perhaps_there else None
            if found is None:
                self._give_back(file, "its request file is gone or damaged")
                self.news.set()
                return None
            return self._submissions.step(file, Step.UPLOADED, file_id=found)
        if not perhaps_there:
            file = self._submissions.step(file, Step.UPLOADING)
        file_id = await self._endpoint.upload(file, self._files.path(file), perhaps_there=perhaps_there)
        return self._submissions.step(file, Step.UPLOADED, file_id=file_id)

    async def _look(self, file: File) -> bool:
        """Whether there is news: the batch has ended and is collected, or is given up."""
        age = time.time() - file.since
        self._due[file.number] = time.monotonic() + min(self._poll, max(1.0, age / 10))
        batch = await self._batch(file)
        if batch is None:
            self._give_back(file, "its batch is gone")
            return True
        if batch.status == "failed":
            return self._failed(file, batch)
        if batch.status not in _ENDED or self._output_to_come(file, batch):
            return False
        for file_id in (batch.output_file_id, batch.error_file_id):
            if file_id and not await self._endpoint.read(file_id, lambda line: self._take(file, line)):
                self._say(f"{batch.id}: its results {file_id} are gone")
        self._end(file, batch)
        return True

    async def _batch(self, file: File) -> Batch | None:
        """The batch; None where the endpoint does not know it and it is to be given up."""
        try:
            return await self._endpoint.batch(file.batch_id or "")
        except EngineMisconfigured as error:
            if error.status != 404:
                raise
            if self._retry_unknown:
                return None
            error.args = (f"{error}; if the batch is gone for good, --retry-failed submits its requests again",)
            raise

    def _output_to_come(self, file: File, batch: Batch) -> bool:
        """Batches have been seen that were completed a little before their output was there."""
        counts = batch.request_counts
        if batch.output_file_id or batch.status != "completed" or counts is None or not counts.completed:
            return False
        since = self._without_output.setdefault(file.number, time.monotonic())
        return time.monotonic() < since + _PATIENCE_WITH_FILES

    def _take(self, file: File, line: bytes) -> None:
        """One result, kept; one that was kept before a kill is passed over."""
        result = read_result(line, self._price)
        if result is None:
            return
        if result.answer is not None:
            worst = self._submissions.answered(file, result.request, result.answer, result.usage)
        else:
            worst = self._submissions.lost(file, result.request, result.reason, result.usage)
        if worst is not None:
            self.totals.requests += 1
            self.totals.usage += result.usage
            self._budget.settle(worst, *charged(result.usage, worst))

    def _end(self, file: File, batch: Batch) -> None:
        """The batch is collected: what it did not answer is lost, unless somebody wanted it so."""
        reason = {"expired": "batch_expired", "cancelled": "batch_cancelled"}.get(batch.status, "not in the results")
        self._settle(self._submissions.end(file, reason, counted=batch.status != "cancelled"))
        counts = batch.request_counts
        answered = f", {counts.completed:,} of {counts.total:,} answered" if counts else ""
        self._say(f"{batch.id}: {batch.status}{answered}")
        if batch.status == "cancelled":
            raise BatchStopped(
                f"{batch.id} was cancelled; what it answered is kept, and the same command submits the rest again"
            )

    def _failed(self, file: File, batch: Batch) -> bool:
        """The provider did not accept the file; nothing of it was done."""
        errors = batch.errors.data if batch.errors and batch.errors.data else []
        error = errors[0] if errors else BatchError(code=None, message="no reason given")
        if error.code == "token_limit_exceeded":
            return self._wait_or_split(file, error)
        self._give_back(file, "its batch failed")
        if says_no_credit(error.code):
            raise no_credit()
        line = f" (line {error.line})" if error.line else ""
        raise EngineMisconfigured(
            f"{batch.id} was not accepted: {error.message or error.code}{line}; check --model, and that it has a Batch API"
        )

    def _wait_or_split(self, file: File, error: BatchError) -> bool:
        """More tokens are queued than the account may have: this batch waits for others, or is too large by itself."""
        others = [one for one in self._submissions.files(Step.SUBMITTED) if one.number != file.number]
        if others or file.requests <= _SMALL:
            self._submissions.step(file, Step.UPLOADED)
            self._create_at = time.monotonic() + self._poll
            self._say("the account's limit of queued tokens is reached; waiting for other batches to end")
            return False
        self._files.most_bytes = file.bytes // 2
        if found := re.search(r"Limit: ([\d,]+)", error.message or ""):
            self._files.most_bytes = min(self._files.most_bytes, int(found[1].replace(",", "")) * _BYTES_A_TOKEN)
        self._say(f"the account may not queue so much; going on in files of {self._files.most_bytes / 1e6:,.1f} MB")
        self._give_back(file, "its batch was too large")
        return True

    def _give_back(self, file: File, reason: str) -> None:
        """The file's requests were not sent: their articles ask them again, and no try is counted."""
        self._settle(self._submissions.end(file, reason, counted=False))
        self._files.remove(file)

    def _settle(self, left: list[Worst]) -> None:
        for worst in left:
            self._budget.settle(worst, *charged(Usage(), worst))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._endpoint.close()
