"""How often and how long each request was tried that is not answered yet, and whether its failures are its own."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.batch.records import Key
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.errors import EngineUnavailable

_SHORTEST = 0.05  # seconds that a try is given at least
_PASSED_OVER = 2
"""So many others that were begun after a request's first failure were answered: then the failure is its own, not the endpoint's."""


@dataclass(slots=True)
class _Tried:
    failed_at: float  # for the first time
    count: int = 0
    seconds: float = 0.0
    passed_over: int = 0


class Tries:
    """One for all calls of a batch. The deadline is for the tries themselves: what waits for the pace, or fails while the
    endpoint is down, does not count."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._tried: dict[Key, _Tried] = {}

    def timeout(self, request: Key) -> float:
        """Seconds for the next try."""
        tried = self._tried.get(request)
        left = self._policy.deadline - (tried.seconds if tried else 0.0)
        return max(_SHORTEST, min(self._policy.timeout, left))

    def own(self, request: Key) -> bool:
        """Whether it is the request that fails, while others are answered."""
        tried = self._tried.get(request)
        return tried is not None and tried.passed_over >= _PASSED_OVER

    def failed(self, request: Key, began: float, now: float, *, down: bool, what: str) -> bool:
        """A try failed. Whether to try again here, since the endpoint is `down`; else it is the engine's to try again.

        Raises EngineUnavailable where the tries are used up, and the endpoint is up or the fault is the request's own.
        """
        tried = self._tried.setdefault(request, _Tried(now))
        tried.count += 1
        tried.seconds += 0.0 if down else now - began
        if down and not self.own(request):
            return True
        late = tried.seconds >= self._policy.deadline
        if late or tried.count >= self._policy.attempts:
            del self._tried[request]
            tries = f"{tried.count} tries" if tried.count > 1 else "one try"
            why = f": the deadline of {self._policy.deadline:g} s is reached" if late else ""
            raise EngineUnavailable(f"{what}; gave up after {tries}{why}")
        return False

    def answered(self, request: Key, began: float) -> None:
        """It was answered, after a try that was begun then."""
        self._tried.pop(request, None)
        for other in self._tried.values():
            other.passed_over += began > other.failed_at
