"""Engines: what reads an article and says what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.engines.base import Listener
    from summarizer.engines.llm.engine import LLMEngine
    from summarizer.settings import Settings


def engine_for(settings: Settings, listener: Listener) -> LLMEngine:
    """The engine that the settings ask for. Raises SettingsError where nothing usable is configured."""
    from summarizer.engines.llm.engine import LLMEngine  # openai and instructor are slow to import

    return LLMEngine(settings, listener)
