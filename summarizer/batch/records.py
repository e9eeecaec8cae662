"""What a batch keeps of each article and each answer, and the names that these go by."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from summarizer.schema.article import Article

Key = NewType("Key", bytes)
"""16 bytes that name an article, an answer's request, or a source that could not be read."""


class State(StrEnum):
    """Where an article stands."""

    PENDING = "pending"  # begun, or to be done again
    DONE = "done"
    FAILED = "failed"
    LINKED = "linked"  # the same as another article, whose summary stands for it


@dataclass(frozen=True, slots=True)
class Answer:
    """What the endpoint answered to one request. `share`: of the list price that it cost."""

    status: int
    body: bytes
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Usage:
    """Answers and what they cost: tokens, US dollars; `unpriced` counts answers whose price is not known."""

    answers: int = 0
    input: int = 0
    cached: int = 0
    output: int = 0
    cost: float = 0.0
    unpriced: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.answers + other.answers,
            self.input + other.input,
            self.cached + other.cached,
            self.output + other.output,
            self.cost + other.cost,
            self.unpriced + other.unpriced,
        )


@dataclass(frozen=True, slots=True)
class Row:
    """A finished article's line of the output (with its line break) and where it ends in the file, in bytes."""

    place: int
    ends: int
    state: State
    line: bytes


def key_of(*parts: str | bytes | None) -> Key:
    """16 bytes over `parts`; None and "" differ."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"-" if data is None else b"%d:" % len(data) + data)
    return Key(digest.digest())


def article_key(article: Article) -> Key:
    """By content: the text and what is known about it, wherever it was read."""
    known = (article.title, article.source, article.author, article.url, article.published, article.language)
    return key_of(article.text, *known)
