"""Summaries as YAML: the contract in a form that is easier to read; several are several documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from summarizer.schema.summary import Summary

# What YAML takes for the end of a line or of the file's mark, and would fold away where it is not escaped.
_SEPARATORS = re.compile("[\x85\u2028\u2029\ufeff]")


def to_yaml(summaries: Sequence[Summary]) -> str:
    """One YAML document a summary, in the order of the contract; `saved.read_summaries` reads them back."""
    data = [summary.model_dump(mode="json") for summary in summaries]
    return str(
        yaml.dump_all(
            data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120, explicit_start=len(data) != 1
        )
    )


class _Dumper(yaml.SafeDumper):
    pass


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _SEPARATORS.search(text) else None)


_Dumper.add_representer(str, _text)
