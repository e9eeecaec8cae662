"""A batch as somebody uses it who has only read what it promises: odd places, odd ends, odd endpoints."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from summarizer import summarize_many
from summarizer.cli import main
from tests.batch.articles import rows_of, text, write_articles
from tests.batch.test_batch import KEY, batch, by_title
from tests.loopback import Loopback, Step, completion, drop, raw, slow, stall, status
from tests.samples import draft


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


# what failed, and again


def test_when_all_have_failed_they_can_be_tried_again(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 2)
    with Loopback(completion(None, refusal="I may not"), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 3
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--retry-failed") == 0
        assert len(server.received) == 2
    assert len(rows_of(tmp_path / "out.jsonl")) == 2


@pytest.mark.parametrize("broken", [status(500, "boom"), raw(200, b"<html>")], ids=["500", "no completion"])
def test_the_last_article_that_breaks_the_endpoint_is_a_row_and_no_reason_to_wait(
    tmp_path: Path, broken: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.readers._FIRST_WAIT", 0.01)
    write_articles(tmp_path / "in.jsonl", 4)
    with Loopback(by_title({"report number 2 ": broken}, completion(draft())), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--patience", "60") == 3
        assert len(server.received) < 12
    errors = [row["error"]["kind"] for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
    assert errors == ["EngineUnavailable"]


@pytest.mark.parametrize("broken", [status(500, "boom"), status(503, "boom"), drop()], ids=["500", "503", "dropped"])
def test_articles_that_break_the_endpoint_are_told_from_an_endpoint_that_is_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.readers._FIRST_WAIT", 0.01)
    write_articles(tmp_path / "in.jsonl", 40)
    step = by_title({f"report number {number} ": broken for number in range(2, 30, 4)}, completion(draft()))
    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--concurrency", "8", "--patience", "60") == 3
    rows = rows_of(tmp_path / "out.jsonl")
    assert (len(rows), len([row for row in rows if "error" in row])) == (40, 7)
    assert "stopped" not in capsys.readouterr().err


# where the rows go


def test_the_batch_does_not_read_its_own_files(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    with Loopback(completion(draft()), repeat_last=True) as server:
        for _ in range(2):
            assert batch(server, ".", "-o", "out.jsonl") == 0
            assert batch(server, "*.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 3
    assert len(rows_of(tmp_path / "out.jsonl")) == 3


def test_a_file_that_is_no_output_is_not_written_over_although_the_journal_has_results(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 2)
    (tmp_path / "notes.txt").write_text("mine\n")
    model = ["--model", "keyword", "--journal", "j"]
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", *model]) == 0
    assert main(["batch", "in.jsonl", "-o", "notes.txt", *model]) == 2
    assert (tmp_path / "notes.txt").read_text() == "mine\n"
    (tmp_path / "out.jsonl").write_bytes((tmp_path / "out.jsonl").read_bytes()[:9])  # a full disk
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", *model]) == 0
    assert len(rows_of(tmp_path / "out.jsonl")) == 2


@pytest.mark.parametrize("place", ["-", "/dev/null", "pipe"])
def test_an_output_that_cannot_be_gone_on_with_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    os.mkfifo(tmp_path / "pipe")
    assert main(["batch", "--model", "keyword", "in.jsonl", "-o", place, "--journal", "j"]) == 2
    said = capsys.readouterr().err
    assert f"-o {place}" in said
    assert "a file" in said
    assert not (tmp_path / "-").exists()


def test_a_row_is_one_line_however_lines_are_told(tmp_path: Path) -> None:
    body = "Troops shelled Marawi on Monday, killing 14 people.\u2028They\u0085fled\u2029the town. " * 3
    (tmp_path / "in.jsonl").write_text(json.dumps({"title": "a\u2028b", "text": body}) + "\n")
    assert main(["batch", "--model", "keyword", "in.jsonl", "-o", "out.jsonl"]) == 0
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["article"]["label"]


# given twice


def test_an_article_that_is_given_twice_is_one_outcome_and_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    for run in (1, 2):
        with Loopback(completion(draft()), repeat_last=True) as server:
            model: dict[str, Any] = {"model": "openai/gpt-4o-mini", "base_url": server.url, "workers": 0}
            sources = [tmp_path / "in.jsonl"] * 40  # enough of them to come after the first is done
            outcomes = list(summarize_many(sources, journal=tmp_path / "j", **model))
            assert len(outcomes) == 3
            assert len(server.received) == (3 if run == 1 else 0)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, *["in.jsonl"] * 40, "-o", "out.jsonl", "--concurrency", "1") == 0
    said = capsys.readouterr().err
    assert "117 given twice" in said
    assert "known from before" not in said


def test_paths_may_be_strings(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 2)
    arguments: dict[str, Any] = {"journal": str(tmp_path / "j"), "output": str(tmp_path / "out.jsonl")}
    assert len(list(summarize_many(tmp_path / "in.jsonl", model="keyword", **arguments))) == 2
    assert len(rows_of(tmp_path / "out.jsonl")) == 2


# the way to the endpoint


def test_a_host_that_does_not_exist_stops_the_batch_and_fails_no_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 6)
    arguments = ["--model", "openai/gpt-4o-mini", "--base-url", "http://no-such-host.invalid/v1", "--patience", "1"]
    assert main(["batch", "in.jsonl", "-o", "out.jsonl", "--workers", "0", *arguments]) == 1
    assert rows_of(tmp_path / "out.jsonl") == []
    said = capsys.readouterr().err
    assert "host name is not known" in said
    assert "looks down" not in said


def test_an_endpoint_that_answers_no_completion_to_anything_stops_the_batch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 8)
    with Loopback(raw(200, b"<html>", "text/html"), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--patience", "1", "--concurrency", "4") == 1
    assert rows_of(tmp_path / "out.jsonl") == []
    assert "no chat completion" in capsys.readouterr().err


def test_the_deadline_ends_the_tries_of_one_call(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    step = by_title({"report number 1 ": stall(5)}, slow(0.1, completion(draft())))
    with Loopback(step, repeat_last=True) as server:
        limits = ("--timeout", "0.5", "--deadline", "0.8", "--patience", "60")
        assert batch(server, "in.jsonl", "-o", "out.jsonl", *limits) == 3
        tried = [one for one in server.received if "report number 1 " in one.body["messages"][1]["content"]]
        assert len(tried) == 2
    (error,) = [row["error"] for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
    assert error["kind"] == "EngineUnavailable"
    assert "0.8 s" in error["message"] or "1 s" in error["message"]


# the budget


def test_a_budget_holds_over_runs_where_the_endpoint_does_not_say_what_it_took(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 10)

    def step(handler: Any, body: dict[str, Any]) -> None:
        message = {"role": "assistant", "content": json.dumps(draft())}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        handler.reply(200, {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": choices})

    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--max-tokens", "70000") == 3
        first = len(server.received)
        assert 0 < first < 10
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--max-tokens", "70000") == 3
        assert len(server.received) == first


# what is said


def test_every_line_of_a_json_log_is_json_also_where_the_batch_ends_in_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    with Loopback(status(401, "not you"), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--log-format", "json") == 2
    monkeypatch.delenv("OPENAI_API_KEY")
    assert main(["batch", "in.jsonl", "-o", "key.jsonl", "--log-format", "json"]) == 0  # says: no model
    assert main(["batch", "in.jsonl", "-o", "no/out.jsonl", "--log-format", "json", "--model", "keyword"]) == 2
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert {event["event"] for event in events} == {"note", "end", "error"}
    assert "401" in next(event["text"] for event in events if event["event"] == "error")


def test_quiet_is_quiet_in_json_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    arguments = ["in.jsonl", "-o", "out.jsonl", "--model", "keyword", "--log-format", "json", "--quiet"]
    assert main(["batch", *arguments]) == 0
    assert capsys.readouterr().err == ""


# the estimate


def test_a_dry_run_refuses_what_the_batch_would_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    assert main(["batch", "in.jsonl", "--dry-run", "--model", "openai/gpt-4o-mini", "--max-cost", "-1"]) == 2
    assert "--max-cost" in capsys.readouterr().err


def test_a_dry_run_does_not_count_what_would_be_linked_and_leaves_the_journal_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"title": f"wire {number}", "text": text(1)} for number in range(3)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    write_articles(tmp_path / "some.jsonl", 1, first=5)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "some.jsonl", "-o", "out.jsonl") == 0
        before = (tmp_path / "out.jsonl.journal").read_bytes()
        capsys.readouterr()
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--duplicates", "exact", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "1 articles to summarise" in said or "1 article to summarise" in said
    assert "2 more are the same as others" in said
    assert (tmp_path / "out.jsonl.journal").read_bytes() == before


def test_a_dry_run_needs_neither_key_nor_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    write_articles(tmp_path / "in.jsonl", 3)
    for via in ("calls", "openai-batch"):
        assert main(["batch", "in.jsonl", "--dry-run", "--model", "openai/gpt-4o-mini", "--via", via]) == 0
    assert capsys.readouterr().out.count("3 articles to summarise") == 2


@pytest.mark.parametrize("limit", ["--requests-per-minute", "--tokens-per-minute"])
def test_a_limit_that_would_do_nothing_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], limit: str
) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    arguments = ["in.jsonl", "-o", "out.jsonl", "--model", "openai/gpt-4o-mini", "--via", "openai-batch", limit, "5"]
    assert main(["batch", *arguments]) == 2
    assert limit in capsys.readouterr().err


# answers of odd kinds


def test_articles_that_a_filter_rejects_fail_and_the_others_go_on(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 12)
    filtered = status(400, "The response was filtered", code="content_filter", type=None, param="prompt")
    step = by_title({f"report number {number} ": filtered for number in range(2, 9)}, completion(draft()))
    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--concurrency", "1") == 3
    errors = [row["error"] for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
    assert [error["kind"] for error in errors] == ["EngineRefused"] * 7
    assert "--mode" not in errors[0]["message"]


def test_a_conflict_that_asks_for_an_hour_stops_the_batch_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 2)
    with Loopback(status(409, "later", headers={"Retry-After": "3600"}), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--patience", "1") == 1
    assert "409" in capsys.readouterr().err


@pytest.mark.parametrize(
    "page", [raw(200, b"<html>", "text/html"), raw(200, b"[1]"), raw(200, b"{}"), raw(200, b'{"id": ')]
)
def test_a_provider_that_talks_nonsense_stops_the_batch_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], page: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    def received(handler: Any) -> None:
        handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        page(handler, {})

    monkeypatch.setattr("tests.loopback._Handler.do_POST", received)
    monkeypatch.setattr("tests.loopback._Handler.do_GET", received)
    write_articles(tmp_path / "in.jsonl", 2)
    with Loopback() as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--via", "openai-batch", "--patience", "1") == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "uploading" in said
