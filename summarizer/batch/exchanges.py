"""The transport below the engine's client, in a batch: answers from the journal, else calls within pace and budget.

An answer is committed to the journal before it is handed up, so none that was given is ever asked for again. A 429 is
waited out here, for all calls together; what failed otherwise goes up to the one retry policy (retrying.py), unless the
circuit is open: then the call goes on trying, as long as the fault is not its article's (tries.py).
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import httpx2
from openai.types.chat import ChatCompletion

from summarizer.batch.budget import Budget, Worst
from summarizer.batch.connections import Connections
from summarizer.batch.pace import Pace, Turn
from summarizer.batch.records import Answer, Key, Usage, key_of
from summarizer.batch.telemetry import Telemetry
from summarizer.batch.tries import Tries
from summarizer.engines.llm.complaints import hopeless, no_credit, one_line, said_in, says_no_credit
from summarizer.engines.llm.completions import read_completion
from summarizer.engines.llm.parameters import LONGEST_ANSWER
from summarizer.engines.llm.recordings import PRICE_SHARE, REPLAYED
from summarizer.engines.llm.retrying import Garbled, RetryPolicy

ARTICLE: ContextVar[Key] = ContextVar("ARTICLE")
"""The article for which calls are made in this context: its answers are kept until it is finished."""

Pricing = Callable[[int, int, int], float | None]
"""US dollars for input tokens, cached ones of these, output tokens; None where the price is not known."""

_BYTES_A_TOKEN = 2
"""A token of a prompt is some 3 to 5 bytes; this makes of a request's bytes more tokens than it will have. Of a script that
tokenizers do not know, each byte is a token at worst, so bytes beyond ASCII count one each."""

_ASCII = bytes(range(128))

_ROOM = re.compile(rb'"max_(?:completion_)?tokens": ?(\d+)')
"""A parameter of a request. Within a string of JSON the quotation marks would be escaped, so no article can say this."""

_LATER = frozenset({408, 409, 425})  # beside 429 and 5xx
_NONE = "an answer that is no chat completion"

_USUAL_ANSWER = 0.25
"""The share of the room for an answer that is counted against a limit of tokens a minute before the answer is there."""


@dataclass(slots=True)
class Totals:
    """What went over the wire in this run."""

    requests: int = 0
    from_journal: int = 0
    usage: Usage = field(default_factory=Usage)


class Answers(Protocol):
    """Where answers are kept: a Journal. See there."""

    def answer(self, request: Key) -> Answer | None:
        """The answer that was given to this request and is still kept."""

    def keep(self, request: Key, article: Key, answer: Answer, usage: Usage) -> None:
        """Keep an answer, before it is used, and enter what it cost."""

    def spend(self, usage: Usage) -> None:
        """Enter what an answer cost that is not worth keeping."""


def request_key(request: httpx2.Request, content: bytes) -> Key:
    """The name of a request: the same for any base URL."""
    return key_of(request.url.path.rsplit("/v1", 1)[-1], content)


def kept_answer(answer: Answer, request: httpx2.Request, **headers: str) -> httpx2.Response:
    """The response that an answer from the journal is."""
    headers = {"content-type": "application/json", PRICE_SHARE: str(answer.share), **headers}
    return httpx2.Response(answer.status, headers=headers, content=answer.body, request=request)


def estimated(content: bytes, price: Pricing) -> tuple[Worst, float]:
    """The most that a request can take, and what it counts for against a limit of tokens a minute."""
    found = _ROOM.findall(content)
    others = len(content.translate(None, _ASCII))
    sent, room = (len(content) - others) // _BYTES_A_TOKEN + others + 1, int(found[-1]) if found else LONGEST_ANSWER
    return Worst(sent + room, price(sent, 0, room)), len(content) / _BYTES_A_TOKEN / 2 + room * _USUAL_ANSWER


def usage_of(response: httpx2.Response, price: Pricing) -> Usage:
    """What the answer in a response cost; nothing where the response is no answer."""
    return usage_in(completion_in(response), price)


def completion_in(response: httpx2.Response) -> ChatCompletion | None:
    """The answer in a response, if it is one."""
    if not response.is_success:
        return None
    try:
        return read_completion(response)
    except Garbled:
        return None


def usage_in(completion: ChatCompletion | None, price: Pricing) -> Usage:
    """What an answer cost; nothing where there is none."""
    if completion is None:
        return Usage()
    said = completion.usage
    if said is None:
        return Usage(answers=1, unpriced=1)
    cached = (said.prompt_tokens_details and said.prompt_tokens_details.cached_tokens) or 0
    cost = price(said.prompt_tokens, cached, said.completion_tokens)
    return Usage(1, said.prompt_tokens, cached, said.completion_tokens, cost or 0.0, unpriced=int(cost is None))


def charged(spent: Usage, worst: Worst) -> tuple[int, float]:
    """What a call takes from the budget: where the endpoint does not say what an answer took, the most that it can have."""
    if spent.unpriced and not spent.input + spent.output:
        return worst.tokens, worst.cost or 0.0
    return spent.input + spent.output, spent.cost


def entered(spent: Usage, worst: Worst) -> Usage:
    """What the journal enters of a call: what it is charged with, so that a budget holds over runs."""
    if not spent.unpriced or spent.input + spent.output:
        return spent
    return replace(spent, output=worst.tokens, cost=worst.cost or 0.0)


class BatchTransport(httpx2.AsyncBaseTransport):
    """`inner` makes the real calls (None: a transport of its own). `policy`: how long one try may take, how often
    and how long in all a call is tried."""

    def __init__(
        self,
        journal: Answers,
        pace: Pace,
        budget: Budget,
        *,
        price: Pricing,
        policy: RetryPolicy,
        connections: int,
        inner: httpx2.AsyncBaseTransport | None = None,
        telemetry: Telemetry | None = None,
    ) -> None:
        self._journal, self._pace, self._budget = journal, pace, budget
        self._price, self._tries = price, Tries(policy)
        self._telemetry = telemetry or Telemetry("unknown", "unknown")
        self._connections = Connections(connections, inner)
        self._under_way: dict[Key, asyncio.Future[Answer | None]] = {}
        self.totals = Totals()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One exchange: from the journal, or real and then in the journal. Raises BatchStopped, JournalError."""
        content = await request.aread()
        name = request_key(request, content)
        if answer := await self._known(name):
            self.totals.from_journal += 1
            return kept_answer(answer, request, **{REPLAYED: "1"})
        under_way = self._under_way[name] = asyncio.get_running_loop().create_future()
        answer = None
        try:
            response, answer = await self._asked(name, request, content)
        finally:
            del self._under_way[name]
            under_way.set_result(answer)
        return response

    async def _known(self, name: Key) -> Answer | None:
        """The answer from the journal, or that of the same request under way: a worker may have died over it, or another
        article asks it too. One that fails or is cancelled gives none, and whoever waited asks in its place."""
        while (answer := self._journal.answer(name)) is None and (under_way := self._under_way.get(name)):
            await asyncio.wait([under_way])  # unlike awaiting it, this is not cancelled into it
            if answer := under_way.result():
                break
        return answer

    async def _asked(self, name: Key, request: httpx2.Request, content: bytes) -> tuple[httpx2.Response, Answer | None]:
        """A real exchange, and its answer, kept, if it gave one."""
        worst, usual = estimated(content, self._price)
        await self._budget.reserve(worst)
        spent, answer = Usage(), None
        try:
            response, spent = await self._called(request, name, usual)
            if response.is_success and spent.answers:
                answer = Answer(response.status_code, response.content)
                self._journal.keep(name, ARTICLE.get(), answer, entered(spent, worst))
            elif spent.answers:
                self._journal.spend(entered(spent, worst))
        finally:
            self._budget.settle(worst, *charged(spent, worst))
        return response, answer

    async def _called(self, request: httpx2.Request, name: Key, usual: float) -> tuple[httpx2.Response, Usage]:
        while True:
            turn = await self._pace.turn(usual)
            self.totals.requests += 1
            try:
                with self._telemetry.call(request) as span:
                    response = await self._sent(request, self._tries.timeout(name))
                    completion = completion_in(response)
                    span.answered(response.status_code, completion)
            except (httpx2.TransportError, TimeoutError) as error:
                if self._tried_again(turn, name, _said_of(error), error=error):
                    continue
                raise error if isinstance(error, httpx2.TransportError) else httpx2.ReadTimeout("") from error
            finally:
                self._pace.over(turn)
            if response.status_code == 429:
                self._check_credit(response)
                self._pace.limited(turn, response.headers)
                continue
            if (
                response.status_code >= 500
                or response.status_code in _LATER
                or (response.is_success and not completion)
            ):
                what = _NONE if response.is_success else f"status {response.status_code}"
                if self._tried_again(turn, name, what, response=response):
                    continue
                response.headers.pop("retry-after", None)  # all rest already for as long
                return response, Usage()
            self._tries.answered(name, turn.at)
            usage = self._usage(response, completion)
            self._pace.answered(turn, response.headers, usage.input + usage.output if usage.answers else None)
            return response, usage

    def _tried_again(
        self,
        turn: Turn,
        name: Key,
        what: str,
        *,
        error: Exception | None = None,
        response: httpx2.Response | None = None,
    ) -> bool:
        """Enter a failure. Whether the call goes on trying here; else it goes up. Raises what stops the batch, and
        EngineUnavailable where this call has no tries left."""
        unreachable = isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout)
        reason = hopeless(error) if error else None
        headers = response.headers if response is not None else {}
        self._pace.broke(
            turn,
            headers,
            reason or what,
            request=name,
            own=self._tries.own(name),
            reached=not unreachable,
            for_good=reason is not None,
        )
        self._pace.check()
        said = said_in(_json(response.content)) if response is not None and not response.is_success else ""
        what = reason or (f"the endpoint failed ({what})" if said or what != _NONE else f"the endpoint gave {what}")
        return self._tries.failed(
            name,
            turn.at,
            self._pace.now(),
            down=self._pace.open,
            what=f"{what} (it said: {one_line(said, 120)})" if said else what,
        )

    async def _sent(self, request: httpx2.Request, seconds: float) -> httpx2.Response:
        async with asyncio.timeout(seconds):
            return await self._connections.send(request)

    def _usage(self, response: httpx2.Response, completion: ChatCompletion | None) -> Usage:
        if REPLAYED in response.headers:
            return Usage(answers=int(completion is not None))
        usage = usage_in(completion, self._price)
        self.totals.usage += usage
        return usage

    def _check_credit(self, response: httpx2.Response) -> None:
        """Some endpoints say with a 429 that there is no credit: waiting does not mend that."""
        error = _json(response.content).get("error")
        if isinstance(error, dict) and says_no_credit(error.get("code"), error.get("type")):
            stopped = no_credit()
            self._pace.stop(stopped)
            raise stopped

    async def aclose(self) -> None:
        """Nothing: the client of one engine closes its transport, and this one serves all. See `close`."""

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.close()


def _said_of(error: Exception) -> str:
    return (
        one_line(error, 120) or "no answer in time" if isinstance(error, httpx2.TransportError) else "no answer in time"
    )


def _json(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
