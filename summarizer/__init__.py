"""Structured, checked summaries of news articles about armed conflicts, in any language.

    from pathlib import Path
    from summarizer import summarize

    summary = summarize(Path("article.txt"), model="openai/gpt-5-mini")
    for figure in summary.humanitarian_figures:
        print(figure.category, figure.quantity.value, figure.evidence[0].quote)

`asummarize` is the same for code that awaits; `summarize_many` and `asummarize_many` take many articles. All raise SummarizerError and nothing else on purpose.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.api import asummarize, asummarize_many, summarize, summarize_many
    from summarizer.errors import (
        BatchStopped,
        BudgetExceeded,
        BudgetReached,
        EndpointDown,
        EngineError,
        EngineMisconfigured,
        EngineRefused,
        EngineUnavailable,
        JournalError,
        MalformedDraft,
        ReadingError,
        RecordingMissing,
        SettingsError,
        SummarizerError,
    )
    from summarizer.rendering.dataframes import to_dataframes
    from summarizer.rendering.formats import render
    from summarizer.rendering.saved import read_summaries
    from summarizer.schema.article import Article
    from summarizer.schema.summary import Summary

_ERRORS = [
    "BatchStopped",
    "BudgetExceeded",
    "BudgetReached",
    "EndpointDown",
    "EngineError",
    "EngineMisconfigured",
    "EngineRefused",
    "EngineUnavailable",
    "JournalError",
    "MalformedDraft",
    "ReadingError",
    "RecordingMissing",
    "SettingsError",
    "SummarizerError",
]
# Loaded on first use, so that `summarizer --help` does not wait for pydantic, openai and instructor.
_HOMES = {
    "summarize": "summarizer.api",
    "asummarize": "summarizer.api",
    "summarize_many": "summarizer.api",
    "asummarize_many": "summarizer.api",
    "read_summaries": "summarizer.rendering.saved",
    "render": "summarizer.rendering.formats",
    "to_dataframes": "summarizer.rendering.dataframes",
    "Article": "summarizer.schema.article",
    "Summary": "summarizer.schema.summary",
    **dict.fromkeys(_ERRORS, "summarizer.errors"),
}

__all__ = [  # noqa: RUF022  (the front doors first)
    "summarize",
    "asummarize",
    "summarize_many",
    "asummarize_many",
    "read_summaries",
    "render",
    "to_dataframes",
    "Summary",
    "Article",
    "SummarizerError",
    "ReadingError",
    "SettingsError",
    "EngineError",
    "EngineMisconfigured",
    "EngineUnavailable",
    "EngineRefused",
    "BudgetExceeded",
    "MalformedDraft",
    "RecordingMissing",
    "BatchStopped",
    "BudgetReached",
    "EndpointDown",
    "JournalError",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
