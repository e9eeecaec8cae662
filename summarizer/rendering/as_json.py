"""A summary as JSON: the contract itself."""

from __future__ import annotations

from summarizer.schema.summary import Summary


def to_json(summary: Summary) -> str:
    """`summary` as indented JSON with a final newline; `Summary.model_validate_json` reads it back."""
    return summary.model_dump_json(indent=2) + "\n"
