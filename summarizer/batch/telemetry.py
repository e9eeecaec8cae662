"""OpenTelemetry spans and metrics of calls, by the semantic conventions for generative AI, where its API is installed.

A span `chat MODEL` for each call, with `gen_ai.*` attributes; the histograms `gen_ai.client.operation.duration` (seconds)
and `gen_ai.client.token.usage` (tokens). No prompt and no answer is in them. Without the package, or without a provider
that the user's program sets, this costs nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx2
from openai.types.chat import ChatCompletion

_NAME = "conflict-summarizer"
# The conventions' own advice for the boundaries of both histograms.
_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92]
_TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864]


class Call:
    """One call while it lasts; gathers what is known of its answer."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.completion: ChatCompletion | None = None

    def answered(self, status: int, completion: ChatCompletion | None) -> None:
        """The response came; `completion` is None where it is no answer (4xx and 5xx too)."""
        self.status, self.completion = status, completion


_PROVIDERS = {"azure": "azure.ai.openai", "google": "gcp.gemini", "mistral": "mistral_ai"}
"""The conventions' names, where they are not ours."""


class Telemetry:
    """Reports calls to a provider's model. One for a batch."""

    def __init__(self, provider: str, model: str) -> None:
        self._attributes = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": _PROVIDERS.get(provider, provider),
            "gen_ai.request.model": model,
        }
        self._tracer: Any = None
        try:
            from opentelemetry import metrics, trace
            from opentelemetry.trace import StatusCode
        except ModuleNotFoundError:
            return
        self._kind, self._failed = trace.SpanKind.CLIENT, StatusCode.ERROR
        self._tracer = trace.get_tracer(_NAME)
        meter = metrics.get_meter(_NAME)
        self._duration = meter.create_histogram(
            "gen_ai.client.operation.duration",
            unit="s",
            description="Time of one call",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )
        self._usage = meter.create_histogram(
            "gen_ai.client.token.usage",
            unit="{token}",
            description="Tokens of one call",
            explicit_bucket_boundaries_advisory=_TOKENS,
        )

    @contextmanager
    def call(self, request: httpx2.Request) -> Iterator[Call]:
        """A span around one call."""
        call = Call()
        if self._tracer is None:
            yield call
            return
        place = urlsplit(str(request.url))
        attributes = {**self._attributes, "server.address": place.hostname or "", "server.port": place.port or 443}
        name = f"chat {self._attributes['gen_ai.request.model']}"
        started = time.monotonic()
        with self._tracer.start_as_current_span(name, kind=self._kind, attributes=attributes) as span:
            error: str | None = None
            try:
                yield call
            except BaseException as raised:
                error = type(raised).__name__
                raise
            finally:
                if call.status is not None and call.status >= 400:
                    error = str(call.status)
                self._report(span, call, attributes, error, time.monotonic() - started)

    def _report(self, span: Any, call: Call, attributes: dict[str, Any], error: str | None, seconds: float) -> None:
        attributes = dict(attributes)
        if error:
            attributes["error.type"] = error
            span.set_attribute("error.type", error)
            span.set_status(self._failed, error)
        if call.completion is not None and call.completion.model:
            attributes["gen_ai.response.model"] = call.completion.model
            span.set_attribute("gen_ai.response.model", call.completion.model)
        self._duration.record(seconds, attributes)
        usage = call.completion and call.completion.usage
        if usage:
            for kind, count in (("input", usage.prompt_tokens), ("output", usage.completion_tokens)):
                span.set_attribute(f"gen_ai.usage.{kind}_tokens", count)
                self._usage.record(count, {**attributes, "gen_ai.token.type": kind})
