"""A chat completion, read from what an endpoint sent: OpenAI's shape, and the small liberties that others take with it."""

from __future__ import annotations

import json
from typing import Any

import httpx2
from openai.types.chat import ChatCompletion
from pydantic import ValidationError

from summarizer.engines.llm.retrying import Garbled

_FINISHES = frozenset({"stop", "length", "tool_calls", "content_filter", "function_call"})


def read_completion(response: httpx2.Response) -> ChatCompletion:
    """The chat completion in a 2xx response, with its first choice only. Raises Garbled where it is none."""
    try:
        data = response.json()
    except ValueError:
        raise Garbled("the endpoint's answer is no JSON") from None
    if not isinstance(data, dict):
        raise Garbled("the endpoint's answer is no chat completion")
    choices = data.get("choices")
    if data.get("error") and not choices:
        raise Garbled(f"the endpoint answered 200 with an error: {_message_of(data['error'])}")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise Garbled("the endpoint's answer holds no choice")
    try:
        return ChatCompletion.model_validate(_regular(data, choices[0]))
    except ValidationError:
        raise Garbled("the endpoint's answer is no chat completion") from None


def _regular(data: dict[str, Any], choice: dict[str, Any]) -> dict[str, Any]:
    message = choice.get("message")
    if not isinstance(message, dict):
        raise Garbled("the endpoint's answer holds no message")
    finish = choice.get("finish_reason")
    return {
        "id": str(data.get("id") or ""),
        "object": "chat.completion",
        "created": 0,
        "model": str(data.get("model") or ""),
        "choices": [
            {
                "index": 0,
                "finish_reason": finish if finish in _FINISHES else "stop",
                "message": {
                    "role": "assistant",
                    "content": _text(message.get("content")),
                    "refusal": message.get("refusal") or None,
                    "tool_calls": _tool_calls(message.get("tool_calls")),
                },
            }
        ],
        "usage": _usage(data.get("usage")),
    }


def _text(content: Any) -> str | None:
    """A string, or the text of a list of parts (as some gateways send it)."""
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else None


def _tool_calls(calls: Any) -> list[dict[str, Any]] | None:
    if not isinstance(calls, list) or not calls:
        return None
    return [_tool_call(call, number) for number, call in enumerate(calls) if isinstance(call, dict)]


def _tool_call(call: dict[str, Any], number: int) -> dict[str, Any]:
    function = call.get("function")
    function = function if isinstance(function, dict) else {}
    arguments = function.get("arguments")
    return {
        "id": str(call.get("id") or f"call_{number}"),
        "type": "function",
        "function": {
            "name": str(function.get("name") or ""),
            "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False),
        },
    }


def _usage(usage: Any) -> dict[str, Any] | None:
    """Token counts, if the endpoint gave both."""
    if not isinstance(usage, dict):
        return None
    sent, received = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    if sent is None or received is None:
        return None
    details = usage.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else None
    return {
        "prompt_tokens": sent,
        "completion_tokens": received,
        "total_tokens": sent + received,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _message_of(error: Any) -> str:
    said = error.get("message") if isinstance(error, dict) else error
    return " ".join(str(said).split())[:200]
