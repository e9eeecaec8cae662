"""A chat completion, read from what an endpoint sent: OpenAI's shape, and the small liberties that others take with it."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx2
from openai.types.chat import ChatCompletion
from pydantic import ValidationError

from summarizer.engines.llm.complaints import one_line, said_in
from summarizer.engines.llm.retrying import Garbled

_FINISHES = frozenset({"stop", "length", "tool_calls", "content_filter", "function_call"})
_MOST_TOKENS = 10**9  # a count above it is no count
_LONE = re.compile("[\ud800-\udfff]")


def read_completion(response: httpx2.Response) -> ChatCompletion:
    """The chat completion in a 2xx response, with its first choice only. Raises Garbled where it is none."""
    try:
        data = response.json()
    except (ValueError, RecursionError):
        raise Garbled("the endpoint's answer is no JSON") from None
    if not isinstance(data, dict):
        raise Garbled("the endpoint's answer is no chat completion")
    choices = data.get("choices")
    if data.get("error") and not choices:
        raise Garbled(f"the endpoint answered 200 with an error: {said_in(data['error'])}")
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
        "id": _name(data.get("id")),
        "object": "chat.completion",
        "created": 0,
        "model": _name(data.get("model")),
        "choices": [
            {
                "index": 0,
                "finish_reason": finish if isinstance(finish, str) and finish in _FINISHES else "stop",
                "message": {
                    "role": "assistant",
                    "content": _text(message.get("content")),
                    "refusal": _text(message.get("refusal")) or None,
                    "tool_calls": _tool_calls(message.get("tool_calls")),
                },
            }
        ],
        "usage": _usage(data.get("usage")),
    }


def _text(content: Any) -> str | None:
    """A string, or the text of a list of parts (as some gateways send it)."""
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, dict)]
        return _sound("".join(text for text in texts if isinstance(text, str)))
    return _sound(content) if isinstance(content, str) else None


def _sound(text: str) -> str:
    """Without halves of surrogate pairs: they are no characters, and cannot be sent or saved."""
    return text.encode("utf-8", "replace").decode() if _LONE.search(text) else text


def _name(value: Any) -> str:
    """A model's or an answer's name: one printable line, whatever was sent."""
    return one_line(value, 200) if isinstance(value, str) else ""


def _tool_calls(calls: Any) -> list[dict[str, Any]] | None:
    if not isinstance(calls, list) or not calls:
        return None
    return [_tool_call(call, number) for number, call in enumerate(calls) if isinstance(call, dict)]


def _tool_call(call: dict[str, Any], number: int) -> dict[str, Any]:
    function = call.get("function")
    function = function if isinstance(function, dict) else {}
    arguments = function.get("arguments")
    return {
        "id": _name(call.get("id")) or f"call_{number}",
        "type": "function",
        "function": {
            "name": _name(function.get("name")),
            "arguments": _sound(arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)),
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
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_TOKENS else None
