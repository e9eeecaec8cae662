"""One question to the model and its structured answer: instructor above, the openai client below.

From the top: instructor validates the answer and asks again with what was wrong; each of its calls may be sent again
with more room when it was cut off; each of those is retried by the transport policy. All are entered in the ledger.
"""

from __future__ import annotations

import json
import logging
from functools import cache, partial
from typing import Any, TypeVar, cast

import httpx2
import instructor
import openai
from instructor.core import InstructorRetryException
from openai.types.chat import ChatCompletion

from summarizer.engines.base import Listener
from summarizer.engines.ledger import Ledger
from summarizer.engines.llm.complaints import misfit, one_line, said_by
from summarizer.engines.llm.completions import read_completion
from summarizer.engines.llm.parameters import (
    LONGEST_ANSWER,
    REJECTIONS,
    first_room,
    fitted,
    rejected_parameter,
    sampling,
)
from summarizer.engines.llm.pricing import price
from summarizer.engines.llm.prompting import Message
from summarizer.engines.llm.providers import Target
from summarizer.engines.llm.recordings import PRICE_SHARE, REPLAYED
from summarizer.engines.llm.retrying import RetryPolicy, with_retries
from summarizer.errors import (
    BudgetExceeded,
    EngineError,
    EngineMisconfigured,
    EngineRefused,
    MalformedDraft,
    SummarizerError,
)
from summarizer.schema.draft import DraftModel
from summarizer.settings import Mode, Settings

T = TypeVar("T", bound=DraftModel)

# instructor reports failed attempts on its own logger; ours are errors and ledger entries.
logging.getLogger("instructor").addHandler(logging.NullHandler())

_MODES = {
    Mode.JSON_SCHEMA: instructor.Mode.JSON_SCHEMA,
    Mode.TOOLS: instructor.Mode.TOOLS,
    Mode.JSON: instructor.Mode.MD_JSON,
}
_FULL = 0.9  # an answer that took this share of its room was stopped by it; some servers count a few tokens less
_CONTEXT_OVERFLOW = (
    "context_length_exceeded",
    "maximum context length",
    "context size",
    "context window",
    "too many tokens",
)
_FILTERED = ("content_filter", "content_policy_violation")
"""Azure and others reject a prompt that a filter does not let through: the article's fault, not the settings'."""

_TOO_LARGE = 413  # some providers' word for a request of too many tokens


class Conversation:
    """One question, with all that it takes to get it answered. Make a new one for each question."""

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        target: Target,
        settings: Settings,
        policy: RetryPolicy,
        listener: Listener,
        ledger: Ledger,
    ) -> None:
        self._client = client
        self._target = target
        self._settings = settings
        self._policy = policy
        self._listener = listener
        self._ledger = ledger
        self._calls = 0
        self._schema: dict[str, Any] = {}

    async def ask(self, messages: list[Message], answer: type[T]) -> T:
        """The model's answer as an `answer`. Raises EngineError."""
        self._schema = answer.model_json_schema()
        create: Any = instructor.patch(create=self._create, mode=_MODES[self._target.mode])
        try:
            given = await create(
                response_model=_prepared(answer),
                max_retries=self._settings.reasks,
                strict=False,
                model=self._target.model,
                messages=messages,
                **sampling(self._target, self._settings),
            )
        except InstructorRetryException as error:
            raise self._failure(error) from None
        return cast("T", given)

    def _failure(self, error: InstructorRetryException) -> SummarizerError:
        """instructor wraps whatever ended its attempts; ours comes out as it is."""
        cause = error.__cause__
        if isinstance(cause, SummarizerError):
            return cause
        asked = self._settings.reasks + 1
        return MalformedDraft(
            f"{self._target.name} gave no usable answer in {asked} tries ({misfit(cause or error)}); "
            "another --mode (json_schema, tools, json) or a larger model may mend it"
        )

    async def _create(self, **body: Any) -> ChatCompletion:
        """One call as instructor sees it: given more room while the answer is cut off."""
        body = _with_slim_schema(body, self._schema)
        room = first_room(self._target, self._settings)
        while True:
            completion = await self._send(body, room)
            choice = completion.choices[0]
            refusal = getattr(choice.message, "refusal", None)
            if refusal or choice.finish_reason == "content_filter":
                reason = refusal or "a content filter stopped the answer"
                raise EngineRefused(f"{self._target.name} declined: {one_line(reason)}")
            if choice.finish_reason != "length":
                return completion
            self._check_room(completion, room)
            room = min(room * 2, LONGEST_ANSWER)
            self._listener(f"the answer was cut off; asking again with room for {room:,} tokens")

    def _check_room(self, completion: ChatCompletion, room: int) -> None:
        """Raises BudgetExceeded where an answer that was cut off would be cut off again, however much room it is given."""
        name, usage = self._target.name, completion.usage
        if usage is not None and 0 < usage.completion_tokens < room * _FULL:
            # Not our limit: local servers stop in the middle of a word where their context is full.
            raise BudgetExceeded(
                f"the answer of {name} was cut off at {usage.completion_tokens:,} tokens, though it might have {room:,}: "
                f"the server's context holds no more than {usage.total_tokens:,} tokens, prompt included; "
                "start it with a larger one, or read the article in parts (--context-tokens)"
            )
        if room >= LONGEST_ANSWER or room >= self._settings.context_tokens:
            raise BudgetExceeded(
                f"the answer of {name} was cut off at {room:,} tokens; "
                "use a model with longer answers, or a smaller --context-tokens to read the article in parts"
            )

    async def _send(self, body: dict[str, Any], room: int) -> ChatCompletion:
        """One answer, without the parameters that the endpoint rejects."""
        rejected = REJECTIONS.of(self._target)
        while True:
            sent = fitted(body, self._target, room, rejected)
            try:
                return await with_retries(partial(self._post, sent), self._policy, self._listener)
            except openai.APIStatusError as error:
                parameter = rejected_parameter(error, sent)
                if parameter is None:
                    raise self._explained(error) from None
                rejected.add(parameter)
                self._listener(f"the endpoint does not take {parameter}; asking without it")

    async def _post(self, body: dict[str, Any]) -> ChatCompletion:
        """One HTTP exchange, entered in the ledger."""
        self._calls += 1
        self._ledger.calls += 1
        self._ledger.retries += self._calls > 1
        try:
            # Not `chat.completions.create`: it copies the body field by field, a tenth of what a call costs us.
            response = await self._client.post("/chat/completions", cast_to=httpx2.Response, body=body)
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, SummarizerError):
                raise error.__cause__ from None
            raise
        completion = read_completion(response)
        self._enter(completion, _price_share(response), replayed=REPLAYED in response.headers)
        return completion

    def _enter(self, completion: ChatCompletion, share: float, *, replayed: bool) -> None:
        ledger, usage = self._ledger, completion.usage
        ledger.replayed += replayed
        ledger.add_model(completion.model or "")
        if usage is None:
            ledger.unpriced += 1
            return
        details = usage.prompt_tokens_details
        cached = details.cached_tokens if details else None
        ledger.add_tokens(usage.prompt_tokens, cached, usage.completion_tokens)
        cost = price(self._target, usage.prompt_tokens, cached or 0, usage.completion_tokens)
        if cost is None:
            ledger.unpriced += 1
        else:
            ledger.priced += cost * share

    def _explained(self, error: openai.APIStatusError) -> EngineError:
        """What to set, for the answers that trying again does not mend."""
        target, status, said = self._target, error.status_code, said_by(error) or "nothing"
        if error.code in _FILTERED or error.type in _FILTERED:
            return EngineRefused(f"{target.name} declined: {said}")
        if status == _TOO_LARGE or any(sign in f"{error.code} {error.message}".lower() for sign in _CONTEXT_OVERFLOW):
            return BudgetExceeded(
                f"the article does not fit in the context of {target.name} ({said}); "
                "set --context-tokens to the model's size, so that it is read in parts"
            )
        key = target.key_source or (target.provider.keys[0] if target.provider.keys else "SUMMARIZER_API_KEY")
        mends = {
            401: f"the key was not accepted; check {key}",
            402: f"the account of {key} has to be paid for",
            429: f"the account of {key} is used up",
            403: f"the key may not use this model or endpoint; check {key} and --model",
            404: f"no such model or path there; check --model {target.name} and the base URL {target.base_url}",
        }
        mend = mends.get(status, "check --model, --mode and --base-url")
        explained = EngineMisconfigured(f"{target.name} answered {status}: {said}; {mend}")
        explained.status = status
        return explained


@cache
def _prepared(answer: type[T]) -> type[T]:
    """The class that instructor makes of `answer`, made once: it would make a new one for each call, and every cache by
    class (pydantic's, ours) would miss and grow."""
    return cast("type[T]", instructor.openai_schema(answer))


def _with_slim_schema(body: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without descriptions (the system prompt has them, for every mode alike), and marked strict."""
    body = dict(body)
    if "response_format" not in body and "tools" not in body:
        shown = json.dumps(schema, indent=2, ensure_ascii=False)  # as instructor writes it into the system prompt
        slim_text = json.dumps(_slim(schema), ensure_ascii=False)
        body["messages"] = [
            {**one, "content": one["content"].replace(shown, slim_text)} if isinstance(one["content"], str) else one
            for one in body["messages"]
        ]
    if "response_format" in body:
        given = body["response_format"]["json_schema"]
        slim = {"name": given["name"], "schema": _slim(given["schema"]), "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": slim}
    if "tools" in body:
        function = body["tools"][0]["function"]
        slim = {"name": function["name"], "parameters": _slim(function["parameters"]), "strict": True}
        body["tools"] = [{"type": "function", "function": slim}]
    return body


def _slim(node: Any, *, names: bool = False) -> Any:
    """`names` says that the keys of `node` are property or definition names, not keywords."""
    if isinstance(node, dict):
        return {
            key: _slim(value, names=not names and key in ("properties", "$defs"))
            for key, value in node.items()
            if names or key not in ("description", "title")
        }
    return [_slim(part) for part in node] if isinstance(node, list) else node


def _price_share(response: httpx2.Response) -> float:
    try:
        return min(1.0, max(0.0, float(response.headers.get(PRICE_SHARE, 1))))
    except ValueError:
        return 1.0  # not ours
