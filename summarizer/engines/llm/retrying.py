"""The one transport retry policy: which failures are tried again, how long is waited, when it ends.

Tried again: 408, 409, 425, 429, 5xx, time-outs, dropped connections, answers that are no chat completion.
A host that does not exist and a certificate that is not trusted fail at once, too.
Waits grow exponentially with full jitter; a `Retry-After` (seconds or HTTP date, RFC 9110 section 10.2.3) is obeyed.
One deadline stands over all tries. 400, 401, 403, 404 and every other 4xx fail at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import openai
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from summarizer.engines.base import Listener
from summarizer.engines.llm.complaints import hopeless, one_line, out_of_money, said_by
from summarizer.errors import EngineUnavailable

T = TypeVar("T")
_TRANSIENT = frozenset({408, 409, 425, 429})


class Garbled(Exception):
    """A 2xx answer that is no chat completion: a proxy's page, half a body, an error in a 200."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Times in seconds. `timeout` bounds one try, `deadline` all of them with their waits."""

    attempts: int = 6
    timeout: float = 300.0
    deadline: float = 900.0
    first_wait: float = 1.0
    longest_wait: float = 60.0


async def with_retries(send: Callable[[], Awaitable[T]], policy: RetryPolicy, listener: Listener) -> T:
    """What `send` gives, tried as often as `policy` allows; `listener` is told of each wait.

    Raises EngineUnavailable when tries or time are used up; what is not worth another try is raised as it is.
    """
    started = time.monotonic()

    async def once() -> T:
        left = policy.deadline - (time.monotonic() - started)
        async with asyncio.timeout(max(0.001, min(policy.timeout, left))):
            return await send()

    def before_sleep(state: RetryCallState) -> None:
        wait = state.next_action.sleep if state.next_action else 0.0
        listener(
            f"{describe(_exception(state))}; trying again in {wait:.0f} s ({state.attempt_number} of {policy.attempts})"
        )

    def give_up(state: RetryCallState) -> T:
        error = _exception(state)
        tries = f"{state.attempt_number} tries" if state.attempt_number > 1 else "one try"
        said = one_line(said_by(error), 120) if isinstance(error, openai.APIStatusError) else ""
        why = f"{_why(state, policy)}{f' (it said: {said})' if said else ''}"
        raise EngineUnavailable(f"{describe(error)}; gave up after {tries}{why}") from error

    retrying = AsyncRetrying(
        retry=retry_if_exception(is_transient),
        wait=lambda state: _wait(state, policy),
        stop=stop_after_attempt(policy.attempts) | stop_before_delay(policy.deadline),
        before_sleep=before_sleep,
        retry_error_callback=give_up,
    )
    try:
        return await retrying(once)
    except openai.APIConnectionError as error:
        raise EngineUnavailable(describe(error)) from error


def is_transient(error: BaseException) -> bool:
    """Whether the same request may succeed when sent again."""
    if isinstance(error, openai.APIStatusError):
        return (error.status_code in _TRANSIENT or error.status_code >= 500) and not out_of_money(error)
    if isinstance(error, openai.APIConnectionError):
        return hopeless(error) is None
    return isinstance(error, TimeoutError | Garbled)


def describe(error: BaseException) -> str:
    """A few words for a person: what the endpoint did."""
    if isinstance(error, openai.RateLimitError):
        return "the endpoint limits the rate (429)"
    if isinstance(error, openai.APIStatusError):
        return f"the endpoint failed ({error.status_code})"
    if isinstance(error, openai.APITimeoutError | TimeoutError):
        return "the endpoint did not answer in time"
    if isinstance(error, openai.APIConnectionError):
        detail = one_line(error.__cause__ or "", 120)
        return hopeless(error) or f"the endpoint could not be reached ({detail or 'connection dropped'})"
    return str(error)


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """The seconds that a `Retry-After` header asks to wait: from a number or an HTTP date; None if it is neither."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _wait(state: RetryCallState, policy: RetryPolicy) -> float:
    error = _exception(state)
    if isinstance(error, openai.APIStatusError):
        asked = retry_after(error.response.headers.get("retry-after"))
        if asked is not None:
            return asked
    backoff = wait_random_exponential(multiplier=policy.first_wait, max=policy.longest_wait, min=policy.first_wait / 4)
    return float(backoff(state))


def _why(state: RetryCallState, policy: RetryPolicy) -> str:
    if state.attempt_number >= policy.attempts:
        return ""
    if state.upcoming_sleep > policy.longest_wait:
        return f": it asks to wait {state.upcoming_sleep:.0f} s, past the deadline of {policy.deadline:.0f} s"
    return f": the deadline of {policy.deadline:.0f} s is reached"


def _exception(state: RetryCallState) -> BaseException:
    error = state.outcome.exception() if state.outcome else None
    return error or RuntimeError("no outcome")
