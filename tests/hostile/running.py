"""One run of the command line against a server that does wrong, and what must hold after it."""

from __future__ import annotations

import gc
import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import cli
from tests.hostile.faults import Outcome
from tests.samples import ARTICLE

KEY = "sk-hostile-0123456789abcdef"
TRIES = 3
_ERRORS = {
    Outcome.UNAVAILABLE: summarizer.EngineUnavailable,
    Outcome.MISCONFIGURED: summarizer.EngineMisconfigured,
    Outcome.SETTINGS: summarizer.SettingsError,
    Outcome.REFUSED: summarizer.EngineRefused,
    Outcome.BUDGET: summarizer.BudgetExceeded,
    Outcome.MALFORMED: summarizer.MalformedDraft,
}


@dataclass
class CommandLine:
    """The command line as a person runs it, in this process; `environment` is what is set beside the arguments."""

    monkeypatch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]
    folder: Path
    right: dict[str, Any]

    def run(self, url: str, expected: Outcome, words: str = "", *, timeout: float = 10, **environment: str) -> str:
        """Summarise the sample from the server at `url`, and see that what comes out is `expected`; gives stderr."""
        article, output = self.folder / "article.txt", self.folder / "out.json"
        article.write_text(ARTICLE, encoding="utf-8")
        for name, value in {"SUMMARIZER_API_KEY": KEY, "SUMMARIZER_ATTEMPTS": str(TRIES), **environment}.items():
            self.monkeypatch.setenv(name, value)
        options = ["--model", "m", "--base-url", url, "--timeout", str(timeout), "--deadline", "60"]
        code = cli.main([str(article), "-o", str(output), *options])
        shown = self.capture.readouterr()
        assert shown.out == ""
        assert KEY not in shown.err
        if expected is Outcome.SUMMARY:
            assert (code, shown.err) == (0, "")
            self._check(output.read_text(encoding="utf-8"))
            return shown.err
        assert code == _ERRORS[expected].exit_code, shown.err
        assert shown.err.startswith("summarizer: ")
        assert shown.err.count("\n") == 1
        assert shown.err.strip().isprintable()
        assert len(shown.err) < 600
        assert words in shown.err
        assert not output.exists(), "nothing is published"
        return shown.err

    def _check(self, saved: str) -> None:
        assert KEY not in saved
        assert "\x1b" not in saved
        assert comparable(json.loads(saved)) == self.right


def comparable(summary: dict[str, Any]) -> dict[str, Any]:
    """A summary less the account of the run."""
    return {name: part for name, part in summary.items() if name != "run"}


def open_files() -> set[str]:
    """The file descriptors of this process, after what nobody holds any more is gone."""
    gc.collect()
    return {entry.name for entry in Path("/proc/self/fd").iterdir()}


def left_over(files: set[str], threads: set[threading.Thread] | None = None) -> set[object]:
    """What is open or runs and did not before. The test's own server lets go of its connections a little after it has
    ended; what leaks stays."""
    left: set[object] = set()
    for _ in range(100):
        left = {*(open_files() - files), *(set(threading.enumerate()) - threads if threads is not None else ())}
        if not left:
            break
        time.sleep(0.05)
    return left
