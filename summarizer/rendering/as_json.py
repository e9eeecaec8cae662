"""Summaries as JSON: the contract itself, indented; or one summary a line."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.schema.summary import Summary


def to_json(summary: Summary) -> str:
    """`summary` as indented JSON with a final newline; `Summary.model_validate_json` reads it back."""
    return summary.model_dump_json(indent=2) + "\n"


def to_jsonl(summaries: Sequence[Summary]) -> str:
    """One JSON object a line; `saved.read_summaries` reads them back."""
    return "".join(f"{summary.model_dump_json()}\n" for summary in summaries)
