"""Summaries as YAML: the contract in a form that is easier to read; several are several documents."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.schema.summary import Summary


def to_yaml(summaries: Sequence[Summary]) -> str:
    """One YAML document a summary, in the order of the contract; `saved.read_summaries` reads them back."""
    import yaml

    data = [summary.model_dump(mode="json") for summary in summaries]
    return yaml.safe_dump_all(data, allow_unicode=True, sort_keys=False, width=120, explicit_start=len(data) != 1)
