"""`summarizer batch` at its front door: a real process's work against a real HTTP server."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from summarizer import Summary, read_summaries
from summarizer.batch.readers import FEW
from summarizer.cli import main
from tests.batch.articles import rows_of, titles_of, write_articles, wrong_draft
from tests.loopback import Loopback, Step, completion, drop, raw, slow, sometimes, status
from tests.samples import draft

KEY = "sk-secret-1234567890"


def batch(server: Loopback, *arguments: str, model: str = "openai/gpt-4o-mini") -> int:
    return main(["batch", "--workers", "0", "--model", model, "--base-url", server.url, *arguments])


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def by_title(answers: dict[str, Step], otherwise: Step) -> Step:
    """A step for the articles whose prompt holds a word, another for the others."""

    def step(handler: Any, body: dict[str, Any]) -> None:
        prompt = body["messages"][1]["content"]
        return next((one for word, one in answers.items() if word in prompt), otherwise)(handler, body)

    return step


def test_every_article_is_one_row_that_is_a_summary(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 20)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
    rows = rows_of(tmp_path / "out.jsonl")
    assert sorted(titles_of(tmp_path / "out.jsonl")) == sorted(f"Shelling in Marawi, report {n}" for n in range(20))
    assert {Summary.model_validate(row).verification.published for row in rows} == {7}
    assert {row["article"]["label"] for row in rows} == {f"in.jsonl, line {n}" for n in range(1, 21)}
    assert len(server.received) == 20


def test_the_same_command_again_makes_no_call_and_leaves_the_output_as_it_is(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 5)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        before = (tmp_path / "out.jsonl").read_bytes()
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 5
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_new_articles_are_added_and_old_ones_stay(tmp_path: Path) -> None:
    write_articles(tmp_path / "a.jsonl", 3)
    write_articles(tmp_path / "b.jsonl", 3, first=2)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "a.jsonl", "-o", "out.jsonl") == 0
        assert batch(server, "a.jsonl", "b.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 5
    assert len(set(titles_of(tmp_path / "out.jsonl"))) == len(titles_of(tmp_path / "out.jsonl")) == 5


def test_a_failure_is_a_row_with_its_reason_and_can_be_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 6)
    refusing = by_title({"report number 3 ": completion(None, refusal="I may not")}, completion(draft()))
    with Loopback(refusing, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 3
        (failed,) = [row for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
        assert failed["error"] == {"kind": "EngineRefused", "message": "openai/gpt-4o-mini declined: I may not"}
        assert failed["article"]["title"] == "Shelling in Marawi, report 3"
        assert len(read_summaries(tmp_path / "out.jsonl")) == 5  # what other commands read of it
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 3  # still failed, and not tried again
        assert len(server.received) == 6
    assert "1 EngineRefused" in capsys.readouterr().err
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--retry-failed") == 0
        assert len(server.received) == 1
    assert not [row for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
    assert len(set(titles_of(tmp_path / "out.jsonl"))) == 6


def test_what_cannot_be_read_is_a_row_too(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Troops shelled Marawi on Monday, killing 14 people.")
    (folder / "b.pdf").write_bytes(b"%PDF-1.4 nothing of the kind")
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "news", "missing.txt", "-o", "out.jsonl", "--no-repair") == 3
    rows = rows_of(tmp_path / "out.jsonl")
    errors = {row["article"]["label"]: row["error"]["kind"] for row in rows if "error" in row}
    assert errors == {"news/b.pdf": "ReadingError", "missing.txt": "ReadingError"}
    assert len(rows) == 3


def test_a_busy_endpoint_that_drops_calls_loses_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 120)
    busy = status(429, "slow down", headers={"Retry-After": "0.01"})
    step = sometimes((1 / 3, busy), (1 / 10, drop()), otherwise=completion(draft()))
    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--concurrency", "32") == 0
        assert len(server.received) > 120
    assert len(set(titles_of(tmp_path / "out.jsonl"))) == len(rows_of(tmp_path / "out.jsonl")) == 120


def test_an_article_that_breaks_the_endpoint_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_ATTEMPTS", "2")
    write_articles(tmp_path / "in.jsonl", 6)
    step = by_title({"report number 2 ": status(500, "boom")}, completion(draft()))
    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--concurrency", "1") == 3
    errors = [row["error"] for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
    assert [error["kind"] for error in errors] == ["EngineUnavailable"]


def test_an_endpoint_that_is_down_stops_the_batch_and_fails_no_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 30)
    with Loopback(*[completion(draft())] * 10, status(503, "down"), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--patience", "1", "--concurrency", "4") == 1
    said = capsys.readouterr().err
    assert "the endpoint looks down (status 503)" in said
    assert "run the same command again" in said
    rows = rows_of(tmp_path / "out.jsonl")
    assert len(rows) == 10
    assert not [row for row in rows if "error" in row]
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 20
    assert len(set(titles_of(tmp_path / "out.jsonl"))) == 30


@pytest.mark.parametrize("code", [401, 404])
def test_a_wrong_key_or_model_stops_at_once_and_fails_no_article(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: int
) -> None:
    write_articles(tmp_path / "in.jsonl", 50)
    with Loopback(status(code, "not you"), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--concurrency", "2") == 2
        assert len(server.received) < 10
    assert rows_of(tmp_path / "out.jsonl") == []
    said = capsys.readouterr().err
    assert str(code) in said
    assert KEY not in said


def test_no_credit_stops_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 50)
    with Loopback(status(429, "no", code="insufficient_quota"), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--concurrency", "2") == 1
        assert len(server.received) <= 2
    assert "no credit left" in capsys.readouterr().err


@pytest.mark.parametrize("malformed", [raw(200, b"<html>"), raw(200, b"{}")])
def test_an_answer_that_is_none_is_asked_again_and_not_kept(tmp_path: Path, malformed: Step) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    with Loopback(malformed, completion(draft())) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 2


@pytest.mark.parametrize(("option", "limit"), [("--max-tokens", 150_000), ("--max-cost", 0.05)])
def test_a_budget_is_never_passed_and_a_higher_one_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, limit: float
) -> None:
    write_articles(tmp_path / "in.jsonl", 40)
    usage = {"prompt_tokens": 9000, "completion_tokens": 6000, "total_tokens": 15000}
    step = slow(0.01, completion(draft(), usage=usage))
    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", option, str(limit)) == 3
        first = len(server.received)
        assert f"{option} {limit:,} is reached" in capsys.readouterr().err
        price = (9000 * 0.15 + 6000 * 0.6) / 1e6
        spent = first * (15000 if option == "--max-tokens" else price)
        assert limit * 0.7 < spent <= limit
        assert len(rows_of(tmp_path / "out.jsonl")) == first
        assert batch(server, "in.jsonl", "-o", "out.jsonl", option, str(limit)) == 3  # over all runs
        assert len(server.received) == first
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 40
    assert len(set(titles_of(tmp_path / "out.jsonl"))) == 40


def test_a_cost_limit_wants_a_known_price(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    with Loopback(completion(draft())) as server:
        assert batch(server, "in.jsonl", "-o", "o.jsonl", "--max-cost", "1", model="vllm/some-model") == 2
        assert not server.received
    assert "the price of vllm/some-model is not known" in capsys.readouterr().err


def test_workers_make_the_same_rows(tmp_path: Path) -> None:
    count = 12
    write_articles(tmp_path / "in.jsonl", count)
    with Loopback(completion(wrong_draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "here.jsonl", "--workers", "0") == 0
        assert batch(server, "in.jsonl", "-o", "there.jsonl", "--workers", "2") == 0
        assert len(server.received) == 4 * count
        assert {request.headers["authorization"] for request in server.received} == {f"Bearer {KEY}"}

    def kept(path: Path) -> list[str]:
        return sorted(json.dumps({**row, "run": None}, sort_keys=True) for row in rows_of(path))

    assert kept(tmp_path / "here.jsonl") == kept(tmp_path / "there.jsonl")


def test_workers_start_by_themselves_where_there_are_many_articles(tmp_path: Path) -> None:
    count = 4 * FEW
    write_articles(tmp_path / "in.jsonl", count)
    with Loopback(slow(0.1, completion(draft())), repeat_last=True) as server:
        arguments = ["--model", "openai/m", "--base-url", server.url, "--concurrency", "4"]
        assert main(["batch", "in.jsonl", "-o", "out.jsonl", *arguments]) == 0
        assert len(server.received) == count
    assert len(set(titles_of(tmp_path / "out.jsonl"))) == count


def test_workers_fail_as_this_process_does(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 4)
    step = by_title({"report number 2 ": completion(None, refusal="I may not")}, completion(draft()))
    with Loopback(step, repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--workers", "1") == 3
    assert [row["error"]["kind"] for row in rows_of(tmp_path / "out.jsonl") if "error" in row] == ["EngineRefused"]


def test_another_configuration_starts_anew_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        capsys.readouterr()
        arguments = ("in.jsonl", "-o", "other.jsonl", "--journal", "out.jsonl.journal", "--language", "de")
        assert batch(server, *arguments) == 0
        assert "results of another configuration (openai/gpt-4o-mini)" in capsys.readouterr().err
        assert len(server.received) == 6
    assert {row["language"] for row in rows_of(tmp_path / "other.jsonl")} == {"de"}


def test_an_output_of_somebody_else_is_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    (tmp_path / "out.jsonl").write_text("mine\n")
    with Loopback(completion(draft())) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 2
    assert "out.jsonl: it exists" in capsys.readouterr().err
    assert (tmp_path / "out.jsonl").read_text() == "mine\n"


@pytest.mark.parametrize("damage", ["removed", "cut", "torn", "garbled"])
def test_an_output_that_was_damaged_is_made_whole_from_the_journal(tmp_path: Path, damage: str) -> None:
    write_articles(tmp_path / "in.jsonl", 6)
    output = tmp_path / "out.jsonl"
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        whole = output.read_bytes()
        lines = whole.splitlines(keepends=True)
        damaged = {
            "cut": b"".join(lines[:4]),
            "torn": b"".join(lines[:4]) + lines[4][:100],
            "garbled": b"".join([*lines[:5], b"\0" * len(lines[5])]),
        }
        output.unlink() if damage == "removed" else output.write_bytes(damaged[damage])
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
        assert len(server.received) == 6
    assert output.read_bytes() == whole


def test_a_dry_run_counts_and_estimates_and_calls_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 10)
    with Loopback(completion(draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "--dry-run") == 0
        assert not server.received
        said = capsys.readouterr().out
        assert "10 articles to summarise" in said
        assert "$" in said
        write_articles(tmp_path / "some.jsonl", 4)
        assert batch(server, "some.jsonl", "-o", "out.jsonl") == 0
        capsys.readouterr()
        assert batch(server, "in.jsonl", "-o", "out.jsonl", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "6 articles to summarise" in said
    assert "4 more are in the journal already" in said
    assert "about 600 tokens in, 300 out (as the 4 done so far took)" in said


def test_progress_as_json_ends_with_the_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    usage = {
        "prompt_tokens": 100,
        "completion_tokens": 50,
        "total_tokens": 150,
        "prompt_tokens_details": {"cached_tokens": 80},
    }
    with Loopback(completion(draft(), usage=usage), repeat_last=True) as server:
        arguments = ("in.jsonl", "-o", "out.jsonl", "--log-format", "json", "--requests-per-minute", "6000")
        assert batch(server, *arguments) == 0
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert events[-1]["event"] == "end"
    assert (events[-1]["done"], events[-1]["requests"], events[-1]["input_tokens"]) == (3, 3, 300)
    assert events[-1]["cached_share"] == 0.8
    assert events[-1]["limits"] == {"requests": {"limit": 6000.0, "seconds": 60.0}}


def test_the_journal_holds_no_key_and_forgets_the_answers_of_finished_articles(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 5)
    with Loopback(completion(wrong_draft()), repeat_last=True) as server:
        assert batch(server, "in.jsonl", "-o", "out.jsonl") == 0
    journal = tmp_path / "out.jsonl.journal"
    assert KEY.encode() not in journal.read_bytes()
    database = sqlite3.connect(journal)
    assert database.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    assert database.execute("SELECT answers, input FROM spent").fetchone() == (10, 1000)
    database.close()


def test_replayed_answers_need_no_network_and_no_key(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    article = str(root / "examples" / "ukraine-talks.fr.txt")
    arguments = ["batch", article, "-o", "out.jsonl", "--replay", str(root / "examples" / "recordings")]
    assert main([*arguments, "--model", "anthropic/claude"]) == 0
    (row,) = rows_of(tmp_path / "out.jsonl")
    assert row["run"]["replayed"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["in.jsonl"], "-o FILE"),
        (["in.jsonl", "-o", "no/such/out.jsonl"], "folder does not exist"),
        (["in.jsonl", "-o", "o.jsonl", "--concurrency", "0"], "--concurrency"),
        (["in.jsonl", "-o", "o.jsonl", "--journal", "in.jsonl"], "in.jsonl is damaged, or no journal"),
    ],
)
def test_bad_usage_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    before = (tmp_path / "in.jsonl").read_bytes()
    assert main(["batch", "--model", "openai/gpt-4o-mini", *arguments]) in (1, 2)
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert (tmp_path / "in.jsonl").read_bytes() == before
