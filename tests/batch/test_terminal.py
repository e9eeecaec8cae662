"""A batch on a terminal that is closed, or whose user will not wait."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.batch.articles import rows_of, write_articles
from tests.conftest import ROOT
from tests.loopback import Loopback, completion, slow
from tests.samples import draft

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")


class Terminal:
    """A command on a pseudo-terminal of its own."""

    def __init__(self, folder: Path, server: Loopback) -> None:
        self.master, slave = pty.openpty()
        model = ["--model", "openai/gpt-4o-mini", "--base-url", server.url, "--workers", "0", "--concurrency", "2"]
        inherited = {
            name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"
        }  # what is held back counts
        self.process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", "batch", "in.jsonl", "-o", "out.jsonl", *model],
            cwd=folder,
            env={**inherited, "OPENAI_API_KEY": "sk-secret-1234567890", "PYTHONPATH": str(ROOT), "TERM": "xterm"},
            stderr=slave,
        )
        os.close(slave)
        self.shown = bytearray()
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        try:
            while not self._closing.is_set():
                if select.select([self.master], [], [], 0.05)[0]:
                    self.shown += os.read(self.master, 65536)
        except OSError:
            return  # the other end is closed

    def close(self) -> None:
        self._closing.set()
        self._reader.join()
        os.close(self.master)

    def ended(self) -> int:
        code = self.process.wait(60)
        time.sleep(0.1)
        return code


def until(server: Loopback, count: int) -> None:
    for _ in range(3000):
        if len(server.received) >= count:
            return
        time.sleep(0.01)
    pytest.fail("no calls")


@pytest.fixture
def _articles(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 40)


@pytest.mark.usefixtures("_articles")
def test_whoever_does_not_wait_gets_the_cursor_back_and_the_counts(tmp_path: Path) -> None:
    with Loopback(completion(draft()), slow(30, completion(draft())), repeat_last=True) as server:
        terminal = Terminal(tmp_path, server)
        until(server, 2)
        time.sleep(1)  # the display is drawn by now
        terminal.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.ended() == 130
        terminal.close()
    assert terminal.shown.rfind(b"\x1b[?25h") > terminal.shown.rfind(b"\x1b[?25l") >= 0
    assert b"1 done, 0 failed" in terminal.shown
    assert b"stopped at once" in terminal.shown


@pytest.mark.usefixtures("_articles")
def test_a_closed_terminal_ends_the_batch_in_order(tmp_path: Path) -> None:
    with Loopback(slow(0.2, completion(draft())), repeat_last=True) as server:
        terminal = Terminal(tmp_path, server)
        until(server, 2)
        terminal.close()
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.ended() == 130
        assert len(rows_of(tmp_path / "out.jsonl")) == len(server.received) < 40
