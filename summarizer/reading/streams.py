"""Files of many articles, however large: JSON lines and tables are read row by row, never whole."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import ReadingError
from summarizer.reading.entries import Entry, Unread
from summarizer.reading.formats import Format, detect_format
from summarizer.reading.options import ReadingOptions

_HEAD = 2**18
"""Bytes from which format and encoding are told."""


def read_rows(path: Path, label: str, options: ReadingOptions) -> Iterator[Entry | Unread] | None:
    """The rows of a large file of JSON lines or a large table in UTF-8; None where the file is small or anything else, or
    cannot be read: whoever reads it whole says so.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD + 1)
    except OSError:
        return None
    if len(head) <= _HEAD or not _is_utf8(head):
        return None
    whole_lines = head[: head.rfind(b"\n") + 1]
    kind = detect_format(whole_lines, path.name, "") if whole_lines else None
    return _rows(path, kind, label, options) if kind in (Format.JSONL, Format.CSV) else None


def _rows(path: Path, kind: Format | None, label: str, options: ReadingOptions) -> Iterator[Entry | Unread]:
    from summarizer.reading.tables import read_csv, read_jsonl

    read = read_jsonl if kind is Format.JSONL else read_csv
    try:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            yield from read(lines, label, options.named_fields, options.max_bytes)
    except OSError as error:
        raise ReadingError(f"{label} cannot be read: {error.strerror or error}") from None


def _is_utf8(head: bytes) -> bool:
    """Up to a character that the head's end cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
