"""robots.txt, by RFC 9309: one site's rules, fetched once, for this program's name."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import ClassVar

import httpx2
from protego import Protego


class Robots:
    """What sites allow. A missing file allows everything, a server in trouble (5xx) nothing, as the RFC says."""

    MAX_BYTES: ClassVar[int] = 500 * 1024  # the least that RFC 9309 asks a reader to take

    def __init__(self, user_agent: str) -> None:
        # Rules are for a product name; what follows it (a version, a contact) is no part of it.
        self._name = user_agent.split("/", 1)[0].split(" ", 1)[0]
        self._rules: dict[str, Protego | bool] = {}
        self._lock = threading.Lock()

    def allowed(self, url: httpx2.URL, fetch: Callable[[httpx2.URL], bytes | int]) -> bool:
        """Whether `url` may be fetched; `fetch` gives a robots.txt's content, or the status instead of it."""
        place = url.copy_with(raw_path=b"/robots.txt", fragment=None)
        if url.path == "/robots.txt":
            return True
        with self._lock:
            known = self._rules.get(str(place))
        if known is None:
            known = _rules(fetch(place))
            with self._lock:
                self._rules[str(place)] = known
        return known if isinstance(known, bool) else bool(known.can_fetch(str(url), self._name))


def _rules(answer: bytes | int) -> Protego | bool:
    if isinstance(answer, int):
        return answer < 500
    return Protego.parse(answer.decode("utf-8", errors="replace"))
