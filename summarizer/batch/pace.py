"""When the next call may go: how many at once, how many a minute, and not while the endpoint asks for rest or is down.

All calls of a batch ask here, so there is one back-off, not one for each call. Calls at once grow by one a round trip
and halve at a 429 (once for all calls that were under way: additive increase, multiplicative decrease, as TCP does).
After some failures without an answer between them the circuit opens: one call at a time tries, with growing pauses,
the others wait. An endpoint that gives no answer for longer than `patience` stops the batch. Failures of one and the same
call, where others were answered, say nothing of the endpoint: that call fails alone.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from summarizer.batch.limits import Limits
from summarizer.engines.llm.retrying import retry_after
from summarizer.errors import BatchStopped, EndpointDown

_OPENS_AFTER = 5
"""Failures, one after another, that open the circuit."""

_AWAY = frozenset({"status 502", "status 503", "status 504", "status 529"})
"""Answers that say: not now, to nobody."""

_TOGETHER, _TOGETHER_AWAY = 5, 2
"""So many requests that fail one after another are the endpoint's fault; fewer, where it says that it is away."""

_FIRST_REST, _LONGEST_REST = 0.2, 60.0
"""Seconds between which a pause grows, doubling, where the endpoint does not say how long."""

_ALONE = 10.0
"""Seconds by which the first call is ahead at most: by then its prompt has been read, if not yet answered."""

_DRAW = random.Random()  # noqa: S311 - jitter, no secret


@dataclass(slots=True)
class Turn:
    """A call that goes: when it went, and for how many tokens it was counted (`longer`: times what was thought)."""

    at: float
    tokens: float
    probe: bool
    longer: float = 1.0


class Pace:
    """One for all calls of a batch. Times are in seconds; `say` is told what a person should know. `first_alone`: the first
    call has a start on the others, so that the others find in the provider's prefix cache what is the same for all."""

    def __init__(
        self,
        *,
        most: int,
        requests: float | None = None,
        tokens: float | None = None,
        patience: float = 600.0,
        first_alone: bool = False,
        say: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._first_alone = first_alone
        self._alone_until = 0.0
        self._patience = patience
        self._say = say
        self._clock = clock
        self._limits = Limits(requests, tokens, clock())
        self._longer = 1.0
        """By how much calls take more tokens than was thought."""
        self._door = asyncio.Lock()  # first come, first served
        self._changed = asyncio.Event()
        self._stopped: BatchStopped | None = None
        self.allowed = float(most)
        """Calls that may be under way at once, now."""
        self.under_way = 0
        self.throttled = 0
        """429s so far."""
        self.failed = 0
        """Calls that failed in any other way."""
        self._cut_at = self._rests_until = clock()
        self._rests = 0
        self._failures = 0
        self._failing: set[object] = set()
        self._suspected = False
        self._probing = False
        self.good_at: float | None = None
        """When a call was answered last."""
        self._trouble_since: float | None = None

    @property
    def open(self) -> bool:
        """Whether the circuit is open: the endpoint looks down."""
        return self._suspected and self._failures >= _OPENS_AFTER

    def now(self) -> float:
        """The time on its clock."""
        return self._clock()

    def check(self) -> None:
        """Raises what stopped the batch, if anything did."""
        if self._stopped is not None:
            raise self._stopped

    async def turn(self, tokens: float) -> Turn:
        """Wait until a call of about so many tokens may go. Raises BatchStopped once the batch is stopped."""
        thought = tokens
        async with self._door:
            while (wait := self._wait(tokens := thought * self._longer)) != 0:
                self._changed.clear()
                try:
                    async with asyncio.timeout(wait):
                        await self._changed.wait()
                except TimeoutError:
                    continue
            now = self._clock()
            self._limits.take(tokens, now)
            self.under_way += 1
            if self.under_way == 1:
                self._alone_until = now + _ALONE
            self._probing = self.open
            return Turn(now, tokens, self.open, self._longer)

    def _wait(self, tokens: float) -> float | None:
        """0: go. None: until something changes. Otherwise seconds."""
        self.check()
        if self.under_way >= max(1, int(self.allowed)) or (self.open and (self._probing or self.under_way)):
            return None
        now = self._clock()
        if self._first_alone and self.under_way and now < self._alone_until:
            return self._alone_until - now
        return max(0.0, self._rests_until - now, self._limits.wait(tokens, now))

    def over(self, turn: Turn) -> None:
        """The call has ended, however."""
        self.under_way -= 1
        self._first_alone = False
        if turn.probe:
            self._probing = False
        self._changed.set()

    def answered(self, turn: Turn, headers: Mapping[str, str], used: float | None) -> None:
        """The call was answered; `used` is what it took in tokens, where that is known."""
        now = self._clock()
        self._limits.learn(headers, now)
        if used is not None:
            self._limits.settle(turn.tokens, used, now)
            self._learn_length(used / turn.tokens * turn.longer if turn.tokens else 1.0)
        if self.open:
            self._say("the endpoint answers again")
        self._failures = self._rests = 0
        self._failing.clear()
        self._suspected = False
        self.good_at, self._trouble_since = now, None
        self.allowed = min(float(self._most), self.allowed + 1.0 / max(1.0, self.allowed))

    def _learn_length(self, longer: float) -> None:
        """Answers that come late would pass a limit a minute that was taken for shorter ones: up at once, down slowly."""
        self._longer = max(1.0, longer, 0.9 * self._longer + 0.1 * longer)

    def limited(self, turn: Turn, headers: Mapping[str, str]) -> None:
        """The call was answered with 429: all rest, and fewer go at once."""
        now = self._clock()
        self.throttled += 1
        self._limits.learn(headers, now)
        self._limits.settle(turn.tokens, 0.0, now)
        self._rest(retry_after(headers.get("retry-after")), turn, now)
        self._check_patience("limits the rate (429)", now)

    def broke(
        self,
        turn: Turn,
        headers: Mapping[str, str],
        what: str,
        *,
        request: object,
        own: bool = False,
        reached: bool = True,
        for_good: bool = False,
    ) -> None:
        """The call failed in another way: no connection (`reached` is false), no answer in time, none that is one, 5xx.
        `request` is what was asked; `own`: it fails by its own fault. `for_good`: trying again can help only if it was answered before."""
        now, was_open = self._clock(), self.open
        self.failed += 1
        if own and reached:
            self._failing.discard(request)
            self._limits.settle(turn.tokens, 0.0, now)
            return
        if for_good and self.good_at is None:
            self.stop(EndpointDown(f"{what}; nothing was asked: mend it, and run the same command again"))
            return
        self._failures = max(self._failures + 1, _OPENS_AFTER if for_good else 0)
        self._failing.add(request)
        self._suspected = self._suspected or not reached or self._looks_down(what)
        self._limits.settle(turn.tokens, 0.0, now)
        asked = retry_after(headers.get("retry-after"))
        if self.open and not was_open:
            self._rests = 0
            self._say(f"the endpoint looks down ({what}); trying with one call at a time")
        if self.open or asked is not None:
            self._rest(asked, turn, now)
        if self._suspected or asked is not None:
            self._check_patience(f"gives no answer ({what})", now)

    def _looks_down(self, what: str) -> bool:
        """Whether it is the endpoint that fails, not one request or a few that it cannot answer. One that never answered is
        suspected at once; but a status 500 is an answer, and may be meant for one request."""
        if self.good_at is None and what != "status 500":
            return True
        return len(self._failing) >= (_TOGETHER_AWAY if what in _AWAY else _TOGETHER)

    def _rest(self, asked: float | None, turn: Turn, now: float) -> None:
        if turn.at < self._cut_at and not turn.probe:
            # It went before the last cut, which was made for it too; only a longer wait is news.
            self._rests_until = max(self._rests_until, now + (asked or 0.0))
            return
        self._cut_at = now
        self.allowed = max(1.0, self.allowed / 2)
        pause = min(_LONGEST_REST, _FIRST_REST * 2**self._rests) * _DRAW.uniform(0.5, 1.0) if asked is None else asked
        self._rests += 1
        self._rests_until = max(self._rests_until, now + pause)

    def _check_patience(self, what: str, now: float) -> None:
        if self._trouble_since is None:
            self._trouble_since = now
        if max(now, self._rests_until) - self._trouble_since > self._patience:
            self.stop(
                EndpointDown(
                    f"the endpoint {what}, for longer than {self._patience:.0f} s; what is done is kept: "
                    "run the same command again when it is back"
                )
            )

    def stop(self, error: BatchStopped) -> None:
        """No call goes any more: whoever waits or asks gets `error`. Calls under way go on."""
        self._stopped = self._stopped or error
        self._changed.set()

    def limits(self) -> dict[str, tuple[float, float]]:
        """The limits in force: (limit, period in seconds) for `requests` and `tokens`, set or learned."""
        return self._limits.described()
