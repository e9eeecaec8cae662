"""A store that many machines share: results and answers, one small file each, under the hash of what they belong to.

It does for a cluster what the journal does for one process. A file is there whole or not at all (renamed into place in a
folder, put in an object store), is named by its content's hash, and is written before it is used: whoever does the work
again, on whatever machine, finds what was paid for. Nothing is locked; two who write the same name write the same thing.
"""

from __future__ import annotations

import contextlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.batch.records import Answer, Key, State
from summarizer.engines.llm.complaints import one_line
from summarizer.errors import JournalError, SettingsError
from summarizer.files import write_atomically

VERSION = 1
"""Of the layout."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article's result: its row in the output. `tries` counts those that came to an end without use; `run` made it."""

    state: State
    tries: int
    run: str
    line: bytes


class Store:
    """One store, in a folder that all machines see or at an address that pyarrow knows (`s3://bucket/path`, `gs://...`).

    All methods raise JournalError where it cannot be read or written. They wait for a disk or a network: call them in a
    thread.
    """

    def __init__(self, place: str) -> None:
        from pyarrow import fs  # with ray; slow to import

        self.place = place
        self._files: Any = None
        self._root = place
        if "://" not in place:
            return
        try:
            self._files, self._root = fs.FileSystem.from_uri(place)
        except (OSError, ValueError) as error:
            raise SettingsError(f"the store {place} cannot be opened: {_said(error)}") from None
        if isinstance(self._files, fs.LocalFileSystem):
            self._files = None

    # runs

    def begin_run(self, run: str, described: dict[str, str]) -> None:
        """Note a run and its configuration. Raises SettingsError where nothing can be written here."""
        note = {"store": VERSION, "configuration": described}
        try:
            self._put(f"runs/{run}.json", json.dumps(note, ensure_ascii=False, indent=1).encode())
        except JournalError as error:
            raise SettingsError(str(error)) from None

    def check(self, run: str) -> None:
        """Raise SettingsError where this is not the store that the run was begun in: a folder of this machine alone."""
        if self._get(f"runs/{run}.json") is None:
            raise SettingsError(
                f"the store {self.place} is not the same on every machine: give a folder that all of them see, "
                "or an object store"
            )

    # results

    def result(self, configuration: str, key: Key) -> Kept | None:
        """What became of an article under a configuration; None if it was never finished."""
        data = self._get(name := _name("results", key, configuration))
        if data is None:
            return None
        with self._understanding(name):
            head, _, line = zlib.decompress(data).partition(b"\n")
            kept = json.loads(head)
            return Kept(State(kept["state"]), kept["tries"], kept["run"], line)

    def finish(self, configuration: str, key: Key, kept: Kept) -> None:
        """Keep an article's result; whoever asks from now on gets it."""
        head = json.dumps({"state": kept.state, "tries": kept.tries, "run": kept.run}).encode()
        self._put(_name("results", key, configuration), zlib.compress(head + b"\n" + kept.line))
        self._remove(_name("begun", key, configuration))

    # articles that are begun, to find those that their actors die of

    def begin_article(self, configuration: str, key: Key) -> int:
        """Note that an article without a result is begun, and give back how often it was, this time included."""
        name = _name("begun", key, configuration)
        data = self._get(name)
        with self._understanding(name):
            times = int(data or b"0") + 1
        self._put(name, b"%d" % times)
        return times

    # answers

    def answer(self, request: Key) -> Answer | None:
        """The answer that was given to this request."""
        data = self._get(name := _name("answers", request))
        if data is None:
            return None
        with self._understanding(name):
            status, _, body = zlib.decompress(data).partition(b"\n")
            return Answer(int(status), body)

    def keep(self, request: Key, answer: Answer) -> None:
        """Keep an answer, before it is used."""
        self._put(_name("answers", request), zlib.compress(b"%d\n" % answer.status + answer.body))

    # files

    def _get(self, name: str) -> bytes | None:
        try:
            if self._files is None:
                return Path(self._root, name).read_bytes()
            with self._files.open_input_stream(f"{self._root}/{name}") as stream:
                return bytes(stream.read())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise JournalError(f"the store {self.place} cannot be read: {_said(error)}") from None

    @contextlib.contextmanager
    def _understanding(self, name: str) -> Iterator[None]:
        """What is written here is whole, but a disk or a hand may have changed it since."""
        try:
            yield
        except (zlib.error, ValueError, KeyError, TypeError):
            raise JournalError(
                f"the store {self.place} is damaged: remove {name}, and what was in it is made again"
            ) from None

    def _put(self, name: str, data: bytes) -> None:
        try:
            if self._files is None:
                path = Path(self._root, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, data)
                return
            with self._files.open_output_stream(f"{self._root}/{name}") as stream:
                stream.write(data)
        except OSError as error:
            raise JournalError(f"the store {self.place} cannot be written: {_said(error)}") from None

    def _remove(self, name: str) -> None:
        """Only tidying: what stays does no harm."""
        with contextlib.suppress(OSError):
            if self._files is None:
                Path(self._root, name).unlink(missing_ok=True)
            else:
                self._files.delete_file(f"{self._root}/{name}")


def _name(kind: str, key: Key, below: str = "") -> str:
    """65,536 folders, so that none holds too many files at a billion."""
    name = key.hex()
    return "/".join(part for part in (kind, below, name[:2], name[2:4], name[4:]) if part)


def _said(error: Any) -> str:
    return one_line(getattr(error, "strerror", None) or error, 200)
