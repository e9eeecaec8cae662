"""LangExtract's aligner (github.com/google/langextract), the peer that ours is measured against, where installed."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks.quotes import Quote

Span = tuple[int, int]
_CHUNK = 1000  # characters: the default `max_char_buffer` of langextract.extract


def peer_version() -> str | None:
    """The version of LangExtract that is installed, or None."""
    try:
        return version("langextract")
    except PackageNotFoundError:
        return None


@dataclass(frozen=True)
class Peer:
    """One documented configuration of the peer.

    `tokenizer` is its default ("Regex") or the one it recommends for scripts without spaces ("Unicode"); `partial` its
    default of accepting a quote's beginning for the whole (`accept_match_lesser`); `told`: it is given, with each quote,
    the chunk of the article that the quote is from, as in its own pipeline, instead of the whole article.
    """

    tokenizer: str
    partial: bool
    told: bool

    def __str__(self) -> str:
        return f"{self.tokenizer}Tokenizer, partial matches {'accepted' if self.partial else 'refused'}"

    def prepare(self, text: str) -> None:
        """Do what is no part of aligning: cut the text into chunks."""
        if self.told:
            _chunks(self.tokenizer, text)

    def align(self, text: str, quotes: Sequence[Quote]) -> list[Span | None]:
        """Where each quote stands. All quotes of a text in one call, which is how LangExtract does it, and its fastest."""
        if not self.told:
            return self._aligned(text, quotes, 0)
        found: dict[int, Span | None] = {}
        for start, end in _chunks(self.tokenizer, text):
            inside = [at for at, quote in enumerate(quotes) if start <= quote.start < end]
            spans = self._aligned(text[start:end], [quotes[at] for at in inside], start)
            found.update(zip(inside, spans, strict=True))
        return [found[at] for at in range(len(quotes))]

    def _aligned(self, text: str, quotes: Sequence[Quote], offset: int) -> list[Span | None]:
        if not quotes:
            return []
        extractions = [_module("core.data").Extraction("quote", quote.text) for quote in quotes]
        _module("resolver").WordAligner().align_extractions(
            [extractions], text, tokenizer_impl=_tokenizer(self.tokenizer), accept_match_lesser=self.partial
        )
        intervals = [extraction.char_interval for extraction in extractions]
        return [found and (offset + found.start_pos, offset + found.end_pos) for found in intervals]


@cache
def _chunks(tokenizer: str, text: str) -> list[Span]:
    """The article's chunks, without gaps, as LangExtract cuts them."""
    chunks = _module("chunking").ChunkIterator(text, _CHUNK, tokenizer_impl=_tokenizer(tokenizer))
    starts = [0, *[chunk.char_interval.start_pos for chunk in chunks][1:], len(text)]
    return list(itertools.pairwise(starts))


@cache
def _tokenizer(name: str) -> Any:
    return getattr(_module("core.tokenizer"), f"{name}Tokenizer")()


def _module(name: str) -> Any:  # untyped, and perhaps not installed
    return importlib.import_module(f"langextract.{name}")


def peers() -> list[Peer]:
    """Every configuration that is measured; none where LangExtract is not installed."""
    if peer_version() is None:
        return []
    return [Peer(*options) for options in itertools.product(("Regex", "Unicode"), (True, False), (False, True))]
