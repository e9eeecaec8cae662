"""Limits, pace, budget: what may go when, on a clock that the test turns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.batch.budget import Budget, Worst
from summarizer.batch.limits import Bucket, Limits, allowances
from summarizer.batch.pace import Pace, Turn
from summarizer.errors import BudgetReached, EndpointDown, Interrupted


@given(limit=st.integers(1, 500), pauses=st.lists(st.floats(0, 30), max_size=300))
def test_no_minute_sees_more_requests_than_the_limit(limit: int, pauses: list[float]) -> None:
    now, bucket, gone = 0.0, Bucket(limit, 0.0), list[float]()
    for pause in pauses:
        now += pause
        now += bucket.wait(1, now)
        bucket.take(1, now)
        gone.append(now)
    for start in gone:
        assert sum(start <= one < start + 60.5 for one in gone) <= limit  # some arrive late


def test_a_limit_is_used_up_not_just_kept() -> None:
    now, bucket = 0.0, Bucket(600, 0.0)
    for _ in range(1200):
        now += bucket.wait(1, now)
        bucket.take(1, now)
    assert 100 < now < 130


def test_a_call_larger_than_any_minute_goes_all_the_same() -> None:
    bucket = Bucket(100, 0.0)
    assert bucket.wait(5000, 0.0) == 0
    bucket.take(5000, 0.0)
    assert bucket.wait(1, 0.0) > 60


OPENAI = {
    "x-ratelimit-limit-requests": "500",
    "x-ratelimit-remaining-requests": "499",
    "x-ratelimit-reset-requests": "120ms",
    "x-ratelimit-limit-tokens": "30000",
    "x-ratelimit-remaining-tokens": "20000",
    "x-ratelimit-reset-tokens": "20s",
}
GROQ = {
    "x-ratelimit-limit-requests": "14400",
    "x-ratelimit-remaining-requests": "14370",
    "x-ratelimit-reset-requests": "2m59.56s",
    "x-ratelimit-limit-tokens": "18000",
    "x-ratelimit-remaining-tokens": "17997",
    "x-ratelimit-reset-tokens": "7.66ms",
}
SOON = (datetime.now(UTC) + timedelta(seconds=30)).isoformat()
ANTHROPIC = {
    "anthropic-ratelimit-requests-limit": "50",
    "anthropic-ratelimit-requests-remaining": "25",
    "anthropic-ratelimit-requests-reset": SOON,
}
IETF = {"ratelimit-limit": "10, 10;w=1", "ratelimit-remaining": "9", "ratelimit-reset": "1"}


@pytest.mark.parametrize(
    ("headers", "unit", "limit", "period"),
    [
        (OPENAI, "requests", 500, 60),
        (OPENAI, "tokens", 30000, 60),
        (GROQ, "requests", 14400, 86400),
        (GROQ, "tokens", 18000, 60),
        (ANTHROPIC, "requests", 50, 60),
        ({"x-ratelimit-limit-tokens": "1000"}, "tokens", 1000, 60),
    ],
)
def test_limits_are_learned_from_headers(headers: dict[str, str], unit: str, limit: float, period: float) -> None:
    said = allowances(headers)[unit]
    assert (said.limit, said.period) == (limit, period)


@given(st.dictionaries(st.sampled_from([*OPENAI, *ANTHROPIC, *IETF]), st.text(max_size=20)))
def test_headers_of_any_kind_do_no_harm(headers: dict[str, str]) -> None:
    limits = Limits(None, None, 0.0)
    limits.learn(headers, 0.0)
    assert limits.wait(1000, 1e9) >= 0


def test_a_limit_that_was_set_is_not_unlearned_and_what_remains_is_minded() -> None:
    limits = Limits(100, None, 0.0)
    limits.learn(OPENAI, 0.0)
    assert limits.described() == {"requests": (100, 60.0), "tokens": (30000, 60.0)}
    limits.learn({**OPENAI, "x-ratelimit-remaining-requests": "0"}, 0.0)
    assert limits.wait(1, 0.0) > 0


def awaited(test: Callable[[], Coroutine[None, None, None]]) -> Callable[[], None]:
    """A test that awaits, as one that does not."""

    def run() -> None:
        asyncio.run(test())

    run.__name__ = test.__name__
    return run


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def several(pace: Pace, count: int) -> list[Turn]:
    return [await pace.turn(1) for _ in range(count)]


@awaited
async def test_busy_answers_halve_the_calls_at_once_and_answers_raise_them_slowly() -> None:
    clock = Clock()
    pace = Pace(most=32, clock=clock)
    turns = await several(pace, 32)
    clock.now += 1
    for turn in turns:  # one crowd of calls, one cut
        pace.limited(turn, {"retry-after": "0"})
        pace.over(turn)
    assert pace.allowed == 16
    (turn,) = await several(pace, 1)
    clock.now += 1
    pace.limited(turn, {"retry-after": "0"})
    pace.over(turn)
    assert pace.allowed == 8
    for _ in range(8):
        (turn,) = await several(pace, 1)
        pace.answered(turn, {}, None)
        pace.over(turn)
    assert 8.9 < pace.allowed < 9.1


@awaited
async def test_all_rest_as_long_as_one_was_told_to() -> None:
    clock = Clock()
    pace = Pace(most=4, clock=clock)
    (first,) = await several(pace, 1)
    pace.limited(first, {"retry-after": "7"})
    pace.over(first)
    assert pace._wait(1) == pytest.approx(7)
    clock.now += 7
    assert pace._wait(1) == 0


@awaited
async def test_a_circuit_opens_tries_one_at_a_time_and_closes() -> None:
    clock, said = Clock(), list[str]()
    pace = Pace(most=8, clock=clock, say=said.append)
    for turn in await several(pace, 5):
        pace.broke(turn, {}, "status 503", request=id(turn))
        pace.over(turn)
    assert pace.open
    clock.now += 100
    probe = await pace.turn(1)
    assert pace._wait(1) is None
    pace.answered(probe, {}, None)
    pace.over(probe)
    assert not pace.open
    assert said == [
        "the endpoint looks down (status 503); trying with one call at a time",
        "the endpoint answers again",
    ]


@awaited
async def test_the_first_call_can_go_alone_so_that_the_others_find_its_prefix_cached() -> None:
    clock = Clock()
    pace = Pace(most=8, first_alone=True, clock=clock)
    first = await pace.turn(1)
    assert pace._wait(1) == 10
    clock.now += 10
    assert pace._wait(1) == 0
    clock.now -= 10
    pace.broke(first, {}, "no answer in time", request=1)  # even if it fails: nothing waits for it twice
    pace.over(first)
    assert len(await several(pace, 8)) == 8


@awaited
async def test_calls_that_take_more_tokens_than_was_thought_are_counted_for_more_from_then_on() -> None:
    pace = Pace(most=8, tokens=600_000, clock=Clock())
    first, second = await several(pace, 1), await several(pace, 1)
    assert (first[0].tokens, second[0].tokens) == (1, 1)
    pace.answered(first[0], {}, 3)
    assert (await several(pace, 1))[0].tokens == pytest.approx(3)
    pace.answered(second[0], {}, 1)
    assert 2.5 < (await several(pace, 1))[0].tokens < 3


@awaited
async def test_patience_ends() -> None:
    clock = Clock()
    pace = Pace(most=1, clock=clock, patience=60)
    for _ in range(20):
        clock.now += 10
        try:
            turn = await pace.turn(1)
        except EndpointDown as error:
            assert "longer than 60 s" in str(error)
            return
        pace.limited(turn, {"retry-after": "0"})
        pace.over(turn)
    pytest.fail("it never ended")


@awaited
async def test_whoever_waits_hears_of_the_end() -> None:
    pace = Pace(most=1)
    await pace.turn(1)
    waiting = [asyncio.create_task(pace.turn(1)) for _ in range(3)]
    await asyncio.sleep(0)
    pace.stop(Interrupted("stopped"))
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [Interrupted] * 3


@given(
    most=st.integers(1, 1000),
    calls=st.lists(st.tuples(st.integers(1, 200), st.floats(0, 1)), max_size=40),
)
def test_a_budget_is_not_passed_whatever_calls_take(most: int, calls: list[tuple[int, float]]) -> None:
    spent = 0

    async def call(budget: Budget, worst: int, share: float) -> None:
        nonlocal spent
        held = Worst(worst, 0.0)
        await budget.reserve(held)
        await asyncio.sleep(0)
        spent += int(worst * share)
        assert spent <= most
        budget.settle(held, int(worst * share), 0.0)

    async def run() -> None:
        budget = Budget(None, most)
        results = await asyncio.gather(*(call(budget, *one) for one in calls), return_exceptions=True)
        assert {type(result) for result in results} <= {type(None), BudgetReached}

    asyncio.run(run())
