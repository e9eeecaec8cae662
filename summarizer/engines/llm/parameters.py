"""Which parameters a request carries, by the kind of model; and what an endpoint has rejected."""

from __future__ import annotations

import re
from typing import Any

import openai

from summarizer.engines.llm.providers import Target
from summarizer.settings import Settings

LONGEST_ANSWER = 65_536
"""Tokens: no answer is given more room than this."""

_REASONING_FACTOR = 2  # a reasoning model's thoughts take their room from the same budget
_OPTIONAL = ("temperature", "max_tokens", "max_completion_tokens", "parallel_tool_calls")
_REPLACES = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}


class Rejections:
    """The parameters that endpoints rejected, by endpoint and model: each is left out from then on."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], set[str]] = {}

    def of(self, target: Target) -> set[str]:
        """What this endpoint rejected for this model so far."""
        return self._known.setdefault((target.base_url, target.model), set())

    def forget(self) -> None:
        """Start anew: an endpoint may have been replaced."""
        self._known.clear()


REJECTIONS = Rejections()
"""Remembered for the whole process: every summary after the first profits."""


def sampling(target: Target, settings: Settings) -> dict[str, Any]:
    """Temperature, for the models that take one."""
    return {} if target.reasons else {"temperature": settings.temperature}


def first_room(target: Target, settings: Settings) -> int:
    """Tokens that the first try of an answer may take."""
    room = settings.max_output_tokens * (_REASONING_FACTOR if target.reasons else 1)
    return min(room, LONGEST_ANSWER)


def fitted(body: dict[str, Any], target: Target, room: int, rejected: set[str]) -> dict[str, Any]:
    """`body` with its room under the name that the endpoint takes, without what it rejected."""
    name = "max_completion_tokens" if target.reasons else target.provider.room
    if name in rejected:
        name = _REPLACES[name]
    return {key: value for key, value in {**body, name: room}.items() if key not in rejected}


def rejected_parameter(error: openai.APIStatusError, sent: dict[str, Any]) -> str | None:
    """The optional parameter that a 400 or 422 complains about, or None if it complains about something else."""
    if error.status_code not in (400, 422):
        return None
    for name in _OPTIONAL:
        if name in sent and (error.param == name or re.search(rf"\b{name}\b", error.message)):
            return name
    return None
