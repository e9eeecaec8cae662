"""The article as it was read: plain text with what is known about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NewType

SentenceNumber = NewType("SentenceNumber", int)
"""Sentences are counted from 1, in reading order."""

Edtf = NewType("Edtf", str)
"""A date in the Extended Date/Time Format (ISO 8601-2): `2022-03`, `2022-03-03`, `2022-03-01/2022-03-02`."""

Iso3 = NewType("Iso3", str)
"""A country as ISO 3166-1 alpha-3: `UKR`."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article. All offsets in this package are character offsets into `text`.

    `language` is a BCP 47 tag; `published` an EDTF date, of whatever precision is known.
    `label` names where it came from in messages ("standard input", a file's name).
    """

    text: str
    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: Edtf | None = None
    label: str = "the article"

    @property
    def sha256(self) -> str:
        """The hash of `text` in UTF-8, as 64 hexadecimal digits: the article's identity."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article.text[start:end]` is its text, without the space around it.

    `paragraph` counts from 1; a heading is a paragraph and a sentence of its own.
    """

    number: SentenceNumber
    start: int
    end: int
    text: str
    paragraph: int
