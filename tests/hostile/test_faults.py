"""Every fault of the table, through the command line as a person runs it, over real sockets.

What has to hold for each: the right summary, or one line and its exit code; never a traceback, a hang or a wrong summary;
nothing left open behind it.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import cli
from summarizer.engines.llm import engine
from summarizer.engines.llm.retrying import RetryPolicy
from tests.hostile.faults import FAULTS, Fault, Outcome
from tests.hostile.faulty import good
from tests.loopback import Loopback
from tests.samples import ARTICLE

KEY = "sk-hostile-0123456789abcdef"
TRIES = 3
ERRORS = {
    Outcome.UNAVAILABLE: summarizer.EngineUnavailable,
    Outcome.MISCONFIGURED: summarizer.EngineMisconfigured,
    Outcome.REFUSED: summarizer.EngineRefused,
    Outcome.BUDGET: summarizer.BudgetExceeded,
    Outcome.MALFORMED: summarizer.MalformedDraft,
}


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same policy, with hundredths of a second in place of seconds."""
    monkeypatch.setattr(engine, "RetryPolicy", functools.partial(RetryPolicy, first_wait=0.01))


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The summary that a good answer gives, less the account of the run."""
    with Loopback(good()) as server:
        summary = summarizer.summarize(ARTICLE, model="m", base_url=server.url)
    return _comparable(summary.model_dump(mode="json"))


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    gc.collect()
    before, threads = _open_files(), set(threading.enumerate())
    yield
    gc.collect()
    assert _open_files() <= before
    assert {thread for thread in threading.enumerate() if not thread.daemon} <= threads


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.timeout(60)
def test_once_then_a_good_answer(
    fault: Fault, right: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with Loopback(fault.step(), good(), good()) as server:
        _run(server.url, fault.once, fault.words, right, tmp_path, capfd)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.timeout(60)
def test_for_ever(fault: Fault, right: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Loopback(fault.step(), repeat_last=True) as server:
        _run(server.url, fault.always, fault.words, right, tmp_path, capfd)
    redirected = 21  # a redirect is followed so often within one try
    assert 1 <= len(server.received) <= TRIES * redirected
    if fault.once == fault.always != Outcome.SUMMARY:
        assert len(server.received) == 1, "what trying again cannot mend is asked once"


def _run(
    url: str, expected: Outcome, words: str, right: dict[str, Any], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    article, output = folder / "article.txt", folder / "out.json"
    article.write_text(ARTICLE, encoding="utf-8")
    os.environ.update(SUMMARIZER_API_KEY=KEY, SUMMARIZER_ATTEMPTS=str(TRIES))
    arguments = [article, "--model", "m", "--base-url", url, "-o", output, "--timeout", "0.5", "--deadline", "20"]
    try:
        code = cli.main([str(argument) for argument in arguments])
    finally:
        del os.environ["SUMMARIZER_API_KEY"], os.environ["SUMMARIZER_ATTEMPTS"]
    shown = capfd.readouterr()
    assert shown.out == ""
    assert KEY not in shown.err
    if expected is Outcome.SUMMARY:
        assert (code, shown.err) == (0, "")
        saved = output.read_text(encoding="utf-8")
        assert KEY not in saved
        assert _comparable(json.loads(saved)) == right
        assert "\x1b" not in saved
        return
    assert code == ERRORS[expected].exit_code, shown.err
    assert shown.err.startswith("summarizer: ")
    assert shown.err.count("\n") == 1
    assert shown.err.strip().isprintable()
    assert len(shown.err) < 600
    assert words in shown.err
    assert not output.exists(), "nothing is published"


def _comparable(summary: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in summary.items() if name != "run"}


def _open_files() -> set[str]:
    return set(os.listdir("/proc/self/fd"))
