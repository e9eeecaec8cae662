"""What the journal knows of provider batches: articles that wait, their requests, the files these are in, and each file's way.

A request is collected into a file, which is uploaded and becomes a batch. It is gone from here once it is answered (the
answer is kept as any other is); one that was not answered stays, without a file, until its article asks again. Each
step is committed before the next one, the intention to upload or create before the act, so that whoever goes on after a
kill knows what may have been done and looks for it first.
"""

from __future__ import annotations

import json
import time
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from summarizer.batch.budget import Worst
from summarizer.batch.exchanges import entered
from summarizer.batch.journal import Journal
from summarizer.batch.records import Answer, Key, Usage
from summarizer.schema.article import Article

_AT_A_TIME = 256


class Step(StrEnum):
    """How far a file of requests is."""

    OPEN = "open"  # being written
    CLOSED = "closed"  # whole; to be uploaded
    UPLOADING = "uploading"  # may have been uploaded
    UPLOADED = "uploaded"  # to be made a batch
    CREATING = "creating"  # may be a batch
    SUBMITTED = "submitted"  # is a batch, whose results are waited for
    ENDED = "ended"  # collected, or given up


@dataclass(frozen=True, slots=True)
class File:
    """A file of requests. `name` is like no other; `since`: seconds since the epoch, of its last step."""

    number: int
    step: Step
    name: str
    since: float
    requests: int
    bytes: int
    file_id: str | None
    batch_id: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is not answered: `file` is where it waits, None if it was lost there; `tries`: how often it was sent."""

    file: int | None
    tries: int
    reason: str | None


class Submissions:
    """The provider batches of the journal's configuration in use."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    # articles

    def defer(self, key: Key, article: Article) -> None:
        """Keep an article whose answers are not there yet, so that it need not be read again."""
        data = zlib.compress(json.dumps(asdict(article)).encode(), 1)
        with self._journal.transaction() as run:
            run("INSERT OR IGNORE INTO deferred VALUES (?, ?, ?)", (self._journal.configuration, key, data))

    def precedes(self, other: Key, key: Key) -> bool:
        """Whether the other article is kept here, and was before this one: so no two can wait for one another."""
        query = (
            "SELECT 1 FROM deferred WHERE configuration = ? AND key = ?"
            " AND rowid < coalesce((SELECT rowid FROM deferred WHERE configuration = ? AND key = ?), rowid + 1)"
        )
        return self._first(query, self._journal.configuration, other, self._journal.configuration, key) is not None

    def follow(self, key: Key, article: Article, other: Key) -> None:
        """Keep an article that waits for whatever another one, kept here, waits for."""
        with self._journal.transaction() as run:
            self.defer(key, article)
            run(
                "INSERT OR IGNORE INTO waits SELECT configuration, ?, request FROM waits"
                " WHERE configuration = ? AND article = ?",
                (key, self._journal.configuration, other),
            )

    def waits(self, key: Key) -> bool:
        """Whether the article is kept here and some request of it is under way."""
        query = (
            "SELECT 1 FROM deferred d, waiting w WHERE d.configuration = ? AND d.key = ?"
            " AND w.configuration = d.configuration AND w.article = d.key"
        )
        return self._first(query, self._journal.configuration, key) is not None

    def ready(self, after: int = 0) -> list[tuple[int, Article]]:
        """Some articles for which nothing is under way, with their places, from the one after place `after`."""
        query = (
            "SELECT rowid, article FROM deferred d WHERE configuration = ? AND rowid > ? AND NOT EXISTS"
            " (SELECT 1 FROM waiting w WHERE w.configuration = d.configuration AND w.article = d.key)"
            " ORDER BY rowid LIMIT ?"
        )
        with self._journal.transaction() as run:
            found = run(query, (self._journal.configuration, after, _AT_A_TIME)).fetchall()
        return [(place, Article(**json.loads(zlib.decompress(data)))) for place, data in found]

    # requests

    def request(self, request: Key) -> Asked | None:
        """What is known of a request that is not answered."""
        query = "SELECT file, tries, reason FROM requests WHERE configuration = ? AND request = ?"
        found = self._first(query, self._journal.configuration, request)
        return Asked(*found) if found else None

    def wait(self, request: Key, article: Key) -> None:
        """The article waits for this request, which is under way already."""
        with self._journal.transaction() as run:
            run("INSERT OR IGNORE INTO waits VALUES (?, ?, ?)", (self._journal.configuration, article, request))

    def add(self, file: File, request: Key, article: Key, tries: int, worst: Worst, size: int) -> None:
        """A request was written to an open file, which is `size` bytes more for it."""
        with self._journal.transaction() as run:
            run(
                "INSERT OR REPLACE INTO requests (configuration, request, article, file, tries, tokens, cost)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._journal.configuration, request, article, file.number, tries, worst.tokens, worst.cost),
            )
            self.wait(request, article)
            run("UPDATE files SET requests = requests + 1, bytes = bytes + ? WHERE number = ?", (size, file.number))

    def answered(self, file: File, request: Key, answer: Answer, usage: Usage) -> Worst | None:
        """Keep an answer out of a file's results; None if it was kept before or is none of this file's."""
        query = "SELECT article, tokens, cost FROM requests WHERE configuration = ? AND request = ? AND file = ?"
        found = self._first(query, self._journal.configuration, request, file.number)
        if found is None:
            return None
        with self._journal.transaction() as run:
            self._journal.keep(request, Key(found[0]), answer, entered(usage, Worst(found[1], found[2])))
            run("DELETE FROM requests WHERE configuration = ? AND request = ?", (self._journal.configuration, request))
        return Worst(found[1], found[2])

    def lost(self, file: File, request: Key, reason: str, usage: Usage) -> Worst | None:
        """A request of a file got no answer; see `answered`. `usage` is what was paid for all the same."""
        query = "SELECT tokens, cost FROM requests WHERE configuration = ? AND request = ? AND file = ?"
        found = self._first(query, self._journal.configuration, request, file.number)
        if found is None:
            return None
        with self._journal.transaction() as run:
            run(
                "UPDATE requests SET file = NULL, reason = ? WHERE configuration = ? AND request = ?",
                (reason, self._journal.configuration, request),
            )
            if usage.answers:
                self._journal.spend(entered(usage, Worst(found[0], found[1])))
        return Worst(found[0], found[1])

    def end(self, file: File, reason: str, *, counted: bool) -> list[Worst]:
        """A file is done with: requests still in it are lost for `reason`; `counted`: and that was a try."""
        with self._journal.transaction() as run:
            left = run("SELECT tokens, cost FROM requests WHERE file = ?", (file.number,)).fetchall()
            run(
                "UPDATE requests SET file = NULL, tries = tries - ?, reason = ? WHERE file = ?",
                (0 if counted else 1, reason, file.number),
            )
            self.step(file, Step.ENDED)
        return [Worst(tokens, cost) for tokens, cost in left]

    def under_way(self) -> tuple[int, Worst]:
        """How many requests are in files, and the most that they can take together."""
        query = (
            "SELECT count(*), coalesce(sum(tokens), 0), coalesce(sum(cost), 0) FROM requests"
            " WHERE configuration = ? AND file IS NOT NULL"
        )
        found = self._first(query, self._journal.configuration) or (0, 0, 0.0)
        return int(found[0]), Worst(int(found[1]), float(found[2]))

    def forget_rejections(self) -> None:
        """Forget answers that reject a request: whoever mended what was wrong wants it asked again."""
        with self._journal.transaction() as run:
            run("DELETE FROM answers WHERE status >= 400")

    # files

    def new_file(self) -> File:
        """An open file without requests."""
        name = f"summarizer-{uuid.uuid4().hex}.jsonl"
        with self._journal.transaction() as run:
            number = run(
                "INSERT INTO files (configuration, step, name, since) VALUES (?, ?, ?, ?)",
                (self._journal.configuration, Step.OPEN, name, time.time()),
            ).lastrowid
        return self.file(number or 0)

    def file(self, number: int) -> File:
        """The file of this number, as it is now."""
        found = self._first(
            "SELECT number, step, name, since, requests, bytes, file_id, batch_id FROM files WHERE number = ?", number
        )
        if found is None:
            raise LookupError(number)
        return _file(found)

    def files(self, *steps: Step) -> list[File]:
        """The files at these steps, the oldest first."""
        query = (
            "SELECT number, step, name, since, requests, bytes, file_id, batch_id FROM files"
            " WHERE configuration = ? AND step IN (SELECT value FROM json_each(?)) ORDER BY number"
        )
        with self._journal.transaction() as run:
            return [_file(row) for row in run(query, (self._journal.configuration, json.dumps(steps))).fetchall()]

    def step(self, file: File, step: Step, *, file_id: str | None = None, batch_id: str | None = None) -> File:
        """Commit that a file is at this step; gives it back as it is now."""
        with self._journal.transaction() as run:
            run(
                "UPDATE files SET step = ?, since = ?, file_id = coalesce(?, file_id), batch_id = coalesce(?, batch_id)"
                " WHERE number = ?",
                (step, time.time(), file_id, batch_id, file.number),
            )
        return self.file(file.number)

    def take_back(self) -> int:
        """Give up what is collected and not submitted; how many batches may be under way after that."""
        for file in self.files(Step.OPEN, Step.CLOSED, Step.UPLOADING, Step.UPLOADED):
            self.end(file, "taken back", counted=False)
        return len(self.files(Step.CREATING, Step.SUBMITTED))

    def others(self) -> int:
        """How many batches of other configurations were submitted and not collected."""
        query = "SELECT count(*) FROM files WHERE configuration != ? AND step IN (?, ?)"
        found = self._first(query, self._journal.configuration, Step.CREATING, Step.SUBMITTED)
        return int(found[0]) if found else 0

    def _first(self, query: str, *values: object) -> Sequence[Any] | None:
        with self._journal.transaction() as run:
            found: Sequence[Any] | None = run(query, values).fetchone()
        return found


def _file(row: Sequence[Any]) -> File:
    return File(int(row[0]), Step(row[1]), *row[2:])
