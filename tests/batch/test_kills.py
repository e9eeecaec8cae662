"""Batches that end in every way: killed at fifty random moments, interrupted, on a full disk. Nothing is lost or asked twice."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol, Self

import pytest

from summarizer.batch.records import Key, key_of
from tests.batch.articles import rows_of, titles_of, write_articles, wrong_draft
from tests.loopback import Loopback, completion, slow
from tests.samples import TEXT, draft

AT_ONCE = 8


class Served(Protocol):
    """A server on loopback."""

    @property
    def url(self) -> str: ...


class Zygote:
    """Starts commands quickly; see zygote.py."""

    def __init__(self, root: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(root), "OPENAI_API_KEY": "sk-secret-1234567890"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.batch.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        assert self._line() == "ready"

    def start(self, server: Served, *arguments: str) -> int:
        """The process id of a new `summarizer batch` in the working folder."""
        model = [
            "--model",
            "openai/gpt-4o-mini",
            "--base-url",
            server.url,
            "--concurrency",
            str(AT_ONCE),
            "--workers",
            "0",
        ]
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([str(Path.cwd()), "batch", *arguments, *model]) + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def status(self) -> int:
        """The exit status of the command that was started last; waits for its end."""
        return int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()


def names(server: Loopback) -> list[Key]:
    """The requests that the server got, as the journal calls them."""
    return [key_of(request.path.removeprefix("/v1"), request.raw) for request in server.received]


def committed(journal: Path) -> set[bytes]:
    """The requests whose answers the journal of a dead process holds. Read from a copy: the journal is not touched."""
    copy = journal.parent / "copy"
    for end in ("", "-wal"):
        if (file := Path(f"{journal}{end}")).is_file():
            shutil.copy(file, f"{copy}{end}")
        else:
            Path(f"{copy}{end}").unlink(missing_ok=True)
    database = sqlite3.connect(copy)
    try:
        return {bytes(row[0]) for row in database.execute("SELECT request FROM answers")}
    except sqlite3.OperationalError:  # killed before there were tables
        return set()
    finally:
        database.close()


@pytest.mark.timeout(600)
def test_fifty_kills_lose_no_article_and_repeat_no_call_that_was_answered(tmp_path: Path, zygote: Zygote) -> None:
    """Two calls an article: killed between them, the first must not be made again. Moments are random, counted in calls
    and a little time, so that a slow machine kills in the midst of work as well."""
    count, draw = 200, random.Random(20260101)
    write_articles(tmp_path / "in.jsonl", count)
    output, arguments = tmp_path / "out.jsonl", ("in.jsonl", "-o", "out.jsonl")
    answered, in_work = set[bytes](), 0
    with Loopback(slow(0.01, completion(wrong_draft())), repeat_last=True) as server:
        for _ in range(50):
            before = len(server.received)
            child = zygote.start(server, *arguments)
            if draw.random() < 0.85:
                calls = before + draw.randrange(1, 13)
                wait_for(partial(_has_called_or_ended, server, calls, child))
            time.sleep(draw.uniform(0, 0.05))
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            assert zygote.status() in (-signal.SIGKILL, 0)
            assert not answered & set(names(server)[before:])
            in_work += len(server.received) > before
            answered |= committed(tmp_path / "out.jsonl.journal")
            done = titles_of_torn(output)
            assert len(set(done)) == len(done)
        before = len(server.received)
        zygote.start(server, *arguments)
        assert zygote.status() == 0
        assert not answered & set(names(server)[before:])
    assert sorted(titles_of(output)) == sorted(f"Shelling in Marawi, report {number}" for number in range(count))
    calls_made = Counter(names(server))
    assert len(calls_made) == 2 * count
    # A call that was under way at a kill had no answer yet; only such ones are made again.
    assert sum(calls_made.values()) - len(calls_made) <= in_work * AT_ONCE
    assert in_work > 30


def _has_called_or_ended(server: Loopback, calls: int, child: int) -> bool:
    return len(server.received) >= calls or not alive(child)


def alive(child: int) -> bool:
    """Whether a process of the zygote still runs; one that has ended and is waited for does not."""
    try:
        state = Path(f"/proc/{child}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"


def titles_of_torn(path: Path) -> list[str]:
    """The titles of the whole rows of an output whose process was killed."""
    data = path.read_bytes() if path.exists() else b""
    return [json.loads(line)["article"]["title"] for line in data[: data.rfind(b"\n") + 1].splitlines()]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with Loopback(slow(0.05, completion(draft())), repeat_last=True) as loopback:
        yield loopback


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_batch_keeps_what_was_under_way_and_goes_on(
    tmp_path: Path, zygote: Zygote, server: Loopback, number: signal.Signals
) -> None:
    write_articles(tmp_path / "in.jsonl", 60)
    child = zygote.start(server, "in.jsonl", "-o", "out.jsonl")
    wait_for(lambda: len(server.received) > 12)
    os.kill(child, number)
    assert zygote.status() == 130
    first = len(server.received)
    assert len(rows_of(tmp_path / "out.jsonl")) == first < 60
    zygote.start(server, "in.jsonl", "-o", "out.jsonl")
    assert zygote.status() == 0
    assert len(server.received) == len(set(titles_of(tmp_path / "out.jsonl"))) == 60


def test_standard_input_that_never_ends_does_not_keep_an_interrupted_batch(tmp_path: Path) -> None:
    arguments = [sys.executable, "-m", "summarizer", "batch", "-", "-o", "out.jsonl", "--model", "keyword"]
    batch = subprocess.Popen(arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: (tmp_path / "out.jsonl").exists() or batch.poll() is not None)
    time.sleep(0.2)  # the handler is set a moment later
    batch.send_signal(signal.SIGINT)
    assert batch.wait() == 130
    _, said = batch.communicate()
    assert "stopped; what is done is kept" in said
    assert "Traceback" not in said
    assert "Fatal" not in said


def test_a_second_batch_on_one_journal_is_told_so(tmp_path: Path, zygote: Zygote, server: Loopback) -> None:
    write_articles(tmp_path / "in.jsonl", 400)
    child = zygote.start(server, "in.jsonl", "-o", "out.jsonl")
    wait_for(lambda: len(server.received) > 4)
    arguments = ["batch", "in.jsonl", "-o", "out.jsonl", "--model", "keyword"]
    second = subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGINT)
    assert zygote.status() in (0, 130)
    assert second.returncode == 1
    assert "out.jsonl.journal is in use by another `summarizer batch`" in second.stderr
    assert second.stderr.count("\n") == 1


@pytest.mark.parametrize("size", [20_000, 150_000, 400_000])
def test_a_full_disk_stops_the_batch_and_it_goes_on_when_there_is_room(
    tmp_path: Path, root: Path, size: int, zygote: Zygote, server: Loopback
) -> None:
    """A limit on the size of files stands for the disk: the journal or the output meets it first, at its beginning or later."""
    write_articles(tmp_path / "in.jsonl", 60)
    limited = (
        "import resource, signal, sys; from summarizer import summarize; from summarizer.cli import main; "
        f"summarize({TEXT!r}, model='keyword'); signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); sys.exit(main(sys.argv[1:]))"
    )
    arguments = ["batch", "in.jsonl", "-o", "out.jsonl", "--model", "openai/gpt-4o-mini", "--base-url", server.url]
    stopped = subprocess.run(
        [sys.executable, "-c", limited, *arguments],
        env={**os.environ, "PYTHONPATH": str(root), "OPENAI_API_KEY": "sk-secret-1234567890"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert stopped.returncode == 1, stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert "out.jsonl" in stopped.stderr
    answered = committed(tmp_path / "out.jsonl.journal")
    before = len(server.received)
    zygote.start(server, "in.jsonl", "-o", "out.jsonl")
    assert zygote.status() == 0
    assert not answered & set(names(server)[before:])
    assert sorted(titles_of(tmp_path / "out.jsonl")) == sorted(f"Shelling in Marawi, report {n}" for n in range(60))


def wait_for(condition: Callable[[], bool]) -> None:
    while not condition():
        time.sleep(0.005)
