"""Summaries that were saved: JSON, JSONL, YAML (found from the content) or a folder of Parquet files, back to models."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from summarizer.errors import ReadingError
from summarizer.rendering.formats import missing
from summarizer.schema.summary import SCHEMA_VERSION, Item, Summary

_MAJOR, _MINOR = (int(part) for part in SCHEMA_VERSION.split("."))


def read_summaries(source: Path) -> list[Summary]:
    """Every summary in a file, in a folder of Parquet files, or on standard input (`-`); at least one. Rows of a batch's
    output that are no summaries (articles that failed, or repeat another) are left out.

    Raises ReadingError, in one line, where the file cannot be read, is damaged, holds no summary, or was written by another
    major version of the schema.
    """
    label = "standard input" if str(source) == "-" else str(source)
    if source.is_dir():
        found = _from_folder(source)
    else:
        records = _records(_text(source, label), label)
        found = [summary_from(record, where) for record, where in records if not _is_no_summary(record)]
    if not found:
        raise ReadingError(f"{label} holds no summary")
    return found


def _is_no_summary(record: Any) -> bool:
    """A row of a batch's output for an article that failed or repeats another."""
    return isinstance(record, dict) and "schema_version" in record and ("error" in record or "duplicate_of" in record)


def _from_folder(folder: Path) -> list[Summary]:
    try:
        from summarizer.rendering.as_parquet import read_parquet
    except ModuleNotFoundError as error:
        raise missing(f"reading the folder {folder}", error, "parquet") from None
    return read_parquet(folder)


def summary_from(record: Any, label: str) -> Summary:
    """The summary in `record`, checked: the schema's version, its fields, and that every quote stands where it says.

    A later minor version's new fields are left out. Raises ReadingError.
    """
    if not isinstance(record, dict) or "schema_version" not in record:
        raise ReadingError(f"{label}: no saved summary (one made by `summarizer ARTICLE --format json`)")
    major, minor = _version(record["schema_version"], label)
    if major != _MAJOR:
        raise ReadingError(
            f"{label}: a summary of schema version {major}.{minor}; this program reads {_MAJOR}.x: summarise the article again"
        )
    try:
        summary = Summary.model_validate(record, extra="ignore" if minor > _MINOR else None)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"]))
        raise ReadingError(f"{label}: a damaged summary: {where}: {problem['msg']}") from None
    _check_quotes(summary, label)
    try:
        summary.model_dump_json()
    except PydanticSerializationError:
        raise ReadingError(f"{label}: a damaged summary: it holds half a character (a lone surrogate)") from None
    return summary


def _version(written: object, label: str) -> tuple[int, int]:
    parts = written.split(".") if isinstance(written, str) else []
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        raise ReadingError(f"{label}: a damaged summary: schema_version is {str(written)[:40]!r}")
    return int(parts[0]), int(parts[1])


def _check_quotes(summary: Summary, label: str) -> None:
    text = summary.article.text
    sections: list[list[Item]] = [value for _, value in summary if isinstance(value, list)]
    for item in (one for section in sections for one in section if isinstance(one, Item)):
        for evidence in item.evidence:
            if text[evidence.start : evidence.end] != evidence.quote:
                raise ReadingError(f"{label}: a damaged summary: the quote of {item.id} does not stand at its offsets")


def _text(source: Path, label: str) -> str:
    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise ReadingError(f"{label}: {_reason(error)}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadingError(f"{label}: no saved summary: it is not UTF-8 text") from None


def _reason(error: OSError) -> str:
    return "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror or error).lower()


def _records(text: str, label: str) -> Iterator[tuple[Any, str]]:
    """Each record with what to call it in a message."""
    if not text.strip():
        return
    if not text.lstrip().startswith(("{", "[")):
        yield from _yaml(text, label)
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if len(lines) > 1 and _is_object(lines[0][1]):
        for number, line in lines:
            yield _json(line, f"{label}, line {number}"), f"{label}, line {number}"
        return
    whole = _json(text, label)
    if not isinstance(whole, list):
        yield whole, label
        return
    for number, record in enumerate(whole, start=1):
        yield record, f"{label}, summary {number}"


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _json(text: str, label: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ReadingError(f"{label}: a damaged file: {error.msg} ({where})") from None
    except (ValueError, RecursionError):
        raise ReadingError(f"{label}: a damaged file: no JSON that can be read") from None


def _yaml(text: str, label: str) -> Iterator[tuple[Any, str]]:
    import yaml

    try:
        documents = list(yaml.load_all(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(getattr(error, "problem", None) or "no YAML that can be read")
        raise ReadingError(f"{label}: no saved summary: {reason}") from None
    for number, record in enumerate(documents, start=1):
        yield record, label if len(documents) == 1 else f"{label}, summary {number}"
