"""The articles of a batch, one after another, and how many they are where that is quickly told."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from summarizer.reading.entries import Unread
from summarizer.reading.files import files_in, is_pattern, matching, on_disk
from summarizer.reading.options import reading_arguments
from summarizer.reading.sources import Source, read_articles
from summarizer.schema.article import Article
from summarizer.settings import Settings

_ONE_EACH = frozenset({".txt", ".html", ".htm", ".xhtml", ".md", ".pdf", ".docx", ".eml"})
_BLOCK = 2**20


def batch_articles(
    sources: Source | Iterable[Source], settings: Settings, own: Collection[Path] = ()
) -> Iterator[Article | Unread]:
    """The articles in `sources`, read when they are asked for, within the limits of the settings; the batch's `own` files
    (see `Plan.files`) are no articles, wherever they lie. Raises SettingsError."""
    return read_articles(_others(sources, _places(own)), **reading_arguments(settings))


def article_count(sources: Sequence[Source], own: Collection[Path] = ()) -> int | None:
    """How many articles there are; None where that is not told without reading them all. Takes a while: use a thread."""
    total, places = 0, _places(own)
    for source in sources:
        if not isinstance(source, Path) or str(source) == "-":
            return None
        for path in _files(source):
            if _is_own(path, places):
                continue
            count = _in_file(path)
            if count is None:
                return None
            total += count
    return total


def _places(own: Collection[Path]) -> dict[str, set[str]]:
    """Absolute paths by their last name: most files are told apart by that."""
    places: dict[str, set[str]] = {}
    for path in own:
        places.setdefault(path.name, set()).add(os.path.realpath(path))
    return places


def _is_own(path: Path, places: dict[str, set[str]]) -> bool:
    return any(one.name in places and os.path.realpath(one) in places[one.name] for one in (path, path.parent))


def _others(source: Source | Iterable[Source], places: dict[str, set[str]]) -> Iterator[Source]:
    """The sources without the batch's own files; folders and patterns as their files, unless they hold none."""
    if isinstance(source, (str, bytes, Article)):
        yield source
    elif not isinstance(source, Path):
        for one in source:
            yield from _others(one, places)
    elif not on_disk(source, "is_dir") and not is_pattern(source):
        if not _is_own(source, places):
            yield source
    elif not places or next(_files(source), None) is None:
        yield source
    else:
        yield from (path for path in _files(source) if not _is_own(path, places))


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
