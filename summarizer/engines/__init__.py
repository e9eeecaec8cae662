"""Engines: what reads an article and says what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarizer.engines.keyword.engine import KEYWORD, KeywordEngine
from summarizer.engines.llm.providers import model_configured

if TYPE_CHECKING:
    from summarizer.engines.base import Listener
    from summarizer.engines.llm.engine import LLMEngine
    from summarizer.settings import Settings

NO_MODEL = (
    "no model is configured, so the embedded keyword engine reads the article; for a model's reading give "
    "--model provider/model or set SUMMARIZER_MODEL, for instance openai/gpt-5-mini (with OPENAI_API_KEY) or "
    "ollama/qwen3:8b"
)


def falls_back(settings: Settings) -> bool:
    """Whether the keyword engine runs because nothing else is configured, nor recordings asked for."""
    return not (model_configured(settings) or settings.record or settings.replay or settings.cache)


def engine_for(settings: Settings, listener: Listener) -> LLMEngine | KeywordEngine:
    """The engine that the settings ask for: `--model keyword`, or no model at all, is the embedded one.

    Raises SettingsError where the model that is asked for cannot be used as configured.
    """
    if settings.model == KEYWORD or falls_back(settings):
        return KeywordEngine()
    from summarizer.engines.llm.engine import LLMEngine  # openai and instructor are slow to import

    return LLMEngine(settings, listener)
