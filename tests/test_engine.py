"""The LLM engine against a real HTTP server: every way in which a call can go."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

import summarizer
from summarizer import Summary
from summarizer.engines.llm.retrying import retry_after
from tests.loopback import Loopback, Step, completion, drop, half_an_answer, raw, slow, stall, status
from tests.samples import ARTICLE, draft, empty_draft, evidence

KEY = "sk-secret-1234567890"


def run(server: Loopback, **options: Any) -> Summary:
    arguments: dict[str, Any] = {"model": "openai/gpt-4o-mini", "base_url": server.url, "api_key": KEY, **options}
    return summarizer.summarize(ARTICLE, **arguments)


def good() -> Step:
    return completion(draft())


def test_one_call_gives_a_checked_summary() -> None:
    with Loopback(good()) as server:
        summary = run(server)
    assert len(server.received) == 1
    assert summary.verification.published == summary.verification.drafted == 7
    assert summary.humanitarian_figures[0].quantity.value == 14
    assert summary.humanitarian_figures[0].quantity.low == 14
    assert summary.run.calls == 1
    assert summary.run.retries == 0
    assert (summary.run.tokens.input, summary.run.tokens.output) == (100, 50)
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_every_mode_sends_its_kind_of_request_and_reads_its_answer(mode: str) -> None:
    answer = draft()
    step = completion(answer) if mode != "json" else completion("Here it is:\n```json\n" + _json(answer) + "\n```")
    with Loopback(step) as server:
        summary = run(server, mode=mode)
    body = server.bodies[0]
    assert summary.verification.published == 7
    assert ("response_format" in body, "tools" in body) == (mode == "json_schema", mode == "tools")
    if mode == "json_schema":
        assert body["response_format"]["json_schema"]["strict"] is True
    if mode == "tools":
        assert body["tools"][0]["function"]["strict"] is True


def test_json_in_text_is_told_its_schema_once_and_without_descriptions() -> None:
    with Loopback(completion(draft())) as server:
        run(server, mode="json")
    told = server.bodies[0]["messages"][0]["content"]
    assert '"additionalProperties": false' in told
    assert told.count("Only if the day of publication is not given") == 1, "in the guide, not in the schema again"


@pytest.mark.parametrize(
    "malformed",
    [
        "{",
        "I would rather not use JSON.",
        '{"parties": []}',
        None,
        {**empty_draft(), "parties": [{"name": "no such shape"}]},
        {**empty_draft(), "extra": 1},
    ],
)
def test_malformed_then_good(malformed: Any) -> None:
    with Loopback(completion(malformed), good()) as server:
        summary = run(server)
    assert summary.verification.published == 7
    assert (summary.run.calls, summary.run.retries) == (2, 1)
    assert summary.run.tokens.input == 200, "the failed call counts too"
    told = server.bodies[1]["messages"]
    assert len(told) > len(server.bodies[0]["messages"]), "the model is told what was wrong"


def test_malformed_to_the_end_is_an_error_after_the_bounded_number_of_tries() -> None:
    with (
        Loopback(completion("{"), repeat_last=True) as server,
        pytest.raises(summarizer.MalformedDraft, match="3 tries"),
    ):
        run(server, reasks=2)
    assert len(server.received) == 3


def test_truncated_then_good_is_asked_again_with_more_room_and_not_reparsed() -> None:
    with Loopback(completion('{"parties": [', finish="length"), good()) as server:
        summary = run(server, max_output_tokens=1000)
    assert summary.verification.published == 7
    rooms = [body["max_completion_tokens"] for body in server.bodies]
    assert rooms == [1000, 2000]
    assert len(server.bodies[0]["messages"]) == len(server.bodies[1]["messages"]), "the same question, no re-ask"


def test_truncated_for_ever_is_a_budget_error() -> None:
    with Loopback(completion("{", finish="length"), repeat_last=True) as server:
        with pytest.raises(summarizer.BudgetExceeded, match="cut off"):
            run(server, max_output_tokens=30_000)
    assert len(server.received) == 3


def test_an_answer_that_the_servers_own_context_cut_off_is_not_asked_again() -> None:
    full = {"prompt_tokens": 3900, "completion_tokens": 196, "total_tokens": 4096}
    with Loopback(completion("{", finish="length", usage=full), repeat_last=True) as server:
        with pytest.raises(summarizer.BudgetExceeded, match=r"holds no more than 4,096 tokens"):
            run(server, max_output_tokens=1000)
    assert len(server.received) == 1, "more room would be no room"


@pytest.mark.parametrize("how", ["seconds", "date"])
def test_retry_after_is_obeyed(how: str) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=2)
    value = "1" if how == "seconds" else format_datetime(moment, usegmt=True)
    with Loopback(status(429, "slow down", headers={"Retry-After": value}), good()) as server:
        summary = run(server)
    first, second = server.received
    assert summary.run.retries == 1
    assert second.at - first.at >= 0.95 if how == "seconds" else second.at - first.at > 0.5


def test_a_retry_after_beyond_the_deadline_ends_at_once() -> None:
    started = time.monotonic()
    with Loopback(status(429, headers={"Retry-After": "3600"})) as server:
        with pytest.raises(summarizer.EngineUnavailable, match=r"429.*3600 s.*deadline"):
            run(server, deadline=30)
    assert time.monotonic() - started < 5
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "fault",
    [
        status(500),
        status(502),
        status(503, headers={"Retry-After": "0"}),
        status(529),
        status(408),
        drop(),
        half_an_answer(),
        raw(200, b"<html>a proxy says hello</html>", "text/html"),
        raw(200, b'{"choices": []}'),
        raw(200, b'{"error": {"message": "overloaded", "code": 502}}'),
        raw(200, b'{"choices": [{"message": null}]}'),
        raw(200, b"\xff\xfe\xfa"),
        raw(200, b"[1, 2]"),
        raw(200, b""),
    ],
)
def test_a_passing_fault_then_good(fault: Step) -> None:
    with Loopback(fault, good()) as server:
        summary = run(server)
    assert summary.verification.published == 7
    assert (summary.run.calls, summary.run.retries) == (2, 1)


def test_a_time_out_is_tried_again() -> None:
    with Loopback(stall(5), good()) as server:
        summary = run(server, timeout=0.4)
    assert (summary.run.calls, summary.run.retries) == (2, 1)


def test_time_outs_end_at_the_deadline() -> None:
    started = time.monotonic()
    with Loopback(stall(20), repeat_last=True) as server:
        with pytest.raises(summarizer.EngineUnavailable, match="did not answer in time"):
            run(server, timeout=0.5, deadline=2)
    assert time.monotonic() - started < 4


def test_one_deadline_stands_over_slow_answers_too() -> None:
    with Loopback(slow(3, good()), repeat_last=True) as server:
        with pytest.raises(summarizer.EngineUnavailable, match="deadline"):
            run(server, timeout=10, deadline=1)


def test_an_endpoint_that_is_not_there_is_named_in_one_line() -> None:
    with pytest.raises(summarizer.EngineUnavailable, match="could not be reached") as caught:
        summarizer.summarize(ARTICLE, model="m", base_url="http://127.0.0.1:9/v1", attempts=1)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "mend"), [(400, "--mode"), (401, "api_key"), (403, "key"), (404, "--model"), (422, "--mode")]
)
def test_what_retrying_cannot_mend_fails_at_once_and_says_what_to_set(code: int, mend: str) -> None:
    message = f"Incorrect API key provided: {KEY}." if code == 401 else "no\nsuch thing"
    with Loopback(status(code, message), repeat_last=True) as server:
        with pytest.raises(summarizer.EngineMisconfigured, match=mend) as caught:
            run(server)
    assert len(server.received) == 1
    assert str(code) in str(caught.value)
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value, summarizer.SettingsError)
    assert isinstance(caught.value, summarizer.EngineError)


@pytest.mark.parametrize(
    "refusal", [completion(None, refusal="I cannot help with that."), completion("", finish="content_filter")]
)
@pytest.mark.parametrize("mode", ["json_schema", "tools"])
def test_a_refusal_is_an_error_of_its_own(refusal: Step, mode: str) -> None:
    with Loopback(refusal, repeat_last=True) as server, pytest.raises(summarizer.EngineRefused, match="declined"):
        run(server, mode=mode)
    assert len(server.received) == 1


def test_a_context_overflow_is_reported_as_what_it_is() -> None:
    message = "This model's maximum context length is 8192 tokens."
    with Loopback(status(400, message, code="context_length_exceeded")) as server:
        with pytest.raises(summarizer.BudgetExceeded, match="--context-tokens"):
            run(server)


def test_a_rejected_parameter_is_left_out_once_and_remembered() -> None:
    unsupported = status(400, "Unsupported value: 'temperature' does not support 0.", param="temperature")
    with Loopback(unsupported, good(), good()) as server:
        run(server)
        run(server)
    assert ["temperature" in body for body in server.bodies] == [True, False, False]


def test_a_rejected_room_parameter_is_sent_under_its_other_name() -> None:
    with Loopback(status(400, "Unrecognized request argument supplied: max_completion_tokens"), good()) as server:
        run(server, max_output_tokens=500)
    assert server.bodies[1]["max_tokens"] == 500
    assert "max_completion_tokens" not in server.bodies[1]


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("openai/gpt-4o-mini", {"temperature": 0.0, "max_completion_tokens": 8192}),
        ("openai/gpt-5-mini", {"max_completion_tokens": 16384}),
        ("openai/o4-mini", {"max_completion_tokens": 16384}),
        ("openai/gpt-5-chat-latest", {"temperature": 0.0, "max_completion_tokens": 8192}),
        ("vllm/Qwen/Qwen3-8B", {"temperature": 0.0, "max_tokens": 8192}),
        ("ollama/gemma3", {"temperature": 0.0, "max_tokens": 8192}),
    ],
)
def test_parameters_follow_the_kind_of_model(model: str, expected: dict[str, Any]) -> None:
    with Loopback(good()) as server:
        run(server, model=model)
    names = ("temperature", "max_tokens", "max_completion_tokens")
    assert {name: server.bodies[0][name] for name in names if name in server.bodies[0]} == expected


def test_cost_is_counted_over_all_calls_and_cached_tokens_cost_less() -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": 100, "prompt_tokens_details": {"cached_tokens": 800}}
    with Loopback(completion("{", usage=usage), completion(draft(), usage=usage)) as server:
        cached = run(server)
    usage_without = {"prompt_tokens": 1000, "completion_tokens": 100}
    with Loopback(completion("{", usage=usage_without), completion(draft(), usage=usage_without)) as server:
        uncached = run(server)
    assert cached.run.tokens.cached == 1600
    assert uncached.run.tokens.cached is None
    # gpt-4o-mini: 0.15 a million input tokens, 0.60 output
    assert uncached.run.cost == pytest.approx(2 * (1000 * 0.15 + 100 * 0.60) / 1e6)
    assert cached.run.cost is not None
    assert uncached.run.cost is not None
    assert cached.run.cost < uncached.run.cost


@pytest.mark.parametrize("model", ["openai/no-such-model", "ollama/gemma3", "vllm/gpt-4o-mini"])
def test_an_unknown_price_is_null_and_never_zero(model: str) -> None:
    with Loopback(good()) as server:
        assert run(server, model=model).run.cost is None


def test_an_endpoint_that_counts_no_tokens_gives_null_and_not_zero() -> None:
    with Loopback(completion(draft(), usage={"other": 1})) as server:
        summary = run(server)
    assert summary.run.tokens.input is None
    assert summary.run.cost is None


def test_liberties_that_endpoints_take_are_read_all_the_same() -> None:
    parts = {"role": "assistant", "content": [{"type": "text", "text": _json(draft())}]}
    answer = {"choices": [{"message": parts, "finish_reason": "eos_token"}], "usage": None}
    with Loopback(raw(200, _json(answer).encode())) as server:
        assert run(server).verification.published == 7


def test_failing_items_go_to_one_repair_call_with_what_is_wrong() -> None:
    wrong, mended = draft(), empty_draft()
    wrong["positions"][0]["evidence"][0]["quote"] = "We shall never surrender the city"
    mended["positions"] = draft()["positions"]
    with Loopback(completion(wrong), completion(mended)) as server:
        summary = run(server)
    asked = server.bodies[1]["messages"][-1]["content"]
    assert "We shall never surrender the city" in asked
    assert "killing at least 14" in asked, "the neighbouring sentence is shown"
    assert "f1" not in asked.split("</article")[-1], "only the failing item is sent"
    assert summary.verification.repaired == 1
    assert summary.verification.set_aside == []
    assert summary.run.retries == 0, "a repair is a question of its own"


def test_what_still_fails_is_set_aside_with_its_reasons_and_never_published() -> None:
    wrong = draft()
    wrong["humanitarian_figures"][0]["evidence"][0]["quote"] = "killing at least 15 people"
    with Loopback(
        completion(wrong), completion({**empty_draft(), "humanitarian_figures": wrong["humanitarian_figures"]})
    ) as server:
        summary = run(server)
    assert summary.humanitarian_figures == []
    assert [aside.section for aside in summary.verification.set_aside] == ["humanitarian_figures"]
    assert "killing at least 15 people" in summary.verification.set_aside[0].reasons[0]
    assert summary.military_developments[0].figures == [], "a reference to what was set aside is gone too"


def test_a_repair_call_is_shown_where_the_records_names_stand() -> None:
    filler = " ".join(f"Sentence number {number} says little." for number in range(30))
    text = f"{ARTICLE} {filler}"
    wrong = draft()
    wrong["humanitarian_figures"][0]["evidence"] = evidence(30, "words that nobody wrote")
    with Loopback(completion(wrong), completion(empty_draft())) as server:
        summarizer.summarize(text, model="m", base_url=server.url)
    asked = server.bodies[1]["messages"][-1]["content"]
    assert "the Red Cross said" in asked, "the figure is said by the Red Cross"
    assert "Sentence number 26" in asked and "Sentence number 5 " not in asked


def test_a_repair_call_that_fails_leaves_the_paid_draft_standing() -> None:
    wrong = draft()
    wrong["gist"][0]["evidence"][0]["quote"] = "nothing like it stands here"
    with Loopback(completion(wrong), completion(None, refusal="no")) as server:
        summary = run(server)
    assert summary.verification.published == 6
    assert "repair call failed" in summary.run.warnings[0]


def test_repair_can_be_switched_off() -> None:
    wrong = draft()
    wrong["gist"][0]["evidence"][0]["quote"] = "nothing like it stands here"
    with Loopback(completion(wrong)) as server:
        summary = run(server, repair=False)
    assert len(server.received) == 1
    assert len(summary.verification.set_aside) == 1


def test_a_long_article_is_read_in_parts_and_merged() -> None:
    text = "\n\n".join(
        f"Sentence {number} says that the army shelled the port again that night." for number in range(400)
    )
    with Loopback(completion({**empty_draft(), "parties": draft()["parties"]}), repeat_last=True) as server:
        summary = summarizer.summarize(text, model="m", base_url=server.url, context_tokens=12_000, repair=False)
    asked = [body["messages"][1]["content"] for body in server.bodies]
    assert len(asked) > 1
    for number in range(400):
        assert any(f"[{number + 1}] Sentence {number} says" in prompt for prompt in asked)
    assert summary.verification.drafted == 2, "the same two parties from every part are given once"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5", 5.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("Tue, 15 Nov 1994 08:12:41 GMT", 10.0),
        ("soon", None),
        (None, None),
    ],
)
def test_retry_after_reads_seconds_and_http_dates(value: str | None, expected: float | None) -> None:
    now = datetime(1994, 11, 15, 8, 12, 31, tzinfo=UTC)
    assert retry_after(value, now) == expected


def _json(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
