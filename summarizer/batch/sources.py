"""The articles of a batch, one after another, and how many they are where that is quickly told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from summarizer.reading.entries import Unread
from summarizer.reading.files import files_in, is_pattern, matching
from summarizer.reading.options import reading_arguments
from summarizer.reading.sources import Source, read_articles
from summarizer.schema.article import Article
from summarizer.settings import Settings

_ONE_EACH = frozenset({".txt", ".html", ".htm", ".xhtml", ".md", ".pdf", ".docx", ".eml"})
_BLOCK = 2**20


def batch_articles(sources: Source | Sequence[Source], settings: Settings) -> Iterator[Article | Unread]:
    """The articles in `sources`, read when they are asked for, within the limits of the settings. Raises SettingsError."""
    return read_articles(sources, **reading_arguments(settings))


def article_count(sources: Sequence[Source]) -> int | None:
    """How many articles there are; None where that is not told without reading them all. Takes a while: use a thread."""
    total = 0
    for source in sources:
        if not isinstance(source, Path) or str(source) == "-":
            return None
        for path in _files(source):
            count = _in_file(path)
            if count is None:
                return None
            total += count
    return total


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from files_in(path)
    elif is_pattern(path):
        yield from matching(path)
    else:
        yield path


def _in_file(path: Path) -> int | None:
    suffix = path.suffix.lower()
    if suffix in _ONE_EACH or not suffix:
        return 1
    return _lines(path) if suffix in (".jsonl", ".ndjson") else None


def _lines(path: Path) -> int | None:
    count, last = 0, b"\n"
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                count += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return None
    return count + (last != b"\n")
