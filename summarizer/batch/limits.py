"""How many requests and tokens a minute: set by the user, or learned from the endpoint's rate-limit headers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from summarizer.engines.llm.retrying import retry_after

_BURST = 0.1
"""The share of a minute's limit that may go at once; the rest goes evenly, so that no minute sees more than the limit."""

_MARGIN = 1.015
"""By how much a period is taken to be longer: calls take a while to arrive, and the first one (which connects) the longest."""

_PERIODS = (1.0, 60.0, 3600.0, 86400.0)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


class Bucket:
    """A token bucket: `limit` units in any `period` seconds at most. Times are of a monotonic clock, in seconds."""

    def __init__(self, limit: float, now: float, period: float = 60.0) -> None:
        self.limit = limit
        self.period = period
        self._room = max(1.0, limit * _BURST)
        self._rate = (limit - self._room + 1.0) / (
            period * _MARGIN
        )  # one unit of the room is the one that is waited for
        self._level = self._room
        self._at = now

    def wait(self, units: float, now: float) -> float:
        """Seconds until `units` may be taken; 0: now. More units than ever fit have to wait for a full bucket."""
        self._fill(now)
        missing = min(units, self._room) - self._level
        return 0.0 if missing <= 1e-9 else missing / self._rate

    def take(self, units: float, now: float) -> None:
        """Take units, or give them back (negative); the bucket may be overdrawn, and is waited for then."""
        self._fill(now)
        self._level = min(self._room, self._level - units)

    def hold(self, remaining: float, now: float) -> None:
        """No more than this is left, as the endpoint counts."""
        self._fill(now)
        self._level = min(self._level, remaining)

    def _fill(self, now: float) -> None:
        self._level = min(self._room, self._level + max(0.0, now - self._at) * self._rate)
        self._at = max(self._at, now)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an endpoint says about one kind of unit: `limit` in `period` seconds, `remaining` of it."""

    limit: float
    remaining: float | None
    period: float


def allowances(headers: Mapping[str, str]) -> dict[str, Allowance]:
    """What rate-limit headers say, by unit (`requests`, `tokens`).

    Understood: `x-ratelimit-{limit,remaining,reset}-{requests,tokens}` (OpenAI, Azure, Groq, vLLM gateways; resets such as
    `6m0s`), `anthropic-ratelimit-{requests,tokens}-{limit,remaining,reset}` (resets as RFC 3339 times), and
    `ratelimit-{limit,remaining,reset}` for requests (IETF draft 03; seconds).
    """
    found = {}
    for unit in ("requests", "tokens"):
        for names in _names(unit):
            limit = _number(headers.get(names[0]))
            if limit:
                remaining, reset = _number(headers.get(names[1])), _duration(headers.get(names[2]))
                found[unit] = Allowance(limit, remaining, _period(limit, remaining, reset))
                break
    return found


def _names(unit: str) -> list[tuple[str, str, str]]:
    names = [
        (f"x-ratelimit-limit-{unit}", f"x-ratelimit-remaining-{unit}", f"x-ratelimit-reset-{unit}"),
        (
            f"anthropic-ratelimit-{unit}-limit",
            f"anthropic-ratelimit-{unit}-remaining",
            f"anthropic-ratelimit-{unit}-reset",
        ),
    ]
    return [*names, ("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset")] if unit == "requests" else names


def _period(limit: float, remaining: float | None, reset: float | None) -> float:
    """A limit is for a minute unless its own numbers say otherwise (Groq's requests are for a day): `reset` seconds bring
    back what is used, so `limit` comes back in `limit * reset / used`; the nearest usual period."""
    if remaining is None or not reset or remaining >= limit:
        return 60.0
    whole = limit * reset / (limit - remaining)
    return min(_PERIODS, key=lambda period: abs(math.log(period / whole)))


def _number(written: str | None) -> float | None:
    match = re.match(r"\s*(\d+(?:\.\d+)?)", written or "")
    return float(match[1]) if match else None


def _duration(written: str | None) -> float | None:
    """Seconds from `6m0s`, `20ms`, `17`, `17.5`, or a time to come (RFC 3339 or an HTTP date)."""
    if not written:
        return None
    if parts := _DURATION.findall(written):
        return (
            float(sum(float(number) * _SECONDS[unit] for number, unit in parts))
            if _only_durations(written)
            else _until(written)
        )
    return _until(written)


def _only_durations(written: str) -> bool:
    return not _DURATION.sub("", written).strip()


def _until(written: str) -> float | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return retry_after(written)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


class Limits:
    """The buckets in force. A limit that the user set is kept, whatever the endpoint says of it; the others are learned."""

    def __init__(self, requests: float | None, tokens: float | None, now: float) -> None:
        self._set = {"requests": requests, "tokens": tokens}
        self._buckets = {unit: Bucket(limit, now) for unit, limit in self._set.items() if limit}

    def wait(self, tokens: float, now: float) -> float:
        """Seconds until a request of so many tokens may go."""
        units = {"requests": 1.0, "tokens": tokens}
        return max((bucket.wait(units[unit], now) for unit, bucket in self._buckets.items()), default=0.0)

    def take(self, tokens: float, now: float) -> None:
        """Enter a request that goes now."""
        units = {"requests": 1.0, "tokens": tokens}
        for unit, bucket in self._buckets.items():
            bucket.take(units[unit], now)

    def settle(self, taken: float, used: float, now: float) -> None:
        """A request took fewer or more tokens than was thought."""
        if bucket := self._buckets.get("tokens"):
            bucket.take(used - taken, now)

    def learn(self, headers: Mapping[str, str], now: float) -> None:
        """Mind what the endpoint's headers say."""
        for unit, said in allowances(headers).items():
            bucket = self._buckets.get(unit)
            if self._set[unit] is None and (bucket is None or bucket.limit != said.limit):
                bucket = self._buckets[unit] = Bucket(said.limit, now, said.period)
            if bucket is not None and said.remaining is not None:
                bucket.hold(said.remaining, now)

    def described(self) -> dict[str, tuple[float, float]]:
        """Limit and period in seconds, by unit."""
        return {unit: (bucket.limit, bucket.period) for unit, bucket in self._buckets.items()}
