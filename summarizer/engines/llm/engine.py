"""The LLM engine: templates ask a model to fill the Draft."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import TracebackType
from typing import Self

import httpx2
import openai

from summarizer.engines.base import Listener, Task
from summarizer.engines.ledger import Ledger
from summarizer.engines.llm.conversation import Conversation
from summarizer.engines.llm.parts import estimated_tokens, merged, split_into_parts
from summarizer.engines.llm.prompting import Message, Prompts
from summarizer.engines.llm.providers import find_target
from summarizer.engines.llm.recordings import transport_for
from summarizer.engines.llm.retrying import RetryPolicy
from summarizer.engines.llm.wire import GuardedTransport
from summarizer.errors import Deferred
from summarizer.grounding.judging import Judged
from summarizer.schema.article import Sentence
from summarizer.schema.draft import Draft
from summarizer.settings import Settings

_PARTS_AT_ONCE = 4
_SMALLEST_PART = 1000  # tokens of article: below this the context is too small to work in


class LLMEngine:
    """Drafts through any OpenAI-compatible endpoint. Use it as an async context manager, which closes its connections.
    `transport` goes before the one that the settings ask for (recording, replaying, or the guarded network).

    Raises SettingsError when made with settings that cannot work; no call is made before `draft`.
    """

    name = "llm"

    def __init__(
        self,
        settings: Settings,
        listener: Listener = lambda _: None,
        policy: RetryPolicy | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._listener = listener
        self._target = find_target(settings)
        self._prompts = Prompts(settings.prompts)
        self._policy = policy or RetryPolicy(settings.attempts, settings.timeout, settings.deadline)
        transport = transport or transport_for(settings) or GuardedTransport()
        self._client = openai.AsyncOpenAI(
            base_url=self._target.base_url,
            api_key=self._target.key,
            max_retries=0,  # the one retry policy is in retrying.py
            timeout=self._policy.timeout,
            http_client=openai.DefaultAsyncHttpxClient(transport=transport),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()

    @property
    def model(self) -> str:
        """provider/model."""
        return self._target.name

    @property
    def prompts(self) -> str:
        """The fingerprint of the templates and field descriptions."""
        return self._prompts.fingerprint

    async def draft(self, task: Task, ledger: Ledger) -> Draft:
        """The draft of one article; a long one is read in parts, several at a time."""
        parts = split_into_parts(task.sentences, self._budget(task))
        self._listener(f"{self.model} reads {len(task.sentences)} sentences")
        if len(parts) == 1:
            return await self._ask(self._prompts.draft_messages(task), ledger)
        gate = asyncio.Semaphore(_PARTS_AT_ONCE)
        deferred: list[Deferred] = []
        drafts: dict[int, Draft] = {}

        async def read(number: int, part: Sequence[Sentence]) -> None:
            async with gate:
                self._listener(f"{self.model} reads part {number} of {len(parts)}")
                messages = self._prompts.draft_messages(task.showing(part), (number, len(parts)))
                try:
                    drafts[number] = await self._ask(messages, ledger)
                except Deferred as error:  # the other parts are asked all the same, to be in one batch
                    deferred.append(error)

        try:
            async with asyncio.TaskGroup() as group:
                for number, part in enumerate(parts, start=1):
                    group.create_task(read(number, part))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None  # the others were cancelled because of it
        if deferred:
            raise deferred[0]
        return merged([drafts[number] for number in sorted(drafts)])

    async def repair(self, task: Task, failing: Sequence[Judged], ledger: Ledger) -> Draft:
        """One call with only the failing items, their sentences and what is wrong with each."""
        self._listener(f"{self.model} corrects {len(failing)} items")
        return await self._ask(self._prompts.repair_messages(task, failing), ledger)

    async def _ask(self, messages: list[Message], ledger: Ledger) -> Draft:
        conversation = Conversation(self._client, self._target, self._settings, self._policy, self._listener, ledger)
        return await conversation.ask(messages, Draft)

    def _budget(self, task: Task) -> int:
        """Tokens that one part of the article may take: the context, less the prompt and the answer."""
        empty = self._prompts.draft_messages(task.showing([]))
        left = self._settings.context_tokens - sum(estimated_tokens(message["content"]) for message in empty)
        # The answer is about as long as the article: half of what is left is the article's.
        return max(_SMALLEST_PART, left // 2)
