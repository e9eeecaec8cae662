"""What the hostile suites start from."""

from __future__ import annotations

import functools
import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer.engines.llm import engine
from summarizer.engines.llm.retrying import RetryPolicy
from tests.hostile.faulty import good
from tests.hostile.running import CommandLine, comparable, left_over, open_files
from tests.loopback import Loopback
from tests.samples import ARTICLE


@pytest.fixture(scope="session")
def right() -> Iterator[dict[str, Any]]:
    """The summary that a good answer gives, less the account of the run."""
    with Loopback(good()) as server:
        summary = summarizer.summarize(ARTICLE, model="m", base_url=server.url)
    # Word lists and gazetteer are a million objects that stay: each case looks for garbage without them.
    gc.collect()
    gc.freeze()
    yield comparable(summary.model_dump(mode="json"))
    gc.unfreeze()


@pytest.fixture
def command_line(
    right: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[CommandLine]:
    """The command line, with waits of hundredths of a second; a run must leave no file, socket or thread behind."""
    monkeypatch.setattr(engine, "RetryPolicy", functools.partial(RetryPolicy, first_wait=0.01))
    files, threads = open_files(), set(threading.enumerate())
    yield CommandLine(monkeypatch, capfd, tmp_path, right)
    assert left_over(files, threads) == set()
