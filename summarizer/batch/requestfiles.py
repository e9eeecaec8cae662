"""The request files of provider batches: JSON lines in a folder beside the journal, within the API's limits.

A line is written before its request is committed, so a process that dies leaves at most one line too many, which is cut
off when the file is opened again. A file that is not what the journal says (somebody tidied up) gives its requests back.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from summarizer.batch.budget import Worst
from summarizer.batch.records import Key
from summarizer.batch.submissions import File, Step, Submissions
from summarizer.errors import BatchStopped

MOST_REQUESTS, MOST_BYTES = 50_000, 200_000_000
"""Of one file, by OpenAI's Batch API (API reference, "Create batch"); MB are counted as 10^6 bytes, the smaller reading."""


class RequestFiles:
    """Writes to one open file at a time. `most_requests` and `most_bytes` may be made smaller at any time."""

    def __init__(self, folder: Path, submissions: Submissions) -> None:
        self._folder = folder
        self._submissions = submissions
        self._open: File | None = None
        self._stream: BinaryIO | None = None
        self.most_requests, self.most_bytes = MOST_REQUESTS, MOST_BYTES

    def begin(self) -> None:
        """Go on with the file that an earlier run left open; remove what runs before left that is not needed. Raises
        BatchStopped, JournalError."""
        for file in self._submissions.files(Step.SUBMITTED, Step.ENDED):
            self.remove(file)
        for file in self._submissions.files(Step.OPEN):
            self._go_on_with(file)

    def _go_on_with(self, file: File) -> None:
        path = self.path(file)
        try:
            if file.requests and path.is_file() and path.stat().st_size >= file.bytes:
                self._stream = path.open("r+b", buffering=0)
                self._stream.truncate(file.bytes)
                self._stream.seek(file.bytes)
                self._open = file
                return
        except OSError as error:
            raise self._stopped(path, error) from None
        self._submissions.end(file, "its request file is gone", counted=False)
        self.remove(file)

    def path(self, file: File) -> Path:
        """Where a file's requests are until they are a batch."""
        return self._folder / file.name

    def whole(self, file: File) -> bool:
        """Whether a closed file is there, and as long as the journal says. Raises BatchStopped where it cannot be told."""
        path = self.path(file)
        try:
            return path.is_file() and path.stat().st_size == file.bytes
        except OSError as error:
            raise self._stopped(path, error) from None

    def add(self, request: Key, path: str, content: bytes, article: Key, tries: int, worst: Worst) -> None:
        """Write a request and commit it. `content` is its JSON body, byte for byte. Raises BatchStopped, JournalError."""
        line = b'{"custom_id":"%b","method":"POST","url":"%b","body":%b}\n' % (
            request.hex().encode(),
            path.encode(),
            content.replace(b"\n", b" "),  # between values only: inside strings JSON has no line breaks
        )
        if self._open is not None and not self._has_room(self._open, len(line)):
            self.close()
        if self._open is None:
            self._begin()
        if self._open is not None:
            self._write(self._open, line)
            self._submissions.add(self._open, request, article, tries, worst, len(line))
            self._open = self._submissions.file(self._open.number)

    def _has_room(self, file: File, size: int) -> bool:
        return file.requests < self.most_requests and file.bytes + size <= self.most_bytes

    def _begin(self) -> None:
        file = self._submissions.new_file()
        try:
            self._folder.mkdir(exist_ok=True)
            self._stream = self.path(file).open("wb", buffering=0)
        except OSError as error:
            raise self._stopped(self.path(file), error) from None
        self._open = file

    def _write(self, file: File, line: bytes) -> None:
        left = memoryview(line)
        try:
            while left and self._stream is not None:
                left = left[self._stream.write(left) :]
        except OSError as error:
            raise self._stopped(self.path(file), error) from None

    def close(self) -> None:
        """The open file is whole: it may be uploaded."""
        if self._stream is not None:
            self._stream.close()
        if self._open is not None and self._open.requests:
            self._submissions.step(self._open, Step.CLOSED)
        self._open = self._stream = None

    def leave(self) -> None:
        """Leave the open file as it is, to be gone on with by the next run."""
        if self._stream is not None:
            self._stream.close()
        self._open = self._stream = None

    def remove(self, file: File) -> None:
        """A file is not wanted any more, nor is its folder if it is empty."""
        self.path(file).unlink(missing_ok=True)
        try:
            self._folder.rmdir()
        except OSError:
            return  # not empty

    def _stopped(self, path: Path, error: OSError) -> BatchStopped:
        return BatchStopped(
            f"{path}: {error.strerror}; what is done is kept: mend it, and the same command goes on where it was"
        )
