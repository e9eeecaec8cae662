"""`summarizer batch --via openai-batch` against a provider with files and batches, at its front door."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Article, summarize_many
from summarizer.batch import progress, requestfiles
from summarizer.batch.exchanges import Totals
from summarizer.batch.progress import Moment
from summarizer.batch.results import read_result
from summarizer.batch.runner import Tally
from summarizer.cli import main
from tests.batch.articles import rows_of, text, titles_of, write_articles, wrong_draft
from tests.batch.provider import Batch, Dropped, Provider, answer, rejection
from tests.samples import draft

KEY = "sk-secret-1234567890"
FILES = ("in.jsonl", "-o", "out.jsonl")
VIA = ("--via", "openai-batch", "--poll", "0.02")


def batch(provider: Provider, *arguments: str, model: str = "openai/gpt-4o-mini") -> int:
    return main(["batch", "--model", model, "--base-url", provider.url, *arguments])


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def is_repair(body: dict[str, Any]) -> bool:
    return "correct" in json.dumps(body["messages"][1]).lower() and len(body["messages"]) == 2


def all_of(count: int) -> list[str]:
    return sorted(f"Shelling in Marawi, report {number}" for number in range(count))


def without_run(path: Path) -> list[str]:
    return sorted(json.dumps({**row, "run": None}, sort_keys=True) for row in rows_of(path))


def test_every_article_is_a_row_and_its_cost_is_half(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 8)
    with Provider() as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert "batch_1: 8 requests submitted" in capsys.readouterr().err
        assert len(provider.uploads) == len(provider.batches) == 1
        assert not provider.live
        assert batch(provider, "in.jsonl", "-o", "live.jsonl") == 0
    assert without_run(tmp_path / "out.jsonl") == without_run(tmp_path / "live.jsonl")
    costs = [{row["run"]["cost"] for row in rows_of(tmp_path / name)} for name in ("out.jsonl", "live.jsonl")]
    (half,), (whole,) = costs
    assert half == pytest.approx(whole / 2)
    runs = [
        {json.dumps({**r["run"], "cost": 0, "seconds": 0}) for r in rows_of(tmp_path / n)}
        for n in ("out.jsonl", "live.jsonl")
    ]
    assert runs[0] == runs[1]
    assert not (tmp_path / "out.jsonl.journal.requests").exists()


def capricious(body: dict[str, Any]) -> Any:
    """Malformed, cut off, wrong in a figure, or right: by the article and by how often it was asked."""
    prompt = json.dumps(body["messages"])
    if "report number 1 " in prompt and len(body["messages"]) == 2:
        return answer(body, "no JSON at all")
    if "report number 2 " in prompt and body.get("max_completion_tokens") == 8192:
        return answer(body, '{"parties": [', finish="length")
    if "report number 3 " in prompt:
        return answer(body, wrong_draft())
    return answer(body, draft())


def test_requests_are_byte_for_byte_those_of_the_live_engine(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 6)
    with Provider(capricious) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert batch(provider, "in.jsonl", "-o", "live.jsonl") == 0
        lines = [line for file in provider.uploads for line in file.data.splitlines()]
        assert sorted(line.split(b'"body":', 1)[1][:-1] for line in lines) == sorted(provider.live)
        assert len(lines) == 9
        # Draft, then what is asked next of three articles: a re-ask, more room, a repair.
        assert [len(one.requests) for one in provider.batches.values()] == [6, 3]
    assert without_run(tmp_path / "out.jsonl") == without_run(tmp_path / "live.jsonl")
    repaired = next(row for row in rows_of(tmp_path / "out.jsonl") if row["article"]["title"].endswith("report 3"))
    assert repaired["run"]["calls"] == 2


def test_a_long_article_is_asked_in_all_its_parts_at_once(tmp_path: Path) -> None:
    long = "\n\n".join(f"{text(number)} It rained on day {number}." for number in range(150))
    (tmp_path / "long.txt").write_text(f"Title: Long\nDate: 2017-05-30\n\n{long}")
    with Provider() as provider:
        assert batch(provider, "long.txt", "-o", "out.jsonl", "--no-repair", "--context-tokens", "14000", *VIA) == 0
        (only,) = provider.batches.values()
        assert len(only.requests) > 4
    (row,) = rows_of(tmp_path / "out.jsonl")
    assert row["run"]["calls"] == len(only.requests)


@pytest.mark.parametrize("silent", [False, True])
def test_what_an_expired_batch_leaves_is_submitted_once_more(tmp_path: Path, silent: bool) -> None:
    def half(one: Batch) -> None:
        if one.number == 1:
            one.ends, one.silent = "expired", silent
            one.lost = frozenset(request["custom_id"] for request in one.requests[:5])

    write_articles(tmp_path / "in.jsonl", 12)
    with Provider(behaving=half) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert [len(one.requests) for one in provider.batches.values()] == [12, 5]
        assert set(provider.paid.values()) == {1}
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(12)


def test_a_request_that_two_batches_lose_fails_its_article_and_can_be_tried_again(tmp_path: Path) -> None:
    def lose(one: Batch) -> None:
        one.lost = frozenset(r["custom_id"] for r in one.requests if "report number 2 " in json.dumps(r["body"]))

    write_articles(tmp_path / "in.jsonl", 4)
    with Provider(behaving=lose) as provider:
        assert batch(provider, *FILES, *VIA) == 3
        assert len(provider.batches) == 2
        (failed,) = [row for row in rows_of(tmp_path / "out.jsonl") if "error" in row]
        assert failed["error"]["kind"] == "EngineUnavailable"
        assert "two provider batches gave no answer to this request (batch_expired" in failed["error"]["message"]
        provider.behaving = lambda _: None
        assert batch(provider, *FILES, *VIA, "--retry-failed") == 0
        assert [len(one.requests) for one in provider.batches.values()] == [4, 1, 1]
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(4)


@pytest.mark.parametrize("broken", [(500, {"error": {"message": "boom"}}), (429, {}), {"choices": []}, "text"])
def test_a_request_that_failed_in_its_batch_is_submitted_again(tmp_path: Path, broken: Any) -> None:
    asked: list[str] = []

    def answering(body: dict[str, Any]) -> Any:
        asked.append(prompt := json.dumps(body["messages"]))
        return broken if "report number 1 " in prompt and asked.count(prompt) == 1 else answer(body)

    write_articles(tmp_path / "in.jsonl", 3)
    with Provider(answering) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert [len(one.requests) for one in provider.batches.values()] == [3, 1]
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(3)


def test_a_parameter_that_is_rejected_is_left_out_in_the_next_batch(tmp_path: Path) -> None:
    def answering(body: dict[str, Any]) -> Any:
        if "temperature" in body:
            return rejection(400, "Unsupported value: 'temperature'", param="temperature")
        return answer(body)

    write_articles(tmp_path / "in.jsonl", 3)
    with Provider(answering) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert [len(one.requests) for one in provider.batches.values()] == [3, 3]
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(3)


def test_requests_that_are_all_rejected_stop_the_batch_and_are_asked_again_when_that_is_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 8)
    with Provider(lambda body: rejection(404, "no access to this model")) as provider:
        assert batch(provider, *FILES, *VIA) == 2
        assert "no access to this model" in capsys.readouterr().err
        assert rows_of(tmp_path / "out.jsonl") == []
        provider.answering = answer
        assert batch(provider, *FILES, *VIA) == 0
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(8)


def test_files_stay_within_the_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (requestfiles.MOST_REQUESTS, requestfiles.MOST_BYTES) == (50_000, 200_000_000)
    write_articles(tmp_path / "in.jsonl", 10)
    monkeypatch.setattr(requestfiles, "MOST_REQUESTS", 3)
    with Provider() as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert sorted(len(one.requests) for one in provider.batches.values()) == [1, 3, 3, 3]
        size = len(provider.uploads[0].data) // 2
    monkeypatch.setattr(requestfiles, "MOST_BYTES", size)
    with Provider() as provider:
        assert batch(provider, "in.jsonl", "-o", "other.jsonl", *VIA) == 0
        assert max(len(file.data) for file in provider.uploads) <= size
        assert len(provider.uploads) > 4
    assert without_run(tmp_path / "out.jsonl") == without_run(tmp_path / "other.jsonl")


def failing(one: Batch, code: str, message: str) -> None:
    one.ends, one.errors = "failed", [{"code": code, "message": message, "line": None, "param": None}]


def test_a_batch_that_waits_for_queued_tokens_is_created_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_at_a_time(one: Batch) -> None:
        one.polls = 1
        if any(other.status != "failed" and other.polls > 0 for other in provider.batches.values()):
            failing(one, "token_limit_exceeded", "Enqueued token limit reached")

    write_articles(tmp_path / "in.jsonl", 9)
    monkeypatch.setattr(requestfiles, "MOST_REQUESTS", 3)
    with Provider(behaving=one_at_a_time) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert len(provider.uploads) == 3
        assert len(provider.batches) > 3
        assert set(provider.paid.values()) == {1}
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(9)


def test_a_file_that_is_larger_than_the_queue_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.batch.desk._SMALL", 4)

    def at_most_five(one: Batch) -> None:
        if len(one.requests) > 5:
            failing(one, "token_limit_exceeded", "Enqueued token limit reached. Limit: 2,000,000 enqueued tokens.")

    write_articles(tmp_path / "in.jsonl", 12)
    with Provider(behaving=at_most_five) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert set(provider.paid.values()) == {1}
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(12)


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [("model_not_found", 2, "was not accepted: no such model"), ("billing_hard_limit_reached", 1, "no credit left")],
)
def test_a_batch_that_is_not_accepted_stops_and_the_same_command_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str, exit_code: int, said: str
) -> None:
    write_articles(tmp_path / "in.jsonl", 3)
    with Provider(behaving=lambda one: failing(one, code, "no such model")) as provider:
        assert batch(provider, *FILES, *VIA) == exit_code
        assert said in capsys.readouterr().err
        assert rows_of(tmp_path / "out.jsonl") == []
        provider.behaving = lambda _: None
        assert batch(provider, *FILES, *VIA) == 0
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(3)


def test_a_batch_that_somebody_cancels_keeps_its_answers_and_stops(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def cancelled(one: Batch) -> None:
        one.ends, one.lost = "cancelled", frozenset(request["custom_id"] for request in one.requests[:2])

    write_articles(tmp_path / "in.jsonl", 5)
    with Provider(behaving=cancelled) as provider:
        assert batch(provider, *FILES, *VIA) == 1
        assert "batch_1 was cancelled" in capsys.readouterr().err
        provider.behaving = lambda _: None
        assert batch(provider, *FILES, *VIA) == 0
        assert [len(one.requests) for one in provider.batches.values()] == [5, 2]
        assert set(provider.paid.values()) == {1}
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(5)


@pytest.mark.parametrize("point", ["upload", "uploaded", "create", "created", "list", "poll", "read", "half read"])
def test_a_dropped_connection_costs_no_second_upload_or_batch(tmp_path: Path, point: str) -> None:
    dropped: list[str] = []

    def hook(at: str) -> None:
        if (at == point or (point == "list" and at == "uploaded")) and at not in dropped:
            dropped.append(at)
            raise Dropped

    write_articles(tmp_path / "in.jsonl", 5)
    with Provider(hook=hook) as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert point in dropped
        assert len(provider.uploads) == len(provider.batches) == 1
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(5)


def test_a_provider_that_is_down_stops_the_batch_and_the_same_command_collects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def down(at: str) -> None:
        if at == "poll":
            raise Dropped

    write_articles(tmp_path / "in.jsonl", 3)
    with Provider(hook=down) as provider:
        assert batch(provider, *FILES, *VIA, "--patience", "1") == 1
        assert "what is submitted goes on at the provider" in capsys.readouterr().err
        assert batch(provider, "in.jsonl", "-o", "out.jsonl") == 2  # live: it would be paid twice
        assert "go on with --via openai-batch" in capsys.readouterr().err
        provider.hook = lambda _: None
        assert batch(provider, *FILES, *VIA) == 0
        assert len(provider.batches) == 1
        assert batch(provider, "in.jsonl", "-o", "out.jsonl") == 0
        assert not provider.live
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(3)


def test_a_batch_that_is_gone_is_submitted_again_when_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_articles(tmp_path / "in.jsonl", 3)

    def forgetful(at: str) -> None:
        if at == "poll" and len(provider.batches) == 1:
            provider.batches["batch_gone"] = provider.batches.pop("batch_1", provider.batches.get("batch_gone"))  # type: ignore[arg-type]

    with Provider(hook=forgetful) as provider:
        assert batch(provider, *FILES, *VIA) == 2
        assert "--retry-failed submits its requests again" in capsys.readouterr().err
        assert batch(provider, *FILES, *VIA, "--retry-failed") == 0
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(3)


@pytest.mark.parametrize(("option", "limit"), [("--max-tokens", 150_000), ("--max-cost", 0.03)])
def test_a_budget_is_never_passed_and_a_higher_one_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, limit: float
) -> None:
    usage = {"prompt_tokens": 9000, "completion_tokens": 6000, "total_tokens": 15000}
    write_articles(tmp_path / "in.jsonl", 20)
    with Provider(lambda body: answer(body, usage=usage)) as provider:
        assert batch(provider, *FILES, *VIA, option, str(limit)) == 3
        said = capsys.readouterr().err
        assert f"{option} {limit:,} is reached" in said, rows_of(tmp_path / "out.jsonl")[-1]
        first = sum(provider.paid.values())
        price = (9000 * 0.15 + 6000 * 0.6) / 1e6 / 2
        assert limit * 0.6 < first * (15000 if option == "--max-tokens" else price) <= limit
        assert len(rows_of(tmp_path / "out.jsonl")) == first
        assert batch(provider, *FILES, *VIA) == 0
        assert set(provider.paid.values()) == {1}
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(20)


def test_articles_that_ask_the_same_share_one_request(tmp_path: Path) -> None:
    articles = [Article(text=text(1), author=name, language="en", published=None) for name in ("A", "B", "C")]
    with Provider(lambda body: answer(body, wrong_draft())) as provider:
        found = list(
            summarize_many(
                articles,
                model="openai/gpt-4o-mini",
                base_url=provider.url,
                journal=tmp_path / "j",
                via="openai-batch",
                poll=0.02,
            )
        )
        assert [len(one.requests) for one in provider.batches.values()] == [1, 1]
    assert sorted((one.summary and one.summary.article.author) or "" for one in found) == ["A", "B", "C"]


def test_workers_collect_too(tmp_path: Path) -> None:
    write_articles(tmp_path / "in.jsonl", 8)
    with Provider(capricious) as provider:
        assert batch(provider, *FILES, *VIA, "--workers", "1") == 0
        assert [len(one.requests) for one in provider.batches.values()] == [8, 3]
    assert sorted(titles_of(tmp_path / "out.jsonl")) == all_of(8)


def test_the_key_is_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_articles(tmp_path / "in.jsonl", 2)
    with Provider() as provider:
        assert batch(provider, *FILES, *VIA) == 0
        assert KEY not in capsys.readouterr().err
        assert not [file for file in provider.files.values() if KEY.encode() in file.data]
    assert KEY.encode() not in (tmp_path / "out.jsonl.journal").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--model", "keyword"), "--via openai-batch needs a model"),
        (("--model", "openai/gpt-4o-mini", "--cache", "c"), "--via openai-batch and --cache exclude each other"),
        (("--model", "openai/gpt-4o-mini", "--poll", "0"), "--poll 0.0 is not valid"),
    ],
)
def test_what_does_not_go_together_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    write_articles(tmp_path / "in.jsonl", 1)
    assert main(["batch", *FILES, "--via", "openai-batch", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_progress_says_what_is_under_way_at_the_provider() -> None:
    moment = Moment(Tally(), Totals(), 1.0, 0.0, under_way=40_000, throttled=0, broken=0, total=50_000)
    assert "40,000 calls under way" in progress._line(moment)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=40)
@given(st.binary() | _VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_line_is_a_result_or_none(line: bytes) -> None:
    read_result(line, lambda *_: None)


@settings(max_examples=40)
@given(_VALUES, _VALUES, st.sampled_from([0, 200, 400, 500, 999]) | _VALUES)
def test_any_result_of_ours_has_an_answer_or_a_reason(body: Any, error: Any, status: Any) -> None:
    line = {"custom_id": "00" * 16, "response": {"status_code": status, "body": body}, "error": error}
    result = read_result(json.dumps(line).encode(), lambda *_: None)
    assert result is not None
    assert (result.answer is None) == bool(result.reason)
