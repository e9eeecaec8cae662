"""The journal of a batch: one SQLite file that knows what is done, so that nothing is lost and nothing is paid twice.

An article is known by the hash of its content, its result also by the configuration that made it. Every answer of the
endpoint is committed before it is used, and kept until its article is finished; an article's result, its place in the
output and the end of its answers are one transaction. After `kill -9` the file is as of the last commit. (A power cut
may lose the last commits, not the file: SQLite's WAL with `synchronous=NORMAL`.)
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from summarizer.batch.records import Answer, Key, Row, State, Usage
from summarizer.batch.tables import FORGETTING, TABLES, VERSION
from summarizer.errors import JournalError


class Journal:
    """Open one journal; None is a temporary one that keeps states and answers but no results. Close it after use.

    All methods but `open` and `close` raise JournalError where the file cannot be written (a full disk, say): whatever
    was committed before stays. `open` also raises it where another process has the journal, or it is none.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._keeps_lines = path is not None
        self._configuration = 0
        self._nested = 0
        self.ends = 0
        """Bytes of output that are committed for the configuration in use."""
        self.last_place = 0
        """Lines of output that are."""
        try:
            self._db = sqlite3.connect("" if path is None else path, timeout=0.2)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            self._abandon()
            raise self._explained(error) from None
        except JournalError:
            self._abandon()
            raise

    def _prepare(self) -> None:
        """The lock is SQLite's own: held until this process ends, however it ends."""
        self._check_empty()
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA cache_size = -16384")  # KiB
        self._db.execute("BEGIN EXCLUSIVE")
        if self._check_empty():  # still, now that it is locked
            for statement in TABLES.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")
        self._db.commit()

    def _check_empty(self) -> bool:
        """Whether nothing is in the file yet. Raises JournalError where what is in it is no journal of this version."""
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        tables = int(self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if version != VERSION and (version or tables):
            raise JournalError(
                f"{self._path} is no journal of this program's version; give another with --journal, or move it away"
            )
        return not tables

    def close(self) -> None:
        """Close the file and give up the lock."""
        try:
            self._db.close()
        except sqlite3.Error as error:
            raise self._explained(error) from None

    def _abandon(self) -> None:
        if hasattr(self, "_db"):
            self._db.close()

    # configurations

    def use(self, fingerprint: str, described: dict[str, str]) -> None:
        """Work under this configuration from now on."""
        with self._writing():
            self._db.execute(
                "INSERT OR IGNORE INTO configurations (fingerprint, described) VALUES (?, ?)",
                (fingerprint, json.dumps(described, ensure_ascii=False, sort_keys=True)),
            )
            found = self._db.execute("SELECT id FROM configurations WHERE fingerprint = ?", (fingerprint,)).fetchone()
            self._configuration = int(found[0])
            self._db.execute("INSERT OR IGNORE INTO spent (configuration) VALUES (?)", (self._configuration,))
        self._find_end()

    def others(self) -> list[dict[str, str]]:
        """The other configurations that have results here."""
        query = (
            "SELECT described FROM configurations c WHERE id != ? AND EXISTS"
            " (SELECT 1 FROM articles WHERE configuration = c.id)"
        )
        with self._explaining():
            return [json.loads(row[0]) for row in self._db.execute(query, (self._configuration,))]

    def _find_end(self) -> None:
        last = self._one(
            "SELECT place, ends FROM articles WHERE configuration = ? AND place IS NOT NULL ORDER BY place DESC"
        )
        self.last_place, self.ends = (int(last[0]), int(last[1])) if last else (0, 0)

    # articles

    @property
    def begun(self) -> bool:
        """Whether any article was begun under this configuration."""
        return self._one("SELECT 1 FROM articles WHERE configuration = ?") is not None

    def first_met(self, key: Key) -> bool:
        """Note that the article was met in this run; False if it was before. (On the disk, and gone when this is closed.)"""
        with self._explaining():
            self._db.execute("CREATE TABLE IF NOT EXISTS temp.met (key BLOB PRIMARY KEY) WITHOUT ROWID")
            return self._db.execute("INSERT OR IGNORE INTO temp.met VALUES (?)", (key,)).rowcount > 0

    def state(self, key: Key) -> State | None:
        """Where the article stands; None if it was never seen under this configuration."""
        found = self._one("SELECT state FROM articles WHERE configuration = ? AND key = ?", key)
        return State(found[0]) if found else None

    def begin(self, key: Key, label: str) -> None:
        """Note that an article is begun; committed with whatever comes next."""
        with self._explaining():
            self._db.execute(
                "INSERT INTO articles (configuration, key, state, label) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (self._configuration, key, State.PENDING, label),
            )

    def finish(self, key: Key, state: State, label: str, line: bytes, *, keep_answers: bool = False) -> None:
        """Note an article's result and its line in the output, and forget its answers unless they are worth keeping.

        The line is to be written to the output after this, never before.
        """
        place, ends = self.last_place + 1, self.ends + len(line)
        kept = zlib.compress(line, 1) if self._keeps_lines else None
        with self._writing():
            self._db.execute(
                "INSERT INTO articles (configuration, key, state, label, place, ends, line) VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (configuration, key) DO UPDATE SET state = excluded.state, label = excluded.label,"
                " place = excluded.place, ends = excluded.ends, line = excluded.line",
                (self._configuration, key, state, label, place, ends, kept),
            )
            if not keep_answers:
                self._forget_answers(key)
            for query in FORGETTING:
                self._db.execute(query, (self._configuration, key))
        self.last_place, self.ends = place, ends

    def _forget_answers(self, key: Key) -> None:
        """Answers to a request that another article waits for too are that one's from now on."""
        self._db.execute(
            "UPDATE answers SET article = coalesce((SELECT w.article FROM waits w WHERE w.request = answers.request"
            " AND w.configuration = answers.configuration AND w.article != answers.article), article)"
            " WHERE configuration = ? AND article = ?",
            (self._configuration, key),
        )
        self._db.execute("DELETE FROM answers WHERE configuration = ? AND article = ?", (self._configuration, key))

    def line(self, key: Key) -> bytes | None:
        """The output line of a finished article."""
        found = self._one("SELECT line FROM articles WHERE configuration = ? AND key = ?", key)
        with self._explaining():
            return zlib.decompress(found[0]) if found and found[0] is not None else None

    def place(self, key: Key) -> int:
        """The number of an article's line in the output, in this run or before, from 1; 0 where it has none."""
        found = self._one("SELECT place FROM articles WHERE configuration = ? AND key = ?", key)
        return int(found[0] or 0) if found else 0

    def count(self, state: State) -> int:
        """How many articles stand there."""
        found = self._one("SELECT count(*) FROM articles WHERE configuration = ? AND state = ?", state)
        return int(found[0]) if found else 0

    def rows(self, after: int = 0) -> Iterator[Row]:
        """The output's lines in their order, from the one after place `after`; none while any other method runs."""
        query = "SELECT place, ends, state, line FROM articles WHERE configuration = ? AND place > ? ORDER BY place LIMIT 64"
        while found := self._rows(query, after):
            yield from found
            after = found[-1].place

    def _rows(self, query: str, after: int) -> list[Row]:
        with self._explaining():
            return [
                Row(place, ends, State(state), zlib.decompress(line))
                for place, ends, state, line in self._db.execute(query, (self._configuration, after))
            ]

    def last_row_within(self, size: int) -> tuple[int, int]:
        """Place and end of the last line that ends within the first `size` bytes of output; (0, 0) if there is none."""
        found = self._one(
            "SELECT place, ends FROM articles WHERE configuration = ? AND place IS NOT NULL AND ends <= ? ORDER BY place DESC",
            size,
        )
        return (int(found[0]), int(found[1])) if found else (0, 0)

    def reopen(self, state: State) -> int:
        """Make the articles in this state pending again, and give back how many they were. The output has to be made to
        agree after this: its lines move up."""
        with self._writing():
            changed = self._db.execute(
                "UPDATE articles SET state = ?, place = NULL, ends = NULL, line = NULL WHERE configuration = ? AND state = ?",
                (State.PENDING, self._configuration, state),
            ).rowcount
            if changed:
                self._close_gaps()
        self._find_end()
        return changed

    def _close_gaps(self) -> None:
        """Ends follow from the lines' lengths: an article's own is its end less that of the one before."""
        query = "SELECT rowid, place, line FROM articles WHERE configuration = ? AND place > ? ORDER BY place LIMIT 64"
        ends, place = 0, 0
        while found := self._db.execute(query, (self._configuration, place)).fetchall():
            for rowid, _, line in found:
                ends += len(zlib.decompress(line))
                self._db.execute("UPDATE articles SET ends = ? WHERE rowid = ?", (ends, rowid))
            place = int(found[-1][1])

    # answers

    def answer(self, request: Key) -> Answer | None:
        """The answer that was given to this request, under whatever configuration, and is still kept."""
        with self._explaining():
            found = self._db.execute("SELECT status, body, share FROM answers WHERE request = ?", (request,)).fetchone()
            return Answer(int(found[0]), zlib.decompress(found[1]), float(found[2])) if found else None

    def keep(self, request: Key, article: Key, answer: Answer, usage: Usage) -> None:
        """Commit an answer, before it is used, and enter what it cost."""
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO answers (request, configuration, article, status, body, share)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (request, self._configuration, article, answer.status, zlib.compress(answer.body, 1), answer.share),
            )
            self._spend(usage)

    def spend(self, usage: Usage) -> None:
        """Enter what an answer cost that is not worth keeping."""
        with self._writing():
            self._spend(usage)

    def _spend(self, usage: Usage) -> None:
        self._db.execute(
            "UPDATE spent SET answers = answers + ?, input = input + ?, cached = cached + ?, output = output + ?,"
            " cost = cost + ?, unpriced = unpriced + ? WHERE configuration = ?",
            (usage.answers, usage.input, usage.cached, usage.output, usage.cost, usage.unpriced, self._configuration),
        )

    def spent(self) -> Usage:
        """What all answers under this configuration cost so far, in this run and those before."""
        found = self._one("SELECT answers, input, cached, output, cost, unpriced FROM spent WHERE configuration = ?")
        return Usage(*found) if found else Usage()

    # sketches of texts, for duplicates

    def sketch(self, key: Key) -> tuple[bytes, str]:
        """The sketch of an article's text, and the text's SHA-256 in hexadecimal; empty if it is not here."""
        found = self._one("SELECT sketch, sha256 FROM sketches WHERE configuration = ? AND key = ?", key)
        return (bytes(found[0]), bytes(found[1]).hex()) if found else (b"", "")

    def sketched(self, bands: Iterable[tuple[int, bytes]]) -> list[Key]:
        """The articles that share a band with these, the earliest first."""
        found: dict[Key, None] = {}
        for number, value in bands:
            query = (
                "SELECT key FROM signatures WHERE configuration = ? AND band = ? AND value = ? ORDER BY rowid LIMIT 50"
            )
            with self._explaining():
                for row in self._db.execute(query, (self._configuration, number, value)):
                    found[Key(row[0])] = None
        return list(found)

    def keep_sketch(self, key: Key, sketch: bytes, sha256: str, bands: Iterable[tuple[int, bytes]]) -> None:
        """Keep a sketch and its bands; committed with whatever comes next."""
        with self._explaining():
            added = self._db.execute(
                "INSERT OR IGNORE INTO sketches (configuration, key, sketch, sha256) VALUES (?, ?, ?, ?)",
                (self._configuration, key, sketch, bytes.fromhex(sha256)),
            ).rowcount
            if added:
                self._db.executemany(
                    "INSERT INTO signatures (configuration, band, value, key) VALUES (?, ?, ?, ?)",
                    [(self._configuration, number, value, key) for number, value in bands],
                )

    # what else is kept here: submissions.py

    @property
    def configuration(self) -> int:
        """The number of the configuration in use."""
        return self._configuration

    @contextmanager
    def transaction(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        """Queries that are committed together; methods of this class that write are part of it."""
        self._nested += 1
        try:
            with self._explaining(), self._db if self._nested == 1 else nullcontext():
                yield self._db.execute
        finally:
            self._nested -= 1

    # errors

    def _one(self, query: str, *values: object) -> tuple[Any, ...] | None:
        with self._explaining():
            found: tuple[Any, ...] | None = self._db.execute(
                f"{query} LIMIT 1", (self._configuration, *values)
            ).fetchone()
        return found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it, or nothing."""
        with self.transaction():
            yield

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, zlib.error) as error:
            raise self._explained(error) from None

    def _explained(self, error: Exception) -> JournalError:
        name, said = self._path or "the temporary journal", str(error)
        if "locked" in said:
            return JournalError(
                f"{name} is in use by another `summarizer batch`; let it end, or give another --journal"
            )
        if "full" in said:
            return JournalError(f"the disk of {name} is full; make room, and the same command goes on where it was")
        if isinstance(error, zlib.error) or "not a database" in said or "malformed" in said:
            return JournalError(f"{name} is damaged, or no journal ({said}); move it away, or give another --journal")
        return JournalError(f"{name} cannot be written ({said}); give another --journal")
