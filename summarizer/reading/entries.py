"""What a source holds, before it is an Article: an entry as its format gives it, or the reason why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as written in its source. `published` and `language` are words, not yet checked.

    `label` says where in the source it stands ("entry 3", "line 12"); "" where the source is the article.
    `link` is the address of the whole article where `text` may be only its beginning.
    """

    text: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    label: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """One article, file or address that could not be read; the others of its source go on.

    `label` names it as `Article.label` would have; `reason` is one line for a person and names it too. `digest` is the
    source's SHA-256 where it has no name: bytes, or a text.
    """

    label: str
    reason: str
    digest: str | None = field(default=None, compare=False)
