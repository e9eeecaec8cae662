"""One line of a provider batch's output or error file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx2

from summarizer.batch.exchanges import Pricing, usage_of
from summarizer.batch.records import Answer, Key, Usage
from summarizer.engines.llm.complaints import one_line

SHARE = 0.5
"""Of the list price, for input, cached input and output alike: OpenAI's Batch API FAQ ("50% cost discount")."""

_TRANSIENT = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a request: an answer (a rejection, 4xx, is one too), or the reason why there is none."""

    request: Key
    answer: Answer | None
    reason: str
    usage: Usage


def read_result(line: bytes, price: Pricing) -> Result | None:
    """The result in a line; None where it is none of ours."""
    try:
        data = json.loads(line)
        request = Key(bytes.fromhex(data["custom_id"]))
    except (ValueError, TypeError, KeyError):
        return None
    response = data.get("response")
    status = response.get("status_code") if isinstance(response, dict) else None
    if not isinstance(response, dict) or not isinstance(status, int):
        return Result(request, None, _said(data.get("error")) or "no response", Usage())
    body = json.dumps(response.get("body"), separators=(",", ":")).encode()
    if 400 <= status < 500 and status not in _TRANSIENT:
        return Result(request, Answer(status, body, SHARE), "", Usage())
    if status != 200:
        return Result(request, None, f"status {status}: {_said(_error_in(response.get('body')))}", Usage())
    usage = usage_of(httpx2.Response(200, content=body), price)
    if not usage.answers:
        return Result(request, None, "an answer that is no chat completion", usage)
    return Result(request, Answer(200, body, SHARE), "", usage)


def discounted(price: Pricing) -> Pricing:
    """The price of a batch, from the list price."""

    def share(sent: int, cached: int, received: int) -> float | None:
        cost = price(sent, cached, received)
        return None if cost is None else cost * SHARE

    return share


def _error_in(body: Any) -> Any:
    return body.get("error") if isinstance(body, dict) else None


def _said(error: Any) -> str:
    if not isinstance(error, dict):
        return ""
    return one_line(f"{error.get('code') or ''} {error.get('message') or ''}", 200)
