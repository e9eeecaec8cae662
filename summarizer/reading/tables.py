"""Many articles in rows: JSON, JSON lines, CSV and TSV.

Which key or column holds what is told from its name, unless the caller names it (`text=body`); a dotted name goes into
nested objects (`article.body`).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TextIO

from summarizer.errors import ReadingError
from summarizer.reading.entries import Entry, Unread
from summarizer.reading.fields import known_keys
from summarizer.reading.html import fragment_text

_LISTS = ("articles", "items", "results", "entries", "data", "documents", "docs", "stories", "news", "hits", "response")


def read_json(text: str, label: str, fields: Mapping[str, str]) -> Iterator[Entry | Unread]:
    """The articles of one JSON document: an object, a list of them, or an object that holds such a list.

    Raises ReadingError where it is damaged or holds no objects.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"{label} is damaged JSON: {_reason(error)}") from None
    records = _records(data, fields, 0)
    if not records:
        raise ReadingError(
            f"{label} is JSON without an object that could be an article; --fields text=NAME says which key holds the text"
        )
    for number, record in enumerate(records, start=1):
        yield entry_of(record, f"item {number}" if len(records) > 1 else "", label, fields)


def read_jsonl(lines: TextIO, label: str, fields: Mapping[str, str], max_line: int) -> Iterator[Entry | Unread]:
    """One article a line, `max_line` characters at most; a damaged or longer line is told and the next ones go on."""
    for number, line in enumerate(_bounded(lines, max_line), start=1):
        place = f"{label}, line {number}"
        if line is None:
            yield Unread(place, f"{place} is longer than {max_line:,} characters (SUMMARIZER_MAX_BYTES sets the limit)")
        elif line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Unread(place, f"{place} is damaged JSON: {_reason(error)}")
                continue
            if isinstance(record, dict):
                yield entry_of(record, f"line {number}", label, fields)
            else:
                yield Unread(place, f"{place} is no JSON object")


def read_csv(lines: TextIO, label: str, fields: Mapping[str, str], max_cell: int) -> Iterator[Entry | Unread]:
    """One article a row, under a row of column names; separated by comma, semicolon, tab or bar. Raises ReadingError."""
    head = lines.readline()
    delimiter = max(",;\t|", key=head.count)
    columns = [column.strip() for column in next(csv.reader([head.lstrip("\ufeff")], delimiter=delimiter), [])]
    csv.field_size_limit(max(csv.field_size_limit(), max_cell))
    rows = csv.reader(lines, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unread(f"{label}, row {number}", f"{label}, row {number} is damaged: {error}")
            continue
        if any(cell.strip() for cell in row):
            yield entry_of(dict(zip(columns, row, strict=False)), f"row {number}", label, fields)


def _bounded(lines: TextIO, most: int) -> Iterator[str | None]:
    """The lines of a stream; None for one that is longer than `most`, which is read over."""
    while line := lines.readline(most + 1):
        if len(line) <= most or line.endswith("\n"):
            yield line
            continue
        while (rest := lines.readline(most + 1)) and not rest.endswith("\n"):
            pass
        yield None


def _records(data: Any, fields: Mapping[str, str], depth: int) -> list[dict[str, Any]]:
    if isinstance(data, list):
        return [one for one in data if isinstance(one, dict)]
    if not isinstance(data, dict) or depth > 3:
        return []
    if ("text" in fields and _at(data, fields["text"]) is not None) or _is_article(data):
        return [data]
    for key in (*(key for key in _LISTS if key in data), *data):
        value = data[key]
        if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value)):
            found = _records(value, fields, depth + 1)
            if any(_is_article(one) or "text" in fields for one in found):
                return found
    return [data] if depth == 0 else []


def _is_article(record: dict[str, Any]) -> bool:
    return any(
        isinstance(record[key], str | list) and _string(record[key]) for key in known_keys(list(record)).get("text", ())
    )


def entry_of(record: dict[str, Any], place: str, label: str, fields: Mapping[str, str]) -> Entry | Unread:
    """The article in one record, which stands at `place` in `label`; or why there is none."""
    where = f"{label}, {place}" if place else label
    known = known_keys([str(key) for key in record])
    values: dict[str, str | None] = {}
    for name in ("text", "title", "source", "author", "url", "published", "language"):
        if name in fields:
            found = _at(record, fields[name])
            if found is None and name == "text":
                names = ", ".join(map(repr, list(record)[:12]))
                return Unread(where, f"{where} has no {fields[name]!r}; it has {names}")
            values[name] = _string(found, paragraphs=name == "text")
        else:
            candidates = (_string(record[key], paragraphs=name == "text") for key in known.get(name, ()))
            values[name] = next((value for value in candidates if value), None)
    text = values["text"] or ""
    if not text.strip() and not values["url"]:
        names = ", ".join(map(repr, list(record)[:12])) or "nothing"
        return Unread(
            where, f"{where} holds no text under a name that is known (it has {names}); --fields text=NAME says which"
        )
    if re.match(
        r"\s*<(?:p|div|html|body|article|section|h\d|ul|table|span|br|!doctype)\b", text, re.IGNORECASE
    ) or re.search(r"</p>", text):
        text = fragment_text(text)
    return Entry(
        text=text, title=values["title"], source=values["source"], author=values["author"], url=values["url"],
        published=values["published"], language=values["language"], label=place,
        link=None if text.strip() else values["url"],
    )  # fmt: skip


def _at(record: Any, path: str) -> Any:
    """The value under a key, or under a dotted path where there is no such key."""
    if isinstance(record, dict) and path in record:
        return record[path]
    for key in path.split("."):
        if isinstance(record, list) and key.isdigit() and int(key) < len(record):
            record = record[int(key)]
        elif isinstance(record, dict) and key in record:
            record = record[key]
        else:
            return None
    return record


def _string(value: Any, *, paragraphs: bool = False) -> str | None:
    """A value as words: a list's one after another, an object's name."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | date):  # a datetime is a date
        return str(value)
    if isinstance(value, dict):
        return next(
            (_string(value[key]) for key in ("name", "text", "title", "value", "id") if _string(value.get(key))), None
        )
    if isinstance(value, list):
        return ("\n\n" if paragraphs else ", ").join(filter(None, map(_string, value))) or None
    return None


def _reason(error: BaseException) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else " ".join(str(error).split())[:100]


def text_stream(text: str) -> TextIO:
    """`text` to be read line by line, its line ends as they are."""
    return io.StringIO(text, newline="")
