"""How far reading goes: sizes, names of fields, and what may be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from summarizer.reading.fields import parsed_fields
from summarizer.settings import Settings


class ReadingArguments(TypedDict, total=False):
    """The keyword arguments of `read_article` and `read_articles` beside the article's own metadata."""

    max_bytes: int
    max_file_bytes: int
    fields: str | None
    follow_links: bool
    fetch_timeout: float
    fetch_deadline: float
    max_redirects: int
    robots: bool
    allow_private_addresses: bool
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """One field for each of `ReadingArguments`; sizes in bytes, times in seconds. What each is for stands in `Settings`."""

    max_bytes: int = 5_000_000
    max_file_bytes: int = 50_000_000
    fields: str | None = None
    follow_links: bool = False
    fetch_timeout: float = 15.0
    fetch_deadline: float = 60.0
    max_redirects: int = 5
    robots: bool = True
    allow_private_addresses: bool = False
    user_agent: str | None = None

    @property
    def largest(self) -> int:
        """The largest file: one limit that was raised raises the other with it."""
        return max(self.max_file_bytes, self.max_bytes)

    @property
    def named_fields(self) -> Mapping[str, str]:
        """`fields` as a mapping from field to column or key. Raises SettingsError."""
        return parsed_fields(self.fields or "")


def reading_arguments(settings: Settings) -> ReadingArguments:
    """What the settings say about reading."""
    return ReadingArguments(
        max_bytes=settings.max_bytes,
        max_file_bytes=settings.max_file_bytes,
        fields=settings.fields,
        follow_links=settings.follow_links,
        fetch_timeout=settings.fetch_timeout,
        fetch_deadline=settings.fetch_deadline,
        max_redirects=settings.max_redirects,
        robots=settings.robots,
        allow_private_addresses=settings.allow_private_addresses,
        user_agent=settings.user_agent,
    )
