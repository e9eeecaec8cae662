"""RSS and Atom feeds: each entry is an article, with what the feed itself holds of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from summarizer.errors import ReadingError
from summarizer.reading.entries import Entry
from summarizer.reading.html import fragment_text


def read_feed(data: bytes, label: str) -> Iterator[Entry]:
    """The feed's entries in its order. Raises ReadingError where it is damaged or has none.

    An entry with its whole content has no `link`; one with only a summary has it, for whoever wants the rest.
    """
    import feedparser

    # Without its sanitiser and relative links: nothing of the markup is kept.
    feed: Any = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        reason = str(feed.get("bozo_exception", "")) if feed.get("bozo") else ""
        raise ReadingError(f"{label} is a feed without entries{f' ({reason[:100]})' if reason else ''}")
    for number, entry in enumerate(feed.entries, start=1):
        yield _entry(entry, feed.feed, f"entry {number}")


def _entry(entry: Any, feed: Any, label: str) -> Entry:
    contents = [content for content in entry.get("content", ()) if content.get("value")]
    content = max(contents, key=lambda one: len(one["value"]), default=None)
    summary = entry.get("summary") or ""
    whole = content is not None and len(content["value"]) >= len(summary)  # Atom content is given as summary too
    markup = content["value"] if content is not None and whole else summary
    return Entry(
        text=fragment_text(markup),
        title=fragment_text(entry.get("title") or "").replace("\n\n", " ") or None,
        source=(entry.get("source") or {}).get("title") or feed.get("title"),
        author=entry.get("author"),
        url=entry.get("link"),
        published=entry.get("published") or entry.get("created") or entry.get("updated"),
        language=(content or {}).get("language") or entry.get("language") or feed.get("language"),
        label=label,
        link=None if whole else entry.get("link"),
    )
