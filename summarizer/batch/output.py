"""The output of a batch: one JSON object a line, each article once. The journal is the truth; this file follows it.

A line is written after its journal entry is committed, so a process that dies leaves a file that is at most a few lines
short, or ends in part of one. Opening it again cuts it back to the last whole line that the journal knows and adds what
is missing; a file that does not match is written anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from summarizer.batch.journal import Journal
from summarizer.errors import BatchStopped, SettingsError
from summarizer.schema.article import Article
from summarizer.schema.summary import SCHEMA_VERSION

_BEGINNING = b'{"schema_version":'
"""Of every row."""

_CHECKED = 200
"""Lines before the end that are compared with the journal when a file is opened again: a power cut damages the end."""


def failure_line(label: str, article: Article | None, kind: str, reason: str) -> bytes:
    """The row of an article that failed: `error` says why, `article` which."""
    return _line({"error": {"kind": kind, "message": reason}, "article": _named(label, article)})


def link_line(article: Article, of: str, similarity: float) -> bytes:
    """The row of an article that is the same as another: `duplicate_of` is that one's SHA-256."""
    found = {"duplicate_of": of, "similarity": round(similarity, 3), "article": _named(article.label, article)}
    return _line(found)


def summary_line(summary: bytes) -> bytes:
    """The row of a summary: its JSON, which is one line."""
    return _one_line(summary) + b"\n"


def _one_line(row: bytes) -> bytes:
    """JSON may hold every other line break that Unicode knows, as it is; some readers of lines take these for ends."""
    for character in ("\x85", "\u2028", "\u2029"):
        row = row.replace(character.encode(), b"\\u%04x" % ord(character))
    return row


def _is_of_a_batch(path: Path, journal: Journal) -> bool:
    with path.open("rb") as file:
        return (
            _BEGINNING.startswith(file.read(len(_BEGINNING))) and journal.begun
        )  # a full disk may have cut the first row


def _line(values: dict[str, object]) -> bytes:
    text = json.dumps({"schema_version": SCHEMA_VERSION, **values}, ensure_ascii=False, separators=(",", ":"))
    return _one_line(text.encode("utf-8", "replace")) + b"\n"


def _named(label: str, article: Article | None) -> dict[str, str | None]:
    if article is None:
        return {"label": label}
    known = {"title": article.title, "source": article.source, "url": article.url, "published": article.published}
    return {"label": label, **known, "language": article.language, "sha256": article.sha256}


class Output:
    """The file, opened and made to agree with the journal. Use it as a context manager.

    Raises SettingsError where it cannot be opened, or is somebody else's: it exists although the journal has no
    results, or does not begin as a batch's output does; BatchStopped where it cannot be written.
    """

    def __init__(self, path: Path, journal: Journal) -> None:
        self._path = path
        try:
            if path.exists() and path.stat().st_size > 0 and not _is_of_a_batch(path, journal):
                raise SettingsError(
                    f"-o {path}: it exists, and is no output of this journal and configuration; give another, or move it away"
                )
            self._file: BinaryIO = path.open("r+b" if path.exists() else "w+b", buffering=0)
        except OSError as error:
            raise SettingsError(f"-o {path}: {error.strerror}") from None
        try:
            self._agree(journal)
        except OSError as error:
            self._file.close()
            raise self._stopped(error) from None

    def _agree(self, journal: Journal) -> None:
        place, ends = journal.last_row_within(self._file.seek(0, os.SEEK_END))
        if not self._matches(journal, place, ends):
            place, ends = 0, 0
        self._file.truncate(ends)
        self._file.seek(ends)
        for row in journal.rows(after=place):
            self._write(row.line)

    def _matches(self, journal: Journal, place: int, ends: int) -> bool:
        """Whether the last lines that both have are the same."""
        first = max(0, place - _CHECKED)
        for row in journal.rows(after=first):
            if row.ends > ends:
                break
            self._file.seek(row.ends - len(row.line))
            if self._file.read(len(row.line)) != row.line:
                return False
        return True

    def add(self, line: bytes) -> None:
        """Write one line whose journal entry is committed."""
        try:
            self._write(line)
        except OSError as error:
            raise self._stopped(error) from None

    def _write(self, line: bytes) -> None:
        left = memoryview(line)
        while left:
            left = left[self._file.write(left) :]

    def _stopped(self, error: OSError) -> BatchStopped:
        return BatchStopped(
            f"-o {self._path}: {error.strerror}; what is done is in the journal: mend it, and run the same again"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
