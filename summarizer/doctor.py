"""`summarizer doctor`: what is configured, what would be used, and whether the endpoint answers."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import SettingsError, SummarizerError
from summarizer.pipeline import program_version
from summarizer.settings import Settings

if TYPE_CHECKING:
    import httpx2

    from summarizer.engines.llm.providers import Target


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `exit_code` is 0 where all is well."""

    subject: str
    text: str
    exit_code: int = 0


def examine(settings: Settings, *, seconds: float = 10.0) -> Iterator[Finding]:
    """The findings, in the order in which a person would ask; stops where going on makes no sense. Never shows a key."""
    yield Finding("program", f"conflict-summarizer {program_version()}, Python {platform.python_version()}")
    yield Finding(".env", "read" if Path(".env").is_file() else "none in this folder")
    try:
        yield _prompts(settings)
        yield from _endpoint(settings, seconds)
    except SummarizerError as error:
        yield Finding("problem", str(error), error.exit_code)


def _prompts(settings: Settings) -> Finding:
    from summarizer.engines.llm.prompting import Prompts, builtin_prompts  # slow to import

    where = f"{settings.prompts} over {builtin_prompts()}" if settings.prompts else str(builtin_prompts())
    return Finding("prompts", f"{where}, fingerprint {Prompts(settings.prompts).fingerprint}")


def _endpoint(settings: Settings, seconds: float) -> Iterator[Finding]:
    import asyncio

    import httpx2

    from summarizer.engines import NO_MODEL, falls_back
    from summarizer.engines.keyword.engine import KEYWORD
    from summarizer.engines.llm.complaints import hopeless, one_line
    from summarizer.engines.llm.pricing import price
    from summarizer.engines.llm.providers import find_target

    if settings.model == KEYWORD or falls_back(settings):
        yield Finding("model", NO_MODEL if falls_back(settings) else "none: the embedded keyword engine")
        return
    target = find_target(settings)
    yield Finding("model", f"{target.name}, answers as {target.mode.value}")
    yield Finding("endpoint", target.base_url)
    yield Finding("key", f"from {target.key_source}" if target.key_source else "none (not needed here)")
    known = price(target, 1_000_000, 0, 0)
    yield Finding(
        "price", f"${known:.2f} a million input tokens" if known is not None else "not known; cost will be null"
    )
    if settings.replay:
        yield Finding("answers", f"from the recordings in {settings.replay}; no network")
        return
    try:
        response = asyncio.run(_asked_for_models(target, seconds))
    except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
        reason = one_line(error) or type(error).__name__
        yield Finding("answers", f"no: {hopeless(error) or f'{reason}; is it running, and is the base URL right?'}", 1)
        return
    yield _verdict(response, target.model, target.key_source or "the key")


async def _asked_for_models(target: Target, seconds: float) -> httpx2.Response:
    """The endpoint's list of models, within `seconds` however slowly it comes."""
    import asyncio

    import httpx2

    from summarizer.engines.llm.wire import GuardedTransport

    async with asyncio.timeout(seconds), httpx2.AsyncClient(transport=GuardedTransport(), timeout=seconds) as client:
        return await client.get(f"{target.base_url}/models", headers={"Authorization": f"Bearer {target.key}"})


def _verdict(response: object, model: str, key: str) -> Finding:
    status = getattr(response, "status_code", 0)
    if status in (401, 403):
        return Finding(
            "answers", f"yes, but it does not accept the key ({status}); check {key}", SettingsError.exit_code
        )
    if status != 200:
        return Finding("answers", f"yes, with {status} when asked for its models; a summary may still work")
    names = _model_names(response)
    if names and model not in names:
        shown = ", ".join(names[:8]) + (" ..." if len(names) > 8 else "")
        return Finding("answers", f"yes, but it lists no model {model!r}; it lists {shown}", SettingsError.exit_code)
    return Finding("answers", "yes")


def _model_names(response: object) -> list[str]:
    from summarizer.engines.llm.complaints import one_line

    try:
        listed = response.json()["data"]  # type: ignore[attr-defined]
        return [one_line(entry["id"], 100).removeprefix("models/") for entry in listed]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
