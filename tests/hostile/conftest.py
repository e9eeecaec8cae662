"""The figures of these suites: cases tried, caught, lost, printed below the results of any run that holds one of them.

A test counts as one case, caught if it passes and lost if it fails. One that tries many says so:
`record_property("cases", n)`. Suites are the test files: `test_faults.py` is the suite `faults`.
"""

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
from tests.hostile.running import CommandLine, comparable, open_files
from tests.loopback import Loopback
from tests.samples import ARTICLE

_FOLDER = Path(__file__).parent


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a suite."""
    suites: dict[str, dict[str, int]] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            file = Path(report.nodeid.split("::")[0])
            if file.parent.name != _FOLDER.name:
                continue
            counted = suites.setdefault(
                file.stem.removeprefix("test_"), dict.fromkeys(("caught", "lost", "skipped"), 0)
            )
            cases = int(dict(getattr(report, "user_properties", ())).get("cases", 1))
            counted[{"passed": "caught", "skipped": "skipped"}.get(outcome, "lost")] += cases
    if not suites:
        return
    terminalreporter.section("hostile world: cases tried, caught, lost")
    for suite, counted in sorted(suites.items()):
        tried = counted["caught"] + counted["lost"]
        skipped = f", {counted['skipped']} skipped" if counted["skipped"] else ""
        terminalreporter.write_line(
            f"{suite}: {tried} tried, {counted['caught']} caught, {counted['lost']} lost{skipped}"
        )


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
    assert open_files() <= files
    assert set(threading.enumerate()) <= threads
