"""Every fault of the table once more, in a batch: the article is summarised rightly, or a row that says why, or waits for the
next run; the same command again makes it right. And some of them for ever: the batch ends, in one line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from summarizer import cli
from tests.hostile.faults import FAULTS, Fault, Outcome
from tests.hostile.faulty import good
from tests.hostile.running import KEY, comparable
from tests.loopback import Loopback
from tests.samples import ARTICLE

FOR_EVER = [fault for fault in FAULTS if fault.always is not Outcome.SUMMARY][::7]


@dataclass
class Batch:
    """`summarizer batch` of one article, in this process."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def run(self, url: str, *more: str, timeout: float = 10) -> tuple[int, str]:
        """The exit code and what was said; whatever happened, it is said in printable lines, and without the key."""
        article = self.folder / "article.txt"
        article.write_text(ARTICLE, encoding="utf-8")
        options = ["--model", "m", "--base-url", url, "--timeout", str(timeout), "--workers", "0", "--patience", "1"]
        code = cli.main(["batch", str(article), "-o", str(self.folder / "out.jsonl"), *options, *more])
        shown = self.capture.readouterr()
        assert shown.out == ""
        assert "Traceback" not in shown.err
        assert all(line.isprintable() for line in shown.err.splitlines())
        for file in self.folder.iterdir():
            assert KEY.encode() not in file.read_bytes(), file
        assert KEY not in shown.err
        return code, shown.err

    def rows(self) -> list[dict[str, Any]]:
        """The output."""
        output = self.folder / "out.jsonl"
        return [json.loads(line) for line in output.read_bytes().splitlines()] if output.exists() else []


@pytest.fixture
def batch(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Batch:
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "3")
    return Batch(tmp_path, capfd)


def unlabelled(row: dict[str, Any]) -> dict[str, Any]:
    """A row as it is without a batch."""
    return {**comparable(row), "article": {**row["article"], "label": None}}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.timeout(60)
def test_a_fault_that_passes_costs_no_article(fault: Fault, batch: Batch, right: dict[str, Any]) -> None:
    with Loopback(fault.step(), good(), repeat_last=True) as server:
        code, said = batch.run(server.url, timeout=max(fault.timeout, 1))
        if fault.once is Outcome.SUMMARY:
            assert code == 0, said
        else:
            assert code in (1, 2, 3), said
            assert [row for row in batch.rows() if "error" not in row] == []
            assert len(batch.rows()) == (1 if code == 3 else 0), said
            assert batch.run(server.url, "--retry-failed")[0] == 0
    assert [unlabelled(row) for row in batch.rows()] == [unlabelled(right)]


@pytest.mark.parametrize("fault", FOR_EVER, ids=lambda fault: fault.name)
@pytest.mark.timeout(60)
def test_a_fault_for_ever_ends_the_batch(fault: Fault, batch: Batch, right: dict[str, Any]) -> None:
    with Loopback(fault.step(), repeat_last=True) as server:
        code, said = batch.run(server.url, timeout=min(fault.timeout, 2))
    assert code in (1, 2, 3), said
    assert [row for row in batch.rows() if "error" not in row] == []
    with Loopback(good(), repeat_last=True) as server:
        assert batch.run(server.url, "--retry-failed")[0] == 0
    assert [unlabelled(row) for row in batch.rows()] == [unlabelled(right)]
