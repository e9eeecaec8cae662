"""The most that a batch may cost: every call's worst case is reserved before it goes, so that the limit is never passed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from summarizer.errors import BatchStopped, BudgetReached


@dataclass(frozen=True, slots=True)
class Worst:
    """The most that one call can take: tokens in and out together, and US dollars (None: the price is not known)."""

    tokens: int
    cost: float | None


class Budget:
    """`most_cost` in US dollars and `most_tokens` are over the whole batch, over all its runs."""

    def __init__(self, most_cost: float | None = None, most_tokens: int | None = None) -> None:
        self._most_cost, self._most_tokens = most_cost, most_tokens
        self._cost, self._tokens = 0.0, 0
        self._held_cost, self._held_tokens = 0.0, 0
        self._held = 0
        self._door = asyncio.Lock()
        self._settled = asyncio.Event()
        self._stopped: BatchStopped | None = None

    def begin(self, cost: float, tokens: int) -> None:
        """So much was spent in runs before."""
        self._cost, self._tokens = cost, tokens

    async def reserve(self, worst: Worst) -> None:
        """Hold the worst case of a call, and wait for calls under way where these hold too much. Every reservation is
        settled. Raises BudgetReached where it does not fit with none under way, and for every call after that."""
        if self._most_cost is None and self._most_tokens is None:
            return
        async with self._door:
            while not self._fits(worst):
                if self._stopped is None and self._held == 0:
                    self.stop(BudgetReached(self.reached(worst)))
                if self._stopped is not None:
                    raise self._stopped
                self._settled.clear()
                await self._settled.wait()
            if self._stopped is not None:
                raise self._stopped
            self._held += 1
            self._held_cost += worst.cost or 0.0
            self._held_tokens += worst.tokens

    def hold(self, worst: Worst, *, calls: int = 1, anyway: bool = False) -> bool:
        """Hold the worst case of a call (or of several together) without waiting; False where it does not fit. `anyway`: it is
        under way already."""
        if self._most_cost is None and self._most_tokens is None:
            return True
        if not anyway and not self._fits(worst):
            return False
        self._held += calls
        self._held_cost += worst.cost or 0.0
        self._held_tokens += worst.tokens
        return True

    def settle(self, worst: Worst, tokens: int, cost: float) -> None:
        """The call that held `worst` is over and took this."""
        self._cost += cost
        self._tokens += tokens
        if self._most_cost is None and self._most_tokens is None:
            return
        self._held -= 1
        self._held_cost = self._held_cost - (worst.cost or 0.0) if self._held else 0.0
        self._held_tokens -= worst.tokens
        self._settled.set()

    def stop(self, error: BatchStopped) -> None:
        """Nothing is reserved any more: whoever waits or asks gets `error`."""
        self._stopped = self._stopped or error
        self._settled.set()

    def _fits(self, worst: Worst) -> bool:
        cost = self._cost + self._held_cost + (worst.cost or 0.0)
        tokens = self._tokens + self._held_tokens + worst.tokens
        return (self._most_cost is None or cost <= self._most_cost) and (
            self._most_tokens is None or tokens <= self._most_tokens
        )

    def reached(self, worst: Worst) -> str:
        """Which limit `worst` does not fit in, for a person."""
        too_many = self._most_tokens is not None and self._tokens + worst.tokens > self._most_tokens
        if self._most_cost is None or too_many:
            return (
                f"--max-tokens {self._most_tokens:,} is reached: {self._tokens:,} are spent, and the next call may take "
                f"{worst.tokens:,}; what is done is kept, and a higher limit goes on from here"
            )
        return (
            f"--max-cost {self._most_cost:g} is reached: ${self._cost:.4f} are spent, and the next call may take "
            f"${worst.cost or 0.0:.4f}; what is done is kept, and a higher limit goes on from here"
        )
