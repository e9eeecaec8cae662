"""What a result depends on beside the article: two runs whose configurations are the same share their results."""

from __future__ import annotations

import hashlib
import json

from summarizer.engines.base import Engine
from summarizer.pipeline import program_version
from summarizer.schema.summary import SCHEMA_VERSION
from summarizer.settings import Settings

_OF_RESULTS = ("mode", "language", "temperature", "max_output_tokens", "context_tokens", "reasks", "repair")


def configuration(settings: Settings, engine: Engine) -> dict[str, str]:
    """Everything that shapes a result, as words. Neither keys nor addresses: the same model elsewhere answers the same."""
    shaping = (
        {name: getattr(settings, name) for name in _OF_RESULTS} if engine.model else {"language": settings.language}
    )
    return {
        "engine": engine.name,
        "model": engine.model or "",
        "prompts": engine.prompts or "",
        "program": program_version(),
        "schema": SCHEMA_VERSION,
        **{name: "" if value is None else str(value) for name, value in shaping.items()},
    }


def fingerprint(described: dict[str, str]) -> str:
    """16 hexadecimal digits over a configuration."""
    return hashlib.sha256(json.dumps(described, sort_keys=True).encode()).hexdigest()[:16]
